"""The public sees what was closed and published, can count it anew, and sees nothing else."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from html import unescape

import pytest
from closed_offices import closed_period, late, people_of, receive
from flask import Flask
from flask.testing import FlaskClient
from offices import changed
from PIL import Image
from qr_reader import read_codes
from visiting import address

from skm import instance
from skm.closing import Closing
from skm.closing_text import checksum
from skm.disclosure import hidden_beside
from skm.form import find_form
from skm.instance import Instance
from skm.numerals import number, read_number
from skm.period import Period
from skm.store import Store, open_store
from skm.store.closings import find_closing, newest_closing
from skm.store.comment_handling import Handling, handle, received_comments
from skm.store.follow_up import Completion, Plan, Writer, add, finish
from skm.store.publications import (
    OWN_PAGE,
    Announcement,
    Publication,
    publish,
    shown_closings,
    withdraw,
)
from skm.store.rows import comments
from skm.web.announced import profile_beside
from skm.web.app import create_app
from skm.web.security import is_officers

TODAY = date(2027, 1, 10)
LAN = "192.168.1.20:8000"
HIDDEN = "2026-11"
"""A month that is closed and not published."""


@dataclass(frozen=True)
class Town:
    """An office with published results, its pages, and a browser of the street."""

    office: Instance
    store: Store
    app: Flask
    client: FlaskClient

    def closing(self, period: str, edition: int | None = None) -> Closing:
        found = find_closing(self.store, Period.parse(period), edition)
        assert found is not None
        return found

    def place(self, period: str, edition: int | None = None) -> str:
        return f"/publik/{checksum(self.closing(period, edition))[:16]}"

    def words(self, path: str) -> str:
        """What a page says, without its tags."""
        reply = self.client.get(path)
        assert reply.status_code == 200, path
        return " ".join(unescape(re.sub("<[^>]+>", " ", reply.text)).split())


def show(store: Store, period: str, edition: int = 1) -> Publication:
    said = Announcement("website", TODAY, OWN_PAGE)
    return publish(store, Period.parse(period), edition, said, "kepala", TODAY)


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """September in two editions, October and the fourth quarter published; November is not."""
    office = instance.init(tmp_path_factory.mktemp("kota") / "k")
    form = office.questionnaire()
    with open_store(office) as store:
        for month in ("2026-09", "2026-10", HIDDEN):
            receive(store, form, people_of(office, month))
            closed_period(store, office, month)
        show(store, "2026-09")
        show(store, "2026-10")
        receive(store, form, late(form, date(2026, 9, 20), 6))
        new = {"new_edition": True, "reason": "lembar kertas menyusul", "today": TODAY}
        closed_period(store, office, "2026-09", **new)
        show(store, "2026-09", 2)
        closed_period(store, office, "2026-TW4", today=TODAY)
        show(store, "2026-TW4")
        writer = Writer("loket", TODAY)
        for period in ("2026-10", HIDDEN):
            plan = Plan(
                period=Period.parse(period),
                element="kecepatan",
                problem="Antrean Senin pagi",
                action=f"Menambah loket sesudah {period}",
                quarter=Period.parse("2027-TW1"),
                owner="Kasi Pelayanan Umum",
                due=date(2027, 2, 1),
            )
            made = add(store, plan, writer)
        finish(store, made.number, Completion(TODAY, "Sudah dua loket"), writer)
        app = create_app(office, store=store, lan=LAN)
        yield Town(office, store, app, app.test_client())


def public_rules(app: Flask) -> list[str]:
    return [
        rule.rule for rule in app.url_map.iter_rules() if rule.rule.startswith(f"{OWN_PAGE}/<")
    ]


def crawled(town: Town) -> dict[str, bytes]:
    """Everything that links and pictures lead to from the landing page, officers' part aside."""
    seen: dict[str, bytes] = {}
    waiting = ["/", OWN_PAGE]
    while waiting:
        path = waiting.pop()
        if path in seen or is_officers(path) or not path.startswith(("/publik", "/")):
            continue
        reply = town.client.get(path)
        seen[path] = reply.data
        if reply.mimetype == "text/html":
            found = re.findall(r'(?:href|src|srcset)="(/[^"#]*)"', reply.text)
            waiting += [
                unescape(each) for each in found if each.startswith(("/publik", "/petugas"))
            ]
    return seen


