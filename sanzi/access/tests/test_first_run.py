from datetime import date

import pytest

from sanzi.access.first_run import ensure_administrators
from sanzi.access.models import Person
from sanzi.access.roles import ADMINISTRATORS

TODAY = date(2026, 3, 2)


@pytest.fixture
def first(db):
    return ensure_administrators(TODAY)


def test_the_first_run_makes_three_administrators_kept_apart(first):
    held = [(person.username, person.post.role, person.region_code) for person, _ in first]
    assert held == [
        ("admin", "system_admin", ""),
        ("security", "security_admin", ""),
        ("audit", "audit_admin", ""),
    ]
    assert tuple(role for _, role, _ in held) == ADMINISTRATORS


def test_their_passwords_are_random_and_must_change(first):
    passwords = {password for _, password in first}
    assert len(passwords) == 3
    assert all(
        person.check_password(word) and person.must_change_password for person, word in first
    )
    assert not passwords & {"admin", "password", "security", "audit"}
    assert all(not person.check_password(person.username) for person, _ in first)


def test_the_second_run_makes_nobody(first):
    assert ensure_administrators(TODAY) == []


def test_a_kind_that_is_missing_is_made_alone(first):
    person = Person.objects.get(username="audit")
    person.all_posts.all().delete()
    person.delete()
    assert [made.username for made, _ in ensure_administrators(TODAY)] == ["audit"]
