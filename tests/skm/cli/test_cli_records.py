"""``skm export`` and ``skm served`` as an officer types them."""

from __future__ import annotations

from pathlib import Path

import pytest
from commands import Outcome, skm
from monthly import OCTOBER, fill, people
from openpyxl import load_workbook

from skm.instance import Instance
from skm.store import open_store
from skm.store.served import served_in


@pytest.fixture
def busy(office: Instance) -> Instance:
    """The sample office after a month."""
    form = office.questionnaire()
    with open_store(office) as store:
        fill(store, form, people(form, office))
    return office


def served(office: Instance, *arguments: object) -> Outcome:
    return skm("served", *arguments, "--instance", office.root)


def counts(office: Instance) -> dict[str, int]:
    with open_store(office) as store:
        return served_in(store, OCTOBER)


def test_the_exported_workbook_shows_the_index_that_skm_score_prints(busy: Instance) -> None:
    exported = skm("export", "--period", "2026-10", "--instance", busy.root)
    file = busy.reports("2026-10") / "skm-2026-10.xlsx"
    assert (exported.status, exported.out) == (0, f"Ditulis: {file}\n")
    scored = skm("score", "--period", "2026-10", "--instance", busy.root, "--json").document
    sheet = load_workbook(file, data_only=True)["Ringkasan"]
    shown = {row[0]: row[2] for row in sheet.iter_rows(values_only=True)}
    assert shown["Indeks (IKM)"] == pytest.approx(scored["index"], abs=1e-9)
    assert (shown["Mutu"], shown["Responden"]) == (scored["grade"], scored["respondents"])


@pytest.mark.parametrize("name", ["csv", "json", "parquet"])
def test_every_format_goes_where_it_is_told(busy: Instance, tmp_path: Path, name: str) -> None:
    out = tmp_path / "baru" / f"oktober.{name}"
    command = ("export", "--period", "2026-10", "--format", name, "--out", out)
    assert skm(*command, "--instance", busy.root).status == 0
    assert out.stat().st_size > 500


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--period", "2026-01"), "Belum ada jawaban untuk Januari 2026."),
        (("--period", "oktober"), "Periode tidak dikenal"),
        (("--period", "2026-10", "--form", "lain"), "Formulir tidak dikenal"),
        (("--period", "2026-10", "--format", "pdf"), "Pilihannya: xlsx, csv, json, parquet."),
        ((), "--period belum diisi."),
    ],
)
def test_what_cannot_be_exported_is_said_in_a_line(
    busy: Instance, arguments: tuple[str, ...], told: str
) -> None:
    refused = skm("export", *arguments, "--instance", busy.root)
    assert (refused.status, refused.out) == (2, "")
    assert told in refused.err
    assert "Traceback" not in refused.err


@pytest.mark.parametrize("word", [(), ("set",)])
def test_people_served_are_entered_with_or_without_the_word_set(
    office: Instance, word: tuple[str, ...]
) -> None:
    done = served(office, *word, "2026-10", "kk", "140")
    assert done.out == "Oktober 2026: 140 orang dilayani, sampel yang dibutuhkan 103.\n"
    assert counts(office) == {"kk": 140}


def test_the_office_can_be_named_first(office: Instance) -> None:
    assert skm("served", "--instance", office.root, "2026-10", "kk", 12).status == 0
    assert counts(office) == {"kk": 12}


def test_people_served_are_taken_from_a_file(office: Instance, tmp_path: Path) -> None:
    file = tmp_path / "terlayani.csv"
    file.write_text("bulan;layanan;jumlah\n2026-10;KTP-el;60\n2026-10;kk;80\n")
    assert served(office, "import", file).status == 0
    assert counts(office) == {"kk": 80, "ktp-el": 60}


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("2026-10", "kk", "1.200"), "tanpa titik dan koma"),
        (("2026-10", "kartu", "12"), "ktp-el / kk"),
        (("2026-S1", "kk", "12"), "diisi per bulan"),
        (("2026-10", "kk"), "JUMLAH belum diisi."),
        (("import", "tidak-ada.csv"), "Berkas tidak ada"),
    ],
)
def test_a_wrong_figure_is_refused_with_what_to_write(
    office: Instance, arguments: tuple[str, ...], told: str
) -> None:
    refused = served(office, *arguments)
    assert (refused.status, refused.out) == (2, "")
    assert told in refused.err
    assert counts(office) == {}
