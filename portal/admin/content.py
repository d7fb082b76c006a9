"""Pages, news, files and topics."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.utils.html import format_html

from portal.models import Document, Image, News, Page, Topic
from portal.shared import richtext
from portal.shared.admin import ContentAdmin, PublicationAdmin
from portal.shared.admin.publication import WINDOW

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import HttpRequest


@admin.register(Page)
class PageAdmin(PublicationAdmin):
    """Standing pages."""

    list_display = ("title", "slug", "is_in_footer", "reviewed_on", "state_badge")
    list_filter = ("state", "is_in_footer")
    search_fields = ("title", "lead", "body")
    prepopulated_fields = {"slug": ["title"]}
    autocomplete_fields = ("owner",)
    fieldsets = (
        (None, {"fields": ["title", "slug", "lead", "body"]}),
        ("Einordnung", {"fields": ["is_in_footer", "order", "reviewed_on"]}),
        WINDOW,
    )


@admin.register(News)
class NewsAdmin(PublicationAdmin):
    """Messages."""

    list_display = ("title", "dated_on", "state_badge")
    list_filter = ("state", "topics")
    date_hierarchy = "dated_on"
    search_fields = ("title", "teaser", "body")
    prepopulated_fields = {"slug": ["title"]}
    autocomplete_fields = ("topics", "image", "owner")
    fieldsets = (
        (None, {"fields": ["title", "slug", "dated_on", "teaser", "body"]}),
        ("Einordnung", {"fields": ["topics", "image"]}),
        WINDOW,
    )


@admin.register(Document)
class DocumentAdmin(PublicationAdmin):
    """Files to download."""

    list_display = ("title", "dated_on", "accessibility", "state_badge")
    list_filter = ("state", "accessibility")
    search_fields = ("title", "description", "source")
    autocomplete_fields = ("owner",)
    fieldsets = (
        (None, {"fields": ["title", "file", "description"]}),
        ("Herkunft", {"fields": ["source", "dated_on", "accessibility"]}),
        WINDOW,
    )

    def preview_url(self, row: Document) -> str:
        """The file itself."""
        return row.file.url if row.file else ""


@admin.register(Image)
class ImageAdmin(ContentAdmin):
    """Pictures with what they show and whose they are."""

    list_display = ("title", "picture", "alt_text", "source")
    search_fields = ("title", "alt_text", "source")
    readonly_fields = ("picture", "token")
    fieldsets = (
        (None, {"fields": ["title", "file", "picture", "alt_text"]}),
        ("Herkunft", {"fields": ["source", "licence"]}),
        ("In einem Text zeigen", {"fields": ["token"]}),
    )

    @admin.display(description="Vorschau")
    def picture(self, row: Image) -> str:
        """A small view of the picture."""
        if not row.file:
            return "–"
        return format_html('<img src="{}" alt="{}" height="60">', row.file.url, row.alt_text)

    @admin.display(description="Zeichen für Texte")
    def token(self, row: Image) -> str:
        """What is typed into a text, in a paragraph of its own, to show the picture there."""
        return richtext.image_token(row) if row.pk else "–"

    def get_deleted_objects(self, objs: Iterable[Any], request: HttpRequest) -> Any:
        """Name the texts that show a picture; it cannot go while they do."""
        to_delete, counts, missing, protected = super().get_deleted_objects(objs, request)
        used = [f"{use} zeigt das Bild „{row}“" for row in objs for use in richtext.uses_of_image(row)]
        return to_delete, counts, missing, [*protected, *used]


@admin.register(Topic)
class TopicAdmin(ContentAdmin):
    """Topics all departments share."""

    list_display = ("name", "slug")
    search_fields = ("name", "description")
    prepopulated_fields = {"slug": ["name"]}
    fields = ("name", "slug", "description")
