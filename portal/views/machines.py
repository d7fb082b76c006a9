"""What machines ask for: health, security.txt, robots.txt and files."""

from __future__ import annotations

from datetime import timedelta

import redis
from django.conf import settings
from django.core.cache import cache
from django.core.files.storage import default_storage
from django.db import DatabaseError, connection
from django.db.models import Q
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import timezone

from portal.models import Document, Image

CONTACT_EXPIRES = timedelta(days=180)


def health(_request: HttpRequest) -> JsonResponse:
    """200 while database and broker answer, else 503; says nothing that helps a stranger."""
    is_well = _answers_database() and _answers_broker()
    return JsonResponse({"status": "ok" if is_well else "gestört"}, status=200 if is_well else 503)


def _answers_database() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def _answers_broker() -> bool:
    try:
        cache.get("gesundheit")
    except (redis.RedisError, OSError):
        return False
    return True


def security_txt(request: HttpRequest) -> HttpResponse:
    """RFC 9116: whom to tell about a weakness."""
    expires = (timezone.now() + CONTACT_EXPIRES).replace(hour=0, minute=0, second=0, microsecond=0)
    lines = [
        f"Contact: {settings.SECURITY_CONTACT}",
        f"Expires: {expires.isoformat()}",
        "Preferred-Languages: de, en",
        f"Canonical: {request.build_absolute_uri()}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def robots_txt(request: HttpRequest) -> HttpResponse:
    """Everything public may be read by machines; the doors of the staff need not be."""
    sitemap = request.build_absolute_uri(reverse("sitemap"))
    lines = ["User-agent: *", "Disallow: /verwaltung/", "Disallow: /konto/", f"Sitemap: {sitemap}"]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def media(request: HttpRequest, path: str) -> FileResponse:
    """A published document or an image; anything else does not exist for a stranger."""
    if "\0" in path:  # PostgreSQL takes no text with it
        raise Http404
    at = timezone.now()
    documents = Document.objects.visible_to(request.user, at=at).filter(file=path)
    is_image = Image.objects.filter(Q(file=path)).exists()
    if not (is_image or documents.exists()) or not default_storage.exists(path):
        raise Http404
    return FileResponse(default_storage.open(path), as_attachment=not is_image)
