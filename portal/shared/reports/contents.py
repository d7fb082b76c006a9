"""Headings of a printed document: their order is put right, and the table of contents is made from them."""

from __future__ import annotations

import re
from dataclasses import dataclass

PLACE = "<!-- contents -->"
DEEPEST_LISTED = 3
_HEADING = re.compile(r"<h([1-6])((?:\s[^>]*)?)>(.*?)</h\1\s*>", re.DOTALL | re.IGNORECASE)
_ID = re.compile(r"""\sid=["']?([^"'\s>]+)""")
_UNLISTED = re.compile(r"""\sdata-contents=["']no["']""")
_TAG = re.compile(r"<[^>]+>")


@dataclass(frozen=True)
class Entry:
    """A line of the table of contents."""

    level: int
    anchor: str
    text: str


def with_contents(html: str) -> str:
    """Close gaps between heading levels, give each heading an address, and list h1 to h3 where `PLACE` stands.

    Rich text is written without knowing how deep it will stand, so an h4 may follow an h2: it becomes an h3.
    A heading with `data-contents="no"` is not listed.
    """
    order = _Order()
    html = _HEADING.sub(order.take, html)
    return html.replace(PLACE, _as_list(order.entries), 1)


class _Order:
    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self._above: list[int] = []

    def take(self, heading: re.Match[str]) -> str:
        written, attributes, inner = int(heading[1]), heading[2], heading[3]
        while self._above and self._above[-1] >= written:
            self._above.pop()
        self._above.append(written)
        level = len(self._above)
        if found := _ID.search(attributes):
            anchor = found[1]
        else:
            anchor = f"abschnitt-{len(self.entries) + 1}-{heading.start()}"
            attributes += f' id="{anchor}"'
        text = " ".join(_TAG.sub(" ", inner).split())
        if level <= DEEPEST_LISTED and text and not _UNLISTED.search(attributes):
            self.entries.append(Entry(level, anchor, text))
        return f"<h{level}{attributes}>{inner}</h{level}>"


def _as_list(entries: list[Entry]) -> str:
    parts: list[str] = []
    depth = 0
    top = min((entry.level for entry in entries), default=1)
    for entry in entries:
        wanted = min(entry.level - top + 1, depth + 1)
        if wanted > depth:
            parts.append("<ul>")
        else:
            parts.append("</li>" + "</ul></li>" * (depth - wanted))
        depth = wanted
        parts.append(
            f'<li class="level-{wanted}"><a href="#{entry.anchor}">{entry.text}</a>'
            f' <span class="contents-page" data-target="#{entry.anchor}"></span>'
        )
    parts.append("</li></ul>" * depth)
    return "".join(parts)
