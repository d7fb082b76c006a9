"""The PDF itself: read by two independent checkers, and by its own structure tree."""

from __future__ import annotations

import re
from io import BytesIO

import outloud
import pdfua
import pikepdf
import pytest

from portal.shared import pdf
from portal.shared.pdf_join import kids_of
from portal.shared.pdf_mend import elements
from portal.shared.reports.rendering import Made
from tests.portal import pdf_probe


@pytest.fixture(scope="module")
def probe() -> Made:
    return pdf_probe.made(pdf_probe.html())


@pytest.fixture(scope="module")
def document(probe):
    with pikepdf.open(BytesIO(probe.pdf)) as opened:
        yield opened


@pytest.fixture(scope="module")
def tree(document):
    return document.Root.StructTreeRoot.K[0]


@pytest.fixture(scope="module")
def path(probe, tmp_path_factory):
    path = tmp_path_factory.mktemp("pdf") / "probe.pdf"
    path.write_bytes(probe.pdf)
    return path


def of_kind(tree, kind):
    return [element for element in elements(tree) if str(element.S) == f"/{kind}"]


def shape(element, *, depth=9):
    """Kinds of the elements below, as nested lists; pieces of lines are left out."""
    inner = [shape(kid, depth=depth - 1) for kid in kids_of(element) if str(kid.S) not in {"/Span", "/Link"}]
    name = str(element.S).removeprefix("/")
    return [name, *inner] if inner and depth else name


def test_outloud_finds_no_fault(path):
    result = outloud.check(str(path))
    assert [f"{found.rule} {found.page}: {found.message}" for found in result.sorted_findings()] == []


def test_pdfua_finds_no_fault(path):
    report = pdfua.validate(str(path))
    assert [str(finding) for finding in report.findings] == []


def test_document_says_language_title_and_that_it_is_tagged(document):
    root = document.Root
    assert (str(root.Lang), str(document.docinfo.Title)) == ("de", "Probe der Fähigkeiten")
    assert bool(root.MarkInfo.Marked) is True
    assert bool(root.ViewerPreferences.DisplayDocTitle) is True
    with document.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"


def test_bookmarks_follow_the_headings(document):
    with document.open_outline() as outline:
        top = [item.title for item in outline.root]
        assert top == ["Probe der Fähigkeiten"]
        chapters = [item.title for item in outline.root[0].children]
    assert chapters == ["Inhalt", "Text und Verweise", "Tafeln", "Abbildungen"]


def test_contents_are_a_table_of_contents_with_page_numbers(tree):
    (contents, *_nested) = of_kind(tree, "TOC")
    entries = kids_of(contents)
    assert [str(entry.S) for entry in entries] == ["/TOCI"] * 3
    assert shape(entries[0], depth=2) == ["TOCI", "Reference", ["TOC", "TOCI"]]
    assert len(of_kind(tree, "TOCI")) == 3 + 1 + 40


def test_table_over_several_pages_is_one_table(tree):
    (values, facts) = of_kind(tree, "Table")
    assert [str(kid.S) for kid in kids_of(values)][:2] == ["/Caption", "/THead"]
    assert len(of_kind(values, "THead")) == 1
    assert len(of_kind(values, "TR")) == 2 + 79
    assert len(of_kind(facts, "TR")) == 2


def test_row_higher_than_a_page_is_one_row(tree):
    row = of_kind(of_kind(tree, "Table")[1], "TR")[1]
    assert [str(cell.S) for cell in kids_of(row)] == ["/TH", "/TD"]
    assert len(of_kind(row, "P")) == 12


def test_header_cells_say_what_they_head(tree):
    scopes = [str(cell.A.Scope) for cell in of_kind(of_kind(tree, "Table")[0], "TH")]
    assert scopes == ["/Column"] * 4 + ["/Row"] * 79


def test_paragraph_over_two_pages_is_one_paragraph(tree):
    printed = len(re.findall(r"<p[ >]", pdf_probe.html())) - 1  # the running title is not printed where it stands
    assert len(of_kind(tree, "P")) == printed


