"""A claim as it stands now among the seven steps: what the workflow asks and its page shows."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.db.models import CharField, Exists, OuterRef, Subquery, Value
from django.db.models.functions import Cast, Concat

from sanzi.kernel.money import ZERO
from sanzi.letters.models import Letter
from sanzi.resolutions.queries import why_not

from .casework import CaseClaim, Instalment, Proposal, Pursuit, Reply
from .entrusting import Entrustment
from .estates import beyond
from .ledgers import has_book
from .models import Claim
from .stages import Stage, furthest


@dataclass
class Standing:
    """One claim on one day. Each part is read when it is asked for, and once."""

    claim: Any
    today: date
    _gaps: dict[str, str | None] = field(default_factory=dict)

    @property
    def left(self) -> Decimal:
        return self.claim.left or ZERO

    @property
    def put_aside(self) -> Decimal:
        return self.claim.put_aside or ZERO

    @cached_property
    def proposals(self) -> list[Proposal]:
        found = Proposal.objects.within(self.claim.village).filter(claim=self.claim.pk)
        return list(found.select_related("proposed_by", "voucher", "paper").order_by("-pk"))

    @property
    def open(self) -> Proposal | None:
        return next((one for one in self.proposals if one.stage in Proposal.OPEN), None)

    @cached_property
    def case(self) -> CaseClaim | None:
        mine = CaseClaim.objects.within(self.claim.village).filter(claim=self.claim.pk)
        found: CaseClaim | None = mine.filter(is_live=True).select_related("case").first()
        return found

    @cached_property
    def pursuit(self) -> Pursuit | None:
        mine = Pursuit.objects.within(self.claim.village).filter(claim=self.claim.pk)
        found: Pursuit | None = mine.filter(is_live=True).first()
        return found

    @cached_property
    def reply(self) -> Reply | None:
        mine = Reply.objects.within(self.claim.village).filter(claim=self.claim.pk)
        mine = mine.select_related("letter")
        found: Reply | None = mine.exclude(stage="reopened").order_by("-pk").first()
        return found

    @cached_property
    def letters(self) -> list[Letter]:
        mine = Letter.objects.within(self.claim.village).filter(on=_key(self.claim))
        return list(mine.order_by("-pk"))

    @cached_property
    def plan(self) -> list[Instalment]:
        return list(
            Instalment.objects.filter(claim=self.claim.pk, replaced_at=None).order_by("due_on")
        )

    @cached_property
    def has_book(self) -> bool:
        return has_book(self.claim.village)

    @cached_property
    def beyond_estate(self) -> Decimal:
        """What of the claim lies beyond the estate its heirs answer with; yuan."""
        return beyond(self.claim)

    def why_not(self, matter: str) -> str | None:
        """Why the resolution the matter waits for does not stand yet."""
        if matter not in self._gaps:
            self._gaps[matter] = why_not(_key(self.claim), matter)
        return self._gaps[matter]

    def knows(self, matter: str, reason: str | None) -> None:
        """Somebody asked already: what `why_not` answers for this matter."""
        self._gaps[matter] = reason

    @property
    def is_pursued(self) -> bool:
        return self.pursuit is not None

    @property
    def is_mediated(self) -> bool:
        return self.case is not None

    @property
    def is_worked(self) -> bool:
        done = Proposal.Stage.DONE
        return bool(self.plan) or any(one.stage == done for one in self.proposals)

    @property
    def reply_stage(self) -> str | None:
        return self.reply.stage if self.reply else None

    @property
    def is_noticed(self) -> bool:
        return bool(self.letters)

    @cached_property
    def stage(self) -> Stage:
        """Where the claim stands among the seven."""
        return furthest(self)


def marked(claims: Any) -> Any:
    """These claims with the marks `furthest` reads and who collects them, in the query that
    fetches them."""
    mine = OuterRef("pk")
    replies = Reply.objects.filter(claim=mine).exclude(stage="reopened").order_by("-pk")
    plans = Instalment.objects.filter(claim=mine, replaced_at=None)
    done = Proposal.objects.filter(claim=mine, stage=Proposal.Stage.DONE)
    held = Entrustment.objects.filter(claim=mine, until=None)
    key = Concat(Value(_key_of("")), Cast(mine, CharField()))
    return claims.annotate(
        is_pursued=Exists(Pursuit.objects.filter(claim=mine, is_live=True)),
        is_mediated=Exists(CaseClaim.objects.filter(claim=mine, is_live=True)),
        is_worked=Exists(plans) | Exists(done),
        reply_stage=Subquery(replies.values("stage")[:1]),
        is_noticed=Exists(Letter.objects.filter(village=OuterRef("village"), on=key)),
        collector=Subquery(held.values("collector__name")[:1]),
        collector_from=Subquery(held.values("from_on")[:1]),
    )


def _key(claim: Claim) -> str:
    return _key_of(claim.pk)


def _key_of(pk: int | str) -> str:
    return f"receivables.claim:{pk}"
