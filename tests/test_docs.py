"""The pages written from the code say what the code says."""

import pytest

from tools import generate_docs


@pytest.mark.parametrize("name", generate_docs.PAGES)
def test_generated_page_is_fresh(name):
    written = (generate_docs.FOLDER / name).read_text(encoding="utf-8")
    assert written == generate_docs.text(name), "run make docs"


def test_a_stale_page_is_noticed(monkeypatch, tmp_path):
    monkeypatch.setattr(generate_docs, "FOLDER", tmp_path)
    assert generate_docs.stale() == list(generate_docs.PAGES)
    assert generate_docs.main(["--check"]) == 1

    assert generate_docs.main([]) == 0
    assert generate_docs.main(["--check"]) == 0

    (tmp_path / "roles.md").write_text("once upon a time")
    assert generate_docs.stale() == ["roles.md"]
