"""The building blocks of the surface: names, options and defaults; their looks are in templates/components."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.core.paginator import Page
from django.db import models
from django.template import Context, TemplateSyntaxError

if TYPE_CHECKING:
    from django.forms import BaseForm
    from django.http import HttpRequest, QueryDict

Values = dict[str, Any]
KINDS = ("info", "success", "warning", "danger", "neutral")


@dataclass(frozen=True)
class Component:
    """One building block; its template is `components/<name>.html` and sees exactly these options."""

    name: str
    positional: tuple[str, ...] = ()
    options: Mapping[str, Any] = field(default_factory=dict)
    encloses: bool = False
    prepare: Callable[[Values], Values] | None = None

    def values(self, args: tuple[Any, ...], given: Values) -> Values:
        """Merge what a template gave with the defaults; a word the component does not know is a fault."""
        named = dict(zip(self.positional, args, strict=False)) | given
        known = {*self.positional, *self.options}
        if len(args) > len(self.positional) or (unknown := named.keys() - known):
            surplus = sorted(unknown) if len(args) <= len(self.positional) else args[len(self.positional) :]
            raise TemplateSyntaxError(f"{{% {self.name} %}} does not know {surplus}; it knows {sorted(known)}")
        if missing := set(self.positional) - named.keys() - self.options.keys():
            raise TemplateSyntaxError(f"{{% {self.name} %}} needs {sorted(missing)}")
        return {**self.options, **named}

    def render(self, context: Context, args: tuple[Any, ...], given: Values, body: str = "") -> str:
        """Render the template with the options alone; the page's own variables stay outside."""
        values = {**self.values(args, given), "request": context.get("request")}
        if self.encloses:
            values["body"] = body
        if self.prepare:
            values |= self.prepare(values)
        assert context.template is not None  # a tag only ever runs inside a template  # noqa: S101
        template = context.template.engine.get_template(f"components/{self.name}.html")
        return template.render(context.new(values))


def _page_links(values: Values) -> Values:
    page: Page[Any] = values["page"]
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)

    def link(number: int | str) -> Values:
        url = _address(values["request"], values["parameter"], number) if isinstance(number, int) else ""
        return {"number": number, "url": url, "is_current": number == page.number}

    return {
        "links": [link(number) for number in numbers],
        "previous": link(page.previous_page_number()) if page.has_previous() else None,
        "next": link(page.next_page_number()) if page.has_next() else None,
    }


def _address(request: HttpRequest, parameter: str, value: object) -> str:
    query = request.GET.copy()
    query[parameter] = str(value)
    return f"?{query.urlencode()}"


def _crumbs(values: Values) -> Values:
    return {"crumbs": [{"label": label, "url": url} for label, url in values["items"]]}


def _filter_state(values: Values) -> Values:
    form: BaseForm = values["form"]
    chips = active_filters(form, values["request"].GET) if form.is_bound else []
    return {"chips": chips, "path": values["request"].path}


def active_filters(form: BaseForm, query: QueryDict) -> list[Values]:
    """What the visitor narrowed the list down to; each entry knows the address of the list without it."""
    form.is_valid()
    chips = []
    for name, given in getattr(form, "cleaned_data", {}).items():
        for value, label in _chosen(form, name, given):
            url = _without(query, form[name].html_name, value)
            chips.append({"name": form[name].label, "value": label, "url": url})
    return chips


def _chosen(form: BaseForm, name: str, given: Any) -> list[tuple[str, str]]:
    """Pairs of raw value and label that a field narrows by; an empty field gives none."""
    if given in (None, "", [], ()):
        return []
    if isinstance(given, models.Model | models.QuerySet):
        rows = [given] if isinstance(given, models.Model) else given
        return [(str(form.fields[name].prepare_value(row)), str(row)) for row in rows]
    raw = form[name].data
    labels = _labels(form, name)
    return [(str(value), labels.get(str(value), str(value))) for value in (raw if isinstance(raw, list) else [raw])]


def _labels(form: BaseForm, name: str) -> dict[str, str]:
    labels: dict[str, str] = {}
    for value, label in getattr(form.fields[name], "choices", ()):
        if isinstance(label, list | tuple):
            labels |= {str(inner): str(text) for inner, text in label}
        else:
            labels[str(value)] = str(label)
    return labels


def _without(query: QueryDict, name: str, value: str) -> str:
    rest = query.copy()
    rest.setlist(name, [kept for kept in rest.getlist(name) if kept != value])
    rest.pop("page", None)
    return f"?{rest.urlencode()}"


def _summary_of_errors(values: Values) -> Values:
    form: BaseForm = values["form"]
    entries = [{"text": text, "target": ""} for text in form.non_field_errors()]
    for bound in form:
        target = "" if bound.is_hidden else bound.id_for_label or f"{bound.auto_id}_0"
        entries += [{"text": f"{str(bound.label).rstrip('.:?')}: {text}", "target": target} for text in bound.errors]
    return {"entries": entries}


def _share(values: Values) -> Values:
    share = round(100 * float(values["value"]) / float(values["maximum"])) if values["maximum"] else 0
    return {"share": min(100, max(0, share))}


COMPONENTS = (
    Component("alert", (), {"title": "", "kind": "info", "level": 0, "role": ""}, encloses=True),
    Component("badge", ("label",), {"kind": "info", "icon": ""}),
    Component("breadcrumb", ("items",), prepare=_crumbs),
    Component(
        "button", ("label",), {"url": "", "kind": "primary", "icon": "", "name": "", "value": "", "type": "submit"}
    ),
    Component(
        "card",
        ("title",),
        {"url": "", "preline": "", "text": "", "badge": "", "badge_kind": "info", "meta": "", "level": 3},
        encloses=True,
    ),
    Component("description_list", (), {"items": (), "is_narrow": False}, encloses=True),
    Component("disclosure", ("title",), {"is_open": False}, encloses=True),
    Component("download", ("url", "label"), {"format": "", "size": None, "note": ""}),
    Component("empty_state", ("text",), {"title": "", "url": "", "label": ""}),
    Component("error_summary", ("form",), prepare=_summary_of_errors),
    Component("fact", ("key",), encloses=True),
    Component("figure", (), {"caption": "", "source": "", "dated_on": None}, encloses=True),
    Component(
        "filter_bar",
        ("form",),
        {"count": 0, "singular": "Treffer", "plural": "Treffer", "title": "Auswahl eingrenzen"},
        encloses=True,
        prepare=_filter_state,
    ),
    Component("page_header", ("title",), {"preline": "", "lead": "", "is_wide": False}, encloses=True),
    Component("pagination", ("page",), {"parameter": "page", "label": "Seiten"}, prepare=_page_links),
    Component("progress", ("label", "value"), {"maximum": 100, "text": ""}, prepare=_share),
    Component("stat", ("value", "label"), {"unit": "", "dated_on": None, "source": "", "url": ""}),
    Component("table", ("caption",), {"is_caption_hidden": False, "is_small": False}, encloses=True),
    Component("thread", ("steps",), {"current": "", "level": 3}),
    Component("timeline", ("items",)),
)
