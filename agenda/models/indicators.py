"""Indicators: what is counted, its values with place, date and source, and where it is to be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse

from agenda.models.frame import ActionField
from portal.shared.history import kept_history
from portal.shared.publication import Publication, PublicationQuerySet
from portal.shared.sorting import german_sort_key

if TYPE_CHECKING:
    from datetime import datetime


class IndicatorQuerySet(PublicationQuerySet["Indicator"]):
    """Indicators and what is known of them."""


class Indicator(Publication):
    """A Kennzahl: what is counted, in which unit, and which way is good.

    No field means a framework condition of the county (Rahmenbedingung).
    """

    class Direction(models.TextChoices):
        """Which way is good."""

        INCREASE = "increase", "soll steigen"
        DECREASE = "decrease", "soll sinken"
        KEEP = "keep", "soll bleiben"
        NONE = "none", "ohne Richtung"

    class ChainLevel(models.TextChoices):
        """How far along the chain of effects it measures."""

        CONTEXT = "context", "Rahmenbedingung"
        INPUT = "input", "Mittel"
        OUTPUT = "output", "Ergebnis"
        OUTCOME = "outcome", "Wirkung bei Menschen"
        IMPACT = "impact", "Wirkung im Landkreis"

    class Frequency(models.TextChoices):
        """How often it is counted."""

        QUARTERLY = "quarterly", "vierteljährlich"
        HALF_YEARLY = "half_yearly", "halbjährlich"
        YEARLY = "yearly", "jährlich"
        IRREGULAR = "irregular", "unregelmäßig"

    code = models.SlugField("Schlüssel", max_length=120, unique=True)
    title = models.CharField("Titel", max_length=200)
    field = models.ForeignKey(
        ActionField,
        verbose_name="Handlungsfeld",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="indicators",
        help_text="Leer: Rahmenbedingung des Landkreises.",
    )
    what_measured = models.TextField("Was gezählt wird", blank=True)
    why_it_matters = models.TextField("Warum es zählt", blank=True)
    unit = models.CharField("Einheit", max_length=40)
    decimals = models.PositiveSmallIntegerField("Nachkommastellen", default=0, validators=[MaxValueValidator(3)])
    direction = models.CharField("Richtung", max_length=8, choices=Direction.choices, default=Direction.NONE)
    chain_level = models.CharField(
        "Ebene der Wirkung", max_length=7, choices=ChainLevel.choices, default=ChainLevel.CONTEXT
    )
    frequency = models.CharField("Erhebung", max_length=11, choices=Frequency.choices, default=Frequency.IRREGULAR)
    licence = models.CharField("Lizenz", max_length=100, blank=True)
    sort_key = german_sort_key("title")

    objects = IndicatorQuerySet.as_manager()
    history = kept_history(excluded_fields=["sort_key"])

    class Meta(Publication.Meta):
        verbose_name = "Kennzahl"
        verbose_name_plural = "Kennzahlen"
        ordering = ["sort_key"]
        constraints = [
            *Publication.Meta.constraints,
            models.UniqueConstraint(
                fields=["title", "unit"],
                name="agenda_indicator_title_unit_once",
                violation_error_message="Eine Kennzahl mit diesem Titel und dieser Einheit gibt es schon.",
            ),
            models.CheckConstraint(
                name="agenda_indicator_decimals_few",
                condition=Q(decimals__lte=3),
                violation_error_message="Höchstens drei Nachkommastellen.",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The Ist-Stand of its field, at the indicator's row."""
        if self.field is None:
            return f"{reverse('agenda:assessment')}#kennzahl-{self.code}"
        return f"{self.field.get_absolute_url()}#kennzahl-{self.code}"


class IndicatorValueQuerySet(models.QuerySet["IndicatorValue"]):
    """Values behind the gate of their indicator."""

    def public(self, at: datetime) -> Self:
        """Values of published indicators."""
        return self.filter(indicator__in=Indicator.objects.public(at))

    def newest_first(self) -> Self:
        """Dated values before undated ones, the newest first."""
        return self.order_by(models.F("period_end").desc(nulls_last=True), "-as_of", "pk")


class IndicatorValue(models.Model):
    """One value with its place, its date as the source gives it, and the source."""

    class Quality(models.TextChoices):
        """How good the number is."""

        MEASURED = "measured", "gemessen oder gelesen"
        ESTIMATED = "estimated", "geschätzt"
        PROVISIONAL = "provisional", "vorläufig"

    indicator = models.ForeignKey(Indicator, verbose_name="Kennzahl", on_delete=models.CASCADE, related_name="values")
    municipality = models.ForeignKey(
        "portal.Municipality",
        verbose_name="Gemeinde",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="indicator_values",
    )
    place = models.CharField("Ort", max_length=100, default="Landkreis Stendal")
    as_of = models.CharField(
        "Stand",
        max_length=60,
        help_text="Wie in der Quelle: Jahr, Monat, Zeitraum oder „unbekannt“.",
    )
    period_end = models.DateField(
        "letzter Tag des Zeitraums",
        null=True,
        blank=True,
        help_text="Zum Ordnen; leer, wenn die Quelle kein Datum nennt.",
    )
    value = models.DecimalField("Wert", max_digits=18, decimal_places=3)
    quality = models.CharField("Güte", max_length=11, choices=Quality.choices, default=Quality.MEASURED)
    source = models.CharField("Quelle", max_length=500)
    note = models.CharField("Anmerkung", max_length=300, blank=True)

    objects = IndicatorValueQuerySet.as_manager()
    history = kept_history()

    class Meta:
        verbose_name = "Wert"
        verbose_name_plural = "Werte"
        ordering = ["indicator", "-period_end", "place"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "place", "as_of"],
                name="agenda_indicatorvalue_once",
                violation_error_message="Für diesen Ort und Stand gibt es schon einen Wert.",
            ),
            models.UniqueConstraint(
                fields=["indicator", "municipality", "period_end"],
                condition=Q(municipality__isnull=False, period_end__isnull=False),
                name="agenda_indicatorvalue_municipality_once",
                violation_error_message="Für diese Gemeinde und diesen Zeitraum gibt es schon einen Wert.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.value} {self.indicator.unit} ({self.place}, {self.as_of})"


class IndicatorTarget(models.Model):
    """Where an indicator is to be on a day."""

    indicator = models.ForeignKey(Indicator, verbose_name="Kennzahl", on_delete=models.CASCADE, related_name="targets")
    municipality = models.ForeignKey(
        "portal.Municipality",
        verbose_name="Gemeinde",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="indicator_targets",
    )
    due_on = models.DateField("bis zum")
    value = models.DecimalField("Zielwert", max_digits=18, decimal_places=3)
    history = kept_history()

    class Meta:
        verbose_name = "Zielwert"
        verbose_name_plural = "Zielwerte"
        ordering = ["indicator", "due_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "municipality", "due_on"],
                nulls_distinct=False,
                name="agenda_indicatortarget_once",
                violation_error_message="Für diesen Tag gibt es schon einen Zielwert.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.indicator}: {self.value} bis {self.due_on:%d.%m.%Y}"
