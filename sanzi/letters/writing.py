"""Writing letters: called by actions of the features that own them, inside their transaction."""

import json
import secrets
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection, models, transaction
from django.db.models import Max
from django.utils.timezone import localdate

from sanzi.access.models import Person
from sanzi.journal.recorder import Trace, key
from sanzi.kernel.refusals import Blocked
from sanzi.orgs.models import Collective
from sanzi.orgs.tree import names_of
from sanzi.store.sealed import Sealed, seal
from sanzi.web.formats import mask

from . import wording
from .form import LetterForm
from .models import Ending, Letter, SerialCounter, Wording
from .values import Frozen, clean, freeze

# Without what is easily mistaken for something else when read aloud or typed: I, O, 0, 1.
_ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
# 32^20 is 2^100: nobody finds one by trying.
_TOKEN_LENGTH = 20
_BATCH = 500


@dataclass(frozen=True)
class Draft:
    """One letter about to be written: its values, the thing it is about, its village.

    `on` may be a row with a village; then `village` may be left out. `issuer` is by default the
    village's collective, `title` the form's own.
    """

    values: Mapping[str, Any]
    on: models.Model | str
    village: str = ""
    addressee: str = ""
    issuer: str = ""
    title: str = ""
    dated: date | None = None
    supersedes: Letter | None = None


def write(
    form: LetterForm,
    values: Mapping[str, Any],
    *,
    on: models.Model | str,
    village: str = "",
    addressee: str = "",
    issuer: str = "",
    title: str = "",
    dated: date | None = None,
    supersedes: Letter | None = None,
    by: Person,
    now: datetime,
) -> Letter:
    """Write one letter inside an action: its number, its frozen values, its token.

    Raises Invalid when a required value is missing, Blocked when what it supersedes has ended.
    """
    draft = Draft(values, on, village, addressee, issuer, title, dated, supersedes)
    return write_many(form, [draft], by=by, now=now)[0]


def write_many(
    form: LetterForm, drafts: Sequence[Draft], *, by: Person, now: datetime
) -> list[Letter]:
    """Write many letters of one form inside an action, numbered in the order given.

    A thousand take about a second. Either all are written or none.
    """
    assert transaction.get_connection().in_atomic_block, "letters are written inside an action"
    kept = _wording_of(form)
    villages = [_village_of(draft) for draft in drafts]
    houses = _houses(set(villages))
    letters = [
        _letter(form, kept, draft, village, houses[village], by, now)
        for draft, village in zip(drafts, villages, strict=True)
    ]
    _number(letters, form.series)
    written = Letter.objects.bulk_create(letters, batch_size=_BATCH)
    for draft, letter in zip(drafts, written, strict=True):
        if draft.supersedes is not None:
            _supersede(draft.supersedes, letter, by, now)
    return written


def traces(letters: Iterable[Letter]) -> list[Trace]:
    """What the history of each letter says of its writing, for the action's `record_many`."""
    return [
        Trace(key(letter), "letters.write", letter.village, "制发", {"subject": letter.serial})
        for letter in letters
    ]


def end(
    letter: Letter, *, reason: str, by: Person, now: datetime, successor: Letter | None = None
) -> Ending:
    """Make a letter void, or superseded by another, inside an action that has claimed it.

    Raises Blocked when it has ended before.
    """
    assert transaction.get_connection().in_atomic_block, "letters end inside an action"
    if Ending.objects.filter(letter=letter).exists():
        raise Blocked("letter.ended", f"编号 {letter.serial} 已经作废或被替代，不能再办")
    return Ending.objects.create(
        village=letter.village, letter=letter, reason=reason, successor=successor, by=by, at=now
    )


def _supersede(old: Letter, new: Letter, by: Person, now: datetime) -> None:
    end(old, reason=f"由 {new.serial} 替代", successor=new, by=by, now=now)


def _village_of(draft: Draft) -> str:
    village = draft.village or str(getattr(draft.on, "village", ""))
    assert village, "a letter belongs to a village"
    return village


