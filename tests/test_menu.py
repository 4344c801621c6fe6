"""The menu of the whole site: web's own tests see a small one."""

from collections import Counter

from sanzi.access.roles import PERMISSIONS
from sanzi.web.frame import link_url
from sanzi.web.menu import MENU

LINKS = [link for group in MENU for link in group.links]


def test_every_line_leads_to_a_page():
    assert [link.title for link in LINKS if link_url(link) is None] == []


def test_no_two_lines_say_the_same_or_lead_to_the_same_page():
    assert [title for title, n in Counter(link.title for link in LINKS).items() if n > 1] == []
    assert [url for url, n in Counter(map(link_url, LINKS)).items() if n > 1] == []


def test_every_line_asks_for_a_permission_there_is():
    assert {link.needs for link in LINKS} <= set(PERMISSIONS)
