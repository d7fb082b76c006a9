"""Demo logins and the preparation of a copy: made once, the same the second time, never on a real database."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import call_command

from agenda.models import Project
from portal import demo, roles
from portal.models import User

pytestmark = pytest.mark.django_db


def test_logins_one_for_each_role(settings):
    settings.ON_EMBEDDED_DATABASE = True
    assert demo.make_logins("ein-Kennwort") == list(roles.ROLES.items())
    demo.make_logins("ein-Kennwort")
    assert User.objects.count() == len(roles.ROLES)
    for user in User.objects.all():
        assert user.check_password("ein-Kennwort")
        assert [group.name for group in user.groups.all()] == [roles.ROLES[user.username]]


def test_logins_take_a_new_password(settings):
    settings.ON_EMBEDDED_DATABASE = True
    demo.make_logins("eins")
    demo.make_logins("zwei")
    assert User.objects.get(username="admin").check_password("zwei")


def test_logins_refuse_a_real_database(settings):
    settings.ON_EMBEDDED_DATABASE = False
    with pytest.raises(demo.DemoRefusedError, match="nur auf der eingebetteten Datenbank"):
        demo.make_logins("x")
    assert not User.objects.exists()


def test_password_is_random_kept_and_can_be_given(tmp_path):
    word = demo.password(tmp_path)
    assert len(word) >= 12
    assert demo.password(tmp_path) == word
    assert demo.password(tmp_path, given="eigenes") == "eigenes"
    assert (tmp_path / "demo-kennwort").stat().st_mode & 0o777 == 0o600


def test_prepare_fills_an_empty_copy_and_changes_nothing_the_second_time(settings, tmp_path):
    settings.ON_EMBEDDED_DATABASE = True
    settings.DATA_DIR, settings.STATIC_ROOT = tmp_path, tmp_path / "static"
    settings.DEMO_PASSWORD = "ein-Kennwort"
    call_command("prepare", stdout=StringIO())
    assert Project.objects.count() == 35
    assert "Kennwort für alle: ein-Kennwort" in (tmp_path / "anmeldungen.txt").read_text()
    assert (tmp_path / "anmeldungen.txt").stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "static" / "css").is_dir()
    versions = Project.history.count()
    again = StringIO()
    call_command("prepare", stdout=again)
    assert Project.history.count() == versions
    assert "Gestaltung" not in again.getvalue()
