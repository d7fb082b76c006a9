"""Parts of a project: who takes part, its milestones, its money and what it waits for."""

from __future__ import annotations

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q

from agenda.models.projects import Project
from portal.shared.history import kept_history


class ProjectParty(models.Model):
    """An organisation's part in a project."""

    class Role(models.TextChoices):
        """What the organisation does there."""

        LEAD = "lead", "Federführung"
        PARTNER = "partner", "Partner"
        FUNDER = "funder", "Fördergeber"
        SUPPORTER = "supporter", "Unterstützung"

    project = models.ForeignKey(Project, verbose_name="Projekt", on_delete=models.CASCADE, related_name="parties")
    organisation = models.ForeignKey(
        "portal.Organisation",
        verbose_name="Organisation",
        on_delete=models.PROTECT,
        related_name="project_parties",
    )
    role = models.CharField("Rolle", max_length=9, choices=Role.choices, default=Role.PARTNER)
    history = kept_history()

    class Meta:
        verbose_name = "Beteiligte"
        verbose_name_plural = "Beteiligte"
        ordering = ["role", "organisation__sort_key"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "organisation", "role"],
                name="agenda_projectparty_once",
                violation_error_message="Diese Organisation ist in dieser Rolle schon eingetragen.",
            ),
            models.UniqueConstraint(
                fields=["project"],
                condition=Q(role="lead"),
                name="agenda_projectparty_one_lead",
                violation_error_message="Ein Projekt hat nur eine Federführung.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} ({self.get_role_display()})"


class Milestone(models.Model):
    """A Meilenstein: a result with a day."""

    project = models.ForeignKey(Project, verbose_name="Projekt", on_delete=models.CASCADE, related_name="milestones")
    title = models.CharField("Titel", max_length=200)
    description = models.TextField("Beschreibung", blank=True)
    due_on = models.DateField("fällig am")
    done_on = models.DateField("erledigt am", null=True, blank=True)
    weight = models.PositiveSmallIntegerField("Gewicht", default=1, validators=[MinValueValidator(1)])
    order = models.PositiveSmallIntegerField("Reihenfolge", default=0)
    is_public = models.BooleanField("öffentlich", default=True)
    history = kept_history()

    class Meta:
        verbose_name = "Meilenstein"
        verbose_name_plural = "Meilensteine"
        ordering = ["due_on", "order", "pk"]
        constraints = [
            models.CheckConstraint(
                name="agenda_milestone_weight_positive",
                condition=Q(weight__gt=0),
                violation_error_message="Das Gewicht muss größer als null sein.",
            ),
            models.UniqueConstraint(
                fields=["project", "title"],
                name="agenda_milestone_title_once",
                violation_error_message="Einen Meilenstein mit diesem Titel gibt es im Projekt schon.",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class FundingLine(models.Model):
    """A line of the financing: what is planned, secured and spent; an open amount is empty, not zero."""

    class Kind(models.TextChoices):
        """What the money is for."""

        INVESTMENT = "investment", "Investition"
        OPERATING = "operating", "laufend"
        STAFF = "staff", "Personal"

    class Unit(models.TextChoices):
        """Money or people."""

        EUR = "eur", "EUR"
        FTE = "fte", "Stellen"

    project = models.ForeignKey(Project, verbose_name="Projekt", on_delete=models.CASCADE, related_name="funding_lines")
    year = models.PositiveSmallIntegerField("Jahr", null=True, blank=True, help_text="Leer: für die ganze Laufzeit.")
    kind = models.CharField("Art", max_length=10, choices=Kind.choices, default=Kind.INVESTMENT)
    unit = models.CharField("Einheit", max_length=3, choices=Unit.choices, default=Unit.EUR)
    source = models.CharField("Quelle", max_length=200, help_text="Förderprogramm, Haushalt oder Dritte.")
    note = models.CharField("Anmerkung", max_length=300, blank=True)
    planned = models.DecimalField("geplant", max_digits=12, decimal_places=2, null=True, blank=True)
    secured = models.DecimalField("gesichert", max_digits=12, decimal_places=2, null=True, blank=True)
    spent = models.DecimalField("ausgegeben", max_digits=12, decimal_places=2, null=True, blank=True)
    history = kept_history()

    class Meta:
        verbose_name = "Finanzierung"
        verbose_name_plural = "Finanzierung"
        ordering = ["year", "source"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "year", "kind", "unit", "source"],
                nulls_distinct=False,
                name="agenda_fundingline_once",
                violation_error_message="Diese Zeile der Finanzierung gibt es schon.",
            ),
            models.CheckConstraint(
                name="agenda_fundingline_not_negative",
                condition=(Q(planned=None) | Q(planned__gte=0))
                & (Q(secured=None) | Q(secured__gte=0))
                & (Q(spent=None) | Q(spent__gte=0)),
                violation_error_message="Beträge sind nicht negativ.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source} ({self.year or 'gesamt'})"


class ProjectDependency(models.Model):
    """`successor` needs `predecessor`; same agenda and no circle (trigger `agenda_projectdependency_acyclic`)."""

    class Kind(models.TextChoices):
        """How much it needs it."""

        REQUIRES = "requires", "setzt voraus"
        SUPPORTS = "supports", "baut auf"

    predecessor = models.ForeignKey(
        Project, verbose_name="Vorgänger", on_delete=models.PROTECT, related_name="followed_by"
    )
    successor = models.ForeignKey(
        Project, verbose_name="Nachfolger", on_delete=models.CASCADE, related_name="depends_on"
    )
    kind = models.CharField("Art", max_length=8, choices=Kind.choices, default=Kind.REQUIRES)
    note = models.CharField("Anmerkung", max_length=300, blank=True)
    history = kept_history()

    class Meta:
        verbose_name = "Abhängigkeit"
        verbose_name_plural = "Abhängigkeiten"
        ordering = ["predecessor__code"]
        constraints = [
            models.UniqueConstraint(
                fields=["predecessor", "successor"],
                name="agenda_projectdependency_once",
                violation_error_message="Diese Abhängigkeit ist schon eingetragen.",
            ),
            models.CheckConstraint(
                name="agenda_projectdependency_not_itself",
                condition=~Q(predecessor=F("successor")),
                violation_error_message="Ein Projekt kann nicht von sich selbst abhängen.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor} → {self.successor}"
