"""Experts of the city and needs of its villages, each through the actions the pages call."""

from datetime import date

import pytest

from sanzi.access.models import Person, Post
from sanzi.support.actions import experts, helps, matching
from sanzi.support.matching.terms import Terms
from tests.world import CITY, LIYUAN, NOON, SHANGTIAN, XIATIAN


class Support:
    """The city's support and who does what in it."""

    def __init__(self, people):
        self.who = people

    def by(self, name):
        return {"by": self.who[name], "now": NOON}

    def expert(self, name, skills, base="999901", by="fang", **more):
        given = {
            "region": CITY, "unit": "市农科所", "title": "", "field": "rural", "phone": "",
            "load_max": 1, "conflicts": {}, **more,
        }  # fmt: skip
        return experts.list_expert(name=name, skills=skills, base=base, **given, **self.by(by))

    def need(self, village, skill, weight=2, by="fang"):
        return experts.tell_need(
            village=village, skill=skill, weight=weight, note="", **self.by(by)
        )

    def ready(self):
        """Two experts, two villages with needs each fits one of; Liyuan's nobody can meet."""
        self.law = self.expert("李法务", {"law": 3}, phone="13800000001")
        self.sales = self.expert("王电商", {"sales": 3, "law": 1})
        self.need(SHANGTIAN, "law", 3)
        self.need(XIATIAN, "sales")
        self.need(LIYUAN, "works")

    def propose(self, by="fang", **more):
        given = {"region": CITY, "title": "百名人才进百村", "until_on": date(2026, 12, 31),
                 "terms": Terms(), "quotas": {}, **more}  # fmt: skip
        return matching.propose(**given, **self.by(by))

    def confirm(self, proposed, by):
        return matching.confirm(matching_id=proposed.pk, revision=proposed.revision, **self.by(by))

    def propose_help(self, by="chen", **more):
        given = {
            "village": SHANGTIAN, "kind": "firm", "helper": "示例果品公司", "helper_village": "",
            "contact": "周经理", "phone": "13800000002", "matter": "收购苹果",
            "from_on": date(2026, 1, 1), "until_on": date(2026, 12, 31), **more,
        }  # fmt: skip
        return helps.propose_help(**given, **self.by(by))

    def agree(self, help, by="gao"):
        return helps.decide_help(help_id=help.pk, step="confirm", reason="", **self.by(by))

    def visit(self, help, by="lin", on=date(2026, 2, 1), what="到村看苹果园"):
        return helps.tell_deed(
            help_id=help.pk, done_on=on, what=what, next="", files=[], **self.by(by)
        )


@pytest.fixture
def support(people):
    return Support(people)


@pytest.fixture
def second(people, places):
    """A second leader of the city: who proposes does not confirm."""
    person = Person(username="zhou", name="周部长")
    person.set_unusable_password()
    person.save()
    Post.objects.create(
        person=person, role="city_leader", region=places[CITY], from_on=date(2020, 1, 1)
    )
    people["zhou"] = person
    return person
