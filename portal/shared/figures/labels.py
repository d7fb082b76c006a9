"""Where names stand on the map: beside the sign of their area, never over another name or sign."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from portal.shared.figures.drawing import width_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SIZE = 22
SIGN = 20  # radius of the sign
GAP = 4

Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Name:
    """Where a name is written: x and y of its baseline, and whether it starts, centres or ends there."""

    x: float
    y: float
    anchor: str
    box: Box


def placed(names: Sequence[str], points: Sequence[tuple[float, float]], *, width: float) -> list[Name | None]:
    """A place for each name below, above, right or left of its point; None where all four are taken.

    Short names choose last: they fit where long ones do not.
    """
    taken: list[Box] = [(x - SIGN, y - SIGN, x + SIGN, y + SIGN) for x, y in points]
    found: dict[int, Name] = {}
    for index in sorted(range(len(names)), key=lambda i: -len(names[i])):
        for name in _candidates(names[index], *points[index]):
            if _fits(name.box, taken, width):
                found[index] = name
                taken.append(name.box)
                break
    return [found.get(index) for index in range(len(names))]


def _candidates(text: str, x: float, y: float) -> Iterator[Name]:
    long, away = width_of(text, SIZE), SIGN + GAP
    below, above, beside = y + away + SIZE * 0.75, y - away, y + SIZE * 0.35
    for left, base, anchor, at in (
        (x - long / 2, below, "middle", x),
        (x - long / 2, above, "middle", x),
        (x + away, beside, "start", x + away),
        (x - away - long, beside, "end", x - away),
    ):
        yield Name(at, base, anchor, (left, base - SIZE * 0.75, left + long, base + SIZE * 0.25))


def _fits(box: Box, taken: Sequence[Box], width: float) -> bool:
    inside = box[0] >= 0 and box[2] <= width
    return inside and not any(
        box[0] < other[2] and other[0] < box[2] and box[1] < other[3] and other[1] < box[3] for other in taken
    )
