"""The maturity matrix: level 0, not assessed and not applicable are three different things."""

from agenda import maturity
from agenda.maturity import Cell, Middle
from agenda.models import ActionField, Assessment
from portal.models import Municipality

FIELDS = [ActionField(pk=1, title="Netz", slug="netz"), ActionField(pk=2, title="Amt", slug="amt")]
PLACES = [Municipality(pk=number, name=f"Ort {number}", slug=f"ort-{number}") for number in (7, 8, 9)]


def _assessed(field, level, place=None, **fields):
    return Assessment(field_id=field, municipality_id=place, applicability="assessed", current_level=level, **fields)


def test_matrix_of_the_county_alone_shows_no_municipalities():
    matrix = maturity.matrix([_assessed(1, 0)], fields=FIELDS, municipalities=PLACES)
    assert [row.place for row in matrix.rows] == ["Landkreis als Ganzes"]
    assert matrix.middles == ()


def test_matrix_tells_level_zero_from_missing_and_not_applicable():
    rows = [_assessed(1, 0), Assessment(field_id=2, applicability="not_applicable")]
    matrix = maturity.matrix(rows, fields=[*FIELDS, ActionField(pk=3)], municipalities=PLACES)
    assert [cell.text for cell in matrix.rows[0].cells] == ["Stufe 0", "trifft nicht zu", "noch nicht eingeschätzt"]


def test_matrix_draws_assessed_municipalities_and_names_the_others():
    matrix = maturity.matrix([_assessed(2, 3, place=8)], fields=FIELDS, municipalities=PLACES)
    assert [row.place for row in matrix.rows] == ["Landkreis als Ganzes", "Ort 8"]
    assert matrix.rows[1].cells == (Cell(), Cell("assessed", 3))
    assert [row.place for row in matrix.unassessed] == ["Ort 7", "Ort 9"]


def test_matrix_gives_the_median_of_municipalities_with_coverage():
    rows = [_assessed(1, 4), _assessed(1, 1, place=7), _assessed(1, 2, place=8)]
    matrix = maturity.matrix(rows, fields=FIELDS, municipalities=PLACES)
    assert matrix.middles == (Middle(1.5, 2, 3), Middle(None, 0, 3))


def test_middle_leaves_out_places_where_the_field_does_not_apply():
    assert maturity.middle([Cell("assessed", 2), Cell("not_applicable"), Cell()]) == Middle(2, 1, 2)


def test_cell_carries_the_target():
    row = _assessed(1, 1, target_level=3, target_year=2030)
    assert maturity.cell(row) == Cell("assessed", 1, 3, 2030)
