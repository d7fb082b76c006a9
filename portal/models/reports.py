"""Reports: PDF files made in the background, with their state, checksum and who may have them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self
from uuid import uuid4

from django.core.files.storage import storages
from django.core.files.storage.base import Storage
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse

if TYPE_CHECKING:
    from datetime import datetime, timedelta


def report_storage() -> Storage:
    """Named by a function so that no path enters a migration."""
    return storages["reports"]


class ReportQuerySet(models.QuerySet["Report"]):
    """Which reports wait, and which were abandoned."""

    def unfinished(self) -> Self:
        """Queued or running."""
        return self.filter(state__in=[Report.State.QUEUED, Report.State.RUNNING])

    def abandoned(self, at: datetime, *, after: timedelta) -> Self:
        """Unfinished reports of which nobody has heard for `after`: their worker or their message is gone."""
        return self.unfinished().filter(heard_at__lt=at - after)


class Report(models.Model):
    """One PDF: asked for, made by a worker, stored with its checksum."""

    class State(models.TextChoices):
        """Queued → running → done or failed; a failed one can be started again."""

        QUEUED = "queued", "wartet"
        RUNNING = "running", "wird erstellt"
        DONE = "done", "fertig"
        FAILED = "failed", "fehlgeschlagen"

    public_id = models.UUIDField("Kennung", default=uuid4, unique=True, editable=False)
    kind = models.CharField("Art", max_length=50)
    options = models.JSONField("Angaben", default=dict, blank=True)
    title = models.CharField("Titel", max_length=300)
    is_public = models.BooleanField(
        "nur öffentliche Inhalte",
        default=True,
        help_text="Öffentliche Berichte darf jede Person abrufen.",
    )
    fingerprint = models.CharField(
        "Fingerabdruck der Inhalte",
        max_length=64,
        help_text="Gleiche Inhalte ergeben denselben Bericht; er wird dann nicht noch einmal erstellt.",
    )
    asked_by = models.ForeignKey(
        "portal.User",
        verbose_name="angefordert von",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="reports",
    )
    asked_at = models.DateTimeField("angefordert am")
    state = models.CharField("Stand", max_length=7, choices=State.choices, default=State.QUEUED)
    progress = models.PositiveSmallIntegerField(
        "Fortschritt in Prozent", default=0, validators=[MaxValueValidator(100)]
    )
    progress_text = models.CharField("was gerade geschieht", max_length=200, blank=True)
    heard_at = models.DateTimeField("zuletzt gemeldet am")
    attempts = models.PositiveSmallIntegerField("Versuche", default=0)
    error = models.TextField("Fehler", blank=True)
    file = models.FileField("Datei", storage=report_storage, blank=True, max_length=200)
    sha256 = models.CharField("SHA-256", max_length=64, blank=True)
    size = models.PositiveIntegerField("Größe in Byte", null=True, blank=True)
    pages = models.PositiveIntegerField("Seiten", null=True, blank=True)
    made_at = models.DateTimeField("erstellt am", null=True, blank=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = "Bericht"
        verbose_name_plural = "Berichte"
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="portal_report_done_has_file",
                condition=~Q(state="done")
                | (~Q(file="") & Q(sha256__regex=r"^[0-9a-f]{64}$") & Q(pages__gt=0) & Q(made_at__isnull=False)),
                violation_error_message="Ein fertiger Bericht hat Datei, Prüfsumme, Seitenzahl und Zeitpunkt.",
            ),
            models.CheckConstraint(
                name="portal_report_failed_says_why",
                condition=~Q(state="failed") | ~Q(error=""),
                violation_error_message="Ein fehlgeschlagener Bericht nennt den Grund.",
            ),
            models.CheckConstraint(
                name="portal_report_progress_percent",
                condition=Q(progress__lte=100),
                violation_error_message="Der Fortschritt liegt zwischen 0 und 100 Prozent.",
            ),
            # Many visitors may ask at once; one report is made. Private reports belong to one person each.
            models.UniqueConstraint(
                fields=["kind", "options", "fingerprint"],
                condition=Q(is_public=True) & ~Q(state="failed"),
                name="portal_report_public_made_once",
                violation_error_message="Dieser Bericht liegt schon vor oder wird gerade erstellt.",
            ),
        ]
        indexes = [
            models.Index(
                fields=["heard_at"],
                condition=Q(state__in=["queued", "running"]),
                name="portal_report_unfinished",
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The page that shows progress and offers the download."""
        return reverse("report_detail", args=[self.public_id])
