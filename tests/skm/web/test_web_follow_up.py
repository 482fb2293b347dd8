"""The pages of the follow-up plan: planned upon a closing, finished with pictures."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import date, timedelta
from html import unescape

import pytest
from closed_offices import closed_period, people_of, receive
from flask import Flask
from flask.testing import FlaskClient
from photographs import COMMENT, OWNER, PDF, opened, photograph
from visiting import NAMES, add_officers, csrf_of, officer, post
from werkzeug.test import TestResponse

from skm import instance
from skm.instance import Instance
from skm.period import Period
from skm.store import Store, follow_up, open_store
from skm.store.evidence import LARGEST_PICTURE, evidence
from skm.web.app import create_app
from skm.web.officer_pages.follow_up_overview import quarters_from, results, usual_quarter
from skm.web.uploads import LARGEST_FILE

PAGE = "/petugas/tindak-lanjut"
OCTOBER = Period.parse("2026-10")


@pytest.fixture(scope="module")
def closed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Instance, Store]]:
    """An office with an officer of each role that closed October."""
    made = instance.init(tmp_path_factory.mktemp("kantor") / "k")
    with open_store(made) as store:
        add_officers(store)
        receive(store, made.questionnaire(), people_of(made, "2026-10"))
        closed_period(store, made, "2026-10")
        yield made, store


@pytest.fixture
def store(closed: tuple[Instance, Store]) -> Iterator[Store]:
    """The store of the office, without any plan."""
    yield closed[1]
    with closed[1].writing() as db:
        db.execute("DELETE FROM follow_up")
        db.execute("DELETE FROM evidence")


@pytest.fixture(scope="module")
def app(closed: tuple[Instance, Store]) -> Flask:
    return create_app(closed[0], store=closed[1])


@pytest.fixture(scope="module")
def client(app: Flask) -> FlaskClient:
    return officer(app, "petugas")


def words(page: TestResponse) -> str:
    return " ".join(unescape(re.sub("<[^>]+>", " ", page.text)).split())


def plan(**changes: str) -> dict[str, str]:
    """A line as it is filled in."""
    quarter = usual_quarter(date.today())
    return {
        "element": "keamanan",
        "problem": "Parkir tidak dijaga.",
        "action": "Menempatkan petugas jaga.",
        "owner": "Kasi Trantib",
        "quarter": str(quarter),
        "due": "",
        **changes,
    }


@pytest.fixture
def number(store: Store, client: FlaskClient) -> int:
    """The number of a line that was planned."""
    assert post(client, f"{PAGE}/baru?periode=2026-10", **plan()).status_code == 303
    return follow_up.all_follow_ups(store)[-1].number


def finish(
    client: FlaskClient, number: int, *files: tuple[bytes, str], **fields: str
) -> TestResponse:
    """Send what was done, with files."""
    said = {"result": "Petugas jaga ditempatkan.", "done": "2026-11-20", **fields}
    sent = [(io.BytesIO(content), name) for content, name in files] or [(io.BytesIO(), "")]
    data = {"csrf_token": csrf_of(client), **said, "files": sent}
    return client.post(f"{PAGE}/{number}/selesai", data=data, content_type="multipart/form-data")


def test_the_lowest_elements_of_the_closing_are_offered_with_words(
    closed: tuple[Instance, Store], store: Store, client: FlaskClient
) -> None:
    (result,) = results(store, closed[0])
    shown = words(client.get(PAGE))
    assert "Belum ada rencana untuk hasil ini." in shown
    page = client.get(PAGE).text
    offered = re.findall(r'baru\?periode=2026-10&amp;unsur=(\w+)"', page)
    assert offered == [element.code for element in result.priorities]
    for code in offered:
        draft = client.get(f"{PAGE}/baru?periode=2026-10&unsur={code}").text
        assert re.search(rf'<option selected value="{code}">', draft)
        problem, action = (
            unescape(each).strip() for each in re.findall(r"<textarea[^>]*>([^<]+)<", draft)
        )
        assert problem.endswith(".")
        other = client.get(f"{PAGE}/baru?periode=2026-10&unsur={code}&usul=1").text
        assert action not in re.findall(r"<textarea[^>]*>([^<]+)<", other)


def test_a_line_is_planned_and_leaves_the_list_of_what_is_not(
    closed: tuple[Instance, Store], store: Store, client: FlaskClient
) -> None:
    code = results(store, closed[0])[0].priorities[0].code
    reply = post(client, f"{PAGE}/baru?periode=2026-10", **plan(element=code))
    assert (reply.status_code, reply.location) == (303, PAGE)
    page = client.get(PAGE)
    assert f'unsur={code}"' not in page.text
    assert "0 dari 1 selesai (0,00 %)" in words(page)
    (item,) = follow_up.all_follow_ups(store)
    assert (item.period, item.due, item.who) == (OCTOBER, item.quarter.last_day, NAMES["petugas"])


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"problem": ""}, "Belum diisi."),
        ({"action": "x" * 1001}, "Paling banyak 1000 huruf."),
        ({"element": "tidak-ada"}, "Pilihan ini tidak ada."),
        ({"quarter": "2019-TW1"}, "Pilihan ini tidak ada."),
        ({"due": "2019-01-01"}, "Tenggat di luar triwulannya"),
        ({"due": "kapan"}, "Bukan tanggal."),
    ],
)
def test_a_plan_with_a_fault_comes_back_with_all_that_was_typed(
    store: Store, client: FlaskClient, number: int, changes: dict[str, str], said: str
) -> None:
    typed = plan(owner="Sekretaris Kecamatan", **changes)
    for path in (f"{PAGE}/baru?periode=2026-10", f"{PAGE}/{number}/ubah"):
        reply = post(client, path, **typed)
        assert reply.status_code == 422
        assert said in words(reply)
        assert 'value="Sekretaris Kecamatan"' in reply.text
    assert [each.owner for each in follow_up.all_follow_ups(store)] == ["Kasi Trantib"]


def test_a_period_that_is_not_closed_has_no_plan(client: FlaskClient) -> None:
    assert client.get(f"{PAGE}/baru?periode=2026-09").status_code == 404
    assert post(client, f"{PAGE}/baru?periode=2026-09", **plan()).status_code == 404


def test_before_the_first_closing_the_page_says_so(office: Instance) -> None:
    with open_store(office) as store:
        add_officers(store)
        client = officer(create_app(office, store=store), "petugas")
        assert "Belum ada periode yang ditutup." in words(client.get(PAGE))
        assert client.get(f"{PAGE}/baru").location == PAGE
        assert post(client, f"{PAGE}/baru", **plan()).location == PAGE


def test_a_line_is_finished_with_pictures_that_tell_no_place(
    store: Store, client: FlaskClient, number: int
) -> None:
    reply = finish(client, number, (photograph(), "IMG_1.JPG"), (PDF, "notulen.pdf"))
    assert (reply.status_code, reply.location) == (303, f"{PAGE}/{number}")
    page = client.get(reply.location).text
    assert "selesai" in page
    sources = re.findall(
        r'<img src="(/petugas/bukti/[0-9a-f]{64})" alt="Bukti 1: Menempatkan', page
    )
    assert len(sources) == 1
    shown = client.get(sources[0])
    assert (shown.status_code, shown.mimetype) == (200, "image/jpeg")
    assert not opened(shown.data).getexif()
    for told in (b"Exif", OWNER.encode(), COMMENT):
        assert told not in shown.data
    letter = follow_up.all_follow_ups(store)[-1].evidence[1]
    saved = client.get(f"/petugas/bukti/{letter}")
    assert (saved.data, saved.mimetype) == (PDF, "application/pdf")
    assert saved.headers["Content-Disposition"].startswith("attachment; filename=bukti-")
    assert "1 dari 1 selesai (100,00 %)" in words(client.get(PAGE))


def test_pictures_stay_unless_they_are_unticked(
    store: Store, client: FlaskClient, number: int
) -> None:
    finish(client, number, (photograph(400, 300, colour="#00f"), "a.jpg"))
    (first,) = follow_up.all_follow_ups(store)[-1].evidence
    assert (
        f'checked id="kept-0" name="kept" type="checkbox" value="{first}"'
        in client.get(f"{PAGE}/{number}").text
    )
    finish(client, number, (photograph(400, 300, colour="#0f0"), "b.jpg"), kept=first)
    assert len(follow_up.all_follow_ups(store)[-1].evidence) == 2
    finish(client, number, kept="0" * 64)  # of another line, or gone meanwhile
    assert follow_up.all_follow_ups(store)[-1].evidence == ()
    assert evidence(store, first) is None


@pytest.mark.parametrize(
    ("files", "fields", "said"),
    [
        pytest.param(
            [(b"MZ" * 99, "foto.jpg")], {}, "foto.jpg: Berkas ini tidak dapat", id="kind"
        ),
        pytest.param([(b"<svg/>", "<b>.svg")], {}, "<b>.svg: Berkas ini", id="svg"),
        pytest.param([(b"", "kosong.jpg")], {}, "kosong.jpg: Berkas kosong", id="empty"),
        pytest.param(
            [(bytes(LARGEST_PICTURE + 1), "besar.png")],
            {},
            "besar.png: Gambar terlalu besar",
            id="large",
        ),
        pytest.param(
            [(photograph(400, 300), "baik.jpg"), (b"x", "buruk.jpg")],
            {},
            "buruk.jpg",
            id="one of two",
        ),
        pytest.param([], {"done": "2999-01-01"}, "Tanggal selesai belum tiba", id="day to come"),
        pytest.param([], {"done": ""}, "Belum diisi.", id="no day"),
    ],
)
def test_a_refused_completion_changes_nothing_and_keeps_what_was_typed(
    store: Store,
    client: FlaskClient,
    number: int,
    files: list[tuple[bytes, str]],
    fields: dict[str, str],
    said: str,
) -> None:
    before = follow_up.all_follow_ups(store)
    reply = finish(client, number, *files, result="Ditata & dijaga", **fields)
    assert reply.status_code == 422
    assert said in words(reply)
    assert "Ditata &amp; dijaga" in reply.text
    assert follow_up.all_follow_ups(store) == before
    assert store.reader["evidence"].count == 0


def test_more_than_a_page_may_bring_is_refused_in_words(
    store: Store, client: FlaskClient, number: int
) -> None:
    reply = finish(client, number, (bytes(LARGEST_FILE), "film.mp4"))
    assert reply.status_code == 413
    assert "satu berkas paling besar 15 MB" in words(reply)
    assert follow_up.all_follow_ups(store)[-1].done is None


def test_the_report_of_the_plan_is_downloaded_beside_it(client: FlaskClient, number: int) -> None:
    finish(client, number, (photograph(400, 300), "a.jpg"))
    links = re.findall(rf'href="({PAGE}/laporan/2026-10/\w+)"', client.get(PAGE).text)
    assert len(links) == 3
    reply = client.get(next(link for link in links if link.endswith("pdf")))
    assert (reply.status_code, reply.mimetype) == (200, "application/pdf")
    name = "laporan-tindak-lanjut-2026-10.pdf"
    assert reply.headers["Content-Disposition"] == f"attachment; filename={name}"
    assert reply.data.startswith(b"%PDF")
    assert client.get(f"{PAGE}/laporan/2026-10/xlsx").status_code == 404
    for period, why in (("2026-09", "Belum ada jawaban"), ("2026-13", "Periode tidak dikenal")):
        refused = client.get(f"{PAGE}/laporan/{period}/pdf")
        assert (refused.status_code, why in words(refused)) == (422, True)


def test_a_line_is_opened_again_changed_and_taken_out(
    store: Store, client: FlaskClient, number: int
) -> None:
    finish(client, number, (photograph(400, 300), "a.jpg"))
    assert post(client, f"{PAGE}/{number}/buka").status_code == 303
    assert follow_up.all_follow_ups(store)[-1].done is None
    changed = post(client, f"{PAGE}/{number}/ubah", **plan(action="Menata parkir."))
    assert changed.location == f"{PAGE}/{number}"
    assert "Menata parkir." in words(client.get(f"{PAGE}/{number}"))
    assert post(client, f"{PAGE}/{number}/hapus").location == PAGE
    assert follow_up.all_follow_ups(store) == ()
    assert store.reader["evidence"].count == 0
    for path in ("", "/ubah"):
        assert client.get(f"{PAGE}/{number}{path}").status_code == 404


def test_a_line_past_its_day_is_marked(store: Store, client: FlaskClient, number: int) -> None:
    with store.writing() as db:
        db.execute("UPDATE follow_up SET quarter = '2025-TW4', due = '2025-12-31'")
    assert "lewat tenggat" in words(client.get(PAGE))
    draft = client.get(f"{PAGE}/{number}/ubah").text
    assert '<option selected value="2025-TW4">' in draft, "what a line has may stay"


def test_a_planner_reads_and_changes_nothing(app: Flask, client: FlaskClient, number: int) -> None:
    finish(client, number, (photograph(400, 300), "a.jpg"))
    planner = officer(app, "perencana")
    assert "1 dari 1 selesai" in words(planner.get(PAGE))
    page = planner.get(f"{PAGE}/{number}").text
    (source,) = re.findall(r'<img src="([^"]+)"', page)
    assert planner.get(source).status_code == 200
    main = page.partition("<main")[2]
    assert "<form" not in main
    assert "Tambah rencana" not in planner.get(PAGE).text
    for path in ("/baru", f"/{number}/ubah"):
        assert planner.get(f"{PAGE}{path}").status_code == 403
    for path in ("ubah", "selesai", "buka", "hapus"):
        assert post(planner, f"{PAGE}/{number}/{path}").status_code == 403


@pytest.mark.parametrize(
    ("day", "quarter"),
    [("2026-10-01", "2026-TW4"), ("2026-12-01", "2027-TW1"), ("2026-02-27", "2026-TW1")],
)
def test_the_usual_quarter_leaves_a_month(day: str, quarter: str) -> None:
    found = date.fromisoformat(day)
    assert str(usual_quarter(found)) == quarter
    assert usual_quarter(found) in quarters_from(found)
    assert usual_quarter(found).last_day - found >= timedelta(days=31)
