"""Checking rows before anything is written: each value against its field, each key and address only once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError

from portal.shared.importing.rows import Row

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from portal.shared.importing.faults import Faults


def check(rows: Iterable[Row], faults: Faults) -> None:
    """Note every value that its field refuses and every key or unique value that two rows share."""
    seen: dict[tuple[Any, ...], Row] = {}
    for row in rows:
        _check_values(row, faults)
        for field, mark in _marks(row):
            first = seen.setdefault(mark, row)
            if first is not row:
                reason = f"„{mark[-1]}“ kommt mehrfach vor, zuerst in {first.where}."
                faults.add(row.where, field, reason)


def _check_values(row: Row, faults: Faults) -> None:
    plain = {name: value for name, value in {**row.key, **row.values}.items() if not isinstance(value, Row)}
    relations = {field.name for field in row.model._meta.fields if field.is_relation}
    plain = {name: value for name, value in plain.items() if name not in relations}
    others = {field.name for field in row.model._meta.fields} - set(plain)
    try:
        row.model(**plain).clean_fields(exclude=others)
    except ValidationError as error:
        for name, messages in error.message_dict.items():
            label = str(row.model._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
            for message in messages:
                faults.add(row.where, label, message)


def _marks(row: Row) -> Iterator[tuple[str, tuple[Any, ...]]]:
    """What only one row may have: its key as a whole, and each unique field."""
    model = row.model
    last = [value for value in row.key.values() if not isinstance(value, Row)] or [model._meta.verbose_name]
    yield "", (model, *((name, _comparable(value)) for name, value in row.key.items()), last[-1])
    for field in model._meta.fields:
        given = {**row.key, **row.values}.get(field.name)
        if field.unique and given is not None and set(row.key) != {field.name}:
            yield str(field.verbose_name), (model, field.name, _comparable(given))


def _comparable(value: Any) -> Any:
    return id(value) if isinstance(value, Row) else value
