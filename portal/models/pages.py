"""Standing pages and news of the portal itself."""

from __future__ import annotations

from django.db import models
from django.urls import reverse

from portal.shared.history import kept_history
from portal.shared.publication import Publication, PublicationQuerySet
from portal.shared.richtext import RichTextField


class Page(Publication):
    """A page of text: Impressum, Datenschutz, Barrierefreiheit, Leichte Sprache …"""

    title = models.CharField("Titel", max_length=200)
    slug = models.SlugField(
        "Adresse",
        max_length=100,
        unique=True,
        help_text="Teil der Internetadresse, z. B. „impressum“.",
    )
    lead = models.TextField("Einleitung", blank=True, help_text="Ein bis zwei Sätze über dem Text.")
    body = RichTextField("Text", blank=True)
    is_in_footer = models.BooleanField("im Seitenfuß verlinken", default=False)
    order = models.PositiveSmallIntegerField("Reihenfolge", default=0)
    reviewed_on = models.DateField(
        "zuletzt geprüft am",
        null=True,
        blank=True,
        help_text="Die Erklärung zur Barrierefreiheit ist jedes Jahr zu prüfen.",
    )
    objects = PublicationQuerySet.as_manager()
    history = kept_history()

    class Meta(Publication.Meta):
        verbose_name = "Seite"
        verbose_name_plural = "Seiten"
        ordering = ["order", "title"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The page directly below the root."""
        return reverse("page_detail", args=[self.slug])

    def publication_obstacles(self) -> list[str]:
        """A page needs text."""
        return [] if self.body.strip() else ["Die Seite hat noch keinen Text."]


class News(Publication):
    """A short message about what is new (Aktuelles)."""

    title = models.CharField("Titel", max_length=200)
    slug = models.SlugField("Adresse", max_length=100, unique=True)
    dated_on = models.DateField("Datum")
    teaser = models.TextField("Anreißer", max_length=400)
    body = RichTextField("Text", blank=True)
    topics = models.ManyToManyField("portal.Topic", verbose_name="Themen", blank=True, related_name="news")
    image = models.ForeignKey(
        "portal.Image",
        verbose_name="Bild",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="news",
    )
    objects = PublicationQuerySet.as_manager()
    history = kept_history(m2m_fields=[topics])

    class Meta(Publication.Meta):
        verbose_name = "Meldung"
        verbose_name_plural = "Aktuelles"
        ordering = ["-dated_on", "-pk"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The message's page."""
        return reverse("news_detail", args=[self.slug])
