"""The pages people live in, who opens them, and which of them the README shows."""

from dataclasses import dataclass

from .visitor import (
    ACCOUNTANT,
    AGENT,
    AUDIT_ADMIN,
    CHIEF,
    CITY_LEADER,
    CLERK,
    SYSTEM_ADMIN,
    Visitor,
)


@dataclass(frozen=True)
class Place:
    """A page: its name, whose post opens it, where, and whether through the first row there."""

    name: str
    who: str
    path: str
    through_first_row: bool = False

    def open(self, visitor: Visitor) -> None:
        page = visitor.go(self.path)
        if self.through_first_row:
            page.locator("main tbody a").first.click()
            page.wait_for_url(lambda url: not url.endswith(self.path))
        page.wait_for_load_state("networkidle")

    def __str__(self) -> str:
        return self.name


OCTOBER = "first=2026-10&last=2026-10"

# Pictures of these are taken in every release.
MAIN = (
    Place("sign-in", "", "/login/"),
    Place("today-village", ACCOUNTANT, "/"),
    Place("today-town", CLERK, "/"),
    Place("intake", CLERK, "/intake/", through_first_row=True),
    Place("register", CLERK, "/registers/contracts/"),
    Place("contract", CLERK, "/registers/contracts/?q=140521101201021033", through_first_row=True),
    Place("claim", CLERK, "/registers/receivables/?q=ZQ-0002", through_first_row=True),
    Place("dispatch", CLERK, "/dispatch/"),
    Place("wall-map", CLERK, "/wall/"),
    Place("figures", CLERK, "/figures/"),
    # Books, matters and accounts are loaded in order into an empty database: their keys are known.
    Place("todo", AGENT, "/agency/todo/"),
    Place("grid", AGENT, "/agency/matters/7/prepare/"),
    Place("note", ACCOUNTANT, "/agency/notes/new/"),
    Place("voucher", CHIEF, "/books/1/vouchers/", through_first_row=True),
    Place("balance-sheet", CHIEF, f"/books/1/statements/balance/?{OCTOBER}"),
    Place("reconciliation", AGENT, "/bank/1/reconciliation/?month=2026-10"),
    Place("closing", CHIEF, "/periods/"),
    Place("public", "", "/disclosure/public/140521101201/2/"),
    Place("claims", CLERK, "/receivables/desk/"),
    Place("netting", CLERK, "/netting/", through_first_row=True),
    Place("tasks", CLERK, "/campaigns/tasks/"),
    Place("warnings", CLERK, "/warnings/"),
    Place("study", CLERK, "/dispatch/studies/", through_first_row=True),
    Place("sheet", CLERK, "/dispatch/sheets/", through_first_row=True),
    Place("contest", CITY_LEADER, "/contests/", through_first_row=True),
    Place("matching", CITY_LEADER, "/support/matchings/", through_first_row=True),
    Place("tiers", CITY_LEADER, "/income/"),
)
MORE = (
    Place("ledger", CHIEF, f"/books/1/ledger/?account=102&{OCTOBER}"),
    Place("matter", AGENT, "/agency/matters/1/"),
    Place("month", CHIEF, "/periods/1/202610/"),
    Place("year-end", CHIEF, "/periods/1/year/2025/"),
    Place("budget", CHIEF, "/budgets/books/1/2026/execution/"),
    Place("bank-matching", AGENT, "/bank/1/matching/"),
    Place("disclosure", CHIEF, "/disclosure/"),
    Place("public-board", "", "/disclosure/public/140521101201/"),
    Place("today-city", CITY_LEADER, "/"),
    Place("wall-map-city", CITY_LEADER, "/wall/"),
    Place("intake-list", CLERK, "/intake/"),
    Place("dictionary", CLERK, "/intake/dictionary/"),
    Place("findings", CLERK, "/contracts/findings/"),
    Place("debt", CLERK, "/registers/debts/", through_first_row=True),
    Place("resource", CLERK, "/registers/resources/", through_first_row=True),
    Place("figure-rows", CLERK, "/figures/receivables.recovered/"),
    Place("figure-rate", CLERK, "/figures/receivables.recovery_rate/"),
    Place("search", CLERK, "/search/?q=果园"),
    Place("campaigns", CLERK, "/campaigns/"),
    Place("responsibility", CLERK, "/responsibility/"),
    Place("blockers", CLERK, "/dispatch/blockers/"),
    Place("class", CITY_LEADER, "/support/classes/", through_first_row=True),
    Place("goal", CITY_LEADER, "/income/goals/", through_first_row=True),
    Place("help", CITY_LEADER, "/support/"),
    Place("showcase", "", "/support/public/"),
    Place("regulations", CLERK, "/regulations/"),
    Place("rules", CLERK, "/warnings/rules/"),
    Place("ageing", CLERK, "/receivables/ageing/"),
    Place("people", SYSTEM_ADMIN, "/people/"),
    Place("regions", SYSTEM_ADMIN, "/regions/?region=140521101"),
    Place("log", AUDIT_ADMIN, "/log/"),
)
EVERY = (*MAIN, *MORE)
