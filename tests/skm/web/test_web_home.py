"""The first page: what needs attention, any period at a glance, and pictures with their table."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from html import unescape

import pytest
from answering import delivery, response
from closed_offices import closed_period, people_of, receive
from flask import Flask
from flask.testing import FlaskClient
from offices import changed
from visiting import add_officers, officer

from skm import instance
from skm.errors import SkmError
from skm.form import Form, find_form
from skm.instance import Instance, open_instance
from skm.overview import overview
from skm.period import Period
from skm.store import Store, open_store, tablets
from skm.store.backup import back_up
from skm.store.follow_up import Plan, Writer, add
from skm.store.intake import Intake
from skm.store.rows import months_in
from skm.store.schema import ensure_form
from skm.store.served import Served, set_served
from skm.store.tablets import all_tablets
from skm.web.app import create_app
from skm.web.contacts import Contacts, statuses
from skm.web.officer_pages.hints import hints
from skm.web.site import site_of

OCTOBER, NOVEMBER = Period.parse("2026-10"), Period.parse("2026-11")
TODAY = date(2026, 11, 25)


@pytest.fixture
def store(office: Instance) -> Iterator[Store]:
    with open_store(office) as opened:
        ensure_form(opened, office.questionnaire())
        yield opened


@pytest.fixture
def form(office: Instance) -> Form:
    return office.questionnaire()


def answer(store: Store, form: Form, month: Period, count: int, level: int = 4) -> None:
    day = month.first_day + timedelta(days=1)
    people = [response(form, level, day=day, service="kk") for _ in range(count)]
    Intake(store).receive_many(form, [delivery(each) for each in people])


def told(
    office: Instance, store: Store, day: date = TODAY, contacts: Contacts | None = None
) -> list[str]:
    """The hints of a day at ten in the morning."""
    site = site_of(create_app(office, store=store))
    now = datetime.combine(day, datetime.min.time(), office.office.timezone).replace(hour=10)
    heard = statuses(all_tablets(store), contacts or Contacts(now), office.office, now)
    running = overview(store, office, Period.month_of(day))
    return [hint.text for hint in hints(site, now, running, months_in(store), heard)]


def test_an_office_in_order_is_told_nothing(office: Instance, store: Store, form: Form) -> None:
    answer(store, form, OCTOBER, 6)
    answer(store, form, NOVEMBER, 6)
    assert told(office, store) == []


def test_an_index_that_fell_is_told_and_by_how_much(
    office: Instance, store: Store, form: Form
) -> None:
    answer(store, form, OCTOBER, 20)
    answer(store, form, NOVEMBER, 15)
    answer(store, form, NOVEMBER, 5, level=3)
    index, *rest = told(office, store)
    assert index == "Indeks turun 6,25 poin: 100,00 pada Oktober 2026, 93,75 pada November 2026."
    assert rest == []


def test_elements_that_fell_are_named_also_where_the_index_hardly_fell(
    office: Instance, store: Store, form: Form
) -> None:
    answer(store, form, OCTOBER, 6)
    answers = {question.code: 4 for question in form.questions} | {"keamanan": 3}
    people = [response(form, day=date(2026, 11, 2), answers=answers) for _ in range(6)]
    Intake(store).receive_many(form, [delivery(each) for each in people])
    assert told(office, store) == [
        "NRR turun lebih dari 0,5 dari Oktober 2026 ke November 2026: Keamanan 4,00 menjadi 3,00."
    ]


def test_how_far_it_may_fall_is_the_office_s_to_say(
    office: Instance, store: Store, form: Form
) -> None:
    answer(store, form, OCTOBER, 20)
    answer(store, form, NOVEMBER, 15)
    answer(store, form, NOVEMBER, 5, level=3)
    file = office.root / "office.toml"
    file.write_text(f"{file.read_text()}\n[petunjuk]\nindeks_turun = 7\n")
    assert told(open_instance(office.root), store) == []


def test_a_month_that_just_began_leaves_the_last_one_to_be_looked_at(
    office: Instance, store: Store, form: Form
) -> None:
    answer(store, form, Period.parse("2026-09"), 6)
    answer(store, form, OCTOBER, 6, level=3)
    answer(store, form, NOVEMBER, 4)
    index = told(office, store)[0]
    assert index.endswith("100,00 pada September 2026, 75,00 pada Oktober 2026.")


def test_nothing_is_compared_with_fewer_than_five(
    office: Instance, store: Store, form: Form
) -> None:
    answer(store, form, OCTOBER, 4)
    answer(store, form, NOVEMBER, 6, level=1)
    assert told(office, store) == []


def test_a_service_behind_its_sample_is_told_with_both_figures(
    office: Instance, store: Store, form: Form
) -> None:
    answer(store, form, NOVEMBER, 17)
    people = [Served(OCTOBER, "kk", 30), Served(OCTOBER, "ktp-el", 10)]
    set_served(store, office.office, people)
    assert told(office, store) == [
        "Responden November 2026 tertinggal dari kebutuhan sampel: KTP-el 0 dari 9, "
        "Kartu Keluarga 17 dari 27."
    ]
    answer(store, form, NOVEMBER, 1)
    assert told(office, store) == [
        "Responden November 2026 tertinggal dari kebutuhan sampel: KTP-el 0 dari 9."
    ]


def test_early_in_the_month_nobody_is_behind(office: Instance, store: Store, form: Form) -> None:
    answer(store, form, NOVEMBER, 5)
    set_served(store, office.office, [Served(OCTOBER, "ktp-el", 100)])
    assert told(office, store, date(2026, 11, 9)) == []
    assert told(office, store, date(2026, 11, 12)) != []


def test_a_tablet_that_says_nothing_is_named(office: Instance, store: Store) -> None:
    tablets.add(store, "Loket 1")
    tablets.add(store, "Loket 2")
    since = datetime(2026, 11, 25, 9, 0, tzinfo=office.office.timezone)
    assert told(office, store, contacts=Contacts(since)) == ["Tablet diam: Loket 1, Loket 2."]


def test_a_reported_period_that_stays_open_is_told_until_it_is_closed(
    office: Instance, store: Store, form: Form
) -> None:
    receive(store, form, people_of(office, "2026-05"))
    receive(store, form, people_of(office, "2025-12"))
    assert told(office, store, date(2026, 7, 14)) == ["Semester II Tahun 2025 belum ditutup."]
    assert told(office, store) == ["Semester I Tahun 2026 dan 1 periode sebelumnya belum ditutup."]
    closed_period(store, office, "2026-S1")
    assert told(office, store) == ["Semester II Tahun 2025 belum ditutup."]
    monthly = changed(office, 'periode_laporan = "semester"', 'periode_laporan = "bulan"')
    assert told(monthly, store) == ["Mei 2026 dan 1 periode sebelumnya belum ditutup."]


def test_follow_ups_whose_day_has_passed_are_counted(office: Instance, store: Store) -> None:
    plan = Plan(
        period=Period.parse("2026-S1"),
        element="kenyamanan",
        problem="Kursi kurang",
        action="Tambah kursi",
        quarter=Period.parse("2026-TW3"),
        owner="Seksi Pelayanan Umum",
        due=date(2026, 9, 30),
    )
    add(store, plan, Writer("kepala", date(2026, 7, 1)))
    assert told(office, store, date(2026, 9, 30)) == []
    assert told(office, store) == ["1 tindak lanjut lewat tenggat dan belum selesai."]


def test_a_backup_that_failed_is_told_until_one_is_made(office: Instance) -> None:
    open_store(office).close()
    sound = office.database.read_bytes()
    office.database.write_bytes(sound[:4096] + b"\xff" * (len(sound) - 4096))
    with pytest.raises(SkmError):
        back_up(office, datetime.now(UTC))
    office.database.write_bytes(sound)
    with open_store(office) as store:
        (said,) = told(office, store)
        assert said.startswith("Pencadangan terakhir gagal: ")
        assert "Basis data rusak" in said
        back_up(office, datetime.now(UTC))
        assert told(office, store) == []


@pytest.fixture(scope="module")
def closed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """An office with months of two forms, of which three are closed."""
    made = instance.init(tmp_path_factory.mktemp("kantor") / "k")
    form, other = made.questionnaire(), find_form("permenpanrb-14-2017")
    with open_store(made) as store:
        add_officers(store)
        ensure_form(store, form)
        ensure_form(store, other)
        receive(store, form, people_of(made, "2026-TW1"))
        flagged = people_of(made, "2026-04", form)
        receive(store, form, [replace(each, flags=("seragam",)) for each in flagged[:9]])
        receive(store, form, flagged[9:])
        receive(store, other, people_of(made, "2026-05", other))
        set_served(store, made.office, [Served(Period.parse("2026-04"), "kk", 200)])
        for month in ("2026-01", "2026-02", "2026-05"):
            closed_period(store, made, month)
        yield create_app(made, store=store)


@pytest.fixture(scope="module")
def client(closed: Flask) -> FlaskClient:
    return officer(closed, "petugas")


def words(client: FlaskClient, path: str) -> str:
    text = client.get(path).text
    return " ".join(unescape(re.sub("<[^>]+>", " ", text)).split())


def cells(page: str, caption: str) -> list[list[str]]:
    """The rows of the table of a caption."""
    table = page.partition(f"<caption>{caption}")[2].partition("</table>")[0]
    return [
        [
            " ".join(unescape(re.sub("<[^>]+>", " ", cell)).split())
            for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL)
        ]
        for row in table.partition("<tbody>")[2].split("<tr>")[1:]
    ]


def drawn(client: FlaskClient, page: str, name: str) -> list[str]:
    """The words of a picture that a page shows."""
    (source,) = re.findall(rf'src="(/petugas/grafik/{name}-lebar[^"]*)"', page)
    reply = client.get(unescape(source))
    assert reply.mimetype == "image/svg+xml"
    found = re.findall(r"<text[^>]*>([^<]*)</text>", reply.text)
    return [unescape(text).strip() for text in found]


@pytest.mark.parametrize("period", ["2026-02", "2026-04", "2026-TW1"])
def test_the_table_beside_the_elements_says_what_the_picture_shows(
    client: FlaskClient, period: str
) -> None:
    page = client.get(f"/petugas?periode={period}").text
    rows = cells(page, "Nilai unsur")
    texts = drawn(client, page, "unsur")
    assert len(rows) == 14
    scores = [row[3] for row in rows]
    assert [text for text in texts if re.fullmatch(r"\d+,\d\d", text)] == scores
    said = " ".join(texts)
    for name in (row[0] for row in rows):
        assert all(word in said for word in name.split())


def test_the_table_beside_the_trend_says_what_the_picture_shows(client: FlaskClient) -> None:
    page = client.get("/petugas?periode=2026-05").text
    rows = cells(page, "Indeks yang sudah ditutup")
    assert [row[0] for row in rows] == [
        "Januari 2026",
        "Februari 2026",
        "Mei 2026 formulir atau skala berganti",
    ]
    texts = drawn(client, page, "tren")
    assert [text for text in texts if re.fullmatch(r"\d+,\d\d", text)] == [row[1] for row in rows]


def test_a_period_is_said_to_be_official_or_open(client: FlaskClient) -> None:
    assert "Februari 2026 resmi, edisi 1 ditutup 1 Maret 2026" in words(
        client, "/petugas?periode=2026-02"
    )
    assert "Maret 2026 belum ditutup" in words(client, "/petugas?periode=2026-03")


def test_respondents_stand_beside_what_each_service_needs(
    client: FlaskClient, closed: Flask
) -> None:
    page = words(client, "/petugas?periode=2026-04")
    shown = overview(site_of(closed).store, site_of(closed).instance, Period.parse("2026-04"))
    families = next(each for each in shown.services if each.name == "Kartu Keluarga")
    assert f"Kartu Keluarga {families.n} dari {families.needed}" in page
    assert "Kebutuhan sampel 132 responden dari 200 orang yang dilayani (Krejcie-Morgan)" in page
    assert "Paling sedikit menurut KEP/25/M.PAN/2/2004: 150 responden." in page
    assert "Kebutuhan sampel belum diketahui" in words(client, "/petugas?periode=2026-02")


def test_flagged_answers_are_shown_with_and_without(client: FlaskClient) -> None:
    page = words(client, "/petugas?periode=2026-04")
    assert "Semua jawaban sama 9" in page
    assert re.search(r"Indeks dengan semuanya \d\d,\d\d, tanpa yang bertanda \d\d,\d\d\.", page)


@pytest.mark.parametrize(
    ("period", "before", "after"),
    [
        ("2026-03", "2026-02", "2026-04"),
        ("2026-TW2", "2026-TW1", None),
        ("2026-01", None, "2026-02"),
    ],
)
def test_any_period_is_chosen_and_its_neighbours_are_one_step_away(
    client: FlaskClient, period: str, before: str | None, after: str | None
) -> None:
    page = client.get(f"/petugas?periode={period}").text
    assert f'<option value="{period}" selected>' in page
    assert all(f'<option value="{each}">' in page for each in ("2026-S1", "2026"))
    steps = set(re.findall(r'<a href="\?periode=([^"&]+)" title', page))
    assert {before} <= steps | {None}
    if after:
        assert after in steps


def test_a_period_with_two_forms_shows_one_and_leads_to_the_other(client: FlaskClient) -> None:
    page = client.get("/petugas?periode=2026-TW2").text
    assert len(cells(page, "Nilai unsur")) == 14
    (other,) = re.findall(r'<a href="(\?periode=2026-TW2&amp;formulir=[^"]+)"', page)
    other_page = client.get(f"/petugas{unescape(other)}").text
    assert len(cells(other_page, "Nilai unsur")) == 9
    assert len(drawn(client, other_page, "unsur")) > 9


def test_a_picture_is_asked_for_again_and_not_sent_again(client: FlaskClient) -> None:
    for name in ("unsur-sempit", "tren-lebar"):
        first = client.get(f"/petugas/grafik/{name}.svg?periode=2026-02")
        assert first.headers["Cache-Control"] == "private, no-cache"
        headers = {"If-None-Match": first.headers["ETag"]}
        again = client.get(f"/petugas/grafik/{name}.svg?periode=2026-02", headers=headers)
        assert (again.status_code, again.data) == (304, b"")
        other = client.get(f"/petugas/grafik/{name}.svg?periode=2026-05", headers=headers)
        assert other.status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "?periode=2026-13",
        "?periode=2026-02&formulir=lain",
        "/grafik/unsur-raksasa.svg?periode=2026-02",
        "/grafik/unsur-lebar.svg?periode=2019-02",
        "/grafik/tren-lebar.svg?periode=1019-02",
    ],
)
def test_what_does_not_exist_is_not_found(client: FlaskClient, path: str) -> None:
    assert client.get(f"/petugas{path}").status_code == 404
