"""An entry of a file: an object or row whose fields are asked for by type; whatever is wrong is noted, not raised."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeVar

from portal.shared.importing.faults import Faults, Where

if TYPE_CHECKING:
    from collections.abc import Mapping


T = TypeVar("T")
ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
PLAIN_NUMBER = re.compile(r"-?\d{1,15}(\.\d{1,3})?")
UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
NO_DAY = date.min
LARGEST = Decimal(10) ** 15
SMALLEST_STEP = -3


class Entry:
    """Asking for a field gives its value, or a harmless empty one together with a fault.

    Fields that nobody asks for are unknown; `close` notes them.
    """

    def __init__(self, values: Mapping[str, Any], where: Where, faults: Faults, *, path: str = "") -> None:
        self.values, self.where, self.faults, self.path = values, where, faults, path
        self._asked: set[str] = set()

    def fault(self, field: str, reason: str) -> None:
        """Note a fault in one of the fields, at its own line where the file tells."""
        line = getattr(self.values, "lines", {}).get(field, self.where.line)
        self.faults.add(Where(self.where.file, line), f"{self.path}{field}", reason)

    def close(self) -> None:
        """Note fields that are unknown or named twice."""
        for field in self.values:
            if field not in self._asked:
                self.fault(field, "Das Feld ist hier unbekannt.")
        for field in getattr(self.values, "doubled", ()):
            self.fault(field, "Das Feld steht hier zweimal.")

    def skip(self, *fields: str) -> None:
        """Accept fields that explain the file and are not loaded."""
        self._asked.update(fields)

    def has(self, field: str) -> bool:
        """Whether the field is there at all."""
        return field in self.values

    def text(self, field: str, *, blank: bool = False) -> str:
        """A line or paragraph; empty only where `blank` allows it."""
        value = self._take(field)
        if value is None:
            return ""
        if not isinstance(value, str):
            self.fault(field, f"Erwartet wird Text, nicht {_kind(value)}.")
            return ""
        return self._writable(field, value.strip(), blank=blank)

    def texts(self, field: str) -> list[str]:
        """A list of texts, each once."""
        values = self._list(field)
        if any(not isinstance(value, str) for value in values):
            self.fault(field, "Erwartet wird eine Liste von Texten.")
            return []
        found = [self._writable(field, value.strip(), blank=False) for value in values]
        if len(set(found)) < len(found):
            self.fault(field, "Ein Eintrag steht mehrfach in der Liste.")
        return found

    def whole(self, field: str, *, least: int, most: int) -> int:
        """A whole number within bounds."""
        number = self.number(field)
        if number != number.to_integral_value() or not least <= number <= most:
            self.fault(field, f"Erwartet wird eine ganze Zahl von {least} bis {most}, nicht {_short(number)}.")
            return least
        return int(number)

    def number(self, field: str) -> Decimal:
        """A number with at most three decimals."""
        found = self.number_or_none(field)
        if found is None and field in self.values and self.values[field] is None:
            self.fault(field, "Erwartet wird eine Zahl, nicht null.")
        return Decimal(0) if found is None else found

    def number_or_none(self, field: str) -> Decimal | None:
        """A number; None where the file says null."""
        if self.values.get(field, "") is None:
            self._asked.add(field)
            return None
        value = self._take(field)
        found = value if isinstance(value, int | Decimal) and not isinstance(value, bool) else None
        if isinstance(value, str) and self._is_row() and PLAIN_NUMBER.fullmatch(value):
            found = Decimal(value)
        if found is None and value is not None:
            hint = "erwartet wird ein Dezimalpunkt, keine Tausenderpunkte" if self._is_row() else _kind(value)
            self.fault(field, f"„{_short(value)}“ ist keine Zahl ({hint}).")
        return self._in_range(field, Decimal(found)) if found is not None else None

    def day(self, field: str) -> date:
        """A day in the form 2026-09-30."""
        value = self._take(field)
        if value is None:
            return NO_DAY
        if isinstance(value, str) and ISO_DAY.fullmatch(value):
            try:
                found = date.fromisoformat(value)
            except ValueError:
                found = NO_DAY
            if date(1900, 1, 1) <= found <= date(2199, 12, 31):
                return found
        self.fault(field, f"„{_short(value)}“ ist kein Tag in der Form JJJJ-MM-TT.")
        return NO_DAY

    def one_of(self, field: str, known: Mapping[str, T]) -> T | None:
        """What `known` has under the text of this field."""
        name = self.text(field)
        if not name:
            return None
        if name not in known:
            self.fault(field, f"„{_short(name)}“ ist hier nicht bekannt{_offer(known)}.")
        return known.get(name)

    def some_of(self, field: str, known: Mapping[str, T], *, least: int = 0) -> list[T]:
        """What `known` has under each text of this list."""
        names = self.texts(field)
        for name in names:
            if name and name not in known:
                self.fault(field, f"„{_short(name)}“ ist hier nicht bekannt{_offer(known)}.")
        if len(names) < least:
            self.fault(field, "Die Liste ist leer.")
        return [known[name] for name in names if name in known]

    def entry(self, field: str) -> Entry:
        """An object inside this one."""
        value = self._take(field)
        if isinstance(value, dict):
            return self._inner(value, f"{self.path}{field}.")
        if value is not None:
            self.fault(field, f"Erwartet wird ein Objekt, nicht {_kind(value)}.")
        return Nothing(self.where, self.path)

    def entries(self, field: str, *, least: int = 0) -> list[Entry]:
        """The objects in a list."""
        found = []
        values = self._list(field)
        for number, value in enumerate(values):
            if isinstance(value, dict):
                found.append(self._inner(value, f"{self.path}{field}[{number}]."))
            else:
                self.fault(f"{field}[{number}]", f"Erwartet wird ein Objekt, nicht {_kind(value)}.")
        if len(values) < least:
            self.fault(field, "Die Liste ist leer.")
        return found

    def in_order(self, earlier: tuple[str, date], later: tuple[str, date], reason: str) -> None:
        """Note a fault in the later field unless the days are in order; days already faulty are passed over."""
        if NO_DAY not in {earlier[1], later[1]} and later[1] < earlier[1]:
            self.fault(later[0], reason)

    def _inner(self, value: dict[str, Any], path: str) -> Entry:
        return Entry(value, Where(self.where.file, getattr(value, "line", self.where.line)), self.faults, path=path)

    def _take(self, field: str) -> Any:
        self._asked.add(field)
        if field not in self.values:
            self.fault(field, "Die Angabe fehlt.")
            return None
        value = self.values[field]
        if value is None:
            self.fault(field, "Die Angabe ist null.")
        return value

    def _list(self, field: str) -> list[Any]:
        value = self._take(field)
        if value is not None and not isinstance(value, list):
            self.fault(field, f"Erwartet wird eine Liste, nicht {_kind(value)}.")
        return value if isinstance(value, list) else []

    def _writable(self, field: str, text: str, *, blank: bool) -> str:
        if UNWRITABLE.search(text):
            self.fault(field, "Der Text enthält Steuerzeichen.")
            return ""
        if not text and not blank:
            self.fault(field, "Die Angabe ist leer.")
        return text

    def _in_range(self, field: str, number: Decimal) -> Decimal:
        exponent = number.normalize().as_tuple().exponent
        if not number.is_finite() or not isinstance(exponent, int) or abs(number) >= LARGEST:
            self.fault(field, "Die Zahl ist zu groß.")
            return Decimal(0)
        if exponent < SMALLEST_STEP:
            self.fault(field, "Die Zahl hat mehr als drei Nachkommastellen.")
            return Decimal(0)
        return number

    def _is_row(self) -> bool:
        # Only a JSON object knows its line by itself; in a CSV row every field is text.
        return not hasattr(self.values, "line")


class Nothing(Entry):
    """Stands where an object is missing: the fault is noted already, its fields need not be named one by one."""

    def __init__(self, where: Where, path: str) -> None:
        super().__init__({}, where, Faults(), path=path)


def _short(value: object) -> str:
    text = str(value)
    return text if len(text) <= 60 else f"{text[:59]}…"


def _offer(known: Mapping[str, object]) -> str:
    return f"; möglich: {', '.join(known)}" if 0 < len(known) <= 12 else ""


def _kind(value: object) -> str:
    kinds: tuple[tuple[type, str], ...] = (
        (bool, "Wahrheitswert"),
        (str, "Text"),
        (list, "Liste"),
        (dict, "Objekt"),
    )
    return next((name for kind, name in kinds if isinstance(value, kind)), "Zahl")
