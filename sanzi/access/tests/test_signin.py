"""Rows S1 to S6 of the accounts and sessions promises, below the pages."""

import time
from datetime import timedelta
from statistics import median

import pytest
from django.contrib.auth import authenticate
from django.contrib.auth.hashers import check_password, make_password
from django.contrib.sessions.backends.db import SessionStore
from django.test import RequestFactory

from sanzi.access import lockout, signin
from sanzi.access.address import address_of, is_this_machine
from sanzi.access.models import FailedSignIn, Person
from sanzi.access.signin import Hasher, TooLong, WrongPassword, sign_in
from sanzi.access.system import system_person
from tests.world import NOON

PASSWORD = "清水镇的早晨有雾 42"
OFFICE, HOME = "192.0.2.7", "198.51.100.9"


@pytest.fixture
def cheap(monkeypatch):
    """A hash that takes no time: these tests are about who is let in, not about brute force."""
    monkeypatch.setattr(Hasher, "time_cost", 1)
    monkeypatch.setattr(Hasher, "memory_cost", 8)


@pytest.fixture
def lin(lin, cheap):
    lin.set_password(PASSWORD)
    lin.save()
    return lin


@pytest.fixture
def chen(chen, cheap):
    chen.set_password(PASSWORD)
    chen.save()
    return chen


def request(address=OFFICE, **meta):
    made = RequestFactory().post("/login/", REMOTE_ADDR=address, **meta)
    made.session = SessionStore()
    return made


def attempt(username, password, *, address=OFFICE, at=NOON):
    try:
        sign_in(request(address), username=username, password=password, now=at)
    except (WrongPassword, lockout.Locked, TooLong) as refusal:
        return refusal.code
    return "in"


def wrong(times, username="lin", **where):
    return [attempt(username, "wrong", **where) for _ in range(times)]


def test_a_right_password_lets_in(lin):
    assert attempt("lin", PASSWORD) == "in"


def test_an_unknown_account_is_refused_in_the_words_of_a_wrong_password(lin):
    said = []
    for username in ("lin", "nobody"):
        with pytest.raises(WrongPassword) as refusal:
            sign_in(request(), username=username, password="wrong", now=NOON)
        said.append((refusal.value.code, refusal.value.message, refusal.value.status))
    assert said[0] == said[1]


@pytest.mark.slow
@pytest.mark.django_db
def test_an_unknown_account_takes_as_long_as_a_wrong_password(places):
    person = Person(username="real", name="真")
    person.set_password(PASSWORD)
    person.save()

    def took(username):
        began = time.perf_counter()
        assert authenticate(None, username=username, password="wrong") is None
        return time.perf_counter() - began

    took("nobody")  # makes the hash of nobody
    pairs = [(took("real"), took("nobody")) for _ in range(15)]
    known, unknown = (median(times) for times in zip(*pairs, strict=True))
    assert unknown == pytest.approx(known, rel=0.1)


def test_an_unknown_account_costs_one_hash_like_a_known_one(lin, monkeypatch):
    verified = []
    verify = Hasher.verify
    monkeypatch.setattr(Hasher, "verify", lambda *args: verified.append(args[1]) or verify(*args))
    wrong(1, "lin")
    wrong(1, "nobody")
    assert len(verified) == 2


def test_a_deactivated_person_stays_out(lin):
    Person.objects.filter(pk=lin.pk).update(is_active=False)
    assert attempt("lin", PASSWORD) == "signin.wrong"


def test_a_system_user_never_signs_in(db, cheap):
    person = system_person("system_import")
    Person.objects.filter(pk=person.pk).update(password=make_password(PASSWORD))
    assert attempt("system_import", PASSWORD) == "signin.wrong"
    assert signin.PasswordBackend().get_user(person.pk) is None


def test_the_sixth_attempt_is_not_looked_at_even_if_right(lin):
    assert wrong(5) == ["signin.wrong"] * 5
    assert attempt("lin", PASSWORD) == "signin.locked"


def test_a_right_password_after_four_wrong_ones_wipes_them_out(lin):
    wrong(4)
    assert attempt("lin", PASSWORD) == "in"
    assert wrong(5) == ["signin.wrong"] * 5


def test_a_colleague_at_the_same_address_still_signs_in(lin, chen):
    wrong(6)
    assert attempt("chen", PASSWORD) == "in"


def test_the_same_person_still_signs_in_from_elsewhere(lin):
    wrong(6)
    assert attempt("lin", PASSWORD, address=HOME) == "in"


def test_an_account_nobody_has_is_locked_like_any_other(db, cheap):
    assert wrong(6, "nobody")[-1] == "signin.locked"


