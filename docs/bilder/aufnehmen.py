"""Take the README's screenshots from a running portal: `.venv/bin/python docs/bilder/aufnehmen.py [address]`.

Needs the test requirements and Chromium (`bin/test` installs both).
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

HERE = Path(__file__).resolve().parent
PAGES = {"start.png": "/", "agenda.png": "/agenda/"}


def main(address: str) -> None:
    """One picture for each page, light, as wide as a desk screen."""
    browser_path = next(filter(None, map(shutil.which, ("chromium", "chromium-headless-shell"))))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path)
        page = browser.new_page(viewport={"width": 1280, "height": 860}, locale="de-DE")
        for name, path in PAGES.items():
            page.goto(address + path)
            page.screenshot(path=HERE / name)
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000")
