"""Reading who does something: names become organisations, offices of the county also units of its administration."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portal.models import Organisation, OrganisationUnit
from portal.shared.importing import Row

if TYPE_CHECKING:
    from agenda.importing.book import Book
    from portal.shared.importing import Where

Kind = Organisation.Kind
OFFICE = "Landkreis Stendal, "
CENTRE = "Digitalisierungszentrum Landkreis Stendal"
# The same body under two names in the example.
ALIASES = {
    "Digitalisierungszentrum": CENTRE,
    "Zweckverband Breitband Altmark": "Zweckverband Breitband Altmark (ZBA)",
    "Landkreis Stendal, Straßenbauamt und ÖPNV-Aufgabenträger": "Landkreis Stendal, Straßenbauamt",
}
KINDS = {
    Kind.COUNTY: (CENTRE, "Fachämter", "Kreistagsbüro", "Leitstelle", "Nachbarkreis Altmarkkreis Salzwedel"),
    Kind.MUNICIPALITY: (
        "Einheits- und Verbandsgemeinden",
        "Einheitsgemeinden",
        "Verbandsgemeinden",
        "Gemeinden",
        "Ortsbürgermeister",
        "Feuerwehren",
        "Hansestadt Havelberg",
        "Hansestadt Stendal",
        "Stadt Tangermünde",
    ),
    Kind.PUBLIC: (
        "IHK Magdeburg",
        "KITU",
        "Kassenärztliche Vereinigung Sachsen-Anhalt",
        "Krankenkassen",
        "Kreishandwerkerschaft",
        "Tourist-Informationen",
        "Zweckverband Breitband Altmark (ZBA)",
    ),
    Kind.FIRM: (
        "BIC Altmark GmbH",
        "Handel",
        "Hausarztpraxen",
        "Landwirtschaftliche Betriebe",
        "Netzbetreiber",
        "Netzbetreiber DNS:NET",
        "Pflegedienste",
        "Pflegeeinrichtungen",
        "Sparkasse und Läden als Gastgeber",
        "Wohnungsgesellschaften",
        "stendalbus GmbH",
    ),
    Kind.ASSOCIATION: (
        "Altmärkischer Regionalmarketing- und Tourismusverband",
        "Bauernverband",
        "Heimatvereine",
        "Kreisseniorenvertretung Stendal e. V.",
        "Kreissportbund",
        "Regionalverein Altmark",
        "Unternehmensnetzwerk Altmark e. V.",
        "Vereine",
        "Vereine der Jugendarbeit",
    ),
    Kind.EDUCATION: (
        "Berufsbildende Schulen",
        "Hochschule Magdeburg-Stendal",
        "Schulen",
        "Schulleitungen",
        "Volkshochschule",
    ),
}
KIND_OF = {name: kind for kind, names in KINDS.items() for name in names}


def organisation(name: str, book: Book, where: Where) -> Row:
    """The organisation of this name, made where it is named first."""
    name = ALIASES.get(name, name)
    if name in book.organisations:
        return book.organisations[name]
    unit = _unit(name, book, where)
    kind = Kind.COUNTY if name.startswith(OFFICE) else KIND_OF.get(name, Kind.OTHER)
    row = Row(Organisation, {"name": name}, where, {"kind": kind, "unit": unit})
    book.organisations[name] = row
    return book.add(row)


def owner(body: Row) -> Row | None:
    """The unit of the county that edits what this organisation is responsible for."""
    found: Row | None = body.values["unit"]
    return found


def _unit(name: str, book: Book, where: Where) -> Row | None:
    if name == CENTRE:
        return book.add(Row(OrganisationUnit, {"name": "Digitalisierungszentrum"}, where))
    if name.startswith(OFFICE):
        return book.add(Row(OrganisationUnit, {"name": name.removeprefix(OFFICE)}, where))
    return None
