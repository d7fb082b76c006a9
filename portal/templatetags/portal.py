"""Tags and filters that every template has without `load`; the building blocks come from portal.components."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import template
from django.template import Context
from django.template.loader import render_to_string
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from portal.components import COMPONENTS, KINDS, Component
from portal.models import Image
from portal.shared import forms
from portal.shared import richtext as running_text

register = template.Library()


def _add(component: Component) -> None:
    if component.encloses:

        def enclosing(context: Context, content: str, *args: Any, **given: Any) -> str:
            return component.render(context, args, given, content)

        register.simple_block_tag(enclosing, takes_context=True, name=component.name)
    else:

        def leaf(context: Context, *args: Any, **given: Any) -> str:
            return component.render(context, args, given)

        register.simple_tag(leaf, takes_context=True, name=component.name)


for _component in COMPONENTS:
    _add(_component)

register.simple_tag(forms.control, name="control")
register.filter("is_marked_optional", forms.is_marked_optional)


@register.filter
def alert_kind(level: str) -> str:
    """The kind of alert for a message's level: Django says „error“, KERN says „danger“."""
    return {"error": "danger"}.get(level, level if level in KINDS else "info")


@register.simple_tag
def icon(name: str, label: str = "", size: str = "") -> SafeString:
    """One of KERN's icons; without a label it is decoration and silent."""
    classes = f"kern-icon kern-icon--{name}" + (f" kern-icon--{size}" if size else "")
    if label:
        return format_html('<span class="{}" role="img" aria-label="{}"></span>', classes, label)
    return format_html('<span class="{}" aria-hidden="true"></span>', classes)


@register.simple_tag
def crumbs(*pairs: str) -> list[tuple[str, str]]:
    """The trail for `breadcrumb`, written in a template: label, address, label, address, …, label of the page."""
    return list(zip(pairs[::2], [*pairs[1::2], ""], strict=False))


@register.filter
def number(value: Any, places: int | None = None) -> str:
    """A number as people write it in German: 12.345,6; without `places` only the places it has."""
    if value is None or value == "":
        return ""
    exact = Decimal(str(value))
    if places is None:
        exact = exact.normalize()
        if isinstance(exponent := exact.as_tuple().exponent, int) and exponent > 0:
            exact = exact.quantize(Decimal(1))
    return str(number_format(exact, decimal_pos=places, use_l10n=True, force_grouping=True)).replace("-", "−")


@register.filter
def richtext(html: str | None) -> SafeString:
    """Running text as it was cleaned when it was stored, with its pictures; one query where there are any."""
    text = html or ""
    images = Image.objects.in_bulk(running_text.image_ids(text))

    def show(number: int) -> str:
        image = images.get(number)
        return render_to_string("portal/_text_image.html", {"image": image}).strip() if image else ""

    return mark_safe(running_text.with_images(text, show))  # noqa: S308  cleaned by RichTextField
