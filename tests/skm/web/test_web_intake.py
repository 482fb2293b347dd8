"""The JSON door stores a response once and says exactly what became of it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

import pytest
from answering import TABLET, message
from flask import Flask
from flask.testing import FlaskClient
from full_disk import full_disk
from offices import changed

from skm import resources
from skm.errors import SkmError
from skm.form import Form, find_form
from skm.instance import Instance
from skm.period import Period
from skm.store import Store, tablets
from skm.store.rows import distribution, read_table
from skm.store.run_counts import Runs, runs_in
from skm.web.app import create_app

Deliver = Callable[..., tuple[int, dict[str, Any]]]


@pytest.fixture
def deliver(client: FlaskClient, token: str) -> Deliver:
    """Post a body as the paired tablet; status and reply."""

    def post(body: object, **headers: str) -> tuple[int, dict[str, Any]]:
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        reply = client.post(
            "/api/jawaban",
            data=data,
            headers={"Skm-Token": token, "Skm-Age-Ms": "0", **named},
        )
        assert reply.mimetype == "application/json"
        return reply.status_code, json.loads(reply.data)

    return post


def test_a_response_is_stored_and_answered_with_its_receipt(
    store: Store, form: Form, deliver: Deliver
) -> None:
    sent = message(form, comment="  Kursi kurang.  ")
    status, reply = deliver(sent)
    assert status == 201
    assert reply == {
        "id": sent["id"],
        "state": "stored",
        "have": 1,
        "missing": [],
        "version": reply["version"],
        "purged_until": None,
    }
    table = read_table(store, form)
    assert [str(table.columns[name][0]) for name in ("channel", "service", "language")] == [
        "kiosk",
        "kk",
        "id",
    ]
    assert table.columns["profile.usia"].tolist() == ["17_25"]
    assert [row["text"] for row in store.reader["comment"].rows] == ["Kursi kurang."]


def test_the_same_bytes_are_known_and_other_bytes_a_conflict(
    store: Store, form: Form, deliver: Deliver
) -> None:
    sent = message(form)
    states = [deliver(sent), deliver(sent), deliver({**sent, "helped": True})]
    assert [(status, reply["state"]) for status, reply in states] == [
        (201, "stored"),
        (200, "known"),
        (409, "conflict"),
    ]
    assert {reply["id"] for _, reply in states} == {sent["id"]}
    assert distribution(store, form).respondents == 1
    assert store.reader["conflict"].count == 1


def test_the_reply_names_missing_numbers_the_version_and_the_purge_date(
    open_office: Instance, client: FlaskClient, form: Form, deliver: Deliver
) -> None:
    open_office.deletions.write_text("purged_until 2025-06-30\n")
    deliver(message(form, 1))
    _, reply = deliver(message(form, 4))
    assert (reply["have"], reply["missing"]) == (4, [2, 3])
    news = client.get("/api/versi").json
    assert news == {"version": reply["version"], "purged_until": "2025-06-30"}


def test_an_idle_tablet_hears_what_the_office_has_of_it(
    client: FlaskClient, store: Store, token: str, form: Form, deliver: Deliver
) -> None:
    def news() -> dict[str, Any]:
        heard: dict[str, Any] = json.loads(
            client.get("/api/versi", headers={"Skm-Token": token}).data
        )
        return heard

    assert news()["device"] is None  # it has not spoken yet
    deliver(message(form, 2))
    deliver(message(form, 4))
    told = news()
    assert (told["device"], told["have"], told["missing"]) == (TABLET, 4, [1, 3])
    tablets.revoke(store, "Loket 1")
    assert set(news()) == {"version", "purged_until"}


@pytest.mark.parametrize("told", ["", "7", "7 5", "7 5 1 0", "7 5 -1", "7 5 x", "٧ 5 1", "9" * 99])
def test_runs_that_make_no_sense_are_not_counted(
    client: FlaskClient, store: Store, token: str, form: Form, deliver: Deliver, told: str
) -> None:
    deliver(message(form))
    headers = {"Skm-Token": token, "Skm-Runs": told}
    assert client.get("/api/versi", headers=headers).status_code == 200
    assert store.reader["run_count"].count == 0


def test_a_tablet_tells_how_often_the_survey_was_begun_finished_and_given_up(
    app: Flask, client: FlaskClient, store: Store, token: str, form: Form, deliver: Deliver
) -> None:
    for totals in ("7 5 1", "9 6 2", "9 6 2", "8 6 1"):
        client.get("/api/versi", headers={"Skm-Token": token, "Skm-Runs": totals})
        deliver(message(form))  # which makes the tablet known by its device
    month = Period.month_of(app.extensions["skm"].now().date())
    assert runs_in(store, month) == {TABLET: Runs(9, 6, 2)}


def test_a_deleted_id_does_not_come_back(
    open_office: Instance, store: Store, form: Form, deliver: Deliver
) -> None:
    sent = message(form)
    open_office.deletions.write_text(f"{sent['id']}\n")
    status, reply = deliver(sent)
    assert (status, reply["state"]) == (200, "known")
    assert distribution(store, form).respondents == 0


def test_skipped_questions_are_stored_as_skipped(
    store: Store, form: Form, deliver: Deliver
) -> None:
    answers = {question.code: None for question in form.questions} | {"keamanan": 1}
    assert deliver(message(form, answers=answers))[0] == 201
    assert distribution(store, form).row("keamanan") == (1, 0, 0, 0)
    assert distribution(store, form).row("prosedur") == (0, 0, 0, 0)


def test_a_response_counts_on_the_day_it_was_finished(
    app: Flask, store: Store, form: Form, deliver: Deliver
) -> None:
    deliver(message(form), Skm_Age_Ms=str(3 * 24 * 60 * 60 * 1000))
    (day,) = read_table(store, form).columns["day"]
    today = app.extensions["skm"].now().date()
    assert day == today - timedelta(days=3)
    ((received, finished),) = store.reader.execute("SELECT received, finished FROM receipt")
    assert received == today.isoformat()
    assert finished[:10] == day.isoformat()
    assert finished[10:] in (" pagi", " siang")


def test_a_clock_that_jumped_is_flagged(store: Store, form: Form, deliver: Deliver) -> None:
    deliver(message(form, clock=0, finished=0), Skm_Age_Ms="", Skm_Clock="1790000000000")
    (flags,) = read_table(store, form).columns["flags"]
    assert "jam_melompat" in flags


def test_a_tablet_that_answers_again_within_seconds_is_flagged(
    store: Store, form: Form, deliver: Deliver
) -> None:
    deliver(message(form, 1), Skm_Age_Ms="100000")
    deliver(message(form, 2), Skm_Age_Ms="97000")
    flagged = ["beruntun" in flags for flags in read_table(store, form).columns["flags"]]
    assert sorted(flagged) == [False, True]


def without(key: str) -> Callable[[dict[str, Any]], dict[str, Any]]:
    return lambda sent: {name: value for name, value in sent.items() if name != key}


def with_answers(**answers: object) -> Callable[[dict[str, Any]], dict[str, Any]]:
    return lambda sent: {**sent, "answers": {**sent["answers"], **answers}}


def having(**changes: object) -> Callable[[dict[str, Any]], dict[str, Any]]:
    return lambda sent: {**sent, **changes}


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (without("id"), "id: Isi kiriman salah"),
        (having(id="A" * 32), "id: Isi kiriman salah"),
        (having(device="tablet-1"), "device: Isi kiriman salah"),
        (having(seq=0), "seq: Isi kiriman salah (ditemukan: «0»)"),
        (having(seq=True), "seq: Isi kiriman salah"),
        (having(seq=2**31), "seq: Isi kiriman salah"),
        (having(form="kepmenpan-25-2004"), "form: Formulir tidak dipakai kantor ini"),
        (having(form="tidak-ada"), "Formulir tidak dikenal"),
        (having(form=None), "form: Isi kiriman salah"),
        (having(service="paspor"), 'service: Isi kiriman salah (ditemukan: «"paspor"»)'),
        (having(language="Bahasa"), "language: Isi kiriman salah"),
        (having(helped=1), "helped: Isi kiriman salah"),
        (having(answers=[3]), "answers: Isi kiriman salah"),
        (with_answers(prosedur=5), "answers.prosedur: Jawaban salah (ditemukan: «5»)"),
        (with_answers(prosedur=0), "answers.prosedur: Jawaban salah"),
        (with_answers(prosedur=True), "answers.prosedur: Jawaban salah"),
        (with_answers(prosedur="3"), "answers.prosedur: Jawaban salah"),
        (with_answers(prosedur=3.0), "answers.prosedur: Jawaban salah"),
        (with_answers(waktu=3), "answers.waktu: Pertanyaan tidak ditanyakan formulir ini"),
        (having(answers={}), "answers.prosedur: Pertanyaan tidak ada dalam kiriman"),
        (having(profile={"usia": "5_10"}), "profile.usia: Isian salah"),
        (having(profile={"nik": "1"}), "profile.nik: Isian salah"),
        (having(profile={"usia": ["17_25"]}), "profile.usia: Isian salah"),
        (having(comment="a" * 1001), "comment: Isi kiriman salah"),
        (having(comment=5), "comment: Isi kiriman salah"),
        (having(dwell_ms={"prosedur": -1}), "dwell_ms: Isi kiriman salah"),
        (having(finished=1.5), "finished: Isi kiriman salah"),
        (having(clock=10**15), "clock: Isi kiriman salah"),
    ],
)
def test_a_message_that_no_page_of_ours_sends_is_refused_with_the_reason(
    store: Store,
    form: Form,
    deliver: Deliver,
    change: Callable[[Mapping[str, Any]], object],
    reason: str,
) -> None:
    status, reply = deliver(change(message(form)))
    assert status == 422
    assert reason in reply["error"]
    assert store.reader["receipt"].count == 0


def test_every_fault_of_a_message_is_named_and_its_id_told(form: Form, deliver: Deliver) -> None:
    sent = message(form, seq=-1, helped="ya", service=7)
    _, reply = deliver({**sent, "seq": -1})
    assert reply["id"] == sent["id"]
    assert [line.partition(":")[0] for line in reply["error"].splitlines()] == [
        "seq",
        "service",
        "helped",
    ]


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"{", id="torn JSON"),
        pytest.param(b"[]", id="a list"),
        pytest.param(b"[" * 10_000, id="endless nesting"),
        pytest.param(b'{"seq": ' + b"9" * 5_000 + b"}", id="an endless number"),
        pytest.param(b"\xff\xfe\x00", id="no text at all"),
    ],
)
def test_a_body_that_is_no_message_is_refused(deliver: Deliver, body: bytes) -> None:
    status, reply = deliver(body)
    assert status == 422
    assert reply["id"] is None
    assert reply["error"]


def test_a_body_over_16_kilobytes_is_refused_before_it_is_read(
    store: Store, form: Form, deliver: Deliver
) -> None:
    status, reply = deliver(message(form, comment="a" * 17_000))
    assert (status, reply) == (413, {"error": "Kiriman terlalu besar."})
    assert store.reader["receipt"].count == 0


def test_half_a_character_at_the_end_of_a_comment_loses_nothing(
    store: Store, form: Form, deliver: Deliver
) -> None:
    assert deliver(message(form, comment="bagus \ud83d"))[0] == 201
    assert [row["text"] for row in store.reader["comment"].rows] == ["bagus ?"]


def test_a_service_given_online_asks_the_online_variants(
    open_office: Instance, store: Store, token: str
) -> None:
    office = changed(open_office, '"kecamatan-14"', '"pernyataan-16-a"')
    family_card = 'nama = "Kartu Keluarga"\ngratis = true\ndaring = '
    office = changed(office, f"{family_card}false", f"{family_card}true")
    form = office.questionnaire()
    client = create_app(office, store=store).test_client()

    def status(service: str, online: bool) -> int:
        answers = {question.code: 3 for question in form.asked_by(online)}
        sent = message(form, service=service, answers=answers)
        return client.post("/api/jawaban", json=sent, headers={"Skm-Token": token}).status_code

    assert [status("kk", True), status("kia", False)] == [201, 201]
    assert [status("kk", False), status("kia", True)] == [422, 422]


def test_answers_to_the_form_before_still_arrive(
    open_office: Instance, store: Store, token: str
) -> None:
    create_app(open_office, store=store)
    before = find_form("kecamatan-14")
    office = changed(open_office, '"kecamatan-14"', '"permenpanrb-14-2017"')
    client = create_app(office, store=store).test_client()
    for form in (before, office.questionnaire()):
        reply = client.post("/api/jawaban", json=message(form), headers={"Skm-Token": token})
        assert reply.status_code == 201
        assert distribution(store, form).respondents == 1


def test_a_full_disk_is_no_receipt_and_the_tablet_tries_again(
    store: Store, form: Form, deliver: Deliver
) -> None:
    with full_disk(store):
        replies = [deliver(message(form, seq, comment="saran " * 100)) for seq in range(1, 40)]
    assert replies[-1][0] == 503
    assert "Cakram penuh" in replies[-1][1]["error"]
    stored = [status for status, _ in replies].count(201)
    status, reply = deliver(message(form, 40))
    assert status == 201
    assert len(reply["missing"]) == 39 - stored


def test_the_day_a_tablet_last_spoke_is_kept(
    app: Flask, store: Store, form: Form, deliver: Deliver
) -> None:
    deliver(message(form))
    (tablet,) = tablets.all_tablets(store)
    assert (tablet.last_seen, tablet.device) == (app.extensions["skm"].now().date(), TABLET)


def test_a_code_is_exchanged_for_a_token_once(
    app: Flask, client: FlaskClient, store: Store, form: Form
) -> None:
    code = tablets.invite(store, "Loket 2", app.extensions["skm"].now())
    reply = client.post("/api/pasang", json={"code": code, "device": TABLET})
    assert reply.status_code == 201
    paired = json.loads(reply.data)
    assert (paired["device"], paired["name"]) == (TABLET, "Loket 2")
    sent = client.post("/api/jawaban", json=message(form), headers={"Skm-Token": paired["token"]})
    assert sent.status_code == 201
    assert client.post("/api/pasang", json={"code": code, "device": None}).status_code == 401


@pytest.mark.parametrize("body", [{}, {"code": 5}, {"code": "x", "device": "tablet"}])
def test_a_pairing_that_makes_no_sense_is_refused(
    client: FlaskClient, body: dict[str, object]
) -> None:
    assert client.post("/api/pasang", json=body).status_code == 422


def test_codes_cannot_be_guessed_for_long(client: FlaskClient) -> None:
    tries = [client.post("/api/pasang", json={"code": str(turn)}) for turn in range(61)]
    assert {reply.status_code for reply in tries[:60]} == {401}
    assert tries[60].status_code == 429


def test_a_form_changed_after_use_does_not_start(
    open_office: Instance, store: Store, form: Form
) -> None:
    create_app(open_office, store=store)
    open_office.own_forms.mkdir()
    shipped = (resources.folder("survey_forms") / "kecamatan-14.toml").read_text()
    own = open_office.own_forms / "kecamatan-14.toml"
    own.write_text(shipped.replace('"keamanan"', '"rasa_aman"'))
    with pytest.raises(SkmError, match="berubah setelah dipakai"):
        create_app(open_office, store=store)