def test_nothing_unpublished_is_reached_at_any_public_address(town: Town) -> None:
    rules = public_rules(town.app)
    assert len(rules) == 3
    unknown = "0" * 64
    digits = checksum(town.closing(HIDDEN))
    for rule in rules:
        for asked, kind in ((rule, "pdf"), (rule, "png")):
            for name in (digits, digits[:16], digits.upper(), unknown, unknown[:16]):
                path = address(asked.replace("<digits>", name).replace("<kind>", kind))
                told = town.client.get(path)
                assert told.status_code == 404, path
                assert "Hasil dengan alamat ini tidak ada" in told.text
                assert 'href="/publik"' in told.text, path
                assert town.client.head(path).status_code == 404


def test_no_public_page_picture_or_poster_says_anything_of_what_is_not_published(
    town: Town,
) -> None:
    closing = town.closing(HIDDEN)
    assert closing.index is not None
    everything = crawled(town)
    assert len(everything) > 15
    form = town.office.questionnaire()
    words = comments(town.store, form, Period.parse("2026"))
    assert len(words) > 5
    for path, content in everything.items():
        for secret in (
            *(checksum(closing)[:16], f">{closing.period.label}<", number(closing.index, 2)),
            *(f"sesudah {HIDDEN}", "Antrean Senin", "Kasi Pelayanan", *words),
        ):
            assert secret.encode() not in content, (path, secret)


def test_an_office_without_publications_shows_no_result_and_no_link(office: Instance) -> None:
    with open_store(office) as store:
        receive(store, office.questionnaire(), people_of(office, "2026-10"))
        closed = closed_period(store, office, "2026-10")
        client = create_app(office, store=store).test_client()
        assert "Belum ada hasil yang diterbitkan" in client.get("/publik").text
        assert "/publik" not in client.get("/").text
        assert client.get(f"/publik/{closed.checksum}").status_code == 404
        assert client.get("/publik/tren/bulan-lebar.svg").status_code == 404
        made = show(store, "2026-10")
        assert '<a href="/publik">Hasil survei</a>' in client.get("/").text
        assert client.get(f"/publik/{closed.checksum}").status_code == 200
        withdraw(store, Period.parse("2026-10"), made.number, TODAY)
        assert client.get(f"/publik/{closed.checksum}").status_code == 404
        assert "/publik" not in client.get("/").text


def rows_of(page: str, caption: str) -> list[list[str]]:
    """The cells of a table."""
    table = next(each for each in re.findall("<table.*?</table>", page, re.S) if caption in each)
    body = table.partition("<tbody>")[2].partition("</tbody>")[0]
    return [
        [
            " ".join(unescape(re.sub("<[^>]+>", " ", cell)).split())
            for cell in re.findall("<t[hd].*?</t[hd]>", row, re.S)
        ]
        for row in re.findall("<tr.*?</tr>", body, re.S)
    ]


@pytest.mark.parametrize("period", ["2026-09", "2026-10", "2026-TW4"])
def test_whoever_counts_the_printed_answers_gets_the_printed_index(
    town: Town, period: str
) -> None:
    closing = town.closing(period)
    assert closing.index is not None
    page = town.client.get(town.place(period)).text
    total = Fraction(0)
    for row in rows_of(page, "Banyaknya jawaban"):
        levels = [int(str(read_number(cell))) for cell in row[1:5]]
        points = sum(level * n for level, n in enumerate(levels, start=1))
        assert [str(sum(levels)), str(points)] == row[5:]
        total += Fraction(points, sum(levels)) / 14
    assert total * 25 == closing.index
    assert f"= <strong>{number(closing.index, 2)}</strong>" in page
    assert "Cocok." in page
    weighted = [row[4] for row in rows_of(page, "NRR setiap unsur")]
    assert sum(Fraction(cell.replace(",", ".")) for cell in weighted) == pytest.approx(
        total, abs=0.001
    )


def test_the_whole_checksum_and_its_first_digits_name_the_same_result(town: Town) -> None:
    digits = checksum(town.closing("2026-10"))
    pages = [
        town.client.get(f"/publik/{name}").data
        for name in (digits[:16], digits, digits.upper(), digits[:16].upper())
    ]
    assert len(set(pages)) == 1
    assert digits.encode() in pages[0]


def test_an_older_edition_says_which_is_the_newer_and_is_counted_all_the_same(town: Town) -> None:
    older, newer = town.place("2026-09", 1), town.place("2026-09", 2)
    page = town.client.get(older).text
    assert "Edisi 1 ini sudah diganti" in page
    assert f'<a href="{newer}">edisi 2' in page
    assert "Cocok." in page
    assert "sudah diganti" not in town.client.get(newer).text
    assert town.client.get(f"{older}/poster.pdf").status_code == 404
    assert town.client.get(f"{older}/unsur-lebar.svg").status_code == 200
    overview = town.client.get("/publik").text
    assert newer in overview
    assert older not in overview


