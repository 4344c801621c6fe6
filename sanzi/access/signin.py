"""Signing in: one answer for every reason, in the same time."""

import secrets
from datetime import datetime
from typing import Any

from django.contrib.auth import authenticate, login
from django.contrib.auth.hashers import Argon2PasswordHasher, check_password, make_password
from django.http import HttpRequest

from sanzi.kernel.refusals import Refusal

from . import lockout
from .address import address_of
from .models import Person
from .passwords import BYTES_MAX, spelt
from .sessions import begin

_USERNAME_MAX = 40


class Hasher(Argon2PasswordHasher):
    """Argon2id at the least memory OWASP advises (19 MiB) and about 70 ms on an office server.

    Memory is what 64 people signing in at once share, so time was raised instead.
    """

    time_cost = 3
    memory_cost = 19 * 1024  # KiB
    parallelism = 1


class WrongPassword(Refusal):
    """No such account, a wrong password, a deactivated person: nobody learns which."""

    status = 422


class TooLong(Refusal):
    """Four kilobytes of password are an attack, not a pass phrase."""

    status = 400


class PasswordBackend:
    """Who this username and password belong to; active people only, never a system user."""

    def authenticate(
        self, request: HttpRequest | None, username: str = "", password: str = "", **_: Any
    ) -> Person | None:
        person = Person.objects.filter(username=spelt(username), is_system=False).first()
        if person is None:
            # The same work as for a known account, or the time would tell them apart.
            check_password(password, _nobody())
            return None
        return person if person.check_password(password) and person.is_active else None

    def get_user(self, pk: int) -> Person | None:
        """Asked on every request, so a deactivated person is nobody from the next one on."""
        return Person.objects.filter(pk=pk, is_active=True, is_system=False).first()


_hash_of_nobody: dict[tuple[int, int], str] = {}


def _nobody() -> str:
    cost = (Hasher.time_cost, Hasher.memory_cost)
    if cost not in _hash_of_nobody:
        _hash_of_nobody[cost] = make_password(secrets.token_urlsafe())
    return _hash_of_nobody[cost]


def sign_in(request: HttpRequest, *, username: str, password: str, now: datetime) -> Person:
    """Begin a new session for this person. Raises TooLong, lockout.Locked or WrongPassword."""
    if len(password.encode()) > BYTES_MAX:
        raise TooLong("signin.too_long", "密码太长，请检查是否误粘贴了其他内容")
    username = _as_account(username)
    address = address_of(request)
    lockout.count_as_wrong(username, address, now)
    person = authenticate(request, username=username, password=password)
    if person is None:
        raise WrongPassword("signin.wrong", "账号或密码不对，请核对后重试；忘记密码请找安全管理员")
    assert isinstance(person, Person)
    lockout.forget(username, address)
    enter(request, person, now)
    return person


def enter(request: HttpRequest, person: Person, now: datetime) -> None:
    """Begin this person's session under a new key, whatever key the browser came with."""
    login(request, person, backend="sanzi.access.signin.PasswordBackend")
    begin(request, now)


def account_named(typed: str) -> Person | None:
    """The account somebody meant to sign in to, if there is one."""
    return Person.objects.filter(username=_as_account(typed), is_system=False).first()


def _as_account(typed: str) -> str:
    return spelt(typed.replace("\x00", "").strip())[: _USERNAME_MAX + 1]
