"""Files: documents and images, with their source and what they say to people who cannot see them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from portal.shared.files import document_path, document_validators, image_path, image_validators
from portal.shared.history import kept_history
from portal.shared.publication import Publication, PublicationQuerySet


class Document(Publication):
    """A file to download."""

    class Accessibility(models.TextChoices):
        """How far people with assistive technology can read the file."""

        ACCESSIBLE = "accessible", "barrierefrei"
        PARTLY = "partly", "teilweise barrierefrei"
        NOT = "not", "nicht barrierefrei"
        UNKNOWN = "unknown", "nicht geprüft"

    title = models.CharField("Titel", max_length=200)
    file = models.FileField("Datei", upload_to=document_path, validators=document_validators)
    description = models.TextField("Worum es geht", blank=True)
    source = models.CharField("Quelle", max_length=300)
    dated_on = models.DateField("Stand", null=True, blank=True)
    accessibility = models.CharField(
        "Barrierefreiheit",
        max_length=10,
        choices=Accessibility.choices,
        default=Accessibility.UNKNOWN,
    )
    objects = PublicationQuerySet.as_manager()
    history = kept_history()

    class Meta(Publication.Meta):
        verbose_name = "Dokument"
        verbose_name_plural = "Dokumente"
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title


class Image(models.Model):
    """A picture; nobody can save one without saying what it shows and whose it is."""

    title = models.CharField("Titel", max_length=200)
    file = models.ImageField(
        "Bilddatei",
        upload_to=image_path,
        validators=image_validators,
        width_field="width",
        height_field="height",
    )
    width = models.PositiveIntegerField("Breite in Pixeln", editable=False, default=0)
    height = models.PositiveIntegerField("Höhe in Pixeln", editable=False, default=0)
    alt_text = models.CharField(
        "Alternativtext",
        max_length=300,
        help_text="Was ist zu sehen? Ein Satz für Menschen, die das Bild nicht sehen können.",
    )
    source = models.CharField("Quelle und Urheber", max_length=300)
    licence = models.CharField("Lizenz", max_length=100, blank=True)
    created_at = models.DateTimeField("angelegt am", auto_now_add=True)
    history = kept_history()

    class Meta:
        verbose_name = "Bild"
        verbose_name_plural = "Bilder"
        ordering = ["title"]
        constraints = [
            models.CheckConstraint(
                name="portal_image_says_what_it_shows",
                condition=Q(alt_text__regex=r"\S") & Q(source__regex=r"\S"),
                violation_error_message="Ein Bild braucht einen Alternativtext und eine Quelle.",
            )
        ]

    def __str__(self) -> str:
        return self.title
