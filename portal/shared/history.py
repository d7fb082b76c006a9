"""History: every change to content is kept with who and when, and can be compared and restored."""

from __future__ import annotations

from typing import Any

from simple_history.models import HistoricalRecords


def kept_history(**options: Any) -> HistoricalRecords:
    """The project's history table for a model: `history = kept_history(m2m_fields=[…])`.

    Rows are removed only together with the retention of the model they belong to.
    """
    return HistoricalRecords(
        custom_model_name=lambda name: f"{name}Version",
        verbose_name="Fassung",
        verbose_name_plural="Fassungen",
        **options,
    )
