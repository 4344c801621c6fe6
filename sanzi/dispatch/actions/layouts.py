"""An office's own layouts: put in force once their tags are right, taken out of force."""

from datetime import datetime

from django.db.models import Max

from sanzi.access.guard import action
from sanzi.access.models import Person
from sanzi.dispatch import layout_file
from sanzi.dispatch.layouts import FILES, Layout
from sanzi.dispatch.periods import KINDS
from sanzi.dispatch.telling import word_form
from sanzi.documents.papers import shown_name
from sanzi.documents.store import keep
from sanzi.journal.recorder import record
from sanzi.kernel.refusals import Blocked, Forbidden, Invalid
from sanzi.kernel.regions import level
from sanzi.letters import template_file
from sanzi.orgs.models import Region

OFFICES = ("town", "county", "city")


@action("dispatch.arrange")
def put_in_force(*, kind: str, content: bytes, name: str, by: Person, now: datetime) -> Layout:
    """Sheets of this kind can be had in this layout from now on.

    Raises Invalid with everything that is wrong with it, by cell and tag.
    """
    file = "docx" if name.lower().endswith(".docx") else "xlsx"
    if file == "docx":
        faults = [one.message for one in template_file.check(content, word_form(kind))]
    else:
        faults = layout_file.check(content, kind)
    if faults:
        raise Invalid("layout.faults", "；".join(faults))
    sha256, _ = keep([content])
    added = _add(kind, file, sha256, shown_name(name), by, now)
    _note(added, "put_in_force", f"启用{KINDS[kind]}{FILES[file]}第 {added.version} 版", by, now)
    return added


@action("dispatch.arrange")
def take_out_of_force(*, kind: str, file: str, by: Person, now: datetime) -> Layout:
    """Back to the layout above, or to ours. Raises Blocked where there is none."""
    mine = Layout.objects.visible_to(by).filter(region=_office(by), kind=kind, file=file)
    latest = mine.order_by("-version").first()
    if latest is None or not latest.sha256:
        raise Blocked("layout.none", "本单位没有启用自己的版式，不用停用")
    added = _add(kind, file, "", "", by, now)
    _note(added, "take_out_of_force", f"停用{KINDS[kind]}{FILES[file]}", by, now)
    return added


def _office(by: Person) -> str:
    code = by.region_code or ""
    if level(code) not in OFFICES:
        raise Forbidden("layout.office", "版式由乡镇、县或市维护")
    return code


def _add(kind: str, file: str, sha256: str, name: str, by: Person, now: datetime) -> Layout:
    region = _office(by)
    list(Region.objects.select_for_update(no_key=True).filter(code=region))
    kept = Layout.objects.visible_to(by).filter(region=region, kind=kind, file=file)
    last = kept.aggregate(last=Max("version"))["last"] or 0
    return Layout.objects.create(
        region=region, kind=kind, file=file, version=last + 1, sha256=sha256, name=name,
        added_by=by, added_at=now,
    )  # fmt: skip


def _note(added: Layout, verb: str, label: str, by: Person, now: datetime) -> None:
    what = f"dispatch.layout:{added.region}.{added.kind}"
    record(what, f"dispatch.{verb}", by=by, at=now, village=added.region, label=label)
