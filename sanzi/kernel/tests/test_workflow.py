from dataclasses import dataclass, field

import pytest

from sanzi.kernel.refusals import Blocked, Forbidden, Refusal
from sanzi.kernel.workflow import Step, Workflow


@dataclass
class Claim:
    stage: str = "found"
    proof: str = ""


@dataclass
class Post:
    permissions: set[str] = field(default_factory=lambda: {"claims.confirm"})

    def can(self, permission: str) -> bool:
        return permission in self.permissions


def unproved(claim: Claim) -> str | None:
    return None if claim.proof else "没有凭据"


CLAIMS = Workflow(
    (
        Step("confirm", "确认", ("found",), "confirmed", "claims.confirm", unless=(unproved,)),
        Step("close", "销号", ("confirmed",), "closed", "claims.close"),
    )
)


def test_a_step_that_nothing_blocks_is_admitted():
    step = CLAIMS.admit("confirm", Claim(proof="收据"), Post())
    assert step.target == "confirmed"


def test_a_blocked_step_is_offered_grey_with_its_reason_and_refused_with_the_same():
    (offer,) = CLAIMS.offers(Claim(), Post())

    assert offer.step.name == "confirm"
    assert offer.reasons_against == ["没有凭据"]
    with pytest.raises(Blocked, match="没有凭据"):
        CLAIMS.admit("confirm", Claim(), Post())


def test_a_step_the_post_may_not_take_is_not_offered_and_is_forbidden():
    assert CLAIMS.offers(Claim(), Post(set())) == []
    with pytest.raises(Forbidden, match="确认"):
        CLAIMS.admit("confirm", Claim(proof="收据"), Post(set()))


def test_a_stale_page_hears_that_the_case_has_moved_on():
    with pytest.raises(Blocked, match="刷新") as refusal:
        CLAIMS.admit("confirm", Claim("confirmed", "收据"), Post())
    assert refusal.value.code == "workflow.moved"


@pytest.mark.parametrize("kind", Refusal.__subclasses__())
def test_every_refusal_carries_a_code_a_sentence_and_a_client_error(kind):
    refusal = kind("some.code", "一句话")
    assert (refusal.code, refusal.message, str(refusal)) == ("some.code", "一句话", "一句话")
    assert 400 <= refusal.status < 500
