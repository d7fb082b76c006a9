"""`manage.py render_report KIND --output FILE`: make one report at once, the same way the workers do."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from portal.shared import reports
from portal.shared.pdf import PdfError

if TYPE_CHECKING:
    from argparse import ArgumentParser


class Command(BaseCommand):
    """Writes no row into the database; the file is complete or not there."""

    help = "Erstellt einen Bericht als barrierefreies PDF und nennt Seitenzahl und Prüfsumme."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Kind, output and options."""
        parser.add_argument("kind", metavar="ART", help=f"eine von: {', '.join(k.kind for k in reports.kinds())}")
        parser.add_argument("--output", "-o", metavar="DATEI", type=Path, required=True, help="Ziel der PDF-Datei")
        parser.add_argument(
            "--option", metavar="NAME=WERT", action="append", default=[], help="Angabe zum Bericht; mehrfach möglich"
        )
        parser.add_argument("--internal", action="store_true", help="auch Inhalte, die nicht veröffentlicht sind")

    def handle(self, *_args: Any, **given: Any) -> None:
        """Make, write, report."""
        try:
            kind = reports.named(given["kind"])
            options = kind.clean_options(dict(_pair(text) for text in given["option"]))
            made = reports.make(kind, options, is_public=not given["internal"], at=timezone.now())
        except (reports.ReportRefusedError, PdfError) as reason:
            raise CommandError(str(reason)) from reason
        _write(given["output"], made.pdf)
        self.stdout.write(f"{given['output']}: {made.pages} Seiten, {len(made.pdf)} Byte, SHA-256 {made.sha256}")


def _pair(text: str) -> tuple[str, str]:
    name, separator, value = text.partition("=")
    if not (name and separator):
        raise CommandError(f"„{text}“ ist keine Angabe der Form NAME=WERT.")
    return name, value


def _write(path: Path, content: bytes) -> None:
    unfinished = path.with_name(f".{path.name}.part")
    try:
        unfinished.write_bytes(content)
        unfinished.replace(path)
    except OSError as error:
        unfinished.unlink(missing_ok=True)
        raise CommandError(f"{path} kann nicht geschrieben werden: {error.strerror}.") from error
