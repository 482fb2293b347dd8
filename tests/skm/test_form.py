"""Questionnaires: what the shipped ones ask, and where they are found."""

from __future__ import annotations

from pathlib import Path

import pytest

from skm import resources
from skm.errors import SkmError
from skm.form import Form, all_forms, find_form, shipped_forms

NINE = (
    "persyaratan", "prosedur", "waktu", "biaya", "produk", "kompetensi", "perilaku", "pengaduan",
    "sarpras",
)  # fmt: skip
ELEMENTS = {
    "kecamatan-14": (
        "persyaratan", "prosedur", "kecepatan", "pungutan", "hasil", "kemampuan", "kesopanan",
        "standar", "pengaduan", "alur_petugas", "jadwal", "kenyamanan", "ketepatan_waktu",
        "keamanan",
    ),
    "kepmenpan-25-2004": (
        "prosedur", "persyaratan", "kejelasan_petugas", "kedisiplinan", "tanggung_jawab",
        "kemampuan", "kecepatan", "keadilan", "kesopanan", "kewajaran_biaya", "kepastian_biaya",
        "jadwal", "kenyamanan", "keamanan",
    ),
    "permenpanrb-14-2017": NINE,
    "pernyataan-16-a": NINE,
    "pernyataan-16-b": NINE,
}  # fmt: skip
FORMS = {form.id: form for form in shipped_forms()}


def test_these_forms_are_shipped() -> None:
    assert tuple(FORMS) == tuple(sorted(ELEMENTS))


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_elements_stand_in_their_official_order(form: Form) -> None:
    assert tuple(element.code for element in form.elements) == ELEMENTS[form.id]
    assert form.counted_elements == form.elements
    assert form.weights is None


@pytest.mark.parametrize(
    ("form", "regulation", "table"),
    [
        ("kecamatan-14", "2004", "response_kecamatan_14"),
        ("kepmenpan-25-2004", "2004", "response_kepmenpan_25_2004"),
        ("permenpanrb-14-2017", "2017", "response_permenpanrb_14_2017"),
        ("pernyataan-16-a", "2017", "response_pernyataan_16_a"),
        ("pernyataan-16-b", "2017", "response_pernyataan_16_b"),
    ],
)
def test_each_form_names_its_regulation_and_its_table(
    form: str, regulation: str, table: str
) -> None:
    assert FORMS[form].regulation.id == regulation
    assert FORMS[form].table == table


def test_a_new_office_starts_with_the_form_in_force_and_with_no_other() -> None:
    assert [form.id for form in FORMS.values() if form.default] == ["permenpanrb-14-2017"]


def test_the_sixteen_statements_say_that_their_legal_basis_was_not_found() -> None:
    for form in ("pernyataan-16-a", "pernyataan-16-b"):
        assert "Dasar hukum 16 pernyataan ini belum ditemukan" in str(FORMS[form].note)


def test_the_list_of_2017_ends_with_pengaduan_and_sarpras_its_questionnaire_the_other_way() -> (
    None
):
    form = FORMS["permenpanrb-14-2017"]
    assert [question.element for question in form.questions][7:] == ["pengaduan", "sarpras"]
    assert [question.element for question in form.asked_by(online=False)][7:] == [
        "sarpras",
        "pengaduan",
    ]
    assert "sarana dan prasarana" in form.question("sarpras").official
    assert "penanganan pengaduan" in form.question("pengaduan").official


def test_names_of_the_fourteen_are_those_that_the_report_of_2020_prints() -> None:
    assert [element.name for element in FORMS["kecamatan-14"].elements] == [
        "Persyaratan",
        "Kemudahan Prosedur",
        "Kecepatan Pelayanan",
        "Biaya lain (pungutan)",
        "Kesesuaian antara hasil pelayanan dengan ketentuan yang ada",
        "Kemampuan memberikan pelayanan",
        "Kesopanan petugas",
        "Kesesuaian pelaksanaan pelayanan dengan standart pelayanan",
        "Penanganan pengaduan dan saran",
        "Kejelasan alur pembagian petugas pelayanan",
        "Waktu pelaksanaan pelayanan",
        "Kenyamanan",
        "Kecepatan dan ketepatan waktu",
        "Keamanan",
    ]


def test_the_fourteen_of_2020_fold_into_all_nine_of_2017() -> None:
    assert {e.code: e.maps_to for e in FORMS["kecamatan-14"].elements} == {
        "persyaratan": "persyaratan",
        "prosedur": "prosedur",
        "kecepatan": "waktu",
        "pungutan": "biaya",
        "hasil": "produk",
        "kemampuan": "kompetensi",
        "kesopanan": "perilaku",
        "standar": "produk",
        "pengaduan": "pengaduan",
        "alur_petugas": "kompetensi",
        "jadwal": "waktu",
        "kenyamanan": "sarpras",
        "ketepatan_waktu": "waktu",
        "keamanan": "sarpras",
    }


def test_the_fourteen_of_2004_leave_two_of_the_nine_without_an_answer() -> None:
    mapped = {element.maps_to for element in FORMS["kepmenpan-25-2004"].elements}
    assert set(NINE) - mapped == {"produk", "pengaduan"}


