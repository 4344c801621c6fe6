"""The screens a regulation may be applied on: pages that print which article they follow.

A page is named here by its address and carries `{% basis %}`; which article of which
regulation applies is a row an office enters.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Screen:
    """One page: the name of its address, and what people call it."""

    name: str
    title: str


SCREENS = (
    Screen("contracts:file", "合同备案"),
    Screen("contracts:collect", "收租金"),
    Screen("agency:new-note", "记一笔"),
    Screen("agency:report", "报账"),
    Screen("agency:desk", "报账记账"),
    Screen("budgets:edit", "编制预算"),
    Screen("disclosure:overview", "财务公开"),
)
BY_NAME = {screen.name: screen for screen in SCREENS}
