"""DOCX, PDF and HTML say the same, keep the rules of their formats, and hide no number."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from typing import Any

import lxml.html
import pdfplumber
import pytest
from complete_plan import complete_plan
from document_readers import first_difference, read_model, words
from docx_reader import audit_faults, read_docx
from libreoffice import converted
from offices import changed
from pdf_reader import conformance_faults
from reports import READERS, Files, built, model, numbers

from lkip.plan import load_plan
from lkip.realisations import realise
from lkip.report import build_report
from lkip.results import results
from skm import instance
from skm.document.provenance import without_marks
from skm.document.register import MARK, Register
from skm.instance import Instance


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Instance:
    made = instance.init(tmp_path_factory.mktemp("kantor") / "pakusari")
    made.plan(2026).write_text(complete_plan(), encoding="utf-8")
    return made


@pytest.fixture(scope="module")
def of_2020(sample: Instance, tmp_path_factory: pytest.TempPathFactory) -> Files:
    return built(sample, 2020, tmp_path_factory.mktemp("laporan"))


@pytest.fixture(scope="module")
def of_2026(sample: Instance, tmp_path_factory: pytest.TempPathFactory) -> Files:
    return built(sample, 2026, tmp_path_factory.mktemp("laporan"))


@pytest.fixture(params=["of_2020", "of_2026"])
def files(request: pytest.FixtureRequest) -> Files:
    found = request.getfixturevalue(request.param)
    assert isinstance(found, Files)
    return found


@pytest.mark.parametrize("kind", READERS)
def test_every_format_has_the_same_words_in_the_same_order(
    sample: Instance, files: Files, kind: str
) -> None:
    wanted = read_model(model(sample, files.year)).words
    assert len(wanted) > 1000
    assert first_difference(wanted, files.reading(kind).words) is None


@pytest.mark.parametrize("kind", READERS)
def test_every_format_lists_what_it_holds(sample: Instance, of_2020: Files, kind: str) -> None:
    wanted = [words(entry) for entry, _ in read_model(model(sample, 2020)).entries]
    assert [words(entry) for entry, _ in of_2020.reading(kind).entries] == wanted


def test_one_changed_digit_is_found_at_its_place(sample: Instance, of_2020: Files) -> None:
    forged = io.BytesIO()
    old = zipfile.ZipFile(io.BytesIO(of_2020.bytes("docx")))
    with old, zipfile.ZipFile(forged, "w") as new:
        for entry in old.infolist():
            content = old.read(entry).replace(b"146.842.450,00", b"146.842.451,00", 1)
            new.writestr(entry.filename, content)
    wanted = read_model(model(sample, 2020)).words
    difference = first_difference(wanted, read_docx(forged.getvalue()).words)
    assert difference is not None
    assert "146.842.450,00" in difference
    assert "146.842.451,00" in difference


def test_every_number_of_the_pdf_is_in_the_register(files: Files) -> None:
    entered = {found for entry in files.register for found in numbers(entry["text"])}
    reading = files.reading("pdf")
    shown = [found for text in (*reading.texts, *reading.alts) for found in numbers(text)]
    assert len(shown) > 200
    assert set(shown) <= entered


def test_every_number_of_a_chart_is_in_the_register(of_2020: Files) -> None:
    entered = {found for entry in of_2020.register for found in numbers(entry["text"])}
    drawn = re.findall(rb">([0-9.]+,[0-9]+)(?: %)?</text>", _svgs(of_2020))
    assert len(drawn) == 14 + 2 * 5 + 3  # elements, programmes twice, parts of the money
    assert {text.decode() for text in drawn} <= entered


def _svgs(files: Files) -> bytes:
    import base64

    encoded = re.findall(rb"data:image/svg\+xml;base64,([A-Za-z0-9+/=]+)", files.bytes("html"))
    return b"".join(base64.b64decode(svg) for svg in encoded)


def test_a_number_that_nobody_entered_would_be_seen(of_2020: Files) -> None:
    entered = {found for entry in of_2020.register for found in numbers(entry["text"])}
    assert not {"97,30 %", "1.530.139.516,00", "81,73"} & {*entered}


def test_the_register_says_where_its_figures_come_from(of_2020: Files) -> None:
    by_text: dict[str, list[str]] = {}
    for entry in of_2020.register:
        by_text.setdefault(entry["text"], []).append(entry["source"])
    assert any("realisasi 69,46, target 85" in source for source in by_text["81,72 %"])
    assert any("skm/2020.csv" in source for source in by_text["69,46"])
    assert any("tabel_3_1" in source for source in by_text["85"])


def test_every_number_of_the_page_shows_its_source_when_clicked(of_2020: Files) -> None:
    page: Any = lxml.html.fromstring(of_2020.bytes("html"))
    for dead in page.xpath("//head | //math | //a | //img | //tr[@class='index']"):
        dead.drop_tree()
    silent = page.xpath("//text()[not(parent::data)]")
    assert [text for text in silent if numbers(str(text))] == []
    entered = {(entry["text"], entry["source"]) for entry in of_2020.register}
    shown = {(mark.text.casefold(), mark.get("data-source")) for mark in page.iter("data")}
    assert shown <= {(text.casefold(), source) for text, source in entered}


def test_a_number_that_stands_in_many_places_has_the_source_of_each(of_2020: Files) -> None:
    page: Any = lxml.html.fromstring(of_2020.bytes("html"))

    def sources(block: str, text: str) -> list[str]:
        marks = page.get_element_by_id(block).iter("data")
        return [str(mark.get("data-source")) for mark in marks if mark.text == text]

    (measured,) = sources("pengukuran.tabel", "81,72 %")
    assert measured == ("dihitung: capaian skm: realisasi 69,46, target 85, rumus ratio, arah up")
    second, third = sources("pengukuran.tabel", "100,00 %")
    assert second.startswith("dihitung: capaian rekomendasi")
    assert third.startswith("dihitung: capaian desa")
    assert sources("simpulan.hitung@s2", "100,00 %") == [
        "dihitung: rata-rata capaian indikator sasaran s2"
    ]
    assert sources("survei.sebaran@skm", "70") == [
        f"skm/2020.csv, baris {place}" for place in (9, 12, 13)
    ]
    promised, spent = sources("kegiatan.tabel@s2.1.3", "9 orang")
    assert promised != spent


def test_no_mark_of_an_occurrence_is_left_in_any_file(of_2020: Files) -> None:
    for kind in READERS:
        words = " ".join(of_2020.reading(kind).words)
        assert not MARK.search(words), kind
    assert not MARK.search(of_2020.bytes("html").decode())
    assert not MARK.search(_svgs(of_2020).decode())


def test_the_pdf_is_archival_and_accessible(files: Files) -> None:
    assert conformance_faults(files.bytes("pdf")) == []


def test_the_docx_opens_clean_in_word(files: Files, tmp_path: Path) -> None:
    assert audit_faults(files.bytes("docx"), tmp_path) == []


def test_libreoffice_shows_every_word_of_the_docx(of_2020: Files, tmp_path: Path) -> None:
    file = of_2020.folder / "laporan-kinerja-2020.docx"
    with pdfplumber.open(converted(file, tmp_path, "pdf")) as opened:
        shown = "".join("".join(page.extract_text(layout=False).split()) for page in opened.pages)
    wanted = of_2020.reading("docx").words
    assert len(wanted) > 5000
    assert {word for word in wanted if word not in shown} == set()


@pytest.mark.parametrize("kind", READERS)
def test_two_builds_are_equal_byte_for_byte(
    sample: Instance, of_2020: Files, tmp_path: Path, kind: str
) -> None:
    assert built(sample, 2020, tmp_path).bytes(kind) == of_2020.bytes(kind)
    assert (tmp_path / "register-2020.json").read_bytes() == (
        of_2020.folder / "register-2020.json"
    ).read_bytes()


def test_contents_carry_the_printed_page_numbers(of_2020: Files) -> None:
    with pdfplumber.open(io.BytesIO(of_2020.bytes("pdf"))) as opened:
        texts = [page.extract_text() for page in opened.pages]
    feet = {text.splitlines()[-1]: text for text in texts[1:]}
    pages = dict(of_2020.reading("pdf").entries)
    assert pages["KATA PENGANTAR"] == "i"
    assert pages["BAB I PENDAHULUAN"] == "1"
    for entry in ("BAB III AKUNTABILITAS KINERJA", "BAB IV PENUTUP"):
        assert entry.split(maxsplit=2)[2] in feet[pages[entry]]
    assert dict(of_2020.reading("docx").entries)["BAB IV PENUTUP"] == pages["BAB IV PENUTUP"]


def test_the_chart_is_described_for_those_who_do_not_see_it(of_2020: Files) -> None:
    _, scores, programmes, shares = of_2020.reading("pdf").alts
    assert "Terendah Penanganan pengaduan dan saran dengan 47,50" in scores
    assert "tertinggi Keamanan dengan 92,50" in scores
    assert "Disiplin Aparatur 24.300.000,00, 7.200.000,00" in programmes
    assert "Meningkatnya Kualitas Pelayanan 5,55 %" in shares


def test_wide_annexes_are_turned_and_none_is_signed_on_an_empty_page(of_2020: Files) -> None:
    with pdfplumber.open(io.BytesIO(of_2020.bytes("pdf"))) as opened:
        pages = [(page.width > page.height, page.extract_text()) for page in opened.pages]
    turned = [text for is_turned, text in pages if is_turned]
    assert "RENCANA STRATEGIS (RS) 2016-2021" in turned[0]
    assert all(len(text) > 400 for text in turned)


def test_an_office_chooses_paper_and_font(sample: Instance, tmp_path: Path) -> None:
    own = instance.init(tmp_path / "kantor")
    own = changed(own, 'kertas = "F4"', 'kertas = "A4"\nhuruf = "Times New Roman"')
    with pdfplumber.open(io.BytesIO(built(own, 2020, tmp_path).bytes("pdf"))) as opened:
        assert round(opened.pages[0].height * 25.4 / 72) == 297
        fonts = {char["fontname"].partition("+")[2] for char in opened.pages[0].chars}
    assert fonts == {"LiberationSerif-Bold"}


@pytest.mark.parametrize(("kind", "times"), [("basah", 0), ("elektronik", 1)])
def test_an_electronic_signature_has_its_tag_exactly_once(
    tmp_path: Path, kind: str, times: int
) -> None:
    own = instance.init(tmp_path / "kantor")
    own = changed(own, 'tanda_tangan = "basah"', f'tanda_tangan = "{kind}"')
    texts = built(own, 2020, tmp_path).reading("pdf").texts
    assert sum(text.count("#") for text in texts) == times


def test_marks_change_nothing_but_the_sources_of_the_page(office: Instance) -> None:
    plan = office.plan(2020)
    outcome = results(load_plan(plan), realise(load_plan(plan), office))
    marked = build_report(outcome, office.office, Register(marking=True), plan)
    assert without_marks(marked) == build_report(outcome, office.office, Register(), plan)
