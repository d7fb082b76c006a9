"""Strategy: the challenges derived from findings, and the packages of measures that answer them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from agenda.models.findings import Finding
from agenda.models.frame import ActionField, Agenda
from portal.shared.history import kept_history
from portal.shared.publication import Publication, PublicationQuerySet
from portal.shared.richtext import RichTextField

if TYPE_CHECKING:
    from datetime import datetime


class Priority(models.IntegerChoices):
    """How soon something needs attention."""

    HIGH = 1, "hoch"
    MEDIUM = 2, "mittel"
    LOW = 3, "niedrig"


PRIORITY_RANGE = [MinValueValidator(1), MaxValueValidator(3)]


class ChallengeQuerySet(PublicationQuerySet["Challenge"]):
    """Challenges behind the gate of their agenda."""

    def public(self, at: datetime) -> Self:
        """Published challenges of agendas in public view."""
        return super().public(at).filter(agenda__in=Agenda.objects.public(at))


class Challenge(Publication):
    """A strategische Herausforderung.

    A published one rests on at least one finding (trigger `agenda_challenge_published_has_finding`).
    """

    agenda = models.ForeignKey(Agenda, verbose_name="Agenda", on_delete=models.PROTECT, related_name="challenges")
    code = models.CharField("Kürzel", max_length=10)
    title = models.CharField("Titel", max_length=200)
    slug = models.SlugField("Adresse", max_length=120, unique=True)
    problem = models.TextField("Problem", help_text="Was heute nicht gut ist, in zwei bis drei Sätzen.")
    goal = models.TextField("Ziel", help_text="Woran man merkt, dass die Herausforderung bewältigt ist.")
    plain_language = RichTextField("In einfacher Sprache", blank=True)
    priority = models.PositiveSmallIntegerField(
        "Priorität", choices=Priority.choices, default=Priority.MEDIUM, validators=PRIORITY_RANGE
    )
    order = models.PositiveSmallIntegerField("Reihenfolge", default=0)
    fields = models.ManyToManyField(ActionField, verbose_name="Handlungsfelder", related_name="challenges")
    findings = models.ManyToManyField(
        Finding, verbose_name="Befunde", through="ChallengeFinding", related_name="challenges"
    )

    objects = ChallengeQuerySet.as_manager()
    history = kept_history(m2m_fields=[fields])

    class Meta(Publication.Meta):
        verbose_name = "Herausforderung"
        verbose_name_plural = "Herausforderungen"
        ordering = ["order", "code"]
        constraints = [
            *Publication.Meta.constraints,
            models.UniqueConstraint(
                fields=["agenda", "code"],
                name="agenda_challenge_code_once",
                violation_error_message="Dieses Kürzel ist in der Agenda schon vergeben.",
            ),
            models.CheckConstraint(
                name="agenda_challenge_priority_known",
                condition=Q(priority__in=Priority.values),
                violation_error_message="Die Priorität ist hoch, mittel oder niedrig.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    def get_absolute_url(self) -> str:
        """The challenge with its findings and packages."""
        return reverse("agenda:challenge_detail", args=[self.slug])

    def publication_obstacles(self) -> list[str]:
        """A challenge that rests on nothing cannot be published."""
        return [] if self.findings.exists() else ["Es fehlt mindestens ein Befund, auf dem die Herausforderung beruht."]


class ChallengeFinding(models.Model):
    """Why a finding leads to a challenge."""

    challenge = models.ForeignKey(
        Challenge,
        verbose_name="Herausforderung",
        on_delete=models.CASCADE,
        related_name="finding_links",
    )
    finding = models.ForeignKey(
        Finding, verbose_name="Befund", on_delete=models.PROTECT, related_name="challenge_links"
    )
    note = models.CharField(
        "Begründung",
        max_length=300,
        blank=True,
        help_text="Warum dieser Befund die Herausforderung stützt.",
    )
    history = kept_history()

    class Meta:
        verbose_name = "Befund der Herausforderung"
        verbose_name_plural = "Befunde der Herausforderung"
        ordering = ["finding__code"]
        constraints = [
            models.UniqueConstraint(
                fields=["challenge", "finding"],
                name="agenda_challengefinding_once",
                violation_error_message="Dieser Befund ist schon zugeordnet.",
            )
        ]

    def __str__(self) -> str:
        return str(self.finding)


class MeasurePackageQuerySet(PublicationQuerySet["MeasurePackage"]):
    """Packages behind the gate of their agenda."""

    def public(self, at: datetime) -> Self:
        """Published packages of agendas in public view."""
        return super().public(at).filter(agenda__in=Agenda.objects.public(at))


class MeasurePackage(Publication):
    """A Maßnahmenpaket with its horizon.

    Triggers keep: its end lies in its horizon (`agenda_measurepackage_ends_in_horizon`), a published one
    answers at least one challenge (`agenda_measurepackage_published_has_challenge`).
    """

    class Horizon(models.TextChoices):
        """Bounded by the dates of the agenda."""

        SHORT = "short", "kurzfristig"
        MEDIUM = "medium", "mittelfristig"
        LONG = "long", "langfristig"

    agenda = models.ForeignKey(Agenda, verbose_name="Agenda", on_delete=models.PROTECT, related_name="packages")
    code = models.CharField("Kürzel", max_length=10)
    title = models.CharField("Titel", max_length=200)
    slug = models.SlugField("Adresse", max_length=120, unique=True)
    horizon = models.CharField("Horizont", max_length=6, choices=Horizon.choices)
    objective = models.TextField("Zweck")
    plain_language = RichTextField("In einfacher Sprache", blank=True)
    challenges = models.ManyToManyField(Challenge, verbose_name="Herausforderungen", related_name="packages")
    lead = models.ForeignKey(
        "portal.Organisation",
        verbose_name="Federführung",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="led_packages",
    )
    starts_on = models.DateField("Beginn")
    ends_on = models.DateField("Ende")
    order = models.PositiveSmallIntegerField("Reihenfolge", default=0)

    objects = MeasurePackageQuerySet.as_manager()
    history = kept_history(m2m_fields=[challenges])

    class Meta(Publication.Meta):
        verbose_name = "Maßnahmenpaket"
        verbose_name_plural = "Maßnahmenpakete"
        ordering = ["order", "code"]
        constraints = [
            *Publication.Meta.constraints,
            models.UniqueConstraint(
                fields=["agenda", "code"],
                name="agenda_measurepackage_code_once",
                violation_error_message="Dieses Kürzel ist in der Agenda schon vergeben.",
            ),
            # Target of the composite key by which a project's agenda is that of its package.
            models.UniqueConstraint(fields=["id", "agenda"], name="agenda_measurepackage_id_agenda"),
            models.CheckConstraint(
                name="agenda_measurepackage_dates_in_order",
                condition=Q(ends_on__gte=F("starts_on")),
                violation_error_message="Das Ende darf nicht vor dem Beginn liegen.",
            ),
            models.CheckConstraint(
                name="agenda_measurepackage_published_has_lead",
                condition=~Q(state="published") | Q(lead__isnull=False),
                violation_error_message="Ein veröffentlichtes Maßnahmenpaket braucht eine Federführung.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    def get_absolute_url(self) -> str:
        """The package with its challenges and projects."""
        return reverse("agenda:package_detail", args=[self.slug])

    def publication_obstacles(self) -> list[str]:
        """A package needs a lead and a challenge it answers."""
        obstacles = []
        if self.lead_id is None:
            obstacles.append("Es fehlt die Federführung.")
        if not self.challenges.exists():
            obstacles.append("Es fehlt mindestens eine Herausforderung, auf die das Paket antwortet.")
        return obstacles