def test_the_lock_opens_after_fifteen_minutes_and_not_before(lin):
    wrong(5)
    assert attempt("lin", PASSWORD, at=NOON + timedelta(minutes=14, seconds=59)) == "signin.locked"
    assert attempt("lin", PASSWORD, at=NOON + timedelta(minutes=15)) == "in"


def test_knocking_at_a_locked_account_does_not_keep_it_locked(lin):
    wrong(5)
    wrong(3, at=NOON + timedelta(minutes=10))
    assert attempt("lin", PASSWORD, at=NOON + timedelta(minutes=15)) == "in"


def test_unlocking_opens_at_every_address(lin):
    wrong(5)
    wrong(5, address=HOME)
    assert lockout.is_locked("lin", NOON)
    assert lockout.unlock("lin") == 2
    assert attempt("lin", PASSWORD) == "in"
    assert not lockout.is_locked("lin", NOON)


def test_trying_one_password_on_many_accounts_is_slowed_down_to_one_in_ten_seconds(lin):
    tried = [wrong(1, f"somebody{n}")[0] for n in range(51)]
    assert (tried.count("signin.wrong"), tried[-1]) == (50, "signin.spraying")
    assert attempt("lin", PASSWORD, at=NOON + timedelta(seconds=9)) == "signin.spraying"
    assert attempt("lin", PASSWORD, at=NOON + timedelta(seconds=10)) == "in"


def test_spraying_from_one_address_does_not_slow_another(lin):
    for n in range(60):
        wrong(1, f"somebody{n}")
    assert attempt("lin", PASSWORD, address=HOME) == "in"


def test_attempts_are_forgotten_after_a_day(lin):
    wrong(5, "nobody")
    attempt("lin", PASSWORD, at=NOON + timedelta(days=1))
    assert not FailedSignIn.objects.exists()


@pytest.mark.parametrize(("size", "code"), [(4096, "signin.wrong"), (4097, "signin.too_long")])
def test_a_password_over_four_kilobytes_is_not_hashed(lin, size, code):
    assert attempt("lin", "x" * size) == code


def test_a_password_is_the_same_however_the_keyboard_composes_it(lin):
    lin.set_password("Caf\u00e9 am Morgen")
    lin.save()
    assert attempt("lin", "Cafe\u0301 am Morgen") == "in"


def test_a_pass_phrase_of_64_characters_is_accepted(lin):
    phrase = "早起的鸟儿有虫吃" * 8
    lin.set_password(phrase)
    lin.save()
    assert attempt("lin", phrase) == "in"


@pytest.mark.parametrize("username", ["lin\x00", " lin ", "x" * 500, "", "\x00"])
def test_no_spelling_of_an_account_breaks_the_entrance(lin, username):
    assert attempt(username, "wrong") == "signin.wrong"


def test_the_stored_hash_is_argon2id_at_the_advised_cost(lin, monkeypatch):
    monkeypatch.undo()
    assert make_password(PASSWORD).startswith("argon2$argon2id$v=19$m=19456,t=3,p=1$")


def test_a_hash_made_at_another_cost_is_still_good(cheap, monkeypatch):
    stored = make_password(PASSWORD)
    monkeypatch.setattr(Hasher, "time_cost", 2)
    assert check_password(PASSWORD, stored)


FORWARDED = "203.0.113.1, 203.0.113.2, 203.0.113.3"


@pytest.mark.parametrize(
    ("proxies", "address"), [(0, OFFICE), (1, "203.0.113.3"), (2, "203.0.113.2"), (9, OFFICE)]
)
def test_only_what_our_own_proxies_say_of_an_address_is_believed(settings, proxies, address):
    settings.PROXIES = proxies
    assert address_of(request(HTTP_X_FORWARDED_FOR=FORWARDED)) == address


@pytest.mark.parametrize("said", ["nonsense", "", "1.2.3.4.5"])
def test_an_address_that_is_none_is_not_believed(settings, said):
    settings.PROXIES = 1
    assert address_of(request(HTTP_X_FORWARDED_FOR=said)) == OFFICE


def test_a_peer_behind_a_socket_has_an_address_of_its_own():
    assert address_of(request(address="")) == "0.0.0.0"


@pytest.mark.parametrize(
    ("address", "meta", "here"),
    [
        ("127.0.0.1", {}, True),
        ("::1", {}, True),
        (OFFICE, {}, False),
        ("127.0.0.1", {"HTTP_X_FORWARDED_FOR": "127.0.0.1"}, False),
        ("", {}, False),
    ],
)
def test_this_machine_is_known_by_its_loopback_and_no_proxy(address, meta, here):
    assert is_this_machine(request(address, **meta)) is here
