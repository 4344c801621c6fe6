"""What a row says, in the words of the dictionary."""

from types import SimpleNamespace

from sanzi.intake.dictionary import SHEETS
from sanzi.intake.facts import group


def test_a_unit_stands_behind_the_figure_and_what_it_is_counted_by_behind_the_name():
    sheet = next(one for one in SHEETS if one.register == "contracts")
    row = SimpleNamespace(unit_price=None, total_amount=None, contract_area_mu=None)
    fields = ("unit_price", "total_amount", "contract_area_mu")
    assert group("价款", sheet, row, fields).blank == ["单价（每亩年）", "合同总价", "合同面积"]
