"""What the pages of the agenda share: the agenda in force, the gate, previews for staff."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from django.core.paginator import Paginator
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.views.generic import DetailView
from django_filters.views import FilterView

from agenda import thread
from agenda.models import Agenda
from agenda.thread import Gate
from portal.shared.publication import Publication

if TYPE_CHECKING:
    from datetime import datetime

    from django.core.paginator import Page
    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse

    from agenda.filters import ListFilter

P = TypeVar("P", bound=Publication)


def current_agenda(at: datetime) -> Agenda | None:
    """The agenda in public view, with the counts of its chain."""
    return thread.with_counts(Agenda.objects.public(at), Gate(at)).in_force_first().first()


def crumbs(*items: tuple[str, str]) -> list[tuple[str, str]]:
    """The way to a page: pairs of label and address, the page itself last."""
    return [("Digitale Agenda", reverse("agenda:overview")), *items]


class ChainDetail(DetailView[P]):
    """A row of the chain; staff who may see it in the administration get a preview before it is public."""

    gate: Gate
    object: P
    section: tuple[str, str]

    def rows(self, gate: Gate) -> QuerySet[P]:
        """The rows with all that the page needs of themselves."""
        raise NotImplementedError

    def get_object(self, queryset: QuerySet[P] | None = None) -> P:  # noqa: ARG002  Django's signature
        """The row as everybody sees it, else its preview, else 404."""
        at = timezone.now()
        for gate in (Gate(at), Gate(at, self.request.user)):
            if row := self.rows(gate).filter(slug=self.kwargs["slug"]).first():
                self.gate = gate
                return row
        raise Http404

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What every detail page of the chain says about itself."""
        agenda: Agenda = self.object.agenda  # type: ignore[attr-defined]
        label, name = self.section
        return super().get_context_data(
            agenda=agenda,
            is_example=agenda.is_example,
            is_preview=self.is_preview,
            breadcrumb=crumbs((label, reverse(name)), (self.object.title, "")),  # type: ignore[attr-defined]
            **kwargs,
        )

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        """Keep previews out of every cache."""
        response = super().render_to_response(context, **kwargs)
        if self.is_preview:
            add_never_cache_headers(response)
        return response

    @property
    def is_preview(self) -> bool:
        """Whether the row is not public and shown to staff only."""
        return self.gate.reader is not None


class ChainList(FilterView):  # django-filter has no types
    """A list of the agenda in public view; works without scripts and survives any address."""

    request: HttpRequest
    filterset: ListFilter
    label: str
    strict = False
    paginate_by = 20

    def rows(self, gate: Gate) -> QuerySet[Any]:
        """The rows of all agendas in public view."""
        raise NotImplementedError

    def get_queryset(self) -> QuerySet[Any]:
        """The rows of the agenda in force."""
        self.at = timezone.now()
        self.agenda = current_agenda(self.at)
        return self.rows(Gate(self.at)).filter(agenda=self.agenda)

    def paginate_queryset(self, queryset: QuerySet[Any], page_size: int) -> tuple[Paginator[Any], Page[Any], Any, bool]:
        """The page asked for; nonsense gives the first, too high a number the last."""
        paginator = Paginator(queryset, page_size)
        page = paginator.get_page(self.request.GET.get(self.page_kwarg))
        return paginator, page, page.object_list, page.has_other_pages()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The list with what narrows it."""
        return super().get_context_data(  # type: ignore[no-any-return]
            agenda=self.agenda,
            is_example=bool(self.agenda and self.agenda.is_example),
            breadcrumb=crumbs((self.label, "")),
            ignored_filters=self.filterset.ignored,
            **kwargs,
        )
