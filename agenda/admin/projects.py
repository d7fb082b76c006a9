"""Projects with everything that belongs to them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin
from django.utils import timezone

from agenda.models import FundingLine, Milestone, Project, ProjectDependency, ProjectIndicator, ProjectParty
from portal.shared.admin import Part, PublicationAdmin
from portal.shared.admin.publication import WINDOW

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet
    from django.http import HttpRequest


class OverdueFilter(admin.SimpleListFilter):
    """Projects with a milestone whose day has passed."""

    title = "Meilenstein überfällig"
    parameter_name = "faellig"

    def lookups(self, _request: HttpRequest, _model_admin: Any) -> list[tuple[str, str]]:
        """Only one choice beside all."""
        return [("ja", "ja")]

    def queryset(self, _request: HttpRequest, queryset: QuerySet[Project]) -> QuerySet[Project]:
        """Narrow the list."""
        if self.value() != "ja":
            return queryset
        late = Milestone.objects.filter(done_on=None, due_on__lt=timezone.localdate())
        counted = Project.objects.in_count()
        return queryset.filter(pk__in=counted, milestones__in=late).distinct()


class MilestoneForm(forms.ModelForm[Milestone]):
    """A milestone is done today or earlier."""

    class Meta:
        model = Milestone
        fields = ("title", "description", "due_on", "done_on", "weight", "is_public")
        widgets = {"description": forms.Textarea(attrs={"rows": 2, "cols": 30})}

    def clean_done_on(self) -> date | None:
        """The clock is read here, at the edge."""
        done_on: date | None = self.cleaned_data["done_on"]
        if done_on and done_on > timezone.localdate():
            raise forms.ValidationError("„Erledigt am“ darf nicht in der Zukunft liegen.")
        return done_on


class PartyPart(Part):
    """Who takes part."""

    model = ProjectParty
    autocomplete_fields = ("organisation",)


class MilestonePart(Part):
    """Results with a day."""

    model = Milestone
    form = MilestoneForm


class FundingPart(Part):
    """Money; an open amount stays empty."""

    model = FundingLine


class DependencyPart(Part):
    """What the project waits for."""

    model = ProjectDependency
    fk_name = "successor"
    autocomplete_fields = ("predecessor",)


class ProjectIndicatorPart(Part):
    """How one sees that it works."""

    model = ProjectIndicator
    autocomplete_fields = ("indicator", "target")


@admin.register(Project)
class ProjectAdmin(PublicationAdmin):
    """Projects."""

    change_form_template = "admin/project_change_form.html"
    list_display = ("code", "title", "package", "phase", "planned_end", "state_badge")
    list_display_links = ("code", "title")
    list_filter = ("state", "phase", OverdueFilter, "field", "package", "owner")
    list_select_related = ("package",)
    search_fields = ("code", "number", "title", "teaser", "description")
    prepopulated_fields = {"slug": ["code", "title"]}
    autocomplete_fields = (
        "package",
        "field",
        "extra_fields",
        "challenges",
        "findings",
        "municipalities",
        "merged_into",
        "owner",
    )
    inlines = (PartyPart, MilestonePart, FundingPart, ProjectIndicatorPart, DependencyPart)
    fieldsets = (
        (None, {"fields": ["package", "code", "number", "title", "slug", "teaser", "description", "expected_effect"]}),
        (
            "Warum es das Projekt gibt",
            {
                "description": "Nur Herausforderungen, auf die das Maßnahmenpaket antwortet.",
                "fields": ["challenges", "findings", "field", "extra_fields"],
            },
        ),
        ("Für wen und wo", {"fields": ["target_groups", "municipalities", "plain_language", "is_reusable"]}),
        (
            "Stand",
            {
                "description": "Abgeschlossen ist ein Projekt genau dann, wenn es ein tatsächliches Ende hat.",
                "fields": ["phase", "phase_reason", "status_on", "progress_mode", "manual_progress", "priority"],
            },
        ),
        ("Termine", {"fields": ["planned_start", "planned_end", "actual_start", "actual_end", "date_precision"]}),
        ("Ampel von Hand", {"classes": ["collapse"], "fields": ["health_override", "health_reason"]}),
        ("Kosten", {"fields": ["cost_min", "cost_max", "running_cost", "cost_note"]}),
        ("Ausblick", {"fields": ["risks", "sustainability_note", "merged_into"]}),
        WINDOW,
    )
