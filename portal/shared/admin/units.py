"""Limits of a unit: a Fachamt sees and edits what belongs to its organisation unit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from portal.roles import BOUND_TO_UNIT

if TYPE_CHECKING:
    from django.db.models import Model, QuerySet
    from django.http import HttpRequest


def is_bound(request: HttpRequest) -> bool:
    """Whether this person's only roles are those bound to a unit; asked once per request."""
    if not hasattr(request, "is_bound_to_unit"):
        names = {group.name for group in request.user.groups.all()}
        bound = bool(names) and names <= BOUND_TO_UNIT and not request.user.is_superuser
        request.is_bound_to_unit = bound  # type: ignore[attr-defined]
    return bool(request.is_bound_to_unit)  # type: ignore[attr-defined]


def has_owner(model: type[Model]) -> bool:
    """Whether rows of `model` belong to a unit."""
    return any(field.name == "owner" for field in model._meta.get_fields())


def narrow(queryset: QuerySet[Any], request: HttpRequest) -> QuerySet[Any]:
    """What this person may see of `queryset`; somebody bound without a unit sees nothing."""
    if not is_bound(request) or not has_owner(queryset.model):
        return queryset
    unit = getattr(request.user, "unit_id", None)
    return queryset.filter(owner_id=unit) if unit else queryset.none()


def owns(request: HttpRequest, row: Model) -> bool:
    """Whether the row is within this person's limits."""
    if not is_bound(request) or not has_owner(type(row)):
        return True
    unit = getattr(request.user, "unit_id", None)
    return unit is not None and getattr(row, "owner_id", None) == unit
