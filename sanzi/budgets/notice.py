"""When a year's report must lie open, and the words that announce it. No framework.

农村集体经济组织法第四十六条: the yearly report, accounts and distribution plan lie open to members
ten days before the assembly (accounting.md 1.1).
"""

from dataclasses import dataclass
from datetime import date, timedelta

from sanzi.kernel.calendar import is_working_day

OPEN_DAYS = 10
LAW = "农村集体经济组织法第四十六条"


def latest_day(meeting_on: date) -> date:
    """The last day to lay the papers open: ten days before the meeting, its own day not counted."""
    return meeting_on - timedelta(days=OPEN_DAYS)


def advised_day(meeting_on: date) -> date:
    """The last working day not after the latest day: counting back, a holiday moves it earlier."""
    day = latest_day(meeting_on)
    while not is_working_day(day):
        day -= timedelta(days=1)
    return day


def earliest_meeting(opened_on: date) -> date:
    """The first day a meeting can be held when the papers lie open from a day on."""
    return opened_on + timedelta(days=OPEN_DAYS)


@dataclass(frozen=True)
class Notice:
    """The announcement of one organisation's papers for one year's meeting."""

    organisation: str
    year: int
    body: str
    meeting_on: date
    opens_on: date
    papers: tuple[str, ...]

    @property
    def title(self) -> str:
        return f"关于公开 {self.year} 年度财务决算资料的通知"

    @property
    def is_late(self) -> bool:
        """Whether the papers open later than the law allows for this meeting."""
        return self.opens_on > latest_day(self.meeting_on)

    @property
    def paragraphs(self) -> list[str]:
        """The body of the letter."""
        listed = "；".join(f"{at}. {paper}" for at, paper in enumerate(self.papers, start=1))
        return [
            f"{self.organisation}全体成员：",
            f"定于{_day(self.meeting_on)}召开{self.body}，审议本组织 {self.year} 年度财务决算"
            f"和收益分配事项。现将有关资料自{_day(self.opens_on)}起在公开栏和办公场所公开，"
            "供成员查阅：",
            f"{listed}。",
            f"按照{LAW}的规定，上述资料应当在会议召开十日前供成员查阅，"
            f"最迟公开日为{_day(latest_day(self.meeting_on))}。"
            "对资料有疑问或者意见的，可以在会前向理事会、监事会提出，或者在会议上发言。",
        ]

    @property
    def text(self) -> str:
        """The whole letter as plain text, lines ended as office machines end them."""
        lines = [self.title, "", *self.paragraphs, "", self.organisation, _day(self.opens_on)]
        return "\r\n".join(lines) + "\r\n"


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
