"""Broken database rules as sentences: what a person reads when a constraint or trigger refuses a change."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from django.apps import apps

if TYPE_CHECKING:
    from django.db import IntegrityError

UNKNOWN = "Die Daten passen so nicht zusammen. Bitte prüfen Sie Ihre Eingaben."
STILL_USED = "Der Eintrag wird noch an anderer Stelle verwendet und kann nicht gelöscht werden."


def constraint_name(error: IntegrityError) -> str:
    """The name of the broken constraint, or an empty string."""
    diagnostics = getattr(error.__cause__, "diag", None)
    return getattr(diagnostics, "constraint_name", None) or ""


def message(error: IntegrityError) -> str:
    """The German sentence for a broken rule: the constraint's own, or the one the trigger raised."""
    name = constraint_name(error)
    if sentence := _sentences().get(name):
        return sentence
    if getattr(error.__cause__, "sqlstate", "") == "23514":  # a trigger of ours speaks German itself
        return getattr(error.__cause__.diag, "message_primary", None) or UNKNOWN  # type: ignore[union-attr]
    if getattr(error.__cause__, "sqlstate", "") in {"23503", "23001"}:
        return STILL_USED
    return UNKNOWN


@cache
def _sentences() -> dict[str, str]:
    return {
        constraint.name: str(constraint.violation_error_message)
        for model in apps.get_models()
        for constraint in model._meta.constraints
        if constraint.violation_error_code is not None or constraint.violation_error_message
    }
