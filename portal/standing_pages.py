"""Standing pages every portal needs from the first day, and messages that show what Aktuelles looks like.

The texts lie in `data/seiten/`. Loading again brings them up to date; what a person changed stays as it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.db import transaction

from portal.models import News, Page
from portal.shared import publishing

if TYPE_CHECKING:
    from datetime import datetime

TEXTS = Path(__file__).resolve().parent / "data" / "seiten"
REASON = "Mitgelieferter Text geladen"
# What the loader itself leaves behind in the history; publishing writes the second one.
OWN_REASONS = {REASON, "Veröffentlicht"}
WRITTEN_ON = date(2026, 11, 23)


@dataclass(frozen=True)
class Text:
    """One page or message: its key, and its fields but the body."""

    model: type[Page | News]
    slug: str
    fields: dict[str, Any]

    def values(self) -> dict[str, Any]:
        """All fields as they will be stored."""
        body = (TEXTS / f"{self.slug}.html").read_text(encoding="utf-8")
        field: Any = self.model._meta.get_field("body")
        return {**self.fields, "body": field.sanitize(body)}


def _page(slug: str, title: str, lead: str, **fields: Any) -> Text:
    return Text(Page, slug, {"title": title, "lead": lead, "is_in_footer": True, "reviewed_on": None} | fields)


def _news(slug: str, title: str, teaser: str, dated_on: date) -> Text:
    return Text(News, slug, {"title": title, "teaser": teaser, "dated_on": dated_on})


CONTENT = (
    _page("impressum", "Impressum", "Wer für diese Seiten verantwortlich ist.", order=10),
    _page(
        "datenschutz", "Datenschutz", "Welche Daten dieses Portal verarbeitet und welche Rechte Sie haben.", order=20
    ),
    _page(
        "barrierefreiheit",
        "Erklärung zur Barrierefreiheit",
        "Was auf diesen Seiten barrierefrei ist, was noch nicht, und wer Ihnen weiterhilft.",
        order=30,
        reviewed_on=WRITTEN_ON,
    ),
    _page("barriere-melden", "Barriere melden", "Sagen Sie uns, wo Sie nicht weiterkommen.", order=40),
    _page("leichte-sprache", "Leichte Sprache", "Das Wichtigste in einfachen Sätzen.", order=50),
    _page("gebaerdensprache", "Gebärdensprache", "Inhalte in Deutscher Gebärdensprache (DGS).", order=60),
    _page("ueber-uns", "Über uns", "Was das Digitalisierungszentrum tut.", order=70),
    _news(
        "beispielmeldung-portal",
        "Beispielmeldung: Das Portal ist eingerichtet",
        "Das Portal zeigt, was im Landkreis digital geplant ist und wie weit es ist.",
        date(2026, 11, 23),
    ),
    _news(
        "beispielmeldung-mitlesen",
        "Beispielmeldung: Vom Befund zum Projekt",
        "Jedes Projekt nennt den Befund, aus dem es entstanden ist.",
        date(2026, 11, 16),
    ),
    _news(
        "beispielmeldung-barrieren",
        "Beispielmeldung: Barrieren melden",
        "So sagen Sie uns, wo Sie nicht weiterkommen.",
        date(2026, 11, 9),
    ),
)


@transaction.atomic
def load(at: datetime) -> list[str]:
    """Write and publish what is missing or outdated; say which slugs were written."""
    return [text.slug for text in CONTENT if _load(text, at=at)]


def _load(text: Text, *, at: datetime) -> bool:
    if _belongs_to_a_person(text):
        return False
    values = text.values()
    row = text.model._default_manager.filter(slug=text.slug).first() or text.model(slug=text.slug)
    if row.pk and all(getattr(row, name) == value for name, value in values.items()):
        return False
    for name, value in values.items():
        setattr(row, name, value)
    row.full_clean()
    row._change_reason = REASON  # type: ignore[union-attr]
    row.save()
    publishing.publish(row, by=None, at=at)
    return True


def _belongs_to_a_person(text: Text) -> bool:
    """Whether somebody changed, withdrew, renamed or deleted this row after the loader wrote it."""
    history: Any = text.model.history
    ids = history.filter(slug=text.slug).values("id")
    latest = history.filter(id__in=ids).order_by("history_date", "history_id").last()
    return latest is not None and (
        latest.history_user_id is not None or latest.history_change_reason not in OWN_REASONS
    )
