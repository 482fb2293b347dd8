"""The SKM report says where the result was published, and shows it."""

from __future__ import annotations

import json
import zipfile
from datetime import date
from pathlib import Path

import pytest
from closed_offices import closed_period, people_of, receive
from photographs import PDF, photograph

from skm.export.publications import make_report
from skm.instance import Instance
from skm.period import Period
from skm.store import open_store
from skm.store.evidence import prepare
from skm.store.publications import OWN_PAGE, Announcement, publish, withdraw

MARCH, TODAY = Period.parse("2026-03"), date(2026, 4, 20)


@pytest.fixture
def announced(office: Instance) -> Instance:
    """An office whose closed March hangs on the wall and stands on two pages."""
    with open_store(office) as store:
        receive(store, office.questionnaire(), people_of(office, "2026-03"))
        closed_period(store, office, "2026-03")
        for said in (
            Announcement("website", date(2026, 4, 6), OWN_PAGE),
            Announcement("cetak", date(2026, 4, 3), "loket 1", prepare(photograph(400, 300))),
            Announcement("media-sosial", TODAY, "kanal kecamatan", prepare(PDF)),
            Announcement("aplikasi", TODAY, "salah catat"),
        ):
            last = publish(store, MARCH, 1, said, "kepala", TODAY)
        withdraw(store, MARCH, last.number, TODAY)
    return office


def test_publications_stand_in_the_documentation_with_their_pictures(
    announced: Instance, tmp_path: Path
) -> None:
    word, page, register = make_report(
        announced, MARCH, TODAY, formats=("docx", "html"), folder=tmp_path
    )
    text = page.read_text("utf-8")
    text = text[text.index("Dokumentasi pelaksanaan survei dan pengumuman hasilnya") :]
    places = [
        text.index(said)
        for said in (
            "Media cetak: loket 1, 3 April 2026",
            "Website: halaman hasil survei kantor (/publik), 6 April 2026",
            "Media sosial: kanal kecamatan, 20 April 2026",
            "Bukti publikasi Media cetak: loket 1",
        )
    ]
    assert places == sorted(places)
    assert "salah catat" not in text
    with zipfile.ZipFile(word) as archive:
        pictures = [name for name in archive.namelist() if name.endswith((".jpg", ".jpeg"))]
    assert len(pictures) == 1
    entered = {row["source"] for row in json.loads(register.read_bytes())}
    assert any(source.startswith("publikasi nomor") for source in entered)


def test_without_publications_there_are_lines_to_fill_in(
    announced: Instance, tmp_path: Path
) -> None:
    with open_store(announced) as store:
        receive(store, announced.questionnaire(), people_of(announced, "2026-02"))
    page, _ = make_report(
        announced, Period.parse("2026-02"), TODAY, formats=("html",), folder=tmp_path
    )
    assert "Bukti publikasi" not in page.read_text("utf-8")