def test_an_older_edition_that_gives_single_people_away_is_counted_no_more(
    office: Instance,
) -> None:
    form = office.questionnaire()
    with open_store(office) as store:
        receive(store, form, people_of(office, "2026-10"))
        older = f"/publik/{closed_period(store, office, '2026-10').checksum[:16]}"
        show(store, "2026-10")
        receive(store, form, late(form, date(2026, 10, 20), 2))
        new = {"new_edition": True, "reason": "menyusul", "today": TODAY}
        newer = f"/publik/{closed_period(store, office, '2026-10', **new).checksum[:16]}"
        show(store, "2026-10", 2)
        client = create_app(office, store=store).test_client()
        page = client.get(older).text
        assert "tidak ditampilkan lagi" in page
        assert "<table" not in page
        assert "<img" not in page
        assert client.get(f"{older}/unsur-lebar.svg").status_code == 404
        assert "Cocok." in client.get(newer).text


def test_small_services_are_hidden_beside_all_other_results(town: Town) -> None:
    shown = shown_closings(town.store)
    sizes = {each.period: {one.code: one.n for one in each.services} for each in shown}
    hidden = hidden_beside(sizes, {each.period: each.respondents for each in shown})
    assert any(hidden.values())
    for closing in shown:
        page = town.client.get(f"/publik/{checksum(closing)[:16]}").text
        printed = {row[0]: row[1:] for row in rows_of(page, "Indeks menurut layanan")}
        for service in closing.services:
            if service.code in hidden[closing.period]:
                assert printed[service.name] == ["*", "*", "*"]
            elif service.n:
                assert printed[service.name][0] == number(service.n)


def test_a_public_poster_hides_what_the_other_results_give_away(town: Town) -> None:
    shown = shown_closings(town.store)
    hidden = {
        (closing.period, each.question): {code for code, n in each.totals if n is None}
        for closing in shown
        for each in profile_beside(closing, shown)
    }
    quarter = Period.parse("2026-TW4")
    more = 0
    for closing in shown:
        for each in closing.profile:
            own = {code for code, n in each.totals if n is None}
            beside = hidden[closing.period, each.question]
            assert own <= beside
            more += len(beside - own)
            if closing.period.months[0] in quarter.months:
                assert beside <= hidden[quarter, each.question]
    assert more, "the closings alone hide all of it, so this shows nothing"
    poster = town.client.get(f"{town.place('2026-TW4')}/poster.pdf")
    assert poster.status_code == 200


def test_the_code_of_a_poster_leads_to_the_page_that_counts_its_figure(town: Town) -> None:
    place = town.place("2026-10")
    picture = town.client.get(f"{place}/poster.png")
    assert picture.mimetype == "image/png"
    assert read_codes(picture.data) == [f"http://{LAN}{place}"]
    index = town.closing("2026-10").index
    assert index is not None
    assert number(index, 2) in town.words(place)


def test_a_poster_stays_that_of_the_published_edition_while_a_newer_one_waits(
    office: Instance,
) -> None:
    form = office.questionnaire()
    with open_store(office) as store:
        receive(store, form, people_of(office, "2026-10"))
        place = f"/publik/{closed_period(store, office, '2026-10').checksum[:16]}"
        show(store, "2026-10")
        client = create_app(office, store=store).test_client()
        before = client.get(f"{place}/poster.pdf").data
        overview = client.get("/publik").data
        receive(store, form, late(form, date(2026, 10, 20), 9))
        new = {"new_edition": True, "reason": "menyusul", "today": TODAY}
        closed_period(store, office, "2026-10", **new)
        again = create_app(office, store=store).test_client()
        assert again.get(f"{place}/poster.pdf").data == before
        assert again.get("/publik").data == overview


def test_simulated_results_say_so_everywhere(office: Instance) -> None:
    form = office.questionnaire()
    with open_store(office) as store:
        receive(store, form, people_of(office, "2026-10", simulated=True))
        place = f"/publik/{closed_period(store, office, '2026-10').checksum[:16]}"
        show(store, "2026-10")
        client = create_app(office, store=store).test_client()
        assert client.get("/publik").text.count("DATA SIMULASI") == 2  # headline and list
        assert "DATA SIMULASI" in client.get(place).text


