"""Amounts and days as people type them: the one form field for each."""

import unicodedata
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator

from sanzi.kernel.money import yuan
from sanzi.kernel.refusals import Invalid

_FIRST, _LAST = date(1949, 10, 1), date(2199, 12, 31)


class YuanInput(forms.CharField):
    """Yuan to the fen: 1,234.56, full-width figures too; `least` is the smallest allowed."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})

    def __init__(self, *, least: Decimal | None = None, **options: Any) -> None:
        options.setdefault("error_messages", {"required": "请填写金额"})
        super().__init__(**options)
        self.least = least

    def clean(self, value: Any) -> Any:
        typed = super().clean(str(value) if isinstance(value, Decimal) else value)
        if not typed:
            return None
        plain = unicodedata.normalize("NFKC", typed).replace(",", "").replace(" ", "")
        try:
            amount = yuan(plain)
        except Invalid as refusal:
            raise forms.ValidationError(refusal.message, code=refusal.code) from None
        if self.least is not None and amount < self.least:
            raise forms.ValidationError(f"金额不能小于 {self.least}", code="least")
        return amount


class DayInput(forms.DateField):
    """A day, picked or typed as 2026-03-02."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("error_messages", {})
        words = {"invalid": "日期应写成 2024-01-31", "required": "请填写日期"}
        options["error_messages"] = {**words, **options["error_messages"]}
        super().__init__(
            widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            input_formats=["%Y-%m-%d"],
            validators=[
                MinValueValidator(_FIRST, "日期早于 1949 年，请核对"),
                MaxValueValidator(_LAST, "日期晚于 2199 年，请核对"),
            ],
            **options,
        )
