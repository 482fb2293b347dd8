"""The survey on one's own phone: a page of radio buttons, stored once however often it is sent."""

from __future__ import annotations

import re
from datetime import date
from html import unescape

import pytest
from flask.testing import FlaskClient
from full_disk import full_disk
from offices import changed
from werkzeug.test import TestResponse

from skm.form import Form
from skm.instance import Instance
from skm.numerals import month_name
from skm.store import Store
from skm.store.purge_scope import kept_until
from skm.store.rows import distribution, read_table
from skm.web.app import create_app
from skm.web.throttle import Throttle

ONLINE = 'nama = "Kartu Keluarga"\ngratis = true\ndaring = '


def token_of(page: TestResponse) -> str:
    found = re.search(r'name="token" type="hidden" value="([^"]+)"', page.text)
    assert found is not None
    return found[1]


def filled(client: FlaskClient, form: Form, address: str = "/isi") -> dict[str, str]:
    """Everything answered with the best answer."""
    answers = {f"q_{question.code}": "4" for question in form.asked_by(online=False)}
    return {"token": token_of(client.get(address)), **answers}


def test_the_page_asks_every_question_with_its_official_labels_worst_first(
    client: FlaskClient, form: Form
) -> None:
    page = unescape(client.get("/isi").text)
    assert '<html lang="id">' in page
    for question in form.questions:
        assert question.text in page
        values = re.findall(
            rf'name="q_{question.code}" value="(\d)".*?<span>(.*?)</span>', page, re.DOTALL
        )
        assert values == [(str(level), label) for level, label in enumerate(question.labels, 1)]
    assert "checked" not in page
    assert page.count("<fieldset") == 1 + len(form.questions) + 4


def test_every_opened_page_has_an_id_of_its_own(client: FlaskClient) -> None:
    assert token_of(client.get("/isi")) != token_of(client.get("/isi"))


def test_answers_are_stored_and_counted(client: FlaskClient, store: Store, form: Form) -> None:
    posted = filled(client, form) | {
        "service": "kia",
        "q_keamanan": "1",
        "p_usia": "26_35",
        "comment": " Kursi kurang.\r\nTerima kasih. ",
    }
    reply = client.post("/isi", data=posted)
    assert (reply.status_code, reply.location) == (303, "/terima-kasih?bahasa=id")
    assert "Terima kasih. Jawaban Bapak/Ibu sudah tersimpan." in client.get(reply.location).text
    counted = distribution(store, form)
    assert counted.respondents == 1
    assert counted.row("keamanan") == (1, 0, 0, 0)
    assert counted.row("prosedur") == (0, 0, 0, 1)
    table = read_table(store, form)
    found = [table.columns[name][0] for name in ("channel", "service", "language", "profile.usia")]
    assert found == ["phone", "kia", "id", "26_35"]
    assert [row["text"] for row in store.reader["comment"].rows] == [
        "Kursi kurang.\nTerima kasih."
    ]


def test_a_page_posted_twice_is_stored_once(client: FlaskClient, store: Store, form: Form) -> None:
    posted = filled(client, form)
    replies = [client.post("/isi", data=posted).status_code for _ in range(2)]
    assert replies == [303, 303]
    assert distribution(store, form).respondents == 1


def test_other_answers_under_the_same_id_are_kept_aside_and_the_person_is_told(
    client: FlaskClient, store: Store, form: Form
) -> None:
    posted = filled(client, form)
    client.post("/isi", data=posted)
    reply = client.post("/isi", data=posted | {"q_prosedur": "1"})
    assert reply.status_code == 409
    assert "sudah kami terima sebelumnya" in reply.text
    assert store.reader["conflict"].count == 1
    assert distribution(store, form).row("prosedur") == (0, 0, 0, 1)


