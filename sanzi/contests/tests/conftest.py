"""A city's contest of two rounds over the villages of the world, at any point of its way."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from sanzi.contests.actions import contests, entering, judging, people
from sanzi.contests.actions import rounds as steps
from sanzi.contests.cards import METRIC, PANEL, TYPED, Row, Sheet
from sanzi.contests.models import Contest, Entry
from tests.world import CITY, NOON

SHEET = Sheet(
    title="比规划",
    rows=(
        Row("P1", "路演", "目标", "40", PANEL, "judged", "100"),
        Row("P2", "路演", "项目", "20", PANEL, "judged", "100"),
        Row("M1", "数据", "清收率", "20", METRIC + "receivables.recovery_rate", "line", "0→1",
            "spread"),
        Row("T1", "数据", "公开次数", "20", TYPED, "line", "0→4"),
    ),
    vetoes=(("v1", "弄虚作假", "0"),),
    bands=(("80", "优"), ("0", "良")),
    tie_break=("P1",),
)  # fmt: skip


class Held:
    """A contest and what people do in it, each through the actions the pages call."""

    def __init__(self, people_by_name, contest):
        self.who, self.contest = people_by_name, contest
        self.round = contest.rounds.get(ordinal=1)

    def entry(self, name):
        return Entry.objects.get(round=self.round, name__endswith=name)

    def by(self, name):
        return {"by": self.who[name], "now": NOON}

    def set_card(self, sheet=SHEET, by="fang"):
        self.round = contests.set_card(
            round_id=self.round.pk, revision=self.round.card_revision, sheet=sheet, **self.by(by)
        )

    def prepare(self, judges=("fang", "jian"), sheet=SHEET):
        self.set_card(sheet)
        people.enrol(round_id=self.round.pk, groups={}, **self.by("fang"))
        for judge in judges:
            people.name_judge(round_id=self.round.pk, username=judge, group="", **self.by("fang"))

    def step(self, name, by="fang", **more):
        self.round = steps.take_step(round_id=self.round.pk, step=name, **more, **self.by(by))

    def hand_in(self, name, by, text="家底清楚，目标十万元"):
        entry = self.entry(name)
        entering.write(
            entry_id=entry.pk, statement=text, pledge=Decimal("100000.00"), **self.by(by)
        )
        entering.hand_in(entry_id=entry.pk, **self.by(by))

    def withdraw(self, name):
        people.withdraw(
            round_id=self.round.pk, entry_id=self.entry(name).pk, reason="主动放弃",
            **self.by("fang"),
        )  # fmt: skip

    def mark(self, name, judge, *points):
        codes = ("P1", "P2")
        given = {self.entry(name).pk: dict(zip(codes, map(Decimal, points), strict=False))}
        judging.mark(round_id=self.round.pk, given=given, **self.by(judge))

    def fill(self, name, values, vetoes=()):
        people.fill(
            round_id=self.round.pk, entry_id=self.entry(name).pk, values=values,
            vetoes=dict(vetoes), basis="检查记录", **self.by("fang"),
        )  # fmt: skip

    def mark_all(self, judges=("fang", "jian")):
        """Everybody has handed in and has the same marks."""
        drafts = Entry.objects.filter(round=self.round, stage="draft")
        papers = {entry.pk: ("纸质材料", None) for entry in drafts}
        entering.take_down(round_id=self.round.pk, papers=papers, **self.by("fang"))
        points = {"P1": Decimal(30), "P2": Decimal(15)}
        for judge in judges:
            judging.mark(
                round_id=self.round.pk, given=dict.fromkeys(papers, points), **self.by(judge)
            )

    def run(self):
        """All the way to a closed round: Shangtian ahead, Liyuan gave up."""
        self.prepare()
        self.step("open")
        self.hand_in("上田村", "lin")
        self.hand_in("下田村", "qian")
        self.withdraw("梨园村")
        for judge, points in (("fang", ("36", "18")), ("jian", ("32", "16"))):
            self.mark("上田村", judge, *points)
        for judge in ("fang", "jian"):
            self.mark("下田村", judge, "20", "10")
        self.fill("上田村", {"T1": "4"})
        self.fill("下田村", {"T1": "2"})
        self.step("close")


@pytest.fixture
def held(people, fang):
    contest = contests.found(
        region=CITY, kind=Contest.Kind.CONTEST, level="village", title="大比武", year=2026,
        by=fang, now=NOON,
    )  # fmt: skip
    found = Held(people, contest)
    contests.arrange(
        round_id=found.round.pk, form="路演", weight=30, cut_off_on=date(2026, 3, 1), dropped=1,
        judges_min=5, by=fang, now=NOON,
    )  # fmt: skip
    return found


@pytest.fixture
def sheet():
    return replace(SHEET)
