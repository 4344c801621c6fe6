"""Unified opinions: adopted by a decided study, revised by another, cited by later matters."""

from datetime import datetime

from django.db.models import Max
from django.utils.timezone import localdate

from sanzi.access.guard import action
from sanzi.access.models import Person
from sanzi.dispatch.stages import StudyStage
from sanzi.dispatch.studies import Citation, Opinion, Study
from sanzi.dispatch.things import things
from sanzi.journal.recorder import record
from sanzi.kernel.refusals import Blocked, Missing
from sanzi.orgs.models import Region


@action("studies.decide")
def adopt(
    *,
    study_id: int,
    title: str,
    text: str,
    basis: str,
    revises: int | None = None,
    by: Person,
    now: datetime,
) -> Opinion:
    """Make what a study decided the opinion on all such matters, under a number of its own.

    With `revises` it is the next version of an opinion of this office. Raises Blocked before the
    decision or for a version that counts no more.
    """
    study = Study.objects.claim(study_id, by)
    if study.stage not in (StudyStage.DECIDED, StudyStage.DONE) or study.office != by.region_code:
        raise Blocked("opinion.study", "研判作出决定后，由研判单位采纳为统一口径")
    # Two studies of one office adopt at once: the second takes the next number.
    list(Region.objects.select_for_update(no_key=True).filter(code=study.office))
    year, number, version = _number(study.office, revises, by, localdate(now).year)
    opinion = Opinion.objects.create(
        region=study.office, year=year, number=number, version=version, title=title.strip(),
        text=text.strip(), basis=basis.strip(), study=study, adopted_by=by, adopted_at=now,
    )  # fmt: skip
    record(
        opinion, "opinions.adopt", by=by, at=now, village=study.office, label=f"采纳{opinion.code}"
    )
    return opinion


def _number(region: str, revises: int | None, by: Person, year: int) -> tuple[int, int, int]:
    mine = Opinion.objects.visible_to(by).filter(region=region)
    if revises is None:
        last = mine.filter(year=year).aggregate(last=Max("number"))["last"] or 0
        return year, last + 1, 1
    old = Opinion.objects.claim(revises, by)
    if old.region != region:
        raise Blocked("opinion.foreign", "只能修订本单位的口径")
    if mine.filter(year=old.year, number=old.number, version__gt=old.version).exists():
        raise Blocked("opinion.old", "这一版已被修订过，请修订最新的一版")
    return old.year, old.number, old.version + 1


@action("registers.view")
def cite(*, opinion_id: int, on: str, by: Person, now: datetime) -> Citation:
    """Apply an opinion to a matter: a study, or a case of cleaning up. Once a matter."""
    if not by.can("studies.keep") and not by.can("cases.handle"):
        raise Blocked("opinion.post", "由办理事项的人引用口径")
    opinion = Opinion.objects.claim(opinion_id, by)
    thing = things([on], by).get(on)
    if thing is None:
        raise Missing("scope.missing", "没有找到所办的事项")
    known = Citation.objects.visible_to(by).filter(opinion=opinion, on=on).first()
    if known is not None:
        return known
    made = Citation.objects.create(
        village=thing.village, opinion=opinion, on=on, cited_by=by, cited_at=now
    )
    record(on, "opinions.cite", by=by, at=now, village=thing.village,
           label=f"引用{opinion.code}", public={"opinion": opinion.pk})  # fmt: skip
    return made
