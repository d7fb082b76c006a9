"""The list of public addresses for search engines."""

from __future__ import annotations

from typing import Any

from django.contrib.sitemaps import Sitemap
from django.urls import reverse
from django.utils import timezone

from portal.models import Municipality, News, Page
from portal.shared import home


class Entrances(Sitemap[str]):
    """Pages that are not rows."""

    def items(self) -> list[str]:
        """Home, lists, and the entrance of each department."""
        own = [reverse(name) for name in ("home", "news_list", "municipality_list")]
        return own + [link.url for link in home.navigation() if link.url not in own]

    def location(self, item: str) -> str:
        """The address itself."""
        return item


class Rows(Sitemap[Any]):
    """Everything that has a public page, the departments' rows behind their own gate."""

    def items(self) -> list[Any]:
        """What everybody may read now."""
        at = timezone.now()
        own: list[Any] = [Page.objects.public(at), News.objects.public(at), Municipality.objects.defer("geometry")]
        return [row for rows in [*own, *home.pages(at)] for row in rows]


SECTIONS = {"seiten": Entrances(), "inhalte": Rows()}
