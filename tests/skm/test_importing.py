"""Importing a sheet: each person once, whole or not at all, and nothing that names anybody."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from officers_files import NINE, U9, Row, read_sheet, write_csv, write_xlsx

from skm import resources
from skm.errors import SkmError
from skm.importing import Preparation, describe_import, import_lines, prepare, read_import
from skm.instance import Office, Service, read_office
from skm.period import Period
from skm.reading.column_map import NO_MAP, ColumnMap
from skm.reading.moments import DateOrder
from skm.responses import Response

TODAY = date(2026, 11, 24)
OCTOBER_8 = date(2026, 10, 8)
OFFICE = read_office(resources.folder("instance") / "office.toml")

HEADER: list[object] = [
    *("TANGGAL", "JAM", "JENIS_KELAMIN", "USIA", "PENDIDIKAN", "PEKERJAAN", "LAYANAN"),
    *U9,
]
LEVELS = [4, 3, 4, 4, 3, 4, 4, 3, 4]
PERSON: list[object] = [
    *("2026-10-08", "08:00 - 12:00", "L", 34, "SMA", "Swasta", "KTP-el"),
    *LEVELS,
]


def importing(
    file: Path,
    *,
    stated: date | Period | None = None,
    column_map: ColumnMap = NO_MAP,
    office: Office = OFFICE,
    form: str | None = None,
) -> Preparation:
    sheet = read_sheet(file, form, column_map)
    return read_import(sheet, office, today=TODAY, stated=stated, column_map=column_map)


def responses(preparation: Preparation) -> list[Response]:
    return [row.response for row in preparation.rows]


def changed(**cells: object) -> list[object]:
    """The person with other cells, by header."""
    return [cells.get(str(name), cell) for name, cell in zip(HEADER, PERSON, strict=True)]


def ids(preparation: Preparation) -> list[str]:
    return [row.response.id for row in preparation.rows]


def test_a_row_becomes_a_response(tmp_path: Path) -> None:
    (response,) = responses(importing(write_csv(tmp_path, [HEADER, PERSON])))
    assert response == Response(
        id=response.id,
        form="permenpanrb-14-2017",
        day=OCTOBER_8,
        half_day="pagi",
        channel="import",
        answers=dict(zip(NINE, LEVELS, strict=True)),
        service="ktp-el",
        profile={
            "jenis_kelamin": "l",
            "usia": "26_35",
            "pendidikan": "sma",
            "pekerjaan": "swasta",
        },
    )


def test_a_skipped_question_is_none_and_stays_among_the_answers(tmp_path: Path) -> None:
    (response,) = responses(importing(write_csv(tmp_path, [HEADER, changed(U4="")])))
    assert response.answers["biaya"] is None
    assert len(response.answers) == 9


class TestIdentity:
    def test_the_same_file_brings_the_same_ids(self, tmp_path: Path) -> None:
        file = write_csv(tmp_path, [HEADER, PERSON, changed(USIA=60)])
        assert ids(importing(file)) == ids(importing(file))

    def test_two_people_who_answered_alike_stay_two(self, tmp_path: Path) -> None:
        found = ids(importing(write_csv(tmp_path, [HEADER, PERSON, PERSON, PERSON])))
        assert len(set(found)) == 3
        assert all(len(one) == 32 and int(one, 16) for one in found)

    def test_a_grown_sheet_adds_only_what_is_new(self, tmp_path: Path) -> None:
        before: list[Row] = [HEADER, PERSON, changed(USIA=60), PERSON]
        old = ids(importing(write_csv(tmp_path, before)))
        grown = ids(importing(write_csv(tmp_path, [*before, PERSON, changed(USIA=22)])))
        assert grown[:3] == old
        assert len(set(grown)) == 5

    def test_columns_in_another_order_and_another_format_are_the_same_rows(
        self, tmp_path: Path
    ) -> None:
        text = ids(importing(write_csv(tmp_path, [HEADER, PERSON], ";")))
        turned: list[Row] = [list(reversed(HEADER)), list(reversed(PERSON))]
        assert ids(importing(write_xlsx(tmp_path, turned))) == text

    def test_labels_and_digits_of_the_same_answers_are_the_same_row(self, tmp_path: Path) -> None:
        digits = ids(importing(write_csv(tmp_path, [HEADER, PERSON])))
        label = changed(U1="Sangat sesuai", U4="d. Gratis", U2="c")
        assert ids(importing(write_csv(tmp_path, [HEADER, label]))) == digits

    def test_sorting_the_sheet_changes_no_id(self, tmp_path: Path) -> None:
        people = [PERSON, changed(USIA=60), PERSON, changed(USIA=22)]
        plain = ids(importing(write_csv(tmp_path, [HEADER, *people])))
        turned = ids(importing(write_csv(tmp_path, [HEADER, *reversed(people)])))
        assert set(plain) == set(turned)

    def test_a_spelling_that_is_understood_later_makes_no_second_row(self, tmp_path: Path) -> None:
        file = write_csv(tmp_path, [HEADER, changed(PEKERJAAN="Sopir")])
        later = ColumnMap(values={"pekerjaan": {"sopir": "swasta"}})
        assert ids(importing(file)) == ids(importing(file, column_map=later))
        assert responses(importing(file, column_map=later))[0].profile["pekerjaan"] == "swasta"

    def test_equal_sheets_of_two_counters_are_told_apart_by_their_source(
        self, tmp_path: Path
    ) -> None:
        file = write_csv(tmp_path, [HEADER, PERSON])
        second = ColumnMap(source="loket 2")
        assert ids(importing(file)) != ids(importing(file, column_map=second))

    @pytest.mark.parametrize(
        "other",
        [
            changed(TANGGAL="2026-10-09"),
            changed(JAM="13:00 - 17:00"),
            changed(LAYANAN="KIA"),
            changed(USIA=35),
            changed(U9=3),
            changed(U9=""),
        ],
        ids=["day", "half-day", "service", "age", "answer", "skipped"],
    )
    def test_any_difference_is_another_person(self, tmp_path: Path, other: list[object]) -> None:
        one, two = ids(importing(write_csv(tmp_path, [HEADER, PERSON, other])))
        assert one != two

    @given(people=st.lists(st.integers(0, 2), min_size=1, max_size=12), more=st.integers(0, 4))
    def test_every_beginning_of_a_sheet_has_the_ids_of_the_whole(
        self, tmp_path_factory: pytest.TempPathFactory, people: list[int], more: int
    ) -> None:
        rows = [changed(USIA=[20, 30, 40][kind]) for kind in people]
        folder = tmp_path_factory.mktemp("tumbuh")
        whole = ids(importing(write_csv(folder, [HEADER, *rows, *rows[:more]])))
        assert ids(importing(write_csv(folder, [HEADER, *rows]))) == whole[: len(rows)]
        assert len(set(whole)) == len(whole)


class TestDays:
    def stamped(self, folder: Path, *stamps: object) -> Path:
        return write_csv(folder, [["Timestamp", *U9], *([stamp, *[4] * 9] for stamp in stamps)])

    def test_a_time_stamp_gives_day_and_half_day(self, tmp_path: Path) -> None:
        file = self.stamped(tmp_path, "2026/10/08 9:13:22 AM GMT+7", "13/10/2026 12.30.00")
        found = [(each.day, each.half_day) for each in responses(importing(file))]
        assert found == [(OCTOBER_8, "pagi"), (date(2026, 10, 13), "siang")]

    def test_a_stamp_of_another_zone_is_brought_to_the_office(self, tmp_path: Path) -> None:
        file = self.stamped(tmp_path, "2026/10/07 10:00:00 PM GMT-4")
        (response,) = responses(importing(file))
        assert (response.day, response.half_day) == (OCTOBER_8, "pagi")

    def test_a_workbook_and_a_text_file_of_one_form_are_the_same_rows(
        self, tmp_path: Path
    ) -> None:
        text = self.stamped(tmp_path, "2026/10/08 9:13:22 AM GMT+7")
        import openpyxl

        book = openpyxl.Workbook()
        page = book.active
        assert page is not None
        page.append(["Timestamp", *U9])
        page.append([datetime(2026, 10, 8, 9, 13, 21, 999_700), *[4] * 9])
        book.save(tmp_path / "form.xlsx")
        assert ids(importing(tmp_path / "form.xlsx")) == ids(importing(text))

    def test_the_day_of_service_outweighs_the_time_stamp(self, tmp_path: Path) -> None:
        header = ["Timestamp", "Tanggal Menerima Layanan", *U9]
        rows: list[Row] = [header, ["2026-10-09 14:00:00", "8 Oktober 2026", *[4] * 9]]
        (response,) = responses(importing(write_csv(tmp_path, rows)))
        assert (response.day, response.half_day) == (OCTOBER_8, "pagi")

    def test_days_beyond_twelve_show_the_order_of_a_column(self, tmp_path: Path) -> None:
        file = self.stamped(tmp_path, "10/8/2026 9:13:22", "10/13/2026 14:00:00")
        preparation = importing(file)
        assert [each.day.day for each in responses(preparation)] == [8, 13]
        assert "date-order" in {notice.code for notice in preparation.notices}

    def test_a_date_that_may_be_two_days_is_read_the_indonesian_way_and_told(
        self, tmp_path: Path
    ) -> None:
        preparation = importing(self.stamped(tmp_path, "08/10/2026"))
        assert responses(preparation)[0].day == OCTOBER_8
        assert "hari/bulan/tahun" in " ".join(map(str, preparation.notices))

    def test_an_american_looking_stamp_is_asked_about_and_the_map_answers(
        self, tmp_path: Path
    ) -> None:
        file = self.stamped(tmp_path, "10/8/2026 9:13:22")
        with pytest.raises(SkmError, match="urutan_tanggal"):
            importing(file)
        american = ColumnMap(date_order=DateOrder.MONTH_FIRST)
        assert responses(importing(file, column_map=american))[0].day == OCTOBER_8

    def test_both_orders_in_one_column_are_refused(self, tmp_path: Path) -> None:
        file = self.stamped(tmp_path, "13/10/2026", "10/13/2026")
        with pytest.raises(SkmError, match="13/10/2026 dan 10/13/2026"):
            importing(file)

    @pytest.mark.parametrize(
        ("day", "told"),
        [
            ("2026-11-25", "di masa depan"),
            ("1999-12-31", "terlalu lama"),
            ("0001-01-01 00:00 GMT+9", "terlalu lama"),
            ("9999-12-31 23:00 GMT-9", "di masa depan"),
            ("08/10/26", "tidak dapat dibaca"),
            ("46303", "tidak dapat dibaca"),
            ("31/02/2026", "tidak dapat dibaca"),
        ],
    )
    def test_a_day_that_cannot_be_is_refused(self, tmp_path: Path, day: str, told: str) -> None:
        with pytest.raises(SkmError, match=told) as refused:
            importing(self.stamped(tmp_path, "2026-10-08", day))
        assert refused.value.faults[0].row == 2

    def test_without_a_day_the_officer_must_state_one(self, tmp_path: Path) -> None:
        file = write_csv(tmp_path, [U9, [4] * 9, [3] * 9])
        with pytest.raises(SkmError, match=r"Tanggal pelayanan tidak diketahui.*baris 1, 2"):
            importing(file)
        assert responses(importing(file, stated=OCTOBER_8))[1].day == OCTOBER_8

    def test_a_stated_period_is_dated_to_its_first_day_and_told(self, tmp_path: Path) -> None:
        file = write_csv(tmp_path, [U9, [4] * 9])
        preparation = importing(file, stated=Period.parse("2026-S1"))
        assert responses(preparation)[0].day == date(2026, 1, 1)
        assert "1 baris tanpa tanggal dicatat pada 1 Januari 2026" in map(str, preparation.notices)

    def test_equal_rows_of_two_stated_months_are_two_people(self, tmp_path: Path) -> None:
        file = write_csv(tmp_path, [U9, [4] * 9])
        october = ids(importing(file, stated=Period.parse("2026-10")))
        assert october != ids(importing(file, stated=Period.parse("2026-11")))

    def test_an_unknown_hour_is_morning_and_told(self, tmp_path: Path) -> None:
        preparation = importing(write_csv(tmp_path, [HEADER, changed(JAM="")]))
        assert responses(preparation)[0].half_day == "pagi"
        assert "no-clock" in {notice.code for notice in preparation.notices}

    def test_a_slot_over_noon_is_refused(self, tmp_path: Path) -> None:
        with pytest.raises(SkmError, match="Jam tidak dapat dibaca"):
            importing(write_csv(tmp_path, [HEADER, changed(JAM="08:00 - 16:00")]))

    def test_a_thousand_bad_days_are_told_in_a_few_lines(self, tmp_path: Path) -> None:
        file = self.stamped(tmp_path, *(f"hari ke-{number}" for number in range(1000)))
        with pytest.raises(SkmError) as refused:
            importing(file)
        assert len(refused.value.faults) == 21
        assert "Dan 980 isi lain" in str(refused.value)


class TestServices:
    @pytest.mark.parametrize("text", ["KTP-el", "ktp-el", " KTP - el ", "KTP–EL"])
    def test_by_name_or_code(self, tmp_path: Path, text: str) -> None:
        (response,) = responses(importing(write_csv(tmp_path, [HEADER, changed(LAYANAN=text)])))
        assert response.service == "ktp-el"

    def test_a_blank_one_is_none(self, tmp_path: Path) -> None:
        (response,) = responses(importing(write_csv(tmp_path, [HEADER, changed(LAYANAN="-")])))
        assert response.service is None

    def test_an_unknown_one_is_refused_with_the_nearest_unless_mapped(
        self, tmp_path: Path
    ) -> None:
        person = changed(LAYANAN="Akta Kelahirann")
        file = write_csv(tmp_path, [HEADER, PERSON, person, person])
        with pytest.raises(SkmError) as refused:
            importing(file)
        (fault,) = refused.value.faults
        assert (fault.row, fault.found) == (2, "Akta Kelahirann")
        assert "(2 baris)" in str(fault)
        assert "Mungkin akta-kelahiran?" in str(fault)
        mapped = ColumnMap(values={"layanan": {"akta kelahirann": "akta-kelahiran"}})
        assert responses(importing(file, column_map=mapped))[2].service == "akta-kelahiran"

    def test_an_unknown_one_may_be_ignored(self, tmp_path: Path) -> None:
        file = write_csv(tmp_path, [HEADER, changed(LAYANAN="Rapat")])
        ignoring = ColumnMap(values={"layanan": {"Rapat": "abaikan"}})
        assert responses(importing(file, column_map=ignoring))[0].service is None

    def test_a_map_to_a_service_that_is_not_there_is_refused(self, tmp_path: Path) -> None:
        file = write_csv(tmp_path, [HEADER, changed(LAYANAN="Rapat")])
        wrong = ColumnMap(values={"layanan": {"Rapat": "rapat"}})
        with pytest.raises(SkmError, match=r"tidak ada di office\.toml"):
            importing(file, column_map=wrong)

    def test_an_online_service_takes_the_online_wording_of_a_statement(
        self, tmp_path: Path
    ) -> None:
        online = Service("sipd", "Layanan daring", free=True, online=True)
        office = replace(OFFICE, services=(*OFFICE.services, online))
        header = ["Layanan", "Tanggal", *[f"P{number}" for number in range(1, 17)]]
        rows: list[Row] = [header, *([name, "2026-10-08", *[4] * 16] for name in ("KIA", "sipd"))]
        file = write_csv(tmp_path, rows)
        found = responses(importing(file, office=office, form="pernyataan-16-a"))
        assert "keramahan" in found[0].answers
        assert "kemudahan_fitur" not in found[0].answers
        assert "kemudahan_fitur" in found[1].answers
        assert len(found[1].answers) == 16


class TestProfile:
    @pytest.mark.parametrize(
        ("column", "text", "expected"),
        [
            ("JENIS_KELAMIN", "Laki-laki", "l"),
            ("JENIS_KELAMIN", "Laki-Laki", "l"),
            ("JENIS_KELAMIN", "laki - laki", "l"),
            ("JENIS_KELAMIN", "L", "l"),
            ("JENIS_KELAMIN", "P", "p"),
            ("JENIS_KELAMIN", 1, "l"),
            ("JENIS_KELAMIN", 2, "p"),
            ("JENIS_KELAMIN", "pria", "l"),
            ("JENIS_KELAMIN", "wanita", "p"),
            ("JENIS_KELAMIN", "true", None),
            ("JENIS_KELAMIN", "", None),
            ("USIA", 17, "17_25"),
            ("USIA", "25 tahun", "17_25"),
            ("USIA", "26", "26_35"),
            ("USIA", "65 th", "56_65"),
            ("USIA", 66, "di_atas_65"),
            ("USIA", "17–25 tahun", "17_25"),
            ("USIA", "36 - 45", "36_45"),
            ("USIA", "27-30", "26_35"),
            ("USIA", "< 25 Tahun", "17_25"),
            ("USIA", "> 65", "di_atas_65"),
            ("USIA", "Diatas 40", None),
            ("USIA", "20-30", None),
            ("USIA", "200", None),
            ("USIA", "dewasa", None),
            ("PENDIDIKAN", "Tidak Berpendidikan Formal", "tidak_sd"),
            ("PENDIDIKAN", "SD", "sd"),
            ("PENDIDIKAN", "SMP/SLTP", "smp"),
            ("PENDIDIKAN", "SLTA", "sma"),
            ("PENDIDIKAN", "SMA/SMK", "sma"),
            ("PENDIDIKAN", "Diploma Tiga (D3)", "d1_d3"),
            ("PENDIDIKAN", "Diploma", "d1_d3"),
            ("PENDIDIKAN", "DIII", "d1_d3"),
            ("PENDIDIKAN", "D1, D3, D4", None),
            ("PENDIDIKAN", "S1", "d4_s1"),
            ("PEKERJAAN", "ASN", "pns"),
            ("PEKERJAAN", "Mahasiswa/i", "pelajar"),
            ("PEKERJAAN", "Wirausaha/Usaha", "wiraswasta"),
            ("PEKERJAAN", "WIRAUSAHA", "wiraswasta"),
            ("PEKERJAAN", "PNS/TNI/POLRI", None),
            ("PEKERJAAN", "Sopir", None),
        ],
    )
    def test_spellings_of_the_field(
        self, tmp_path: Path, column: str, text: object, expected: str | None
    ) -> None:
        file = write_csv(tmp_path, [HEADER, changed(**{column: text})])
        (response,) = responses(importing(file))
        assert response.profile.get(column.lower()) == expected

    def test_what_is_not_sure_is_told_and_stored_as_not_given(self, tmp_path: Path) -> None:
        people = [changed(USIA="Diatas 40"), changed(USIA="Diatas 40"), changed(PEKERJAAN="Sopir")]
        preparation = importing(write_csv(tmp_path, [HEADER, *people]))
        told = [str(notice) for notice in preparation.notices if notice.code == "profile-not-read"]
        assert told == [
            "usia: 2 baris dicatat tanpa usia, isinya tidak pasti: «Diatas 40»",
            "pekerjaan: 1 baris dicatat tanpa pekerjaan, isinya tidak pasti: «Sopir»",
        ]
        assert preparation.unknown_values == {"usia": ("Diatas 40",), "pekerjaan": ("Sopir",)}

    @pytest.mark.parametrize("age", [16, "16 tahun", "< 17 tahun", "<17", "12-16", "Dibawah 17"])
    def test_nobody_under_17_is_stored_and_the_row_is_named(
        self, tmp_path: Path, age: object
    ) -> None:
        preparation = importing(write_csv(tmp_path, [HEADER, PERSON, changed(USIA=age), PERSON]))
        assert [row.row for row in preparation.rows] == [1, 3]
        assert [(row.row, row.reason) for row in preparation.left_out] == [
            (2, "umur di bawah 17 tahun, tidak disimpan")
        ]

    def test_a_map_to_a_choice_that_is_not_there_is_refused(self, tmp_path: Path) -> None:
        wrong = ColumnMap(values={"pekerjaan": {"Sopir": "sopir"}})
        with pytest.raises(SkmError, match="tidak punya pilihan ini"):
            importing(write_csv(tmp_path, [HEADER, PERSON]), column_map=wrong)


class TestPrivacyAndComments:
    def test_names_and_numbers_are_never_read_and_it_is_said(self, tmp_path: Path) -> None:
        header = ["Nama Lengkap", "NIK", "No HP/WA", "Email Address", *HEADER, "Kritik & Saran"]
        person = ["Fulan bin Fulan", "3509010101010001", "0812", "a@b.id", *PERSON, "Bagus"]
        preparation = importing(write_csv(tmp_path, [header, person]))
        everything = f"{preparation.rows}{describe_import(preparation)}{preparation.sheet.texts}"
        for secret in ("Fulan", "3509010101010001", "0812", "a@b.id"):
            assert secret not in everything
        assert (
            "Data pribadi tidak dibaca dan tidak disimpan: "
            "«Nama Lengkap», «NIK», «No HP/WA», «Email Address»"
        ) in import_lines(preparation)

    def test_comments_of_several_columns_are_joined_and_long_ones_cut(
        self, tmp_path: Path
    ) -> None:
        header = [*HEADER, "Kritik", "Saran"]
        rows: list[Sequence[object]] = [
            [*PERSON, " lambat ", "tambah loket"],
            [*PERSON, "-", ""],
            [*PERSON, "", "x" * 1200],
        ]
        preparation = importing(write_csv(tmp_path, [header, *rows]))
        found = [response.comment for response in responses(preparation)]
        assert found == ["lambat\ntambah loket", None, "x" * 1000]
        assert "comment-cut" in {notice.code for notice in preparation.notices}

    def test_a_comment_that_looks_like_a_formula_stays_what_it_is(self, tmp_path: Path) -> None:
        text = '=HYPERLINK("http://x")'
        file = write_csv(tmp_path, [[*HEADER, "Saran"], [*PERSON, text]])
        assert responses(importing(file))[0].comment == text


def test_any_fault_refuses_the_whole_file_and_all_faults_are_told(tmp_path: Path) -> None:
    people = [PERSON, changed(TANGGAL="entah"), changed(LAYANAN="Rapat"), changed(JAM="malam?")]
    file = write_csv(tmp_path, [HEADER, *people])
    with pytest.raises(SkmError) as refused:
        importing(file)
    assert sorted(fault.row or 0 for fault in refused.value.faults) == [2, 3, 4]


def test_a_dry_run_says_what_would_come_in(tmp_path: Path) -> None:
    people = [PERSON, changed(TANGGAL="2026-10-20", LAYANAN="KIA"), changed(USIA=12)]
    file = write_csv(tmp_path, [HEADER, *people, ["", "", "", "", "", "", "Jumlah", *[12] * 9]])
    preparation = prepare(read_sheet(file), OFFICE, today=TODAY)
    document = describe_import(preparation)
    assert document["responses"] == 2
    assert (document["first_day"], document["last_day"]) == ("2026-10-08", "2026-10-20")
    assert document["services"] == {"ktp-el": 1, "kia": 1}
    lines = import_lines(preparation)
    assert lines[:2] == [
        "Respons yang dapat diambil: 2",
        "Tanggal: 8 Oktober 2026 sampai 20 Oktober 2026",
    ]
    assert "  baris 3: umur di bawah 17 tahun, tidak disimpan" in lines


def test_a_dry_run_tells_faults_instead_of_raising(tmp_path: Path) -> None:
    file = write_csv(tmp_path, [HEADER, changed(LAYANAN="Rapat")])
    preparation = prepare(read_sheet(file), OFFICE, today=TODAY)
    assert preparation.unknown_values == {"layanan": ("Rapat",)}
    assert "Yang harus dibetulkan:" in import_lines(preparation)


ODD_CELLS = st.one_of(
    st.sampled_from([*map(str, PERSON), "", "-", "5", "Jumlah", "16", "2026-13-01", "8/10/2026"]),
    st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=6),
)


@given(st.lists(st.lists(ODD_CELLS, min_size=3, max_size=18), max_size=5))
def test_any_rows_are_responses_of_this_office_or_a_refusal(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]]
) -> None:
    file = write_csv(tmp_path_factory.mktemp("acak"), [HEADER, PERSON, *rows])
    try:
        preparation = importing(file)
    except SkmError:
        return
    for response in responses(preparation):
        assert set(response.answers.values()) <= {1, 2, 3, 4, None}
        assert response.day <= TODAY
