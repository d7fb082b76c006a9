"""Ist-Stand: criteria, rounds of assessment and the maturity of a field in a place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q

from agenda.models.frame import ActionField, Agenda
from portal.shared.history import kept_history

if TYPE_CHECKING:
    from datetime import datetime

MAX_LEVEL = 4


class Criterion(models.Model):
    """A question by which the maturity of a field is rated from 0 to 4; criteria are rows so that they can change."""

    field = models.ForeignKey(
        ActionField, verbose_name="Handlungsfeld", on_delete=models.PROTECT, related_name="criteria"
    )
    code = models.CharField("Kürzel", max_length=20, unique=True)
    question = models.CharField("Frage", max_length=300)
    guidance = models.TextField("Hinweise zur Einschätzung", blank=True)
    level_0 = models.CharField("Stufe 0", max_length=300)
    level_1 = models.CharField("Stufe 1", max_length=300)
    level_2 = models.CharField("Stufe 2", max_length=300)
    level_3 = models.CharField("Stufe 3", max_length=300)
    level_4 = models.CharField("Stufe 4", max_length=300)
    weight = models.PositiveSmallIntegerField("Gewicht", default=1)
    valid_from = models.DateField("gilt ab")
    valid_to = models.DateField("gilt bis", null=True, blank=True)
    replaces = models.OneToOneField(
        "self",
        verbose_name="ersetzt",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="replaced_by",
    )
    history = kept_history()

    class Meta:
        verbose_name = "Kriterium"
        verbose_name_plural = "Kriterien"
        ordering = ["field", "code"]
        constraints = [
            models.CheckConstraint(
                name="agenda_criterion_weight_positive",
                condition=Q(weight__gt=0),
                violation_error_message="Das Gewicht muss größer als null sein.",
            ),
            models.CheckConstraint(
                name="agenda_criterion_validity_in_order",
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                violation_error_message="„Gilt bis“ darf nicht vor „gilt ab“ liegen.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.question}"


class AssessmentRound(models.Model):
    """An Erhebungsrunde: one day of reference, one method. A closed round is corrected only by a new one."""

    class State(models.TextChoices):
        """Open for entries, closed, shown to the public."""

        OPEN = "open", "offen"
        CLOSED = "closed", "abgeschlossen"
        PUBLISHED = "published", "veröffentlicht"

    agenda = models.ForeignKey(Agenda, verbose_name="Agenda", on_delete=models.PROTECT, related_name="rounds")
    title = models.CharField("Titel", max_length=200)
    reference_date = models.DateField("Stichtag")
    method = models.TextField("Methode")
    state = models.CharField("Stand", max_length=9, choices=State.choices, default=State.OPEN, editable=False)
    criteria = models.ManyToManyField(Criterion, verbose_name="Kriterien", blank=True, related_name="rounds")
    history = kept_history(m2m_fields=[criteria])

    class Meta:
        verbose_name = "Erhebungsrunde"
        verbose_name_plural = "Erhebungsrunden"
        ordering = ["-reference_date", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["agenda", "reference_date"],
                name="agenda_round_one_per_day",
                violation_error_message="Für diesen Stichtag gibt es schon eine Erhebungsrunde.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.reference_date:%d.%m.%Y})"


class AssessmentQuerySet(models.QuerySet["Assessment"]):
    """Assessments behind the gate of their round and agenda."""

    def public(self, at: datetime) -> Self:
        """Confirmed assessments of published rounds of public agendas."""
        return self.filter(
            round__agenda__in=Agenda.objects.public(at),
            round__state=AssessmentRound.State.PUBLISHED,
            status=Assessment.Status.CONFIRMED,
        )


class Assessment(models.Model):
    """The maturity of one field in one place (no place: the county as a whole) in one round.

    A trigger (`agenda_assessment_round_open`) refuses changes once the round is closed.
    """

    class Applicability(models.TextChoices):
        """Why there is a level or none; “no level” is never drawn as level 0."""

        ASSESSED = "assessed", "eingeschätzt"
        NOT_ASSESSED = "not_assessed", "noch nicht eingeschätzt"
        NOT_APPLICABLE = "not_applicable", "trifft nicht zu"

    class Status(models.TextChoices):
        """From the first note to the confirmed result."""

        DRAFT = "draft", "Entwurf"
        SUBMITTED = "submitted", "eingereicht"
        CONFIRMED = "confirmed", "bestätigt"

    round = models.ForeignKey(
        AssessmentRound,
        verbose_name="Erhebungsrunde",
        on_delete=models.PROTECT,
        related_name="assessments",
    )
    field = models.ForeignKey(
        ActionField,
        verbose_name="Handlungsfeld",
        on_delete=models.PROTECT,
        related_name="assessments",
    )
    municipality = models.ForeignKey(
        "portal.Municipality",
        verbose_name="Gemeinde",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="assessments",
        help_text="Leer: der Landkreis als Ganzes.",
    )
    applicability = models.CharField(
        "Anwendbarkeit",
        max_length=14,
        choices=Applicability.choices,
        default=Applicability.NOT_ASSESSED,
    )
    current_level = models.PositiveSmallIntegerField(
        "Ist-Stufe", null=True, blank=True, validators=[MaxValueValidator(MAX_LEVEL)]
    )
    target_level = models.PositiveSmallIntegerField(
        "Soll-Stufe", null=True, blank=True, validators=[MaxValueValidator(MAX_LEVEL)]
    )
    target_year = models.PositiveSmallIntegerField("Zieljahr", null=True, blank=True)
    target_note = models.CharField(
        "Anmerkung zum Ziel",
        max_length=300,
        blank=True,
        help_text="Nötig, wenn das Ziel unter dem heutigen Stand liegt.",
    )
    summary = models.TextField("Zusammenfassung", blank=True)
    strengths = models.TextField("Stärken", blank=True)
    gaps = models.TextField("Lücken", blank=True)
    assessor = models.CharField("eingeschätzt von", max_length=200, blank=True)
    status = models.CharField("Bearbeitungsstand", max_length=9, choices=Status.choices, default=Status.DRAFT)

    objects = AssessmentQuerySet.as_manager()
    history = kept_history()

    class Meta:
        verbose_name = "Einschätzung"
        verbose_name_plural = "Einschätzungen"
        ordering = ["round", "field", "municipality"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "field", "municipality"],
                nulls_distinct=False,
                name="agenda_assessment_once",
                violation_error_message="Für dieses Handlungsfeld und diesen Ort gibt es schon eine Einschätzung.",
            ),
            models.CheckConstraint(
                name="agenda_assessment_level_iff_assessed",
                condition=Q(applicability="assessed", current_level__isnull=False)
                | (~Q(applicability="assessed") & Q(current_level=None)),
                violation_error_message="Eine Ist-Stufe gehört genau dann dazu, wenn eingeschätzt wurde.",
            ),
            models.CheckConstraint(
                name="agenda_assessment_levels_in_range",
                condition=(Q(current_level=None) | Q(current_level__lte=MAX_LEVEL))
                & (Q(target_level=None) | Q(target_level__lte=MAX_LEVEL)),
                violation_error_message="Stufen gehen von 0 bis 4.",
            ),
            models.CheckConstraint(
                name="agenda_assessment_target_not_below",
                condition=Q(target_level=None)
                | Q(current_level=None)
                | Q(target_level__gte=F("current_level"))
                | ~Q(target_note=""),
                violation_error_message="Liegt das Ziel unter dem heutigen Stand, begründen Sie es bitte.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.field}: {self.municipality or 'Landkreis'}"


class CriterionRating(models.Model):
    """The level of one criterion within an assessment, with its reason."""

    assessment = models.ForeignKey(
        Assessment, verbose_name="Einschätzung", on_delete=models.CASCADE, related_name="ratings"
    )
    criterion = models.ForeignKey(Criterion, verbose_name="Kriterium", on_delete=models.PROTECT, related_name="ratings")
    level = models.PositiveSmallIntegerField("Stufe", validators=[MaxValueValidator(MAX_LEVEL)])
    rationale = models.TextField("Begründung", blank=True)
    history = kept_history()

    class Meta:
        verbose_name = "Stufe je Kriterium"
        verbose_name_plural = "Stufen je Kriterium"
        ordering = ["criterion"]
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "criterion"],
                name="agenda_criterionrating_once",
                violation_error_message="Dieses Kriterium ist schon bewertet.",
            ),
            models.CheckConstraint(
                name="agenda_criterionrating_level_in_range",
                condition=Q(level__lte=MAX_LEVEL),
                violation_error_message="Stufen gehen von 0 bis 4.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.criterion}: {self.level}"
