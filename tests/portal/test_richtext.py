"""Rich text: what is pasted from Word, pictures in running text, and where a picture is used."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.template import engines
from hypothesis import given
from hypothesis import strategies as st

from portal.models import Page
from portal.shared import richtext
from tests.factories import AgendaFactory, ImageFactory, PageFactory

WORD = (Path(__file__).parent.parent / "data" / "word.html").read_text(encoding="utf-8")
BODY = Page._meta.get_field("body")
NBSP = "\N{NO-BREAK SPACE}"


@pytest.fixture(scope="module")
def pasted() -> str:
    return BODY.sanitize(WORD)


def test_word_loses_its_dress(pasted):
    assert re.findall(r"style|class|mso|<span|<font|o:p|<!--|xml|MsoNormal|supportLists", pasted) == []


def test_word_keeps_headings_emphasis_and_links(pasted):
    assert "<h2>Digitale Verwaltung</h2>" in pasted
    assert "<p>Der Landkreis stellt <strong>alle</strong> Anträge um.</p>" in pasted
    assert '<a href="https://www.example.org/antrag">zum Antrag</a>' in pasted


def test_word_link_to_script_becomes_text(pasted):
    assert "nicht hier" in pasted
    assert "javascript" not in pasted
    assert pasted.count("<a") == 1


def test_word_leaves_no_empty_paragraph_and_no_run_of_spaces(pasted):
    assert re.findall(rf"<p>[\s{NBSP}]*</p>|{NBSP}|&nbsp;", pasted) == []


def test_word_list_paragraphs_become_a_list(pasted):
    assert "<ul><li><p>Erster Punkt</p></li><li><p>Zweiter Punkt</p></li></ul>" in pasted


def test_word_table_gets_heading_cells(pasted):
    assert '<th scope="col"><p><strong>Amt</strong></p></th>' in pasted
    assert "<td><p>Bauamt</p></td>" in pasted
    assert pasted.count("<th") == 2


def test_numbered_paragraphs_become_a_numbered_list():
    html = BODY.sanitize(f"<p>1.{NBSP * 4} Eins</p><p>2.{NBSP * 4} Zwei</p><p>3. Oktober</p>")
    assert html == "<ol><li><p>Eins</p></li><li><p>Zwei</p></li></ol>\n<p>3. Oktober</p>"


def test_single_protected_space_is_kept():
    assert BODY.sanitize(f"<p>z.{NBSP}B. hier</p>") == f"<p>z.{NBSP}B. hier</p>"


def test_text_that_shows_nothing_is_empty():
    assert BODY.sanitize("<p>&nbsp;</p><h2><br></h2>") == ""


@given(st.text(alphabet="<>/ab phtrd=\"'&;[]:1\xa0·.-", max_size=80))
def test_cleaning_twice_changes_nothing(html):
    once = BODY.sanitize(html)
    assert BODY.sanitize(once) == once


def shown(html: str) -> str:
    return engines["django"].from_string("{{ html|richtext }}").render({"html": html})


@pytest.mark.django_db
def test_image_token_becomes_a_figure():
    image = ImageFactory(alt_text="Ein Haus & ein Baum", source="Foto: <Landkreis>")
    html = shown(f"<p>Vorher</p><p>[[bild:{image.pk}]]</p><p>Nachher</p>")
    assert 'alt="Ein Haus &amp; ein Baum"' in html
    assert "Foto: &lt;Landkreis&gt;" in html
    assert image.file.url in html
    assert "[[bild" not in html
    assert html.startswith("<p>Vorher</p>")


@pytest.mark.django_db
def test_unknown_image_is_left_out():
    assert shown("<p>Vorher</p><p>[[bild:999999999]]</p>") == "<p>Vorher</p>"


@pytest.mark.django_db
def test_many_images_cost_one_query_and_none_cost_nothing(django_assert_num_queries):
    tokens = "".join(f"<p>{richtext.image_token(ImageFactory())}</p>" for _ in range(3))
    with django_assert_num_queries(1):
        assert shown(tokens).count("<figure") == 3
    with django_assert_num_queries(0):
        assert shown("<p>[[bild:12]] mitten im Satz</p>") == "<p>[[bild:12]] mitten im Satz</p>"


@pytest.mark.django_db
def test_uses_of_image_names_every_text():
    image = ImageFactory()
    token = f"<p>{richtext.image_token(image)}</p>"
    PageFactory(title="Anfahrt", body=token)
    PageFactory(body=f"<p>[[bild:{image.pk}0]]</p>")
    AgendaFactory(title="Digital 2032", introduction=token)
    assert sorted(richtext.uses_of_image(image)) == ["Agenda „Digital 2032“", "Seite „Anfahrt“"]


@pytest.mark.django_db
def test_form_tells_how_to_place_an_image():
    assert "[[bild:12]]" in BODY.formfield().help_text
