"""What each role may do. The whole answer to "who can?" is this table."""

from dataclasses import dataclass
from typing import Final

# Not permissions of a post: what everybody may do, signed in or not.
SIGNED_IN: Final = "signed-in"
ANYONE: Final = "anyone"

PERMISSIONS: dict[str, str] = {
    "home.view": "看本岗位首页",
    "registers.view": "看台账",
    "registers.export": "导出台账",
    "intake.upload": "上传工作簿并核对",
    "intake.commit": "把核对无误的工作簿写入台账",
    "findings.judge": "确认或推翻问题认定",
    "sealed.reveal": "查看证件号、电话、账号原文（留痕）",
    "figures.view": "看汇总、调度表、挂图",
    "base.lock": "锁定或改动基准日",
    "regions.manage": "维护区划",
    "people.view": "看人员与岗位",
    "people.manage": "维护人员与岗位",
    "security.manage": "解锁账号、停用账号、强制改密",
    "journal.read": "看操作日志",
    "journal.view_own": "看本辖区事项的经过",
    "journal.erase": "清除日志中的个人信息（留摘要）",
}


@dataclass(frozen=True)
class Role:
    """A post's kind: its Chinese title, the region levels it is held at, and what it may do."""

    title: str
    levels: tuple[str, ...]
    may: frozenset[str]


_READ = frozenset({"home.view", "registers.view", "figures.view", "journal.view_own"})
_OFFICE = _READ | {"registers.export"}

ROLES: dict[str, Role] = {
    "village_head": Role("村党组织书记", ("village",), _READ),
    "village_accountant": Role(
        "村会计（报账员）", ("village",), _OFFICE | {"intake.upload", "sealed.reveal"}
    ),
    "town_clerk": Role(
        "农经站经办人",
        ("town",),
        _OFFICE | {"intake.upload", "intake.commit", "findings.judge", "sealed.reveal"},
    ),
    "town_leader": Role("乡镇分管领导", ("town",), _OFFICE | {"base.lock"}),
    "county_office": Role(
        "县专项办",
        ("county",),
        _OFFICE | {"intake.upload", "intake.commit", "findings.judge", "base.lock"},
    ),
    "city_leader": Role("市级领导", ("city", "province"), _OFFICE),
    "inspector": Role("监督检查（纪检、审计）", ("town", "county", "city"), _OFFICE),
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
        _OFFICE | {"intake.upload", "intake.commit", "base.lock", "regions.manage"},
    ),
    "system_setup": Role(
        "系统：初始化", ("nation",), frozenset({"people.manage", "regions.manage"})
    ),
}

ADMINISTRATORS = ("system_admin", "security_admin", "audit_admin")
