"""What every page's frame needs: name, navigation, standing pages, the notice of example content."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from portal.models import Page
from portal.shared import home

if TYPE_CHECKING:
    from django.http import HttpRequest

SITE_NAME = "Digitalisierungszentrum Landkreis Stendal"


def site(request: HttpRequest) -> dict[str, Any]:
    """Context of `base.html`; one query for the footer, one for the notice of example content.

    A view that knows whether it shows example content says so itself; then the departments are not asked.
    """
    at = timezone.now()
    return {
        "site_name": SITE_NAME,
        "navigation": [
            {
                "label": entry.label,
                "url": entry.url,
                "is_current": request.path.startswith(entry.url),
            }
            for entry in home.navigation()
        ],
        "footer_pages": Page.objects.public(at).filter(is_in_footer=True).only("title", "slug", "order"),
        "is_example": SimpleLazyObject(lambda: home.is_example(at)),
    }
