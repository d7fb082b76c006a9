"""The list of variables: complete, and nothing in it that nobody reads."""

from __future__ import annotations

import ast
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = (ROOT / ".env.example").read_text(encoding="utf-8")
LISTED = re.findall(r"^#? ?([A-Z][A-Z0-9_]+)=", EXAMPLE, re.MULTILINE)
# Read by the supervisor and by docker-compose.yml, not by the settings.
READ_ELSEWHERE = {"PORT", "PORTAL_DATA", "POSTGRES_PASSWORD"}


def read_by_settings() -> set[str]:
    """Every first argument of `env.<cast>("NAME", …)`."""
    found = set()
    for node in ast.walk(ast.parse((ROOT / "portal" / "settings.py").read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args:
            owner, first = node.func.value, node.args[0]
            if isinstance(owner, ast.Name) and owner.id == "env" and isinstance(first, ast.Constant):
                found.add(str(first.value))
    return found


def test_env_example_lists_every_variable_once() -> None:
    assert "DATABASE_URL" in read_by_settings()
    assert set(LISTED) == read_by_settings() | READ_ELSEWHERE
    assert len(LISTED) == len(set(LISTED))


def test_env_example_explains_every_variable() -> None:
    lines = EXAMPLE.splitlines()
    for number, line in enumerate(lines):
        if re.match(r"#? ?[A-Z][A-Z0-9_]+=", line):
            above = lines[number - 1]
            assert above.startswith("#"), line
            assert "---" not in above, line


def test_handbook_of_operations_explains_every_variable() -> None:
    handbook = (ROOT / "docs" / "betrieb.md").read_text(encoding="utf-8")
    assert [name for name in LISTED if f"`{name}`" not in handbook] == []
