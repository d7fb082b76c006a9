"""People who sign in: the staff of the portal."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower


class User(AbstractUser):
    """An account of the staff; visitors never need one."""

    unit = models.ForeignKey(
        "portal.OrganisationUnit",
        verbose_name="Organisationseinheit",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="members",
        help_text="Fachämter sehen und bearbeiten, was dieser Einheit gehört.",
    )

    class Meta(AbstractUser.Meta):
        verbose_name = "Konto"
        verbose_name_plural = "Konten"
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                condition=~Q(email=""),
                name="portal_user_email_unique",
                violation_error_message="Diese E-Mail-Adresse gehört schon zu einem anderen Konto.",
            )
        ]

    def __str__(self) -> str:
        return self.get_full_name() or self.username