def test_a_change_of_the_form_is_marked_and_breaks_the_line(office: Instance) -> None:
    nine = find_form("permenpanrb-14-2017")
    with open_store(office) as store:
        receive(store, nine, people_of(office, "2026-09", nine))
        closed_period(store, office, "2026-09")
        receive(store, office.questionnaire(), people_of(office, "2026-10"))
        closed_period(store, office, "2026-10")
        show(store, "2026-09")
        show(store, "2026-10")
        client = create_app(office, store=store).test_client()
        page = client.get("/publik").text
        assert page.count("formulir atau skala berganti; jangan dibandingkan") == 1
        assert "Oktober 2026 " in unescape(page)
        assert client.get("/publik/tren/bulan-lebar.svg").mimetype == "image/svg+xml"


def test_follow_up_is_told_in_deeds_not_in_problems_and_names(town: Town) -> None:
    for path in ("/publik", town.place("2026-10")):
        said = town.words(path)
        assert "0 dari 1 rencana selesai (0,00 %)" in said
        assert "Menambah loket sesudah 2026-10" in said
        assert "Belum selesai" in said


def test_pages_need_no_script_and_set_no_cookie_and_can_be_kept(town: Town) -> None:
    place = town.place("2026-TW4")
    for path, kept in (
        ("/publik", "public, no-cache"),
        (place, "public, no-cache"),
        (f"{place}/unsur-sempit.svg", "public, max-age=3600"),
        ("/publik/tren/bulan-lebar.svg", "public, max-age=3600"),
        (f"{place}/poster.pdf", "public, max-age=3600"),
    ):
        reply = town.client.get(path)
        assert (reply.status_code, reply.headers["Cache-Control"]) == (200, kept), path
        assert "Set-Cookie" not in reply.headers
        assert b"<script" not in reply.data
        again = town.client.get(path, headers={"If-None-Match": reply.headers["ETag"]})
        assert (again.status_code, again.data) == (304, b"")
        head = town.client.head(path)
        assert (head.status_code, head.data) == (200, b"")


@pytest.mark.parametrize(
    "path",
    ["/publik/", "/publik/x", "/publik/tren", "/publik/tren/abad-lebar.svg", "/publik/%00"],
)
def test_what_does_not_exist_is_not_there(town: Town, path: str) -> None:
    assert town.client.get(path).status_code == 404


def test_a_picture_has_words_and_a_table_beside_it(town: Town) -> None:
    page = town.client.get("/publik").text
    pictures = re.findall("<img[^>]*>", page)
    assert len(pictures) == 2  # the elements, and the months; one quarter makes no trend
    for picture in pictures:
        (said,) = re.findall('alt="([^"]*)"', picture)
        assert "tabel" in said or "September 2026" in said
    closing = newest_closing(town.store, Period.parse("2026-10"))
    assert closing is not None
    assert closing.index is not None
    assert number(closing.index, 2) in [row[1] for row in rows_of(page, "Indeks menurut periode")]


def test_pages_stay_indonesian_where_the_office_speaks_first_another_language(
    office: Instance,
) -> None:
    english = changed(office, 'bahasa = ["id", "en"]', 'bahasa = ["en", "id"]')
    assert '<html lang="id">' in create_app(english).test_client().get("/publik").text


def test_a_poster_can_be_looked_at(town: Town) -> None:
    content = town.client.get(f"{town.place('2026-TW4')}/poster.png").data
    assert Image.open(io.BytesIO(content)).size[0] == 1080


def test_of_comments_the_public_reads_the_cleaned_words_and_the_answer_that_were_published(
    town: Town,
) -> None:
    form = town.office.questionnaire()
    for month in ("2026-10", HIDDEN):
        published, kept, *_ = received_comments(town.store, form, Period.parse(month), TODAY)
        for received, public in ((published, True), (kept, False)):
            handling = Handling(
                cleaned=f"<b>Kursi</b> kurang {month} {public}",
                topic="kenyamanan",
                answer=f"Sudah ditambah {month} {public}",
                published=public,
                follow_up=None,
            )
            handle(town.store, form, received.id, handling, "kepala", TODAY)
    said = town.words(town.place("2026-10"))
    assert "<b>Kursi</b> kurang 2026-10 True" in said
    assert "Tanggapan kantor: Sudah ditambah 2026-10 True" in said
    assert HIDDEN not in said
    assert f"Sudah ditambah {HIDDEN} True" in town.words(town.place("2026-TW4"))
    assert not any(b"False" in content for content in crawled(town).values())
