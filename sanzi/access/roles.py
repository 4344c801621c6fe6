"""What each role may do. The whole answer to "who can?" is this table."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Role:
    """A post's kind: its Chinese title, the region levels it is held at, and what it may do."""

    title: str
    levels: tuple[str, ...]
    may: frozenset[str]


_READ = frozenset(
    {
        "home.view",
        "registers.view",
        "figures.view",
        "journal.view_own",
        "books.view",
        "contests.view",
        "support.view",
        "warnings.view",
    }
)
_OFFICE = _READ | {"registers.export"}

ROLES: dict[str, Role] = {
    "village_head": Role(
        "村党组织书记",
        ("village",),
        _READ
        | {
            "cases.handle",
            "contests.enter",
            "contracts.check",
            "resolutions.record",
            "responsibility.assign",
            "blockers.raise",
            "support.tell",
            "income.fill",
            "tasks.do",
            "warnings.handle",
        },
    ),
    "village_accountant": Role(
        "村会计（报账员）",
        ("village",),
        _OFFICE
        | {
            "intake.upload",
            "sealed.reveal",
            "books.report",
            "contracts.check",
            "letters.issue",
            "contracts.keep",
            "dues.collect",
            "cases.handle",
            "resolutions.record",
            "limitation.record",
            "debts.work",
            "netting.answer",
            "netting.declare",
            "claims.work",
            "contests.enter",
            "blockers.raise",
            "support.tell",
            "income.mark",
            "income.fill",
            "tasks.do",
            "warnings.handle",
        },  # fmt: skip
    ),
    "village_supervisor": Role("监事会（民主理财小组）", ("village",), _READ | {"books.oversee"}),
    # The town's agency keeps the villages' books (村账乡代管): four hands, never one.
    "agency_accountant": Role(
        "代理会计",
        ("town", "county"),
        _OFFICE
        | {
            "books.verify",
            "books.prepare",
            "books.manage",
            "budgets.manage",
            "debts.work",
            "income.mark",
            "tasks.do",
            "warnings.handle",
        },  # fmt: skip
    ),
    "agency_chief": Role(
        "主管会计",
        ("town", "county"),
        _OFFICE
        | {
            "books.verify",
            "debts.confirm",
            "netting.confirm",
            "books.review",
            "books.post",
            "books.close",
            "books.manage",
            "books.import",
            "budgets.manage",
            "disclosure.publish",
            "claims.confirm",
            "income.review",
            "tasks.do",
            "warnings.handle",
            "warnings.evaluate",
        },  # fmt: skip
    ),
    "agency_cashier": Role("出纳", ("town", "county"), _OFFICE | {"books.cash"}),
    "town_clerk": Role(
        "农经站经办人",
        ("town",),
        _OFFICE
        | {
            "intake.upload",
            "intake.commit",
            "findings.judge",
            "contracts.check",
            "cases.handle",
            "cases.review",
            "sealed.reveal",
            "letters.issue",
            "contracts.keep",
            "contracts.amend",
            "contracts.file",
            "letters.templates",
            "resolutions.verify",
            "limitation.record",
            "debts.work",
            "netting.declare",
            "netting.propose",
            "policies.adopt",
            "claims.work",
            "contests.run",
            "regulations.keep",
            "responsibility.assign",
            "dispatch.freeze",
            "blockers.raise",
            "blockers.answer",
            "studies.keep",
            "support.run",
            "support.tell",
            "support.publish",
            "income.mark",
            "income.collect",
            "campaigns.run",
            "tasks.give",
            "tasks.do",
            "tasks.strike",
            "tasks.look_back",
            "warnings.handle",
            "warnings.dispatch",
            "warnings.evaluate",
            "warnings.digest",
        },  # fmt: skip
    ),
    "town_leader": Role(
        "乡镇分管领导",
        ("town",),
        _OFFICE
        | {
            "base.lock",
            "books.reopen",
            "budgets.approve",
            "contracts.file",
            "debts.approve",
            "netting.confirm",
            "claims.approve",
            "clues.view",
            "cases.review",
            "cases.strike",
            "contests.run",
            "contests.enter",
            "contests.judge",
            "handover.run",
            "regulations.release",
            "responsibility.assign",
            "dispatch.freeze",
            "dispatch.arrange",
            "blockers.raise",
            "blockers.answer",
            "studies.keep",
            "studies.decide",
            "support.confirm",
            "support.publish",
            "income.review",
            "income.goals",
            "campaigns.run",
            "tasks.give",
            "tasks.do",
            "tasks.strike",
            "tasks.look_back",
            "warnings.dispatch",
            "warnings.judge",
            "warnings.evaluate",
            "warnings.digest",
        },  # fmt: skip
    ),
    "county_office": Role(
        "县专项办",
        ("county",),
        _OFFICE
        | {
            "intake.upload",
            "intake.commit",
            "findings.judge",
            "thresholds.manage",
            "cases.handle",
            "cases.review",
            "cases.strike",
            "base.lock",
            "letters.issue",
            "contracts.amend",
            "contracts.file",
            "letters.templates",
            "resolutions.verify",
            "netting.propose",
            "contests.run",
            "contests.enter",
            "regulations.keep",
            "regulations.release",
            "handover.run",
            "contests.judge",
            "dispatch.freeze",
            "dispatch.arrange",
            "blockers.raise",
            "blockers.answer",
            "studies.keep",
            "studies.decide",
            "support.run",
            "support.confirm",
            "support.tell",
            "support.publish",
            "income.review",
            "income.goals",
            "income.collect",
            "campaigns.run",
            "tasks.give",
            "tasks.do",
            "tasks.strike",
            "tasks.look_back",
            "warnings.dispatch",
            "warnings.judge",
            "warnings.evaluate",
            "warnings.manage",
            "warnings.digest",
        },  # fmt: skip
    ),
    "city_leader": Role(
        "市级领导",
        ("city", "province"),
        _OFFICE
        | {
            "contests.run",
            "contests.judge",
            "dispatch.freeze",
            "dispatch.arrange",
            "blockers.answer",
            "studies.decide",
            "handover.run",
            "support.run",
            "support.confirm",
            "support.tell",
            "support.publish",
            "income.goals",
            "income.collect",
            "campaigns.run",
            "tasks.give",
            "tasks.strike",
            "tasks.look_back",
            "warnings.manage",
            "warnings.digest",
        },  # fmt: skip
    ),
    "inspector": Role(
        "监督检查（纪检、审计）",
        ("town", "county", "city"),
        _OFFICE
        | {
            "books.lock",
            "clues.view",
            "contests.judge",
            "inspections.run",
            "tasks.look_back",
        },
    ),
    # Three administrators kept apart: no one holds two, none sees a business row.
    "system_admin": Role(
        "系统管理员",
        ("nation", "province", "city", "county"),
        frozenset({"home.view", "people.view", "people.manage", "regions.manage"}),
    ),
    "security_admin": Role(
        "安全管理员",
        ("nation", "province", "city", "county"),
        frozenset({"home.view", "people.view", "security.manage", "journal.erase"}),
    ),
    "audit_admin": Role(
        "审计管理员",
        ("nation", "province", "city", "county"),
        frozenset({"home.view", "journal.read"}),
    ),
    # A command or a background job acts as a named system user, not as nobody.
    "system_import": Role(
        "系统：命令行导入",
        ("nation",),
        _OFFICE
        | {
            "intake.upload",
            "intake.commit",
            "base.lock",
            "regions.manage",
            "books.import",
            "books.manage",
            "books.post",
        },  # fmt: skip
    ),
    "system_dispatch": Role(
        "系统：定时调度", ("nation",), frozenset({"figures.view", "dispatch.freeze"})
    ),
    "system_reminder": Role(
        "系统：每日催办", ("nation",), frozenset({"registers.view", "tasks.remind"})
    ),
    "system_warnings": Role("系统：预警评估", ("nation",), frozenset({"warnings.evaluate"})),
    # In whose name a debtor's photo is kept; it does nothing by itself.
    "system_reply": Role("系统：扫码回函", ("nation",), frozenset()),
    "system_setup": Role(
        "系统：初始化", ("nation",), frozenset({"people.manage", "regions.manage"})
    ),
}

ADMINISTRATORS = ("system_admin", "security_admin", "audit_admin")
