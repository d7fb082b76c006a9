"""The house itself: sizes, names, German fields, templates, glossary; what no single room can promise."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models
from django.template import engines
from simple_history.utils import get_history_model_for_model

ROOT = Path(__file__).resolve().parent.parent
OURS = ("portal", "agenda", "knowledge", "funding", "events")
LIMITS = {"module": 300, "function": 30, "test module": 400, "template": 120}

MODULES = [path for room in OURS for path in sorted((ROOT / room).rglob("*.py")) if "migrations" not in path.parts]
TEST_MODULES = sorted((ROOT / "tests").rglob("*.py"))
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))


def lines(path: Path) -> int:
    return len(path.read_text().splitlines())


def our_models() -> list[type[models.Model]]:
    return [
        model
        for config in apps.get_app_configs()
        if config.name in OURS
        for model in config.get_models()
        if not model.__name__.endswith("Version")
    ]


@pytest.mark.parametrize(
    ("paths", "limit"),
    [(MODULES, LIMITS["module"]), (TEST_MODULES, LIMITS["test module"]), (TEMPLATES, LIMITS["template"])],
    ids=["modules", "tests", "templates"],
)
def test_files_stay_small(paths, limit):
    assert {str(path.relative_to(ROOT)): lines(path) for path in paths if lines(path) > limit} == {}


def test_functions_stay_short():
    long = {}
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                size = (node.end_lineno or node.lineno) - node.lineno + 1
                if size > LIMITS["function"]:
                    long[f"{path.relative_to(ROOT)}:{node.name}"] = size
    assert long == {}


def test_modules_say_what_they_are():
    silent = [str(path.relative_to(ROOT)) for path in MODULES + TEST_MODULES if not _docstring(path)]
    assert silent == []


def _docstring(path: Path) -> str | None:
    return ast.get_docstring(ast.parse(path.read_text())) if path.read_text().strip() else "empty package"


@pytest.mark.parametrize("name", ["utils", "helpers", "services", "misc", "common"])
def test_no_module_without_a_subject(name):
    assert [path for path in MODULES if path.stem == name] == []


def test_fields_and_models_speak_german():
    """Every editable field has a verbose name of its own, not Django's English guess from the attribute."""
    english = [
        f"{model.__name__}.{field.name}"
        for model in our_models()
        for field in model._meta.get_fields()
        if isinstance(field, models.Field)
        and field.editable
        and not field.primary_key
        and str(field.verbose_name) == field.name.replace("_", " ")
        and not _is_inherited_from_django(model, field)
    ]
    assert english == []
    assert [m.__name__ for m in our_models() if str(m._meta.verbose_name) == _guess(m)] == []


def _is_inherited_from_django(model: type[models.Model], field: models.Field) -> bool:
    return any(
        base.__module__.startswith("django.") and any(f.name == field.name for f in base._meta.get_fields())
        for base in model.__mro__[1:]
        if hasattr(base, "_meta")
    )


def _guess(model: type[models.Model]) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", " ", model.__name__).lower()


def test_every_constraint_of_ours_speaks():
    """A broken CHECK or UNIQUE reaches a person; Django's own sentence would name the constraint."""
    default = "Constraint"
    mute = [
        constraint.name
        for model in our_models()
        for constraint in model._meta.constraints
        if str(constraint.violation_error_message).startswith(default)
        and constraint.name != "agenda_measurepackage_id_agenda"  # only carries a foreign key
    ]
    assert mute == []


# What is not content: accounts, counts with their own date, and what machines write.
WITHOUT_HISTORY = {"User", "MunicipalAssociation", "MunicipalityPopulation", "OutgoingMail", "Report"}


def test_content_keeps_its_history():
    without = set()
    for model in our_models():
        try:
            get_history_model_for_model(model)
        except Exception:  # noqa: BLE001  the library's way to say there is none
            without.add(model.__name__)
    assert without == WITHOUT_HISTORY


def test_templates_compile_and_are_used():
    engine = engines["django"]
    sources = {path: path.read_text() for path in [*MODULES, *TEMPLATES]}
    unused = []
    for path in TEMPLATES:
        name = str(path.relative_to(ROOT / "templates"))
        engine.get_template(name)
        if not _is_named(name, sources, path):
            unused.append(name)
    assert unused == []


# Found by the frameworks through their names.
# Building blocks become tags by their row in portal.components; a test there misses none.
FOUND_BY_NAME = re.compile(
    r"^(admin|account|allauth|mfa|django|simple_history|socialaccount)/|^components/[a-z]|^\d{3}\.html$"
)


def _is_named(name: str, sources: dict[Path, str], own: Path) -> bool:
    if FOUND_BY_NAME.search(name):
        return True
    stem = re.escape(name)
    implied = re.match(r"^(\w+)/(\w+)_(list|detail|form|filter)\.html$", name)
    text = "\n".join(source for path, source in sources.items() if path != own)
    if re.search(stem, text):
        return True
    return bool(implied and re.search(rf"\b{implied[2].replace('_', '')}\b", text, re.IGNORECASE))


def test_glossary_terms_exist_in_code():
    rows = re.findall(r"^\| ([^|]+) \| `([A-Za-z.]+)`", (ROOT / "docs" / "glossar.md").read_text(), re.MULTILINE)
    code = "\n".join(path.read_text() for path in MODULES)
    assert len(rows) > 30
    assert [term for term in rows if not re.search(rf"\b{term[1].split('.')[-1]}\b", code)] == []


def test_glossary_names_every_model():
    glossary = (ROOT / "docs" / "glossar.md").read_text()
    assert [m.__name__ for m in our_models() if f"`{m.__name__}`" not in glossary] == []
