"""Charts: equal bytes, text as text, legible in grey."""

from __future__ import annotations

import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

import pytest

from skm import charts
from skm.charts import Bars, Bound, Office, Picture, Scores, Series, Trend

BOUNDS = (Bound(43.76, "C"), Bound(62.51, "B"), Bound(81.26, "A"))
SCORES = Scores(("Persyaratan", "Biaya $x$"), (70.0, 47.5), ("70", "47,5"), BOUNDS, "Skor")
TREND = Trend(("2018", "2019", "2020"), (66.3, None, 69.46), ("66,3", "", "69,46"), BOUNDS, "Tren")
BUDGET = Bars(
    ("Program Satu", "Program Dua"),
    (
        Series("Anggaran", (400.0, 24.3), ("400.000.000", "24.300.000")),
        Series("Realisasi", (378.5, 7.2), ("378.590.950", "7.200.000")),
    ),
    "Anggaran",
)
OFFICE = Office("Camat", (Office("Sekretariat", (Office("Sub Bagian"),)), Office("Seksi")))

DRAWINGS: dict[str, tuple[Callable[[], Picture], set[str]]] = {
    "scores": (lambda: charts.element_scores(SCORES), {"70", "47,5", "Biaya $x$", "A", "B", "C"}),
    "trend": (lambda: charts.trend(TREND), {"66,3", "69,46", "2019", "A", "B", "C"}),
    "bars": (lambda: charts.bars(BUDGET), {"400.000.000", "7.200.000", "Anggaran", "Realisasi"}),
    "stacked": (
        lambda: charts.bars(replace(BUDGET, stacked=True)),
        {"378.590.950", "Program Dua"},
    ),
    "organisation": (lambda: charts.organisation(OFFICE, "Bagan"), {"Camat", "Seksi"}),
}


def texts(picture: Picture) -> set[str]:
    assert picture.svg is not None
    root = ET.fromstring(picture.svg)
    return {"".join(node.itertext()).strip() for node in root.iter() if node.tag.endswith("}text")}


@pytest.fixture(params=DRAWINGS)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_equal_input_gives_equal_bytes(name: str) -> None:
    draw, _ = DRAWINGS[name]
    assert draw() == draw()


def test_printed_texts_are_text_in_the_svg_exactly_as_given(name: str) -> None:
    draw, wanted = DRAWINGS[name]
    assert wanted <= texts(draw())


def test_there_is_a_raster_of_200_dots_per_inch_for_word(name: str) -> None:
    png = DRAWINGS[name][0]().png
    assert png is not None
    assert png.startswith(b"\x89PNG")
    assert abs(int.from_bytes(png[16:20]) - 160 / 25.4 * 200) < 2


def test_text_is_in_the_font_that_ships_and_falls_back_to_its_like() -> None:
    svg = charts.element_scores(SCORES).svg
    assert svg is not None
    assert b"'Liberation Sans', Arial, sans-serif" in svg
    assert b"DejaVu" not in svg


def test_no_date_and_no_program_is_left_in_the_files(name: str) -> None:
    picture = DRAWINGS[name][0]()
    assert picture.svg is not None
    assert picture.png is not None
    assert b"<dc:date>" not in picture.svg
    assert b"Matplotlib" not in picture.png


def test_a_page_that_needs_no_raster_need_not_wait_for_it() -> None:
    assert charts.element_scores(SCORES, png=False).png is None


def test_a_period_without_a_value_breaks_the_line() -> None:
    svg = charts.trend(TREND).svg
    assert svg is not None
    assert svg.count(b"<use ") == 2, "two points, none for the missing one"


def test_values_and_texts_must_be_equally_many() -> None:
    with pytest.raises(ValueError, match="zip"):
        charts.element_scores(replace(SCORES, texts=("70",)))


def test_more_series_than_can_be_told_apart_are_refused() -> None:
    series = tuple(Series(str(n), (1.0, 2.0), ("1", "2")) for n in range(5))
    with pytest.raises(ValueError, match="5 series"):
        charts.bars(replace(BUDGET, series=series))


def test_series_differ_in_a_grey_print() -> None:
    def grey(colour: str) -> float:
        red, green, blue = (int(colour[n : n + 2], 16) for n in (1, 3, 5))
        return (0.299 * red + 0.587 * green + 0.114 * blue) / 255

    shades = sorted(map(grey, charts._FILLS))
    assert all(lighter - darker > 0.12 for darker, lighter in pairwise(shades))


def test_importing_charts_does_not_import_matplotlib() -> None:
    code = "import sys, skm.charts; sys.exit('matplotlib' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
