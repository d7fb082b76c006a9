"""What people paste from Word, brought into the form the portal's texts have."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from xml.etree import ElementTree as ET  # builds a tree from our own parser's events; reads no XML

NBSP = "\N{NO-BREAK SPACE}"
# Two or more spaces of which one is protected: Word's way to indent. A single one (z. B.) is typography.
RUN_OF_SPACES = re.compile(rf"[ {NBSP}]*(?:{NBSP}[ {NBSP}]|[ ]{NBSP})[ {NBSP}]*")
# Word writes a list as paragraphs: sign or number, spaces, text.
BULLET = re.compile(rf"^\s*[·•▪§o–-](?:[ ]*{NBSP}){{2,}}[ {NBSP}]*")
NUMBER = re.compile(rf"^\s*\d{{1,3}}[.)](?:[ ]*{NBSP}){{2,}}[ {NBSP}]*")
MAY_NOT_BE_EMPTY = {"p", "li", "ul", "ol", "h2", "h3", "h4", "blockquote", "strong", "em", "a"}
OLD_NAMES = re.compile(r"<(/?)(b|i)(?=[\s>])", re.IGNORECASE)


def keep_emphasis(html: str) -> str:
    """Bold and italic under the names the cleaner lets through."""
    return OLD_NAMES.sub(lambda tag: f"<{tag[1]}{'strong' if tag[2].lower() == 'b' else 'em'}", html)


def tidy(html: str) -> str:
    """Cleaned HTML without what Word leaves behind; tidying twice changes nothing."""
    root = _parse(html)
    _list_paragraphs(root)
    _collapse_spaces(root)
    _drop_empty(root)
    for table in root.iter("table"):
        _head_first_row(table)
    inner = ET.tostring(root, encoding="unicode", method="html")
    return inner.removeprefix("<div>").removesuffix("</div>").strip()


class _Parser(HTMLParser):
    """Well-formed HTML to a tree; a link that leads nowhere becomes its text."""

    def __init__(self) -> None:
        super().__init__()
        self.tree = ET.TreeBuilder()
        self.tree.start("div", {})
        self._leads_somewhere: list[bool] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "a":
            self._leads_somewhere.append(bool(given.get("href")))
            if not self._leads_somewhere[-1]:
                return
        self.tree.start(tag, given)
        if tag == "br":
            self.tree.end(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag == "br" or (tag == "a" and not self._leads_somewhere.pop()):
            return
        self.tree.end(tag)

    def handle_data(self, data: str) -> None:
        self.tree.data(data)


def _parse(html: str) -> ET.Element:
    parser = _Parser()
    parser.feed(html)
    parser.close()
    parser.tree.end("div")
    return parser.tree.close()


def _list_paragraphs(parent: ET.Element) -> None:
    """Paragraphs that stand for list items become one list."""
    current: ET.Element | None = None
    for child in list(parent):
        kind = _list_kind(child)
        if kind is None:
            current = None
            continue
        if current is None or current.tag != kind:
            current = ET.Element(kind)
            current.tail = "\n"
            parent.insert(list(parent).index(child), current)
        parent.remove(child)
        child.text = (BULLET if kind == "ul" else NUMBER).sub("", child.text or "")
        child.tail = None
        ET.SubElement(current, "li").append(child)


def _list_kind(child: ET.Element) -> str | None:
    if child.tag != "p":
        return None
    text = child.text or ""
    return "ul" if BULLET.match(text) else "ol" if NUMBER.match(text) else None


def _collapse_spaces(root: ET.Element) -> None:
    for element in root.iter():
        element.text = RUN_OF_SPACES.sub(" ", element.text) if element.text else element.text
        element.tail = RUN_OF_SPACES.sub(" ", element.tail) if element.tail else element.tail


def _drop_empty(parent: ET.Element) -> None:
    before: ET.Element | None = None
    for child in list(parent):
        _drop_empty(child)
        if child.tag not in MAY_NOT_BE_EMPTY or "".join(child.itertext()).strip():
            before = child
            continue
        if before is None:
            parent.text = (parent.text or "") + (child.tail or "")
        else:
            before.tail = (before.tail or "") + (child.tail or "")
        parent.remove(child)


def _head_first_row(table: ET.Element) -> None:
    """A table without heading cells gets its first row as heading; so a screen reader can name the columns."""
    first = table.find(".//tr")
    if first is None:
        return
    if table.find(".//th") is None:
        for cell in first:
            cell.tag = "th"
    for cell in first.findall("th"):
        cell.set("scope", "col")
