"""A small agenda in files, for tests that break or change it; the real one is in `agenda/data`."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

from portal.shared.importing import ImportRefusedError, Report, Wishes, load
from tests.factories import NOON

if TYPE_CHECKING:
    from collections.abc import Callable

DATA = Path(__file__).parent / "data"
SMALL = {
    "agenda": "agenda.json",
    "figures": "ist_stand.csv",
    "maturity": "reifegrad.json",
    "municipalities": "gemeinden.csv",
    "boundaries": "grenzen.geojson",
}


def files(folder: Path) -> dict[str, Path]:
    """A copy of the small files in `folder`, by option."""
    for name in SMALL.values():
        shutil.copy(DATA / name, folder / name)
    return {option: folder / name for option, name in SMALL.items()}


def replace(path: Path, old: str, new: str) -> None:
    """Change the file in one place; a text that is not there exactly once would test nothing."""
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} occurs {text.count(old)} times"
    path.write_text(text.replace(old, new), encoding="utf-8")


def change(path: Path, act: Callable[[Any], object]) -> None:
    """Let `act` change the parsed JSON of the file."""
    document = json.loads(path.read_text(encoding="utf-8"))
    act(document)
    path.write_text(json.dumps(document, ensure_ascii=False, indent=1), encoding="utf-8")


def loaded(given: dict[str, Path], **wishes: Any) -> Report:
    """Load these files at noon."""
    return load(Wishes(files=given, **wishes), at=NOON)


def refusal(given: dict[str, Path], **wishes: Any) -> list[str]:
    """The faults for which a load of these files is refused."""
    try:
        loaded(given, **wishes)
    except ImportRefusedError as error:
        return [str(fault) for fault in error.faults]
    return []
