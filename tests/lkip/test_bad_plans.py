"""A plan that is not sound is refused by ``lkip build`` in clear lines, and nothing is written."""

from __future__ import annotations

import sys

import pytest

from lkip.cli import lkip
from skm.cli.command import WRONG_USE, run
from skm.instance import Instance

TABLE = 'source = "table"\nfile = "skm/2020.csv"\nrows = "printed"'

# what is changed in the plan of 2020, into what; the key that is named, and the reason
EDITS = [
    ("year = 2020\n", "", "year", "Kunci wajib belum diisi"),
    ("year = 2020\n", "year = 2019\n", "year", "Tahun berbeda dari nama berkas"),
    ("year = 2020\n", 'year = "2020"\n', "year", "Isi kunci tidak dapat dipakai"),
    ("year = 2020\n", "year = 1945\n", "year", "Isi kunci tidak dapat dipakai"),
    ("year = 2020\n", "year = 2020\nyear = 2020\n", "", "TOML"),
    ("cut_off = 2020-12-30", "cut_off = 2021-12-30", "cut_off", "di luar yang dilaporkan"),
    ("cut_off = 2020-12-30", 'cut_off = "akhir tahun"', "cut_off", "tidak dapat dipakai"),
    ("cut_off = 2020-12-30", "cut_off = 2020-13-30", "", "TOML"),
    ("cut_off =", "cut_of =", "cut_of", "Kunci tidak dikenal"),
    ("first_year = 2016\n", "", "documents.renstra.first_year", "Kunci wajib belum diisi"),
    ("last_year = 2021\n", "last_year = 2015\n", "documents.renstra.last_year", "mendahului"),
    ("[documents.renstra]\n", "[documents.rencana]\n", "target", "tidak dikenal"),
    ('month = "2020-09" # t', 'month = "2021-09" # t', "documents.pk_perubahan.month", "di luar"),
    ('month = "2020-09" # t', 'month = "September" # t', "documents.pk_perubahan.month", "tidak"),
    ('id = "t2"', 'id = "t1"', "tujuan[2].id", "Id dipakai dua kali"),
    ('id = "s2"', 'id = "s1"', "sasaran[2].id", "Id dipakai dua kali"),
    ('id = "desa"', 'id = "skm"', "indicator[3].id", "Id dipakai dua kali"),
    ('id = "desa"', 'id = "Desa 1"', "indicator[3].id", "Isi kunci tidak dapat dipakai"),
    ('tujuan = "t2"', 'tujuan = "t9"', "sasaran[2].tujuan", "tidak dikenal"),
    ('sasaran = "s1"\nname = "Hasil', 'sasaran = "s7"\nname = "Hasil', "indicator[1].sasaran", ""),
    ('direction = "up"\nscales', 'direction = "naik"\nscales', "indicator[1].direction", "tidak"),
    ('direction = "up"\nscales', 'direction = "up"\nformula = "difference"\nscales',
     "indicator[1].formula", "Rumus tidak cocok"),
    ('scales = ["2004", "2017"]', 'scales = ["2014"]', "indicator[1].scales[1]", "Skala tidak"),
    ('year = 2020, value = 85, measured = true', "year = 2020, value = 0, measured = true",
     "indicator[1].target[10].value", "Target 0 tidak dapat diukur"),
    ("year = 2020, value = 85, measured = true", "year = 2020, value = -5, measured = true",
     "indicator[1].target[10].value", "Target tidak boleh negatif"),
    ("year = 2020, value = 85, measured = true", "year = 2020, value = 85",
     "indicator[1].target", "harus tepat satu"),
    ('year = 2020, value = "B", sumber = "Bab', 'year = 2020, value = "Z", sumber = "Bab',
     "indicator[1].target[8].value", "Target bukan angka, mutu, atau predikat"),
    ('"renstra", year = 2016, value = 70', '"renstra", year = 2015, value = 70',
     "indicator[1].target[1].year", "di luar"),
    ('document = "renstra", year = 2017', 'document = "renstra", year = 2016',
     "indicator[1].target[2].document", "Tertulis dua kali"),
    ("value = 84.81", "value = nan", "indicator[1].realisation[1].value", "tidak dapat dipakai"),
    ("year = 2019\nsource", "year = 2031\nsource", "indicator[1].realisation[1].year", "di luar"),
    ("year = 2019\nsource", "year = 2020\nsource", "indicator[1].realisation[2].year", "Tertulis"),
    ('source = "table"', 'source = "tabel"', "indicator[1].realisation[2].source", "tidak"),
    ('rows = "printed"\n', "", "indicator[1].realisation[2].rows", "Kunci wajib belum diisi"),
    ('file = "skm/2020.csv"', 'file = "../rahasia.csv"', "indicator[1].realisation[2].file", ""),
    ('file = "skm/2020.csv"', 'file = "skm/2018.csv"', "", "2018.csv"),
    ('rows = "printed"', 'rows = "strict"', "", "2020.csv"),
    (TABLE, 'source = "closing"\nperiod = "2020"',
     "indikator skm, realisasi 2020", "belum ditutup"),
    (TABLE, 'source = "closing"\nperiod = "2018"',
     "indicator[1].realisation[2].period", "Periode di luar tahun"),
    ("above = 100", "above = 50", "class[2]", "Batas kelas tidak menurun"),
    ("above = 100", "above = 100\nfrom = 100", "class[1].above", "dua batas sekaligus"),
    ('name = "CUKUP"', 'name = "BAIK"', "class[3].name", "Tertulis dua kali"),
    ('class = "BAIK"', 'class = "BAGUS"', "success.class", "Kelas tidak dikenal"),
    ('words = ["efisien", "kurang efisien"]', 'words = ["efisien"]', "efficiency.words", ""),
    ("revised = 1285490978.50\n", "", "budget.outside[1].revised", "Kunci wajib belum diisi"),
    ("revised = 8400000\n", "revised = -8400000\n", "activity[1].line[1].revised", ""),
    ("revised = 8400000\n", 'revised = "8.400.000"\n',
     "programme[1].activity[1].line[1].revised", "tidak dapat dipakai"),
    ('sasaran = "s2"\ngroup', 'sasaran = "s8"\ngroup', "programme[4].sasaran", ""),
    ('group = "langsung"\nnote', "note", "programme[1].activity[1].line[1].group", "kelompok"),
    ("date = 2021-01-18", "date = 2020-06-18", "signing.date", "di luar yang dilaporkan"),
    ("date = 2021-01-18\n", "", "signing.date", "Kunci wajib belum diisi"),
    ('kind = "rkt"', 'kind = "peta"', "annex[2].kind", "Lampiran peta tidak ada bentuknya"),
    ('kind = "iku"', 'kind = "iku"\ndate = 2020-01-01', "annex[4].month", "Tanggal ditulis dua"),
    ("[letterhead]", '[narrative]\n"pengantar.sukur" = "x"\n[letterhead]',
     "narrative.pengantar.sukur", "Kunci naskah tidak dikenal"),
    ("[letterhead]", '[narrative]\n"pengantar.syukur" = "{camat}"\n[letterhead]',
     "pengantar.syukur", "Isian naskah tidak dikenal"),
]  # fmt: skip

