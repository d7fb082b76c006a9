"""Where the embedded servers are reached, for settings: valid before they run, true while they run."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

NOWHERE = "/nonexistent"


def database_url(data: Path) -> str:
    """Address of the embedded PostgreSQL: its socket folder stands in line 5 of `postmaster.pid`."""
    return f"postgresql://postgres@/{_socket_folder(data)}/portal"


def redis_url(data: Path) -> str:
    """Address of the embedded Valkey for Celery: its socket lies beside that of PostgreSQL."""
    return f"redis+socket://{_socket_folder(data)}/valkey"


def cache_url(url: str) -> str:
    """The same server as Django's cache names it."""
    return url.replace("redis+socket://", "unix://").replace("?virtual_host=", "?db=")


def secret_key(data: Path) -> str:
    """The key of this copy of the portal, made once and readable by its owner only."""
    path = data / "secret-key"
    data.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_urlsafe(50))
    return path.read_text().strip()


def _socket_folder(data: Path) -> str:
    try:
        lines = (data / "postgres" / "postmaster.pid").read_text().splitlines()
        return lines[4]
    except (OSError, IndexError):
        return NOWHERE
