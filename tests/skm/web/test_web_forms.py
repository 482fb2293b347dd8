"""The questionnaires as officers see them, and as citizens do: nothing of a preview is sent."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient
from monthly import own_form
from pdf_reader import read_pdf
from visiting import add_officers, csrf_of, officer

from skm import instance
from skm.form import Form, shipped_forms
from skm.instance import Instance
from skm.language import all_languages, load_language, translated
from skm.store import open_store
from skm.store.rows import months_in
from skm.web.app import create_app
from skm.web.site import Site, site_of

FORMS = shipped_forms()
STATEMENTS = "/petugas/formulir/pernyataan-16-a"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Instance:
    made = instance.init(tmp_path_factory.mktemp("kantor") / "k")
    own_form(made, "sendiri", {"sopan": "Kesopanan & <keramahan>", "pungli": "Tanpa pungutan"},
             apart="pungli")  # fmt: skip
    (made.own_forms / "rusak.toml").write_text('id = "rusak"\n', encoding="utf-8")
    return made


@pytest.fixture(scope="module")
def app(office: Instance) -> Iterator[Flask]:
    with open_store(office) as store:
        add_officers(store)
        yield create_app(office, store=store)


@pytest.fixture(scope="module")
def site(app: Flask) -> Site:
    return site_of(app)


@pytest.fixture(scope="module")
def client(app: Flask) -> FlaskClient:
    return officer(app, "petugas")


def words(client: FlaskClient, path: str) -> str:
    return " ".join(unescape(re.sub("<[^>]+>", " ", client.get(path).text)).split())


def said(text: str) -> str:
    return " ".join(text.split())


def test_the_list_has_every_form_the_one_in_use_first_and_tells_what_is_wrong(
    client: FlaskClient,
) -> None:
    page = words(client, "/petugas/formulir")
    assert page.index("14 unsur kecamatan") < page.index("Dipakai sekarang")
    assert all(form.title in page for form in FORMS)
    assert "Formulir sendiri sendiri · PermenPANRB 14/2017 · 2 unsur, 2 pertanyaan" in page
    assert "rusak Formulir ini belum dapat dipakai." in page
    assert "rusak.toml, title: Kunci belum ada" in page


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.id)
def test_a_form_is_shown_whole(client: FlaskClient, form: Form) -> None:
    page = words(client, f"/petugas/formulir/{form.id}")
    for question in form.questions:
        assert said(question.text) in page
        assert said(question.official) in page
        labels = " ".join(f"{level} {label}" for level, label in enumerate(question.labels, 1))
        assert said(labels) in page
    for text in (form.regulation.number, form.source, form.note or ""):
        assert said(text) in page
    weight = f"1/{len(form.counted_elements)}"
    assert page.count(f"Bobot {weight}") == len(form.counted_elements) + 1
    assert page.count("hanya pada layanan daring") == sum(
        question.service == "online" for question in form.questions
    )


def test_what_stays_apart_and_which_languages_there_are_is_said(client: FlaskClient) -> None:
    own = words(client, "/petugas/formulir/sendiri")
    assert "U1 Kesopanan & <keramahan> Bobot 1" in own
    assert "T1 Tanpa pungutan Tidak masuk indeks" in own
    used = words(client, "/petugas/formulir/kecamatan-14")
    assert "English 14 dari 14 dapat dipilih warga" in used
    assert "Basa Jawa (krama) 0 dari 14 konsep, belum diperiksa" in used


@pytest.mark.parametrize("code", [language.code for language in all_languages()])
@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.id)
def test_a_preview_says_what_the_citizen_reads(client: FlaskClient, form: Form, code: str) -> None:
    language = load_language(code)
    shown = words(client, f"/petugas/formulir/{form.id}/lihat?bahasa={code}")
    for question in translated(form, language).asked_by(online=False):
        assert said(question.text) in shown
    assert language.screen["welcome_title"] in shown
    assert ("Konsep: terjemahan ini belum diperiksa" in shown) is language.draft


def test_the_variants_of_a_channel_and_the_languages_lead_to_each_other(
    client: FlaskClient, site: Site
) -> None:
    form = next(form for form in FORMS if form.id == "pernyataan-16-a")
    online = {q.text for q in form.questions if q.service == "online"}
    assert not any(text in words(client, f"{STATEMENTS}/lihat") for text in online)
    page = client.get(f"{STATEMENTS}/lihat?layanan=daring&bahasa=id")
    shown = " ".join(unescape(re.sub("<[^>]+>", " ", page.text)).split())
    assert all(said(text) in shown for text in online)
    links = set(map(unescape, re.findall(r'href="(\?[^"]+)"', page.text)))
    assert {"?bahasa=id&layanan=loket", "?bahasa=en&layanan=daring"} <= links
    for link in links:
        assert client.get(f"{STATEMENTS}/lihat{link}").status_code == 200


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.id)
def test_nothing_of_a_preview_can_be_sent(client: FlaskClient, site: Site, form: Form) -> None:
    path = f"/petugas/formulir/{form.id}/lihat"
    reply = client.get(path)
    policy = reply.headers["Content-Security-Policy"].split("; ")
    assert {"form-action 'none'", "default-src 'none'"} <= set(policy)
    (tag,) = re.findall(r"<form[^>]*>", reply.text)
    assert "method" not in tag
    assert "action" not in tag
    for sending in ('type="submit"', "token", "csrf", "/api/", "/isi", "formaction"):
        assert sending not in reply.text
    answers = {f"q_{question.code}": "4" for question in form.questions}
    posted = client.post(path, data={"csrf_token": csrf_of(client), **answers})
    assert posted.status_code == 405
    client.get(path, query_string=answers)
    assert months_in(site.store) == ()
    assert site.store.reader.execute("SELECT count(*) FROM receipt").fetchone() == (0,)


def test_a_form_is_printed_in_each_language(client: FlaskClient) -> None:
    reply = client.get("/petugas/formulir/permenpanrb-14-2017/kuesioner.pdf?bahasa=en")
    assert reply.mimetype == "application/pdf"
    assert "kuesioner-permenpanrb-14-2017-en.pdf" in reply.headers["Content-Disposition"]
    assert "SERVICE SATISFACTION SURVEY" in said(" ".join(read_pdf(reply.data).texts))


@pytest.mark.parametrize(
    "path",
    ["/tidak-ada", "/rusak", "/rusak/lihat", "/kecamatan-14/lihat?bahasa=xx",
     "/pernyataan-16-a/lihat?layanan=lain", "/kecamatan-14/kuesioner.pdf?bahasa=../id"],
)  # fmt: skip
def test_what_does_not_exist_is_not_found(client: FlaskClient, path: str) -> None:
    assert client.get(f"/petugas/formulir{path}").status_code == 404
