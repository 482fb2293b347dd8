"""The tables that workbook and reports share: exact, in order, and consistent in themselves."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from questionnaires import answers, card, codes_of, counted, element, form_of, plain_form, question

from skm.assessment import Group
from skm.disclosure import hidden_groups
from skm.export.group_tables import (
    HIDDEN,
    Sample,
    element_by_profile,
    profile_table,
    recap_table,
    services_table,
)
from skm.export.skm_tables import (
    answer_counts,
    distribution_table,
    element_labels,
    element_scores,
    question_labels,
)
from skm.form import Form, find_form, shipped_forms
from skm.instance import Instance
from skm.period import Period
from skm.responses import Distribution

OCTOBER = Period.parse("2026-10")
COUNTS = st.lists(st.integers(0, 40), min_size=4, max_size=4).filter(any)


def group(form: Form, name: str, n: int, level: int) -> Group:
    """Some people who all gave one level, hidden where they are few."""
    row = [n if each == level else 0 for each in (1, 2, 3, 4)]
    scored = card(form, counted(form, [row] * len(form.questions), n))
    few = name in hidden_groups({name: n})
    return Group(name, None, True, None) if few else Group(name, n, False, scored)


@pytest.mark.parametrize("form", shipped_forms(), ids=lambda form: form.id)
@given(data=st.data())
def test_the_four_percentages_give_the_score_of_their_row(form: Form, data: st.DataObject) -> None:
    rows = data.draw(st.lists(COUNTS, min_size=len(form.questions), max_size=len(form.questions)))
    distribution = counted(form, rows, max(map(sum, rows)))
    for row in distribution_table(form, distribution, card(form, distribution)).rows:
        shares, total, score = row[2:6], row[6], row[7]
        exact = [share for share in shares if isinstance(share, Fraction)]
        assert sum(exact) == total == 100
        assert sum(level * share for level, share in enumerate(exact, 1)) / 4 == score


def test_the_row_of_2020_on_complaints_is_computed_as_printed() -> None:
    form = find_form("kecamatan-14")
    rows = [[2, 7, 1, 0] if code == "pengaduan" else [0, 1, 9, 0] for code in codes_of(form)]
    distribution = counted(form, rows, 10)
    table = distribution_table(form, distribution, card(form, distribution))
    (row,) = (row for row in table.rows if row[1] == "Penanganan pengaduan dan saran")
    assert row[2:] == (20, 70, 10, 0, 100, Fraction("47.5"), "Kurang Baik")


def test_weighted_means_add_up_to_the_index() -> None:
    form = plain_form(3)
    scored = card(form, counted(form, [[1, 0, 0, 2], [0, 3, 0, 0], [0, 0, 2, 5]], 7))
    table = element_scores(scored)
    parts = [row[5] for row in table.rows]
    assert table.total is not None
    assert sum(part for part in parts if isinstance(part, Fraction)) == table.total[5]
    assert table.total[6] == scored.index == table.total[5] * 25


def test_an_element_that_nobody_answered_has_no_figures_and_makes_no_index() -> None:
    form = plain_form(2)
    table = element_scores(card(form, counted(form, [[0, 0, 4, 0], [0, 0, 0, 0]], 4)))
    assert table.rows[1][2:] == (0, None, Fraction(1, 2), None, None, None, None)
    assert table.total == (None, "Indeks (IKM)", 4, None, None, None, None, None, None)


def test_the_statements_of_an_element_are_numbered_and_online_wordings_named() -> None:
    wordings = (question("b1", "b", service="offline"), question("b2", "b", service="online"))
    form = form_of(
        element("a", question("a1", "a"), question("a2", "a")),
        element("b", *wordings),
        element("c", question("c1", "c", counts=False)),
    )
    assert element_labels(form) == {"a": "U1", "b": "U2", "c": "T1"}
    assert question_labels(form) == {
        "a1": "U1.1",
        "a2": "U1.2",
        "b1": "U2",
        "b2": "U2 daring",
        "c1": "T1",
    }


def test_a_question_apart_is_listed_and_said_to_be_outside_the_index() -> None:
    form = form_of(element("a"), element("c", question("c1", "c", counts=False)))
    distribution = counted(form, [[0, 0, 4, 0], [4, 0, 0, 0]], 4)
    table = distribution_table(form, distribution, card(form, distribution))
    assert [row[0] for row in table.rows] == ["U1", "T1"]
    assert "Tidak masuk indeks: c." in table.notes
    assert answer_counts(form, distribution, card(form, distribution)).rows[1][2:] == (
        4,
        0,
        0,
        0,
        4,
    )


def test_services_stand_in_the_order_of_the_office_with_their_sample(office: Instance) -> None:
    form = plain_form(2)
    groups = [group(form, "lama", 6, 2), group(form, "kk", 30, 3), group(form, "ktp-el", 41, 4)]
    sample = Sample({"ktp-el": 78, "kk": 30, "kia": 12}, 92)
    table = services_table(office.office, card(form, answers_of(form)), groups, sample)
    assert [row[1:5] for row in table.rows] == [
        ("KTP-el", 78, 60, 41),
        ("Kartu Keluarga", 30, 23, 30),
        ("Kartu Identitas Anak (KIA)", 12, 9, 0),
        ("lama", None, None, 6),
    ]
    assert table.rows[0][5:] == (100, 100, 100, "A", "Sangat Baik")
    assert table.rows[2][5:] == (None,) * 5


def answers_of(form: Form) -> Distribution:
    table = answers(codes_of(form), [[4] * len(form.questions)] * 9)
    return table.distribution()


def test_a_profile_stands_in_the_order_of_the_form_those_without_answer_last() -> None:
    form = find_form("kecamatan-14")
    (education,) = (each for each in form.profile if each.code == "pendidikan")
    groups = [
        *(group(form, "tidak diisi", 5, 3), group(form, "sma", 20, 4)),
        *(group(form, "sd", 2, 1), group(form, "d4_s1", 8, 3)),
    ]
    table = profile_table(education, groups, 35)
    assert [row[1] for row in table.rows] == ["SD", "SMA/SMK", "D4/S1", "Tidak diisi"]
    assert table.rows[0][2:] == (HIDDEN,) * 5
    assert table.rows[1][2:5] == (20, Fraction(2000, 35), 100)


def test_elements_by_profile_have_a_column_for_everyone() -> None:
    form = find_form("kecamatan-14")
    (sex,) = (each for each in form.profile if each.code == "jenis_kelamin")
    groups = [group(form, "p", 6, 4), group(form, "l", 6, 3)]
    everyone = card(form, Distribution(codes_of(form), np.tile([0, 0, 6, 6], (14, 1)), 12))
    table = element_by_profile(sex, everyone, groups)
    assert [column.title for column in table.columns[2:]] == ["Laki-laki", "Perempuan", "Semua"]
    assert {row[2:] for row in table.rows} == {(75, 100, Fraction("87.5"))}


def test_the_recap_has_the_columns_that_the_kabupaten_collects(office: Instance) -> None:
    form = find_form("kecamatan-14")
    rows = [[0, 0, 0, 10] if code == "hasil" else [0, 0, 10, 0] for code in codes_of(form)]
    scored = card(form, counted(form, rows, 10))
    groups = [group(form, "kk", 8, 3), group(form, "kia", 2, 1)]
    table = recap_table(office.office, OCTOBER, form, scored, groups, ["paper", "kiosk"])
    titles = [column.title for column in table.columns]
    assert titles[:5] == ["No.", "Nama OPP", "Periode survei", "Jenis layanan", "Persyaratan"]
    assert titles[12:] == [
        *("Sarana dan Prasarana", "IKM", "Jumlah responden", "Metode SKM", "Unsur perbaikan"),
        *("RTL", "% TL periode sebelumnya"),
    ]
    office_line, cards, small = table.rows
    assert office_line[:4] == (1, "Kecamatan Pakusari", "Oktober 2026", "Semua layanan")
    assert office_line[8] == Fraction("87.5")  # produk: the mean of hasil and standar
    assert office_line[13:16] == (scored.index, 10, "Kios, Kertas")
    assert office_line[17:] == (None, None)
    assert cards[3] == "Kartu Keluarga"
    assert set(small[4:15]) == {HIDDEN}
    assert any("rata-rata kantor atas unsur resmi: 76,39" in note for note in table.notes)


def test_the_nine_in_force_need_no_such_note(office: Instance) -> None:
    form = find_form("permenpanrb-14-2017")
    scored = card(form, counted(form, [[0, 0, 10, 0]] * 9, 10))
    table = recap_table(office.office, OCTOBER, form, scored, [], ["kiosk"])
    assert table.notes == ("Nilai unsur dan IKM pada skala 25 sampai 100.",)
