"""From values to steps of shade: few enough to tell apart, each with the range that it really holds."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from typing import Literal

from portal.shared.figures.drawing import Amount

Method = Literal["quantile", "equal"]
# Shades from light to dark, by how many are needed; the lightest of all is left to „zero steps“, see figures.css.
SHADES = {1: (3,), 2: (1, 4), 3: (1, 3, 5), 4: (1, 2, 4, 5), 5: (1, 2, 3, 4, 5)}
MOST = max(SHADES)


def steps(values: Sequence[Amount | None], *, count: int = MOST, method: Method = "quantile") -> list[int | None]:
    """The step (from 0) of each value; equal values share one, unknown values have none.

    Few different values get one step each. Of more, `quantile` makes steps with about as many values each, `equal`
    steps of equal width; steps that would hold nothing are left out.
    """
    known = sorted(value for value in values if value is not None)
    different = sorted(set(known))
    if len(different) <= count:
        return [None if value is None else bisect_left(different, value) for value in values]
    place = _by_rank(known, count) if method == "quantile" else _by_width(known, count)
    raw = [None if value is None else place(value) for value in values]
    used = sorted({step for step in raw if step is not None})
    return [None if step is None else used.index(step) for step in raw]


def shade(step: int, of: int) -> int:
    """The shade (1 to 5) of a step among `of` steps."""
    return SHADES[of][step]


def _by_rank(known: Sequence[Amount], count: int) -> Callable[[Amount], int]:
    return lambda value: bisect_left(known, value) * count // len(known)


def _by_width(known: Sequence[Amount], count: int) -> Callable[[Amount], int]:
    least, most = float(known[0]), float(known[-1])
    return lambda value: min(count - 1, int((float(value) - least) / (most - least) * count))
