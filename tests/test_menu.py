"""The menu of the whole site: web's own tests see a small one."""

from collections import Counter

import pytest
from django.conf import settings
from django.urls import reverse

from sanzi.access.permissions import PERMISSIONS
from sanzi.web.frame import group_of, link_url
from sanzi.web.menu import MENU

LINKS = [link for group in MENU for link in group.links]


def test_every_line_leads_to_a_page():
    assert [link.title for link in LINKS if link_url(link) is None] == []


def test_no_two_lines_say_the_same_or_lead_to_the_same_page():
    assert [title for title, n in Counter(link.title for link in LINKS).items() if n > 1] == []
    assert [url for url, n in Counter(map(link_url, LINKS)).items() if n > 1] == []


def test_every_line_asks_for_a_permission_there_is():
    assert {link.needs for link in LINKS} <= set(PERMISSIONS)


def test_a_page_unfolds_its_own_group_and_home_none():
    site = settings.ROOT_URLCONF
    for group in MENU[1:]:
        for link in group.links:
            feature, page = link.url_name.partition(":")[0], link_url(link)
            assert group_of(site, page, feature) == group.title, link.title
    assert group_of(site, "/", "dashboards") == ""


@pytest.mark.parametrize(
    ("url", "kwargs", "group"),
    [
        ("cleanup:contract", {"pk": 7}, "清合同"),
        ("receivables:claim", {"pk": 7}, "化债务"),
        ("debts:debt", {"pk": 7}, "化债务"),
        ("accounting:voucher", {"book": 3, "pk": 7}, "管三资"),
        ("dispatch:blocker", {"pk": 7}, "统筹"),
        ("support:cohort", {"pk": 7}, "比学帮"),
    ],
)
def test_a_page_that_is_no_line_unfolds_the_group_it_belongs_to(url, kwargs, group):
    page = reverse(url, kwargs=kwargs)
    assert group_of(settings.ROOT_URLCONF, page, url.partition(":")[0]) == group
