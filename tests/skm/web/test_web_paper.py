"""Paper forms typed in: checked mark by mark, the stack stored whole or not at all, and once."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from full_disk import full_disk
from offices import changed
from visiting import add_officers, csrf_of, hidden, officer
from werkzeug.test import TestResponse

from skm.form import Form
from skm.instance import Instance
from skm.period import Period
from skm.store import Store
from skm.store.rows import comments, distribution, read_table
from skm.web.app import create_app
from skm.web.site import site_of

DAY = "2026-10-05"
BEST = "44444444444443"
STACK = f"/petugas/kertas?day={DAY}&service=kk&counted="


@pytest.fixture
def client(app: Flask, store: Store) -> FlaskClient:
    add_officers(store)
    return officer(app, "petugas")


def opened(client: FlaskClient, counted: int, stack: str = STACK) -> dict[str, str]:
    """What stands in the hidden fields of a stack's page."""
    page = client.get(f"{stack}{counted}")
    names = ("csrf_token", "ticket")
    return {"counted": str(counted), **{name: hidden(page, name) for name in names}}


def send(client: FlaskClient, fields: Mapping[str, str]) -> TestResponse:
    return client.post("/petugas/kertas", data=fields)


def test_a_stack_is_stored_under_the_date_and_service_said_once(
    client: FlaskClient, store: Store, form: Form
) -> None:
    sheets = {
        "l1-answers": BEST,
        "l2-answers": "dcba dcba0-dcb",
        "l2-profile": "2 30",
        "l2-comment": "  <b>Kursi</b> kurang ",
        "l2-helped": "y",
        "l3-answers": "1111111111111 ",
    }
    reply = send(client, opened(client, 3) | sheets)
    assert reply.status_code == 303
    said = client.get(reply.location)
    assert "3 lembar tanggal 5 Oktober 2026 tersimpan." in said.text
    assert f'value="{DAY}"' in said.text  # ready for the next stack of that day
    table = read_table(store, form)
    assert set(table.columns["channel"]) == {"paper"}
    assert set(table.columns["service"]) == {"kk"}
    assert set(table.columns["day"]) == {date(2026, 10, 5)}
    assert sorted(table.columns["helped"]) == [False, False, True]
    assert sorted(table.columns["profile.pendidikan"], key=str) == [None, None, "smp"]
    counts = distribution(store, form)
    first, fifth, last = (form.asked_by(online=False)[place].code for place in (0, 4, 13))
    assert counts.row(first) == (1, 0, 0, 2)
    assert counts.row(fifth) == (1, 0, 0, 1)
    assert counts.row(last) == (0, 1, 1, 0)
    assert comments(store, form, Period.parse("2026-10")) == ("<b>Kursi</b> kurang",)


@pytest.mark.parametrize(
    ("sheets", "said"),
    [
        pytest.param({"l1-answers": BEST}, "Belum diketik.", id="fewer than counted"),
        pytest.param(
            {"l1-answers": BEST, "l2-answers": BEST, "l3-answers": BEST},
            "Terketik, tetapi hanya 2 lembar dihitung.",
            id="more than counted",
        ),
        pytest.param(
            {"l1-answers": BEST, "l2-answers": BEST[1:]},
            "Ada 13 tanda, seharusnya 14.",
            id="a mark is missing",
        ),
        pytest.param(
            {"l1-answers": BEST, "l2-answers": BEST + "4"},
            "Ada 15 tanda, seharusnya 14.",
            id="a mark too many",
        ),
        pytest.param(
            {"l1-answers": BEST, "l2-answers": "5" + BEST[1:]},
            "Tanda ke-1 «5» bukan 1–4, a–d, atau 0.",
            id="no such level",
        ),
        pytest.param(
            {"l1-answers": BEST, "l2-answers": "٣" + BEST[1:]}, "bukan 1–4", id="foreign digit"
        ),
        pytest.param(
            {"l1-answers": BEST, "l2-answers": "0" * 14},
            "Lembar tanpa jawaban tidak dihitung.",
            id="an empty sheet",
        ),
        pytest.param(
            {"l1-answers": BEST, "l2-answers": BEST, "l2-profile": "3000"},
            "Jenis kelamin hanya 1–2 atau 0.",
            id="no such choice",
        ),
        pytest.param(
            {"l1-answers": BEST, "l2-comment": "kursi"}, "Ada 0 tanda", id="a comment alone"
        ),
        pytest.param(
            {"l1-answers": BEST, "l2-answers": BEST, "l2-comment": "x" * 1001},
            "Saran: sampai 1000 huruf.",
            id="endless comment",
        ),
    ],
)
def test_one_sheet_that_is_wrong_keeps_the_whole_stack_out_and_loses_no_typing(
    client: FlaskClient, store: Store, form: Form, sheets: dict[str, str], said: str
) -> None:
    reply = send(client, opened(client, 2) | sheets)
    assert reply.status_code == 422
    assert said in reply.text
    assert "Belum ada yang disimpan: 1 lembar perlu diperiksa." in reply.text
    for typed in sheets.values():
        assert f'value="{typed}"' in reply.text
    assert distribution(store, form).respondents == 0
    assert store.reader["receipt"].count == 0


def test_a_miscounted_stack_is_mended_on_its_page(
    client: FlaskClient, store: Store, form: Form
) -> None:
    fields = opened(client, 3) | {"l1-answers": BEST, "l2-answers": BEST}
    assert send(client, fields).status_code == 422
    assert send(client, fields | {"counted": "2"}).status_code == 303
    assert distribution(store, form).respondents == 2


