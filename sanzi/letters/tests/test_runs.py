"""Print runs: chosen, printed by a child, cancelled, cut short; and who may have the file."""

import io
import os
import subprocess
import sys
import zipfile

import pytest
from django.urls import reverse

from sanzi.journal.models import Entry
from sanzi.kernel import child
from sanzi.kernel.refusals import Blocked
from sanzi.letters import runner
from sanzi.letters.actions.letters import void
from sanzi.letters.actions.runs import begin_run, cancel_run
from sanzi.letters.models import Run
from tests.world import NOON, QINGSHUI, SHANGTIAN, XIATIAN


@pytest.fixture
def at_once(monkeypatch, settings, tmp_path):
    """The child's work, done before the answer: what it does is the same."""
    settings.DATA = tmp_path

    def start(run, person_id):
        run.folder.mkdir(parents=True, exist_ok=True)
        runner.work(run, person_id, lambda done, total: None)

    monkeypatch.setattr(runner, "start", start)


def test_what_the_register_shows_is_printed_as_one_pdf(client, write, lin, at_once):
    write(3)
    client.force_login(lin)
    there = client.post(reverse("letters:runs") + "?q=张1", {"kind": "pdf"})
    run = Run.objects.get()
    assert there.url == reverse("letters:run", args=[run.pk])
    assert (run.count, run.state, run.region) == (1, "done", SHANGTIAN)
    file = client.post(reverse("letters:run-file", args=[run.pk]))
    assert b"".join(file.streaming_content).startswith(b"%PDF-")


def test_word_files_are_packed_one_a_letter_under_its_number(client, write, lin, at_once):
    letters = write(2)
    client.force_login(lin)
    client.post(reverse("letters:runs"), {"kind": "docx"})
    file = client.post(reverse("letters:run-file", args=[Run.objects.get().pk]))
    with zipfile.ZipFile(io.BytesIO(b"".join(file.streaming_content))) as package:
        assert package.namelist() == [f"{x.serial} {x.addressee}.docx" for x in letters]


def test_a_void_letter_is_not_printed(write, lin):
    first, second = write(2)
    void(letter_id=first.pk, reason="写错", by=lin, now=NOON)
    begun = begin_run(
        letter_ids=[first.pk, second.pk], kind="pdf", base="http://x", by=lin, now=NOON
    )
    assert [place.letter for place in begun.places.all()] == [second]
    with pytest.raises(Blocked):
        begin_run(letter_ids=[first.pk], kind="pdf", base="http://x", by=lin, now=NOON)


def test_a_run_belongs_to_whoever_sees_all_its_letters(client, write, chen, lin, qian, at_once):
    write(1)
    write(1, village=XIATIAN, by=qian)
    client.force_login(chen)
    client.post(reverse("letters:runs"), {"kind": "pdf"})
    run = Run.objects.get()
    assert (run.count, run.region) == (2, QINGSHUI)
    for name, ask in (("run", client.get), ("run-file", client.post)):
        address = reverse(f"letters:{name}", args=[run.pk])
        assert ask(address).status_code == 200
        client.force_login(lin)
        assert ask(address).status_code == 404
        client.force_login(chen)


def test_every_taking_of_the_clear_file_is_kept_with_who_took_it(client, write, lin, chen, at_once):
    """The one who printed is on record already; a colleague who fetches the file must be too."""
    write(1)
    client.force_login(lin)
    client.post(reverse("letters:runs"), {"kind": "pdf"})
    run = Run.objects.get()
    client.force_login(chen)
    assert client.get(reverse("letters:run-file", args=[run.pk])).status_code == 405
    assert client.post(reverse("letters:run-file", args=[run.pk])).status_code == 200
    taken = Entry.objects.filter(action="letters.take_run").get()
    assert (taken.actor, taken.object) == ("chen", f"letters.run:{run.pk}")


def test_a_cancelled_run_is_not_finished_by_a_late_child(write, lin, settings, tmp_path):
    settings.DATA = tmp_path
    ids = [x.pk for x in write(1)]
    run = begin_run(letter_ids=ids, kind="pdf", base="http://x", by=lin, now=NOON)
    cancel_run(run_id=run.pk, by=lin, now=NOON)
    run.folder.mkdir(parents=True)
    runner.work(run, lin.pk, lambda done, total: None)
    run.refresh_from_db()
    assert run.state == "cancelled"


def test_who_asks_for_a_stop_stops_the_work(write, lin, settings, tmp_path):
    settings.DATA = tmp_path
    ids = [x.pk for x in write(1)]
    run = begin_run(letter_ids=ids, kind="docx", base="http://x", by=lin, now=NOON)
    child.ask_to_stop(run.folder)
    with child.at_work(run.folder, news_every=1) as tell:
        runner.work(run, lin.pk, tell)
    assert not run.file.exists()


def test_a_run_whose_child_is_gone_says_so_and_begins_again(client, write, lin, at_once):
    ids = [x.pk for x in write(1)]
    run = begin_run(letter_ids=ids, kind="pdf", base="http://x", by=lin, now=NOON)
    client.force_login(lin)
    page = client.get(reverse("letters:run", args=[run.pk])).content.decode()
    assert "中途被中断" in page
    client.post(reverse("letters:again", args=[run.pk]))
    run.refresh_from_db()
    assert run.state == "done"


SITE = """
import time
from sanzi.cli.start import start
start()
from django.utils.timezone import now
from bench.letters import _form, _values, VILLAGE
from bench.installation import post
from sanzi.access.guard import action
from sanzi.kernel import child
from sanzi.letters import runner
from sanzi.letters.actions.runs import begin_run, restart_run
from sanzi.letters.models import Run
from sanzi.letters.writing import Draft, write_many
from sanzi.orgs.tree import ensure
ensure({VILLAGE: "上田村"})
by = post("clerk", "town_clerk", VILLAGE[:9])
drafts = [Draft(_values(i), f"t:{i}", VILLAGE, "张久") for i in range(300)]
write = action("letters.issue")(lambda *, by: write_many(_form(), drafts, by=by, now=now()))
ids = [x.pk for x in write(by=by)]
run = begin_run(letter_ids=ids, kind="docx", base="http://x", by=by, now=now())
runner.start(run, by.pk)
while not child.is_working(run.folder):
    time.sleep(0.05)
while child.is_working(run.folder):
    time.sleep(0.05)
run.refresh_from_db()
print(run.state, run.file.exists())
"""


@pytest.mark.slow
def test_the_child_itself_prints_when_nobody_waits(tmp_path):
    """In an installation of its own: another process cannot see this test's transaction."""
    (tmp_path / "static").mkdir()
    said = subprocess.run(
        [sys.executable, "-c", SITE],
        env={**os.environ, "SANZI_DATA": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert said.stdout.split() == ["done", "True"]
