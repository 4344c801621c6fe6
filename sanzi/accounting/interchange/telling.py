"""What trying or importing a file of vouchers comes to, as a document: counts, problems by line."""

from typing import Any

from .planning import Plan

LISTED = 1000


def told(plan: Plan, digest: str, listed: int = LISTED) -> dict[str, Any]:
    """The facts a command prints and a page shows; of a refused file only what is wrong with it."""
    refused = bool(plan.problems)
    fresh = [] if refused else plan.fresh
    return {
        "region": plan.region,
        "set": plan.name,
        "scheme": plan.scheme,
        "sha256": digest,
        "vouchers": len(fresh),
        "lines": sum(len(voucher.lines) for voucher in fresh),
        "known": plan.known,
        "years": [] if refused else plan.years,
        "accounts": [] if refused else [
            {"code": code, "name": name} for code, name in sorted(plan.accounts.items())
        ],
        "counterparties": 0 if refused else len(plan.counterparties),
        "notes": plan.notes,
        "problems_count": len(plan.problems),
        "problems": [
            {"line": problem.line, "message": problem.message}
            for problem in plan.problems[:listed]
        ],
    }  # fmt: skip
