"""Topics: the words by which all departments sort what they offer."""

from __future__ import annotations

from django.db import models

from portal.shared.history import kept_history
from portal.shared.sorting import german_sort_key


class Topic(models.Model):
    """A Thema shared by agenda, knowledge, funding and events."""

    name = models.CharField("Name", max_length=100, unique=True)
    slug = models.SlugField("Adresse", max_length=100, unique=True)
    description = models.TextField("Worum es geht", blank=True)
    sort_key = german_sort_key("name")
    history = kept_history(excluded_fields=["sort_key"])

    class Meta:
        verbose_name = "Thema"
        verbose_name_plural = "Themen"
        ordering = ["sort_key"]

    def __str__(self) -> str:
        return self.name
