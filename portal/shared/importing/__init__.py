"""Contract “importing”: how a department loads rows from files, whole or not at all, as often as one likes.

A department writes a module that makes one `Content` and registers it:

    importing.register(Content(
        name="agenda", order=20, anchor=Agenda,
        files=(InputFile("agenda", DATA / "agenda.json", "Agenda"),),
        plan=plan,
    ))

and imports that module in its AppConfig.ready(). `plan(files, earlier, faults)` reads its files through
`reading` and `Entry`, adds everything that is wrong with them to `faults`, and returns `Row`s: what is to be there,
by a key that people recognise. A value may itself be a `Row`, of this content or of an earlier one.

The portal does the rest (`load`): refuses everything when there is one fault, compares with the database, writes
only what differs, publishes, and says what it did. What a person changed is left alone.
"""

from portal.shared.importing.entries import Entry
from portal.shared.importing.faults import Fault, Faults, ImportRefusedError, Where
from portal.shared.importing.loading import REASON, Wishes, load
from portal.shared.importing.report import Report
from portal.shared.importing.rows import Content, InputFile, Row, contents, register

__all__ = [
    "REASON",
    "Content",
    "Entry",
    "Fault",
    "Faults",
    "ImportRefusedError",
    "InputFile",
    "Report",
    "Row",
    "Where",
    "Wishes",
    "contents",
    "load",
    "register",
]
