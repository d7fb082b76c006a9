"""Projects: what is done, why, where, until when and how far it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from agenda.models.findings import Finding
from agenda.models.frame import ActionField, Agenda
from agenda.models.strategy import PRIORITY_RANGE, Challenge, MeasurePackage, Priority
from portal.shared.history import kept_history
from portal.shared.publication import Publication, PublicationQuerySet
from portal.shared.richtext import RichTextField

if TYPE_CHECKING:
    from datetime import datetime


class ProjectQuerySet(PublicationQuerySet["Project"]):
    """Projects behind the gate of their package and agenda."""

    def public(self, at: datetime) -> Self:
        """Published projects of packages in public view."""
        return super().public(at).filter(package__in=MeasurePackage.objects.public(at))

    def in_count(self) -> Self:
        """Projects that count in progress: not given up and not merged into another."""
        return self.exclude(phase=Project.Phase.DISCONTINUED).filter(merged_into=None)


class Project(Publication):
    """A Projekt (Maßnahme) of a package.

    Its agenda is that of its package (composite foreign key `agenda_project_agenda_of_package`); its challenges
    are among those of its package and a published one has a lead and a challenge (triggers, see migrations).
    """

    class Phase(models.TextChoices):
        """Where the work stands."""

        IDEA = "idea", "Idee"
        PLANNED = "planned", "geplant"
        APPROVED = "approved", "beschlossen"
        RUNNING = "running", "in Umsetzung"
        COMPLETED = "completed", "abgeschlossen"
        ON_HOLD = "on_hold", "zurückgestellt"
        DISCONTINUED = "discontinued", "eingestellt"

    class Health(models.TextChoices):
        """The traffic light; derived unless overridden."""

        ON_TRACK = "on_track", "im Plan"
        AT_RISK = "at_risk", "gefährdet"
        LATE = "late", "in Verzug"

    class ProgressMode(models.TextChoices):
        """Where the percentage comes from."""

        MILESTONES = "milestones", "aus den Meilensteinen"
        MANUAL = "manual", "von Hand"
        INDICATOR = "indicator", "aus einer Kennzahl"

    class Precision(models.TextChoices):
        """How exactly the dates are meant."""

        DAY = "day", "Tag"
        MONTH = "month", "Monat"
        QUARTER = "quarter", "Quartal"
        YEAR = "year", "Jahr"

    agenda = models.ForeignKey(
        Agenda,
        verbose_name="Agenda",
        on_delete=models.PROTECT,
        related_name="projects",
        editable=False,
    )
    package = models.ForeignKey(
        MeasurePackage,
        verbose_name="Maßnahmenpaket",
        on_delete=models.PROTECT,
        related_name="projects",
    )
    code = models.CharField("Kürzel", max_length=10)
    number = models.CharField("Nummer", max_length=10, blank=True)
    title = models.CharField("Titel", max_length=200)
    slug = models.SlugField("Adresse", max_length=120, unique=True)
    teaser = models.CharField("Kurztext", max_length=200, help_text="Ein Satz für Listen und Karten.")
    description = RichTextField("Beschreibung", blank=True)
    expected_effect = models.TextField("erwartete Wirkung", blank=True)
    plain_language = RichTextField("In einfacher Sprache", blank=True)
    field = models.ForeignKey(
        ActionField, verbose_name="Handlungsfeld", on_delete=models.PROTECT, related_name="projects"
    )
    extra_fields = models.ManyToManyField(
        ActionField,
        verbose_name="weitere Handlungsfelder",
        blank=True,
        related_name="further_projects",
    )
    challenges = models.ManyToManyField(
        Challenge,
        verbose_name="Herausforderungen",
        related_name="projects",
        help_text="Aus den Herausforderungen des Maßnahmenpakets.",
    )
    findings = models.ManyToManyField(
        Finding,
        verbose_name="Befunde",
        blank=True,
        related_name="projects",
        help_text="Warum es das Projekt gibt.",
    )
    municipalities = models.ManyToManyField(
        "portal.Municipality",
        verbose_name="Gemeinden",
        blank=True,
        related_name="projects",
        help_text="Leer: der ganze Landkreis.",
    )
    target_groups = ArrayField(
        models.CharField(max_length=100),
        verbose_name="Zielgruppen",
        default=list,
        blank=True,
        help_text="Mit Komma trennen.",
    )
    priority = models.PositiveSmallIntegerField(
        "Priorität", choices=Priority.choices, default=Priority.MEDIUM, validators=PRIORITY_RANGE
    )
    phase = models.CharField("Stand", max_length=12, choices=Phase.choices, default=Phase.IDEA)
    phase_reason = models.TextField(
        "Begründung des Stands",
        blank=True,
        help_text="Nötig, wenn ein Projekt zurückgestellt oder eingestellt ist.",
    )
    status_on = models.DateField("Stand vom", null=True, blank=True)
    health_override = models.CharField(
        "Ampel von Hand",
        max_length=8,
        choices=Health.choices,
        blank=True,
        help_text="Leer: aus Meilensteinen und Terminen abgeleitet.",
    )
    health_reason = models.TextField("Begründung der Ampel", blank=True)
    planned_start = models.DateField("geplanter Beginn", null=True, blank=True)
    planned_end = models.DateField("geplantes Ende", null=True, blank=True)
    actual_start = models.DateField("tatsächlicher Beginn", null=True, blank=True)
    actual_end = models.DateField("tatsächliches Ende", null=True, blank=True)
    date_precision = models.CharField(
        "Genauigkeit der Termine", max_length=7, choices=Precision.choices, default=Precision.MONTH
    )
    progress_mode = models.CharField(
        "Fortschritt", max_length=10, choices=ProgressMode.choices, default=ProgressMode.MILESTONES
    )
    manual_progress = models.PositiveSmallIntegerField(
        "Fortschritt in Prozent",
        null=True,
        blank=True,
        validators=[MaxValueValidator(100)],
        help_text="Nur wenn der Fortschritt von Hand gesetzt wird.",
    )
    cost_min = models.DecimalField("Kosten ab (EUR)", max_digits=12, decimal_places=2, null=True, blank=True)
    cost_max = models.DecimalField("Kosten bis (EUR)", max_digits=12, decimal_places=2, null=True, blank=True)
    running_cost = models.DecimalField(
        "laufende Kosten je Jahr (EUR)", max_digits=12, decimal_places=2, null=True, blank=True
    )
    cost_note = models.CharField("Grundlage der Kosten", max_length=300, blank=True)
    risks = models.TextField("Risiken", blank=True)
    sustainability_note = models.TextField(
        "Verstetigung", blank=True, help_text="Wer es nach der Förderung betreibt und bezahlt."
    )
    is_reusable = models.BooleanField(
        "zur Nachnutzung",
        default=False,
        help_text="Andere Gemeinden können das Ergebnis übernehmen.",
    )
    merged_into = models.ForeignKey(
        "self",
        verbose_name="aufgegangen in",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="merged_projects",
    )

    objects = ProjectQuerySet.as_manager()
    history = kept_history(m2m_fields=[extra_fields, challenges, findings, municipalities])

    class Meta(Publication.Meta):
        verbose_name = "Projekt"
        verbose_name_plural = "Projekte"
        ordering = ["code"]
        constraints = [
            *Publication.Meta.constraints,
            models.UniqueConstraint(
                fields=["agenda", "code"],
                name="agenda_project_code_once",
                violation_error_message="Dieses Kürzel ist in der Agenda schon vergeben.",
            ),
            models.CheckConstraint(
                name="agenda_project_planned_in_order",
                condition=Q(planned_start=None) | Q(planned_end=None) | Q(planned_end__gte=F("planned_start")),
                violation_error_message="Das geplante Ende darf nicht vor dem geplanten Beginn liegen.",
            ),
            models.CheckConstraint(
                name="agenda_project_actual_in_order",
                condition=Q(actual_start=None) | Q(actual_end=None) | Q(actual_end__gte=F("actual_start")),
                violation_error_message="Das tatsächliche Ende darf nicht vor dem tatsächlichen Beginn liegen.",
            ),
            models.CheckConstraint(
                name="agenda_project_completed_iff_ended",
                condition=Q(phase="completed", actual_end__isnull=False)
                | (~Q(phase="completed") & (Q(actual_end=None) | Q(phase="discontinued"))),
                violation_error_message="Ein Projekt ist genau dann abgeschlossen, wenn es ein tatsächliches Ende hat.",
            ),
            models.CheckConstraint(
                name="agenda_project_stop_has_reason",
                condition=~Q(phase__in=["on_hold", "discontinued"]) | ~Q(phase_reason=""),
                violation_error_message="Ein zurückgestelltes oder eingestelltes Projekt braucht eine Begründung.",
            ),
            models.CheckConstraint(
                name="agenda_project_override_has_reason",
                condition=Q(health_override="") | ~Q(health_reason=""),
                violation_error_message="Eine von Hand gesetzte Ampel braucht eine Begründung.",
            ),
            models.CheckConstraint(
                name="agenda_project_manual_progress_percent",
                condition=Q(manual_progress=None) | Q(manual_progress__lte=100),
                violation_error_message="Der Fortschritt liegt zwischen 0 und 100 Prozent.",
            ),
            models.CheckConstraint(
                name="agenda_project_costs_in_order",
                condition=(Q(cost_min=None) | Q(cost_min__gte=0))
                & (Q(cost_max=None) | Q(cost_max__gte=0))
                & (Q(running_cost=None) | Q(running_cost__gte=0))
                & (Q(cost_min=None) | Q(cost_max=None) | Q(cost_max__gte=F("cost_min"))),
                violation_error_message="Kosten sind nicht negativ, und „bis“ ist mindestens so hoch wie „ab“.",
            ),
            models.CheckConstraint(
                name="agenda_project_priority_known",
                condition=Q(priority__in=Priority.values),
                violation_error_message="Die Priorität ist hoch, mittel oder niedrig.",
            ),
            models.CheckConstraint(
                name="agenda_project_not_merged_into_itself",
                condition=Q(merged_into=None) | ~Q(merged_into=F("id")),
                violation_error_message="Ein Projekt kann nicht in sich selbst aufgehen.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    def save(self, *args: object, **kwargs: object) -> None:
        """Carry the package's agenda, which the composite foreign key demands."""
        if self.package_id is not None:
            self.agenda_id = self.package.agenda_id
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    def get_absolute_url(self) -> str:
        """The Steckbrief."""
        return reverse("agenda:project_detail", args=[self.slug])

    def publication_obstacles(self) -> list[str]:
        """A project needs exactly one lead and a challenge it serves."""
        obstacles = []
        if not self.parties.filter(role="lead").exists():
            obstacles.append("Es fehlt die Federführung unter „Beteiligte“.")
        if not self.challenges.exists():
            obstacles.append("Es fehlt mindestens eine Herausforderung, der das Projekt dient.")
        return obstacles