# these disagree with more than one record of the plan, or with several rows of a table
CAUSES_MORE = {
    "year = 2019\n", "cut_of =", "[documents.rencana]\n", 'id = "t1"', 'id = "s1"',
    'rows = "strict"', "note",
}  # fmt: skip


def refused(
    office: Instance,
    text: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> list[str]:
    """The lines that ``lkip build`` refuses a plan with."""
    office.plan(2020).write_text(text, encoding="utf-8")
    monkeypatch.setattr(sys, "argv", ["lkip", "build", "2020", "--instance", str(office.root)])
    assert run(lkip) == WRONG_USE
    told = capsys.readouterr()
    assert told.out == ""
    assert "Traceback" not in told.err
    assert not office.reports(2020).exists()
    return told.err.splitlines()


@pytest.mark.parametrize(("old", "new", "key", "reason"), EDITS)
def test_a_bad_plan_names_file_key_and_reason(
    office: Instance,
    old: str,
    new: str,
    key: str,
    reason: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    text = office.plan(2020).read_text(encoding="utf-8")
    assert old in text
    lines = refused(office, text.replace(old, new, 1), monkeypatch, capsys)
    assert len(lines) == 1 or new in CAUSES_MORE
    (line,) = [line for line in lines if key in line and reason in line][:1]
    assert str(office.root / "lkip") in line or "skm" in line


def test_there_are_at_least_forty_kinds() -> None:
    assert len(EDITS) + 3 >= 40


@pytest.mark.parametrize(
    ("text", "reason"), [("", "Kunci wajib"), ("\x00", "TOML"), ("[[programme", "TOML")]
)
def test_a_file_that_holds_no_plan_is_refused(
    office: Instance,
    text: str,
    reason: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert reason in "\n".join(refused(office, text, monkeypatch, capsys))


def test_a_budget_line_without_programme_is_refused(
    office: Instance, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    text = office.plan(2020).read_text(encoding="utf-8")
    loose = '\n[[line]]\nname = "Belanja lepas"\ninitial = 1\nrevised = 1\n'
    (line,) = refused(office, text + loose, monkeypatch, capsys)
    assert "line: Kunci tidak dikenal" in line
