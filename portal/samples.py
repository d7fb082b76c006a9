"""One of everything: what the page of building blocks shows to staff and to the tests that look at it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.paginator import Paginator

from portal.shared.home import Step

TOPICS = [("", "Bitte wählen"), ("seite", "Barriere auf einer Seite"), ("dokument", "Barriere in einem Dokument")]


class SampleForm(forms.Form):
    """Every kind of field once; never sent anywhere."""

    name = forms.CharField(label="Name", widget=forms.TextInput(attrs={"autocomplete": "name"}))
    email = forms.EmailField(
        label="E-Mail-Adresse",
        help_text="Nur für Rückfragen zu dieser Meldung.",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    topic = forms.ChoiceField(label="Thema", choices=TOPICS)
    urgency = forms.ChoiceField(
        label="Dringlichkeit", widget=forms.RadioSelect, choices=[("normal", "normal"), ("hoch", "hoch")]
    )
    ways = forms.MultipleChoiceField(
        label="Wie dürfen wir antworten?",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[("mail", "E-Mail"), ("telefon", "Telefon")],
    )
    text = forms.CharField(label="Ihre Nachricht", widget=forms.Textarea, required=False)
    attachment = forms.FileField(label="Datei", required=False)
    is_read = forms.BooleanField(label="Ich habe den Hinweis zum Datenschutz gelesen.")


class SampleFilterForm(forms.Form):
    """A filter as a list page has one."""

    prefix = "auswahl"
    text = forms.CharField(label="Suchwort", required=False)
    topic = forms.ChoiceField(label="Thema", required=False, choices=[("", "alle"), *TOPICS[1:]])


def parts() -> dict[str, Any]:
    """Context of `portal/bausteine.html`; always the same."""
    return {
        "alerts": ["info", "success", "warning", "danger"],
        "badges": [
            ("geplant", "info"),
            ("laufend", "success"),
            ("in Verzug", "warning"),
            ("gestoppt", "danger"),
            ("Entwurf", "neutral"),
        ],
        "breadcrumb": [("Verwaltung", "/verwaltung/"), ("Bausteine", "")],
        "steps": [
            Step("Ist-Stand", 84, "#faden", "Kennzahlen und Befunde mit Quelle und Datum."),
            Step("Herausforderungen", 12, "#faden", "Was gelöst werden muss."),
            Step("Maßnahmenpakete", 9, "#faden", "Was kurz-, mittel- und langfristig zu tun ist."),
            Step("Projekte", 1031, "#faden", "Wer was bis wann umsetzt."),
        ],
        "facts": [("Federführung", "Amt für Digitalisierung"), ("Laufzeit", "2026 bis 2028")],
        "milestones": _milestones(),
        "form": SampleForm(),
        "invalid": SampleForm({"email": "keine Adresse"}, prefix="falsch"),
        "filter_form": SampleFilterForm({"auswahl-text": "Glasfaser", "auswahl-topic": "seite"}),
        "page": Paginator(range(200), 10).get_page(7),
        "dated_on": date(2026, 9, 30),
    }


def _milestones() -> list[dict[str, Any]]:
    return [
        {"title": "Vergabe abgeschlossen", "date": date(2026, 3, 31), "state": "done", "state_label": "erreicht"},
        {
            "title": "Probebetrieb in drei Ämtern",
            "date": date(2026, 12, 1),
            "text": "Mit Schulung.",
            "state_label": "offen",
        },
        {"title": "Zweiter Standort", "date": "2027", "state": "dropped", "state_label": "entfallen"},
    ]
