"""Ties of help: proposed by one, agreed by another, with deeds on the way, and ended."""

from collections.abc import Sequence
from datetime import date, datetime

from sanzi.access.guard import action
from sanzi.access.models import Person
from sanzi.access.scope import covers
from sanzi.documents.papers import Upload, attach
from sanzi.journal.recorder import record
from sanzi.kernel.refusals import Blocked, Invalid, Missing
from sanzi.orgs.tree import names_of
from sanzi.support.models import Deed, Help
from sanzi.support.queries import help_stands
from sanzi.support.stages import HelpStage
from sanzi.support.wording import past, refuse_known, said, sealed
from sanzi.support.workflow import HELP


@action("support.run")
def propose_help(
    *,
    village: str,
    kind: str,
    helper: str,
    helper_village: str,
    contact: str,
    phone: str,
    matter: str,
    from_on: date,
    until_on: date,
    reason: str = "",
    by: Person,
    now: datetime,
) -> Help:
    """Propose who helps a village. Raises Missing outside one's region, Invalid for a twin."""
    if len(village) != 12 or not covers(by, village):
        raise Missing("place.missing", "没有找到这个村，或它不在您的辖区内")
    helper = _helper(kind, village, helper, helper_village, by)
    if until_on <= from_on:
        raise Invalid("help.days", "截止日要晚于开始日")
    living = Help.objects.visible_to(by).filter(
        village=village, kind=kind, stage__in=(HelpStage.PROPOSED, HelpStage.ACTIVE)
    )
    refuse_known(living.filter(helper=helper), f"{helper}已经在帮扶这个村")
    help = Help.objects.create(
        village=village, kind=kind, helper=helper, helper_village=helper_village,
        contact=contact.strip(), phone=sealed(phone),
        matter=said(matter, "帮扶内容", most=300), from_on=from_on, until_on=until_on,
        reason=reason, proposed_by=by, proposed_at=now,
    )  # fmt: skip
    record(help, "support.propose-help", by=by, at=now, label=f"提出帮扶：{help}")
    return help


def _helper(kind: str, village: str, helper: str, helper_village: str, by: Person) -> str:
    """Who helps, in words; a strong village by its name. Raises Missing, Invalid."""
    if kind == Help.Kind.EXPERT:
        raise Invalid("help.expert", "专家由“专家匹配”统一派出")
    if kind != Help.Kind.STRONG:
        return said(helper, "帮扶方", most=80)
    if helper_village == village:
        raise Invalid("help.oneself", "强村和弱村不能是同一个村")
    if len(helper_village) != 12 or not covers(by, helper_village):
        raise Missing("place.missing", "没有找到强村，或它不在您的辖区内")
    return names_of([helper_village]).get(helper_village, helper_village)


@action("support.confirm")
def decide_help(*, help_id: int, step: str, reason: str, by: Person, now: datetime) -> Help:
    """Agree to what another person proposed, or not; a refusal says why."""
    help: Help = Help.objects.claim(help_id, by)
    if step not in ("confirm", "refuse"):
        raise Blocked("workflow.moved", "没有这个步骤，请刷新查看")
    taken = HELP.admit(step, help_stands(help, by), by)
    public = {"reason": said(reason, "不同意的理由")} if step == "refuse" else {}
    help.stage, help.confirmed_by, help.confirmed_at = taken.target, by, now
    help.ended_for = public.get("reason", "")
    help.save(update_fields=["stage", "confirmed_by", "confirmed_at", "ended_for"])
    record(help, f"support.{step}-help", by=by, at=now, label=f"{taken.label}：{help}",
           public=public)  # fmt: skip
    return help


@action("support.run")
def end_help(*, help_id: int, ended_on: date, reason: str, by: Person, now: datetime) -> Help:
    """End a tie of help, saying what came of it. Raises Blocked before anything was told of it."""
    help: Help = Help.objects.claim(help_id, by)
    taken = HELP.admit("end", help_stands(help, by), by)
    if ended_on < help.from_on:
        raise Invalid("help.ended", f"结束日期不能早于开始日期 {help.from_on}")
    help.stage, help.ended_on = taken.target, past(ended_on, now, "结束日期")
    help.ended_for = said(reason, "结束说明")
    help.save(update_fields=["stage", "ended_on", "ended_for"])
    record(help, "support.end-help", by=by, at=now, label=f"结束帮扶：{help}",
           public={"reason": help.ended_for, "on": ended_on.isoformat()})  # fmt: skip
    return help


@action("support.tell")
def tell_deed(
    *,
    help_id: int,
    done_on: date,
    what: str,
    next: str,
    files: Sequence[Upload] = (),
    by: Person,
    now: datetime,
) -> Deed:
    """Tell of a visit or a deed, with photos. Raises Invalid before its help began, or twice."""
    help: Help = Help.objects.claim(help_id, by)
    if help.stage != HelpStage.ACTIVE:
        raise Blocked("help.moved", f"该帮扶{help.get_stage_display()}，不能再登记")
    if past(done_on, now, "日期") < help.from_on:
        raise Invalid("deed.day", f"日期不能早于帮扶开始的 {help.from_on}")
    what = said(what, "做了什么", most=500)
    twins = Deed.objects.visible_to(by).filter(help=help, done_on=done_on, what=what)
    refuse_known(twins, "这一条已经登记过")
    deed = Deed.objects.create(
        village=help.village, help=help, done_on=done_on, what=what, next=next.strip()[:200],
        told_by=by, told_at=now,
    )  # fmt: skip
    papers = attach(deed, files, by=by, now=now)
    record(help, "support.tell-deed", by=by, at=now, label=f"登记走访 {done_on}",
           public={"subject": what[:60], "papers": len(papers)})  # fmt: skip
    return deed
