"""Reading files with the line of everything in them: JSON objects and CSV rows, refused in plain German."""

from __future__ import annotations

import csv
import json
from bisect import bisect_left
from decimal import Decimal
from io import StringIO
from json import decoder, scanner
from typing import TYPE_CHECKING, Any

from portal.shared.importing.entries import Entry
from portal.shared.importing.faults import Where

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from portal.shared.importing.faults import Faults

BOM = b"\xef\xbb\xbf"
SAVE_AS = "Bitte speichern Sie die Datei als „UTF-8“ ohne Signatur (BOM)."
TOO_BIG = 20_000_000


class Located(dict[str, Any]):
    """A JSON object that knows its line and which keys it names twice."""

    line: int = 1
    doubled: tuple[str, ...] = ()


def _object(pairs: list[tuple[str, Any]]) -> Located:
    found = Located(pairs)
    names = [name for name, _value in pairs]
    found.doubled = tuple(sorted({name for name in names if names.count(name) > 1}))
    return found


class _LocatingDecoder(json.JSONDecoder):
    """The standard decoder in its pure Python form, which can be asked where an object begins."""

    def __init__(self, text: str) -> None:
        super().__init__(object_pairs_hook=_object, parse_float=Decimal, parse_constant=_no_constant)
        self._breaks = [position for position, letter in enumerate(text) if letter == "\n"]
        self.parse_object = self._located
        self.scan_once = scanner.py_make_scanner(self)  # type: ignore[attr-defined]

    def _located(self, state: tuple[str, int], *arguments: Any) -> tuple[Located, int]:
        found, end = decoder.JSONObject(state, *arguments)  # type: ignore[attr-defined]
        found.line = bisect_left(self._breaks, state[1]) + 1
        return found, end


def _no_constant(name: str) -> None:
    raise ValueError(f"„{name}“ ist keine Zahl.")


def read_json(path: Path, faults: Faults) -> Entry | None:
    """The object a JSON file holds, or None with the faults noted. Numbers with a point are Decimal."""
    text = _text(path, faults)
    if text is None:
        return None
    where = Where(path.name, 1)
    try:
        found = _LocatingDecoder(text).decode(text)
    except json.JSONDecodeError as error:
        reason = f"Kein gültiges JSON (Spalte {error.colno}: {error.msg})."
        faults.add(Where(path.name, error.lineno), "", reason)
        return None
    except (ValueError, RecursionError) as error:
        faults.add(where, "", f"Kein lesbares JSON ({error}).")
        return None
    if not isinstance(found, Located):
        faults.add(where, "", "Die Datei muss ein Objekt in geschweiften Klammern enthalten.")
        return None
    return Entry(found, Where(path.name, found.line), faults)


def read_csv(path: Path, columns: Sequence[str], faults: Faults) -> list[Entry]:
    """The rows of a CSV file (UTF-8, comma, these columns), each with the line where it begins."""
    text = _text(path, faults)
    if text is None:
        return []
    reader = csv.reader(StringIO(text, newline=""), strict=True)
    rows: list[tuple[int, list[str]]] = []
    start = 1
    try:
        for cells in reader:
            rows.append((start, cells))
            start = reader.line_num + 1
    except csv.Error as error:
        faults.add(Where(path.name, reader.line_num), "", f"Keine gültige CSV-Zeile ({error}).")
        return []
    if not rows or not _has_columns(rows[0][1], columns, Where(path.name, 1), faults):
        return []
    return _entries(path.name, rows[1:], columns, faults)


def _entries(file: str, rows: list[tuple[int, list[str]]], columns: Sequence[str], faults: Faults) -> list[Entry]:
    entries = []
    for line, cells in rows:
        where = Where(file, line)
        if len(cells) == len(columns):
            entries.append(Entry(dict(zip(columns, cells, strict=True)), where, faults))
        elif cells:
            faults.add(where, "", f"Die Zeile hat {len(cells)} Spalten statt {len(columns)}.")
    return entries


def _has_columns(head: list[str], columns: Sequence[str], where: Where, faults: Faults) -> bool:
    if head == list(columns):
        return True
    if len(head) == 1 and ";" in head[0]:
        faults.add(where, "", "Die Spalten sind mit Semikolon getrennt; erwartet wird ein Komma.")
        return False
    missing = [name for name in columns if name not in head]
    extra = [name for name in head if name not in columns]
    if missing:
        faults.add(where, "", f"Es fehlen Spalten: {', '.join(missing)}.")
    if extra:
        faults.add(where, "", f"Unbekannte Spalten: {', '.join(extra)}.")
    if not missing and not extra:
        faults.add(where, "", f"Die Spalten müssen in dieser Reihenfolge stehen: {', '.join(columns)}.")
    return False


def _text(path: Path, faults: Faults) -> str | None:
    where = Where(path.name, 1)
    try:
        raw = path.read_bytes()
    except OSError as error:
        faults.add(where, "", f"Die Datei lässt sich nicht lesen ({error.strerror}).")
        return None
    if len(raw) > TOO_BIG:
        faults.add(where, "", "Die Datei ist größer als 20 MB.")
        return None
    if raw.startswith(BOM) or raw[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        faults.add(where, "", f"Die Datei beginnt mit einer Unicode-Signatur. {SAVE_AS}")
        return None
    return _decoded(raw, path.name, faults)


def _decoded(raw: bytes, file: str, faults: Faults) -> str | None:
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        reason = f"Die Datei ist nicht in UTF-8 geschrieben, vermutlich in Latin-1 oder Windows-1252. {SAVE_AS}"
        faults.add(Where(file, line), "", reason)
        return None
    if not text.strip():
        faults.add(Where(file, 1), "", "Die Datei ist leer.")
        return None
    return text
