"""Addresses that fail on purpose, beside those of the portal."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.urls import path

from portal.urls import handler400
from portal.urls import urlpatterns as own

__all__ = ["handler400", "urlpatterns"]


def failing(error):
    def view(request):
        raise error

    return view


urlpatterns = [
    path("400/", failing(SuspiciousOperation("geheim"))),
    path("403/", failing(PermissionDenied("geheim"))),
    path("500/", failing(RuntimeError("geheim"))),
    *own,
]
