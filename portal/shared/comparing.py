"""Comparing versions: what changed from one to the other, field by field and in words a person can read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from difflib import SequenceMatcher
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils import formats, timezone
from django.utils.text import capfirst

from portal.shared.richtext import RichTextField

if TYPE_CHECKING:
    from collections.abc import Iterator

# Set by the machine at every save; who and when stand beside each version anyway.
UNTOLD = frozenset({"id", "created_at", "updated_at"})
EMPTY = "leer"
ONLY_SHAPE = "Der Wortlaut ist gleich; geändert hat sich die Gestaltung, zum Beispiel Fettdruck oder Überschriften."
# Of long unchanged stretches only the edges are shown.
LONGEST_SAME, EDGE = 240, 90


@dataclass(frozen=True)
class Piece:
    """A stretch of text: the `same` in both versions, only in the `old`, or only in the `new`."""

    kind: str
    text: str


@dataclass(frozen=True)
class Change:
    """What became of one field."""

    label: str
    pieces: list[Piece]
    note: str = ""


def changes(old: Any, new: Any) -> list[Change]:
    """The fields in which two versions of a row differ, in the order of the model."""
    found = []
    for field in tracked(new):
        before, after = _raw(old, field), _raw(new, field)
        if before != after:
            found.append(_change(field, words(old, field), words(new, field)))
    return found


def contents(version: Any) -> list[tuple[str, str]]:
    """Everything a version says, as (label, text); empty fields are left out."""
    told = ((str(capfirst(field.verbose_name)), words(version, field)) for field in tracked(version))
    return [(label, text) for label, text in told if text]


def tracked(version: Any) -> list[Any]:
    """The fields of the model that a version keeps and people speak about."""
    kept = {field.name for field in version.tracked_fields} | {field.name for field in version._history_m2m_fields}  # noqa: SLF001  simple-history names it so
    options = version.instance_type._meta
    every = [*options.concrete_fields, *options.many_to_many]
    return [field for field in every if field.name in kept and field.name not in UNTOLD]


def of(model: Any, **conditions: Any) -> list[Any]:
    """Versions of rows of `model`, oldest first, with all that comparing them will ask for."""
    single = [field.name for field in model.history.model.tracked_fields if isinstance(field, models.ForeignKey)]
    found = model.history.filter(**conditions).select_related("history_user", *single)
    versions = list(found.order_by("history_date", "history_id"))
    for field in model.history.model._history_m2m_fields:  # noqa: SLF001  simple-history names it so
        _load_list(versions, field)
    return versions


def _load_list(versions: list[Any], field: Any) -> None:
    # The library offers no prefetch for fields of many; one query a field serves all versions.
    rows: dict[Any, list[Any]] = {version.pk: [] for version in versions}
    if versions:
        linked = getattr(versions[0], field.name).model.objects.filter(history__in=rows)
        for row in linked.select_related(field.m2m_reverse_field_name()):
            rows[row.history_id].append(row)
    for version in versions:
        version.__dict__.setdefault("lists", {})[field.name] = rows[version.pk]


def chosen_ids(version: Any, field: Any) -> list[Any]:
    """The numbers of the rows a version names in a field of many."""
    reverse = f"{field.m2m_reverse_field_name()}_id"
    return sorted(getattr(row, reverse) for row in version.lists[field.name])


def words(version: Any, field: Any) -> str:
    """What a version says in one field, as plain text."""
    if field.many_to_many:
        name = field.m2m_reverse_field_name()
        rows = [(getattr(row, name), getattr(row, f"{name}_id")) for row in version.lists[field.name]]
        return ", ".join(sorted(_named(row, number) for row, number in rows))
    value = getattr(version, field.attname)
    if field.is_relation and value is not None:
        return _named(_target(version, field), value)
    if isinstance(field, RichTextField):
        return plain(value or "")
    return _plain_value(field, value)


def _raw(version: Any, field: Any) -> Any:
    return chosen_ids(version, field) if field.many_to_many else getattr(version, field.attname)


def _target(version: Any, field: Any) -> Any:
    try:
        return getattr(version, field.name)
    except models.ObjectDoesNotExist:
        return None


def _named(row: Any, number: Any) -> str:
    return str(row) if row is not None else f"gelöschter Eintrag Nr. {number}"


def _plain_value(field: Any, value: Any) -> str:
    if value is None or value == "":
        return ""
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(value, bool):
        return "ja" if value else "nein"
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return _formatted(value)


def _formatted(value: Any) -> str:
    if isinstance(value, datetime):
        return f"{formats.date_format(timezone.localtime(value), 'DATETIME_FORMAT')} Uhr"
    if isinstance(value, date):
        return formats.date_format(value, "DATE_FORMAT")
    if isinstance(value, Decimal):
        return formats.number_format(value)
    return str(value)


def _change(field: Any, old: str, new: str) -> Change:
    label = str(capfirst(field.verbose_name))
    if old == new:
        return Change(label, [], ONLY_SHAPE)
    if _is_running_text(field) and old and new:
        return Change(label, list(_woven(old, new)))
    return Change(label, [Piece("old", old or EMPTY), Piece("new", new or EMPTY)])


def _is_running_text(field: Any) -> bool:
    return isinstance(field, models.TextField) or (isinstance(field, models.CharField) and not field.choices)


def _woven(old: str, new: str) -> Iterator[Piece]:
    before, after = _words(old), _words(new)
    for act, start, end, other_start, other_end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if act == "equal":
            yield Piece("same", _shortened("".join(before[start:end])))
            continue
        if end > start:
            yield Piece("old", "".join(before[start:end]))
        if other_end > other_start:
            yield Piece("new", "".join(after[other_start:other_end]))


def _words(text: str) -> list[str]:
    return re.findall(r"\s+|[^\s]+", text)


def _shortened(text: str) -> str:
    return text if len(text) <= LONGEST_SAME else f"{text[:EDGE]} … {text[-EDGE:]}"


class _Reader(HTMLParser):
    """HTML as lines of text; links keep their address, so that a changed one is seen."""

    BREAKS = frozenset({"p", "h2", "h3", "h4", "tr", "blockquote", "br", "ul", "ol", "table"})

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self._links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self._links.append(dict(attrs).get("href") or "")
        self.parts.append({"li": "\n• ", "td": " | ", "th": " | "}.get(tag, "\n" if tag in self.BREAKS else ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self._links:
            self.parts.append(f" ({self._links.pop()})")

    def handle_data(self, data: str) -> None:
        self.parts.append(data)


def plain(html: str) -> str:
    """Running text without its markup, one line a paragraph."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    lines = (line.strip() for line in "".join(reader.parts).splitlines())
    return "\n".join(line for line in lines if line and line != "•")
