"""What the report pipeline adds to WeasyPrint alone for the same HTML: `python -m tests.benchmarks.report_rendering`.

Without an argument it prints the demanding document of the PDF tests; with a kind (`agenda`) that report from the
database, everything included: queries, template, layout, mending, checking. Both ways take turns in one process, so
that caches and the machine's mood are the same; the ratio of the medians is to stay at or below 1.2.
"""

from __future__ import annotations

import statistics
import sys
import time
from typing import TYPE_CHECKING

import django

if TYPE_CHECKING:
    from collections.abc import Callable

RUNS = 7
LIMIT = 1.2


def weasyprint_alone(html: str) -> None:
    """What everybody would write: a tagged PDF straight from the HTML."""
    import weasyprint  # noqa: PLC0415  the same moment as in the pipeline
    from django.conf import settings  # noqa: PLC0415  only after setup

    from portal.shared import pdf  # noqa: PLC0415  only after setup

    base = f"{settings.PORTAL_URL}/"
    weasyprint.HTML(string=html, base_url=base, url_fetcher=pdf._fetcher()).write_pdf(pdf_variant="pdf/ua-1")


def of_probe() -> tuple[str, Callable[[], object]]:
    """The document of the PDF tests: its HTML, and the whole way to its file."""
    from tests.portal import pdf_probe  # noqa: PLC0415  only after setup

    return pdf_probe.html(), lambda: pdf_probe.made(pdf_probe.html())


def of_kind(name: str) -> tuple[str, Callable[[], object]]:
    """A report from the database: its HTML, and the whole way to its file."""
    from django.utils import timezone  # noqa: PLC0415  only after setup

    from portal.shared import reports  # noqa: PLC0415  only after setup
    from portal.shared.reports.rendering import gather  # noqa: PLC0415  only after setup

    kind = reports.named(name)
    options = kind.clean_options({})
    at = timezone.now()
    html = gather(kind, options, is_public=True, at=at).html
    return html, lambda: reports.make(kind, options, is_public=True, at=at)


def seconds(act: Callable[[], object]) -> float:
    """How long `act` keeps a processor busy; what else the machine does is not counted."""
    started = time.process_time()
    act()
    return time.process_time() - started


def main(arguments: list[str]) -> int:
    """Measure, print, and say by the exit code whether the limit holds."""
    django.setup()
    html, pipeline = of_kind(arguments[0]) if arguments else of_probe()
    weasyprint_alone(html)  # warm: imports, fonts
    alone, whole = [], []
    for _ in range(RUNS):
        alone.append(seconds(lambda: weasyprint_alone(html)))
        whole.append(seconds(pipeline))
    ratio = statistics.median(whole) / statistics.median(alone)
    print(f"WeasyPrint alone {statistics.median(alone):.2f} s, pipeline {statistics.median(whole):.2f} s")  # noqa: T201
    print(f"ratio {ratio:.3f} (limit {LIMIT}), {RUNS} runs each")  # noqa: T201
    return 0 if ratio <= LIMIT else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
