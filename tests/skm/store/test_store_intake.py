"""A response is stored once, its receipt decides, and what was deleted stays deleted."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from answering import DAY, TABLET, delivery, response
from hypothesis import given
from hypothesis import strategies as st

from skm import resources
from skm.errors import SkmError
from skm.form import Form
from skm.instance import Instance
from skm.period import Period
from skm.store import Store, open_store
from skm.store.intake import Delivery, Intake, Receipt
from skm.store.numbers import Numbers
from skm.store.rows import comments, distribution

OTHER_TABLET = "b" * 32


@pytest.fixture
def receive(store: Store, form: Form) -> Callable[[Delivery], Receipt]:
    intake = Intake(store)
    return lambda each: intake.receive(form, each)


Receive = Callable[[Delivery], Receipt]


def test_a_second_copy_changes_nothing(store: Store, form: Form, receive: Receive) -> None:
    once = delivery(response(form))
    assert [receive(once).state for _ in range(3)] == ["stored", "known", "known"]
    assert store.reader[form.table].count == 1


def test_another_content_under_a_known_id_is_kept_aside_once(
    store: Store, form: Form, receive: Receive
) -> None:
    first = response(form, 4)
    receive(delivery(first))
    other = delivery(response(form, 1, id=first.id, comment="lain"), body="lain")
    assert [receive(other).state for _ in range(2)] == ["conflict", "conflict"]
    assert distribution(store, form).row("prosedur") == (0, 0, 0, 1)
    ((kept,),) = store.reader.execute("SELECT response ->> '$.answers.prosedur' FROM conflict")
    assert kept == 1
    assert store.reader["comment"].count == 0


def test_the_same_response_sent_by_eight_at_once_is_stored_once(
    store: Store, form: Form, receive: Receive
) -> None:
    once = delivery(response(form), device=TABLET, seq=1)
    with ThreadPoolExecutor(8) as threads:
        states = sorted(threads.map(lambda _: receive(once).state, range(8)))
    assert states == ["known"] * 7 + ["stored"]
    assert store.reader[form.table].count == 1


def test_a_deleted_id_does_not_come_back_into_an_older_backup(
    office: Instance, store: Store, form: Form, receive: Receive
) -> None:
    deleted = response(form, comment="hapus saya")
    office.deletions.write_text(f"{deleted.id}\n")
    receipt = receive(delivery(deleted, device=TABLET, seq=1))
    assert (receipt.state, receipt.have, receipt.missing) == ("known", 1, [])
    assert receive(delivery(deleted, body="lain")).state == "known"
    assert [store.reader[name].count for name in (form.table, "comment", "conflict")] == [0, 0, 0]
    ((state,),) = store.reader.execute("SELECT state FROM receipt")
    assert state == "deleted"


def test_a_deletion_counts_from_the_moment_it_is_written(
    office: Instance, store: Store, form: Form, receive: Receive
) -> None:
    receive(delivery(response(form)))
    later = response(form)
    with office.deletions.open("a") as log:
        log.write(f"{later.id}\npurged_until 2025-12-31\n{'c' * 20}")
    receipt = receive(delivery(later))
    assert receipt.state == "known"
    assert receipt.purged_until == date(2025, 12, 31)
    assert store.reader[form.table].count == 1


def test_every_receipt_names_the_running_numbers_that_are_missing(
    form: Form, receive: Receive
) -> None:
    def send(seq: int, device: str = TABLET) -> tuple[int, list[int]]:
        receipt = receive(delivery(response(form), device=device, seq=seq))
        return receipt.have, receipt.missing

    assert send(1) == (1, [])
    assert send(4) == (4, [2, 3])
    assert send(1, OTHER_TABLET) == (1, [])
    assert send(2) == (4, [3])
    assert send(3) == (4, [])


def test_numbers_that_another_process_brings_in_are_missing_no_longer(
    office: Instance, form: Form, receive: Receive
) -> None:
    receive(delivery(response(form), device=TABLET, seq=1))
    assert receive(delivery(response(form), device=TABLET, seq=4)).missing == [2, 3]
    with open_store(office) as beside:
        Intake(beside).receive(form, delivery(response(form), device=TABLET, seq=2))
    assert receive(delivery(response(form), device=TABLET, seq=5)).missing == [3]


def test_a_response_without_running_number_has_nothing_missing(
    form: Form, receive: Receive
) -> None:
    receipt = receive(delivery(response(form, channel="phone")))
    assert (receipt.have, receipt.missing) == (0, [])


@given(st.lists(st.integers(1, 40), max_size=60))
def test_running_numbers_agree_with_a_set_of_them(arriving: list[int]) -> None:
    numbers = Numbers()
    for seq in arriving:
        numbers.add(seq)
    have = max(arriving, default=0)
    missing = sorted(set(range(1, have)) - set(arriving))
    assert (numbers.have, numbers.missing()) == (have, missing)
    assert numbers.missing(most=5) == missing[-5:]


def test_a_number_far_away_costs_nothing(form: Form, receive: Receive) -> None:
    receipt = receive(delivery(response(form), device=TABLET, seq=2_000_000_000))
    assert receipt.missing == list(range(1_999_999_000, 2_000_000_000))


def test_many_are_taken_in_as_one(store: Store, form: Form) -> None:
    intake = Intake(store)
    many = [delivery(response(form)) for _ in range(100)]
    assert intake.receive_many(form, [*many, *many[:10]]) == {"stored": 100, "known": 10}
    broken = delivery(response(form, answers={"prosedur": 5}))
    with pytest.raises(sqlite3.IntegrityError, match="CHECK"):
        intake.receive_many(form, [delivery(response(form)), broken])
    assert store.reader[form.table].count == store.reader["receipt"].count == 100


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"answers": {"prosedur": 5}}, id="a level of 5"),
        pytest.param({"answers": {"prosedur": 0}}, id="a level of 0"),
        pytest.param({"answers": {"prosedur": "baik"}}, id="a word for a level"),
        pytest.param({"channel": "fax"}, id="an unknown channel"),
        pytest.param({"half_day": "malam"}, id="an unknown half-day"),
        pytest.param({"id": "ABC"}, id="an id that is not 32 hex digits"),
    ],
)
def test_the_database_itself_refuses_what_no_response_can_be(
    store: Store, form: Form, receive: Receive, changes: dict[str, object]
) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        receive(delivery(response(form, **changes)))
    assert store.reader["receipt"].count == 0


def test_no_exact_time_and_no_order_of_arrival_is_kept(
    store: Store, form: Form, receive: Receive
) -> None:
    arrived = [delivery(response(form, comment=f"saran {turn}")) for turn in range(40)]
    for each in arrived:
        receive(each)
    for table in ("receipt", "comment", form.table):
        ids = [row["id"] for row in store.reader[table].rows]
        assert ids == sorted(ids), table
        assert ids != [each.response.id for each in arrived]
        assert "WITHOUT ROWID" in store.reader[table].schema
    (receipt, *_) = store.reader["receipt"].rows
    assert (receipt["finished"], receipt["received"]) == ("2026-10-05 pagi", "2026-10-05")


def test_a_used_form_that_was_changed_is_refused(
    office: Instance, store: Store, form: Form, receive: Receive
) -> None:
    receive(delivery(response(form)))
    office.own_forms.mkdir()
    file = office.own_forms / "kecamatan-14.toml"
    shipped = resources.folder("survey_forms") / file.name
    file.write_text(shipped.read_text().replace('"keamanan"', '"rasa_aman"'))
    with pytest.raises(SkmError, match=r"keamanan, rasa_aman.*id baru"):
        Intake(store).receive(office.questionnaire(), delivery(response(form)))


def test_comments_stand_apart_and_in_an_order_that_tells_nothing(
    store: Store, form: Form, receive: Receive
) -> None:
    texts = [f"saran {turn}" for turn in range(20)]
    for text in texts:
        receive(delivery(response(form, comment=text)))
    receive(delivery(response(form, comment="bulan lain", day=date(2026, 9, 30))))
    october = comments(store, form, Period.month_of(DAY))
    assert sorted(october) == sorted(texts)
    assert list(october) != texts
    assert october == comments(store, form, Period.month_of(DAY))
