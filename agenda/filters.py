"""What the lists of the agenda can be narrowed by; an address with nonsense in it narrows by the rest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import django_filters
from django.db.models import F, Q

from agenda.models import ActionField, Finding, MeasurePackage, Project, ProjectParty
from portal.models import Municipality
from portal.shared.sorting import german_key

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import QueryDict

LONGEST_TEXT = 100
Choices = list[tuple[str, str]]


@dataclass(frozen=True)
class IgnoredFilter:
    """A parameter of the address that means nothing."""

    label: str
    value: str


class ListFilter(django_filters.FilterSet):
    """A filter set whose choices come from the rows that are public, and which says what it ignores."""

    data: QueryDict

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in self.choices().items():
            self.filters[name].extra["choices"] = choices
        self.ignored = self._take_out_nonsense()

    def choices(self) -> dict[str, Choices]:
        """The choices of filters by name, one query each."""
        return {}

    def _take_out_nonsense(self) -> list[IgnoredFilter]:
        """Parameters that cannot be understood; the form is then filled without them."""
        if not self.is_bound or not self.form.errors:
            return []
        ignored = [
            IgnoredFilter(str(self.form.fields[name].label), self.data.get(name, "")[:LONGEST_TEXT].replace("\0", ""))
            for name in self.form.errors
        ]
        self.data = self.data.copy()
        for name in self.form.errors:
            del self.data[name]
        del self._form
        return ignored


class ProjectFilter(ListFilter):
    """Projects by text, field, horizon, phase, place and organisation."""

    SORTS = {
        "nummer": ("Nummer", ["code"]),
        "titel": ("Titel", [german_key("title"), "code"]),
        "ende": ("geplantem Ende", [F("planned_end").asc(nulls_last=True), "code"]),
        "stand": ("Aktualität", [F("status_on").desc(nulls_last=True), "code"]),
    }

    q = django_filters.CharFilter(label="Suchwort", method="with_text", max_length=LONGEST_TEXT)
    feld = django_filters.ChoiceFilter(label="Handlungsfeld", method="in_field", empty_label="alle")
    horizont = django_filters.ChoiceFilter(
        label="Horizont", field_name="package__horizon", choices=MeasurePackage.Horizon.choices, empty_label="alle"
    )
    stand = django_filters.ChoiceFilter(
        label="Stand", field_name="phase", choices=Project.Phase.choices, empty_label="alle"
    )
    gemeinde = django_filters.ChoiceFilter(
        label="Gemeinde",
        method="in_municipality",
        empty_label="alle",
        help_text="Projekte für den ganzen Landkreis sind immer dabei.",
    )
    organisation = django_filters.ChoiceFilter(
        label="Organisation",
        method="with_organisation",
        empty_label="alle",
        help_text="Federführung oder Partner.",
    )
    sortierung = django_filters.ChoiceFilter(
        label="Sortieren nach",
        method="sorted_by",
        choices=[(key, label) for key, (label, _order) in SORTS.items()],
        empty_label=None,
    )

    class Meta:
        model = Project
        fields: list[str] = []

    def choices(self) -> dict[str, Choices]:
        """Fields and organisations that occur, and all municipalities."""
        parties = ProjectParty.objects.filter(project__in=self.queryset, role__in=_ACTORS)
        organisations = parties.order_by("organisation__sort_key").values_list(
            "organisation_id", "organisation__name", "organisation__sort_key"
        )
        fields = ActionField.objects.filter(Q(projects__in=self.queryset) | Q(further_projects__in=self.queryset))
        return {
            "feld": list(fields.distinct().values_list("slug", "title")),
            "gemeinde": list(Municipality.objects.values_list("slug", "name")),
            "organisation": [(str(pk), name) for pk, name, _key in organisations.distinct()],
        }

    def with_text(self, projects: QuerySet[Project], _name: str, value: str) -> QuerySet[Project]:
        """Projects that contain every word in title, number, texts or parties."""
        for word in value.split():
            parties = ProjectParty.objects.filter(organisation__name__icontains=word)
            projects = projects.filter(
                Q(title__icontains=word)
                | Q(code__iexact=word)
                | Q(number__iexact=word)
                | Q(teaser__icontains=word)
                | Q(description__icontains=word)
                | Q(pk__in=parties.values("project"))
            )
        return projects

    def in_field(self, projects: QuerySet[Project], _name: str, value: str) -> QuerySet[Project]:
        """Projects of a field, also where it is not their first."""
        further = Project.extra_fields.through.objects.filter(actionfield__slug=value)
        return projects.filter(Q(field__slug=value) | Q(pk__in=further.values("project")))

    def in_municipality(self, projects: QuerySet[Project], _name: str, value: str) -> QuerySet[Project]:
        """Projects of a municipality and those of the whole county."""
        placed = Project.municipalities.through.objects.all()
        here = placed.filter(municipality__slug=value)
        return projects.filter(Q(pk__in=here.values("project")) | ~Q(pk__in=placed.values("project")))

    def with_organisation(self, projects: QuerySet[Project], _name: str, value: str) -> QuerySet[Project]:
        """Projects that an organisation leads or partners."""
        parties = ProjectParty.objects.filter(organisation=int(value), role__in=_ACTORS)
        return projects.filter(pk__in=parties.values("project"))

    def sorted_by(self, projects: QuerySet[Project], _name: str, value: str) -> QuerySet[Project]:
        """Projects in the chosen order; ties by number, so that pages never overlap."""
        return projects.order_by(*self.SORTS[value][1])


_ACTORS = (ProjectParty.Role.LEAD, ProjectParty.Role.PARTNER)


class FindingFilter(ListFilter):
    """Findings by kind and field."""

    art = django_filters.ChoiceFilter(label="Art", field_name="kind", choices=Finding.Kind.choices, empty_label="alle")
    feld = django_filters.ChoiceFilter(label="Handlungsfeld", field_name="field__slug", empty_label="alle")

    class Meta:
        model = Finding
        fields: list[str] = []

    def choices(self) -> dict[str, Choices]:
        """Fields that have findings."""
        fields = ActionField.objects.filter(findings__in=self.queryset)
        return {"feld": list(fields.distinct().values_list("slug", "title"))}
