"""The embedded PostgreSQL: odd folders, odd locales, and notes that a power cut left behind."""

from __future__ import annotations

import os
import subprocess
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import psycopg
import pytest

from portal.embedded import addresses, postgresql, processes, servers
from portal.embedded.processes import StartError

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = [pytest.mark.machine, pytest.mark.xdist_group("machine")]

RIGHT_IN_GERMAN = {
    "lower('ÄMTER')": "ämter",
    "to_tsvector('german', 'FÖRDERUNG') @@ to_tsquery('german', 'förderung')": True,
    "'Ä' ILIKE 'ä'": True,
    "upper('ä')": "Ä",
}


@pytest.fixture
def sockets() -> Iterator[Path]:
    with TemporaryDirectory(prefix="portal-") as name:
        yield Path(name)


def start(folder: Path, sockets: Path) -> processes.Part:
    data = folder / "postgres"
    part = postgresql.start(data, sockets, log=folder / "log" / "postgresql.log", options=postgresql.THROWAWAY)
    postgresql.await_answer(part, data, sockets)
    return part


def ask(sockets: Path, question: str) -> Any:
    with psycopg.connect(host=str(sockets), user="postgres", dbname=postgresql.DATABASE, autocommit=True) as server:
        answer = server.execute(question)
        row = answer.fetchone() if answer.description else None
        return row[0] if row else None


@pytest.mark.parametrize("variables", [{"LANG": "de_DE.UTF-8"}, {"LC_ALL": "C"}], ids=["german", "bare"])
def test_postgresql_finds_german_words_whatever_the_locale_at_its_first_start(
    variables: dict[str, str], tmp_path: Path, sockets: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("LANG", "LC_ALL", "LC_CTYPE"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    part = start(tmp_path, sockets)
    try:
        assert {text: ask(sockets, f"SELECT {text}") for text in RIGHT_IN_GERMAN} == RIGHT_IN_GERMAN
    finally:
        part.stop()


def test_servers_run_in_an_odd_long_folder_and_a_half_made_cluster_is_made_anew(
    odd_folder: Path, bare: pytest.MonkeyPatch
) -> None:
    folder = odd_folder.with_name("Neue Daten")
    half = folder / "postgres.new"
    half.mkdir(parents=True)
    (half / "PG_VERSION").write_text("18")
    with servers.running(folder, options=postgresql.THROWAWAY) as parts:
        assert [part.is_alive() for part in parts] == [True, True]
        found = addresses.sockets(folder)
        assert os.environ["DATABASE_URL"] == addresses.database_url(folder)
        assert os.environ["REDIS_URL"] == addresses.redis_url(folder)
        assert found.stat().st_mode & 0o077 == 0
        ask(found, "CREATE TABLE kept AS SELECT 1 AS row")
    assert not any(part.is_alive() for part in parts)
    assert not found.exists()
    assert not half.exists()
    assert servers.wanted() == {"DATABASE_URL", "REDIS_URL"}


@pytest.mark.parametrize("note", ["stranger", "cut", "binary"])
def test_postgresql_starts_over_a_stale_note_and_spares_the_stranger_it_names(
    note: str, odd_folder: Path, sockets: Path
) -> None:
    data = odd_folder / "postgres"
    if not (data / "PG_VERSION").exists():
        start(odd_folder, sockets).stop()
    with subprocess.Popen(["sleep", "60"]) as stranger:
        text = {
            "stranger": f"{stranger.pid}\n{data}\n1\n5432\n/nowhere\n\n1 1\nready   \n".encode(),
            "cut": f"{stranger.pid}\n/ha".encode(),
            "binary": b"\x00\xff\xfe\n",
        }[note]
        (data / "postmaster.pid").write_bytes(text)
        assert postgresql.running(data) is None
        part = start(odd_folder, sockets)
        try:
            assert postgresql.running(data) == part.process.pid
            assert ask(sockets, "SELECT 1") == 1
        finally:
            part.stop()
            survived = stranger.poll() is None
            stranger.kill()
    assert survived


def test_postgresql_ends_a_server_that_was_left_over(odd_folder: Path, sockets: Path) -> None:
    left = start(odd_folder, sockets)
    with TemporaryDirectory(prefix="portal-") as name:
        part = start(odd_folder, Path(name))
        assert left.process.wait(10) == 0
        assert ask(Path(name), "SELECT 1") == 1
        part.stop()


def test_postgresql_names_the_account_a_folder_belongs_to(odd_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    odd_folder.mkdir(parents=True, exist_ok=True)
    owner = odd_folder.stat().st_uid
    monkeypatch.setattr(os, "geteuid", lambda: owner + 1)
    with pytest.raises(StartError, match=f"gehört einem anderen Konto \\(Nummer {owner}\\)"):
        postgresql._refuse_foreign(odd_folder)


def test_postgresql_says_why_a_cluster_cannot_be_made(tmp_path: Path, sockets: Path) -> None:
    (tmp_path / "postgres.new").symlink_to(tmp_path / "nowhere" / "at" / "all")
    with pytest.raises(StartError, match="Die Datenbank konnte nicht angelegt werden"):
        start(tmp_path, sockets)


def test_a_part_that_does_not_start_leaves_its_last_words(tmp_path: Path) -> None:
    part = processes.start("Der Teil", ["sh", "-c", "echo kaputt; exit 3"], log=tmp_path / "x.log", env=os.environ)
    with pytest.raises(StartError, match="Der Teil ist nicht gestartet:\nkaputt"):
        processes.wait_until(lambda: False, part, seconds=5)


def test_a_part_that_never_answers_is_told_and_ended(tmp_path: Path) -> None:
    words = ["sh", "-c", "trap '' TERM; echo taub; while :; do sleep 0.1; done"]
    part = processes.start("Der Teil", words, log=tmp_path / "x.log", env=os.environ, patience=0.3)
    end = time.monotonic() + 5
    while "taub" not in part.last_words() and time.monotonic() < end:
        time.sleep(0.02)
    with pytest.raises(StartError, match="antwortet nach 0 Sekunden nicht:\ntaub"):
        processes.wait_until(lambda: False, part, seconds=0.1)
    part.stop()
    assert part.process.returncode == -9
