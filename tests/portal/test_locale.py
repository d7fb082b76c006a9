"""The sentences of packages that we say differently: with Sie, and compiled."""

from __future__ import annotations

import gettext
import re
from pathlib import Path

CATALOGUE = Path(__file__).resolve().parent.parent.parent / "locale" / "de" / "LC_MESSAGES"


def test_catalogue_is_compiled():
    source = (CATALOGUE / "django.po").read_text()
    with (CATALOGUE / "django.mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    sentences = re.findall(r'^msgid "(.+)"\nmsgstr "(.+)"$', source, re.MULTILINE)
    assert len(sentences) > 20
    assert [pair for pair in sentences if compiled.gettext(pair[0]) not in (pair[1], pair[0])] == []


def test_nobody_is_called_du():
    source = (CATALOGUE / "django.po").read_text().split("msgid", 2)[2]
    assert re.findall(r"\b(?:[Dd]u|[Dd]ein\w*|[Dd]ich|[Dd]ir)\b", source) == []
