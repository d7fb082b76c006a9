"""`python -m portal.embedded.health`: whether the website answers and finds its servers; exit code 0 or 1."""

from __future__ import annotations

import os
import sys
from http.client import HTTPConnection, HTTPException

PATH = "/gesundheit/"


def answers(port: int, *, host: str = "127.0.0.1") -> bool:
    """Ask under a name the portal accepts; asked by its number only, it would refuse."""
    asking = HTTPConnection(host, port, timeout=5)
    name = os.environ.get("DJANGO_ALLOWED_HOSTS", "").split(",")[0].strip(" .*") or host
    try:
        asking.request("GET", PATH, headers={"Host": name})
        return asking.getresponse().status == 200
    except (OSError, HTTPException):
        return False
    finally:
        asking.close()


if __name__ == "__main__":
    sys.exit(not answers(int(os.environ.get("PORT") or 8000)))
