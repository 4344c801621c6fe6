"""What travels compressed, and what already is."""

import pytest

ACCEPTS = {"Accept-Encoding": "gzip"}


@pytest.mark.parametrize("url", ["/", "/static/web/sanzi.css", "/static/web/sanzi.js"])
def test_words_travel_compressed(client, lin, url):
    client.force_login(lin)
    answer = client.get(url, headers=ACCEPTS)
    assert answer["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in answer["Vary"]


def test_a_workbook_travels_as_it_is(client, chen, contracts):
    client.force_login(chen)
    answer = client.get("/contracts/?export=xlsx", headers=ACCEPTS)
    assert answer.status_code == 200
    assert "Content-Encoding" not in answer