def test_a_blank_group_is_a_skipped_question(
    client: FlaskClient, store: Store, form: Form
) -> None:
    posted = {"token": token_of(client.get("/isi")), "q_prosedur": "3"}
    assert client.post("/isi", data=posted).status_code == 303
    counted = distribution(store, form)
    assert (counted.row("prosedur"), counted.row("hasil")) == ((0, 0, 1, 0), (0, 0, 0, 0))


def test_a_wholly_empty_survey_is_no_response_and_keeps_what_was_written(
    client: FlaskClient, store: Store
) -> None:
    token = token_of(client.get("/isi"))
    page = client.post("/isi", data={"token": token, "comment": "Kursi", "p_usia": "26_35"})
    assert page.status_code == 422
    assert "Mohon jawab paling sedikit satu" in page.text
    assert "Kursi</textarea>" in page.text
    assert re.search(r'value="26_35" checked', page.text)
    assert token_of(page) == token
    assert store.reader["receipt"].count == 0


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("q_prosedur", "5", "Ada isian yang belum benar"),
        ("q_prosedur", "baik", "Ada isian yang belum benar"),
        ("service", "paspor", "Ada isian yang belum benar"),
        ("comment", "a" * 1001, "Saran terlalu panjang, paling banyak 1000 huruf."),
    ],
)
def test_what_the_page_does_not_offer_is_not_stored(
    client: FlaskClient, store: Store, form: Form, field: str, value: str, said: str
) -> None:
    page = client.post("/isi", data=filled(client, form) | {field: value})
    assert page.status_code == 422
    assert said in page.text
    assert store.reader["receipt"].count == 0


def test_a_comment_of_1000_characters_with_line_breaks_fits(
    client: FlaskClient, form: Form
) -> None:
    comment = "a" * 499 + "\r\n" + "b" * 500
    assert client.post("/isi", data=filled(client, form) | {"comment": comment}).status_code == 303


@pytest.mark.parametrize("token", ["", "palsu", "WyJhIl0.x"])
def test_a_page_that_we_did_not_sign_is_a_bad_link(
    client: FlaskClient, form: Form, token: str
) -> None:
    page = client.post("/isi", data=filled(client, form) | {"token": token})
    assert page.status_code == 400
    assert "Tautan tidak berlaku. Silakan pindai lagi kode QR di loket." in page.text


def test_a_page_of_one_service_cannot_be_sent_for_another(
    client: FlaskClient, store: Store, form: Form
) -> None:
    posted = filled(client, form, "/isi/kk")
    assert "service" not in posted
    assert client.post("/isi/kia", data=posted).status_code == 400
    assert client.post("/isi/kk", data=posted).status_code == 303
    assert read_table(store, form).columns["service"].tolist() == ["kk"]


def test_an_unknown_service_is_a_bad_link(client: FlaskClient) -> None:
    page = client.get("/isi/paspor")
    assert page.status_code == 404
    assert "Tautan tidak berlaku" in page.text


def test_a_closed_survey_says_so_and_takes_nothing(
    open_office: Instance, store: Store, client: FlaskClient, form: Form
) -> None:
    posted = filled(client, form)
    closed = create_app(changed(open_office, "isi = true", "isi = false"), store=store)
    for reply in (
        closed.test_client().get("/isi"),
        closed.test_client().post("/isi", data=posted),
    ):
        assert reply.status_code == 403
        assert "Survei sedang ditutup." in reply.text
    assert store.reader["receipt"].count == 0
    assert "Survei sedang ditutup." in closed.test_client().get("/").text


def test_an_address_may_send_sixty_times_an_hour(
    client: FlaskClient, store: Store, form: Form
) -> None:
    posted = filled(client, form)
    replies = [client.post("/isi", data=posted) for _ in range(61)]
    assert {reply.status_code for reply in replies[:60]} == {303}
    assert replies[60].status_code == 429
    assert "Terlalu sering dicoba." in replies[60].text
    assert replies[60].headers["Retry-After"]
    other = client.post("/isi", data=posted, environ_base={"REMOTE_ADDR": "192.168.1.9"})
    assert other.status_code == 303
    assert client.get("/isi").status_code == 200


