"""A pasted list of experts: read as people write it, every fault by its line."""

import pytest
from django.urls import reverse

from sanzi.support.models import Expert
from sanzi.support.roster import UnclearRoster, read_roster

HEAD = "姓名\t单位\t职称\t领域\t所在地代码\t电话\t专长\t最多村数"
LINE = "李专家\t市农科所\t研究员\t农业农村\t999901\t13800000001\t种植技术精通、电商营销\t２"


def test_a_line_is_read_with_levels_in_words_or_figures():
    (row,) = read_roster(f"{HEAD}\n{LINE}\n\n")
    assert row.skills == {"crops": 3, "sales": 2}
    assert (row.field, row.base, row.load_max) == ("rural", "999901", 2)
    (short,) = read_roster("王专家\t市住建局\t\t规划住建\t\t\t村庄规划1")
    assert (short.skills, short.load_max) == ({"planning": 1}, 1)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("李专家", "姓名、单位都要填"),
        ("李专家\t市农科所\t\t农业\t\t\t种植技术", "领域“农业”应为"),
        ("李专家\t市农科所\t\t农业农村\t99990\t\t种植技术", "应为市 4 位"),
        ("李专家\t市农科所\t\t农业农村\t\t\t种地", "专长“种地”不在清单里"),
        ("李专家\t市农科所\t\t农业农村\t\t\t", "至少填一项专长"),
        ("李专家\t市农科所\t\t农业农村\t\t\t种植技术\t10", "1 到 9"),
        ("", "没有读到专家"),
    ],
)
def test_each_fault_is_told_with_its_line(line, said):
    with pytest.raises(UnclearRoster, match=said):
        read_roster(line)


@pytest.mark.django_db
def test_a_list_is_pasted_once_and_again_changes_nothing(client, fang):
    client.force_login(fang)
    url = reverse("support:paste-experts")
    assert client.post(url, {"text": f"{HEAD}\n{LINE}"}).status_code == 302
    assert client.post(url, {"text": LINE}).status_code == 302
    expert = Expert.objects.get()
    assert (expert.region, expert.base) == ("9999", "999901")
    assert "13800000001" not in str(expert.phone)
    wrong = client.post(url, {"text": LINE.replace("999901", "999801")})
    assert (wrong.status_code, "不在本辖区内" in wrong.content.decode()) == (404, True)
    assert client.post(url, {"text": "坏行"}).status_code == 422
