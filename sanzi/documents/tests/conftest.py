"""Papers on a thing of Shangtian, and a folder of their own."""

import pytest

from sanzi.access.guard import action
from sanzi.documents.papers import attach, take_off
from tests.world import NOON, SHANGTIAN

THING = "agency.draft:1"


@pytest.fixture(autouse=True)
def papers_folder(settings, tmp_path):
    settings.DATA = tmp_path
    return tmp_path / "papers"


@action("books.view")
def hang(*, files, thing=THING, by, now=NOON):
    return attach(thing, files, village=SHANGTIAN, by=by, now=now)


@action("books.view")
def take(*, document_id, thing=THING, by, now=NOON):
    return take_off(thing, document_id, now=now)
