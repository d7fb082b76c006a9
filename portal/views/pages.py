"""Home, news and standing pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.generic import DetailView, ListView

from portal.models import News, Page
from portal.shared import home as contract

if TYPE_CHECKING:
    from django.db.models import QuerySet

NEWS_ON_HOME = 3
TEASERS_ON_HOME = 6


def home(request: HttpRequest) -> HttpResponse:
    """The first page: the red thread, what departments have to say, what is new."""
    at = timezone.now()
    context = {
        "chain": contract.chain(at),
        "teasers": contract.teasers(at)[:TEASERS_ON_HOME],
        "news": News.objects.public(at)[:NEWS_ON_HOME],
    }
    return render(request, "portal/home.html", context)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001  Django's signature
    """400 with the frame of the site; Django's own would be bare."""
    return render(request, "400.html", status=400)


class NewsList(ListView[News]):
    """All public messages, the newest first."""

    template_name = "portal/news_list.html"
    paginate_by = 10

    def get_queryset(self) -> QuerySet[News]:
        """What is public now."""
        return News.objects.public(timezone.now())


class _Previewed:
    """Detail pages staff may see before everybody else does."""

    request: HttpRequest
    object: Any

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say so where a page is only a preview."""
        is_preview = not self.object.is_public(timezone.now())
        return super().get_context_data(is_preview=is_preview, **kwargs)  # type: ignore[misc, no-any-return]


class NewsDetail(_Previewed, DetailView[News]):
    """One message."""

    template_name = "portal/news_detail.html"

    def get_queryset(self) -> QuerySet[News]:
        """What this person may see."""
        return News.objects.visible_to(self.request.user, at=timezone.now()).select_related("image")


class PageDetail(_Previewed, DetailView[Page]):
    """One standing page."""

    template_name = "portal/page_detail.html"

    def get_queryset(self) -> QuerySet[Page]:
        """What this person may see."""
        return Page.objects.visible_to(self.request.user, at=timezone.now())
