"""The frame: an agenda, the decisions that carry it, and the fields of action."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from portal.shared.history import kept_history
from portal.shared.publication import Publication, PublicationQuerySet
from portal.shared.richtext import RichTextField

if TYPE_CHECKING:
    from datetime import datetime


class AgendaQuerySet(PublicationQuerySet["Agenda"]):
    """Agendas by their standing."""

    def in_force_first(self) -> Self:
        """Adopted agendas before drafts, superseded ones last; the newest period first."""
        rank = models.Case(
            models.When(status=Agenda.Status.ADOPTED, then=0),
            models.When(status=Agenda.Status.DRAFT, then=1),
            default=2,
        )
        return self.order_by(rank, "-period_start", "-pk")

    def current(self, at: datetime) -> Agenda | None:
        """The agenda that the public pages show."""
        return self.public(at).in_force_first().first()


class Agenda(Publication):
    """The digital agenda of the county for one period.

    That an adopted agenda has a decision is kept by the trigger `agenda_agenda_adopted_has_decision`.
    """

    class Status(models.TextChoices):
        """Where the agenda stands with the Kreistag; apart from whether it is on the web."""

        DRAFT = "draft", "Entwurf"
        ADOPTED = "adopted", "beschlossen"
        SUPERSEDED = "superseded", "abgelöst"

    title = models.CharField("Titel", max_length=200)
    slug = models.SlugField("Adresse", max_length=100, unique=True)
    status = models.CharField("Beschlusslage", max_length=10, choices=Status.choices, default=Status.DRAFT)
    vision = models.TextField("Leitbild", blank=True, help_text="Ein Satz: wohin der Landkreis will.")
    introduction = RichTextField("Einleitung", blank=True)
    principles = RichTextField("Grundsätze", blank=True)
    method_note = RichTextField(
        "Methode",
        blank=True,
        help_text="Wie der Ist-Stand erhoben und die Agenda abgeleitet wurde.",
    )
    plain_language = RichTextField("In einfacher Sprache", blank=True)
    reporting_note = RichTextField("Berichtswesen", blank=True)
    period_start = models.DateField("Beginn der Laufzeit")
    short_until = models.DateField("kurzfristig bis")
    medium_until = models.DateField("mittelfristig bis")
    period_end = models.DateField("Ende der Laufzeit")
    data_as_of = models.DateField("Stand der Angaben")
    supersedes = models.OneToOneField(
        "self",
        verbose_name="löst ab",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="superseded_by",
    )
    is_example = models.BooleanField(
        "Beispielinhalt",
        default=False,
        help_text="Kennzeichnet die Agenda und alles darin auf jeder Seite als Beispiel.",
    )

    objects = AgendaQuerySet.as_manager()
    history = kept_history()

    class Meta(Publication.Meta):
        verbose_name = "Agenda"
        verbose_name_plural = "Agenden"
        ordering = ["-period_start", "-pk"]
        constraints = [
            *Publication.Meta.constraints,
            models.CheckConstraint(
                name="agenda_agenda_horizons_in_order",
                condition=Q(period_start__lt=F("short_until"))
                & Q(short_until__lt=F("medium_until"))
                & Q(medium_until__lt=F("period_end")),
                violation_error_message=(
                    "Die Zeiträume müssen aufeinander folgen: Beginn, kurzfristig bis, mittelfristig bis, Ende."
                ),
            ),
            models.CheckConstraint(
                name="agenda_agenda_not_its_own_predecessor",
                condition=Q(supersedes=None) | ~Q(supersedes=F("id")),
                violation_error_message="Eine Agenda kann sich nicht selbst ablösen.",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The overview; there is one agenda in public view at a time."""
        return reverse("agenda:overview")

    def publication_obstacles(self) -> list[str]:
        """Readers need the vision, the introduction and the method."""
        texts: list[tuple[str, str]] = [
            ("Leitbild", self.vision),
            ("Einleitung", self.introduction),
            ("Methode", self.method_note),
        ]
        return [f"Es fehlt: {label}." for label, text in texts if not text.strip()]


class Decision(models.Model):
    """A Beschluss of the Kreistag or a committee about an agenda."""

    class Outcome(models.TextChoices):
        """What the body decided."""

        ADOPTED = "adopted", "beschlossen"
        TAKEN_NOTE = "noted", "zur Kenntnis genommen"
        REJECTED = "rejected", "abgelehnt"

    agenda = models.ForeignKey(Agenda, verbose_name="Agenda", on_delete=models.CASCADE, related_name="decisions")
    body = models.CharField("Gremium", max_length=100, help_text="Zum Beispiel „Kreistag“.")
    decided_on = models.DateField("Datum")
    reference_no = models.CharField("Vorlagen- oder Beschlussnummer", max_length=50)
    subject = models.CharField("Gegenstand", max_length=300)
    outcome = models.CharField("Ergebnis", max_length=8, choices=Outcome.choices, default=Outcome.ADOPTED)
    url = models.URLField("Link zum Ratsinformationssystem", blank=True)
    history = kept_history()

    class Meta:
        verbose_name = "Beschluss"
        verbose_name_plural = "Beschlüsse"
        ordering = ["-decided_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["agenda", "body", "reference_no"],
                name="agenda_decision_once",
                violation_error_message="Dieser Beschluss ist schon eingetragen.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.body}, {self.decided_on:%d.%m.%Y}, {self.reference_no}"


class ActionFieldQuerySet(models.QuerySet["ActionField"]):
    """Fields of action; they are public as soon as they exist and outlive single agendas."""

    def in_use(self, at: datetime) -> Self:
        """Fields not retired before the day of `at`."""
        return self.filter(Q(retired_on=None) | Q(retired_on__gt=at.date()))


class ActionField(models.Model):
    """A Handlungsfeld; stable across agendas: retired, never deleted. Depth two by trigger."""

    code = models.CharField("Kürzel", max_length=10, unique=True)
    title = models.CharField("Titel", max_length=100)
    slug = models.SlugField("Adresse", max_length=100, unique=True)
    summary = models.TextField("Worum es geht")
    plain_language = RichTextField("In einfacher Sprache", blank=True)
    topic = models.ForeignKey(
        "portal.Topic",
        verbose_name="Thema im Portal",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="action_fields",
    )
    parent = models.ForeignKey(
        "self",
        verbose_name="gehört zu",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
    )
    order = models.PositiveSmallIntegerField("Reihenfolge", default=0)
    retired_on = models.DateField("nicht mehr verwendet ab", null=True, blank=True)

    objects = ActionFieldQuerySet.as_manager()
    history = kept_history()

    class Meta:
        verbose_name = "Handlungsfeld"
        verbose_name_plural = "Handlungsfelder"
        ordering = ["order", "code"]
        constraints = [
            models.CheckConstraint(
                name="agenda_actionfield_not_own_parent",
                condition=Q(parent=None) | ~Q(parent=F("id")),
                violation_error_message="Ein Handlungsfeld kann nicht zu sich selbst gehören.",
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The Ist-Stand of this field."""
        return reverse("agenda:field_detail", args=[self.slug])

    def clean(self) -> None:
        """Refuse a third level where the person can still read why."""
        if self.parent is None:
            return
        if self.parent.parent_id is not None or (self.pk and self.children.exists()):
            raise ValidationError({"parent": "Handlungsfelder haben höchstens zwei Ebenen."})
