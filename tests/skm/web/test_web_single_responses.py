"""An admin looks at released responses, corrects and deletes them with a reason."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from html import unescape
from itertools import count

import pytest
from answering import delivery, response
from closed_offices import closed_period
from flask import Flask
from flask.testing import FlaskClient
from store_content import ids_in, states_in
from visiting import NAMES, add_officers, csrf_of, officer, post

from skm import instance
from skm.instance import Instance
from skm.responses import Response
from skm.store import Store, open_store
from skm.store.corrections import changes
from skm.web.app import create_app
from skm.web.officer_pages.single_responses import A_PAGE
from skm.web.site import Site, site_of

YEARS = count(1990)
REASON = "Salah ketik dari lembar kertas"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Instance:
    return instance.init(tmp_path_factory.mktemp("kantor") / "k")


@pytest.fixture(scope="module")
def opened(office: Instance) -> Iterator[Store]:
    with open_store(office) as store:
        add_officers(store)
        yield store


@pytest.fixture(scope="module")
def app(office: Instance, opened: Store) -> Flask:
    return create_app(office, store=opened)


@pytest.fixture(scope="module")
def site(app: Flask) -> Site:
    return site_of(app)


@pytest.fixture(scope="module")
def admin(app: Flask) -> FlaskClient:
    return officer(app, "admin")


def words(text: str) -> str:
    return " ".join(unescape(re.sub("<[^>]+>", " ", text)).split())


def today(site: Site) -> date:
    return site.now().date()


@pytest.fixture
def released(site: Site) -> list[Response]:
    """Six responses in a month of their own, of each kind that a list can be narrowed down to."""
    day = date(next(YEARS), 4, 5)
    received = today(site) - timedelta(days=1)
    kinds: list[dict[str, object]] = [
        {"service": "kk", "channel": "kiosk"},
        {"service": "kia", "channel": "paper", "helped": True},
        {"service": None, "channel": "import"},
        {"service": "kk", "channel": "phone", "flags": ("seragam", "terlalu_cepat")},
        {"service": "ktp-el", "channel": "kiosk", "flags": ("beruntun",)},
        {"service": "ktp-el", "channel": "kiosk", "comment": "Jangan <b>tebal</b>"},
    ]
    made = [response(site.form, 4, day=day, **kind) for kind in kinds]
    site.intake.receive_many(site.form, [delivery(each, received=received) for each in made])
    return made


def listed(client: FlaskClient, **asked: str) -> set[str]:
    """The ids on the list."""
    page = client.get("/petugas/jawaban", query_string=asked)
    assert page.status_code == 200, page.text
    return set(re.findall(r'name="pilih" value="([0-9a-f]{32})"', page.text))


def month(released: list[Response]) -> str:
    return f"{released[0].day:%Y-%m}"


def test_what_came_today_is_as_if_it_were_not_there(
    admin: FlaskClient, site: Site, released: list[Response]
) -> None:
    fresh = response(site.form, 1, day=today(site), comment="baru")
    site.intake.receive(site.form, delivery(fresh, received=today(site)))
    hidden = admin.get(f"/petugas/jawaban/{fresh.id}")
    nobody = admin.get(f"/petugas/jawaban/{'0' * 32}")
    assert (hidden.status_code, hidden.text) == (404, nobody.text)
    assert fresh.id not in listed(admin, periode=f"{today(site):%Y-%m}")
    before = changes(site.store)
    for path in (f"/petugas/jawaban/{fresh.id}", f"/petugas/jawaban/{fresh.id}/hapus"):
        assert post(admin, path, reason=REASON, deletion_reason=REASON).status_code == 404
    sent = {"pilih": [released[0].id, fresh.id], "deletion_reason": REASON}
    reply = admin.post("/petugas/jawaban/hapus", data={"csrf_token": csrf_of(admin), **sent})
    assert reply.status_code == 404
    assert changes(site.store) == before
    assert {fresh.id, released[0].id} <= ids_in(site.instance.database)


def test_the_list_is_narrowed_by_how_responses_came_about(
    admin: FlaskClient, site: Site, released: list[Response]
) -> None:
    ids = [each.id for each in released]
    for asked, wanted in (
        ({}, set(range(6))),
        ({"layanan": "kk"}, {0, 3}),
        ({"layanan": "-"}, {2}),
        ({"kanal": "paper"}, {1}),
        ({"tanda": "*"}, {3, 4}),
        ({"tanda": "terlalu_cepat"}, {3}),
        ({"tanda": "cepat"}, set()),
        ({"dibantu": "ya"}, {1}),
        ({"dibantu": "tidak", "layanan": "kia"}, set()),
        ({"layanan": "' OR 1=1 --"}, set()),
    ):
        found = listed(admin, periode=month(released), **asked)
        assert {place for place, each in enumerate(ids) if each in found} == wanted, asked


def test_the_order_of_the_list_is_that_of_random_ids(
    admin: FlaskClient, site: Site, released: list[Response]
) -> None:
    page = admin.get("/petugas/jawaban", query_string={"periode": month(released)}).text
    shown = re.findall(r'name="pilih" value="([0-9a-f]{32})"', page)
    assert shown == sorted(shown)


def test_a_long_list_has_pages(admin: FlaskClient, site: Site) -> None:
    many = [delivery(response(site.form, day=date(2025, 3, 4))) for _ in range(A_PAGE + 7)]
    site.intake.receive_many(site.form, many)
    first = listed(admin, periode="2025-03")
    second = listed(admin, periode="2025-03", halaman="2")
    assert (len(first), len(second), first & second) == (A_PAGE, 7, set())
    page = admin.get("/petugas/jawaban?periode=2025-03").text
    assert "halaman=2" in page
    assert "Halaman 1 dari 2" in words(page)
    for wrong in ("0", "-3", "x", "9" * 30, "²"):
        assert len(listed(admin, periode="2025-03", halaman=wrong)) in (0, A_PAGE)


def test_one_response_is_shown_with_questions_and_labels_but_no_comment(
    admin: FlaskClient, site: Site, released: list[Response]
) -> None:
    shown = admin.get(f"/petugas/jawaban/{released[5].id}")
    assert shown.status_code == 200
    first = site.form.asked_by(online=False)[0]
    assert f"{first.text} {first.labels[3]} 4" in words(shown.text)
    assert "tebal" not in shown.text


def correction(site: Site, kept: Response, **changed: str) -> dict[str, str]:
    """The fields of the page as they stand there, and what is typed over them."""
    return {
        "day": kept.day.isoformat(),
        "half_day": kept.half_day,
        "service": kept.service or "",
        "reason": REASON,
        **{f"q_{code}": str(level or "") for code, level in kept.answers.items()},
        **{f"p_{asked.code}": "" for asked in site.form.profile},
        **changed,
    }


def test_a_correction_changes_only_what_was_typed_and_is_logged(
    admin: FlaskClient, site: Site, released: list[Response]
) -> None:
    code = site.form.questions[0].code
    typed = correction(
        site, released[0], **{f"q_{code}": "1", "service": "kia", "helped": "y", "p_usia": "17_25"}
    )
    reply = post(admin, f"/petugas/jawaban/{released[0].id}", **typed)
    assert reply.status_code == 303, words(reply.text)
    (entry,) = [each for each in changes(site.store) if each.id == released[0].id]
    assert (entry.who, entry.reason, entry.action) == (NAMES["admin"], REASON, "corrected")
    page = words(admin.get(reply.location).text)
    assert "Jawaban diperbaiki." in page
    assert "KIA" in page
    assert "pernah diperbaiki" in page
    log = words(admin.get("/petugas/perubahan").text)
    assert f"Jawaban diperbaiki: {released[0].id[:8]}" in log
    assert f"{site.form.questions[0].text.rstrip('?')}: 4 → 1" in log
    assert "Layanan: Kartu Keluarga → " in log
    assert "Dibantu petugas: tidak → ya" in log
    assert "Usia: tidak diisi → 17" in log


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({}, "Tidak ada yang diperbaiki"),
        ({"reason": "  "}, "Belum diisi."),
        ({"reason": "a" * 201, "service": "kia"}, "Sampai 200 huruf."),
        ({"q_persyaratan": "5"}, "Pilihan ini tidak ada."),
        ({"service": "paspor"}, "Pilihan ini tidak ada."),
        ({"half_day": "malam"}, "Pilihan ini tidak ada."),
        ({"day": "kemarin"}, "Bukan tanggal."),
        ({"day": "2999-01-01"}, "Tanggal ini belum tiba"),
    ],
)
def test_a_wrong_correction_is_refused_with_the_page(
    admin: FlaskClient, site: Site, released: list[Response], changed: dict[str, str], said: str
) -> None:
    typed = correction(site, released[0], **changed)
    reply = post(admin, f"/petugas/jawaban/{released[0].id}", **typed)
    assert (reply.status_code, said in words(reply.text)) == (422, True), words(reply.text)
    assert states_in(site.instance.database)[released[0].id] == "stored"


def test_one_is_deleted_with_a_reason(
    admin: FlaskClient, site: Site, released: list[Response]
) -> None:
    path = f"/petugas/jawaban/{released[5].id}"
    silent = post(admin, f"{path}/hapus", deletion_reason=" ")
    assert (silent.status_code, "Belum diisi." in silent.text) == (422, True)
    reply = post(admin, f"{path}/hapus", deletion_reason="Diisi petugas sendiri")
    assert reply.status_code == 303
    assert "Jawaban dihapus." in words(admin.get(reply.location).text)
    assert admin.get(path).status_code == 404
    assert states_in(site.instance.database)[released[5].id] == "deleted"
    log = words(admin.get("/petugas/perubahan?jenis=deleted").text)
    assert "Diisi petugas sendiri" in log
    assert "tebal" not in log


def test_several_are_deleted_with_one_reason_and_the_rest_of_the_batch_stays_readable(
    admin: FlaskClient, site: Site, released: list[Response]
) -> None:
    gone, rest = [each.id for each in released[:3]], {each.id for each in released[3:]}
    fields = {"csrf_token": csrf_of(admin), "periode": month(released), "layanan": ""}
    nothing = admin.post("/petugas/jawaban/hapus", data={**fields, "deletion_reason": REASON})
    assert (nothing.status_code, "Belum ada jawaban yang dipilih." in nothing.text) == (422, True)
    silent = admin.post("/petugas/jawaban/hapus", data={**fields, "pilih": gone})
    assert silent.status_code == 422
    assert silent.text.count(" checked>") == 3
    sent = {**fields, "pilih": [*gone, gone[0]], "deletion_reason": REASON}
    reply = admin.post("/petugas/jawaban/hapus", data=sent)
    assert reply.status_code == 303
    page = admin.get(reply.location)
    assert "3 jawaban dihapus." in words(page.text)
    assert not ids_in(site.instance.database) & set(gone)
    assert rest <= listed(admin, periode=month(released))


def test_a_closed_period_keeps_its_result_and_that_is_said(
    admin: FlaskClient, site: Site, office: Instance
) -> None:
    people = [response(site.form, 3, day=date(2025, 6, 2)) for _ in range(8)]
    site.intake.receive_many(
        site.form, [delivery(each, received=date(2025, 6, 2)) for each in people]
    )
    closed = closed_period(site.store, office, "2025-06").closing
    page = words(admin.get(f"/petugas/jawaban/{people[0].id}").text)
    assert "Juni 2025, edisi 1 sudah ditutup." in page
    reply = post(admin, f"/petugas/jawaban/{people[0].id}/hapus", deletion_reason="Diisi dua kali")
    said = words(admin.get(reply.location).text)
    assert (
        "(Juni 2025, edisi 1); perubahan ini masuk ke hasil resmi hanya lewat edisi baru" in said
    )
    assert (
        closed_period(
            site.store, office, "2025-06", new_edition=True, reason="Satu dihapus"
        ).closing.respondents
        == closed.respondents - 1
    )
    log = words(admin.get("/petugas/perubahan?jenis=closed").text)
    assert "Periode ditutup: Juni 2025, edisi 2" in log
    assert "Satu dihapus" in log


def test_only_an_admin_comes_here(app: Flask, released: list[Response]) -> None:
    for role in ("petugas", "perencana"):
        client = officer(app, role)
        for path in ("", f"/{released[0].id}"):
            assert client.get(f"/petugas/jawaban{path}").status_code == 403
        assert client.get("/petugas/perubahan").status_code == 403


@pytest.mark.parametrize("path", ["?periode=2026-13", "?formulir=lain", "/kosong"])
def test_what_is_not_there_is_told(
    admin: FlaskClient, released: list[Response], path: str
) -> None:
    assert admin.get(f"/petugas/jawaban{path}").status_code == 404
