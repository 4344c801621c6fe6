"""文书台账: every letter of the region."""

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, QueryDict
from django.urls import reverse

from sanzi.kernel.refusals import Missing
from sanzi.web.frame import chosen_code
from sanzi.web.pages import person_of
from sanzi.web.register import Badge, Narrowing, Register, RegisterColumn
from sanzi.web.register_query import narrow, read

from .models import Ending, Letter, LetterQuerySet, Service
from .ways import WAYS

_PROVEN = tuple(way.code for way in WAYS if way.evidence != "none")
STATES = (
    ("holds", "有效"),
    ("ended", "已作废、被替代"),
    ("served", "已送达"),
    ("unserved", "未送达"),
)


def _rows(person: Any) -> QuerySet[Any]:
    return Letter.objects.visible_to(person).select_related("ending", "issued_by")


def _narrow(rows: Any, value: str, params: QueryDict) -> Any:
    """Letters by how they stand."""
    served = Service.objects.filter(
        letter=OuterRef("pk"), way__in=_PROVEN, takes_back=None, taken_back=None
    )
    ended = Ending.objects.filter(letter=OuterRef("pk"))
    conditions = {
        "holds": ~Exists(ended),
        "ended": Exists(ended),
        "served": Exists(served),
        "unserved": ~Exists(served) & ~Exists(ended),
    }
    if value not in conditions:
        raise Missing("letters.state", "没有这种文书状态，请重新选择")
    return rows.filter(conditions[value])


def _about(rows: Any, value: str, params: QueryDict) -> Any:
    """Letters about one thing."""
    return rows.filter(on=value)


def hang_states(rows: Any) -> None:
    """Give the rows about to be shown their state; one query."""
    pks = [row.pk for row in rows]
    served = set(
        Service.objects.filter(
            letter__in=pks, way__in=_PROVEN, takes_back=None, taken_back=None
        ).values_list("letter", flat=True)
    )
    for row in rows:
        row.state = _state(row, row.pk in served)


def _state(letter: Letter, is_served: bool) -> Badge:
    if letter.ended is not None:
        return Badge(letter.ended.word, "plain")
    return Badge("已送达", "done") if is_served else Badge("未送达", "warn")


LETTERS = Register(
    slug="letters",
    title="文书台账",
    noun="份文书",
    rows=_rows,
    columns=(
        RegisterColumn("serial", "编号", width="wide", searchable=True),
        RegisterColumn("village", "村", "village"),
        RegisterColumn("title", "文书", searchable=True),
        RegisterColumn("addressee", "收件人", searchable=True, width="wide"),
        RegisterColumn("issuer", "发文单位", width="wide", default=False),
        RegisterColumn("dated", "日期", "date"),
        RegisterColumn("state", "状态", "badge"),
        RegisterColumn("issued_by", "制发人", value=lambda row: row.issued_by.name, default=False),
    ),
    narrowings=(
        Narrowing("state", "状态", _narrow, options=STATES),
        Narrowing("about", "事项", _about, describe=lambda value, params: "同一事项的文书"),
    ),
    url=lambda row: reverse("letters:letter", args=[row.pk]),
    sort=("-dated", "-number"),
    decorate=hang_states,
    empty="在合同、债权、债务等页面制作的函、通知、协议，都列在这里",
)


def chosen_letters(request: HttpRequest) -> LetterQuerySet:
    """The letters a register page with this address would list, as far as they still hold."""
    asked = read(LETTERS, request.GET)
    rows = narrow(asked, LETTERS.rows(person_of(request)), chosen_code(request))
    assert isinstance(rows, LetterQuerySet)
    return rows.holding()
