"""Maps and charts drawn by the server: pure functions from rows to a figure, the same for pages and for print.

    figure = county_map(rows, key="karte", title="Bevölkerung nach Gemeinden")
    {% draw figure %}                       on a page: picture, legend, the data folded away below it
    {% draw figure data="open" %}           … with the data in view; data="none" where a table stands beside it anyway
    {% draw figure is_print=True %}         in a PDF: styled from inside, for the layout engine gives pictures no styles

A figure carries its whole picture as attributes already written (an SVG number is no German number), a `title`, a
`message`: the sentence that says what there is to see, made from the data, and the `data` themselves as a table.
What is not known is None and is drawn as unknown, never as zero. Colours come from `static/css/figures.css`; no
colour stands alone, a number or a word beside it says the same.
"""

from portal.shared.figures.bars import Bar, bar_chart
from portal.shared.figures.county_map import MapRow, county_map
from portal.shared.figures.drawing import Data, DataRow, Figure, amount
from portal.shared.figures.gantt import Mark, Span, gantt
from portal.shared.figures.levels import LevelRow, maturity_matrix
from portal.shared.figures.lines import Point, sparkline
from portal.shared.figures.progress import progress_bar
from portal.shared.figures.stacks import Stack, stacked_chart

__all__ = [
    "Bar",
    "Data",
    "DataRow",
    "Figure",
    "LevelRow",
    "MapRow",
    "Mark",
    "Point",
    "Span",
    "Stack",
    "amount",
    "bar_chart",
    "county_map",
    "gantt",
    "maturity_matrix",
    "progress_bar",
    "sparkline",
    "stacked_chart",
]