def _letter(
    form: LetterForm,
    kept: Wording,
    draft: Draft,
    village: str,
    house: tuple[str, str],
    by: Person,
    now: datetime,
) -> Letter:
    frozen = freeze(form, draft.values)
    dated = draft.dated or localdate(now)
    letter = Letter(
        village=village,
        wording=kept,
        series=form.series,
        year=dated.year,
        title=clean(draft.title) or form.title,
        addressee=clean(draft.addressee),
        issuer=clean(draft.issuer) or house[1],
        dated=dated,
        on=key(draft.on),
        values={**masked(form, frozen), "village": house[0]},
        personal=_sealed(form, frozen),  # type: ignore[misc]
        token="".join(secrets.choice(_ALPHABET) for _ in range(_TOKEN_LENGTH)),
        issued_by=by,
        issued_at=now,
    )
    letter.place()
    return letter


def masked(form: LetterForm, frozen: Frozen) -> Frozen:
    """The values as pages may show them: what is personal by its mask."""
    shown = dict(frozen)
    for one in form.fields:
        if one.personal:
            shown[one.name] = mask(frozen[one.name])
        elif hidden := [c.name for c in one.columns if c.personal]:
            shown[one.name] = [
                {name: mask(v) if name in hidden else v for name, v in row.items()}
                for row in frozen[one.name]
            ]
    return shown


def _sealed(form: LetterForm, frozen: Frozen) -> Sealed | None:
    """The personal values, whole lists where a column of theirs is personal; None without any."""
    private = {
        f.name: frozen[f.name]
        for f in form.fields
        if f.personal and frozen[f.name] or any(c.personal for c in f.columns)
    }
    if not private:
        return None
    return seal(json.dumps(private, ensure_ascii=False), lambda _: "")


def _wording_of(form: LetterForm) -> Wording:
    """The kept wording of a form; a changed form is a new version."""
    body = wording.to_text(form)
    digest = wording.digest_of(body)
    known = Wording.objects.filter(code=form.code, digest=digest).first()
    if known is not None:
        return known
    last = Wording.objects.filter(code=form.code).aggregate(last=Max("version"))["last"] or 0
    Wording.objects.bulk_create(
        [Wording(code=form.code, version=last + 1, digest=digest, body=body)],
        ignore_conflicts=True,
    )
    return Wording.objects.get(code=form.code, digest=digest)


def _houses(villages: set[str]) -> dict[str, tuple[str, str]]:
    """Each village's name, and who writes for it: its collective, or else the village itself."""
    names = names_of(villages)
    living = Collective.objects.filter(
        region__code__in=villages, kind=Collective.Kind.COLLECTIVE, valid_to=None
    )
    collectives = dict(living.values_list("region__code", "name"))
    return {v: (names.get(v, v), collectives.get(v) or names.get(v, v)) for v in villages}


def _number(letters: Sequence[Letter], series: str) -> None:
    """Give the next numbers of each village and year, in order; the counters stay locked."""
    wanted: dict[tuple[str, int], list[Letter]] = defaultdict(list)
    for letter in letters:
        wanted[(letter.village, letter.year)].append(letter)
    # Always in the same order: two writers of several villages never wait for each other.
    for (village, year), mine in sorted(wanted.items()):
        last = _advance(village, year, series, len(mine))
        for number, letter in enumerate(mine, start=last - len(mine) + 1):
            letter.number = number
            letter.serial = f"{village}-{year}-{series}-{number:04}"


def _advance(village: str, year: int, series: str, by: int) -> int:
    """Move one counter and answer where it stands; its row is locked until the commit."""
    table = connection.ops.quote_name(SerialCounter._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} (village, year, series, last) VALUES (%s, %s, %s, %s) "
            f"ON CONFLICT (village, year, series) DO UPDATE SET last = {table}.last + %s "
            "RETURNING last",
            [village, year, series, by, by],
        )
        return int(cursor.fetchone()[0])
