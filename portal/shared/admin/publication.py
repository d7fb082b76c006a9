"""Publishing in the administration: acts as buttons and list actions, preview, and what is still missing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html

from portal.shared import publishing
from portal.shared.admin.content import ContentAdmin
from portal.shared.publication import PublicationState

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse
    from django.urls import URLPattern

    from portal.shared.publication import Publication

# Only the acts of `portal.shared.publishing` write these; restoring an old version must not publish or withdraw.
KEPT = ("state", "published_at")
WINDOW = ("Veröffentlichung", {"classes": ["collapse"], "fields": ["owner", "public_from", "public_until"]})


class PublicationAdmin(ContentAdmin):
    """Base for everything that is published."""

    change_form_template = "admin/publication_change_form.html"
    actions = ("publish_selected", "submit_selected")
    view_on_site = False  # the template offers it, as a preview where the row is not public

    @admin.display(description="Stand", ordering="state")
    def state_badge(self, row: Publication) -> str:
        """The state as a coloured word."""
        return format_html('<span class="stand stand--{}">{}</span>', row.state, row.get_state_display())

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:  # noqa: FBT001  Django's signature
        """Save everything but the state of publication."""
        if change:
            now = type(obj)._base_manager.select_for_update(no_key=True).values(*KEPT).get(pk=obj.pk)
            for name, value in now.items():
                setattr(obj, name, value)
        super().save_model(request, obj, form, change)

    def get_urls(self) -> list[URLPattern]:
        """The acts, beside Django's own addresses."""
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        acts: list[tuple[str, str, Callable[..., HttpResponse]]] = [
            ("veroeffentlichen", "publish", self.publish_view),
            ("einreichen", "submit", self.submit_view),
            ("zurueckziehen", "withdraw", self.withdraw_view),
        ]
        own = [
            path(f"<path:object_id>/{word}/", self.admin_site.admin_view(view), name=f"{name}_{act}")
            for word, act, view in acts
        ]
        return [*own, *super().get_urls()]

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Tell the template which acts are open and what is missing."""
        row = kwargs.get("obj")
        if row is not None:
            context |= self._situation(request, row)
        response: HttpResponse = super().render_change_form(request, context, *args, **kwargs)
        return response

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        """“Sichern und …”: what was typed is saved already, now the act; a refusal leaves it saved."""
        if "_publish" in request.POST:
            return self.publish_view(request, str(obj.pk))
        if "_submit" in request.POST:
            return self.submit_view(request, str(obj.pk))
        response: HttpResponse = super().response_change(request, obj)
        return response

    def _situation(self, request: HttpRequest, row: Publication) -> dict[str, Any]:
        is_published = row.state == PublicationState.PUBLISHED
        may_publish = publishing.may_publish(request.user, type(row))  # type: ignore[arg-type]
        return {
            "publication": row,
            "may_publish": may_publish and not is_published,
            "may_withdraw": may_publish and is_published,
            "may_submit": row.state in {PublicationState.DRAFT, PublicationState.WITHDRAWN} and not may_publish,
            "obstacles": [] if is_published else row.publication_obstacles(),
            "preview_url": self.preview_url(row),
            "is_public": row.is_public(timezone.now()),
            "acts": {
                act: reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_{act}", args=[row.pk])
                for act in ("publish", "submit", "withdraw")
            },
        }

    def preview_url(self, row: Any) -> str:
        """Where staff see the row as readers will; empty where it has no page of its own."""
        try:
            return str(row.get_absolute_url())
        except NotImplementedError:
            return ""

    def publish_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Publish one row."""
        return self._act(
            request,
            object_id,
            lambda row: publishing.publish(row, by=request.user, at=timezone.now()),  # type: ignore[arg-type]
            done="veröffentlicht",
        )

    def submit_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Hand one row in for review."""
        return self._act(
            request,
            object_id,
            lambda row: publishing.submit(row, by=request.user),  # type: ignore[arg-type]
            done="zur Prüfung gegeben",
        )

    def withdraw_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Ask for the reason, then withdraw one row."""
        if request.method != "POST":
            row = self._row(request, object_id)
            context = {
                **self.admin_site.each_context(request),
                "opts": self.opts,
                "row": row,
                "title": f"{row} zurückziehen",
            }
            return TemplateResponse(request, "admin/publication_withdraw.html", context)
        return self._act(
            request,
            object_id,
            lambda row: publishing.withdraw(row, by=request.user, reason=request.POST.get("reason", "")),  # type: ignore[arg-type]
            done="zurückgezogen",
        )

    def _act(self, request: HttpRequest, object_id: str, act: Callable[[Any], Any], *, done: str) -> HttpResponse:
        row = self._row(request, object_id)
        change = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[row.pk])
        if request.method == "POST":
            self._tell(request, row, act, done=done)
        return HttpResponseRedirect(change)

    def _tell(self, request: HttpRequest, row: Any, act: Callable[[Any], Any], *, done: str) -> None:
        try:
            act(row)
        except publishing.PublicationRefusedError as refusal:
            for reason in refusal.reasons:
                messages.error(request, f"{row}: {reason}")
        else:
            messages.success(request, f"„{row}“ ist {done}.")

    def _row(self, request: HttpRequest, object_id: str) -> Any:
        row = self.get_object(request, object_id)
        if row is None:
            raise Http404
        if not self.has_change_permission(request, row):
            raise PermissionDenied
        return row

    @admin.action(description="Ausgewählte veröffentlichen", permissions=["publish"])
    def publish_selected(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        """Publish row by row; each says what became of it."""
        for row in queryset:
            self._tell(
                request,
                row,
                lambda row: publishing.publish(row, by=request.user, at=timezone.now()),  # type: ignore[arg-type]
                done="veröffentlicht",
            )

    @admin.action(description="Ausgewählte zur Prüfung geben", permissions=["change"])
    def submit_selected(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        """Hand in row by row."""
        for row in queryset:
            self._tell(request, row, lambda row: publishing.submit(row, by=request.user), done="zur Prüfung gegeben")  # type: ignore[arg-type]

    def has_publish_permission(self, request: HttpRequest) -> bool:
        """For the list action."""
        return publishing.may_publish(request.user, self.model)  # type: ignore[arg-type]
