"""Entering a text, releasing it by another, saying where it is applied."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.timezone import localdate

from sanzi.access.guard import action
from sanzi.access.models import Person
from sanzi.access.scope import covers
from sanzi.documents.papers import attach
from sanzi.journal.recorder import key, record, record_many
from sanzi.kernel.refusals import Blocked, Forbidden, Invalid, Missing
from sanzi.kernel.regions import full
from sanzi.letters.writing import traces, write
from sanzi.orgs.tree import names_of

from . import articles as texts
from .articles import Article
from .models import Application, Regulation, RegulationVersion
from .papers import REGULATION
from .screens import BY_NAME
from .slots import HEAD, SLOTS

ARTICLES_MAX = 300


@action("regulations.keep")
def lay_out(*, region: str, by: Person, now: datetime) -> list[Regulation]:
    """Lay out the eleven slots of a town or county; a second time changes nothing."""
    if not covers(by, region) or len(region) not in (6, 9):
        raise Missing("scope.missing", "制度由县或乡镇制定，请先选择地区")
    held = [
        Regulation.objects.get_or_create(region=region, ordinal=ordinal)[0] for ordinal in SLOTS
    ]
    record(held[HEAD], "regulations.lay_out", by=by, at=now, village=region,
           label="建立“1+10”制度目录")  # fmt: skip
    return held


@action("regulations.keep")
def enter(
    *,
    regulation_id: int,
    title: str,
    number: str,
    adopted_on: date,
    from_on: date,
    until_on: date | None,
    articles: Sequence[Article],
    papers: Sequence[Any] = (),
    version_id: int | None = None,
    by: Person,
    now: datetime,
) -> RegulationVersion:
    """Enter a version, or correct one not yet released. It binds nobody before its release."""
    regulation: Regulation = Regulation.objects.claim(regulation_id, by)
    _check(title, articles, adopted_on, from_on, until_on)
    version = RegulationVersion(regulation=regulation)
    if version_id is not None:
        version = RegulationVersion.objects.claim(version_id, by)
        if version.released_at or version.regulation_id != regulation.pk:
            raise Blocked("regulation.released", "已发布的文本不能修改，请录入新的一版")
    same_day = RegulationVersion.objects.visible_to(by).filter(
        regulation=regulation, from_on=from_on
    )
    if same_day.exclude(pk=version.pk).exists():
        raise Blocked("regulation.day", "这项制度已有同一天施行的一版，请核对施行日期")
    version.title, version.number = title.strip().strip("《》"), number.strip()
    version.adopted_on, version.from_on, version.until_on = adopted_on, from_on, until_on
    version.articles = texts.to_json(articles)
    version.entered_by, version.entered_at = by, now
    version.save()
    attach(version, papers, village=full(regulation.region), by=by, now=now)
    record(version, "regulations.enter", by=by, at=now, village=regulation.region,
           label=f"录入{version}", public={"subject": f"{len(articles)} 条"})  # fmt: skip
    return version


def _check(
    title: str, articles: Sequence[Article], adopted_on: date, from_on: date, until_on: date | None
) -> None:
    if not 2 <= len(title.strip().strip("《》")) <= 60:
        raise Invalid("regulation.title", "请填写制度名称，2 到 60 个字")
    if not articles:
        raise Invalid("regulation.text", "请粘贴条文")
    if len(articles) > ARTICLES_MAX:
        raise Invalid("regulation.long", f"最多 {ARTICLES_MAX} 条")
    if twice := texts.doubled(articles):
        raise Invalid("regulation.double", f"条号重复：{'、'.join(twice)}，请核对原文")
    if from_on < adopted_on:
        raise Invalid("regulation.days", "施行日期早于通过日期，请核对")
    if until_on and until_on < from_on:
        raise Invalid("regulation.until", "有效期早于施行日期，请核对")


@action("regulations.release")
def release(*, version_id: int, seen: str, by: Person, now: datetime) -> RegulationVersion:
    """Release a text another entered: from its day on it is in force, and it stands as printed.

    `seen`: the edition that was read; a text corrected meanwhile is to be read again.
    """
    version: RegulationVersion = RegulationVersion.objects.claim(version_id, by)
    if version.released_at:
        raise Blocked("regulation.released", "这一版已经发布，请刷新查看")
    if version.entered_by_id == by.pk:
        raise Forbidden("regulation.own", "录入的人不能自己发布，请由另一位负责人核对后发布")
    if version.seen != seen:
        raise Blocked("regulation.moved", "您核对以后文本又改过，请刷新，重新核对后再发布")
    region = version.regulation.region
    values = {"number": version.number, "adopted_on": version.adopted_on,
              "from_on": version.from_on, "text": texts.written(version.text)}  # fmt: skip
    letter = write(REGULATION, values, on=key(version), village=full(region), title=version.title,
                   issuer=names_of([region]).get(region, region), by=by, now=now)  # fmt: skip
    version.released_by, version.released_at, version.letter = by, now, letter
    version.save(update_fields=["released_by", "released_at", "letter"])
    record_many(traces([letter]), by=by, at=now)
    record(version, "regulations.release", by=by, at=now, village=region, label=f"发布{version}",
           public={"from": version.from_on})  # fmt: skip
    return version


@action("regulations.keep")
def apply(
    *, regulation_id: int, article: str, screen: str, by: Person, now: datetime
) -> Application:
    """Say that a screen follows an article; the page prints it from today on."""
    regulation: Regulation = Regulation.objects.claim(regulation_id, by)
    if screen not in BY_NAME:
        raise Invalid("regulation.screen", "没有这个页面")
    released = RegulationVersion.objects.visible_to(by).filter(
        regulation=regulation, released_at__isnull=False
    )
    if not any(article in {one.number for one in version.text} for version in released):
        raise Invalid("regulation.article", f"已发布的文本里没有“{article[:20]}”")
    known = Application.objects.visible_to(by).filter(
        regulation=regulation, article=article, screen=screen, to_on=None
    )
    if known.exists():
        raise Blocked("regulation.applied", "这一条已经关联到这个页面")
    made = Application.objects.create(
        regulation=regulation, article=article, screen=screen, from_on=localdate(now),
        made_by=by, made_at=now,
    )  # fmt: skip
    record(regulation, "regulations.apply", by=by, at=now, village=regulation.region,
           label=f"{article}用于“{BY_NAME[screen].title}”")  # fmt: skip
    return made


@action("regulations.keep")
def unapply(*, application_id: int, by: Person, now: datetime) -> Application:
    """Take an article off a screen; that it stood there stays on record."""
    made: Application = Application.objects.claim(application_id, by)
    if made.to_on is not None:
        raise Blocked("regulation.unapplied", "这一条已经取消关联，请刷新查看")
    made.to_on = max(made.from_on, localdate(now) - timedelta(days=1))
    made.save(update_fields=["to_on"])
    title = BY_NAME[made.screen].title if made.screen in BY_NAME else made.screen
    record(made.regulation, "regulations.unapply", by=by, at=now,
           village=made.regulation.region, label=f"{made.article}不再用于“{title}”")  # fmt: skip
    return made
