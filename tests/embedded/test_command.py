"""Single commands: when they bring servers along, where these are reached, and secrets that are made once."""

from __future__ import annotations

import os
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from portal.embedded import addresses, command, processes, servers, wheels
from portal.embedded.processes import StartError

if TYPE_CHECKING:
    from collections.abc import Sequence


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ([], False),
        (["help"], False),
        (["collectstatic", "--noinput"], False),
        (["migrate", "--help"], False),
        (["migrate", "-h"], False),
        (["migrate"], True),
        (["render_report", "agenda"], True),
    ],
)
def test_a_command_brings_servers_along_only_if_it_needs_them(
    words: Sequence[str], expected: object, tmp_path: Path, bare: pytest.MonkeyPatch
) -> None:
    assert command.needs_own_servers(["manage.py", *words], tmp_path) is expected


def test_a_command_uses_the_servers_that_the_environment_names(tmp_path: Path, bare: pytest.MonkeyPatch) -> None:
    bare.setenv("DATABASE_URL", "postgresql://db/portal")
    assert command.needs_own_servers(["manage.py", "migrate"], tmp_path) is False
    assert servers.wanted() == {"REDIS_URL"}
    with command.servers_for(["manage.py", "migrate"]):
        assert os.environ["DATABASE_URL"] == "postgresql://db/portal"


def test_a_command_holds_the_data_folder_while_it_runs(tmp_path: Path) -> None:
    refused = pytest.raises(StartError, match="schon von einem laufenden Portal benutzt")
    with servers.sole_user(tmp_path), refused, servers.sole_user(tmp_path):
        pytest.fail("two users of one folder")
    with servers.sole_user(tmp_path):
        pass


def test_data_folder_is_var_in_the_clone_unless_it_is_named(tmp_path: Path, bare: pytest.MonkeyPatch) -> None:
    assert command.data_folder() == Path(command.__file__).resolve().parents[2] / "var"
    bare.setenv("PORTAL_DATA", "")
    assert command.data_folder().name == "var"
    bare.setenv("PORTAL_DATA", f"{tmp_path}/a/../b")
    assert command.data_folder() == tmp_path / "b"


def test_addresses_lead_nowhere_while_no_server_runs(tmp_path: Path) -> None:
    assert addresses.database_url(tmp_path) == "postgresql://postgres@//nonexistent/portal"
    assert addresses.redis_url(tmp_path) == "redis+socket:///nonexistent/valkey"


def test_addresses_name_the_folder_of_sockets_from_the_servers_note(tmp_path: Path) -> None:
    (tmp_path / "postgres").mkdir()
    (tmp_path / "postgres" / "postmaster.pid").write_text("1\n/data\n0\n5432\n/tmp/portal-x  \n\n1 1\nready\n")
    assert addresses.database_url(tmp_path) == "postgresql://postgres@//tmp/portal-x/portal"
    assert addresses.cache_url(addresses.redis_url(tmp_path)) == "unix:///tmp/portal-x/valkey"
    assert addresses.cache_url("redis+socket:///s/valkey?virtual_host=3") == "unix:///s/valkey?db=3"
    assert addresses.cache_url("redis://queue:6379/0") == "redis://queue:6379/0"


def test_a_secret_is_made_once_even_by_two_makers_at_the_same_moment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "deep" / "secret-key"
    both_made = threading.Barrier(2)
    taken: list[str] = []
    # Two processes have two numbers; these makers are threads.
    monkeypatch.setattr(os, "getpid", threading.get_ident)

    def make() -> str:
        both_made.wait(5)
        return f"secret of {threading.get_ident()}"

    makers = [threading.Thread(target=lambda: taken.append(addresses.kept_secret(path, make))) for _ in range(2)]
    for maker in makers:
        maker.start()
    for maker in makers:
        maker.join(10)
    assert len(taken) == 2
    assert len(set(taken)) == 1
    assert path.stat().st_mode & 0o777 == 0o600
    assert [file.name for file in path.parent.iterdir()] == ["secret-key"]


def test_the_secret_key_stays_and_is_long(tmp_path: Path) -> None:
    key = addresses.secret_key(tmp_path)
    assert len(key) >= 50
    assert addresses.secret_key(tmp_path) == key
    assert addresses.kept_secret(tmp_path / "given", "a word") == "a word"


def test_a_missing_wheel_is_named_with_what_helps() -> None:
    with pytest.raises(wheels.MissingWheelError, match="Bitte DATABASE_URL und REDIS_URL"):
        wheels._folder("no_such_wheel")


def test_children_know_no_foreign_locale_and_no_foreign_database(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_MESSAGES", "de_DE.UTF-8")
    monkeypatch.setenv("PGHOST", "elsewhere")
    env = processes.environment({"MORE": "1"})
    assert not {"LC_MESSAGES", "PGHOST"} & set(env)
    assert (env["LC_ALL"], env["LANG"], env["MORE"]) == ("C.UTF-8", "C.UTF-8", "1")


@pytest.mark.parametrize(
    ("name", "expected"),
    [("render_report", True), ("load_example", True), ("migrate", False), ("shell", False), ("prepare", False)],
)
def test_only_commands_of_the_house_expect_tables_and_content(name: str, *, expected: bool) -> None:
    assert command.is_ours(name) is expected
