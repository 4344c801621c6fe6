"""What happened to one thing, for its page (经过)."""

from django.db.models import Model

from sanzi.access.models import Person

from .models import Entry
from .recorder import key


def history(thing: Model | str, person: Person) -> list[Entry]:
    """The entries about a thing that this person may read, oldest first; one query."""
    return list(Entry.objects.visible_to(person).about(key(thing)))
