"""The work of the house in five groups, and the campaign above them. The menu is this table."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Link:
    """One line of the menu: shown to posts that hold `needs`, at these levels if any are named."""

    title: str
    url_name: str
    needs: str
    kwargs: tuple[tuple[str, str], ...] = ()
    levels: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Group:
    """One kind of work."""

    title: str
    links: tuple[Link, ...]


ABOVE_VILLAGE = frozenset({"town", "county", "city", "province", "nation"})


def _register(title: str, slug: str, levels: frozenset[str] = frozenset()) -> Link:
    return Link(title, "registers:register", "registers.view", (("slug", slug),), levels)


MENU: tuple[Group, ...] = (
    Group(
        "",
        (
            Link("今天", "dashboards:home", "home.view"),
            Link("导入工作簿", "workbooks:intake", "intake.upload"),
        ),
    ),
    Group(
        "清合同",
        (
            _register("合同台账", "contracts"),
            Link("问题清单", "cleanup:findings", "registers.view"),
            _register("处置记录", "dispositions"),
        ),
    ),
    Group("化债务", (_register("债权台账", "receivables"), _register("债务台账", "debts"))),
    Group("收资源", (_register("资源台账", "resources"),)),
    Group(
        "管三资",
        (
            _register("资产台账", "assets"),
            _register("资金账户", "accounts"),
            _register("增收项目", "projects"),
        ),
    ),
    Group(
        "看公开",
        (
            Link("主要数字", "dashboards:figures", "figures.view"),
            _register("年度收入", "incomes"),
            _register("村情", "villages"),
        ),
    ),
    Group(
        "统筹",
        (
            Link("调度表", "dashboards:dispatch", "figures.view", levels=ABOVE_VILLAGE),
            Link("挂图作战", "dashboards:wall", "figures.view", levels=ABOVE_VILLAGE),
            Link("基准日", "workbooks:bases", "figures.view", levels=ABOVE_VILLAGE),
            _register("任务", "tasks", ABOVE_VILLAGE),
        ),
    ),
    Group(
        "管理",
        (
            Link("人员与岗位", "administration:people", "people.view"),
            Link("区划", "administration:regions", "regions.manage"),
            Link("操作日志", "administration:log", "journal.read"),
        ),
    ),
)
