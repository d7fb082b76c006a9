"""What a department wants to be there: rows by key, and the contents that bring them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

    from django.db import models

    from portal.shared.importing.faults import Faults, Where


@dataclass(eq=False)
class Row:
    """One row that is to be there.

    `key` names the fields by which it is found again, `values` the others, `many` its many-to-many relations. Where
    a relation is meant, another `Row` stands for the row it becomes. `is_public` asks for publication afterwards.
    """

    model: type[models.Model]
    key: dict[str, Any]
    where: Where
    values: dict[str, Any] = field(default_factory=dict)
    many: dict[str, list[Row]] = field(default_factory=dict)
    is_public: bool = False


@dataclass(frozen=True)
class InputFile:
    """A file of a content: the option that names another one, the file used otherwise, and what is in it."""

    option: str
    default: Path
    label: str


class Finish(Protocol):
    """Acts that follow once all rows are there and public, in the same transaction; harmless when repeated."""

    def __call__(self, *, at: datetime) -> None: ...


@dataclass(frozen=True, kw_only=True)
class Content:
    """What one department loads. Where a row of `anchor` exists, the portal is no longer empty.

    A content may have no files, when its rows stand in the code, and no anchor, when they belong to every portal.
    `plan` turns the files (by option) into rows; it is given the rows of the contents before.
    """

    name: str
    order: int
    plan: Callable[[Mapping[str, Path], Sequence[Row], Faults], list[Row]]
    anchor: type[models.Model] | None = None
    files: tuple[InputFile, ...] = ()
    finish: Finish | None = None


_contents: dict[str, Content] = {}


def register(content: Content) -> None:
    """Take part in loading."""
    _contents[content.name] = content


def contents() -> list[Content]:
    """All contents, those first on which others stand."""
    return sorted(_contents.values(), key=lambda content: content.order)
