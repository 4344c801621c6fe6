import pytest

from sanzi.kernel.protections import (
    LAND_INCOME,
    against_charging,
    against_setting_off,
    against_taking_back,
)


@pytest.mark.parametrize("where", [{"legal_nature": "家庭承包"}, {"use_status": "家庭承包"}])
def test_household_land_is_never_taken_back(where):
    assert "第二十七条" in str(against_taking_back(**where))


@pytest.mark.parametrize("nature", ["其他方式承包", "租赁", "机动地短期发包", ""])
def test_what_the_collective_let_itself_may_be_taken_back(nature):
    assert against_taking_back(nature, "对外发包") is None


@pytest.mark.parametrize("means", ["承包地", *sorted(LAND_INCOME)])
def test_land_and_what_a_household_has_of_it_settle_no_debt(means):
    assert "农村土地承包法" in against_setting_off(means).article


def test_other_money_may_be_set_off_unless_household_land_is_given_for_it():
    assert against_setting_off("应付工程款") is None
    assert against_setting_off("应付工程款", is_household_land=True).article.endswith("第六项")


def test_a_measuring_gain_and_land_in_dispute_bear_no_fee():
    assert "测量误差" in against_charging("测量差").sentence
    assert "确权" in against_charging("多占", "争议待确权").sentence
    assert against_charging("多占", "对外发包") is None


def test_a_rule_of_the_house_never_passes_for_law():
    assert all(against_charging(*case).caveat for case in [("测量差", ""), ("", "争议待确权")])
