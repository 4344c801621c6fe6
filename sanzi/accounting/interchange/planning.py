"""What an import would do to the books, and what keeps it from doing so: read, never written."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from sanzi.access.models import Person
from sanzi.access.scope import covers
from sanzi.accounting.chart import chart, parent_of
from sanzi.accounting.keys import vouchers_between
from sanzi.accounting.models import Account, Book, Dimension, Line, Period, Voucher
from sanzi.kernel.refusals import Invalid, Missing

from .accounts import Held, sort_accounts
from .choosing import only_set, sets_of
from .months import Months, against
from .vouchers import FileVoucher, Problem, Reading

DEFAULT_SCHEME = "2023"


@dataclass
class Plan:
    """An import thought through: into which set, what is added to it, what is there already."""

    region: str
    book: Book | None
    scheme: str
    name: str
    begins: int
    years: list[int] = field(default_factory=list)
    accounts: dict[str, str] = field(default_factory=dict)
    counterparties: list[str] = field(default_factory=list)
    fresh: list[FileVoucher] = field(default_factory=list)
    known: int = 0
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def plan_import(reading: Reading, *, region: str, name: str, scheme: str, by: Person) -> Plan:
    """Hold a file against the set it would go to. Raises Invalid when no one set can be meant."""
    plan = _begun(reading, region, name, scheme, by)
    plan.problems.extend(reading.problems)
    if not reading.vouchers:
        return plan
    _sort_known(plan, reading)
    _judge_accounts(plan)
    _judge_months(plan)
    _judge_counterparties(plan)
    plan.problems.sort(key=lambda problem: problem.line)
    if not any(line.name for voucher in reading.vouchers for line in voucher.lines):
        plan.notes.append(
            f"文件只写了科目编码，没有名称，已按 {plan.scheme} 年会计制度理解；"
            "同一编码在两个制度中含义不同，请核对"
        )
    return plan


def source_of(book: Book, voucher: FileVoucher) -> str:
    """What marks a voucher as taken over: its month, its label and what it says.

    Not the file: the same vouchers saved anew, or a later file that repeats earlier months, must
    not be booked twice.
    """
    return f"import:{book.pk}:{voucher.period}:{voucher.label}:{voucher.digest()}"


def _begun(reading: Reading, region: str, name: str, scheme: str, by: Person) -> Plan:
    if len(region) < 12:
        raise Invalid("book.level", f"凭证要导入一个村或组的账套，“{region}”不是村或组的区划代码")
    if not covers(by, region):
        raise Missing("region.missing", f"没有找到区划 {region}，或不在您的辖区内")
    begins = min((v.period for v in reading.vouchers), default=0)
    if sets_of(by, region, name, scheme):
        book = only_set(by, region, name, scheme)
        return Plan(region, book, book.scheme, book.name, book.begins)
    there = sets_of(by, region)
    if name and there:
        only_set(by, region, name, scheme)  # Refuses, naming the sets there are.
    if not by.can("books.manage"):
        raise Missing("book.missing", f"区划 {region} 还没有账套，请先由代理会计建账套")
    scheme = scheme or DEFAULT_SCHEME
    chart(scheme)
    return Plan(region, None, scheme, name, begins)


def _sort_known(plan: Plan, reading: Reading) -> None:
    """Set aside what the set holds already; a changed voucher under a taken label is a problem."""
    held = _taken_over(plan.book, reading) if plan.book else {}
    for voucher in reading.vouchers:
        digest = held.get((voucher.period, voucher.label))
        if digest is None:
            plan.fresh.append(voucher)
        elif digest == voucher.digest():
            plan.known += 1
        else:
            plan.problems.append(
                Problem(
                    voucher.lines[0].line,
                    f"{voucher.span}已导入过，但这次内容不同；已记账的凭证不能修改，"
                    "请先冲销原凭证，再以新的凭证号导入",
                )
            )


def _taken_over(book: Book, reading: Reading) -> dict[tuple[int, str], str]:
    years = [voucher.dated.year for voucher in reading.vouchers]
    span = vouchers_between(book.pk, min(years) * 100, max(years) * 100 + 12)
    mine = Voucher.objects.filter(pk__range=span, source__startswith=f"import:{book.pk}:")
    found = {}
    for source in mine.values_list("source", flat=True):
        _, _, period, rest = source.split(":", 3)
        label, digest = rest.rsplit(":", 1)
        found[int(period), label] = digest
    return found


def _judge_accounts(plan: Plan) -> None:
    lines = [line for voucher in plan.fresh for line in voucher.lines if line.account]
    written = dict.fromkeys((line.account, line.name) for line in lines)
    held = _held(plan, {code for code, _ in written})
    judged = sort_accounts(written, plan.scheme, held)
    plan.accounts = judged.new
    for line in lines:
        if why := judged.against.get((line.account, line.name)):
            plan.problems.append(Problem(line.line, f"第 {line.line} 行：{why}"))


def _held(plan: Plan, wanted: set[str]) -> dict[str, Held]:
    if plan.book is None:
        accounts = chart(plan.scheme)
        above = {account.parent for account in accounts.values()}
        return {a.code: Held(a.name, a.code not in above, True) for a in accounts.values()}
    mine = Account.objects.of(plan.book).values_list("code", "name", "is_leaf", "is_active")
    held = {code: Held(name, leaf, active) for code, name, leaf, active in mine}
    above = {code for new in wanted - held.keys() for code in _above(new)} & held.keys()
    for code in above:
        account = held[code]
        used = Line.objects.of(plan.book).filter(account=code).exists()
        held[code] = Held(account.name, account.is_leaf, account.is_active, used)
    return held


def _above(code: str) -> Iterator[str]:
    while code := parent_of(code):
        yield code


def _judge_months(plan: Plan) -> None:
    states: dict[int, tuple[str, int]] = {}
    if plan.book:
        periods = Period.objects.of(plan.book).values_list("period", "state", "vouchers")
        states = {period: (state, count) for period, state, count in periods}
    months = Months(plan.begins, states)
    plan.problems.extend(against(plan.fresh, months, plan.scheme))
    last = max(months.years, default=plan.begins // 100)
    latest = max((voucher.dated.year for voucher in plan.fresh), default=last)
    plan.years = list(range(last + 1, latest + 1))


def _judge_counterparties(plan: Plan) -> None:
    first: dict[str, int] = {}
    for voucher in plan.fresh:
        for line in voucher.lines:
            if line.counterparty:
                first.setdefault(line.counterparty, line.line)
    active: dict[str, bool] = {}
    codes: dict[str, str] = {}
    if plan.book:
        mine = Dimension.objects.of(plan.book).filter(kind=Dimension.Kind.COUNTERPARTY)
        active = dict(mine.values_list("name", "is_active"))
        codes = dict(mine.values_list("code", "name"))
    plan.counterparties = [name for name in first if name not in active]
    for name, at in first.items():
        if not active.get(name, True):
            why = f"往来“{name}”已停用，请先启用或改用其他名称"
        elif name not in active and name in codes:
            why = f"往来“{name}”已是“{codes[name]}”的编号，请改用名称"
        else:
            continue
        plan.problems.append(Problem(at, f"第 {at} 行：{why}"))
