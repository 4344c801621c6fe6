import pytest

from sanzi.access.signin import Hasher

PASSWORD = "清水镇的早晨有雾 42"


@pytest.fixture(autouse=True)
def _small_site(settings):
    settings.ROOT_URLCONF = "sanzi.administration.tests.site"


@pytest.fixture(autouse=True)
def _cheap_hashes(monkeypatch):
    """These tests are about who is let in, not about brute force."""
    monkeypatch.setattr(Hasher, "time_cost", 1)
    monkeypatch.setattr(Hasher, "memory_cost", 8)


@pytest.fixture
def passwords(people):
    """Everyone has the same password here."""
    for person in people.values():
        person.set_password(PASSWORD)
        person.save()
    return people


@pytest.fixture
def enter(client):
    """Sign a person in; returns the browser."""

    def entered(person):
        client.force_login(person)
        return client

    return entered
