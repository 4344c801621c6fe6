"""An office's own Word templates: put in force, taken out of force; earlier ones are kept."""

from datetime import datetime

from django.db.models import Max

from sanzi.access.guard import action
from sanzi.access.models import Person
from sanzi.documents.papers import shown_name
from sanzi.documents.store import keep
from sanzi.journal.recorder import record
from sanzi.kernel.refusals import Blocked, Forbidden, Invalid
from sanzi.letters.models import TEMPLATE_WIDTHS, OfficeTemplate
from sanzi.letters.shelf import form_of
from sanzi.letters.template_file import check


@action("letters.templates")
def put_in_force(
    *, code: str, content: bytes, name: str, by: Person, now: datetime
) -> OfficeTemplate:
    """Letters written from now on are printed with this template as Word.

    Raises Invalid with everything that is wrong with it, Forbidden for an office that keeps none.
    """
    form = form_of(code)
    region = _office_of(by)
    if faults := check(content, form):
        raise Invalid("template.faults", "；".join(fault.message for fault in faults))
    sha256, _ = keep([content])
    added = _add(region, code, sha256, shown_name(name), by, now)
    _note(added, "put_in_force", f"启用“{form.title}”Word 模板第 {added.version} 版", by, now)
    return added


@action("letters.templates")
def take_out_of_force(*, code: str, by: Person, now: datetime) -> OfficeTemplate:
    """Back to the layout above: the county's, or the house's. Raises Blocked without a template."""
    form = form_of(code)
    region = _office_of(by)
    mine = OfficeTemplate.objects.visible_to(by).filter(region=region, code=code)
    latest = mine.order_by("-version").first()
    if latest is None or not latest.sha256:
        raise Blocked("template.none", "本单位没有启用自己的模板，不用停用")
    added = _add(region, code, "", "", by, now)
    _note(added, "take_out_of_force", f"停用“{form.title}”Word 模板", by, now)
    return added


def _office_of(by: Person) -> str:
    code = by.region_code or ""
    if len(code) not in TEMPLATE_WIDTHS:
        raise Forbidden("template.office", "模板由乡镇或县维护，您的岗位不在乡镇或县")
    return code


def _add(
    region: str, code: str, sha256: str, name: str, by: Person, now: datetime
) -> OfficeTemplate:
    kept = OfficeTemplate.objects.visible_to(by).filter(region=region, code=code)
    last = kept.aggregate(last=Max("version"))["last"] or 0
    return OfficeTemplate.objects.create(
        region=region,
        code=code,
        version=last + 1,
        sha256=sha256,
        name=name,
        added_by=by,
        added_at=now,
    )


def _note(added: OfficeTemplate, verb: str, label: str, by: Person, now: datetime) -> None:
    what = f"letters.officetemplate:{added.region}.{added.code}"
    record(what, f"letters.{verb}", by=by, at=now, village=added.region, label=label)
