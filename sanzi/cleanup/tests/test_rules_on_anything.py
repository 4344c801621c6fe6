"""Whatever a row holds, the rules answer: with sentences people can read, never with an error."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from sanzi.cleanup.figures import contract_shares
from sanzi.cleanup.rules import inspect
from sanzi.contracts.terms import PriceReference, terms_of
from sanzi.intake.dictionary import Column, sheet


def _anything(column: Column) -> st.SearchStrategy[Any]:
    by_type: dict[str, st.SearchStrategy[Any]] = {
        "date": st.dates(),
        "money": st.decimals(-(10**13), 10**13, places=2),
        "area": st.decimals(0, 10**6, places=2),
        "boolean": st.booleans(),
        "integer": st.integers(0, 1000),
        "choice": st.sampled_from(["", *column.allowed]),
        "land_class": st.sampled_from(["0101", "031"]),
    }
    return st.none() | by_type.get(column.type, st.sampled_from(["", "某"]))


ROWS = st.fixed_dictionaries({column.field: _anything(column) for column in sheet("合同").columns})
REFERENCES = st.none() | st.builds(
    PriceReference, st.decimals(0, 1000, places=2), st.integers(0, 9)
)


@settings(max_examples=40, deadline=None)
@given(ROWS, REFERENCES, st.none() | st.dates(), st.booleans())
def test_any_row_is_judged_in_full_sentences(row, reference, second_round, has_collective):
    terms = terms_of(
        row,
        reference=reference,
        has_collective=has_collective,
        second_round_ends_on=second_round,
    )
    findings = inspect(terms)

    assert all(finding.basis and finding.remedy for finding in findings)
    assert not any("None" in finding.evidence for finding in findings)
    assert len({finding.rule for finding in findings}) == len(findings)
    assert contract_shares(terms, findings, [])
