"""`manage.py load_example`: the example content of all departments, whole or not at all, as often as one likes."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from portal.shared import importing

if TYPE_CHECKING:
    from argparse import ArgumentParser

STANDING_PAGES = "portal.standing_pages"


class Command(BaseCommand):
    """Which files there are is said by the departments."""

    help = "Lädt den Beispielinhalt. Wiederholbar: Vorhandenes wird erkannt, von Hand Geändertes bleibt stehen."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What to do, and one option for each file."""
        parser.add_argument("--dry-run", action="store_true", help="nur zeigen, was sich ändern würde")
        parser.add_argument("--if-empty", action="store_true", help="nur laden, wenn noch keine Inhalte da sind")
        parser.add_argument("--overwrite", action="store_true", help="auch von Hand Geändertes überschreiben")
        for file in (file for content in importing.contents() for file in content.files):
            parser.add_argument(f"--{file.option}", metavar="DATEI", type=Path, default=file.default, help=file.label)

    def handle(self, *_args: Any, **given: Any) -> None:
        """Load and say what was done; a refusal ends with exit code 1."""
        files = {file.option: Path(given[file.option]) for content in importing.contents() for file in content.files}
        wishes = importing.Wishes(
            files=files,
            is_rehearsal=given["dry_run"],
            only_if_empty=given["if_empty"],
            overwrite=given["overwrite"],
        )
        at = timezone.now()
        try:
            report = importing.load(wishes, at=at)
        except importing.ImportRefusedError as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(str(report))
        # Impressum and the like belong to every portal, with or without the example.
        if find_spec(STANDING_PAGES) is not None and not wishes.is_rehearsal:
            import_module(STANDING_PAGES).load(at=at)
