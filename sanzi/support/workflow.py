"""The ways of a matching, a help, an offering and an inquiry, as tables of steps."""

from typing import Any

from sanzi.kernel.workflow import Step, Workflow

from .stages import CohortStage, HelpStage, InquiryStage, MatchingStage, OfferingStage

RUN, CONFIRM, TELL, PUBLISH = "support.run", "support.confirm", "support.tell", "support.publish"


def own_proposal(held: Any) -> str | None:
    """`held.by` is whoever is about to take the step; a matching has had several hands."""
    hands = {held.thing.proposed_by_id, *getattr(held.thing, "hands", ())}
    is_own = held.by.pk in hands
    return "自己提出的要由另一人确认" if is_own else None


def outdated(held: Any) -> str | None:
    """Whether what was known when the matching was computed has changed since."""
    return "村的需求或专家名册已有变化，请提出人重新计算后再确认" if held.is_outdated else None


def nobody_matched(held: Any) -> str | None:
    return None if held.thing.answer["matches"] else "没有配成一对，不能确认"


MATCHING = Workflow(
    steps=(
        Step("confirm", "确认匹配，生成帮扶关系", (MatchingStage.PROPOSED,),
             MatchingStage.CONFIRMED, CONFIRM, (own_proposal, nobody_matched, outdated)),
        Step("drop", "撤回方案", (MatchingStage.PROPOSED,), MatchingStage.DROPPED, RUN),
    )
)  # fmt: skip


def no_deed(held: Any) -> str | None:
    return None if held.deeds else "还没有走访或帮扶记录；确实没有开展的，请先登记一条说明情况"


HELP = Workflow(
    steps=(
        Step("confirm", "同意", (HelpStage.PROPOSED,), HelpStage.ACTIVE, CONFIRM, (own_proposal,)),
        Step("refuse", "不同意", (HelpStage.PROPOSED,), HelpStage.REFUSED, CONFIRM,
             (own_proposal,)),
        Step("end", "结束帮扶", (HelpStage.ACTIVE,), HelpStage.ENDED, RUN, (no_deed,)),
    )
)  # fmt: skip


def own_writing(held: Any) -> str | None:
    is_own = held.by.pk in {held.thing.written_by_id, *held.thing.hands}
    return "自己填写的要由另一人审核发布" if is_own else None


OFFERING = Workflow(
    steps=(
        Step("submit", "提交审核", (OfferingStage.DRAFT, OfferingStage.WITHDRAWN),
             OfferingStage.SUBMITTED, TELL),
        Step("publish", "审核通过并发布", (OfferingStage.SUBMITTED,), OfferingStage.PUBLISHED,
             PUBLISH, (own_writing,)),
        Step("return", "退回修改", (OfferingStage.SUBMITTED,), OfferingStage.DRAFT, PUBLISH),
        Step("withdraw", "撤下", (OfferingStage.PUBLISHED,), OfferingStage.WITHDRAWN, PUBLISH),
        Step("end", "办结", (OfferingStage.PUBLISHED, OfferingStage.WITHDRAWN), OfferingStage.ENDED,
             TELL),
    )
)  # fmt: skip

INQUIRY = Workflow(
    steps=(
        Step("contact", "已联系", (InquiryStage.NEW,), InquiryStage.CONTACTED, TELL),
        Step("agree", "成交", (InquiryStage.NEW, InquiryStage.CONTACTED),
             InquiryStage.AGREED, TELL),
        Step("close", "未成，归档", (InquiryStage.NEW, InquiryStage.CONTACTED),
             InquiryStage.CAME_TO_NOTHING, TELL),
    )
)  # fmt: skip


def nobody_chosen(held: Any) -> str | None:
    return None if held.deeds else "还没有选定学员，不能开班"


COHORT = Workflow(
    steps=(
        Step("start", "选拔结束，开班", (CohortStage.CHOOSING,), CohortStage.RUNNING, RUN,
             (nobody_chosen,)),
        Step("end", "结业", (CohortStage.RUNNING,), CohortStage.ENDED, RUN),
    )
)  # fmt: skip
