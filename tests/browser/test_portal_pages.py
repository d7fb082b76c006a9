"""The portal's own pages in a real browser: no barrier, no stranger, no cookie, no sideways scrolling."""

from __future__ import annotations

import pytest

from tests import factories as make

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PATHS = ["/", "/gemeinden/", "/gemeinden/ort/", "/aktuelles/", "/aktuelles/meldung/", "/impressum/"]


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("width", [320, 1280])
def test_pages_have_no_barrier_and_fit(visit, width, dark):
    make.MunicipalityFactory(slug="ort", name="Ort")
    make.NewsFactory(slug="meldung", public=True)
    make.PageFactory(slug="impressum", public=True, is_in_footer=True)
    make.ProjectFactory(public=True)
    window = visit(width=width, dark=dark)
    for path in PATHS:
        page = window.open(path)
        assert (path, window.axe()) == (path, [])
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
    assert window.context.cookies() == []
    window.assert_clean()
