"""German alphabetical order (DIN 5007-1), computed in the database so that every list agrees."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models.expressions import Func, Value
from django.db.models.functions import Lower, Replace


class Translate(Func):
    function = "translate"
    output_field = models.CharField()


def german_key(field: str) -> Any:
    """An expression that sorts `field` as a dictionary does: ä like a, ß like ss.

    The database compares by code point (its collation is C.UTF-8 everywhere), which would put Ähre behind Zebra.
    """
    plain: Any = Translate(Lower(field), Value("äöüéèàâç"), Value("aoueeaac"))
    return Replace(plain, Value("ß"), Value("ss"))


def german_sort_key(field: str) -> models.GeneratedField:
    """A stored column with the `german_key` of `field`."""
    return models.GeneratedField(
        verbose_name="Sortierschlüssel",
        expression=german_key(field),
        output_field=models.CharField(max_length=400),
        db_persist=True,
    )
