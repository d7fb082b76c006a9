"""Addresses for the browser tests: the portal's own, and the page of building blocks without signing in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.urls import path

from portal.samples import parts
from portal.urls import urlpatterns as portal_urls

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


def bausteine(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/bausteine.html", parts())


def broken(request: HttpRequest) -> HttpResponse:
    return render(request, "500.html", status=200)


urlpatterns = [path("probe/bausteine/", bausteine), path("probe/fehler/", broken), *portal_urls]
