"""``skm score`` on the real table of 2020: what is right, what is refused, and why."""

from __future__ import annotations

from pathlib import Path

import pytest
from commands import ROOT, skm

from skm.form import find_form

TABLE = ROOT / "instance" / "skm" / "2020.csv"


def test_the_printed_scores_of_2020_make_69_46_which_is_b_on_the_scale_of_2004() -> None:
    result = skm("score", TABLE, "--rows", "printed", "--json").document
    assert result["index"] == pytest.approx(1945 / 28, abs=1e-12)
    assert (result["form"], result["scale"], result["grade"]) == ("kecamatan-14", "2004", "B")
    assert (result["weights"], result["values"], result["rows"]) == ("exact", "percent", "printed")
    assert result["official_nine"]["index"] == pytest.approx(69.0741, abs=1e-4)
    assert result["official_nine"]["grade"] == "C"


def test_on_the_scale_in_force_the_same_index_is_c() -> None:
    result = skm("score", TABLE, "--rows", "printed", "--scale", "2017", "--json").document
    assert (result["scale"], result["grade"], result["predicate"]) == ("2017", "C", "Kurang Baik")


@pytest.mark.parametrize("weight", ["0.071", "0,071"])
def test_the_printed_weight_of_2004_gives_69_0475_and_is_named_as_given(weight: str) -> None:
    command = ("score", TABLE, "--rows", "printed", "--weights", weight, "--json")
    result = skm(*command).document
    assert result["index"] == pytest.approx(69.0475, abs=1e-12)
    assert result["weights"] == weight


def test_a_weight_for_nine_elements_is_refused_on_fourteen() -> None:
    refused = skm("score", TABLE, "--rows", "printed", "--weights", "0.11", "--json")
    assert (refused.status, refused.out) == (2, "")
    assert "1,540" in refused.err


def test_without_a_choice_the_rows_that_cannot_be_scored_are_named_and_nothing_is_printed() -> (
    None
):
    refused = skm("score", TABLE, "--json")
    assert (refused.status, refused.out) == (2, "")
    for told in ("baris 1", "baris 2", "baris 7", "105", "baris 8", "110"):
        assert told in refused.err
    assert "baris 6" not in refused.err


def test_normalising_still_refuses_the_rows_without_a_distribution() -> None:
    refused = skm("score", TABLE, "--rows", "normalise")
    assert (refused.status, refused.out) == (2, "")
    assert "baris 1" in refused.err
    assert "baris 2" in refused.err
    assert "baris 8" not in refused.err


def test_taking_printed_scores_warns_of_every_row_that_contradicts_itself() -> None:
    warnings = skm("score", TABLE, "--rows", "printed", "--json").document["warnings"]
    warned = {int(w.split(",")[0].split()[1]) for w in warnings if w.startswith("baris ")}
    assert warned == {1, 2, 6, 7, 8, 9, 13}
    assert any("2017" in warning and "C (Kurang Baik)" in warning for warning in warnings)


def test_the_result_is_told_in_plain_indonesian_with_both_scales() -> None:
    told = skm("score", TABLE, "--rows", "printed").out
    assert "INDEKS    69,46  B (Baik)" in told
    assert "69,46  C (Kurang Baik)" in told
    assert "Unsur resmi (9): 69,07  C" in told


def test_counts_and_percentages_of_the_same_answers_give_the_same_index(tmp_path: Path) -> None:
    codes = find_form("permenpanrb-14-2017").regulation.element_codes
    head = "element,tidak_baik,kurang_baik,baik,sangat_baik\n"
    counts, percents = tmp_path / "jumlah.csv", tmp_path / "persen.csv"
    counts.write_text(head + "".join(f"{code},1,2,12,5\n" for code in codes))
    percents.write_text(head + "".join(f"{code},5%,10%,60%,25%\n" for code in codes))
    by_count = skm("score", counts, "--json").document
    by_percent = skm("score", percents, "--json").document
    assert by_count["index"] == by_percent["index"] == pytest.approx(76.25)
    assert (by_count["values"], by_percent["values"]) == ("count", "percent")
    assert (by_count["respondents"], by_percent["respondents"]) == (20, None)


def test_raw_answers_are_scored_with_interval_alpha_and_flags(tmp_path: Path) -> None:
    file = tmp_path / "mentah.csv"
    rows = [[3, 3, 3, 3, 3, 3, 3, 3, 3], [4, 3, 4, 4, 3, 4, 4, 2, 3], [2, 3, 2, 4, 3, 2, 3, 2, 2]]
    head = ",".join(f"U{number}" for number in range(1, 10))
    file.write_text("\n".join([head, *(",".join(map(str, row)) for row in rows)]))
    result = skm("score", file, "--form", "permenpanrb-14-2017", "--json").document
    assert result["respondents"] == 3
    assert result["index"] == pytest.approx(100 * sum(map(sum, rows)) / (4 * 27))
    assert result["interval"][0] < result["index"] < result["interval"][1]
    assert result["flagged"] == 1
    assert any("U8" in warning for warning in result["warnings"])


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("score",), "--help"),
        (("score", "tidak-ada.csv"), "tidak-ada.csv"),
        (("score", TABLE, "--form", "x"), "kecamatan-14"),
        (("score", TABLE, "--rows", "semua"), "strict"),
        (("score", TABLE, "--service", "kk"), "--period"),
        (("score", TABLE, "--rows", "printed", "--weights", "banyak"), "0,111"),
        (("scor", TABLE), "score"),
        (("score", TABLE, "--skala", "2017"), "--skala"),
    ],
)
def test_wrong_use_is_one_line_of_indonesian_and_status_2(
    arguments: tuple[object, ...], told: str
) -> None:
    refused = skm(*arguments)
    assert (refused.status, refused.out) == (2, "")
    assert told in refused.err
    assert refused.err.startswith("Kesalahan: ")
    assert "Traceback" not in refused.err
