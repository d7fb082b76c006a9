"""Settling: bringing single rows of the database to what the files say, without touching what people changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import DatabaseError, IntegrityError, models
from django.db.models.fields.related import ForeignKey

from portal.shared import publishing, violations
from portal.shared.importing.faults import Fault, ImportRefusedError
from portal.shared.importing.report import Change, Line, name, plural
from portal.shared.importing.rows import Row
from portal.shared.publication import Publication, PublicationState
from portal.shared.refusal import RefusedError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from portal.shared.importing.report import Report

DELETED = "-"
BY_HAND = "weicht ab ({})"


class Settlement:
    """One load in progress: which rows have become which, and what was done."""

    def __init__(self, report: Report, *, reason: str, overwrite: bool) -> None:
        self.report, self.reason, self.overwrite = report, reason, overwrite
        self._became: dict[int, models.Model] = {}
        self._has_past: dict[type[models.Model], bool] = {}

    def settle(self, row: Row) -> None:
        """Create, update or leave the row alone; a row whose parent was deleted by hand is left out with it."""
        try:
            self._settle(row)
        except (IntegrityError, DatabaseError) as error:
            reason = violations.message(error) if isinstance(error, IntegrityError) else str(error).strip()
            raise ImportRefusedError([Fault(row.where, "", reason)]) from error

    def publish(self, row: Row, *, at: datetime) -> None:
        """Make the row public unless a person has decided otherwise."""
        instance = self._became.get(id(row))
        if not isinstance(instance, Publication) or instance.state == PublicationState.PUBLISHED:
            return
        if not self._may_write(instance):
            self.report.kept.append(Line(name(instance), instance.get_state_display()))
            return
        try:
            publishing.publish(instance, by=None, at=at)
        except RefusedError as refusal:
            raise ImportRefusedError([Fault(row.where, "", str(refusal))]) from refusal

    def note_missing(self, kinds: Iterable[type[models.Model]]) -> None:
        """Report rows that an earlier load made and that the files no longer name."""
        here = {(type(instance), instance.pk) for instance in self._became.values()}
        for model in kinds:
            if not hasattr(model, "history"):
                continue
            made = model.history.filter(history_type="+", history_change_reason=self.reason)
            for instance in model._default_manager.filter(pk__in=made.values("id")).order_by("pk"):
                if (model, instance.pk) not in here:
                    self.report.missing.append(Line(name(instance), "steht nicht in den Dateien"))

    def _settle(self, row: Row) -> None:
        if self._leans_on_nothing(row):
            return
        key = {field: self._resolved(value) for field, value in row.key.items()}
        instance = row.model._default_manager.filter(**key).first() or self._under_another_key(row.model, key)
        if instance is None:
            self._create(row, key)
            return
        self._became[id(row)] = instance
        if self._changes(row, instance):
            # Somebody may be saving this row just now; what counts is what is there once it is ours.
            self._update(
                row, row.model._default_manager.select_for_update(no_key=True, of=("self",)).get(pk=instance.pk)
            )
        else:
            self.report.unchanged[plural(row.model)] += 1

    def _leans_on_nothing(self, row: Row) -> bool:
        return any(isinstance(v, Row) and id(v) not in self._became for v in {**row.key, **row.values}.values())

    def _create(self, row: Row, key: dict[str, Any]) -> None:
        if self._was_deleted_by_hand(row.model, key):
            label = f"{row.model._meta.verbose_name} in {row.where}"
            self.report.kept.append(Line(label, "von Hand gelöscht"))
            return
        values = {field: self._resolved(value) for field, value in row.values.items()}
        instance = row.model(**key, **values)
        self._write(row, instance)
        self._became[id(row)] = instance
        self.report.new[plural(row.model)] += 1

    def _update(self, row: Row, instance: models.Model) -> None:
        self._became[id(row)] = instance
        changes = self._changes(row, instance)
        text = "; ".join(str(change) for change in changes)
        if not self._may_write(instance):
            self.report.kept.append(Line(name(instance), BY_HAND.format(text)))
            return
        label = name(instance)
        for field, value in {**row.key, **row.values}.items():
            setattr(instance, field, self._resolved(value))
        self._write(row, instance)
        self.report.changed.append(Line(label, text))

    def _write(self, row: Row, instance: models.Model) -> None:
        instance._change_reason = self.reason  # type: ignore[attr-defined]
        instance._history_user = None  # type: ignore[attr-defined]
        instance.save()
        for field, rows in row.many.items():
            manager = getattr(instance, field)
            wanted = self._resolved_many(rows)
            if {other.pk for other in wanted} != set(manager.values_list("pk", flat=True)):
                manager.set(wanted)

    def _changes(self, row: Row, instance: models.Model) -> list[Change]:
        changes = []
        for field_name, value in {**row.key, **row.values}.items():
            field: Any = instance._meta.get_field(field_name)
            wanted = self._resolved(value)
            old = getattr(instance, field.attname)
            new = wanted.pk if isinstance(field, ForeignKey) and wanted is not None else _as_stored(field, wanted)
            if old != new:
                shown = getattr(instance, field_name)
                changes.append(Change(str(field.verbose_name), _shown(shown), _shown(wanted)))
        for field_name, rows in row.many.items():
            there = {other.pk: other for other in getattr(instance, field_name).all()}
            wanted_many = {other.pk: other for other in self._resolved_many(rows)}
            if set(there) != set(wanted_many):
                label = str(instance._meta.get_field(field_name).verbose_name)  # type: ignore[union-attr]
                changes.append(Change(label, _listed(there.values()), _listed(wanted_many.values())))
        return changes

    def _resolved(self, value: Any) -> Any:
        return self._became[id(value)] if isinstance(value, Row) else value

    def _resolved_many(self, rows: list[Row]) -> list[models.Model]:
        return [self._became[id(row)] for row in rows if id(row) in self._became]

    def _may_write(self, instance: models.Model) -> bool:
        """Whether the last to change this row was the portal itself: it always says why and never has a person."""
        if self.overwrite:
            return True
        if not hasattr(instance, "history"):
            return False
        latest = instance.history.order_by("-history_date", "-history_id").first()
        return latest is not None and latest.history_user_id is None and bool(latest.history_change_reason)

    def _under_another_key(self, model: type[models.Model], key: dict[str, Any]) -> models.Model | None:
        """The row that once had this key and was renamed by a person; without it a second load would double it."""
        past = self._latest_version(model, key)
        return None if past is None else model._default_manager.filter(pk=past.id).first()

    def _was_deleted_by_hand(self, model: type[models.Model], key: dict[str, Any]) -> bool:
        past = None if self.overwrite else self._latest_version(model, key)
        return past is not None and past.history_type == DELETED

    def _latest_version(self, model: type[models.Model], key: dict[str, Any]) -> Any:
        # A model without any version had none before this load either: the first load need not ask row by row.
        if model not in self._has_past:
            self._has_past[model] = hasattr(model, "history") and model.history.exists()
        if not self._has_past[model]:
            return None
        return model.history.filter(**key).order_by("-history_date", "-history_id").first()  # type: ignore[attr-defined]


def _as_stored(field: Any, value: Any) -> Any:
    """The value as the field keeps it: rich text cleaned, numbers as Decimal."""
    holder = field.model()
    setattr(holder, field.attname, value)
    return field.to_python(field.pre_save(holder, False))  # noqa: FBT003  Django's signature


def _shown(value: Any) -> str:
    return "" if value is None else _listed(value) if isinstance(value, list) else str(value)


def _listed(values: Iterable[Any]) -> str:
    return ", ".join(sorted(str(value) for value in values))
