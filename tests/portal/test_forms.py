"""The look of forms: what a field tells a screen reader, and that the administration keeps its own."""

from __future__ import annotations

import pytest
from django import forms
from django.template import Context, Template
from django.test import RequestFactory

from portal.models import Topic
from portal.samples import SampleForm
from tests.factories import TopicFactory, UserFactory


def html(form: forms.Form) -> str:
    return " ".join(str(form).split())


def test_field_ties_hint_and_error_to_the_control():
    page = html(SampleForm({}))
    assert 'id="id_email_helptext"' in page
    assert 'id="id_email_error"' in page
    assert 'aria-describedby="id_email_helptext id_email_error"' in page
    assert 'aria-invalid="true"' in page


def test_error_summary_leads_to_the_fields():
    page = html(SampleForm({}))
    assert '<a href="#id_name">Name: Dieses Feld ist zwingend erforderlich.</a>' in page
    assert '<a href="#id_urgency_0">' in page
    assert 'role="alert" tabindex="-1" autofocus' in page


def test_error_summary_is_absent_without_errors():
    assert "error-summary" not in html(SampleForm())


def test_error_summary_also_tells_what_belongs_to_no_field():
    form = SampleForm({})
    form.add_error(None, "Beides zusammen geht nicht.")
    assert "<li>Beides zusammen geht nicht.</li>" in html(form)


def test_group_of_choices_is_a_fieldset_with_a_legend():
    page = html(SampleForm())
    assert '<legend class="kern-label">Dringlichkeit</legend>' in page
    assert page.count('class="kern-form-check__radio"') == 2
    assert page.count('class="kern-form-check__checkbox"') == 3


def test_optional_field_is_marked():
    assert page_of_label("Ihre Nachricht") == "– optional"
    assert page_of_label("Name") == ""


def page_of_label(label: str) -> str:
    after = html(SampleForm()).split(f">{label}", 1)[1].split("</label>", 1)[0]
    return after.replace('<span class="kern-label__optional">', "").replace("</span>", "").strip()


def test_form_without_required_fields_marks_none():
    class Filter(forms.Form):
        text = forms.CharField(required=False)

    assert "optional" not in html(Filter())


def test_select_stands_in_its_wrapper_and_keeps_its_own_class():
    class Own(forms.Form):
        topic = forms.ChoiceField(choices=[("a", "A")], widget=forms.Select(attrs={"class": "eigen"}))

    assert (
        '<div class="kern-form-input__select-wrapper"><select name="topic" class="kern-form-input__select eigen"'
        in html(Own())
    )


def test_field_of_several_controls_dresses_each():
    class Span(forms.Form):
        moment = forms.SplitDateTimeField(label="Zeitpunkt")

    assert html(Span()).count('class="kern-form-input__input"') == 2


@pytest.mark.django_db
def test_filter_by_rows_names_the_row():
    topic = TopicFactory()

    class Filter(forms.Form):
        topic = forms.ModelChoiceField(Topic.objects.all(), required=False, label="Thema")
        topics = forms.ModelMultipleChoiceField(Topic.objects.all(), required=False, label="Themen")

    source = "{% filter_bar form count=1 %}{% endfilter_bar %}"
    request = RequestFactory().get("/", {"topic": topic.pk, "topics": topic.pk})
    page = Template(source).render(Context({"request": request, "form": Filter(request.GET)}))
    assert f"Thema: {topic}" in page
    assert f"Themen: {topic}" in page
    assert f'href="/?topics={topic.pk}"' in page


@pytest.mark.django_db
def test_administration_keeps_its_own_fields(client, settings):
    settings.STAFF_NEEDS_SECOND_FACTOR = False
    client.force_login(UserFactory(is_superuser=True), backend="django.contrib.auth.backends.ModelBackend")
    page = client.post("/verwaltung/auth/group/add/", {"name": ""}).content.decode()
    assert 'class="vTextField' in page
    assert 'class="errorlist"' in page
    assert "kern-" not in page
