"""The server backs its office up by itself, and tells when tablets look for it elsewhere."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from answering import delivery, response
from offices import changed
from serving import running

from skm.instance import Instance
from skm.store import open_store
from skm.store.backup import last_failure
from skm.store.intake import Intake
from skm.store.remembered import ADDRESS, remember
from skm.store.rotation import backups_in
from skm.web.daily import daily_backups


def until(condition: Callable[[], object], seconds: float = 20) -> None:
    """Wait for something to come true."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.02)


def with_responses(office: Instance) -> None:
    form = office.questionnaire()
    with open_store(office) as store:
        Intake(store).receive(form, delivery(response(form)))


def test_a_serving_office_is_backed_up_once_a_day(office: Instance) -> None:
    with_responses(office)
    with daily_backups(office, first_after=0, every=0.01):
        until(lambda: backups_in(office.backups))
        time.sleep(0.2)
    assert len(backups_in(office.backups)) == 1


def test_a_backup_that_fails_is_tried_again_and_told_once(
    office: Instance, caplog: pytest.LogCaptureFixture
) -> None:
    with_responses(office)
    office.backups.write_text("a file where the folder should be")
    with daily_backups(office, first_after=0, every=0.01):
        until(lambda: caplog.records)
        time.sleep(0.2)
        assert [record.levelname for record in caplog.records] == ["ERROR"]
        office.backups.unlink()
        until(lambda: backups_in(office.backups))
    assert last_failure(office) is None


def test_a_second_disk_that_comes_back_gets_its_copy(office: Instance, tmp_path: Path) -> None:
    stick = tmp_path / "diska"
    office = changed(office, 'kertas = "F4"', f'kertas = "F4"\ncadangan = "{stick.as_posix()}"')
    with_responses(office)
    with daily_backups(office, first_after=0, every=0.01):
        until(lambda: backups_in(office.backups))
        stick.mkdir()
        until(lambda: backups_in(stick))
    assert [each.file.name for each in backups_in(stick)] == [
        each.file.name for each in backups_in(office.backups)
    ]


def test_it_ends_with_the_server_at_once(office: Instance) -> None:
    started = time.monotonic()
    with daily_backups(office):
        before = {thread.name for thread in threading.enumerate()}
    assert "skm backup" in before
    assert "skm backup" not in {thread.name for thread in threading.enumerate()}
    assert time.monotonic() - started < 2


def test_a_real_server_makes_the_day_s_backup(office: Instance) -> None:
    with_responses(office)
    with running(office):
        until(lambda: backups_in(office.backups))


def test_a_server_says_when_tablets_look_for_it_elsewhere(office: Instance) -> None:
    with open_store(office) as store:
        remember(store, ADDRESS, "192.0.2.77:8000")
    with running(office, "--lan") as server:
        assert server.process.stdout
        said = [server.process.stdout.readline()]
        while "Ctrl-C" not in said[-1]:
            said.append(server.process.stdout.readline())
    warning = next(line for line in said if line.startswith("Peringatan"))
    assert "bukan lagi yang dicari tablet" in warning
    assert "192.0.2.77:8000" in warning
