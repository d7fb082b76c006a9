"""The client of the tests: every page it opens must be clean, and no GET may write."""

from __future__ import annotations

import re
from typing import Any

from django.db import connection
from django.test import Client

WRITES = re.compile(r"^\s*(INSERT|UPDATE|DELETE|TRUNCATE|MERGE)\b", re.IGNORECASE)
# Sessions and the log of sign-ins belong to the doors of the house, not to its pages.
MAY_WRITE = re.compile(r'"(django_session|portal_user|mfa_authenticator|account_\w+)"')
LEAKED = re.compile(r"\{\{|\{%|\bNone\b</(?:td|dd|p|li|h\d|span)>")
INLINE = re.compile(
    r"<[^>]+\s(on[a-z]+|style)\s*=|<style[\s>]|<script(?![^>]*\b(src|type=\"application/(?:ld\+)?json\"))",
    re.IGNORECASE,
)


class PortalClient(Client):
    """A client that fails on a GET that writes, on leaked template syntax and on inline script or style."""

    def get(self, path: str, *args: Any, **kwargs: Any) -> Any:
        with connection.execute_wrapper(_refuse_writes):
            response = super().get(path, *args, **kwargs)
        # Django's and allauth's own templates are not ours to mend; the browser tests watch them under the CSP.
        if path.startswith(("/verwaltung/", "/konto/")):
            return response
        if response.headers.get("Content-Type", "").startswith("text/html") and not response.streaming:
            check_page(response.content.decode())
        return response


def check_page(html: str) -> None:
    """Fail on what no visitor may see."""
    body = re.sub(r"<script[^>]*>.*?</script>", "", html, flags=re.DOTALL)
    assert not (leak := LEAKED.search(body)), f"leaked template syntax: {leak.group()!r}"
    assert not (inline := INLINE.search(html)), f"inline script, style or handler: {inline.group()!r}"


def _refuse_writes(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:  # noqa: FBT001  Django's signature
    if WRITES.match(sql) and not MAY_WRITE.search(sql):
        raise AssertionError(f"a GET wrote: {sql[:200]}")
    return execute(sql, params, many, context)
