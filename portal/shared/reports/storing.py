"""Files of reports: written whole under a temporary name, then moved into place in one step."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from portal.models import Report
from portal.models.reports import report_storage

if TYPE_CHECKING:
    from collections.abc import Iterator

UNFINISHED = ".part"
# Longer than any report takes; what is older belongs to a worker that is gone.
STRAY_AFTER = timedelta(hours=1)


def write_unfinished(name: str, content: bytes) -> Path:
    """Write `content` beside its final place and bring it to the disk; nobody reads it under this name."""
    path = _folder() / f"{name}{UNFINISHED}"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    return path


def move_into_place(path: Path) -> str:
    """Give a whole file its final name, at once; the answer is its name in the storage."""
    final = path.with_name(path.name.removesuffix(UNFINISHED))
    path.replace(final)
    return final.name


def is_there(name: str | None) -> bool:
    """Whether a stored file exists."""
    return bool(name) and (_folder() / str(name)).is_file()


def open_stored(name: str | None) -> BinaryIO:
    """A stored file for reading; raises OSError when it is gone."""
    return (_folder() / str(name)).open("rb")


def remove(name: str) -> None:
    """Delete a stored file; one that is already gone is fine."""
    if name:
        (_folder() / name).unlink(missing_ok=True)


def remove_strays(*, at: datetime) -> int:
    """Delete half files and files that no report names, once they are old enough to belong to nobody."""
    old = [path for path in _files() if _changed_at(path) < at - STRAY_AFTER]
    known = set(Report.objects.filter(file__in=[path.name for path in old]).values_list("file", flat=True))
    strays = [path for path in old if path.name not in known]
    for path in strays:
        path.unlink(missing_ok=True)
    return len(strays)


def _files() -> Iterator[Path]:
    folder = _folder()
    return folder.iterdir() if folder.is_dir() else iter(())


def _changed_at(path: Path) -> datetime:
    return datetime.fromtimestamp(path.stat().st_mtime, tz=UTC)


def _folder() -> Path:
    return Path(report_storage().path(""))
