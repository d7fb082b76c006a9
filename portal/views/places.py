"""The municipalities of the county."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.views.generic import DetailView, ListView

from portal.models import Municipality
from portal.shared import home as contract
from portal.shared.figures import MapRow, amount, county_map

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet


class MunicipalityList(ListView[Municipality]):
    """All municipalities, in German order."""

    template_name = "portal/municipality_list.html"
    context_object_name = "municipalities"

    def get_queryset(self) -> QuerySet[Municipality]:
        """With their newest count."""
        return Municipality.objects.with_population().select_related("association")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With the map of inhabitants; the table beside it says the same."""
        counted: Iterable[Any] = self.object_list
        rows = [MapRow.of(row, row.inhabitants, _inhabitants(row)) for row in counted]
        title = "Einwohnerinnen und Einwohner nach Gemeinden"
        return super().get_context_data(county_map=county_map(rows, key="karte", title=title), **kwargs)


def _inhabitants(row: Any) -> str:
    return "" if row.inhabitants is None else amount(row.inhabitants)


class MunicipalityDetail(DetailView[Municipality]):
    """One municipality and what departments do there."""

    template_name = "portal/municipality_detail.html"

    def get_queryset(self) -> QuerySet[Municipality]:
        """With its newest count."""
        return Municipality.objects.with_population().select_related("association").prefetch_related("populations")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the departments' teasers for this place."""
        teasers = contract.teasers(timezone.now(), municipality=self.object)
        return super().get_context_data(teasers=teasers, **kwargs)
