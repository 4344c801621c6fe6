"""Forms of several like parts."""

from django import forms
from django.template.loader import render_to_string

from sanzi.web.sections import SectionedForm


class Plan(SectionedForm):
    name = forms.CharField(label="名称")
    first = forms.CharField(label="甲", required=False)
    second = forms.CharField(label="乙", required=False)
    third = forms.IntegerField(label="丙", required=False)
    parts = {"第一档": ("first",), "第二档": ("second",), "第三档": ("third",)}


def opened(form: SectionedForm) -> list[str]:
    return [section.title for section in form.sections if section.is_open]


def test_what_is_in_no_part_stands_above_and_the_first_part_is_open():
    assert opened(Plan()) == ["", "第一档"]
    assert [field.name for field in Plan().sections[0].fields] == ["name"]


def test_a_part_with_a_value_or_a_fault_is_open():
    assert opened(Plan(initial={"second": "有"})) == ["", "第一档", "第二档"]
    assert opened(Plan({"name": "n", "third": "三"})) == ["", "第一档", "第三档"]


def test_every_field_is_printed_once():
    html = render_to_string("components/form.html", {"form": Plan()})
    assert [html.count(f'name="{name}"') for name in Plan().fields] == [1, 1, 1, 1]
    assert html.count("<details") == 3


class Tick(forms.Form):
    agreed = forms.BooleanField(label="已经核对")


def test_a_box_to_tick_stands_before_its_words():
    html = render_to_string("components/fields.html", {"form": Tick()})
    assert html.index("<input") < html.index("已经核对")
