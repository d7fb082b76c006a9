"""Tables in tagged PDFs: header cells get their scope, and a table that runs over several pages becomes one again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pikepdf import Array, Name

if TYPE_CHECKING:
    from pikepdf import Pdf

    from portal.shared.pdf import Cell


def join(pdf: Pdf, cells: list[Cell]) -> list[Any]:
    """Join the parts of each table; the answer is what was taken out because it only repeats the table's head."""
    first_of: dict[int, Any] = {}
    known_cells: dict[int, Any] = {}
    dropped: list[Any] = []
    parts: dict[tuple[int, int], Any] = {}
    for cell in cells:
        element = pdf.get_object((cell.element, 0))
        _say_scope(element, cell)
        table = parts.get((cell.table, cell.page)) or _table_above(element)
        parts[cell.table, cell.page] = table
        first = first_of.setdefault(cell.table, table)
        if table.objgen == first.objgen:
            known_cells[cell.html] = element
        elif cell.html in known_cells and not cell.is_head:
            _append_kids(known_cells[cell.html], element)
        else:
            known_cells.setdefault(cell.html, element)
    for (table_id, _page), part in parts.items():
        if part.objgen != first_of[table_id].objgen:
            dropped += _append_part(first_of[table_id], part)
    return dropped


def _say_scope(element: Any, cell: Cell) -> None:
    """Scope says it all; WeasyPrint's own header ids lead nowhere, for it writes no index of them."""
    attributes = element.A
    if cell.scope:
        attributes.Scope = Name(f"/{cell.scope}")
    if Name.Headers in attributes:
        del attributes.Headers
    if Name.ID in element:
        del element.ID


def _append_part(first: Any, part: Any) -> list[Any]:
    """Move the body of a part behind the first one; hand back the rest: the repeated head."""
    repeated = []
    for group in list(part.K):
        if str(group.S) == "/THead":
            repeated.append(group)
        else:
            group.P = first
            first.K.append(group)
    parent = part.P
    parent.K = Array([kid for kid in parent.K if _differs(kid, part)])
    return repeated


def _append_kids(first: Any, continued: Any) -> None:
    """A row that is higher than a page: its cells go on in those of the page before."""
    for kid in list(continued.K):
        kid.P = first
        first.K.append(kid)
    continued.K = Array()


def _table_above(element: Any) -> Any:
    while str(element.S) != "/Table":
        element = element.P
    return element


def _differs(kid: Any, element: Any) -> bool:
    return not hasattr(kid, "objgen") or kid.objgen != element.objgen
