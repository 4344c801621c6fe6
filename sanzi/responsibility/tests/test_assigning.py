from contextlib import suppress
from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from sanzi.journal.models import Entry
from sanzi.kernel.refusals import Blocked, Forbidden, Invalid, Missing
from sanzi.orgs.tree import ensure
from sanzi.responsibility.actions import assigning
from sanzi.responsibility.models import Assignment
from sanzi.responsibility.pasting import read
from sanzi.responsibility.queries import answering_for
from sanzi.responsibility.settling import Wanted, settle
from tests.world import BAIYAN, NOON, QINGSHUI, SHANGTIAN, XIATIAN

FIRST, MARCH = date(2026, 1, 1), date(2026, 3, 1)


def names(chain):
    return {link.level: [one.name for one in link.people] for link in chain.links}


def test_the_four_names_answer_for_a_village(chained, assign, django_assert_num_queries):
    assign("household", "党员甲", group="第三组", household="田大户")
    with django_assert_num_queries(1):
        chain = answering_for(SHANGTIAN, household="田大户", on=MARCH)
    assert names(chain) == {
        "area": ["高镇长"], "village": ["田干部"], "group": ["林会计"], "household": ["党员甲"],
    }  # fmt: skip
    assert chain.gaps == []


def test_a_level_without_anybody_says_so(chained):
    assert answering_for(XIATIAN, on=MARCH).gaps == ["还没有包村", "还没有包组"]


def test_whoever_takes_over_ends_the_former_the_day_before(chained, assign):
    _, former, _ = chained
    new = assign("village", "新干部", from_on=MARCH)
    former.refresh_from_db()
    assert (former.to_on, new.replaces) == (date(2026, 2, 28), former)
    assert names(answering_for(SHANGTIAN, on=date(2026, 2, 28)))["village"] == ["田干部"]
    assert names(answering_for(SHANGTIAN, on=MARCH))["village"] == ["新干部"]
    assert names(answering_for(SHANGTIAN, on=date(2025, 12, 31)))["village"] == []
    said = Entry.objects.filter(object=f"responsibility.assignment:{former.pk}").last()
    assert said.facts["reason"] == "由新干部接替"


def test_the_same_day_cannot_be_answered_for_twice(chained, assign):
    with pytest.raises(Invalid, match="重叠"):
        assign("village", "另一人", from_on=FIRST, key="again")


def test_a_form_is_taken_once(chained, assign):
    with pytest.raises(Blocked, match="没有重复登记"):
        assign("village", "田干部", from_on=MARCH, key="village田干部")


def test_an_ended_assignment_leaves_a_gap_and_stands(chained, chen):
    _, row, _ = chained
    assigning.end(assignment_id=row.pk, on=MARCH, reason="调离", by=chen, now=NOON)
    assert names(answering_for(SHANGTIAN, on=MARCH))["village"] == ["田干部"]
    assert "还没有包村" in answering_for(SHANGTIAN, on=date(2026, 3, 2)).gaps
    with pytest.raises(Blocked, match="已于 2026-03-01 终止"):
        assigning.end(assignment_id=row.pk, on=MARCH, reason="调离", by=chen, now=NOON)
    with pytest.raises(IntegrityError, match="不能修改或删除"), connection.cursor() as cursor:
        cursor.execute("UPDATE responsibility_assignment SET name='x' WHERE id=%s", [row.pk])


def test_areas_and_villages_are_the_town_s_to_arrange(area, assign, lin, places, people):
    from sanzi.access.models import Person

    head = Person.objects.get(pk=lin.pk)
    post = head.posts[0]
    post.role = "village_head"
    post.save()
    head = Person.objects.get(pk=lin.pk)
    with pytest.raises(Forbidden, match="由乡镇安排"):
        assign("village", "甲", by=head)
    assert assign("group", "甲", group="第一组", by=head).name == "甲"
    with pytest.raises(Missing):
        assign("group", "甲", group="第一组", village=XIATIAN, by=head, key="z")


def test_nobody_without_the_permission_or_the_region_arranges(area, assign, lin, luo):
    with pytest.raises(Forbidden):
        assign("group", "甲", group="第一组", by=lin)
    with pytest.raises(Missing):
        assign("village", "甲", by=luo)
    with pytest.raises(Missing):
        assigning.draw_area(
            town=QINGSHUI, name="片", villages=[SHANGTIAN], from_on=FIRST, by=luo, now=NOON
        )
    with pytest.raises(Invalid, match="从本乡镇的村里选"):
        assigning.draw_area(
            town=BAIYAN, name="片", villages=[SHANGTIAN], from_on=FIRST, by=luo, now=NOON
        )


