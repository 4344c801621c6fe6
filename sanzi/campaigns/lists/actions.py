"""Giving tasks by hand and from lists, and keeping an office's own lists."""

from collections.abc import Sequence
from datetime import date, datetime

from sanzi.access.guard import action
from sanzi.access.models import Person
from sanzi.access.roles import ROLES
from sanzi.access.scope import covers
from sanzi.campaigns.giving import Order, give
from sanzi.campaigns.models import Campaign, Task, TaskTemplate
from sanzi.campaigns.tasks.stages import CATEGORIES
from sanzi.journal.recorder import record
from sanzi.kernel.refusals import Blocked, Invalid, Missing
from sanzi.metrics.catalogue import METRICS
from sanzi.orgs.models import Region

from .book import orders_of, sheet_of
from .lines import Line, checked, to_json

ROLES_TOLD = tuple(code for code in ROLES if "tasks.do" in ROLES[code].may)


@action("tasks.give")
def give_tasks(*, orders: Sequence[Order], by: Person, now: datetime) -> list[Task]:
    """下达: these tasks, one or many, all of them or none."""
    tasks = give(orders, by=by, now=now)
    record(
        f"campaigns.region:{by.region_code}", "tasks.give_many", by=by, at=now,
        village=by.region_code or "", label="下达任务", public={"tasks": len(tasks)},
    )  # fmt: skip
    return tasks


@action("tasks.give")
def give_list(
    *, key: str, codes: set[str], regions: Sequence[str], given_on: date,
    campaign: Campaign | None = None, by: Person, now: datetime,
) -> tuple[int, int]:  # fmt: skip
    """Give the lines of a template to these regions; how many are new, how many were known."""
    sheet = sheet_of(key, by)
    if sheet.is_retired:
        raise Blocked("list.retired", "这一版模板已停用，请用现行版本")
    if campaign and not campaign.is_open:
        raise Blocked("campaign.closed", "这项行动已归档，不能再下达任务")
    orders = orders_of(sheet, codes, list(regions), given_on, campaign)
    if not orders:
        raise Invalid(
            "list.none", "勾选的条目和地方对不上：镇级条目只下达到乡镇本级，村级条目只下达到村"
        )
    new = len(give(orders, by=by, now=now))
    record(
        f"campaigns.list:{sheet.key}", "tasks.give_list", by=by, at=now,
        village=by.region_code or "", label=f"下达清单：{sheet.title}",
        public={"tasks": new, "known": len(orders) - new},
    )  # fmt: skip
    return new, len(orders) - new


@action("tasks.give")
def keep_list(
    *, region: str, title: str, note: str, lines: Sequence[Line], former_id: int | None = None,
    by: Person, now: datetime,
) -> TaskTemplate:  # fmt: skip
    """A template's next version, or a new one; the tasks given from the former keep it."""
    title = title.strip()
    if not 2 <= len(title) <= 60 or len(note) > 300:
        raise Invalid("list.title", "名称应有 2 到 60 个字，说明最多 300 个字")
    kept = checked(
        lines, categories=CATEGORIES, roles=ROLES_TOLD, metrics=(one.id for one in METRICS)
    )
    if not region or not covers(by, region):
        raise Missing("scope.missing", "没有找到这个地方，或它不在您的辖区内")
    list(Region.objects.select_for_update(no_key=True).filter(code=region))
    version = 1
    if former_id is not None:
        former = TaskTemplate.objects.claim(former_id, by)
        if former.retired_at:
            raise Blocked("list.retired", "这一版已被新版代替，请在现行版本上修改")
        region, title, version = former.region, former.title, former.version + 1
        former.retired_at = now
        former.save(update_fields=["retired_at"])
    elif TaskTemplate.objects.visible_to(by).filter(region=region, title=title).exists():
        raise Invalid("list.known", f"已有名为“{title}”的模板，请换个名称，或在原模板上修改")
    made = TaskTemplate.objects.create(
        region=region, title=title, version=version, note=note.strip(), lines=to_json(kept),
        made_by=by, made_at=now,
    )  # fmt: skip
    record(made, "tasks.keep_list", by=by, at=now, village=region, label=f"制定清单模板：{made}")
    return made


@action("tasks.give")
def retire_list(*, template_id: int, by: Person, now: datetime) -> TaskTemplate:
    """停用: nothing is given from it any more; it stays to be looked at."""
    template = TaskTemplate.objects.claim(template_id, by)
    if template.retired_at:
        raise Blocked("list.retired", "这一版已经停用")
    template.retired_at = now
    template.save(update_fields=["retired_at"])
    record(template, "tasks.retire_list", by=by, at=now, village=template.region,
           label=f"停用清单模板：{template}")  # fmt: skip
    return template
