"""The form of an addendum: the terms as they stand, each to be written over, and open claims."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django import forms

from sanzi.contracts.forms import AmendForm
from sanzi.contracts.wording import COLUMNS, read, written
from sanzi.kernel.refusals import Invalid
from sanzi.web.inputs import YuanInput

# The terms most addenda change stand on the form; the others are changed by what makes them
# change, such as a remedy that makes a procedure good.
SHOWN: tuple[str, ...] = (
    "contractor", "starts_on", "ends_on", "contract_area_mu", "unit_price", "yearly_amount",
    "total_amount", "payment_mode", "agreed_use", "location", "boundaries", "legal_nature",
    "written", "procedure", "met_on", "expected_count", "present_count", "approval_count",
    "township_approval", "deal_number", "sublet", "special_clauses",
)  # fmt: skip


class TermsForm(AmendForm):
    """An addendum with the terms as they will read, and the claims its price takes in."""

    def __init__(
        self, *args: Any, terms: Mapping[str, Any], claims: Iterable[Any] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._terms, self._claims = terms, list(claims)
        for name in SHOWN:
            self.fields[f"term_{name}"] = _field(name, terms.get(name))
        for claim in self._claims:
            self.fields[f"claim_{claim.pk}"] = YuanInput(
                label=f"并入债权 {claim.number}（尚欠 {claim.left} 元）", required=False,
                help_text="新价款里包含的旧欠，不算增收；不包含就不填，该债权照旧清收。",
            )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or {}
        self.changes: dict[str, Any] = {}
        for name in SHOWN:
            field = f"term_{name}"
            try:
                value = read(name, (told.get(field) or "").strip() or None)
            except Invalid as refusal:
                self.add_error(field, refusal.message)
                continue
            if written(value) != written(self._terms.get(name)):
                self.changes[name] = value
        self.carries: dict[str, Decimal] = {}
        for claim in self._claims:
            amount = told.get(f"claim_{claim.pk}")
            if amount and amount > (claim.left or 0):
                self.add_error(f"claim_{claim.pk}", f"最多并入尚欠的 {claim.left} 元")
            elif amount:
                self.carries[claim.number] = amount
        return told

    @property
    def own(self) -> dict[str, Any]:
        """What was said of the addendum itself."""
        return {name: self.cleaned_data[name] for name in AmendForm.base_fields}


def _field(name: str, value: Any) -> forms.Field:
    column, shown = COLUMNS[name], written(value) or ""
    if column.type == "choice":
        options = [("", "（未填）"), *((word, word) for word in column.allowed)]
        return forms.ChoiceField(label=column.title, choices=options, required=False, initial=shown)
    widget = forms.DateInput(attrs={"type": "date"}) if column.type == "date" else None
    return forms.CharField(
        label=column.title, required=False, max_length=500, initial=shown, widget=widget
    )
