"""Texts of the example agenda that no file brings, and short texts made from long ones."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

TEASER = 200
SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-ZÄÖÜ„0-9])")

INTRODUCTION = """\
<p><strong>Dies ist ein Beispiel und kein amtliches Dokument.</strong> Es zeigt an erfundenen Inhalten, wie die \
digitale Agenda des Landkreises Stendal hier erarbeitet, gezeigt und fortgeschrieben werden kann.</p>
<p>{notice}</p>
<p>Die Agenda erzählt eine Kette: Aus dem Ist-Stand ergeben sich Bedarfe und Potenziale, Stärken und Schwächen. Daraus \
leiten sich strategische Herausforderungen ab. Auf sie antworten Maßnahmenpakete mit kurzem, mittlerem und langem \
Horizont, und in jedem Paket stehen die Projekte, die etwas verändern sollen. Sie können die Kette in beiden \
Richtungen lesen.</p>"""

METHOD = """\
<p>Im Beispiel stammen die Kennzahlen und Fundstellen aus öffentlich zugänglichen Quellen: aus der amtlichen \
Statistik, aus Veröffentlichungen des Landkreises und aus der Presse. Jede Zahl trägt ihre Quelle und ihren Stand. Die \
Zahlen wurden aus gespeicherten Seitenauszügen übernommen und sind vor einer amtlichen Verwendung an der Quelle zu \
prüfen.</p>
<p>Befunde, Herausforderungen, Maßnahmenpakete und Projekte sind erfunden, ebenso Kosten, Termine, Zielwerte und \
Fortschritte. Wer im Beispiel als federführend oder beteiligt genannt wird, hat nichts zugesagt.</p>
<h3>Was zu beachten ist</h3>
<ul><li>Bevölkerungszahlen vor und nach dem Zensus 2022 bilden verschiedene Reihen und werden nicht verglichen.</li>
<li>Zahlen des Zweckverbands Breitband Altmark gelten für die ganze Altmark, nicht nur für den Landkreis.</li>
<li>Was nicht bekannt ist, bleibt leer. Eine leere Angabe bedeutet nicht null.</li></ul>
<p>Aufbau: {structure}. Vorbild: {source}</p>"""


def introduction(notice: str) -> str:
    """Rich text for the agenda's introduction."""
    return INTRODUCTION.format(notice=escape(notice, quote=False))


def method(structure: str, source: str) -> str:
    """Rich text for how the agenda came about."""
    return METHOD.format(structure=escape(structure, quote=False), source=escape(source, quote=False))


def bullets(lines: Iterable[str]) -> str:
    """Rich text: a list."""
    return f"<ul>{''.join(f'<li>{escape(line, quote=False)}</li>' for line in lines)}</ul>"


def paragraph(text: str) -> str:
    """Rich text: one paragraph."""
    return f"<p>{escape(text, quote=False)}</p>"


def teaser(text: str) -> str:
    """As many whole sentences as a teaser holds; a first sentence too long is cut between words."""
    sentences = SENTENCE_END.split(text)
    kept = sentences[0]
    for sentence in sentences[1:]:
        if len(kept) + 1 + len(sentence) > TEASER:
            break
        kept = f"{kept} {sentence}"
    if len(kept) <= TEASER:
        return kept
    return kept[: TEASER - 1].rpartition(" ")[0].rstrip(",;:–- ") + " …"
