"""三查一访: what is asked of each contract, where, and which value the answer stands beside.

Pure. A question's code is written into answers for good: never renamed, never reused.
"""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["choice", "date", "money", "area", "text"]

MINUTES, BOOKS, TEXT, VISIT, SITE = "minutes", "books", "text", "visit", "site"


@dataclass(frozen=True)
class Source:
    """Where one looks, or whom one asks."""

    code: str
    title: str
    hint: str
    # As the register says it (发现来源); the site has no word of its own there.
    word: str = ""


@dataclass(frozen=True)
class Question:
    """One question of the sheet, as it is read out."""

    code: str
    source: str
    text: str
    kind: Kind = "choice"
    options: tuple[str, ...] = ()
    # Only a post with this permission is asked it.
    needs: str = ""
    # Asked only of contracts of this category; empty: of all.
    category: str = ""


SOURCES = (
    Source(MINUTES, "查会议记录", "村“两委”、村民代表会议、成员（代表）大会的记录本", "查会议记录"),
    Source(BOOKS, "查会计账簿", "往来账、收入账、收据存根", "查会计账簿"),
    Source(TEXT, "查合同文本", "原件、复印件、补充协议", "查合同文本"),
    Source(VISIT, "访历任干部", "当年经手的书记、主任、会计", "走访历任干部"),
    Source(SITE, "看现场", "到地头、到房前，看谁在用、怎么用"),
)
SOURCE_OF = {source.code: source for source in SOURCES}

UNKNOWN = "查不到"
_YES_NO = ("是", "否", UNKNOWN)

QUESTIONS = (
    Question(
        "minutes_found",
        MINUTES,
        "有没有研究这份合同的会议记录？",
        "choice",
        ("有", "没有", UNKNOWN),
    ),
    Question(
        "minutes_body",
        MINUTES,
        "是什么会？",
        "choice",
        ("成员大会", "成员代表大会", "村民会议", "村民代表会议", "两委会", UNKNOWN),
    ),
    Question("minutes_on", MINUTES, "哪一天开的会？", "date"),
    Question(
        "is_booked", BOOKS, "收的钱都入账了吗？", "choice", ("是", "否", "没有收过钱", UNKNOWN)
    ),
    Question("paid_amount", BOOKS, "账上一共收了多少钱？（元）", "money"),
    Question(
        "is_tendered", BOOKS, "工程有没有招标或询价的材料？", "choice", _YES_NO, category="工程类"
    ),
    Question("has_final_account", BOOKS, "工程办结算了吗？", "choice", _YES_NO, category="工程类"),
    Question("is_invoiced", BOOKS, "付的工程款有发票吗？", "choice", _YES_NO, category="工程类"),
    Question(
        "text_kept",
        TEXT,
        "合同在手的是什么？",
        "choice",
        ("原件", "复印件", "没有书面合同", UNKNOWN),
    ),
    Question("text_ends_on", TEXT, "合同写的哪一天到期？", "date"),
    Question("text_area_mu", TEXT, "合同写的面积多少亩？", "area"),
    Question("text_yearly", TEXT, "合同写的每年交多少钱？（元）", "money"),
    Question("text_use", TEXT, "合同写的做什么用？", "text"),
    Question(
        "is_one_sided", TEXT, "有没有到期要村里回购、自动续期这类吃亏条款？", "choice", _YES_NO
    ),
    Question("guarantees", TEXT, "有没有拿集体财产替别人担保？", "choice", _YES_NO),
    Question(
        "names_compensation", TEXT, "征地补偿归谁，写了没有？", "choice", ("写了", "没写", UNKNOWN)
    ),
    Question("visit_agreed", VISIT, "当年是怎么定的？", "text"),
    Question("is_reviewed", VISIT, "对方是外村的：签之前查过他的底细和本事吗？", "choice", _YES_NO),
    Question(
        "household_agreed",
        VISIT,
        "地是农户的：农户书面同意流转了吗？",
        "choice",
        ("是", "否", "不是农户的地", UNKNOWN),
    ),
    Question(
        "is_collusive", VISIT, "有没有串通、侵占的线索？", "choice", _YES_NO, needs="findings.judge"
    ),
    Question(
        "who_uses",
        SITE,
        "现在谁在用？",
        "choice",
        ("承包方本人", "别人", "没人用，闲着", "已经收回", UNKNOWN),
    ),
    Question("user_name", SITE, "是别人的话，是谁？", "text"),
    Question("sublet_agreed", SITE, "换了人用，村里书面同意过吗？", "choice", _YES_NO),
    Question("site_use", SITE, "现在做什么用？", "text"),
    Question("site_area_mu", SITE, "量出来多少亩？", "area"),
    Question("idle_since_on", SITE, "闲着的话，从哪一天起？", "date"),
)
QUESTION_OF = {question.code: question for question in QUESTIONS}


def questions_for(source: str, category: str, is_asked: bool) -> list[Question]:
    """What is asked at one source of a contract of this category.

    `is_asked`: whether the person's post is asked what only some are.
    """
    return [
        question
        for question in QUESTIONS
        if question.source == source
        and question.category in ("", category)
        and (is_asked or not question.needs)
    ]
