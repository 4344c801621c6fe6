"""The papers of a decision: written once from the record, in PDF and Word."""

import pytest
from django.urls import reverse

from sanzi.letters.models import Letter
from sanzi.resolutions.actions import papers

from .sittings import noon


def test_minutes_tell_the_counts_and_the_article(walk, lin):
    meeting = walk("decided").meetings.get(step="decide")
    letter = papers.write_minutes(meeting_id=meeting.pk, by=lin, now=noon(3, 21))
    told = letter.values
    assert told["counts"] == "应到 300 人，实到 210 人"
    assert (told["votes"], told["result"]) == ("同意 200，反对 0，弃权 10", "通过")
    assert told["law"] == "农村集体经济组织法第二十七条"
    assert letter.title == "会议纪要（会议决议）"


@pytest.mark.parametrize("kind", ["sign_in", "ballot"])
def test_a_second_click_leads_to_the_same_paper(propose, client, lin, kind):
    resolution = propose()
    client.force_login(lin)
    address = reverse("resolutions:blank-paper", args=(resolution.pk, kind))
    first, second = client.post(address), client.post(address)
    assert first.headers["Location"] == second.headers["Location"]
    assert Letter.objects.count() == 1


def test_a_notice_tells_what_hangs_and_until_when(walk, lin, visit):
    posting = walk("published").postings.get()
    letter = papers.write_notice(posting_id=posting.pk, by=lin, now=noon(3, 21))
    assert (letter.values["from_on"], letter.values["to_on"]) == ("2026-03-21", "2026-03-28")
    html = visit(lin, reverse("resolutions:resolution", args=(posting.resolution_id,)))
    assert letter.serial in html
