"""What happens around every request: headers, and the second factor of staff."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponseRedirect
from django.urls import reverse

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    Handler = Callable[[HttpRequest], HttpResponse]

ACCOUNT = "/konto/"
PERMISSIONS_POLICY = ", ".join(
    f"{feature}=()"
    for feature in (
        "accelerometer",
        "camera",
        "geolocation",
        "gyroscope",
        "magnetometer",
        "microphone",
        "payment",
        "usb",
    )
)


def permissions_policy(get_response: Handler) -> Handler:
    """Say that no page needs the visitor's camera, place or microphone."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        return response

    return answer


def second_factor_for_staff(get_response: Handler) -> Handler:
    """Send staff without a second factor to where they set one up, before they see anything that is not public.

    Drafts are previewed on public addresses and internal reports lie beside public ones, so no path is spared but
    the account's own.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        if _must_set_up(request):
            messages.warning(
                request,
                "Bitte richten Sie zuerst einen zweiten Faktor ein. Danach geht es weiter.",
            )
            return HttpResponseRedirect(reverse("mfa_index"))
        return get_response(request)

    return answer


def _must_set_up(request: HttpRequest) -> bool:
    if not settings.STAFF_NEEDS_SECOND_FACTOR or request.path.startswith(ACCOUNT):
        return False
    user = request.user
    return user.is_authenticated and user.is_staff and not is_mfa_enabled(user)
