"""The registers of the books: account sets, and a set's vouchers, accounts and dimensions."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Self

from django.db.models import F, QuerySet
from django.http import QueryDict
from django.urls import reverse

from sanzi.access.scope import ScopedQuerySet
from sanzi.web.errors import Unsupported
from sanzi.web.register import Badge, Narrowing, Register, RegisterColumn

from .chart import level
from .keys import vouchers_between
from .ledger_tables import month_word
from .models import Account, Book, Dimension, Kind, Period, Voucher

_KIND_WORDS = {"collective": "集体经济组织", "committee": "村民委员会"}
SCHEME_WORDS = {"2023": "2023 年制度", "2004": "2004 年制度"}


class PartRows(ScopedQuerySet):
    """Rows of a book as a register narrows them: by the region of their book."""

    def within(self, code: str) -> Self:
        return self.filter(book__in=Book.objects.within(code))


def _rows(model: Any, book: Book) -> QuerySet[Any]:
    found: QuerySet[Any] = PartRows(model).filter(book=book)
    return found.annotate(village=F("book__village"))


def _choice(field: str, words: dict[str, str]) -> Any:
    def narrow(rows: QuerySet[Any], value: str, params: QueryDict) -> QuerySet[Any]:
        if value not in words:
            raise Unsupported("register.filter", "不支持的筛选，请从下拉框中选择")
        return rows.filter(**{field: value})

    return narrow


def by_words(name: str, title: str, field: str, words: dict[str, str]) -> Narrowing:
    return Narrowing(name, title, _choice(field, words), tuple(words.items()))


def hang_progress(books: Sequence[Any]) -> None:
    """How far each book has come: the last month with vouchers, the last closed; one query."""
    found: dict[int, dict[str, int]] = {
        book.pk: {"kept": 0, "closed": 0, "vouchers": 0} for book in books
    }
    months = Period.objects.filter(book__in=list(found)).order_by("period")
    for pk, month, state, vouchers in months.values_list("book", "period", "state", "vouchers"):
        mine = found[pk]
        mine["vouchers"] += vouchers if month % 100 else 0
        if vouchers and month % 100:
            mine["kept"] = month
        if state != Period.State.OPEN and month % 100:
            mine["closed"] = month
    for book in books:
        book.progress = found[book.pk]


def _month(name: str) -> Any:
    def read(book: Any) -> str:
        month = book.progress[name]
        return month_word(month) if month else ""

    return read


def _opened(book: Book) -> Badge:
    return Badge("已锁定", "done") if book.opened_at else Badge("未录入", "warn")


BOOKS = Register(
    slug="books",
    title="账套",
    noun="个账套",
    needs="books.view",
    rows=lambda person: Book.objects.visible_to(person).select_related("collective"),
    columns=(
        RegisterColumn("name", "账套", searchable=True, width="wide"),
        RegisterColumn("village_name", "村", kind="village", width="narrow"),
        RegisterColumn("kind", "组织", value=lambda b: _KIND_WORDS[b.collective.kind]),
        RegisterColumn("scheme", "会计制度", value=lambda b: SCHEME_WORDS[b.scheme]),
        RegisterColumn("begins", "启用期间", value=lambda b: month_word(b.begins)),
        RegisterColumn("opening", "期初余额", kind="badge", value=_opened),
        RegisterColumn("kept", "记账至", value=_month("kept"), width="narrow"),
        RegisterColumn("closed", "结账至", value=_month("closed"), width="narrow"),
        RegisterColumn(
            "vouchers", "凭证数", kind="integer", value=lambda b: b.progress["vouchers"]
        ),
    ),
    narrowings=(
        by_words("kind", "组织", "collective__kind", _KIND_WORDS),
        by_words("scheme", "会计制度", "scheme", SCHEME_WORDS),
    ),
    url=lambda book: reverse("accounting:book", args=[book.pk]),
    sort=("village", "scheme"),
    decorate=hang_progress,
)


def books_register(*, may_manage: bool, may_import: bool = False) -> Register:
    """The account sets, with the way to the sheets of all of them, and to a new one."""
    actions = [
        ("汇总资产负债表", reverse("accounting:region-statement", args=["balance"])),
        ("汇总收益表", reverse("accounting:region-statement", args=["income"])),
        ("汇总余额表", reverse("accounting:region-trial")),
    ]
    if may_manage:
        actions.append(("建账套", reverse("accounting:new-book")))
    if may_import:
        actions.append(("导入凭证", reverse("accounting:voucher-files")))
    return replace(BOOKS, actions=tuple(actions))


def vouchers_of(book: Book, months: Sequence[Period]) -> Register:
    """The vouchers of a book, narrowed by month."""

    def in_month(rows: QuerySet[Any], value: str, params: QueryDict) -> QuerySet[Any]:
        if value not in {str(month.period) for month in months}:
            raise Unsupported("register.filter", f"本账套没有“{value[:20]}”这个月份")
        return rows.filter(pk__range=vouchers_between(book.pk, int(value), int(value)))

    options = tuple((str(m.period), m.title) for m in reversed(months))
    home = reverse("accounting:book", args=[book.pk])
    printing = reverse("accounting:print-vouchers", args=[book.pk])
    return Register(
        slug="vouchers",
        title=f"{book} 凭证",
        noun="张凭证",
        needs="books.view",
        rows=lambda person: _rows(Voucher, book).select_related(
            "prepared_by", "reviewed_by", "posted_by"
        ),
        columns=(
            RegisterColumn("number", "凭证号", value=lambda v: v.title, width="narrow"),
            RegisterColumn("dated", "日期", kind="date", width="narrow"),
            RegisterColumn("memo", "摘要", searchable=True, width="wide"),
            RegisterColumn("kind", "类别", value=lambda v: v.get_kind_display(), width="narrow"),
            RegisterColumn("total", "合计金额", kind="money", total=True),
            RegisterColumn("attachments", "附件张数", kind="integer"),
            RegisterColumn("prepared_by__name", "制单", width="narrow"),
            RegisterColumn("reviewed_by__name", "复核", width="narrow"),
            RegisterColumn("posted_by__name", "记账", width="narrow"),
        ),
        narrowings=(
            Narrowing("month", "月份", in_month, options),
            by_words("kind", "类别", "kind", dict(Kind.choices)),
        ),
        url=lambda v: reverse("accounting:voucher", args=[v.book_id, v.pk]),
        sort=("-pk",),
        actions=(("返回账套", home), ("按月打印", printing)),
    )


def accounts_of(book: Book) -> Register:
    """The chart of accounts of a book."""
    return Register(
        slug="accounts",
        title=f"{book} 科目",
        noun="个科目",
        needs="books.view",
        rows=lambda person: _rows(Account, book),
        columns=(
            RegisterColumn("code", "科目编码", searchable=True, width="narrow"),
            RegisterColumn("name", "科目名称", searchable=True),
            RegisterColumn("rank", "级次", kind="integer", value=lambda a: level(a.code)),
            RegisterColumn("category", "类别", value=lambda a: a.get_category_display()),
            RegisterColumn("side", "余额方向", value=lambda a: a.get_side_display()),
            RegisterColumn("aux", "辅助核算", value=lambda a: aux_words(a.aux)),
            RegisterColumn("is_leaf", "末级", kind="boolean"),
            RegisterColumn("is_active", "启用", kind="boolean"),
        ),
        narrowings=(by_words("category", "类别", "category", dict(Account.Category.choices)),),
        url=lambda a: reverse("accounting:account", args=[a.book_id, a.pk]),
        sort=("code",),
        actions=(("返回账套", reverse("accounting:book", args=[book.pk])),),
    )


def aux_words(aux: str) -> str:
    """What an account is analysed by, in words."""
    words = dict(Dimension.Kind.choices)
    return "、".join(str(words[kind]) for kind in aux.split() if kind in words)


def dimensions_of(book: Book, *, may_add: bool) -> Register:
    """The counterparties, projects, objects and open items of a book."""
    adding = (("增设", reverse("accounting:new-dimension", args=[book.pk])),)
    return Register(
        slug="dimensions",
        title=f"{book} 辅助核算",
        noun="项",
        needs="books.view",
        rows=lambda person: _rows(Dimension, book).select_related("parent"),
        columns=(
            RegisterColumn("code", "编号", searchable=True),
            RegisterColumn("name", "名称", searchable=True, width="wide"),
            RegisterColumn("kind", "类别", value=lambda d: d.get_kind_display()),
            RegisterColumn("parent__name", "所属往来单位"),
            RegisterColumn("due_on", "到期日", kind="date", width="narrow"),
            RegisterColumn("is_active", "启用", kind="boolean"),
        ),
        narrowings=(by_words("kind", "类别", "kind", dict(Dimension.Kind.choices)),),
        url=lambda d: f"{reverse('accounting:ledger', args=[d.book_id])}?dimension={d.pk}",
        sort=("kind", "code"),
        actions=(
            ("返回账套", reverse("accounting:book", args=[book.pk])),
            *(adding if may_add else ()),
        ),
    )
