"""交办清收: which claims, to whom, from when."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.timezone import localdate

from sanzi.web.inputs import DayInput

TICKED, LISTED = "ticked", "listed"


class EntrustForm(forms.Form):
    """Ticked claims, or all that the list holds, into one person's hands."""

    collector = forms.TypedChoiceField(
        label="交给谁清收", coerce=int, error_messages={"required": "请选择清收责任人"}
    )
    from_on = DayInput(label="接手日期", initial=localdate)
    covers = forms.ChoiceField(
        label="交办哪些", choices=[(TICKED, "下面勾选的"), (LISTED, "列出的全部")],
        widget=forms.RadioSelect, initial=TICKED,
    )  # fmt: skip

    def __init__(self, *args: Any, people: Sequence[tuple[int, str]], many: int, **more: Any):
        super().__init__(*args, **more)
        fields: Any = self.fields
        fields["collector"].choices = [("", "请选择"), *people]
        fields["covers"].choices = [(TICKED, "下面勾选的"), (LISTED, f"列出的全部 {many} 笔")]
