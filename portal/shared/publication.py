"""The publication base: one state machine and one gate for everything the public may read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self, TypeVar

from django.contrib.auth import get_permission_codename
from django.db import models
from django.db.models import F, Q

if TYPE_CHECKING:
    from datetime import datetime

    from django.contrib.auth.base_user import AbstractBaseUser
    from django.contrib.auth.models import AnonymousUser

M = TypeVar("M", bound="Publication")


class PublicationState(models.TextChoices):
    """Draft → in review → published → withdrawn; acts in `portal.shared.publishing` move along it."""

    DRAFT = "draft", "Entwurf"
    IN_REVIEW = "in_review", "in Prüfung"
    PUBLISHED = "published", "veröffentlicht"
    WITHDRAWN = "withdrawn", "zurückgezogen"


class PublicationQuerySet(models.QuerySet[M]):
    """The gate. A model below others narrows `public` by its parents and inherits the rest."""

    def public(self, at: datetime) -> Self:
        """Rows that everybody may read at the moment `at`."""
        return self.filter(
            Q(public_from=None) | Q(public_from__lte=at),
            Q(public_until=None) | Q(public_until__gt=at),
            state=PublicationState.PUBLISHED,
        )

    def visible_to(self, user: AbstractBaseUser | AnonymousUser, *, at: datetime) -> Self:
        """`public(at)`, and everything for staff who may see the model in the administration."""
        codename = get_permission_codename("view", self.model._meta)
        is_staff = user.is_authenticated and getattr(user, "is_staff", False)
        if is_staff and user.has_perm(f"{self.model._meta.app_label}.{codename}"):  # type: ignore[union-attr]
            return self.all()
        return self.public(at)


class Publication(models.Model):
    """Abstract: state and window of publication, who is responsible, when it changed.

    Only `portal.shared.publishing` writes `state` and `published_at`.
    """

    state = models.CharField(
        "Stand der Veröffentlichung",
        max_length=10,
        choices=PublicationState.choices,
        default=PublicationState.DRAFT,
        editable=False,
    )
    published_at = models.DateTimeField("zuerst veröffentlicht am", null=True, blank=True, editable=False)
    public_from = models.DateTimeField(
        "sichtbar ab", null=True, blank=True, help_text="Leer: sobald veröffentlicht wird."
    )
    public_until = models.DateTimeField("sichtbar bis", null=True, blank=True, help_text="Leer: ohne Ende.")
    owner = models.ForeignKey(
        "portal.OrganisationUnit",
        verbose_name="zuständige Organisationseinheit",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="Fachämter bearbeiten, was ihrer Organisationseinheit gehört.",
    )
    created_at = models.DateTimeField("angelegt am", auto_now_add=True)
    updated_at = models.DateTimeField("geändert am", auto_now=True)

    class Meta:
        abstract = True
        default_permissions = ("add", "change", "delete", "view", "publish")
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_window_in_order",
                condition=Q(public_from=None) | Q(public_until=None) | Q(public_until__gt=F("public_from")),
                violation_error_message="„Sichtbar bis“ muss nach „sichtbar ab“ liegen.",
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_published_has_moment",
                condition=~Q(state__in=[PublicationState.PUBLISHED, PublicationState.WITHDRAWN])
                | Q(published_at__isnull=False),
                violation_error_message="Was veröffentlicht ist, braucht den Zeitpunkt der Veröffentlichung.",
            ),
        ]

    def get_absolute_url(self) -> str:
        """The public page of this row."""
        raise NotImplementedError

    def is_public(self, at: datetime) -> bool:
        """Whether the gate lets everybody read this row at the moment `at` (asks the database)."""
        return bool(type(self)._default_manager.public(at).filter(pk=self.pk).exists())  # type: ignore[attr-defined]

    def publication_obstacles(self) -> list[str]:
        """German sentences that say what is missing before this row may be published."""
        return []
