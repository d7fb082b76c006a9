"""What indicators are to show: their links to challenges, packages and projects."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from agenda.models.indicators import Indicator, IndicatorTarget
from agenda.models.projects import Project
from agenda.models.strategy import Challenge, MeasurePackage
from portal.shared.history import kept_history


class IndicatorLink(models.Model):
    """Abstract: an indicator shows whether something works, measured against one of its targets."""

    indicator = models.ForeignKey(
        Indicator, verbose_name="Kennzahl", on_delete=models.PROTECT, related_name="%(class)ss"
    )
    target = models.ForeignKey(
        IndicatorTarget,
        verbose_name="Zielwert",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="%(class)ss",
    )
    effect = models.CharField("erwartete Wirkung", max_length=300, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(self.indicator)


class ChallengeIndicator(IndicatorLink):
    """An indicator of a challenge."""

    challenge = models.ForeignKey(
        Challenge,
        verbose_name="Herausforderung",
        on_delete=models.CASCADE,
        related_name="indicator_links",
    )
    history = kept_history()

    class Meta:
        verbose_name = "Kennzahl der Herausforderung"
        verbose_name_plural = "Kennzahlen der Herausforderung"
        constraints = [
            models.UniqueConstraint(
                fields=["challenge", "indicator"],
                name="agenda_challengeindicator_once",
                violation_error_message="Diese Kennzahl ist schon zugeordnet.",
            )
        ]


class PackageIndicator(IndicatorLink):
    """An indicator of a package."""

    package = models.ForeignKey(
        MeasurePackage,
        verbose_name="Maßnahmenpaket",
        on_delete=models.CASCADE,
        related_name="indicator_links",
    )
    history = kept_history()

    class Meta:
        verbose_name = "Kennzahl des Maßnahmenpakets"
        verbose_name_plural = "Kennzahlen des Maßnahmenpakets"
        constraints = [
            models.UniqueConstraint(
                fields=["package", "indicator"],
                name="agenda_packageindicator_once",
                violation_error_message="Diese Kennzahl ist schon zugeordnet.",
            )
        ]


class ProjectIndicator(IndicatorLink):
    """An indicator of a project; at most one drives its progress."""

    project = models.ForeignKey(
        Project, verbose_name="Projekt", on_delete=models.CASCADE, related_name="indicator_links"
    )
    drives_progress = models.BooleanField("bestimmt den Fortschritt", default=False)
    history = kept_history()

    class Meta:
        verbose_name = "Kennzahl des Projekts"
        verbose_name_plural = "Kennzahlen des Projekts"
        constraints = [
            models.UniqueConstraint(
                fields=["project", "indicator"],
                name="agenda_projectindicator_once",
                violation_error_message="Diese Kennzahl ist schon zugeordnet.",
            ),
            models.UniqueConstraint(
                fields=["project"],
                condition=Q(drives_progress=True),
                name="agenda_projectindicator_one_drives",
                violation_error_message="Nur eine Kennzahl kann den Fortschritt bestimmen.",
            ),
            models.CheckConstraint(
                name="agenda_projectindicator_driver_has_target",
                condition=Q(drives_progress=False) | Q(target__isnull=False),
                violation_error_message="Die Kennzahl, die den Fortschritt bestimmt, braucht einen Zielwert.",
            ),
        ]
