"""A report edited in a word processor comes back as wording; its figures do not."""

from __future__ import annotations

import re
import tomllib
import zipfile
from pathlib import Path

import pytest
from commands import lkip
from edited_files import edited
from hostile_files import DAMAGED
from libreoffice import converted
from reports import built

from lkip.edited_report import compared
from lkip.read_back import ReadBack
from skm.errors import SkmError
from skm.instance import Instance


@pytest.fixture
def report(office: Instance, tmp_path: Path) -> Path:
    """The DOCX of 2020."""
    built(office, 2020, tmp_path / "laporan")
    return tmp_path / "laporan" / "laporan-kinerja-2020.docx"


def read(office: Instance, file: Path) -> ReadBack:
    return compared(office, file, 2020)[1]


def test_a_report_as_it_was_built_has_nothing_changed(office: Instance, report: Path) -> None:
    assert read(office, report) == ReadBack((), (), (), ())


def test_a_sentence_that_was_worded_anew_is_found_with_its_placeholders(
    office: Instance, report: Path
) -> None:
    file = edited(report, ("Berkat rahmat-Nya", "Atas rahmat-Nya"))
    (change,) = read(office, file).changes
    assert change.key == "pengantar.syukur"
    assert "Atas rahmat-Nya, Laporan Kinerja {kantor} Tahun {tahun}" in change.text


def test_an_accepted_change_stands_in_the_next_report_and_the_plan_keeps_its_comments(
    office: Instance, report: Path
) -> None:
    plan = office.plan(2020)
    before = plan.read_text(encoding="utf-8")
    file = edited(report, ("Berkat rahmat-Nya", "Atas rahmat-Nya"))
    done = lkip("read-back", file, "--accept", "--instance", office.root)
    assert done.status == 0
    assert "[-Berkat-] {+Atas+}" in done.out
    after = plan.read_text(encoding="utf-8")
    assert after.startswith(before.rstrip("\n"))
    assert list(tomllib.loads(after)["narrative"]) == ["pengantar.syukur"]
    again = built(office, 2020, report.parent)
    assert "Atas" in again.reading("pdf").words
    assert read(office, again.folder / "laporan-kinerja-2020.docx").changes == ()


def test_without_a_yes_nothing_is_written(office: Instance, report: Path) -> None:
    plan = office.plan(2020)
    before = plan.read_bytes()
    file = edited(report, ("Berkat rahmat-Nya", "Atas rahmat-Nya"))
    done = lkip("read-back", file, "--instance", office.root)
    assert done.status == 0
    assert "Belum ada yang disimpan" in done.out
    assert plan.read_bytes() == before


@pytest.mark.parametrize(
    ("before", "after", "place"),
    [
        ("81,72 %", "91,72 %", "ikhtisar.sasaran@s1"),
        ("146.842.450,00", "146.842.451,00", "kegiatan.tabel@penunjang.1.1"),
        ("menyelenggarakan urusan pemerintahan umum;", "urusan umum;", "bab_1.organisasi.tugas"),
    ],
)
def test_a_changed_figure_or_fact_is_refused_with_its_place(
    office: Instance, report: Path, before: str, after: str, place: str
) -> None:
    found = read(office, edited(report, (before, after)))
    (refused,) = found.refusals
    assert refused.place.startswith(place)
    assert "ubah di data" in refused.reason
    assert found.changes == ()


def test_a_figure_that_is_typed_into_a_sentence_is_refused(office: Instance, report: Path) -> None:
    file = edited(report, ("Berkat rahmat-Nya", "Berkat 7 rahmat-Nya"))
    (refused,) = read(office, file).refusals
    assert refused.reason == "Angka 7 diketik dalam dokumen; ubah di data."


def test_the_command_fails_when_a_figure_was_changed_and_says_where(
    office: Instance, report: Path
) -> None:
    done = lkip("read-back", edited(report, ("81,72 %", "91,72 %")), "--instance", office.root)
    assert done.status == 1
    assert "Ditolak: ikhtisar.sasaran@s1" in done.out
    assert "[-81,72-] {+91,72+}" in done.out


def test_paragraphs_typed_in_or_taken_out_are_listed_and_never_dropped(
    office: Instance, report: Path
) -> None:
    new = "<w:p><w:r><w:t>Ucapan terima kasih tambahan.</w:t></w:r></w:p>"
    file = edited(report, ("<w:body>", f"<w:body>{new}"))
    text = zipfile.ZipFile(file).read("word/document.xml").decode()
    (gone,) = re.findall(r"<w:p>(?:(?!</w:p>).)*Puji syukur(?:(?!</w:p>).)*</w:p>", text)
    found = read(office, edited(file, (gone, "")))
    assert found.unplaced == ("Ucapan terima kasih tambahan.",)
    (removed,) = found.removed
    assert removed.startswith("Puji syukur")


def test_a_wording_of_two_places_is_changed_in_one_way_only(
    office: Instance, report: Path
) -> None:
    file = edited(
        report,
        ("Sasaran ini mewujudkan tujuan: ", "Sasaran ini menuju: "),
        ("Sasaran ini mewujudkan tujuan: ", "Sasaran ini untuk: "),
    )
    found = read(office, file)
    assert found.changes == ()
    assert {refused.place for refused in found.refusals} == {"analisis.tujuan"}


def test_libreoffice_keeps_every_place_and_only_the_edit_is_found(
    office: Instance, report: Path
) -> None:
    saved = converted(report, report.parent / "disimpan", "docx")
    assert read(office, saved) == ReadBack((), (), (), ())
    (change,) = read(office, edited(saved, ("Berkat rahmat-Nya", "Atas rahmat-Nya"))).changes
    assert change.key == "pengantar.syukur"


@pytest.mark.parametrize("content", DAMAGED.values(), ids=DAMAGED)
def test_a_package_that_cannot_be_read_is_refused(
    office: Instance, tmp_path: Path, content: bytes
) -> None:
    file = tmp_path / "laporan.docx"
    file.write_bytes(content)
    with pytest.raises(SkmError, match="bukan dokumen DOCX yang utuh"):
        read(office, file)


@pytest.mark.parametrize("content", [b"", b"bukan zip", b"PK\x03\x04 rusak"])
def test_a_file_that_is_no_docx_is_refused_in_one_line(
    office: Instance, tmp_path: Path, content: bytes
) -> None:
    (tmp_path / "laporan-2020.docx").write_bytes(content)
    done = lkip("read-back", tmp_path / "laporan-2020.docx", "--instance", office.root)
    assert done.status == 2
    assert "bukan dokumen DOCX yang utuh" in done.err
    assert len(done.err.splitlines()) == 1


def test_a_file_of_no_known_year_is_asked_for_it(office: Instance, report: Path) -> None:
    file = report.with_name("laporan.docx")
    with zipfile.ZipFile(report) as old, zipfile.ZipFile(file, "w") as new:
        for entry in old.infolist():
            if entry.filename != "docProps/core.xml":
                new.writestr(entry, old.read(entry))
    with pytest.raises(SkmError, match="--year TAHUN"):
        compared(office, file)