def test_a_throttle_forgets_addresses_that_have_waited_long_enough() -> None:
    now = 0.0
    throttle = Throttle(60, lambda: now)
    for number in range(10_000):
        throttle.allows(f"10.0.{number // 256}.{number % 256}")
    now = 3600.0
    throttle.allows("192.168.1.9")
    assert len(throttle._buckets) == 1


def test_a_citizen_may_answer_in_english(client: FlaskClient, store: Store, form: Form) -> None:
    page = client.get("/isi?bahasa=en")
    assert '<html lang="en">' in page.text
    assert "Was it easy to get things done here?" in page.text
    assert "ID card" in page.text
    reply = client.post("/isi?bahasa=en", data=filled(client, form))
    assert "Thank you. Your answers are saved." in client.get(reply.location).text
    assert read_table(store, form).columns["language"].tolist() == ["en"]


def test_a_language_the_office_does_not_offer_is_indonesian(client: FlaskClient) -> None:
    assert '<html lang="id">' in client.get("/isi?bahasa=jv").text


def test_where_questions_depend_on_the_service_it_is_asked_first(
    open_office: Instance, store: Store
) -> None:
    office = changed(open_office, '"kecamatan-14"', '"pernyataan-16-a"')
    client = create_app(changed(office, f"{ONLINE}false", f"{ONLINE}true"), store=store)
    browser = client.test_client()
    first = browser.get("/isi").text
    assert 'href="/isi/kk?bahasa=id"' in first
    assert "<fieldset" not in first
    online, offline = browser.get("/isi/kk").text, browser.get("/isi/kia").text
    assert "Aplikasi sistem pelayanan merespon" in online
    assert "Petugas merespon" in offline
    assert online.count('data-screen="question"') == offline.count('data-screen="question"') == 16


def test_the_only_service_is_not_asked_for(open_office: Instance, store: Store) -> None:
    text = (open_office.root / "office.toml").read_text()
    _, *others = text.split("[[layanan]]")[1:]
    office = open_office
    for other in others:
        office = changed(office, f"[[layanan]]{other}", "")
    page = create_app(office, store=store).test_client().get("/isi").text
    assert 'data-screen="service"' not in page


def test_a_full_disk_is_told_kindly_and_the_same_page_can_be_sent_again(
    client: FlaskClient, store: Store, form: Form
) -> None:
    page = client.get("/isi")
    with full_disk(store):
        while page.status_code != 503:
            posted = filled(client, form) | {"comment": "saran " * 150}
            page = client.post("/isi", data=posted)
    assert "Silakan coba lagi, atau panggil petugas." in page.text
    assert client.post("/isi", data=posted).status_code == 303


def test_nothing_in_a_page_is_run_or_styled_inline(client: FlaskClient) -> None:
    for address in ("/", "/isi", "/isi/kk", "/terima-kasih", "/tidak-ada"):
        page = client.get(address).text
        assert not re.search(r"<script(?![^>]*src=)|<style|\sstyle=|\son[a-z]+=", page), address
        assert "http://" not in page.replace("http://www.w3.org", "")
        assert "https://" not in page


def test_what_a_citizen_writes_is_shown_as_text_only(client: FlaskClient) -> None:
    token = token_of(client.get("/isi"))
    page = client.post("/isi", data={"token": token, "comment": "</textarea><script>x</script>"})
    assert "<script>x" not in page.text


def test_a_post_of_many_megabytes_is_refused(client: FlaskClient) -> None:
    page = client.post("/isi", data={"comment": "a" * 100_000})
    assert page.status_code == 413
    assert "Kiriman terlalu besar." in page.text


def test_citizens_are_told_the_month_that_the_destruction_goes_by(
    client: FlaskClient, office: Instance
) -> None:
    end = kept_until(date.today().year, office.office.retention_months)
    assert f"Data mentah disimpan sampai {month_name(end.month)} {end.year}." in unescape(
        client.get("/isi").text
    )
