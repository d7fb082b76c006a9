"""Content in the administration: history, rules as sentences, limits of a unit, deleting with reasons."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import models
from simple_history.admin import SimpleHistoryAdmin

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

    def formfield_for_dbfield(self, db_field: models.Field[Any, Any], request: HttpRequest, **kwargs: Any) -> Any:
        """In a row the label stands only above the column; readers of single fields need it at the field."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None:
            field.widget.attrs.setdefault("aria-label", str(db_field.verbose_name))
        return field


class ContentAdmin(SimpleHistoryAdmin):
    """Base for every model that staff edit."""

    formfield_overrides = SECURE_URLS
    list_per_page = 50
    save_on_top = True
    history_list_per_page = 50
    # The library's own list carries an inline style, which the policy refuses.
    object_history_list_template = "admin/history_list.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """What this person may edit; choosing a link by autocomplete shows also what other units own."""
        rows = super().get_queryset(request)
        is_choosing = request.resolver_match is not None and request.resolver_match.url_name == "autocomplete"
        return rows if is_choosing else units.narrow(rows, request)

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
        return rules.whole_or_not(request, lambda: super(ContentAdmin, self).changelist_view(request, extra_context))

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Deleting may break a rule across rows; then nothing is deleted and the sentence is shown."""
        view = super().delete_view
        return rules.whole_or_not(request, lambda: view(request, object_id, extra_context))

    def get_deleted_objects(self, objs: Iterable[Any], request: HttpRequest) -> Any:
        """Name also published rows, which are withdrawn first, and rows that merely link to one of `objs`."""
        to_delete, counts, missing, protected = super().get_deleted_objects(objs, request)
        published = [
            f"{row._meta.verbose_name}: {row} ist veröffentlicht. Bitte zuerst zurückziehen."
            for row in objs
            if isinstance(row, Publication) and row.state == PublicationState.PUBLISHED
        ]
        linked = [
            f"{row}: verknüpft mit {other._meta.verbose_name} „{other}“. Bitte dort zuerst lösen."
            for row in objs
            for other in _linking_to(row)
        ]
        return to_delete, counts, missing, [*protected, *published, *linked]


def _linking_to(row: Model) -> Iterable[Model]:
    """Rows that name `row` in a list of links; the database would drop the link without a word."""
    for relation in row._meta.related_objects:
        name = relation.get_accessor_name()
        # A link with a model of its own is protected by its foreign key.
        if (
            name
            and isinstance(relation, models.ManyToManyRel)
            and relation.through
            and relation.through._meta.auto_created
        ):
            yield from getattr(row, name).all()


class EditedElsewhereAdmin(ContentAdmin):
    """Rows edited on the row they belong to; registered so that others can choose them by autocomplete.

    Somebody bound to a unit edits them only there, where the unit of the row above is known.
    """

    def has_module_permission(self, request: HttpRequest) -> bool:  # noqa: ARG002  Django's signature
        """No entry of its own on the first page."""
        return False

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """By right, unless bound to a unit."""
        return super().has_view_permission(request, obj) and not units.is_bound(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """By right, unless bound to a unit."""
        return super().has_add_permission(request) and not units.is_bound(request)

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """By right, unless bound to a unit."""
        return super().has_change_permission(request, obj) and not units.is_bound(request)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """By right, unless bound to a unit."""
        return super().has_delete_permission(request, obj) and not units.is_bound(request)
