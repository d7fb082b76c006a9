"""The tag that shows a figure of portal.shared.figures, on a page or in print."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template
from django.template import Context, TemplateSyntaxError

if TYPE_CHECKING:
    from portal.shared.figures import Figure

register = template.Library()

# How the figure's table is shown: folded away, in view, or not at all because one stands beside it anyway.
DATA = ("details", "open", "none")


@register.simple_tag(takes_context=True)
def draw(context: Context, figure: Figure, *, data: str = "details", is_print: bool = False) -> str:
    """`{% draw figure data="details" is_print=False %}`: picture with caption, legend and its data as a table."""
    if data not in DATA:
        raise TemplateSyntaxError(f"{{% draw %}} shows data as one of {DATA}, not {data!r}")
    values: dict[str, Any] = {"figure": figure, "data": data, "is_print": is_print}
    assert context.template is not None  # a tag only ever runs inside a template  # noqa: S101
    engine = context.template.engine
    return engine.get_template("figures/figure.html").render(context.new(values))
