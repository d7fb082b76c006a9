"""Agendas with their decisions, PDF and gap report; fields of action."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone

from agenda import gaps
from agenda.models import ActionField, Agenda, Decision
from portal.shared.admin import ContentAdmin, Part, PublicationAdmin
from portal.shared.admin.publication import WINDOW

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse
    from django.urls import URLPattern


class DecisionPart(Part):
    """Decisions about the agenda."""

    model = Decision
    fields = ("body", "decided_on", "reference_no", "subject", "outcome", "url")


@admin.register(Agenda)
class AgendaAdmin(PublicationAdmin):
    """The frame of everything."""

    change_form_template = "admin/agenda_change_form.html"
    list_display = ("title", "status", "period_start", "period_end", "is_example", "state_badge")
    list_filter = ("state", "status", "is_example")
    search_fields = ("title", "vision")
    prepopulated_fields = {"slug": ["title"]}
    autocomplete_fields = ("supersedes", "owner")
    inlines = (DecisionPart,)
    fieldsets = (
        (None, {"fields": ["title", "slug", "status", "vision", "is_example"]}),
        (
            "Laufzeit und Horizonte",
            {
                "description": "Die Enden der Maßnahmenpakete müssen in ihrem Horizont liegen.",
                "fields": ["period_start", "short_until", "medium_until", "period_end", "data_as_of"],
            },
        ),
        ("Texte", {"fields": ["introduction", "principles", "method_note", "plain_language", "reporting_note"]}),
        ("Nachfolge", {"classes": ["collapse"], "fields": ["supersedes"]}),
        WINDOW,
    )

    def get_urls(self) -> list[URLPattern]:
        """The gap report beside Django's addresses."""
        view = self.admin_site.admin_view(self.gaps_view)
        return [path("<int:object_id>/luecken/", view, name="agenda_agenda_gaps"), *super().get_urls()]

    def preview_url(self, row: Agenda) -> str:
        """The overview; a draft is asked for by its address."""
        address = row.get_absolute_url()
        return address if row.is_public(timezone.now()) else f"{address}?vorschau={row.slug}"

    def gaps_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """Where the red thread is broken."""
        agenda = self.get_object(request, str(object_id))
        if agenda is None:
            raise Http404
        if not self.has_view_permission(request, agenda):
            raise PermissionDenied
        found = [
            (gap, [(row, _change_url(row)) for row in gap.rows]) for gap in gaps.of(agenda, on=timezone.localdate())
        ]
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "agenda": agenda,
            "gaps": found,
            "title": f"Lückenbericht: {agenda}",
        }
        return TemplateResponse(request, "admin/agenda_gaps.html", context)


def _change_url(row: Any) -> str:
    subject = getattr(row, "project", row)  # a milestone is edited on its project
    return reverse(f"admin:agenda_{subject._meta.model_name}_change", args=[subject.pk])


@admin.register(ActionField)
class ActionFieldAdmin(ContentAdmin):
    """Fields of action: retired, never deleted."""

    list_display = ("code", "title", "parent", "order", "retired_on")
    list_display_links = ("code", "title")
    list_select_related = ("parent",)
    search_fields = ("code", "title")
    prepopulated_fields = {"slug": ["title"]}
    autocomplete_fields = ("parent", "topic")
    fieldsets = (
        (None, {"fields": ["code", "title", "slug", "summary", "plain_language"]}),
        ("Einordnung", {"fields": ["parent", "topic", "order", "retired_on"]}),
    )
