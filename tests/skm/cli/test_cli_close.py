"""``skm close`` and ``skm purge`` as an officer types them, years that are long past."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from closed_offices import late, people_of, receive
from commands import Outcome, skm
from store_content import ids_in

from skm.form import find_form
from skm.instance import Instance
from skm.store import open_store


@pytest.fixture
def busy(office: Instance) -> Instance:
    """An office that people answered in October 2020."""
    with open_store(office) as store:
        receive(store, office.questionnaire(), people_of(office, "2020-10"))
    return office


def run(office: Instance, *arguments: object) -> Outcome:
    return skm(*arguments, "--instance", office.root)


def add_late(office: Instance) -> None:
    form = office.questionnaire()
    with open_store(office) as store:
        receive(store, form, late(form, date(2020, 10, 20), 50))


def test_a_closing_says_index_document_and_checksum(busy: Instance) -> None:
    closed = run(busy, "close", "2020-10", "--document", "070/1/2020", "--date", "2020-11-02")
    scored = run(busy, "score", "--period", "2020-10", "--json").document
    assert (closed.status, closed.err) == (0, "")
    head, index, mark = closed.out.splitlines()
    assert head.startswith("Ditutup: Oktober 2020, edisi 1, ")
    assert index.startswith(f"Indeks resmi {scored['index']:.2f}".replace(".", ","))
    assert mark == f"Sidik jari {scored['closing']['checksum']}"
    assert scored["closing"]["index"] == scored["index"]


def test_score_says_the_official_index_beside_the_live_one(busy: Instance) -> None:
    run(busy, "close", "2020-10")
    before = run(busy, "score", "--period", "2020-10").out
    assert "RESMI" in before
    assert "menyusul" not in before
    add_late(busy)
    after = run(busy, "score", "--period", "2020-10")
    assert "menyusul: 50, indeks akan menjadi" in after.out
    document = run(busy, "score", "--period", "2020-10", "--json").document
    assert document["closing"]["late"] == 50
    assert document["closing"]["index"] > document["index"]


def test_the_trend_marks_what_is_official(busy: Instance) -> None:
    run(busy, "close", "2020-10")
    add_late(busy)
    assert "resmi, edisi 1" in run(busy, "trend", "--until", "2020-10").out
    (point,) = run(busy, "trend", "--until", "2020-10", "--json").document["trend"]
    assert point["edition"] == 1
    nothing = run(busy, "trend", "--until", "2019-01").out
    assert nothing == "Belum ada hasil untuk tren sampai Januari 2019.\n"


def test_a_new_edition_says_what_changed(busy: Instance) -> None:
    run(busy, "close", "2020-10")
    add_late(busy)
    again = run(busy, "close", "2020-10", "--edition", "--reason", "lembar kertas menyusul")
    assert again.status == 0
    assert "edisi 2" in again.out
    assert "50 bertambah, 0 dihapus, 0 diperbaiki." in again.out


def test_a_period_without_responses_to_the_form_in_the_office_needs_no_choice(
    office: Instance,
) -> None:
    nine = find_form("permenpanrb-14-2017")
    with open_store(office) as store:
        receive(store, nine, people_of(office, "2020-10", nine))
    assert run(office, "close", "2020-10").status == 0
    assert run(office, "score", "--period", "2020-10", "--json").document["form"] == nine.id


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("2020-09",), "Belum ada jawaban untuk September 2020. Periksa periodenya."),
        (("2999",), "Tahun 2999 belum berakhir"),
        (("oktober",), "Periode tidak dikenal"),
        (("2020-10", "--date", "besok"), "--date: Tanggal tidak dapat dibaca"),
        (("2020-10", "--reason", "x"), "--reason hanya berlaku untuk edisi baru"),
        (("2020-10", "--edition"), "belum pernah ditutup"),
        (("2020-10", "--form", "lain"), "Formulir tidak dikenal"),
    ],
)
def test_what_cannot_be_closed_is_told_in_one_line(
    busy: Instance, arguments: tuple[str, ...], told: str
) -> None:
    refused = run(busy, "close", *arguments)
    assert (refused.status, refused.out) == (2, "")
    assert told in refused.err
    assert len(refused.err.splitlines()) == 1


def test_a_purge_tells_what_it_did_and_score_still_has_the_result(busy: Instance) -> None:
    run(busy, "backup")
    run(busy, "close", "2020-10")
    scored = run(busy, "score", "--period", "2020-10", "--json").document
    purged = run(busy, "purge", "--before", "2021")
    assert (purged.status, purged.err) == (0, "")
    assert f"Dimusnahkan sampai 31 Desember 2020: {scored['respondents']} jawaban" in purged.out
    assert "Salinan yang ikut dimusnahkan isinya: 1." in purged.out
    assert "Catatan pemusnahan: " in purged.out
    assert ids_in(busy.database) == set()
    again = run(busy, "score", "--period", "2020-10", "--json").document
    assert again["index"] == scored["index"]
    assert again["elements"] == scored["elements"]
    assert again["closing"]["purged"] == scored["respondents"]
    assert run(busy, "verify").status == 0
    assert run(busy, "export", "--period", "2020-10").status == 0


def test_a_purge_of_what_is_not_closed_is_refused(busy: Instance) -> None:
    refused = run(busy, "purge", "--before", "2021")
    assert refused.status == 2
    assert "2020-10" in refused.err
    assert "skm close" in refused.err
    assert len(ids_in(busy.database)) > 0


def test_simulated_responses_are_said_on_closing(office: Instance) -> None:
    with open_store(office) as store:
        made_up = people_of(office, "2020-10", simulated=True)
        receive(store, office.questionnaire(), made_up)
    closed = run(office, "close", "2020-10")
    assert closed.status == 0
    assert "DATA SIMULASI" in closed.err


def test_an_import_from_a_purged_year_says_why_nothing_is_stored(
    busy: Instance, tmp_path: Path
) -> None:
    run(busy, "close", "2020-10")
    run(busy, "purge", "--before", "2021")
    codes = [question.code for question in busy.questionnaire().questions]
    rows = [["tanggal", *codes], *(["2020-10-05", *["3"] * len(codes)] for _ in range(6))]
    sheet = tmp_path / "arsip.csv"
    sheet.write_text("\n".join(";".join(row) for row in rows) + "\n", encoding="utf-8")
    taken = run(busy, "import", sheet)
    assert taken.status == 0, taken.err
    assert "Disimpan: 0 baru" in taken.out
    assert "6 di antaranya dari masa sampai 31 Desember 2020 yang sudah dimusnahkan" in taken.out
    assert ids_in(busy.database) == set()
