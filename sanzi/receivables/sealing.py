"""What a package waits for before the town may seal it."""

from sanzi.kernel.money import ZERO
from sanzi.resolutions.queries import why_not

from .casework import Package

MATTER = "claim.seal"


def why_not_sealed(package: Package) -> str | None:
    """The reason to print on the grey button: the resolution over the whole list."""
    return why_not(f"receivables.package:{package.pk}", MATTER)


def answer(package: Package) -> str:
    """What the package is, in one sentence."""
    rows = list(package.proposals.exclude(stage__in=("declined", "withdrawn")))
    total = sum((row.amount for row in rows), ZERO)
    return (
        f"{len(rows)} 笔，{total:,.2f} 元，"
        f"{package.get_stage_display()}；"
        f"{package.review_on} 前复查。封存不是核销，余额仍在账上"
    )
