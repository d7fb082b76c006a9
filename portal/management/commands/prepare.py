"""`manage.py prepare`: everything between a checkout and a running portal, in one process."""

from __future__ import annotations

import hashlib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from portal import demo


class Command(BaseCommand):
    """Migrate, collect static files, load the example into an empty database, make the demo logins."""

    help = "Bereitet das Portal für den Start vor; ein zweiter Aufruf ändert nichts."

    def handle(self, **_options: Any) -> None:
        """Each step only where there is something to do."""
        with ThreadPoolExecutor(1) as beside:
            collected = beside.submit(self._collect)  # packing files and migrating keep one core busy each
            if _waiting_migrations():
                self.stdout.write("  Datenbank wird eingerichtet …")
                call_command("migrate", verbosity=0)
            collected.result()
        if settings.ON_EMBEDDED_DATABASE:
            call_command("load_example", if_empty=True, stdout=self.stdout)
            self._logins()
        else:
            _login_file().unlink(missing_ok=True)  # left by an earlier start on the embedded database

    def _collect(self) -> None:
        stamp, now = settings.STATIC_ROOT / ".stamp", _fingerprint()
        if stamp.is_file() and stamp.read_text() == now:
            return
        self.stdout.write("  Gestaltung wird zusammengestellt …")
        call_command("collectstatic", verbosity=0, interactive=False)
        stamp.write_text(now)

    def _logins(self) -> None:
        word = demo.password(settings.DATA_DIR, given=settings.DEMO_PASSWORD)
        lines = [f"  {login:<16} {role}" for login, role in demo.make_logins(word)]
        text = "\n".join([f"Zum Ausprobieren, Kennwort für alle: {word}", *lines, "Verwaltung: /verwaltung/", ""])
        path = _login_file()
        path.touch(mode=0o600)
        path.write_text(text)


def _login_file() -> Path:
    return Path(settings.DATA_DIR) / "anmeldungen.txt"


def _waiting_migrations() -> bool:
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _fingerprint() -> str:
    """Name, size and time of every static file of ours, and the requirements that bring the others."""
    files = [path for folder in settings.STATICFILES_DIRS for path in sorted(Path(folder).rglob("*")) if path.is_file()]
    digest = hashlib.sha256((settings.BASE_DIR / "requirements.txt").read_bytes())
    for path in files:
        stat = path.stat()
        digest.update(f"{path}:{stat.st_size}:{stat.st_mtime_ns};".encode())
    return digest.hexdigest()
