"""Where the embedded servers are reached: valid before they run, true while they run."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

# Nobody listens there: settings can be read (makemigrations, collectstatic), only connecting fails.
NOWHERE = Path("/nonexistent")


def database_url(data: Path) -> str:
    """Address of the PostgreSQL that runs in `data`."""
    return at_sockets(sockets(data))["DATABASE_URL"]


def redis_url(data: Path) -> str:
    """Address of the Valkey that runs beside it, as Celery writes it."""
    return at_sockets(sockets(data))["REDIS_URL"]


def at_sockets(folder: Path) -> dict[str, str]:
    """Both addresses for a folder of sockets, as environment variables."""
    return {
        "DATABASE_URL": f"postgresql://postgres@/{folder}/portal",
        "REDIS_URL": f"redis+socket://{folder}/valkey",
    }


def cache_url(url: str) -> str:
    """The same server as Django's cache writes it."""
    return url.replace("redis+socket://", "unix://").replace("?virtual_host=", "?db=")


def sockets(data: Path) -> Path:
    """Folder of the sockets: line 5 of the running server's `postmaster.pid`."""
    try:
        return Path((data / "postgres" / "postmaster.pid").read_text().splitlines()[4].strip())
    except (OSError, IndexError, UnicodeDecodeError):
        return NOWHERE


def secret_key(data: Path) -> str:
    """The key of this copy of the portal: made once, readable by its owner only."""
    return kept_secret(data / "secret-key", lambda: secrets.token_urlsafe(50))


def kept_secret(path: Path, make: object) -> str:
    """Text of a file that is made once, whole, with mode 0600; two makers at once agree on one."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f".{path.name}.{os.getpid()}")
        draft.touch(mode=0o600)
        draft.write_text(str(make()) if callable(make) else str(make))
        try:
            os.link(draft, path)  # fails where another was first
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text().strip()
