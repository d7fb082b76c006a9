"""Who does something: units of the county administration, and organisations outside it."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from portal.shared.history import kept_history
from portal.shared.sorting import german_sort_key


class OrganisationUnit(models.Model):
    """An Amt or Fachbereich of the Kreisverwaltung: the owner of content; a tree of depth two.

    The depth is kept by the trigger `portal_organisationunit_depth`.
    """

    name = models.CharField("Name", max_length=200, unique=True)
    short_name = models.CharField("Kurzzeichen", max_length=20, blank=True)
    parent = models.ForeignKey(
        "self",
        verbose_name="gehört zu",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        help_text="Nur eine Ebene: ein Amt kann zu einem Fachbereich gehören, mehr nicht.",
    )
    email = models.EmailField("E-Mail", blank=True)
    sort_key = german_sort_key("name")
    history = kept_history(excluded_fields=["sort_key"])

    class Meta:
        verbose_name = "Organisationseinheit"
        verbose_name_plural = "Organisationseinheiten"
        ordering = ["sort_key"]
        constraints = [
            models.CheckConstraint(
                name="portal_organisationunit_not_own_parent",
                condition=Q(parent=None) | ~Q(parent=F("id")),
                violation_error_message="Eine Organisationseinheit kann nicht zu sich selbst gehören.",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Refuse a third level where the person can still read why."""
        if self.parent is None:
            return
        if self.parent.parent_id is not None or (self.pk and self.children.exists()):
            raise ValidationError({"parent": "Organisationseinheiten haben höchstens zwei Ebenen."})


class Organisation(models.Model):
    """A body that takes part in a project: authority, association, firm, club, school."""

    class Kind(models.TextChoices):
        """What sort of body it is; coarse on purpose."""

        COUNTY = "county", "Landkreis"
        MUNICIPALITY = "municipality", "Gemeinde oder Gemeindeverband"
        PUBLIC = "public", "öffentliche Einrichtung"
        FIRM = "firm", "Unternehmen"
        ASSOCIATION = "association", "Verein oder Verband"
        EDUCATION = "education", "Schule oder Hochschule"
        OTHER = "other", "Sonstige"

    name = models.CharField("Name", max_length=200, unique=True)
    kind = models.CharField("Art", max_length=12, choices=Kind.choices, default=Kind.OTHER)
    unit = models.OneToOneField(
        OrganisationUnit,
        verbose_name="Organisationseinheit des Landkreises",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="organisation",
        help_text="Nur wenn es ein Amt des Landkreises ist.",
    )
    website = models.URLField("Internetseite", blank=True)
    sort_key = german_sort_key("name")
    history = kept_history(excluded_fields=["sort_key"])

    class Meta:
        verbose_name = "Organisation"
        verbose_name_plural = "Organisationen"
        ordering = ["sort_key"]

    def __str__(self) -> str:
        return self.name
