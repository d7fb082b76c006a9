"""Content in the administration: history, rules as sentences, limits of a unit, deleting with reasons."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, models, transaction
from django.http import HttpResponseRedirect
from simple_history.admin import SimpleHistoryAdmin

from portal.shared import violations
from portal.shared.admin import rules, units
from portal.shared.publication import Publication, PublicationState

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django import forms
    from django.db.models import Model, QuerySet
    from django.http import HttpRequest, HttpResponse

NO_UNIT = "Ihr Konto gehört noch zu keiner Organisationseinheit, deshalb ist die Liste leer. Die Administration hilft."


# An address typed without a scheme is meant securely; Django 6 will think so too.
SECURE_URLS: dict[Any, Any] = {models.URLField: {"assume_scheme": "https"}}


class Part(admin.TabularInline):  # type: ignore[type-arg]
    """Rows that belong to the row above them, one line each."""

    formfield_overrides = SECURE_URLS
    extra = 0
    show_change_link = False


class ContentAdmin(SimpleHistoryAdmin):
    """Base for every model that staff edit."""

    formfield_overrides = SECURE_URLS
    list_per_page = 50
    save_on_top = True
    history_list_per_page = 50

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """What this person may see."""
        return units.narrow(super().get_queryset(request), request)

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """By right, and within the limits of the unit."""
        return super().has_change_permission(request, obj) and (obj is None or units.owns(request, obj))

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """By right, and within the limits of the unit."""
        return super().has_delete_permission(request, obj) and (obj is None or units.owns(request, obj))

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> list[str]:
        """Somebody bound to a unit cannot hand content to another."""
        fields = list(super().get_readonly_fields(request, obj))
        if units.is_bound(request) and units.has_owner(self.model):
            fields.append("owner")
        return fields

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """New content belongs to the unit of whoever writes it."""
        initial: dict[str, Any] = super().get_changeform_initial_data(request)
        if units.has_owner(self.model) and request.user.unit_id:  # type: ignore[union-attr]
            initial.setdefault("owner", request.user.unit_id)  # type: ignore[union-attr]
        return initial

    def save_model(self, request: HttpRequest, obj: Model, form: Any, change: bool) -> None:  # noqa: FBT001  Django's signature
        """A new row of somebody bound to a unit belongs to that unit, whatever was posted."""
        if not change and units.is_bound(request) and units.has_owner(self.model):
            obj.owner_id = request.user.unit_id  # type: ignore[attr-defined, union-attr]
        super().save_model(request, obj, form, change)

    def get_form(self, request: HttpRequest, *args: Any, **kwargs: Any) -> type[forms.ModelForm[Any]]:
        """The form, telling a broken rule if there is one."""
        return rules.telling(super().get_form(request, *args, **kwargs), request)

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Adding and changing, guarded by the database's rules."""
        return rules.guarded(request, lambda: super(ContentAdmin, self).changeform_view(request, *args, **kwargs))

    def history_form_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Restoring is changing: it needs that right on the row as it is now, and is guarded in the same way."""
        if request.method == "POST":
            row = self.get_object(request, str(kwargs.get("object_id") or args[0]))
            if row is None or not self.has_change_permission(request, row):
                raise PermissionDenied
        return rules.guarded(request, lambda: super(ContentAdmin, self).history_form_view(request, *args, **kwargs))

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Say why the list is empty for somebody without a unit."""
        if units.is_bound(request) and units.has_owner(self.model) and not request.user.unit_id:  # type: ignore[union-attr]
            messages.warning(request, NO_UNIT)
        response: HttpResponse = super().changelist_view(request, extra_context)
        return response

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Deleting may break a rule across rows; then nothing is deleted and the sentence is shown."""
        try:
            with transaction.atomic():
                response: HttpResponse = super().delete_view(request, object_id, extra_context)
                rules.check_now()
                return response
        except IntegrityError as error:
            messages.error(request, violations.message(error))
            return HttpResponseRedirect(request.path)

    def get_deleted_objects(self, objs: Iterable[Any], request: HttpRequest) -> Any:
        """Name also the published rows: they are withdrawn first, never deleted in front of readers."""
        to_delete, counts, missing, protected = super().get_deleted_objects(objs, request)
        published = [
            f"{row._meta.verbose_name}: {row} ist veröffentlicht. Bitte zuerst zurückziehen."
            for row in objs
            if isinstance(row, Publication) and row.state == PublicationState.PUBLISHED
        ]
        return to_delete, counts, missing, [*protected, *published]
