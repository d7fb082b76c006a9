"""How forms of the public side look: every form gets KERN's fields, its errors tied to them, and a summary.

A page writes only

    <form method="post" class="form">{% csrf_token %}{{ form }}{% button "Absenden" %}</form>

or single fields by `{{ form.name.as_field_group }}`. Widgets keep Django's own templates, so the administration is
not touched: it renders its fields without these two templates.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.forms.renderers import TemplatesSetting
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

if TYPE_CHECKING:
    from django.forms import BoundField


class PortalRenderer(TemplatesSetting):
    """Django's renderer with the portal's form and field."""

    form_template_name = "components/form.html"
    field_template_name = "components/field.html"


def control(field: BoundField) -> SafeString:
    """The control alone, in KERN's clothes: input, select in its wrapper, or a list of radio buttons or boxes."""
    widget = field.field.widget
    error = bool(field.errors)
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return _options(field, widget.input_type)
    if isinstance(widget, forms.CheckboxInput):
        return _dressed(field, "kern-form-check__checkbox", error=error)
    if isinstance(widget, forms.Select) and not widget.allow_multiple_selected:
        select = _dressed(field, "kern-form-input__select", error=error)
        return format_html('<div class="kern-form-input__select-wrapper">{}</div>', select)
    if isinstance(widget, forms.MultiWidget):
        return format_html('<div class="field__row">{}</div>', _dressed(field, "kern-form-input__input", error=error))
    return _dressed(field, "kern-form-input__input", error=error)


def is_marked_optional(field: BoundField) -> bool:
    """Optional fields are marked, except where nothing is required at all, as in filters."""
    return not field.field.required and any(other.required for other in field.form.fields.values())


def _dressed(field: BoundField, name: str, *, error: bool) -> SafeString:
    own = field.field.widget.attrs.get("class", "")
    classes = " ".join(filter(None, [name, f"{name}--error" if error else "", own]))
    return field.as_widget(attrs={"class": classes})


def _options(field: BoundField, kind: str) -> SafeString:
    return format_html_join("", '<div class="kern-form-check">{}{}</div>', (_option(o, kind) for o in field.subwidgets))


def _option(option: Any, kind: str) -> tuple[SafeString, SafeString]:
    option.data["attrs"]["class"] = f"kern-form-check__{kind}"
    label = format_html('<label class="kern-label" for="{}">{}</label>', option.id_for_label, option.choice_label)
    return option.tag(wrap_label=False), label