def test_a_village_changes_its_area_from_a_day_on(chained, assign, chen):
    north = assigning.draw_area(
        town=QINGSHUI, name="北片", villages=[SHANGTIAN], from_on=MARCH, by=chen, now=NOON
    )
    assign("area", "郑北", area_id=north.pk, from_on=MARCH)
    assert names(answering_for(SHANGTIAN, on=date(2026, 2, 28)))["area"] == ["高镇长"]
    assert names(answering_for(SHANGTIAN, on=MARCH))["area"] == ["郑北"]
    assert names(answering_for(XIATIAN, on=MARCH))["area"] == ["高镇长"]


def paste(by, text, key="p"):
    lines, faults = read(text)
    assert faults == []
    return assigning.assign_many(lines=lines, from_on=FIRST, key=key, by=by, now=NOON)


def test_a_table_is_taken_whole_and_people_of_the_system_are_known_by_name(area, chen, gao):
    made = paste(chen, "片\t南片\t\t\t\t高镇长\n村\t\t上田\t\t\t田干部\t\t13900002222\t2026-02-01")
    assert [(one.name, one.person, one.from_on) for one in made] == [
        ("高镇长", gao, FIRST), ("田干部", None, date(2026, 2, 1)),
    ]  # fmt: skip
    assert str(made[1].phone) == "139****2222"


def test_one_faulty_cell_refuses_the_whole_table_by_row_and_column(area, chen):
    with pytest.raises(Invalid) as refused:
        paste(chen, "村\t\t上田村\t\t\t田干部\n村\t\t梨园村\t\t\t乙\n村\t\t下田村\t\t\t丙\t\t123")
    assert "第 2 行“村”：辖区内没有“梨园村”" in refused.value.message
    assert "第 3 行“电话”" in refused.value.message
    assert not Assignment.objects.exists()


def test_a_table_that_names_two_for_one_place_is_refused(area, chen):
    with pytest.raises(Invalid, match="第 2 行“姓名”：与第 1 行是同一处"):
        paste(chen, "村\t\t上田村\t\t\t甲\n村\t\t上田村\t\t\t乙")


def test_a_hundred_rows_cost_no_more_queries_than_ten(area, chen, django_assert_max_num_queries):
    rows = "\n".join(f"户\t\t上田村\t\t户{n}\t党员{n % 7}" for n in range(100))
    lines, _ = read(rows)
    # One insert a row, and what is asked once.
    with django_assert_max_num_queries(100 + 25):
        assigning.assign_many(lines=lines, from_on=FIRST, key="h", by=chen, now=NOON)


def test_a_telephone_is_seen_by_mask_and_opened_with_a_reason(chained, chen, gao, luo):
    _, row, _ = chained
    clear = assigning.reveal_phone(assignment_id=row.pk, reason="联系", by=chen, now=NOON)
    assert clear == "13900002222"
    said = Entry.objects.filter(action="sealed.reveal").last()
    assert said.facts["reason"] == "联系"
    assert "13900002222" not in said.public
    with pytest.raises(Forbidden):
        assigning.reveal_phone(assignment_id=row.pk, reason="联系", by=gao, now=NOON)
    with pytest.raises(Missing):
        assigning.reveal_phone(assignment_id=row.pk, reason="联系", by=luo, now=NOON)


def test_a_group_is_the_same_however_it_is_spelt(chained, assign):
    assign("household", "党员甲", group="三组", household="田大户")
    chain = answering_for(SHANGTIAN, household="田大户", on=MARCH)
    assert names(chain)["group"] == ["林会计"]
    assert chain.gaps == []


def test_a_pasted_name_is_a_person_of_the_system_only_where_their_post_reaches(chained, chen, qian):
    lines, _ = read("村\t\t下田村\t\t\t钱会计\n组\t\t上田村\t第九组\t\t钱会计")
    near, far = assigning.assign_many(lines=lines, from_on=MARCH, key="p", by=chen, now=NOON)
    assert (near.person, far.person) == (qian, None)


def test_an_office_s_region_is_locked_whatever_its_code_ends_with(chen):
    ensure({"999901100": "百镇"})
    wanted = [Wanted(level="area", village="999901100000", name="高", from_on=MARCH, key="k")]
    with CaptureQueriesContext(connection) as asked, suppress(IntegrityError), transaction.atomic():
        settle(wanted, chen, NOON)
    assert "'999901100'" in asked[1]["sql"]


def test_a_long_table_asks_no_more_than_a_short_one(chained, chen, django_assert_max_num_queries):
    def paste(many, key, on):
        rows = "\n".join(f"户\t\t上田村\t第三组\t户主{n}\t党员{n}" for n in range(many))
        lines, _ = read(rows)
        return assigning.assign_many(lines=lines, from_on=on, key=key, by=chen, now=NOON)

    with django_assert_max_num_queries(20):
        paste(60, "one", FIRST)
    with django_assert_max_num_queries(20):
        made = paste(60, "two", MARCH)
    assert {row.replaces.ended_for for row in made} == {"由接任者接替"}
