"""The municipalities of the county."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.views.generic import DetailView, ListView

from portal.models import Municipality
from portal.shared import home as contract

if TYPE_CHECKING:
    from django.db.models import QuerySet


class MunicipalityList(ListView[Municipality]):
    """All municipalities, in German order."""

    template_name = "portal/municipality_list.html"
    context_object_name = "municipalities"

    def get_queryset(self) -> QuerySet[Municipality]:
        """With their newest count."""
        return Municipality.objects.with_population().select_related("association").defer("geometry")


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
