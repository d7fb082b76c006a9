"""HTML for print: headings in order, their table of contents, and text alternatives as the layout engine reads them."""

from __future__ import annotations

import re

import pytest

from portal.shared.pdf import DECORATION
from portal.shared.reports.alternatives import with_alternatives
from portal.shared.reports.contents import PLACE, with_contents


def levels(html):
    return [int(level) for level in re.findall(r"<h([1-6])", html)]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("<h1>a</h1><h2>b</h2><h3>c</h3>", [1, 2, 3]),
        ("<h1>a</h1><h2>b</h2><h4>c</h4><h4>d</h4>", [1, 2, 3, 3]),
        ("<h1>a</h1><h3>b</h3><h2>c</h2><h4>d</h4>", [1, 2, 2, 3]),
        ("<h2>a</h2><h3>b</h3>", [1, 2]),
        ("<H1 class='x'>a</H1>", [1]),
    ],
)
def test_heading_levels_leave_no_gap(written, expected):
    assert levels(with_contents(written)) == expected


def test_heading_keeps_its_own_address():
    html = with_contents(f"{PLACE}<h1 id='ziel'>Eins</h1><h2 id=zwei>Zwei</h2>")
    assert re.findall(r'href="#([^"]+)"', html) == ["ziel", "zwei"]


def test_heading_without_address_gets_one_of_its_own():
    html = with_contents(f"{PLACE}<h1>Eins</h1><h1>Eins</h1>")
    targets = re.findall(r'href="#([^"]+)"', html)
    assert len(set(targets)) == 2
    assert all(f'id="{target}"' in html for target in targets)


def test_contents_list_three_levels_nested():
    html = with_contents(f"{PLACE}<h1>A</h1><h2>B</h2><h3>C</h3><h4>D</h4><h2>E</h2><h1>F</h1>")
    contents = html.partition("<h1")[0]
    plain = re.sub(r"<span[^>]*></span>|<a[^>]*>|</a>| class=\"[^\"]*\"|\s", "", contents)
    assert plain == "<ul><li>A<ul><li>B<ul><li>C</li></ul></li><li>E</li></ul></li><li>F</li></ul>"


def test_contents_begin_with_the_highest_listed_level():
    html = with_contents(f"{PLACE}<h1 data-contents='no'>Titel</h1><h2>A</h2><h2>B</h2>")
    assert html.count("<ul>") == 1
    assert "Titel</a>" not in html


def test_contents_show_text_without_markup():
    html = with_contents(f"{PLACE}<h1>Ein <em>Wort</em>\n &amp; mehr</h1>")
    assert ">Ein Wort &amp; mehr</a>" in html


def test_empty_heading_is_not_listed():
    assert "<li" not in with_contents(f"{PLACE}<h1> </h1>")


@pytest.mark.parametrize(
    ("svg", "title"),
    [
        ("<svg><title>Karte</title><desc>Elf Orte.</desc><path/></svg>", "Karte. Elf Orte."),
        ("<svg>\n <title id='t'>Karte?</title>\n <path/></svg>", "Karte?"),
        ('<svg role="img" aria-label="Karte"><path/></svg>', "Karte."),
        ('<svg aria-hidden="true"><title>egal</title><path/></svg>', DECORATION),
    ],
)
def test_svg_says_title_and_description_at_once(svg, title):
    assert f"<title>{title}</title>" in with_alternatives(svg)


def test_svg_without_text_stays_without():
    assert with_alternatives("<svg><path/></svg>") == '<svg font-family="Fira Sans"><path/></svg>'
    assert with_alternatives("<svg/>") == "<svg/>"


def test_svg_keeps_its_own_font():
    assert with_alternatives('<svg font-family="Mono">') == '<svg font-family="Mono">'


def test_image_with_empty_alternative_is_decoration():
    assert with_alternatives('<img src="a.png" alt="">') == f'<img src="a.png" alt="{DECORATION}">'
    assert with_alternatives('<img src="a.png" alt="Haus">') == '<img src="a.png" alt="Haus">'
