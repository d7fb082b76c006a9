"""Rules as sentences: a broken database rule brings the form back with everything typed, never an error page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.messages import get_messages
from django.db import IntegrityError, connection, transaction
from django.http import HttpResponseRedirect

from portal.shared import violations

if TYPE_CHECKING:
    from collections.abc import Callable

    from django import forms
    from django.http import HttpRequest, HttpResponse


def check_now() -> None:
    """Ask the rules that wait for the end of the transaction to speak now."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def guarded(request: HttpRequest, view: Callable[[], HttpResponse]) -> HttpResponse:
    """Run a saving view whole or not at all; on a broken rule run it again, telling its form the sentence."""
    if request.method != "POST":
        return view()
    try:
        with transaction.atomic():
            response = view()
            check_now()
            return response
    except IntegrityError as error:
        request.broken_rule = violations.message(error)  # type: ignore[attr-defined]
        _forget_success(request)
        for upload in request.FILES.values():
            upload.seek(0)  # type: ignore[union-attr]  # the first run has read it
        return view()


def whole_or_not(request: HttpRequest, view: Callable[[], HttpResponse]) -> HttpResponse:
    """Run an acting view (deleting, list actions) whole or not at all; on a broken rule say so where one was."""
    if request.method != "POST":
        return view()
    try:
        with transaction.atomic():
            response = view()
            check_now()
            return response
    except IntegrityError as error:
        _forget_success(request)
        messages.error(request, violations.message(error))
        return HttpResponseRedirect(request.get_full_path())


def telling(form: type[forms.ModelForm[Any]], request: HttpRequest) -> type[forms.ModelForm[Any]]:
    """The form, failing with the sentence of the rule that was broken in this request."""
    sentence = getattr(request, "broken_rule", "")
    if not sentence:
        return form

    def clean(self: Any) -> Any:
        cleaned = form.clean(self)
        self.add_error(None, sentence)
        return cleaned

    told: type[forms.ModelForm[Any]] = type(form)(form.__name__, (form,), {"clean": clean})  # type: ignore[misc]
    return told


def _forget_success(request: HttpRequest) -> None:
    # The first run has already promised that everything was saved.
    storage: Any = get_messages(request)
    storage._queued_messages.clear()  # noqa: SLF001  there is no public way to unsay
