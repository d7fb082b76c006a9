"""Ist-Stand: rounds, assessments, criteria, findings and evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages

from agenda import rounds
from agenda.models import Assessment, AssessmentRound, Criterion, CriterionRating, Evidence, Finding
from portal.shared.admin import ContentAdmin, Part, PublicationAdmin
from portal.shared.admin.publication import WINDOW
from portal.shared.refusal import RefusedError

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db.models import QuerySet
    from django.http import HttpRequest


@admin.register(Criterion)
class CriterionAdmin(ContentAdmin):
    """Questions with five levels."""

    list_display = ("code", "question", "field", "weight", "valid_from", "valid_to")
    list_display_links = ("code", "question")
    list_filter = ("field",)
    list_select_related = ("field",)
    search_fields = ("code", "question")
    autocomplete_fields = ("field", "replaces")
    fieldsets = (
        (None, {"fields": ["code", "field", "question", "guidance"]}),
        ("Stufen", {"fields": ["level_0", "level_1", "level_2", "level_3", "level_4"]}),
        ("Geltung", {"fields": ["weight", "valid_from", "valid_to", "replaces"]}),
    )


@admin.register(AssessmentRound)
class AssessmentRoundAdmin(ContentAdmin):
    """Rounds; a closed one is corrected only by a new one."""

    list_display = ("title", "agenda", "reference_date", "state")
    list_filter = ("state", "agenda")
    list_select_related = ("agenda",)
    search_fields = ("title",)
    autocomplete_fields = ("agenda", "criteria")
    fields = ("agenda", "title", "reference_date", "method", "criteria", "state")
    readonly_fields = ("state",)
    actions = ("close_selected", "publish_selected")

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:  # noqa: FBT001  Django's signature
        """Only the acts of `agenda.rounds` move the state; restoring an old version must not reopen a round."""
        if change:
            obj.state = AssessmentRound.objects.values_list("state", flat=True).get(pk=obj.pk)
        super().save_model(request, obj, form, change)

    @admin.action(description="Ausgewählte Runden abschließen", permissions=["publish"])
    def close_selected(self, request: HttpRequest, queryset: QuerySet[AssessmentRound]) -> None:
        """Close rounds; from then on nothing in them changes."""
        self._tell(request, queryset, rounds.close, done="ist abgeschlossen")

    @admin.action(description="Ausgewählte Runden veröffentlichen", permissions=["publish"])
    def publish_selected(self, request: HttpRequest, queryset: QuerySet[AssessmentRound]) -> None:
        """Show closed rounds to the public."""
        self._tell(request, queryset, rounds.publish, done="ist veröffentlicht")

    def has_publish_permission(self, request: HttpRequest) -> bool:
        """Whoever may publish agendas closes and publishes their rounds."""
        return request.user.has_perm("agenda.publish_agenda")

    def _tell(self, request: HttpRequest, queryset: QuerySet[Any], act: Callable[..., Any], *, done: str) -> None:
        for row in queryset:
            try:
                act(row, by=request.user)
            except RefusedError as refusal:
                messages.error(request, f"{row}: {refusal}")
            else:
                messages.success(request, f"„{row}“ {done}.")


class RatingPart(Part):
    """Levels by criterion."""

    model = CriterionRating
    autocomplete_fields = ("criterion",)


@admin.register(Assessment)
class AssessmentAdmin(ContentAdmin):
    """Maturity of a field in a place."""

    list_display = ("field", "municipality", "round", "applicability", "current_level", "status")
    list_filter = ("round", "status", "applicability", "field")
    list_select_related = ("field", "municipality", "round")
    search_fields = ("field__title", "municipality__name")
    autocomplete_fields = ("round", "field", "municipality")
    inlines = (RatingPart,)
    fieldsets = (
        (None, {"fields": ["round", "field", "municipality", "status"]}),
        (
            "Stufen",
            {
                "description": "Stufe 0 ist eine Einschätzung. Wo niemand eingeschätzt hat, bleibt die Stufe leer.",
                "fields": ["applicability", "current_level", "target_level", "target_year", "target_note"],
            },
        ),
        ("Begründung", {"fields": ["summary", "strengths", "gaps", "assessor"]}),
    )


@admin.register(Evidence)
class EvidenceAdmin(ContentAdmin):
    """Where statements come from."""

    list_display = ("code", "title", "kind", "as_of", "is_public")
    list_display_links = ("code", "title")
    list_filter = ("kind", "is_public", "agenda")
    search_fields = ("code", "title", "source", "summary")
    autocomplete_fields = ("agenda", "document", "value")
    fieldsets = (
        (None, {"fields": ["agenda", "code", "kind", "title", "summary", "is_public"]}),
        ("Herkunft", {"fields": ["source", "as_of", "url", "document", "value", "licence"]}),
    )


@admin.register(Finding)
class FindingAdmin(PublicationAdmin):
    """Needs, potentials, strengths and weaknesses."""

    list_display = ("code", "title", "kind", "field", "status", "state_badge")
    list_display_links = ("code", "title")
    list_filter = ("state", "kind", "status", "field", "agenda")
    list_select_related = ("field",)
    search_fields = ("code", "title", "statement")
    prepopulated_fields = {"slug": ["code", "title"]}
    autocomplete_fields = ("agenda", "field", "municipality", "evidence", "owner")
    fieldsets = (
        (None, {"fields": ["agenda", "code", "kind", "field", "municipality", "title", "slug"]}),
        ("Aussage", {"fields": ["statement", "affected_groups", "evidence", "origin"]}),
        (
            "Gewicht",
            {
                "description": "Bedarf: nur Dringlichkeit. Potenzial: Nutzen und Aufwand. Sonst: alles leer.",
                "fields": ["urgency", "benefit", "effort"],
            },
        ),
        ("Verbleib", {"fields": ["status", "status_reason", "public_answer"]}),
        WINDOW,
    )
