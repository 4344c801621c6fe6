"""The pages people live in, who opens them, and which of them the README shows."""

from dataclasses import dataclass

from .visitor import ACCOUNTANT, AUDIT_ADMIN, CITY_LEADER, CLERK, SYSTEM_ADMIN, Visitor


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
)
MORE = (
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
    Place("people", SYSTEM_ADMIN, "/people/"),
    Place("regions", SYSTEM_ADMIN, "/regions/?region=140521101"),
    Place("log", AUDIT_ADMIN, "/log/"),
)
EVERY = (*MAIN, *MORE)
