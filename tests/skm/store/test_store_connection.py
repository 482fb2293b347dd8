"""The database is written by one at a time, each commit stays, and trouble is told in words."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from answering import delivery, response
from full_disk import full_disk

from skm.form import Form
from skm.instance import Instance
from skm.store import Store, StoreError, open_store
from skm.store.deletions import DeletionLog
from skm.store.intake import Intake
from skm.store.rows import distribution

RECEIVE_FIFTY = """
import sys
from pathlib import Path
from answering import delivery, response
from full_disk import full_disk
from skm.instance import open_instance
from skm.store import open_store
from skm.store.intake import Intake
office = open_instance(Path(sys.argv[1]))
form = office.questionnaire()
with open_store(office) as store:
    intake = Intake(store)
    for _ in range(50):
        intake.receive(form, delivery(response(form)))
"""


def test_the_database_keeps_every_commit_through_a_power_cut(store: Store) -> None:
    with store.writing() as db:
        kept = {
            name: db.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("journal_mode", "synchronous", "foreign_keys")
        }
    assert kept == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


def test_a_place_without_write_ahead_log_is_refused() -> None:
    with pytest.raises(StoreError, match=r"journal_mode.*«memory».*folder jaringan"):
        Store(Path(":memory:"), DeletionLog(Path("deletions.log")))


def test_what_raises_inside_a_transaction_leaves_nothing(store: Store) -> None:
    def fail_half_way() -> None:
        with store.writing() as db:
            db.execute("INSERT INTO tablet (name, added) VALUES ('Loket 1', '2026-10-05')")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail_half_way()
    assert store.reader["tablet"].count == 0


def test_threads_write_one_after_another_and_none_fails(store: Store, form: Form) -> None:
    intake = Intake(store)
    with ThreadPoolExecutor(8) as threads:
        receipts = list(
            threads.map(lambda _: intake.receive(form, delivery(response(form))), range(400))
        )
    assert {receipt.state for receipt in receipts} == {"stored"}
    assert distribution(store, form).respondents == 400


def test_processes_that_open_and_write_at_once_all_succeed(office: Instance, form: Form) -> None:
    command = [sys.executable, "-c", RECEIVE_FIFTY, str(office.root)]
    paths = {"PYTHONPATH": f"{Path.cwd()}:{Path.cwd() / 'tests'}"}
    processes = [
        subprocess.Popen(command, env=paths, stderr=subprocess.PIPE, text=True) for _ in range(3)
    ]
    assert [process.communicate()[1] for process in processes] == ["", "", ""]
    with open_store(office) as store:
        assert distribution(store, form).respondents == 150


def test_a_reader_sees_the_last_commit_while_another_writes(store: Store) -> None:
    written, seen = threading.Event(), threading.Event()
    counts = []

    def read() -> None:
        written.wait()
        counts.append(store.reader["tablet"].count)
        seen.set()

    thread = threading.Thread(target=read)
    thread.start()
    with store.writing() as db:
        db.execute("INSERT INTO tablet (name, added) VALUES ('Loket 1', '2026-10-05')")
        written.set()
        assert seen.wait(5)
    thread.join()
    assert counts == [0]
    assert store.reader["tablet"].count == 1


def test_reading_cannot_write(store: Store) -> None:
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        store.reader.execute("DELETE FROM receipt")


def test_a_full_disk_is_told_and_nothing_is_half_stored(store: Store, form: Form) -> None:
    intake = Intake(store)
    intake.receive(form, delivery(response(form)))

    def receive_for_ever() -> None:
        while True:
            intake.receive(form, delivery(response(form, comment="saran " * 100)))

    with (
        full_disk(store),
        pytest.raises(StoreError, match=r"skm\.db: Cakram penuh\. Kosongkan ruang"),
    ):
        receive_for_ever()
    counts = [store.reader[name].count for name in ("receipt", form.table)]
    assert counts[0] == counts[1] >= 1
    assert intake.receive(form, delivery(response(form))).state == "stored"


def test_a_read_only_database_is_told(store: Store, form: Form) -> None:
    intake = Intake(store)
    intake.receive(form, delivery(response(form)))
    with store.writing() as db:
        db.execute("PRAGMA query_only = ON")
    with pytest.raises(StoreError, match=r"Basis data tidak boleh ditulis\. Periksa izin"):
        intake.receive(form, delivery(response(form)))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        pytest.param(b"bukan basis data" * 100, "bukan basis data SKM", id="another file"),
        pytest.param(None, "tidak dapat dibuka", id="a folder of that name"),
    ],
)
def test_a_file_that_is_no_database_is_told(
    office: Instance, content: bytes | None, message: str
) -> None:
    if content is None:
        office.database.mkdir()
    else:
        office.database.write_bytes(content)
    with pytest.raises(StoreError, match=message):
        open_store(office)
