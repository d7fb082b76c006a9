"""Contract “reports”: how a department turns its rows into an accessible PDF.

A department writes a `reports.py`, makes one `ReportKind` per document there and registers it:

    reports.register(ReportKind(
        kind="agenda",
        label="Digitale Agenda",
        template="reports/agenda/agenda.html",
        clean_options=clean_options, title=title, context=context, fingerprint=fingerprint,
        internal_permissions=("agenda.view_project",),
    ))

and imports that module in its AppConfig.ready(). The template extends `reports/base.html`. The portal does the rest:
`request` makes each report once, a worker calls `render`, `take_up` finds what was left lying, `rights` says who may
have the file. `ReportKind` says what each callable owes.
"""

from portal.shared.reports.kinds import ReportKind, ReportRefusedError, kinds, named, register
from portal.shared.reports.rendering import Made, make
from portal.shared.reports.requests import ReportBusyError, is_lost, request, restart
from portal.shared.reports.rights import is_current, may_ask_internal, may_have, may_see
from portal.shared.reports.sweeps import take_up, tidy
from portal.shared.reports.work import render

__all__ = [
    "Made",
    "ReportBusyError",
    "ReportKind",
    "ReportRefusedError",
    "is_current",
    "is_lost",
    "kinds",
    "make",
    "may_ask_internal",
    "may_have",
    "may_see",
    "named",
    "register",
    "render",
    "request",
    "restart",
    "take_up",
    "tidy",
]