@pytest.mark.parametrize(
    ("form", "per_element"),
    [
        ("pernyataan-16-a", (2, 3, 1, 3, 1, 1, 3, 1, 1)),
        ("pernyataan-16-b", (2, 3, 1, 3, 1, 1, 2, 2, 1)),
    ],
)
@pytest.mark.parametrize("online", [False, True], ids=["offline", "online"])
def test_sixteen_statements_are_asked_whatever_the_channel(
    form: str, per_element: tuple[int, ...], online: bool
) -> None:
    asked = [question.element for question in FORMS[form].asked_by(online)]
    assert len(asked) == 16
    assert tuple(asked.count(code) for code in NINE) == per_element


def test_an_online_service_asks_its_own_wording_in_the_same_place() -> None:
    form = FORMS["pernyataan-16-a"]
    differing = [
        (number, offline.code, online.code)
        for number, (offline, online) in enumerate(
            zip(form.asked_by(online=False), form.asked_by(online=True), strict=True), start=1
        )
        if offline != online
    ]
    assert differing == [
        (11, "respon_petugas", "respon_aplikasi"),
        (12, "keramahan", "kemudahan_fitur"),
        (16, "sarpras", "sistem_online"),
    ]


def test_the_two_mappings_differ_in_statement_14_alone() -> None:
    one, other = FORMS["pernyataan-16-a"], FORMS["pernyataan-16-b"]
    assert one.asked == other.asked
    moved = [
        code for code in one.asked if one.question(code).element != other.question(code).element
    ]
    assert moved == ["tanpa_imbalan"]
    assert other.question("tanpa_imbalan").element == "pengaduan"


@pytest.mark.parametrize(
    ("form", "question", "labels"),
    [
        ("permenpanrb-14-2017", "biaya", "Sangat mahal / Cukup mahal / Murah / Gratis"),
        (
            "permenpanrb-14-2017",
            "pengaduan",
            "Tidak ada / Ada tetapi tidak berfungsi / Berfungsi kurang maksimal / "
            "Dikelola dengan baik",
        ),
        ("permenpanrb-14-2017", "sarpras", "Buruk / Cukup / Baik / Sangat baik"),
        ("kecamatan-14", "pungutan", "Selalu / Sering / Pernah / Tidak pernah"),
        (
            "kecamatan-14",
            "jadwal",
            "Selalu tidak tepat / Kadang-kadang tepat / Banyak tepatnya / Selalu tepat",
        ),
        (
            "kepmenpan-25-2004",
            "kepastian_biaya",
            "Selalu tidak sesuai / Kadang-kadang sesuai / Banyak sesuainya / Selalu sesuai",
        ),
        (
            "pernyataan-16-a",
            "jangka_waktu",
            "Sangat tidak sesuai / Tidak sesuai / Sesuai / Sangat sesuai",
        ),
        (
            "pernyataan-16-b",
            "pungli",
            "Sangat tidak setuju / Tidak setuju / Setuju / Sangat setuju",
        ),
    ],
)
def test_labels_stand_worst_first(form: str, question: str, labels: str) -> None:
    assert " / ".join(FORMS[form].question(question).labels) == labels


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_a_plain_question_fits_the_screen(form: Form) -> None:
    for question in form.questions:
        assert len(question.text.split()) <= 14, question.code
        assert "puas" not in question.text.casefold()


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_the_profile_has_the_keys_of_the_json_door_and_disability_is_off(form: Form) -> None:
    asked = {question.code: question.asked for question in form.profile}
    assert asked == {
        "jenis_kelamin": True,
        "usia": True,
        "pendidikan": True,
        "pekerjaan": True,
        "disabilitas": False,
    }


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_nobody_under_17_is_asked(form: Form) -> None:
    ages = next(question for question in form.profile if question.code == "usia")
    assert ages.choices[0].code == "17_25"


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_profile_answers_map_to_the_lists_of_2017(form: Form) -> None:
    official = {
        question.code: {choice.official for choice in question.choices}
        for question in form.profile
    }
    assert official["jenis_kelamin"] == {"L", "P"}
    assert official["pendidikan"] == {"SD", "SMP", "SMA", "DIII", "S1", "S2", "S3"}
    assert official["pekerjaan"] == {"PNS", "TNI", "POLRI", "SWASTA", "WIRAUSAHA", "LAINNYA"}


def test_an_offices_own_form_goes_before_a_shipped_one(tmp_path: Path) -> None:
    own = tmp_path / "kecamatan-14.toml"
    own.write_text(
        shipped_text("kecamatan-14").replace("14 unsur kecamatan", "punya sendiri"), "utf-8"
    )
    assert find_form("kecamatan-14", tmp_path).title.endswith("punya sendiri")
    assert find_form("kecamatan-14").title.endswith("14 unsur kecamatan")
    assert [form.id for form in all_forms(tmp_path)] == list(FORMS)


def test_an_office_without_own_forms_has_the_shipped_ones(tmp_path: Path) -> None:
    assert find_form("kecamatan-14", tmp_path / "forms") == FORMS["kecamatan-14"]


@pytest.mark.parametrize("unknown", ["kecamatan-15", "reading", "../kecamatan-14", ""])
def test_an_unknown_form_is_answered_with_those_there_are(unknown: str) -> None:
    with pytest.raises(SkmError, match="Formulir tidak dikenal") as refused:
        find_form(unknown)
    for form in FORMS:
        assert form in str(refused.value)


def shipped_text(form: str) -> str:
    return (resources.folder("survey_forms") / f"{form}.toml").read_text("utf-8")
