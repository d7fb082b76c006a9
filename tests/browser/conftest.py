"""A real Chromium against a real server: no foreign host, no console message, no cookie goes unnoticed."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

AXE = Path(__file__).resolve().parent.parent / "vendor" / "axe-core" / "axe.min.js"
BROWSERS = ("chromium", "chromium-headless-shell", "chromium-browser", "google-chrome")
# Playwright keeps an event loop in this thread; Django would refuse the database there.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for the whole worker."""
    path = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    assert path, "Chromium fehlt: apt-get install -y --no-install-recommends chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path)
        yield browser
        browser.close()


@dataclass
class Visit:
    """A browser window and everything it must not do."""

    page: Page
    context: BrowserContext
    base: str
    foreign: list[str] = field(default_factory=list)
    console: list[str] = field(default_factory=list)

    def open(self, path: str) -> Page:
        """Go to a path of the portal."""
        self.page.goto(self.base + path)
        return self.page

    def axe(self) -> list[str]:
        """Violations of WCAG 2.2 A/AA and best practice on the open page."""
        self.page.evaluate(AXE.read_text())
        result: dict[str, Any] = self.page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        return [
            f"{rule['id']}: {node['html'][:160]} {node['failureSummary'][:200]}"
            for rule in result["violations"]
            for node in rule["nodes"]
        ]

    def assert_clean(self) -> None:
        """Nothing foreign was asked, nothing was complained about."""
        assert self.foreign == []
        assert self.console == []


@pytest.fixture
def visit(browser: Browser, live_server: Any) -> Iterator[Any]:
    """`visit(width=320, dark=True, javascript=False)` opens a window."""
    contexts: list[BrowserContext] = []

    def make(*, width: int = 1280, dark: bool = False, javascript: bool = True) -> Visit:
        context = browser.new_context(
            viewport={"width": width, "height": 800},
            color_scheme="dark" if dark else "light",
            java_script_enabled=javascript,
            locale="de-DE",
            # axe is brought in by the test itself, which the page's own policy would forbid.
            bypass_csp=False,
        )
        contexts.append(context)
        page = context.new_page()
        made = Visit(page, context, live_server.url)
        page.on("request", lambda request: _note_foreign(made, request.url))
        page.on("console", lambda message: made.console.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: made.console.append(str(error)))
        return made

    yield make
    for context in contexts:
        context.close()


def _note_foreign(visit: Visit, url: str) -> None:
    if not url.startswith((visit.base, "data:", "blob:", "about:")):
        visit.foreign.append(url)
