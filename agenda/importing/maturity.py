"""Reading the maturity: criteria, one round of assessment, and the level of each field in the county as a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from agenda import rounds
from agenda.importing.book import check_label
from agenda.models import Assessment, AssessmentRound, Criterion, CriterionRating
from agenda.models.assessment import MAX_LEVEL
from portal.shared.importing import REASON, Row

if TYPE_CHECKING:
    from datetime import datetime

    from agenda.importing.book import Book
    from portal.shared.importing import Entry

Applicability = Assessment.Applicability
APPLICABILITIES = {str(choice.value): choice for choice in Applicability}
LEVELS = MAX_LEVEL + 1


def read(top: Entry, book: Book) -> None:
    """The whole file."""
    check_label(top)
    top.text("notice")
    criteria: dict[str, Row] = {}
    for entry in top.entries("criteria", least=1):
        book.know(entry, criteria, _criterion(entry, book))
        entry.close()
    round_ = book.add(_round(top.entry("round"), book, criteria))
    for entry in top.entries("assessments", least=1):
        _assessment(entry, book, round_, criteria)
    top.close()


def finish(*, at: datetime) -> None:  # noqa: ARG001  the contract's signature; rounds keep no moment
    """Close and publish the rounds that the load has made; those of people stay as they are."""
    made = AssessmentRound.history.filter(history_type="+", history_change_reason=REASON)
    for round_ in AssessmentRound.objects.filter(pk__in=made.values("id"), state=AssessmentRound.State.OPEN):
        rounds.publish(rounds.close(round_, by=None), by=None)


def _criterion(entry: Entry, book: Book) -> Row:
    levels = entry.texts("levels")
    if len(levels) != LEVELS:
        entry.fault("levels", f"Erwartet werden {LEVELS} Stufen, von 0 bis {MAX_LEVEL}.")
    values: dict[str, Any] = {
        "field": entry.one_of("field", book.fields),
        "question": entry.text("question"),
        "guidance": entry.text("guidance", blank=True),
        "weight": entry.whole("weight", least=1, most=9),
        "valid_from": entry.day("valid_from"),
        **{f"level_{number}": text for number, text in enumerate(levels[:LEVELS])},
    }
    return Row(Criterion, {"code": entry.text("id")}, entry.where, values)


def _round(entry: Entry, book: Book, criteria: dict[str, Row]) -> Row:
    key = {"agenda": book.agenda, "reference_date": entry.day("reference_date")}
    values = {"title": entry.text("title"), "method": entry.text("method")}
    entry.close()
    return Row(AssessmentRound, key, entry.where, values, many={"criteria": list(criteria.values())})


def _assessment(entry: Entry, book: Book, round_: Row, criteria: dict[str, Row]) -> None:
    field = entry.one_of("field", book.fields)
    applicability = entry.one_of("applicability", APPLICABILITIES)
    is_assessed = applicability == Applicability.ASSESSED
    values = {
        "applicability": applicability,
        **_levels(entry, is_assessed=is_assessed),
        "target_note": entry.text("target_note", blank=True),
        "summary": entry.text("summary"),
        "strengths": entry.text("strengths", blank=True),
        "gaps": entry.text("gaps", blank=True),
        "assessor": entry.text("assessor", blank=True),
        "status": Assessment.Status.CONFIRMED,
    }
    key = {"round": round_, "field": field, "municipality": None}
    row = book.add(Row(Assessment, key, entry.where, values))
    ratings = entry.entries("ratings")
    if ratings and not is_assessed:
        entry.fault("ratings", "Stufen je Kriterium gehören nur zu einer Einschätzung.")
    for rating in ratings:
        _rating(rating, book, row, criteria)
    entry.close()


def _levels(entry: Entry, *, is_assessed: bool) -> dict[str, int | None]:
    fields = {"current_level": MAX_LEVEL, "target_level": MAX_LEVEL, "target_year": 2100}
    least = {"target_year": 2000}
    if is_assessed:
        return {name: entry.whole(name, least=least.get(name, 0), most=most) for name, most in fields.items()}
    for name in fields:
        if entry.number_or_none(name) is not None:
            entry.fault(name, "Eine Stufe gehört genau dann dazu, wenn eingeschätzt wurde; sonst steht hier null.")
    return dict.fromkeys(fields)


def _rating(entry: Entry, book: Book, assessment: Row, criteria: dict[str, Row]) -> None:
    criterion = entry.one_of("criterion", criteria)
    if criterion is not None and criterion.values["field"] is not assessment.key["field"]:
        entry.fault("criterion", "Dieses Kriterium gehört zu einem anderen Handlungsfeld.")
    values = {"level": entry.whole("level", least=0, most=MAX_LEVEL), "rationale": entry.text("rationale")}
    book.add(Row(CriterionRating, {"assessment": assessment, "criterion": criterion}, entry.where, values))
    entry.close()
