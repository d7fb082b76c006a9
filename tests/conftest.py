"""What every test stands on: a template database, strict templates, a client that looks closely."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection
from django.db.models.signals import post_migrate
from django.template import base as template_base

from tests.client import PortalClient
from tests.factories import UserFactory

ROOT = Path(__file__).resolve().parent.parent
TEMPLATE = "portal_template"


def pytest_configure(config: pytest.Config) -> None:
    """Settings that only make tests faster; what they switch off has tests of its own."""
    settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.WHITENOISE_AUTOREFRESH = True
    settings.TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = _Undefined("%s")


class _Undefined(str):
    """Django asks `string_if_invalid` for each undefined variable; in a template of ours that is a fault."""

    __slots__ = ()

    def __contains__(self, key: object) -> bool:
        return key == "%s"

    def __mod__(self, variable: object) -> Any:
        expression, context, origin = _at_work()
        if any(function.__name__ in {"default", "default_if_none"} for function, _args in expression.filters):
            # The template says what to show instead; Django would skip its filters here.
            value: Any = ""
            for function, arguments in expression.filters:
                value = function(value, *[a.resolve(context) if lookup else a for lookup, a in arguments])
            return value
        if origin is not None and origin.is_relative_to(ROOT / "templates"):
            pytest.fail(f"undefined template variable “{variable}” in {origin}", pytrace=False)
        return ""


def _at_work() -> tuple[template_base.FilterExpression, Any, Path | None]:
    """The expression that is being resolved, its context, and the file of the innermost template node."""
    frame: Any = sys._getframe()
    expression: Any = None
    context: Any = None
    while frame := frame.f_back:
        me = frame.f_locals.get("self")
        if isinstance(me, template_base.FilterExpression) and expression is None:
            expression, context = me, frame.f_locals["context"]
        if isinstance(me, template_base.Node) and getattr(me, "origin", None):
            return expression, context, Path(str(me.origin.name))
    return expression, context, None


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None) -> None:
    """Migrate once; each worker copies the finished database."""
    default: dict[str, Any] = settings.DATABASES["default"]
    parameters = {
        "host": default["HOST"] or None,
        "port": default["PORT"] or None,
        "user": default["USER"] or None,
        "password": default["PASSWORD"] or None,
        "dbname": "postgres",
    }
    with psycopg.connect(autocommit=True, **{k: v for k, v in parameters.items() if v}) as server:
        server.execute("SELECT pg_advisory_lock(15090)")
        found = server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [TEMPLATE]).fetchone()
        if not found:
            _make_template(server, default)
    default["TEST"]["TEMPLATE"] = TEMPLATE


def _make_template(server: psycopg.Connection[Any], default: dict[str, Any]) -> None:
    server.execute(f"DROP DATABASE IF EXISTS {TEMPLATE}_new")
    server.execute(f"CREATE DATABASE {TEMPLATE}_new")
    url = os.environ["DATABASE_URL"]
    done = subprocess.run(
        [sys.executable, "manage.py", "migrate", "--skip-checks", "--verbosity=0"],
        cwd=ROOT,
        env=os.environ | {"DATABASE_URL": url.rsplit("/", 1)[0] + f"/{TEMPLATE}_new"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    server.execute(f"ALTER DATABASE {TEMPLATE}_new RENAME TO {TEMPLATE}")


@pytest.fixture(scope="session", autouse=True)
def _roles_survive_flush() -> None:
    """Tests with real transactions empty every table afterwards; the roles come from migrations."""
    last = list(apps.get_app_configs())[-1]

    def restore(**_signal: Any) -> None:
        for name in (
            "portal.migrations.0003_roles",
            "portal.migrations.0004_roles_read_what_they_choose",
            "agenda.migrations.0004_roles",
        ):
            import_module(name).grant(apps, None)

    # Emptying ends with this signal, whatever test comes next.
    post_migrate.connect(restore, sender=last, weak=False)


@pytest.fixture
def client() -> PortalClient:
    """An anonymous visitor."""
    return PortalClient()


@pytest.fixture
def role(db: None) -> Any:
    """`role("Redaktion")` makes a member of staff with that role."""
    from django.contrib.auth.models import Group  # noqa: PLC0415  needs loaded apps

    def make(name: str, **fields: Any) -> Any:
        user = UserFactory(**fields)
        user.groups.add(Group.objects.get(name=name))
        return user

    return make


@pytest.fixture
def staff(role: Any) -> Any:
    """`staff("Redaktion")` gives a client that is signed in with that role."""

    def sign_in(name: str, **fields: Any) -> PortalClient:
        client = PortalClient()
        client.force_login(role(name, **fields), backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in


@pytest.fixture(scope="session", autouse=True)
def _last_one_out(django_db_setup: None, django_db_blocker: Any) -> Any:
    """Threads of the live server keep their connections; the test database can only go when they are gone."""
    yield
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


@pytest.fixture(autouse=True)
def _own_files(settings: Any, tmp_path: Path) -> None:
    """Uploads and reports of a test go into its own folder."""
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.REPORT_ROOT = tmp_path / "reports"
    storages = {**settings.STORAGES}
    storages["reports"] = {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(tmp_path / "reports"), "base_url": None},
    }
    settings.STORAGES = storages
