import pytest

from sanzi.kernel.land import PRESENT, check_land_class, find, successors

# domain/clean-up.md 5.2, every second-level class of GB/T 21010-2017.
TABLE = """
0101水田 0102水浇地 0103旱地
0201果园 0202茶园 0203橡胶园 0204其他园地
0301乔木林地 0302竹林地 0303红树林地 0304森林沼泽 0305灌木林地 0306灌丛沼泽 0307其他林地
0401天然牧草地 0402沼泽草地 0403人工牧草地 0404其他草地
0501零售商业 0502批发市场 0503餐饮 0504旅馆 0505商务金融 0506娱乐 0507其他商服
0601工业 0602采矿 0603盐田 0604仓储
0701城镇住宅 0702农村宅基地
0801机关团体 0802新闻出版 0803教育 0804科研 0805医疗卫生 0806社会福利 0807文化设施 0808体育
0809公用设施 0810公园与绿地
0901军事 0902使领馆 0903监教 0904宗教 0905殡葬 0906风景名胜
1001铁路 1002轨道 1003公路 1004城镇村道路 1005交通场站 1006农村道路 1007机场 1008港口 1009管道
1101河流 1102湖泊 1103水库 1104坑塘 1105沿海滩涂 1106内陆滩涂 1107沟渠 1108沼泽地 1109水工建筑
1110冰川积雪
1201空闲地 1202设施农用地 1203田坎 1204盐碱地 1205沙地 1206裸土地 1207裸岩石砾地
"""
FARM = {"0401", "0402", "0403", "1006", "1103", "1104", "1107", "1202", "1203"}
UNUSED = {"0404", "1101", "1102", "1105", "1106", "1108", "1110"}
UNUSED |= {"1204", "1205", "1206", "1207"}


@pytest.mark.parametrize("entry", TABLE.split())
def test_every_class_is_found_by_code_by_name_and_by_both(entry):
    code, name = entry[:4], entry[4:]
    land = find(code)

    assert land is not None
    assert (land.system, land.code) == (PRESENT, code)
    assert find(name) == find(entry) == find(f"{code} {name}") == find(land.name) == land
    farm = code[:2] in ("01", "02", "03") or code in FARM
    assert land.group == ("农用地" if farm else "未利用地" if code in UNUSED else "建设用地")


def test_full_width_codes_are_folded():
    assert find("０１０３") == find("旱地")


@pytest.mark.parametrize(
    ("old", "present"),
    [
        ("011", ["0101"]),
        ("031", ["0301", "0302", "0303", "0304"]),
        ("083", ["0803", "0804"]),
        ("127", ["1206", "1207"]),
        ("0201K", ["0201"]),
        ("1104A", ["1104"]),
        ("0103", ["0103"]),
        ("203", []),
    ],
)
def test_older_and_survey_classes_become_present_ones(old, present):
    land = find(old)
    assert land is not None
    assert [successor.code for successor in successors(land)] == present


def test_a_name_only_the_old_standard_has_is_the_old_class():
    assert find("有林地") == find("031")
    assert find("水田") == find("0101") != find("011")


def test_reservoirs_were_built_land_and_are_farm_land_now():
    then, now = find("113"), find("1103")
    assert then is not None
    assert now is not None
    assert (then.group, now.group) == ("建设用地", "农用地")


@pytest.mark.parametrize("text", ["1301", "070103", "130202", "24", "1701"])
def test_codes_of_the_other_set_are_named_as_such(text):
    assert "国土空间用地用海" in (check_land_class(text) or "")
    assert find(text) is None


def test_a_first_level_code_the_two_sets_read_differently_is_refused():
    assert find("耕地") == find("01")
    assert find("工矿仓储用地") is not None
    assert find("06") is None
    assert "填4位代码" in (check_land_class("06") or "")


def test_a_code_that_disagrees_with_its_name_is_refused():
    assert check_land_class("0601 乡村道路用地") == (
        "地类代码与名称不符：0601是工业用地，不是乡村道路用地"
    )
    assert find("0101旱地") is None


@pytest.mark.parametrize("text", ["", "0104", "9999", "155K", "湿地", "0102K", "1"])
def test_what_is_no_land_class_is_not_found(text):
    assert find(text) is None
    assert check_land_class(text)
