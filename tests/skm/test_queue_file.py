"""A tablet's queue, saved as a file, is taken in like what the tablet posts, and never twice."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from answering import message
from commands import skm

from skm.errors import SkmError
from skm.instance import Instance
from skm.queue_file import import_queue, is_queue_file, read_queue_file
from skm.store import open_store
from skm.store.rows import read_table

NOW = datetime.now(UTC)
DAYS_AGO = 3


def milliseconds(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)


@pytest.fixture
def queue(office: Instance, tmp_path: Path) -> Path:
    """Three answers; one is three days old, one has a fault."""
    form = office.questionnaire()
    old = milliseconds(NOW - timedelta(days=DAYS_AGO))
    bodies = [
        message(form, 1, finished=old, clock=old),
        message(form, 2),
        message(form, 3, answers={}),
    ]
    ages = [None, 60_000, 60_000]
    file = tmp_path / "antrean-loket-1.json"
    content = {
        "kind": "skm-antrean",
        "version": 1,
        "saved": milliseconds(NOW),
        "ahead_ms": 0,
        "answers": [
            {"body": json.dumps(body), "state": "waiting", "age_ms": age, "ahead_ms": 0}
            for body, age in zip(bodies, ages, strict=True)
        ],
    }
    file.write_text(json.dumps(content))
    return file


def test_it_is_taken_once_on_the_days_it_was_finished(office: Instance, queue: Path) -> None:
    assert is_queue_file(queue)
    lines, document = import_queue(office, queue)
    assert (document["stored"], document["known"], len(document["left_out"])) == (2, 0, 1)
    assert any("Jawaban ke-3 tidak diambil" in line for line in lines)
    again = skm("import", queue, "--instance", office.root, "--json").document
    assert (again["stored"], again["known"]) == (0, 2)
    with open_store(office) as store:
        days = sorted(read_table(store, office.questionnaire()).columns["day"])
    zone = office.office.timezone
    expected = [NOW - timedelta(days=DAYS_AGO), NOW - timedelta(minutes=1)]
    assert days == [moment.astimezone(zone).date() for moment in expected]


def test_a_dry_run_stores_nothing(office: Instance, queue: Path) -> None:
    lines, document = import_queue(office, queue, dry_run=True)
    assert lines[0] == "Antrean tablet: 3 jawaban, 2 dapat diambil."
    assert "stored" not in document
    with open_store(office) as store:
        assert read_table(store, office.questionnaire()).columns["day"].size == 0


def test_a_file_that_was_cut_off_is_refused(queue: Path) -> None:
    queue.write_text(queue.read_text()[:-20])
    with pytest.raises(SkmError, match="Berkas antrean tablet tidak utuh"):
        read_queue_file(queue)
