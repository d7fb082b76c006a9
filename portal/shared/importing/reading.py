"""Reading files with the line of everything in them: JSON objects and CSV rows, refused in plain German."""

from __future__ import annotations

import csv
import json
from bisect import bisect_left
from decimal import Decimal
from io import StringIO
from json import decoder, scanner
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from portal.shared.importing.entries import Entry
from portal.shared.importing.faults import Where

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from portal.shared.importing.faults import Faults

BOM = b"\xef\xbb\xbf"
SAVE_AS = "Bitte speichern Sie die Datei als „UTF-8“ ohne Signatur (BOM)."
TOO_BIG = 20_000_000
# What the standard parser says, in German.
SLIPS = {
    "Expecting value": "hier fehlt ein Wert",
    "Expecting ',' delimiter": "hier fehlt ein Komma",
    "Expecting ':' delimiter": "hier fehlt ein Doppelpunkt",
    "Expecting property name": "hier fehlt ein Feldname in Anführungszeichen",
    "Illegal trailing comma": "hier steht ein Komma zu viel",
    "Unterminated string": "der Text ist nicht geschlossen",
    "Invalid control character": "ein Zeilenumbruch oder Steuerzeichen mitten im Text",
    "Invalid \\": "ein Rückstrich, der nichts bedeutet",
    "Extra data": "nach dem Ende steht noch etwas",
}


class Located(dict[str, Any]):
    """A JSON object that knows its line, the line of each value, and which keys it names twice."""

    line: int = 1
    lines: Mapping[str, int] = MappingProxyType({})
    names: tuple[str, ...] = ()

    @property
    def doubled(self) -> list[str]:
        """Keys that stand here more than once."""
        return sorted({name for name in self.names if self.names.count(name) > 1})


def _object(pairs: list[tuple[str, Any]]) -> Located:
    found = Located(pairs)
    found.names = tuple(name for name, _value in pairs)
    return found


class _LocatingDecoder(json.JSONDecoder):
    """The standard decoder in its pure Python form, which can be asked where an object begins."""

    def __init__(self, text: str) -> None:
        super().__init__(object_pairs_hook=_object, parse_float=Decimal, parse_constant=_no_constant)
        self._breaks = [position for position, letter in enumerate(text) if letter == "\n"]
        self.parse_object = self._located
        self.scan_once = scanner.py_make_scanner(self)  # type: ignore[attr-defined]

    def _located(self, state: tuple[str, int], strict: Any, scan: Any, *hooks: Any) -> tuple[Located, int]:
        starts: list[int] = []

        def noting(text: str, start: int) -> Any:
            starts.append(start)
            return scan(text, start)

        # The standard parser scans one value for each key, in their order.
        found, end = decoder.JSONObject(state, strict, noting, *hooks)  # type: ignore[attr-defined]
        found.line = self._line(state[1])
        found.lines = dict(zip(found.names, map(self._line, starts), strict=True))
        return found, end

    def _line(self, position: int) -> int:
        return bisect_left(self._breaks, position) + 1


def _no_constant(name: str) -> None:
    raise ValueError(name)


def read_json(path: Path, faults: Faults) -> Entry | None:
    """The object a JSON file holds, or None with the faults noted. Numbers with a point are Decimal."""
    text = _text(path, faults)
    if text is None:
        return None
    where = Where(path.name, 1)
    try:
        found = _LocatingDecoder(text).decode(text)
    except json.JSONDecodeError as error:
        slip = next((german for english, german in SLIPS.items() if error.msg.startswith(english)), "ein Schreibfehler")
        reason = f"Kein gültiges JSON (Spalte {error.colno}: {slip})."
        faults.add(Where(path.name, error.lineno), "", reason)
        return None
    except (ValueError, RecursionError) as error:
        reason = "zu tief verschachtelt" if isinstance(error, RecursionError) else "eine Zahl, die keine ist"
        faults.add(where, "", f"Kein lesbares JSON ({reason}).")
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
    except csv.Error:
        reason = "Keine gültige CSV-Zeile: Bitte prüfen Sie die Anführungszeichen."
        faults.add(Where(path.name, reader.line_num), "", reason)
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
    except FileNotFoundError:
        faults.add(where, "", "Die Datei fehlt.")
        return None
    except OSError:
        faults.add(where, "", "Die Datei lässt sich nicht lesen.")
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
