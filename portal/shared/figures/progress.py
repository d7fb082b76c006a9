"""A bar of progress: a share of a hundred, or that nothing is known; never an invented zero."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from portal.shared.figures.drawing import NO_BREAK, UNKNOWN, Data, DataRow, Figure, units

WIDTH = 200
HEIGHT = 12
WHOLE = 100


@dataclass(frozen=True, kw_only=True)
class ProgressBar(Figure):
    """`filled` is empty where nothing is known."""

    template: ClassVar[str] = "figures/progress_bar.svg"

    filled: str
    words: str


def progress_bar(percent: int | None, *, key: str, title: str = "Fortschritt") -> ProgressBar:
    """The share `percent`; what is below 0 or above 100 is drawn as 0 or 100 and written as it is."""
    words = UNKNOWN if percent is None else f"{percent}{NO_BREAK}%"
    return ProgressBar(
        key=key,
        title=title,
        message=f"{words}.",
        width=units(WIDTH),
        height=units(HEIGHT),
        filled="" if percent is None else units(WIDTH * max(0, min(WHOLE, percent)) / WHOLE),
        words=words,
        data=Data(caption=title, columns=(title, "Wert"), rows=(DataRow(head=title, cells=(words,)),)),
    )
