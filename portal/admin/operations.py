"""Reports and mail: what machines do for the staff, and how to start it again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.db import transaction
from django.utils import timezone

from portal.models import OutgoingMail, Report
from portal.shared import outbox, reports, tasks
from portal.shared.refusal import RefusedError

if TYPE_CHECKING:
    from django.db.models import Model, QuerySet
    from django.http import HttpRequest


class ReadOnlyAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Rows that machines write: to be read, and to be acted upon."""

    def has_add_permission(self, request: HttpRequest) -> bool:  # noqa: ARG002  Django's signature
        """Nobody writes them by hand."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:  # noqa: ARG002  same
        """The right to change is the right to act, not to edit."""
        return False

    def may_act(self, request: HttpRequest) -> bool:
        """Whether this person may use the actions."""
        return request.user.has_perm(f"{self.opts.app_label}.change_{self.opts.model_name}")

    def get_actions(self, request: HttpRequest) -> Any:
        """Actions only for those who may act."""
        return super().get_actions(request) if self.may_act(request) else {}

    def tell(self, request: HttpRequest, acts: list[tuple[Any, Any]], *, done: str) -> None:
        """Run acts row by row; each says what became of it."""
        for row, act in acts:
            try:
                act(row)
            except RefusedError as refusal:
                messages.error(request, f"{row}: {refusal}")
            else:
                messages.success(request, f"„{row}“ {done}.")


@admin.register(Report)
class ReportAdmin(ReadOnlyAdmin):
    """PDF files and how far they are."""

    list_display = ("title", "kind", "state", "asked_by", "asked_at", "pages")
    list_filter = ("state", "kind", "is_public")
    list_select_related = ("asked_by",)
    date_hierarchy = "asked_at"
    search_fields = ("title", "sha256")
    actions = ("restart_selected",)

    @admin.action(description="Ausgewählte noch einmal erstellen")
    def restart_selected(self, request: HttpRequest, queryset: QuerySet[Report]) -> None:
        """Queue failed reports again."""

        def restart(report: Report) -> None:
            with transaction.atomic():
                reports.restart(report, by=request.user, at=timezone.now())  # type: ignore[arg-type]
                transaction.on_commit(lambda: tasks.nudge_report(report.pk))

        self.tell(request, [(report, restart) for report in queryset], done="wird noch einmal erstellt")


@admin.register(OutgoingMail)
class OutgoingMailAdmin(ReadOnlyAdmin):
    """The outbox."""

    list_display = ("subject", "to", "state", "attempts", "created_at", "sent_at")
    list_filter = ("state",)
    date_hierarchy = "created_at"
    search_fields = ("subject", "to", "key")
    actions = ("resend_selected",)

    def get_exclude(self, request: HttpRequest, obj: OutgoingMail | None = None) -> Any:  # noqa: ARG002  Django's signature
        """A link to a new password is for its recipient alone: whoever reads it here could take over the account."""
        return ("text",) if obj is not None and obj.key.startswith("password_reset") else ()

    @admin.action(description="Ausgewählte noch einmal senden")
    def resend_selected(self, request: HttpRequest, queryset: QuerySet[OutgoingMail]) -> None:
        """Queue mails again."""

        def resend(mail: OutgoingMail) -> None:
            outbox.resend(mail, by=request.user, at=timezone.now())  # type: ignore[arg-type]

        self.tell(request, [(mail, resend) for mail in queryset], done="wird noch einmal versandt")
