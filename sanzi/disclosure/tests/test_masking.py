import pytest

from sanzi.disclosure.masking import Masks, is_person, mask_numbers, mask_person


@pytest.mark.parametrize(
    ("name", "seen"),
    [
        ("王建国", "王*国"),
        ("李明", "李*"),
        ("欧阳建国", "欧**国"),
        ("王建国户", "王*国户"),
        ("王建国等5户", "王*国等5户"),
        ("王建国（三组）", "王*国（三组）"),
        ("王建国、李明", "王*国、李*"),
        ("阿依古丽·买买提", "阿******提"),
        ("清水镇绿源农业有限公司", "清水镇绿源农业有限公司"),
        ("上田村股份经济合作社", "上田村股份经济合作社"),
        ("清水镇财政所", "清水镇财政所"),
        ("供电所", "供电所"),
        ("其他", "其他"),
        ("某某某", "某*某"),
        ("", ""),
    ],
)
def test_individuals_are_masked_and_organisations_stand_in_full(name, seen):
    assert Masks().name(name) == seen


def test_a_masked_name_stays_as_it_is():
    assert Masks().name(Masks().name("王建国")) == "王*国"


@pytest.mark.parametrize(
    ("said", "seen"),
    [
        ("付 999999198001010011 补助", "付 **** 补助"),
        ("证号99999919800101001X", "证号****"),
        ("电话19900001111联系", "电话****联系"),
        ("卡号6200 0000 0000 0000 018", "卡号****"),
        ("卡号６２０００００００００００００００１８", "卡号****"),
        ("座机0356-7020000", "座机****"),
        ("购水泥1200000元", "购水泥1200000元"),
        ("合同2024001号", "合同2024001号"),
    ],
)
def test_numbers_that_identify_are_never_shown(said, seen):
    assert mask_numbers(said) == seen


def test_known_people_are_masked_inside_a_summary():
    masks = Masks(["王建国", "绿源农业公司"])
    assert masks.text("收王建国、绿源农业公司租金") == "收王*国、绿源农业公司租金"


def test_a_stranger_who_is_paid_is_masked_too():
    assert Masks().text("支付张三丰误工补贴") == "支付张*丰误工补贴"


def test_words_somebody_added_are_hidden_whole():
    assert Masks(words=["老支书"]).text("慰问老支书家") == "慰问**家"


def test_a_rule_may_show_names_but_never_numbers():
    masks = Masks(["王建国"], names=False)
    assert masks.name("王建国") == "王建国"
    assert masks.text("王建国 19900001111") == "王建国 ****"


def test_unsure_is_a_person():
    assert is_person("王村生")
    assert not is_person("上田村")
    assert mask_person("王") == "*"
