"""The outbox: every mail is a row, written in the same transaction as the act that causes it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from datetime import datetime


class OutgoingMailQuerySet(models.QuerySet["OutgoingMail"]):
    """Which mails wait."""

    def due(self, at: datetime) -> Self:
        """Queued mails whose next try has come, oldest first."""
        return self.filter(state=OutgoingMail.State.QUEUED, next_try_at__lte=at).order_by("next_try_at", "pk")


class OutgoingMail(models.Model):
    """One mail to one person; `portal.shared.outbox` writes and delivers it."""

    class State(models.TextChoices):
        """Queued until delivered or given up."""

        QUEUED = "queued", "wartet"
        SENT = "sent", "versandt"
        GIVEN_UP = "given_up", "aufgegeben"

    key = models.CharField(
        "Schlüssel",
        max_length=200,
        unique=True,
        help_text="Anlass und Empfänger; derselbe Schlüssel wird nie zweimal versandt.",
    )
    to = models.EmailField("an")
    subject = models.CharField("Betreff", max_length=200)
    text = models.TextField("Text")
    reply_to = models.EmailField("Antwort an", blank=True)
    state = models.CharField("Stand", max_length=8, choices=State.choices, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField("Versuche", default=0)
    created_at = models.DateTimeField("geschrieben am")
    next_try_at = models.DateTimeField("nächster Versuch", null=True, blank=True)
    sent_at = models.DateTimeField("versandt am", null=True, blank=True)
    last_error = models.TextField("letzter Fehler", blank=True)

    objects = OutgoingMailQuerySet.as_manager()

    class Meta:
        verbose_name = "ausgehende Mail"
        verbose_name_plural = "Postausgang"
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="portal_outgoingmail_state_has_moments",
                condition=Q(state="queued", next_try_at__isnull=False, sent_at=None)
                | Q(state="sent", sent_at__isnull=False, next_try_at=None)
                | Q(state="given_up", sent_at=None, next_try_at=None),
                violation_error_message="Stand und Zeitpunkte der Mail passen nicht zusammen.",
            )
        ]
        indexes = [
            models.Index(fields=["next_try_at"], condition=Q(state="queued"), name="portal_mail_due"),
        ]

    def __str__(self) -> str:
        return f"{self.subject} an {self.to}"
