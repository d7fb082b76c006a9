"""The building blocks: their options, what they say to assistive technology, and that they stay one of a kind."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.paginator import Paginator
from django.template import Context, Template, TemplateSyntaxError
from django.test import RequestFactory

from portal.components import COMPONENTS, active_filters
from portal.samples import SampleFilterForm, parts
from tests.client import check_page

ROOT = Path(__file__).resolve().parent.parent.parent


def render(source: str, path: str = "/", **values) -> str:
    request = RequestFactory().get(path)
    return " ".join(Template(source).render(Context({"request": request, **values})).split())


def test_every_component_has_a_template_a_place_on_the_page_and_a_line_in_the_manual():
    page = (ROOT / "templates/portal/bausteine.html").read_text() + (ROOT / "templates/base.html").read_text()
    page += (ROOT / "templates/components/form.html").read_text()
    manual = (ROOT / "docs/bausteine.md").read_text()
    for component in COMPONENTS:
        assert (ROOT / f"templates/components/{component.name}.html").is_file()
        assert f"{{% {component.name} " in page, component.name
        assert f"{{% {component.name} " in manual, component.name


def test_every_template_of_a_component_belongs_to_one():
    names = {path.stem for path in (ROOT / "templates/components").glob("[a-z]*.html")}
    # Django's form renderer finds these two by the names in portal.shared.forms.
    assert names - {"form", "field"} == {component.name for component in COMPONENTS}


def test_component_with_an_unknown_option_says_what_it_knows():
    with pytest.raises(TemplateSyntaxError, match=r"badge.*colour.*icon.*kind.*label"):
        render('{% badge "x" colour="red" %}')


def test_component_with_too_many_values_refuses():
    with pytest.raises(TemplateSyntaxError, match="does not know"):
        render('{% badge "x" "y" %}')


def test_component_without_what_it_needs_refuses():
    with pytest.raises(TemplateSyntaxError, match="needs"):
        render("{% stat 3 %}")


def test_component_does_not_see_the_variables_of_the_page():
    assert "fremd" not in render('{% card "Titel" %}{% endcard %}', text="fremd", url="/fremd/")


def test_component_escapes_what_people_wrote():
    assert "&lt;script&gt;" in render("{% badge label %}", label="<script>")


def test_card_with_address_is_one_link():
    html = render('{% card "Titel" url="/p/" %}{% endcard %}')
    assert html.count("<a ") == 1
    assert 'kern-card--interactive"' in html


def test_card_without_address_is_no_link():
    assert "<a " not in render('{% card "Titel" %}<p>mehr</p>{% endcard %}')


def test_badge_neutral_has_no_meaning_of_feedback():
    assert "kern-badge--" not in render('{% badge "Entwurf" kind="neutral" %}')


@pytest.mark.parametrize(
    ("level", "kind"), [("error", "danger"), ("success", "success"), ("debug", "info"), ("", "info")]
)
def test_alert_kind_of_a_message(level, kind):
    assert render("{{ level|alert_kind }}", level=level) == kind


def test_breadcrumb_marks_the_page_itself():
    html = render("{% breadcrumb items %}", items=[("Agenda", "/agenda/"), ("Projekt", "")])
    assert '<span aria-current="page">Projekt</span>' in html
    assert '<a href="/agenda/">Agenda</a>' in html


def test_pagination_keeps_the_rest_of_the_address():
    page = Paginator(range(100), 10).get_page(5)
    html = render("{% pagination page %}", "/?status=laufend&page=5", page=page)
    assert 'href="?status=laufend&amp;page=6"' in html
    assert html.count('aria-current="page"') == 1


def test_pagination_of_one_page_is_nothing():
    assert render("{% pagination page %}", page=Paginator(range(3), 10).get_page(1)) == ""


@pytest.mark.parametrize(("number", "missing"), [(1, 'rel="prev"'), (10, 'rel="next"')])
def test_pagination_ends_at_its_ends(number, missing):
    assert missing not in render("{% pagination page %}", page=Paginator(range(100), 10).get_page(number))


def test_fact_without_content_is_left_out():
    html = render(
        '{% description_list %}{% fact "Leer" %} {% endfact %}{% fact "Da" %}x{% endfact %}{% enddescription_list %}'
    )
    assert "Leer" not in html
    assert "<dt>Da</dt>" in html


@pytest.mark.parametrize(("value", "maximum", "share"), [(3, 7, 43), (9, 7, 100), (0, 0, 0), (-1, 7, 0)])
def test_progress_stays_between_nothing_and_all(value, maximum, share):
    html = render("{% progress 'Stand' value maximum=maximum %}", value=value, maximum=maximum)
    assert f'value="{share}"' in html
    assert f"{share} %" in html


def test_thread_writes_a_count_only_where_something_is_counted():
    steps = [
        {"label": "A", "count": None, "url": "", "text": ""},
        {"label": "B", "count": 1200, "url": "/b/", "text": "t"},
    ]
    html = render("{% thread steps current='B' %}", steps=steps)
    assert html.count("thread__count") == 1
    assert "1.200" in html
    assert '<li class="is-current" aria-current="step">' in html


def test_timeline_takes_a_day_or_words():
    items = [{"title": "A", "date": date(2026, 3, 31)}, {"title": "B", "date": "Frühjahr 2027"}]
    html = render("{% timeline items %}", items=items)
    assert "31. März 2026" in html
    assert "Frühjahr 2027" in html


def test_icon_without_words_is_silent():
    assert 'aria-hidden="true"' in render('{% icon "search" %}')
    assert 'role="img" aria-label="Suche"' in render('{% icon "search" label="Suche" size="small" %}')


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1031, "1.031"),
        (100, "100"),
        (Decimal("12345.60"), "12.345,6"),
        (Decimal("-2.5"), "−2,5"),
        (1e6, "1.000.000"),
        (None, ""),
        ("", ""),
    ],
)
def test_number_is_written_in_german(value, text):
    assert render("{{ value|number }}", value=value) == text


def test_number_with_fixed_places():
    assert render("{{ value|number:1 }}", value=Decimal(3)) == "3,0"


def test_filter_names_what_was_chosen_and_how_to_undo_it():
    request = RequestFactory().get("/p/?auswahl-text=Glas&auswahl-topic=seite&page=3")
    chips = active_filters(SampleFilterForm(request.GET), request.GET)
    assert chips == [
        {"name": "Suchwort", "value": "Glas", "url": "?auswahl-topic=seite"},
        {"name": "Thema", "value": "Barriere auf einer Seite", "url": "?auswahl-text=Glas"},
    ]


@pytest.mark.parametrize(("count", "word"), [(0, "Projekte"), (1, "Projekt"), (1200, "Projekte")])
def test_filter_counts_its_hits(count, word):
    html = render(
        '{% filter_bar form count=count singular="Projekt" plural="Projekte" %}{% endfilter_bar %}',
        form=SampleFilterForm(),
        count=count,
    )
    assert f"</strong> {word}</p>" in html
    assert "Zurücksetzen" not in html


def test_page_of_building_blocks_is_clean():
    html = Template('{% include "portal/bausteine.html" %}').render(
        Context({"request": RequestFactory().get("/"), **parts()})
    )
    check_page(html)
    assert html.count("<h1>") == 1


@pytest.mark.parametrize("status", [400, 403, 404, 500])
def test_error_page_needs_no_context(status):
    html = Template(f'{{% include "{status}.html" %}}').render(Context())
    check_page(html)
    assert f"Fehler {status}" in html
    assert 'id="inhalt"' in html


def test_crumbs_pair_labels_with_addresses():
    html = render("{% crumbs 'Aktuelles' '/aktuelles/' titel as trail %}{% breadcrumb trail %}", titel="Meldung")
    assert '<a href="/aktuelles/">Aktuelles</a>' in html
    assert '<span aria-current="page">Meldung</span>' in html
