"""Scales of findings in words."""

import pytest

from agenda import scales
from agenda.models import Finding
from agenda.scales import Scale


@pytest.mark.parametrize(
    ("finding", "expected"),
    [
        (Finding(urgency=4), [Scale("Dringlichkeit", 4, "sehr dringend")]),
        (Finding(benefit=3, effort=1), [Scale("Nutzen", 3, "hoch"), Scale("Aufwand", 1, "gering")]),
        (Finding(), []),
    ],
    ids=["need", "potential", "strength"],
)
def test_of_explains_what_applies(finding, expected):
    assert scales.of(finding) == expected