def test_lists_are_nested_in_their_items(tree):
    first = next(items for items in of_kind(tree, "L") if items.get("/A") is not None)
    assert shape(first) == [
        "L",
        [
            "LI",
            "Lbl",
            ["LBody", ["L", ["LI", "Lbl", "LBody"], ["LI", "Lbl", ["LBody", ["L", ["LI", "Lbl", "LBody"]]]]]],
        ],
        ["LI", "Lbl", ["LBody", "P", "P"]],
    ]
    assert str(first.A.ListNumbering) == "/Disc"


def test_terms_stand_beside_their_descriptions(tree):
    terms = of_kind(tree, "L")[-1]
    assert shape(terms) == ["L", ["LI", "Lbl", "LBody", "LBody"], ["LI", "Lbl", "LBody"]]


def test_figures_say_what_they_show_and_decoration_is_silent(tree):
    assert [str(figure.Alt) for figure in of_kind(tree, "Figure")] == [
        "Zwei Balken. Der zweite ist doppelt so lang.",
        "Ein Quadrat",
    ]


def test_figures_say_where_they_stand(tree, document):
    figure = of_kind(tree, "Figure")[0]
    left, bottom, right, top = (float(edge) for edge in figure.A.BBox)
    assert right - left == pytest.approx(283.5, abs=1)  # 100 mm
    assert top - bottom == pytest.approx(141.7, abs=1)
    assert 0 < bottom < top < float(document.pages[0].MediaBox[3])


def test_links_say_where_they_lead(document, settings):
    said = {str(note.Contents) for page in document.pages for note in page.get("/Annots", ())}
    assert {"Zum Abschnitt „Tafeln“", "https://example.org/ziel", f"{settings.PORTAL_URL}/agenda/"} <= said
    assert not [text for text in said if text.startswith("abschnitt")]


def test_same_content_gives_the_same_file(probe):
    assert pdf_probe.made(pdf_probe.html()).sha256 == probe.sha256


@pytest.mark.parametrize(
    "url", ["https://example.org/bild.png", "file:///etc/passwd", "/static/gibt-es-nicht.png", "/medien/weg.png", "/x"]
)
def test_document_that_asks_for_a_foreign_or_missing_file_is_refused(url):
    with pytest.raises(pdf.PdfError, match="im Portal nicht gibt"):
        pdf_probe.made(pdf_probe.content(f'<img src="{url}" alt="Bild">'))


@pytest.mark.parametrize(
    "url", ["/static/../portal/settings.py", "/medien/../../etc/passwd", "/static/%2e%2e/manage.py"]
)
def test_nothing_outside_the_folders_is_read(url, settings):
    with pytest.raises(pdf.PdfError):
        pdf_probe.made(pdf_probe.content(f'<img src="{url}" alt="Bild">'))


def test_uploaded_image_is_printed(settings):
    path = settings.MEDIA_ROOT / "bilder" / "haus.svg"
    path.parent.mkdir(parents=True)
    path.write_text('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>')
    assert pdf_probe.made(pdf_probe.content('<img src="/medien/bilder/haus.svg" alt="Haus">')).pages == 3


def test_figure_without_text_is_refused():
    with pytest.raises(pdf.PdfError, match="Abbildung auf Seite 3 fehlt der beschreibende Text"):
        pdf_probe.made(pdf_probe.content('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"></svg>'))


def test_document_without_language_or_title_is_refused():
    with pytest.raises(pdf.PdfError, match=r"Der Titel fehlt\. Die Sprache fehlt\. Es gibt keine Struktur\."):
        pdf_probe.made("<html><body></body></html>")


def test_fault_of_the_layout_engine_is_told_without_technical_words(caplog):
    with pytest.raises(pdf.PdfError, match="Die Seiten konnten nicht gesetzt werden"):
        pdf.lay_out(None)  # type: ignore[arg-type]
