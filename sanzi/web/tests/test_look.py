"""The look kept by machine: contrast, weight, and nothing inline."""

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

SOURCE = Path(__file__).parents[2]
STATIC = Path(__file__).parents[1] / "static" / "web"
STYLE = (STATIC / "sanzi.css").read_text(encoding="utf-8")
TEMPLATES = sorted(SOURCE.glob("*/templates/**/*.html"))

GROUNDS = ("paper", "sheet")
TONES = ("danger", "warn", "done", "running")
PAIRS = [
    *((ink, ground) for ink in ("ink", "muted", "pine", "pine-deep") for ground in GROUNDS),
    *((tone, ground) for tone in TONES for ground in (*GROUNDS, f"{tone}-wash")),
    *(("ink", f"{tone}-wash") for tone in (*TONES, "plain", "pine")),
    ("pine", "pine-wash"),
    ("pine-deep", "pine-wash"),
    ("muted", "plain-wash"),
    ("on-pine", "pine"),
    ("on-pine", "pine-deep"),
]


def tokens(selector: str) -> dict[str, str]:
    """The colours a block of the stylesheet sets."""
    found = re.search(re.escape(selector) + r" \{(.*?)\}", STYLE, re.DOTALL)
    assert found
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", found.group(1)))


def brightness(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((brightness(one), brightness(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


DESK = tokens(":root")
MODES = {
    "desk": (DESK, 4.5),
    "village": (DESK | tokens("body.village"), 7.0),
    "screen": (DESK | tokens("body.screen"), 4.5),
}


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize(("ink", "ground"), PAIRS)
def test_words_can_be_read_on_their_ground(mode, ink, ground):
    colours, least = MODES[mode]
    assert contrast(colours[ink], colours[ground]) >= least


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_no_template_carries_style_script_or_a_foreign_address(template):
    html = re.sub(r"\{#.*?#\}|\{%.*?%\}", " ", template.read_text(encoding="utf-8"))
    assert not re.search(r"\sstyle\s*=", html)
    assert "<style" not in html
    assert not re.search(r"<script(?![^>]*\ssrc=)", html)
    assert not re.search(r"\son[a-z]+\s*=|hx-on|hx-vals=['\"]js:|javascript:", html)
    assert not re.search(r"(src|href|action)=[\"']\s*(https?:)?//", html)
    assert "|safe" not in html
    assert "autoescape off" not in html


def test_old_browsers_of_the_office_understand_the_stylesheet():
    # Chromium 90 (UOS, 360) knows none of these.
    for newer in (":has(", "color-mix(", "oklch(", "@container", "light-dark(", "@layer", "&:"):
        assert newer not in STYLE


def test_the_stylesheet_asks_nobody_for_anything():
    assert "url(" not in STYLE
    assert "@import" not in STYLE


def test_a_first_visit_weighs_under_forty_kilobytes_beside_the_page():
    htmx = finders.find("django_htmx/htmx-2.min.js")
    assert isinstance(htmx, str)
    files = [STATIC / "sanzi.css", STATIC / "sanzi.js", Path(htmx)]
    assert sum(len(gzip.compress(file.read_bytes())) for file in files) < 40_000


def test_our_own_script_is_small_and_evaluates_nothing():
    script = (STATIC / "sanzi.js").read_text(encoding="utf-8")
    assert len(script) < 3_000
    assert not re.search(r"\beval\b|new Function|innerHTML|\.style\b", script)


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_a_box_that_scrolls_can_be_reached_and_named_without_a_mouse(template):
    html = template.read_text(encoding="utf-8")
    for box in re.findall(r'<\w+ class="(?:[\w-]+ )*table-box[^>]*>', html):
        assert 'tabindex="0"' in box, box
        assert "aria-label=" in box, box
