"""What people type about regulations."""

from typing import Any

from django import forms

from sanzi.documents.inputs import PapersInput
from sanzi.web.inputs import DayInput

from .articles import Article, read
from .screens import SCREENS


class VersionForm(forms.Form):
    """One version of a text."""

    title = forms.CharField(label="名称", max_length=60)
    number = forms.CharField(label="文号", max_length=60)
    adopted_on = DayInput(label="通过日期")
    from_on = DayInput(label="施行日期")
    until_on = DayInput(label="有效期至", required=False, help_text="文件里写明有效期的才填")
    text = forms.CharField(
        label="条文", max_length=200_000, widget=forms.Textarea(attrs={"rows": 16}),
        help_text="把全文粘贴到这里，每一条另起一行，写成“第一条　……”；章名单独一行",
    )  # fmt: skip
    papers = PapersInput(label="附件（扫描件）", required=False)

    def clean_text(self) -> list[Article]:
        articles = read(self.cleaned_data["text"])
        if not articles:
            raise forms.ValidationError("没有读出条文，请核对")
        return articles

    def facts(self) -> dict[str, Any]:
        """As the action takes them."""
        told = dict(self.cleaned_data)
        articles = told.pop("text")
        return {**told, "articles": articles}


class ApplyForm(forms.Form):
    """An article and the screen that follows it."""

    article = forms.ChoiceField(label="条")
    screen = forms.ChoiceField(label="页面", choices=[(s.name, s.title) for s in SCREENS])

    def __init__(self, *args: Any, articles: list[Article], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields["article"]
        chosen.choices = [(one.number, f"{one.number} {one.text[:20]}") for one in articles]
