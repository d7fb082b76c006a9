"""Pages of reports: ask for one, watch it being made, fetch the file."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.utils.text import slugify
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from portal.models import Report
from portal.shared import reports, tasks
from portal.shared.reports import storing

if TYPE_CHECKING:
    from datetime import datetime

    from portal.models import User

View = Callable[..., HttpResponseBase]
SAME_SITE = frozenset({"same-origin", "same-site", "none"})
RETRY_AFTER_SECONDS = 120


def without_cookie(view: View) -> View:
    """A POST by anybody, without the CSRF cookie that visitors must not be given.

    It uses no authority: whoever posts gets what everybody may have, and the same request twice makes one report.
    What a browser says about where the request comes from is checked all the same.
    """

    @csrf_exempt
    @require_POST
    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        origin = request.headers.get("Origin")
        if request.headers.get("Sec-Fetch-Site", "none") not in SAME_SITE:
            raise PermissionDenied
        if origin is not None and urlsplit(origin).netloc != request.get_host():
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return checked


@without_cookie
def report_request(request: HttpRequest, kind: str) -> HttpResponse:
    """Ask for the public version of a document."""
    return _ask(request, kind, request.POST.dict(), is_public=True)


@require_POST
@login_required
def report_request_internal(request: HttpRequest, kind: str) -> HttpResponse:
    """Ask for the version with everything staff may see; under Django's CSRF protection."""
    options = {name: value for name, value in request.POST.dict().items() if name != "csrfmiddlewaretoken"}
    return _ask(request, kind, options, is_public=False)


@without_cookie
def report_again(request: HttpRequest, public_id: str) -> HttpResponse:
    """Ask once more for what a public report shows: it failed, or its content has changed."""
    report = get_object_or_404(Report, public_id=public_id, is_public=True)
    return _ask(request, report.kind, report.options, is_public=True)


@require_POST
@login_required
def report_again_internal(request: HttpRequest, public_id: str) -> HttpResponse:
    """The same for an internal report."""
    report = _visible(request, public_id, at=timezone.now())
    return _ask(request, report.kind, report.options, is_public=False)


@require_safe
def report_detail(request: HttpRequest, public_id: str) -> HttpResponse:
    """How far the report is; afterwards its file, or why there is none. Asks itself again while it works."""
    now = timezone.now()
    report = _visible(request, public_id, at=now)
    is_working = report.state in {Report.State.QUEUED, Report.State.RUNNING}
    if is_working and request.GET.get("gesehen") == f"{report.state}-{report.progress}":
        # Nothing new: htmx leaves the page as it is, and screen readers stay quiet.
        return HttpResponse(status=HTTPStatus.NO_CONTENT)
    context = {
        "report": report,
        "is_working": is_working,
        "is_lost": reports.is_lost(report),
        "is_current": reports.is_current(report, at=now),
        "may_have": reports.may_have(report, _user(request), at=now),
    }
    template = "portal/_report_state.html" if request.headers.get("HX-Request") else "portal/report_detail.html"
    response = render(request, template, context)
    response.headers["Cache-Control"] = "no-store"
    return response


@require_safe
def report_download(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """Hand out the file to those who may have it; visitors whose public report is outdated see its page instead."""
    now = timezone.now()
    report = _visible(request, public_id, at=now)
    if report.state != Report.State.DONE or not reports.may_have(report, _user(request), at=now):
        return redirect(report)
    if reports.is_lost(report):
        return redirect(report)
    etag = quote_etag(report.sha256)
    response: HttpResponseBase = get_conditional_response(request, etag=etag) or FileResponse(
        storing.open_stored(report.file.name),
        as_attachment=True,
        filename=_file_name(report),
        content_type="application/pdf",
    )
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = "no-cache" if report.is_public else "private, no-cache"
    return response


def _ask(request: HttpRequest, kind: str, options: dict[str, Any], *, is_public: bool) -> HttpResponse:
    user = _user(request)
    try:
        with transaction.atomic():
            report = reports.request(
                kind, options, by=user if user.is_authenticated else None, is_public=is_public, at=timezone.now()
            )
            if report.state == Report.State.QUEUED:
                tasks.nudge_report(report.pk)
    except reports.ReportBusyError as reason:
        response = render(
            request, "portal/report_refused.html", {"reason": str(reason)}, status=HTTPStatus.SERVICE_UNAVAILABLE
        )
        response.headers["Retry-After"] = str(RETRY_AFTER_SECONDS)
        return response
    except reports.ReportRefusedError as reason:
        return render(request, "portal/report_refused.html", {"reason": str(reason)}, status=HTTPStatus.NOT_FOUND)
    return redirect(report)


def _visible(request: HttpRequest, public_id: str, *, at: datetime) -> Report:
    report = get_object_or_404(Report, public_id=public_id)
    if not reports.may_see(report, _user(request), at=at):
        raise Http404
    return report


def _user(request: HttpRequest) -> User:
    return request.user  # type: ignore[return-value]  # AnonymousUser answers the same questions


def _file_name(report: Report) -> str:
    made_on = timezone.localdate(report.made_at)
    return f"{slugify(report.title)[:80] or report.kind}-{made_on:%Y-%m-%d}.pdf"
