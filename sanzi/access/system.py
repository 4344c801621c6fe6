"""Named system users: what commands and background work run as."""

from django.utils.timezone import localdate

from sanzi.orgs.models import Region
from sanzi.orgs.tree import NATION, ensure

from .models import Person, Post

NAMES = {
    "system_import": "后台导入",
    "system_setup": "系统初始化",
    "system_dispatch": "定时调度",
    "system_reminder": "每日催办",
    "system_warnings": "预警评估",
    "system_reply": "扫码回函",
}


def system_person(role: str) -> Person:
    """The system user of this role, made on first use. It has no password and cannot sign in."""
    person = Person.objects.filter(username=role, is_system=True).first()
    if person is None:
        ensure({NATION: ""})
        person = Person(username=role, name=NAMES[role], is_system=True)
        person.set_unusable_password()
        person.save()
        Post.objects.create(
            person=person,
            role=role,
            region=Region.objects.get(code=NATION),
            from_on=localdate(),
        )
    return person
