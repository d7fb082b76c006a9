"""Text alternatives of pictures, as the layout engine reads them, and the font of their text."""

from __future__ import annotations

import re

from portal.shared.pdf import DECORATION

_SVG = re.compile(
    r"(?P<open><svg\b[^>]*(?<!/)>)\s*(?:<title(?:\s[^>]*)?>(?P<title>.*?)</title>)?\s*"
    r"(?P<desc><desc(?:\s[^>]*)?>(?P<text>.*?)</desc>)?",
    re.DOTALL,
)
_HIDDEN = re.compile(r"""\saria-hidden=["']true["']""")
_LABEL = re.compile(r"""\saria-label=["']([^"']*)["']""")
_EMPTY_ALT = re.compile(r"""(<img\b[^>]*\salt=)(""|'')""")


def with_alternatives(html: str) -> str:
    """Join title and description of each inline SVG; name what is hidden from assistive technology as decoration.

    WeasyPrint reads only the title of an SVG and takes an empty alt for a forgotten one.
    """
    return _EMPTY_ALT.sub(rf'\1"{DECORATION}"', _SVG.sub(_described, html))


def _described(svg: re.Match[str]) -> str:
    label = _LABEL.search(svg["open"])
    parts = [
        " ".join(part.split()) for part in (svg["title"] or (label[1] if label else ""), svg["text"] or "") if part
    ]
    text = DECORATION if _HIDDEN.search(svg["open"]) else _sentences(parts)
    title = f"<title>{text}</title>" if text else ""
    return f"{_with_font(svg['open'])}{title}{svg['desc'] or ''}"


def _with_font(tag: str) -> str:
    """Pictures do not inherit the font of the page; without one of their own their text falls back to any other."""
    return tag if "font-family" in tag else f'{tag[:-1]} font-family="Fira Sans">'


def _sentences(parts: list[str]) -> str:
    return " ".join(part if part.endswith((".", "!", "?", ":")) else f"{part}." for part in parts)
