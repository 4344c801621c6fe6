"""What may be published: the sheet somebody looked at, reviewed by another, its months closed."""

from dataclasses import dataclass

from sanzi.access.models import Person
from sanzi.kernel.refusals import Blocked
from sanzi.orgs.models import Collective

from .drawing import Drawn
from .models import Publication, Review
from .policy import policy
from .span import Span

NOT_REVIEWED = "未经民主理财审核"


@dataclass(frozen=True)
class Standing:
    """Where a sheet stands: what is published, what 民主理财 said of this very drawing."""

    current: Publication | None
    review: Review | None

    def agreed(self, by: Person | None = None) -> Review | None:
        """The review that lets it be published by this person: another's, and in agreement."""
        if self.review is None or not self.review.agrees:
            return None
        return None if by is not None and self.review.by_id == by.pk else self.review


def standing(organisation: Collective, span: Span, sha256: str) -> Standing:
    """Two queries; the caller has scoped the organisation."""
    months = {"organisation": organisation, "first": span.first, "last": span.last}
    published = Publication.objects.within("").filter(**months).order_by("-version")
    reviews = Review.objects.within("").filter(**months, sha256=sha256).select_related("by")
    return Standing(published.first(), reviews.order_by("-pk").first())


def check_seen(drawn: Drawn, sha256: str) -> None:
    """Raises Blocked when the sheet is no longer the one that was looked at."""
    if drawn.sha256 != sha256:
        raise Blocked("disclosure.changed", "公开内容在您查看之后有变化，请重新查看后再办理")


def check_closed(drawn: Drawn) -> None:
    """Raises Blocked while a month of the span is open."""
    if drawn.open_months:
        named = "、".join(f"{month % 100}月" for month in drawn.open_months)
        raise Blocked("disclosure.open", f"{named}还没有结账，账目还会变，请结账后再办理")


def check_version(standing: Standing, drawn: Drawn, reason: str) -> None:
    """Raises Blocked when nothing changed, or a correction does not say why."""
    if standing.current is None:
        return
    if standing.current.sha256 == drawn.sha256:
        raise Blocked("disclosure.same", "内容与已公开的版本一致，不需要再公开")
    if not reason:
        raise Blocked("disclosure.reason", "这是更正，请写明更正说明，群众能看到")


def check_review(standing: Standing, village: str, by: Person) -> Review | None:
    """The review it is published with; None where the rule lets it be marked instead."""
    agreed = standing.agreed(by)
    if agreed is not None:
        return agreed
    if policy(village).says("review", "mark"):
        return None
    if standing.review is not None and not standing.review.agrees:
        raise Blocked("disclosure.objected", "民主理财小组不同意公开这份内容，请更正后再送审")
    if standing.review is not None:
        raise Blocked("disclosure.oneself", "审核和发布不能是同一个人，请由另一人发布")
    raise Blocked("disclosure.unreviewed", "还没有民主理财审核意见，请先请监事会审核")
