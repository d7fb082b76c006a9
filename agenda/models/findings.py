"""Findings: needs, potentials, strengths and weaknesses, and the evidence that carries them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse

from agenda.models.frame import ActionField, Agenda
from portal.shared.history import kept_history
from portal.shared.publication import Publication, PublicationQuerySet

if TYPE_CHECKING:
    from datetime import datetime

ONE_TO_FOUR = [MinValueValidator(1), MaxValueValidator(4)]


class EvidenceQuerySet(models.QuerySet["Evidence"]):
    """Evidence behind the gate."""

    def public(self, at: datetime) -> Self:
        """Evidence that may be shown, of agendas in public view."""
        return self.filter(is_public=True, agenda__in=Agenda.objects.public(at))


class Evidence(models.Model):
    """A Beleg: where a statement about the county comes from, and of when."""

    class Kind(models.TextChoices):
        """What sort of source it is."""

        SURVEY = "survey", "Umfrage"
        INTERVIEW = "interview", "Interview"
        DOCUMENT = "document", "Dokument"
        STATISTIC = "statistic", "Kennzahl"
        WORKSHOP = "workshop", "Workshop"
        PRESS = "press", "Presse"
        ASSUMPTION = "assumption", "Annahme"

    agenda = models.ForeignKey(Agenda, verbose_name="Agenda", on_delete=models.PROTECT, related_name="evidence")
    code = models.CharField("Kürzel", max_length=10)
    kind = models.CharField("Art", max_length=10, choices=Kind.choices)
    title = models.CharField("Titel", max_length=300)
    summary = models.TextField("Was darin steht", blank=True)
    source = models.CharField("Quelle", max_length=500)
    as_of = models.CharField("Stand", max_length=60, help_text="Wie in der Quelle: Jahr, Monat oder Zeitraum.")
    url = models.URLField("Link", blank=True, max_length=500)
    document = models.ForeignKey(
        "portal.Document",
        verbose_name="Dokument",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="evidence",
    )
    value = models.ForeignKey(
        "agenda.IndicatorValue",
        verbose_name="Wert einer Kennzahl",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="evidence",
    )
    licence = models.CharField("Lizenz", max_length=100, blank=True)
    is_public = models.BooleanField("öffentlich", default=True)

    objects = EvidenceQuerySet.as_manager()
    history = kept_history()

    class Meta:
        verbose_name = "Beleg"
        verbose_name_plural = "Belege"
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(
                fields=["agenda", "code"],
                name="agenda_evidence_code_once",
                violation_error_message="Dieses Kürzel ist in der Agenda schon vergeben.",
            ),
            models.CheckConstraint(
                name="agenda_evidence_statistic_has_value",
                condition=~Q(kind="statistic") | Q(value__isnull=False),
                violation_error_message="Ein Beleg der Art „Kennzahl“ verweist auf den Wert einer Kennzahl.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


class FindingQuerySet(PublicationQuerySet["Finding"]):
    """Findings behind the gate of their agenda."""

    def public(self, at: datetime) -> Self:
        """Published findings of agendas in public view."""
        return super().public(at).filter(agenda__in=Agenda.objects.public(at))


class Finding(Publication):
    """A Befund: what the analysis found in one field."""

    class Kind(models.TextChoices):
        """Needs call for an answer, potentials invite one; strengths and weaknesses explain both."""

        NEED = "need", "Bedarf"
        POTENTIAL = "potential", "Potenzial"
        STRENGTH = "strength", "Stärke"
        WEAKNESS = "weakness", "Schwäche"

    class Origin(models.TextChoices):
        """Where the finding came from."""

        ASSESSMENT = "assessment", "Ist-Stand-Analyse"
        SURVEY = "survey", "Umfrage"
        WORKSHOP = "workshop", "Workshop"
        CITIZEN = "citizen", "Eingabe von außen"
        STAFF = "staff", "Verwaltung"

    class Status(models.TextChoices):
        """What became of it."""

        COLLECTED = "collected", "aufgenommen"
        CLUSTERED = "clustered", "zusammengefasst"
        ADDRESSED = "addressed", "wird angegangen"
        DEFERRED = "deferred", "zurückgestellt"
        REJECTED = "rejected", "nicht aufgegriffen"

    agenda = models.ForeignKey(Agenda, verbose_name="Agenda", on_delete=models.PROTECT, related_name="findings")
    code = models.CharField("Kürzel", max_length=10)
    kind = models.CharField("Art", max_length=9, choices=Kind.choices)
    field = models.ForeignKey(
        ActionField, verbose_name="Handlungsfeld", on_delete=models.PROTECT, related_name="findings"
    )
    municipality = models.ForeignKey(
        "portal.Municipality",
        verbose_name="Gemeinde",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="findings",
        help_text="Leer: der Landkreis als Ganzes.",
    )
    title = models.CharField("Titel", max_length=200)
    slug = models.SlugField("Adresse", max_length=120, unique=True)
    statement = models.TextField("Aussage")
    affected_groups = ArrayField(
        models.CharField(max_length=100),
        verbose_name="betroffene Gruppen",
        default=list,
        blank=True,
        help_text="Mit Komma trennen.",
    )
    urgency = models.PositiveSmallIntegerField(
        "Dringlichkeit",
        null=True,
        blank=True,
        validators=ONE_TO_FOUR,
        help_text="Nur bei Bedarf: 1 gering bis 4 sehr dringend.",
    )
    benefit = models.PositiveSmallIntegerField(
        "Nutzen",
        null=True,
        blank=True,
        validators=ONE_TO_FOUR,
        help_text="Nur bei Potenzial: 1 gering bis 4 sehr hoch.",
    )
    effort = models.PositiveSmallIntegerField(
        "Aufwand",
        null=True,
        blank=True,
        validators=ONE_TO_FOUR,
        help_text="Nur bei Potenzial: 1 gering bis 4 sehr hoch.",
    )
    origin = models.CharField("Herkunft", max_length=10, choices=Origin.choices, default=Origin.ASSESSMENT)
    status = models.CharField("Verbleib", max_length=9, choices=Status.choices, default=Status.COLLECTED)
    status_reason = models.TextField("Begründung des Verbleibs", blank=True)
    public_answer = models.TextField("öffentliche Antwort", blank=True)
    evidence = models.ManyToManyField(Evidence, verbose_name="Belege", blank=True, related_name="findings")

    objects = FindingQuerySet.as_manager()
    history = kept_history(m2m_fields=[evidence])

    class Meta(Publication.Meta):
        verbose_name = "Befund"
        verbose_name_plural = "Befunde"
        ordering = ["code"]
        constraints = [
            *Publication.Meta.constraints,
            models.UniqueConstraint(
                fields=["agenda", "code"],
                name="agenda_finding_code_once",
                violation_error_message="Dieses Kürzel ist in der Agenda schon vergeben.",
            ),
            models.CheckConstraint(
                name="agenda_finding_scales_fit_kind",
                condition=Q(kind="need", urgency__range=(1, 4), benefit=None, effort=None)
                | Q(kind="potential", urgency=None, benefit__range=(1, 4), effort__range=(1, 4))
                | Q(kind__in=["strength", "weakness"], urgency=None, benefit=None, effort=None),
                violation_error_message=(
                    "Ein Bedarf braucht Dringlichkeit, ein Potenzial Nutzen und Aufwand (1 bis 4), sonst nichts."
                ),
            ),
            models.CheckConstraint(
                name="agenda_finding_refusal_has_reason",
                condition=~Q(status__in=["deferred", "rejected"]) | ~Q(status_reason=""),
                violation_error_message="Zurückgestellte und nicht aufgegriffene Befunde brauchen eine Begründung.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    def get_absolute_url(self) -> str:
        """The finding with its evidence and what answers it."""
        return reverse("agenda:finding_detail", args=[self.slug])
