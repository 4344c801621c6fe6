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
            Link("今天要办", "campaigns:my-tasks", "registers.view"),
            Link("预警", "warnings:mine", "warnings.view"),
            Link("导入工作簿", "workbooks:intake", "intake.upload"),
        ),
    ),
    Group(
        "清合同",
        (
            _register("合同台账", "contracts"),
            Link("问题清单", "cleanup:findings", "registers.view"),
            Link("三查一访", "cleanup:checks", "registers.view"),
            Link("权利期限", "cleanup:deadlines", "registers.view"),
            Link("应签未签", "cleanup:unsigned", "contracts.check"),
            Link("认定标准", "cleanup:thresholds", "registers.view", levels=ABOVE_VILLAGE),
            Link("合同提醒", "contracts:reminders", "registers.view"),
            Link("应收租金", "contracts:dues", "registers.view"),
            Link("典型案例", "contracts:cases", "registers.view"),
            Link("清理事项", "cleanup:cases-desk", "registers.view"),
            _register("处置记录", "dispositions"),
            Link("民主决议", "resolutions:resolutions", "registers.view"),
        ),
    ),
    Group(
        "化债务",
        (
            Link("清收", "receivables:desk", "registers.view"),
            _register("债权台账", "receivables"),
            Link("债权账龄", "receivables:ageing", "registers.view"),
            Link("清收优惠", "policies:policies", "registers.view"),
            _register("债务台账", "debts"),
            Link("债务账龄", "debts:ageing", "registers.view"),
            Link("三角债冲转", "netting:proposals", "registers.view", levels=ABOVE_VILLAGE),
            Link("冲转征求同意", "netting:asked", "registers.view"),
            Link("民间欠款", "netting:debts", "registers.view"),
            Link("借款审批", "borrowing:loans", "registers.view"),
            Link("化债计划", "debts:plan", "figures.view", levels=ABOVE_VILLAGE),
            Link("台账与账簿核对", "debts:agreeing", "books.view"),
            Link("移送线索", "receivables:clues", "clues.view"),
        ),
    ),
    Group(
        "收资源",
        (
            Link("收入分档", "income:overview", "figures.view"),
            Link("增收目标", "income:goals", "figures.view"),
            Link("收入台账填报", "income:calls", "figures.view"),
            _register("增收项目", "projects"),
            Link("一次性收入", "income:one-offs", "figures.view"),
            Link("突击入账", "income:jumps", "figures.view"),
            _register("资源台账", "resources"),
            Link("导入地块边界", "cleanup:parcels", "contracts.check"),
        ),
    ),
    Group(
        "管三资",
        (
            Link("记一笔", "agency:notes", "books.report"),
            Link("报账记账", "agency:desk", "books.view"),
            Link("填制凭证", "agency:choose", "books.prepare"),
            Link("账簿报表", "accounting:books", "books.view"),
            Link("银行对账", "bank:accounts", "books.view"),
            Link("租金入账", "contracts:desk", "books.view"),
            Link("预决算", "budgets:budgets", "books.view"),
            Link("结账", "yearend:console", "books.view", levels=ABOVE_VILLAGE),
            _register("资产台账", "assets"),
            _register("资金账户", "accounts"),
        ),
    ),
    Group(
        "看公开",
        (
            Link("主要数字", "dashboards:figures", "figures.view"),
            Link("财务公开", "disclosure:overview", "books.view"),
            _register("年度收入", "incomes"),
            _register("村情", "villages"),
        ),
    ),
    Group(
        "统筹",
        (
            Link("专项行动", "campaigns:campaigns", "figures.view"),
            Link("挂图作战", "dashboards:wall", "figures.view", levels=ABOVE_VILLAGE),
            Link("调度表", "dispatch:live", "figures.view", levels=ABOVE_VILLAGE),
            Link("调度表存档", "dispatch:sheets", "figures.view", levels=ABOVE_VILLAGE),
            _register("任务清单", "tasks", ABOVE_VILLAGE),
            Link("清单模板", "campaigns:lists", "registers.view", levels=ABOVE_VILLAGE),
            Link("督办级次", "campaigns:ladder", "registers.view", levels=ABOVE_VILLAGE),
            Link("需协调事项", "dispatch:blockers", "registers.view"),
            Link("一事一研判", "dispatch:studies", "registers.view"),
            Link("责任包联", "responsibility:chart", "registers.view"),
            Link("我包联的", "responsibility:mine", "registers.view"),
            Link("专班", "responsibility:forces", "registers.view"),
            Link("交接", "responsibility:handovers", "registers.view", levels=ABOVE_VILLAGE),
            Link("1+10 制度", "regulations:regulations", "registers.view"),
            Link("巡察", "inspections:terms", "registers.view"),
            Link("文书台账", "letters:letters", "registers.view"),
            Link("基准日", "workbooks:bases", "figures.view", levels=ABOVE_VILLAGE),
        ),
    ),
    Group(
        "比学帮",
        (
            Link("考核评比", "contests:contests", "contests.view"),
            Link("带头人研修班", "support:cohorts", "support.view"),
            Link("结对帮扶", "support:received", "support.view"),
            Link("专家服务", "support:matchings", "support.view", levels=ABOVE_VILLAGE),
            Link("赋能中心", "support:showcase", "support.view"),
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