def test_a_stack_sent_twice_is_stored_once(client: FlaskClient, store: Store, form: Form) -> None:
    fields = opened(client, 2) | {"l1-answers": BEST, "l2-answers": BEST}
    assert [send(client, fields).status_code for _ in range(3)] == [303, 303, 303]
    assert distribution(store, form).respondents == 2
    changed_since = fields | {"l2-answers": "1" * 13 + "2"}
    reply = send(client, changed_since)
    assert "sudah tersimpan sebelumnya" in client.get(reply.location).text
    more = fields | {"counted": "3", "l3-answers": BEST}
    assert send(client, more).status_code == 303
    assert distribution(store, form).row("keamanan") == (0, 0, 2, 0)
    assert store.reader["conflict"].count == 0


def test_a_stack_sent_by_two_hands_at_once_is_stored_once(
    app: Flask, client: FlaskClient, store: Store, form: Form
) -> None:
    fields = opened(client, 2) | {"l1-answers": BEST, "l2-answers": BEST}
    cookie = client.get("/petugas").request.headers["Cookie"]

    def press(_: int) -> int:
        headers = {"Cookie": cookie}
        hasty = app.test_client(use_cookies=False)
        return hasty.post("/petugas/kertas", data=fields, headers=headers).status_code

    with ThreadPoolExecutor(8) as threads:
        assert set(threads.map(press, range(8))) == {303}
    assert distribution(store, form).respondents == 2


def test_two_equal_stacks_are_two(client: FlaskClient, store: Store, form: Form) -> None:
    for _ in range(2):
        assert send(client, opened(client, 1) | {"l1-answers": BEST}).status_code == 303
    assert distribution(store, form).respondents == 2


@pytest.mark.parametrize(
    ("query", "said"),
    [
        (f"day={date.today() + timedelta(days=2)}&service=kk&counted=3", "belum tiba"),
        ("day=2006-10-05&service=kk&counted=3", "lebih dari sepuluh tahun lalu"),
        ("day=5 Oktober&service=kk&counted=3", "Bukan tanggal."),
        (f"day={DAY}&service=kk&counted=0", "1 sampai 50 lembar"),
        (f"day={DAY}&service=kk&counted=51", "1 sampai 50 lembar"),
        (f"day={DAY}&service=kk&counted=banyak", "Bukan bilangan bulat."),
        (f"day={DAY}&service=paspor&counted=3", 'class="fault"'),
    ],
)
def test_what_a_stack_cannot_be_is_said_before_typing(
    client: FlaskClient, query: str, said: str
) -> None:
    reply = client.get(f"/petugas/kertas?{query}")
    assert (reply.status_code, said in reply.text) == (422, True)


def test_destroyed_days_take_no_more_sheets(client: FlaskClient, store: Store) -> None:
    store.deletions.add(purged_until=date(2026, 10, 31))
    reply = client.get(f"{STACK}3")
    assert (reply.status_code, "sudah dimusnahkan" in reply.text) == (422, True)


def test_a_ticket_of_another_making_stores_nothing(
    client: FlaskClient, store: Store, form: Form
) -> None:
    fields = {"csrf_token": csrf_of(client), "counted": "1", "l1-answers": BEST}
    for ticket in ("", "x", "WyJhIl0.abc"):
        assert send(client, fields | {"ticket": ticket}).status_code == 400
    assert distribution(store, form).respondents == 0


def test_an_online_service_is_typed_by_its_own_questions(open_office: Instance) -> None:
    online = changed(
        open_office,
        'nama = "KTP-el"\ngratis = true\ndaring = false',
        'nama = "KTP-el"\ngratis = true\ndaring = true',
    )
    online = changed(online, 'formulir = "kecamatan-14"', 'formulir = "pernyataan-16-a"')
    app = create_app(online)
    add_officers(site_of(app).store)
    client = officer(app, "petugas")
    page = client.get(f"/petugas/kertas?day={DAY}&service=ktp-el&counted=1").text
    assert "Aplikasi sistem" in page
    assert "Petugas melayani saya" not in page


def test_a_tenth_choice_is_typed_by_a_letter(open_office: Instance, store: Store) -> None:
    other = changed(open_office, 'formulir = "kecamatan-14"', 'formulir = "pernyataan-16-a"')
    add_officers(store)
    client = officer(create_app(other, store=store), "petugas")
    page = client.get(f"{STACK}2").text
    assert "<b>9</b> Pekerja Lepas" in page
    assert "<b>a</b> Pensiunan" in page
    assert 'inputmode="text"' in page
    sheets = {f"l{number}-answers": "4" * 16 for number in (1, 2)}
    jobs = {"l1-profile": "000a", "l2-profile": "000B"}
    assert send(client, opened(client, 2) | sheets | jobs).status_code == 303
    stored = read_table(store, other.questionnaire()).columns["profile.pekerjaan"]
    assert sorted(stored) == ["lainnya", "pensiunan"]


def test_on_a_full_disk_the_stack_is_refused_whole(
    client: FlaskClient, store: Store, form: Form
) -> None:
    fields = opened(client, 50)
    for number in range(1, 51):
        fields |= {f"l{number}-answers": BEST, f"l{number}-comment": "kursi " * 160}
    with full_disk(store):
        assert send(client, fields).status_code == 503
        assert distribution(store, form).respondents == 0
    assert send(client, fields).status_code == 303
    assert distribution(store, form).respondents == 50
