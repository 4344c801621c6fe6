"""Loading the demonstration: two places, through the same importer as any other workbook."""

import csv
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from django.utils.timezone import now

from sanzi.access.system import system_person
from sanzi.administration.actions.demo import DemoPost, name_places, welcome
from sanzi.intake.reading import read_workbook
from sanzi.workbooks.actions import commit_file

from .demo_assessment import assess
from .demo_books import load_books
from .demo_campaign import run_campaigns
from .demo_contest import hold_contest
from .demo_day import live
from .demo_dispatch import dispatch
from .demo_income import set_goals
from .demo_netting import wait_for_netting
from .demo_responsibility import arrange
from .demo_support import lend_support
from .demo_warnings import warn

SINCE = date(2020, 1, 1)

PEOPLE: tuple[DemoPost, ...] = (
    DemoPost("zc-kuaiji", "张小满", "village_accountant", "140521101201"),
    DemoPost("zc-shuji", "张立春", "village_head", "140521101201"),
    DemoPost("zc-jianshi", "刘惊蛰", "village_supervisor", "140521101201"),
    DemoPost("zc-daili", "陈清明", "agency_accountant", "140521101"),
    DemoPost("zc-zhuguan", "杨芒种", "agency_chief", "140521101"),
    DemoPost("zc-fuhe", "马小暑", "agency_chief", "140521101"),
    DemoPost("zc-chuna", "胡处暑", "agency_cashier", "140521101"),
    DemoPost("zc-jingban", "李谷雨", "town_clerk", "140521101"),
    DemoPost("zc-lingdao", "王立夏", "town_leader", "140521101"),
    DemoPost("qs-zhuanban", "赵白露", "county_office", "140521"),
    DemoPost("jc-jiandu", "孙霜降", "inspector", "1405"),
    DemoPost("yq-lingdao", "周寒露", "city_leader", "1403"),
    DemoPost("yq-zuzhi", "沈立冬", "city_leader", "1403"),
    DemoPost("yq-jiandu", "何霜白", "inspector", "1403"),
    DemoPost("cq-zhuanban", "许惊鸿", "county_office", "140302"),
    DemoPost("kq-zhuanban", "施谷丰", "county_office", "140303"),
    DemoPost("jq-zhuanban", "曹雨水", "county_office", "140311"),
    DemoPost("pd-zhuanban", "吴秋分", "county_office", "140321"),
    DemoPost("yx-zhuanban", "严冬雪", "county_office", "140322"),
    DemoPost("xitong", "郑小寒", "system_admin", ""),
    DemoPost("anquan", "钱大寒", "security_admin", ""),
    DemoPost("shenji", "冯冬至", "audit_admin", ""),
)


def load(examples: Path, *, tell: Callable[[str], None]) -> None:
    """Load what is not there yet; a second time changes nothing and takes a moment."""
    setup = system_person("system_setup")
    with (examples / "regions.csv").open(encoding="utf-8", newline="") as lines:
        names = {line["code"]: line["name"] for line in csv.DictReader(lines)}
    name_places(names=names, by=setup, now=now())
    for workbook in (examples / "zhongcun.xlsx", *sorted((examples / "yangquan").glob("*.xlsx"))):
        _bring(workbook, tell)
    load_books(examples / "zhongcun-books", tell=tell)
    welcome(posts=PEOPLE, from_on=SINCE, by=setup, now=now())
    live(tell=tell)
    wait_for_netting(tell=tell)
    hold_contest(tell=tell)
    assess(tell=tell)
    arrange(tell=tell)
    dispatch(tell=tell)
    set_goals(tell=tell)
    run_campaigns(tell=tell)
    lend_support(tell=tell)
    warn(tell=tell)


def _bring(path: Path, tell: Callable[[str], None]) -> None:
    began = time.monotonic()
    receipt = commit_file(
        workbook=read_workbook(path), name=path.name, by=system_person("system_import"), now=now()
    )
    # The examples are made and checked by this repository: an error in them is a bug.
    assert not any(problem.severity == "error" for problem in receipt.problems), receipt.problems
    seconds = time.monotonic() - began
    tell(f"已载入 {path.name}：写入 {receipt.rows_written} 行，用时 {seconds:.1f} 秒")
