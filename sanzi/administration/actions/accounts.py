"""Accounts: coming in, going out, passwords, locks. What the security administrator does, and what
everybody may do to their own."""

import logging
from datetime import datetime

from sanzi.access import lockout
from sanzi.access.guard import action
from sanzi.access.models import Person
from sanzi.access.passwords import random_password
from sanzi.access.signin import account_named
from sanzi.journal.recorder import record
from sanzi.kernel.refusals import Blocked, Invalid

_log = logging.getLogger(__name__)


@action("signed-in")
def note_sign_in(*, by: Person, now: datetime) -> None:
    """Leave the trace of a sign-in that has just succeeded."""
    record(by, "accounts.sign_in", by=by, at=now, label="登录")


@action("signed-in")
def note_sign_out(*, by: Person, now: datetime) -> None:
    """Leave the trace of somebody going."""
    record(by, "accounts.sign_out", by=by, at=now, label="退出")


@action("anyone")
def note_wrong_password(*, username: str, address: str, by: None, now: datetime) -> None:
    """Leave the trace of a wrong password; what was typed is kept only if it is an account.

    People type their password into the wrong box.
    """
    known = account_named(username)
    wrong = lockout.wrong_from(address, now)
    label = "登录密码错误"
    if wrong == lockout.ADDRESS_WRONG_MAX:
        label = "同一网络登录错误过多，疑似试探密码"
        _log.warning("%s wrong passwords from one address: %s", wrong, address)
    record(
        known or "access.person:0",
        "accounts.wrong_password",
        by=by,
        at=now,
        label=label,
        public={"account": known.username if known else "（没有这个账号）", "wrong": wrong},
    )


@action("signed-in")
def change_own_password(*, old: str, new: str, by: Person, now: datetime) -> None:
    """Choose a password of one's own; every other session of this person ends."""
    if not by.check_password(old):
        raise Invalid("password.old", "原密码不对，请重新输入")
    if by.check_password(new):
        raise Invalid("password.same", "新密码不能与原密码相同")
    by.set_password(new)
    by.must_change_password = False
    by.save(update_fields=["password", "must_change_password"])
    record(by, "accounts.change_password", by=by, at=now, label="修改密码")


@action("security.manage")
def reset_password(*, person_id: int, reason: str, by: Person, now: datetime) -> tuple[Person, str]:
    """Give a random password to be shown once and changed at the next sign-in."""
    person = Person.objects.claim(person_id, by)
    password = random_password()
    person.set_password(password)
    person.must_change_password = True
    person.save(update_fields=["password", "must_change_password"])
    lockout.unlock(person.username)
    _record(person, "accounts.reset_password", "重设密码", reason, by, now)
    return person, password


@action("security.manage")
def deactivate(*, person_id: int, reason: str, by: Person, now: datetime) -> Person:
    """Shut an account; whoever is signed in with it is out at the next request."""
    person = Person.objects.claim(person_id, by)
    if not person.is_active:
        raise Blocked("accounts.inactive", f"{person.name}的账号已经停用")
    person.is_active = False
    person.save(update_fields=["is_active"])
    _record(person, "accounts.deactivate", "停用账号", reason, by, now)
    return person


@action("security.manage")
def activate(*, person_id: int, reason: str, by: Person, now: datetime) -> Person:
    """Open a shut account again."""
    person = Person.objects.claim(person_id, by)
    if person.is_active:
        raise Blocked("accounts.active", f"{person.name}的账号没有停用")
    person.is_active = True
    person.save(update_fields=["is_active"])
    _record(person, "accounts.activate", "恢复账号", reason, by, now)
    return person


@action("security.manage")
def unlock(*, person_id: int, reason: str, by: Person, now: datetime) -> Person:
    """Forgive the wrong passwords of an account at every address."""
    person = Person.objects.claim(person_id, by)
    lockout.unlock(person.username)
    _record(person, "accounts.unlock", "解锁账号", reason, by, now)
    return person


def _record(person: Person, name: str, label: str, reason: str, by: Person, now: datetime) -> None:
    if not reason.strip():
        raise Invalid("accounts.reason", "请写明理由，以备审计")
    facts = {"account": person.username, "reason": reason.strip()}
    post = next(iter(person.posts), None)
    region = post.region.code if post else ""
    record(person, name, by=by, at=now, village=region, label=label, public=facts)
