"""The first draft of a model case: what the registers already know of a closed matter."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sanzi.contracts.figures import RECEIVED, SIGNED, YEARLY, yearly_price
from sanzi.contracts.keeping import REGISTER
from sanzi.contracts.models import ModelCase
from sanzi.contracts.queries import amendments_of, ending_of, signed_terms, terms_on
from sanzi.contracts.wording import altered
from sanzi.kernel.money import from_fen, grouped
from sanzi.metrics.rows import sums_of

from .queries import Found

# Which kind of case a finding makes, in the order of what weighs most.
KINDS: tuple[tuple[str, str], ...] = (
    ("P02", "term"), ("P03", "term"), ("P04", "price"), ("P05", "area"), ("P10", "arrears"),
    ("P09", "occupation"), ("P24", "occupation"), ("P14", "sublet"), ("P15", "sublet"),
    ("P06", "procedure"), ("P07", "procedure"), ("P22", "procedure"),
)  # fmt: skip


def draft_of(contract: Any, found: Sequence[Found], outcome: str, today: date) -> dict[str, str]:
    """Title, facts, method, law and effect as far as they are on record; a person rewrites them."""
    standing = [one for one in found if one.stands]
    rules = {one.finding.rule for one in standing}
    kind = next((kind for rule, kind in KINDS if rule in rules), ModelCase.Kind.DISPUTE.value)
    word = dict(ModelCase.Kind.choices)[kind]
    return {
        "kind": kind,
        "title": f"{contract.category}合同{word}{f'，{outcome}' if outcome else ''}",
        "facts": _facts(contract, standing),
        "method": _method(contract, outcome),
        "law": "\n".join(dict.fromkeys(one.finding.basis for one in standing)),
        "effect": _effect(contract, today),
    }


def _facts(contract: Any, standing: Sequence[Found]) -> str:
    terms = signed_terms(contract)
    yearly = yearly_price(terms)
    said = [f"{contract.issuer}与{contract.contractor}签订{contract.title}"]
    if terms["starts_on"] and terms["ends_on"]:
        said.append(f"期限自{terms['starts_on']}至{terms['ends_on']}")
    if yearly is not None:
        said.append(f"每年价款{grouped(yearly)}元")
    lines = ["，".join(said) + "。"]
    lines += [f"{one.title}：{one.finding.evidence}" for one in standing]
    return "\n".join(lines)


def _method(contract: Any, outcome: str) -> str:
    lines = [f"处置方式：{outcome}。"] if outcome else []
    for one in amendments_of(contract):
        changes = "；".join(f"{c.title}由{c.before}改为{c.after}" for c in altered(one.changes))
        lines.append(f"{one.signed_on} {one.get_kind_display()}，依据{one.source}。{changes}")
    if ending := ending_of(contract):
        lines.append(f"{ending.ended_on} {ending.get_kind_display()}。{ending.reason}")
    return "\n".join(lines)


def _effect(contract: Any, today: date) -> str:
    sums = sums_of(REGISTER, [contract.pk], today).get(contract.pk, {})
    before, now = yearly_price(signed_terms(contract)), yearly_price(terms_on(contract, today))
    said = []
    if before is not None and now is not None and before != now:
        said.append(f"年价款由{grouped(before)}元变为{grouped(now)}元")
    for title, metric in (("年增收", YEARLY), ("合同期签订增收", SIGNED), ("已到账增收", RECEIVED)):
        if value := sums.get(metric):
            said.append(f"{title}{grouped(from_fen(value))}元")
    return "，".join(said) + "。" if said else ""
