"""The year's end: the index of a closed year in the report, as skm score prints it."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from closed_offices import closed_period, late, people_of, receive
from commands import lkip, skm
from complete_plan import complete_plan
from document_readers import first_difference, read_model
from reports import Files, model, numbers, table

from lkip.build import build
from lkip.plan import load_plan
from lkip.realisations import realise
from skm.errors import SkmError
from skm.form import find_form
from skm.instance import Instance
from skm.numerals import number, round_half_up
from skm.period import Period
from skm.period_scores import Selection, score_period
from skm.store import open_store
from skm.store.served import Served, set_served

YEAR = Period.parse("2026")
TABLE = (
    'source = "table"\nyear = 2026\nfile = "skm/2020.csv"\nrows = "printed"\n'
    'reason = "Sebaran dua unsur tidak tercetak"'
)
TYPED = re.compile(r'source = "table"\nfile = "skm/2020.csv"\n(?:[a-z]+ = .*\n)+')
CLOSING = 'source = "closing"\nyear = 2026\nperiod = "2026"'


def planned(office: Instance, closing: str = CLOSING) -> Path:
    """A plan of 2026 whose first indicator is the closed index."""
    text = complete_plan()
    assert TABLE in text
    file = office.plan(2026)
    file.write_text(text.replace(TABLE, closing), encoding="utf-8")
    return file


@pytest.fixture
def year(office: Instance) -> Instance:
    """An office with a year of responses by real people, people served, not closed yet."""
    form = office.questionnaire()
    planned(office)
    with open_store(office) as store:
        receive(store, form, people_of(office, "2026"))
        set_served(
            store,
            office.office,
            [Served(Period.parse(month), "kk", 300) for month in YEAR.months],
        )
    return office


def close_year(office: Instance, **order: object) -> None:
    with open_store(office) as store:
        closed_period(store, office, "2026", **order)


def index_of(office: Instance) -> Decimal:
    with open_store(office) as store:
        assessment, _ = score_period(store, office, Selection(YEAR))
    assert assessment.card.index is not None
    return round_half_up(assessment.card.index, 2)


def test_import_close_build_and_the_report_has_the_index_that_skm_score_prints(
    office: Instance, tmp_path: Path
) -> None:
    where = ("--instance", office.root)
    sheet = tmp_path / "jawaban.csv"
    sheet.write_text(answer_sheet(office), encoding="utf-8")
    taken = skm("import", sheet, *where)
    assert taken.status == 0, taken.err
    closed = skm("close", "2020", "--document", "070/9/2021", "--date", "2021-01-05", *where)
    assert closed.status == 0, closed.err
    plan = office.plan(2020)
    text = plan.read_text(encoding="utf-8")
    assert TYPED.search(text)
    plan.write_text(
        TYPED.sub('source = "closing"\nperiod = "2020"\n', text, count=1), encoding="utf-8"
    )
    built = lkip("build", "2020", "--format", "html", *where)
    assert built.status == 0, built.err
    scored = skm("score", "--period", "2020", *where, "--json").document
    shown = number(round_half_up(Decimal(repr(scored["index"])), 2), 2)
    said = "\n".join(Files(office.reports(2020), 2020).reading("html").texts)
    assert f"Indeks yang diperoleh adalah {shown}." in said
    assert "dokumen nomor 070/9/2021 tanggal 5 Januari 2021" in said
    assert f"sebaran jawaban {number(scored['respondents'])} responden" in said


def answer_sheet(office: Instance) -> str:
    """The answers of 2020 as a paper archive has them."""
    form = office.questionnaire()
    codes = [question.code for question in form.questions]
    rows = [
        [each.day.isoformat(), each.service or "", *(str(each.answers[c] or "") for c in codes)]
        for each in people_of(office, "2020")
    ]
    return "\n".join(";".join(row) for row in (["tanggal", "layanan", *codes], *rows)) + "\n"


def test_the_report_tells_respondents_interval_and_services(year: Instance) -> None:
    close_year(year)
    document = model(year, 2026)
    services = table(document, "survei.layanan@skm")
    assert services[-1][0] == "Semua layanan"
    assert services[-1][1] == "3.600"
    assert services[-1][3] == number(index_of(year), 2)
    assert [row[1] for row in services[:2]] == [each.name for each in year.office.services[:2]]
    spread = table(document, "survei.sebaran@skm")
    assert len(spread) == 14
    assert all(numbers(cell) for row in spread for cell in row[2:])


def test_every_format_says_the_same_of_a_closing_and_hides_no_number(
    year: Instance, tmp_path: Path
) -> None:
    close_year(year, document="070/9/2027")
    build(year, 2026, folder=tmp_path)
    files = Files(tmp_path, 2026)
    wanted = read_model(model(year, 2026)).words
    for kind in ("docx", "pdf", "html"):
        assert first_difference(wanted, files.reading(kind).words) is None, kind
    entered = {found for entry in files.register for found in numbers(entry["text"])}
    assert number(index_of(year), 2) in entered
    said = {found for word in files.reading("html").words for found in numbers(word)}
    assert said - entered == set()


def test_the_newest_edition_counts_unless_one_is_named(year: Instance) -> None:
    close_year(year)
    first = index_of(year)
    form = year.questionnaire()
    with open_store(year) as store:
        receive(store, form, late(form, Period.parse("2026-06").first_day, 90))
    assert realise(load_plan(year.plan(2026)), year)["skm", 2026].figure.shown == first
    close_year(year, new_edition=True, reason="lembar kertas menyusul")
    second = index_of(year)
    assert second < first
    assert realise(load_plan(year.plan(2026)), year)["skm", 2026].figure.shown == second
    planned(year, f"{CLOSING}\nedition = 1")
    assert realise(load_plan(year.plan(2026)), year)["skm", 2026].figure.shown == first
    planned(year, f"{CLOSING}\nedition = 3")
    with pytest.raises(SkmError, match=r"tidak memiliki edisi itu .*1 sampai 2"):
        realise(load_plan(year.plan(2026)), year)


def test_a_new_edition_names_its_reason_in_the_report(year: Instance) -> None:
    close_year(year)
    close_year(year, new_edition=True, reason="kesalahan ketik di desa")
    blocks = model(year, 2026).blocks
    assert any("kesalahan ketik di desa" in str(block) for block in blocks)


def test_a_year_that_is_not_closed_is_refused_in_one_line(year: Instance) -> None:
    built = lkip("build", "2026", "--instance", year.root)
    assert built.status == 2
    (line,) = built.err.strip().splitlines()
    assert "indikator skm, realisasi 2026: Periode 2026 belum ditutup" in line
    assert not year.reports(2026).exists()


def test_simulated_responses_make_no_report(year: Instance) -> None:
    form = year.questionnaire()
    with open_store(year) as store:
        first = people_of(year, "2026", simulated=True)[0]
        receive(store, form, [replace(first, id="f" * 32)])
    close_year(year)
    with pytest.raises(SkmError, match="DATA SIMULASI, dan laporan kinerja menolaknya"):
        realise(load_plan(year.plan(2026)), year)


def test_the_processing_sheet_recomputes_from_counts_to_the_index(year: Instance) -> None:
    close_year(year)
    plan = year.plan(2026)
    sheet = '[[annex]]\nkind = "pengolahan_skm"\ntitle = "Pengolahan"\n'
    plan.write_text(plan.read_text(encoding="utf-8") + sheet, encoding="utf-8")
    *elements, total, index = table(model(year, 2026), "lampiran.pengolahan.tabel@skm")
    weighted = Fraction(0)
    for row in elements:
        *counts, n, points = (int(cell.replace(".", "")) for cell in row[2:8])
        assert (sum(counts), sum(level * c for level, c in enumerate(counts, 1))) == (n, points)
        assert row[8] == number(round_half_up(Fraction(points, n), 3), 3)
        weighted += Fraction(points, n) / len(elements)
    assert index[1] == number(round_half_up(weighted * 25, 2), 2) == number(index_of(year), 2)
    printed = Fraction(total[1].replace(",", "."))
    assert number(round_half_up(printed * 25, 2), 2) == index[1]


def test_an_element_with_several_statements_shows_each_of_them(office: Instance) -> None:
    form = find_form("pernyataan-16-a", office.own_forms)
    with open_store(office) as store:
        receive(store, form, people_of(office, "2026", form))
        closed_period(store, office, "2026")
    plan = planned(office)
    sheet = '[[annex]]\nkind = "pengolahan_skm"\ntitle = "Pengolahan"\n'
    plan.write_text(plan.read_text(encoding="utf-8") + sheet, encoding="utf-8")
    rows = table(model(office, 2026), "lampiran.pengolahan.tabel@skm")[:-2]
    elements = [row for row in rows if row[0]]
    assert len(elements) == 9
    assert len(rows) - len(elements) > 9
    several = next(place for place, row in enumerate(rows) if row[0] and not row[2])
    below = rows[several + 1 :]
    statements = below[: next(n for n, row in enumerate(below) if row[0])]
    means = [
        Fraction(int(row[7].replace(".", "")), int(row[6].replace(".", ""))) for row in statements
    ]
    assert rows[several][8] == number(round_half_up(sum(means, Fraction(0)) / len(means), 3), 3)
