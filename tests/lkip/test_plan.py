"""A plan is taken whole or refused with one line for every fault."""

from __future__ import annotations

import random
import re
from dataclasses import FrozenInstanceError
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from lkip.plan import FromClosing, FromTable, Plan, Stated, load_plan
from skm import resources
from skm.errors import Fault, SkmError

SMALL = Path(__file__).with_name("small_plan.toml").read_text(encoding="utf-8")
REAL = resources.folder("instance") / "lkip" / "2020.toml"


def refusal(tmp_path: Path, text: str) -> list[str]:
    """The lines with which a plan of that text is refused, without the file's name."""
    file = tmp_path / "2026.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(SkmError) as refused:
        load_plan(file)
    lines = str(refused.value).splitlines()
    assert all(line.startswith(f"{file}") for line in lines)
    return [line.removeprefix(f"{file}").removeprefix(", ").removeprefix(": ") for line in lines]


def faults_of(file: Path) -> tuple[Fault, ...]:
    """What is wrong with a plan; none where it is taken."""
    try:
        load_plan(file)
    except SkmError as error:
        return error.faults
    return ()


def changed(old: str, new: str) -> str:
    """The small plan with its first ``old`` replaced."""
    assert old in SMALL
    return SMALL.replace(old, new, 1)


def test_the_small_plan_is_taken(tmp_path: Path) -> None:
    file = tmp_path / "2026.toml"
    file.write_text(SMALL, encoding="utf-8")
    plan = load_plan(file)
    assert plan.year == 2026
    assert [programme.name for programme in plan.every_programme] == [
        "Penunjang Urusan",
        "Pelayanan Publik",
    ]


HALF_WEIGHTED = """
[[indicator]]
id = "waktu"
sasaran = "s1"
name = "Waktu layanan"
unit = "menit"
direction = "down"
weight = 2
target = [{ document = "pk", year = 2026, value = 10, measured = true }]
"""
ACTIVITY = """
[[programme.activity]]
name = "Tanpa uang"
"""

BAD = [
    # keys
    ("key missing", "year = 2026\n", "", "year: Kunci wajib belum diisi"),
    (
        "key unknown",
        'unit = "aduan"',
        'unit = "aduan"\nsifat = "a"',
        "indicator[2].sifat: Kunci tidak",
    ),
    ("key misspelt", "cap = 120", "caps = 120", "Mungkin maksudnya «cap»?"),
    ("table unknown", "[success]", "[succes]", "succes: Kunci tidak dikenal"),
    (
        "table where a list belongs",
        "[[accepted]]",
        "[accepted]",
        "satu atau beberapa [[accepted]]",
    ),
    ("list where a table belongs", "[signing]", "[[signing]]", "signing: Isi kunci tidak dapat"),
    # types
    ("number in quotes", "initial = 1000", 'initial = "1.000"', "budget.outside[1].initial: Isi"),
    ("money that is not a number", "initial = 500", 'initial = "lima"', "tanpa tanda kutip"),
    ("money that is true", "initial = 500", "initial = true", "ditemukan: «true»"),
    ("number where text belongs", 'name = "Indeks SKM"', "name = 5", "indicator[1].name: Isi"),
    ("text blank", 'name = "Indeks SKM"', 'name = "  "', "indicator[1].name: Teks masih kosong"),
    ("date as text", "cut_off = 2026-12-30", 'cut_off = "30-12-2026"', "misalnya 2020-12-30"),
    ("date with a time", "cut_off = 2026-12-30", "cut_off = 2026-12-30T10:00:00", "cut_off: Isi"),
    ("flag as text", "measured = true", 'measured = "ya"', "true atau false"),
    ("year as text", "year = 2026\ncut", 'year = "2026"\ncut', "year: Isi kunci"),
    ("year far away", "year = 2026\ncut", "year = 20226\ncut", "tahun 1990 sampai 2100"),
    ("number not finite", "initial = 500", "initial = nan", "paling panjang 15 digit"),
    (
        "number endless",
        "initial = 500",
        "initial = 1e400",
        "programme[1].activity[1].line[1].initial",
    ),
    ("list that is a text", 'lines = ["KECAMATAN CONTOH"]', 'lines = "K"', "daftar teks"),
    ("list that is empty", 'items = ["Anggaran terlambat"]', "items = []", "sedikitnya satu"),
    ("item of a list not text", 'items = ["Anggaran terlambat"]', "items = [1]", "items[1]"),
    # ids and references
    ("id doubled", 'id = "aduan"', 'id = "skm"', "indicator[2].id: Id dipakai dua kali"),
    ("id with blanks", 'id = "skm"', 'id = "nilai skm"', "huruf kecil, angka"),
    (
        "sasaran unknown",
        'sasaran = "s2"\nname',
        'sasaran = "s3"\nname',
        "indicator[2].sasaran: Ruj",
    ),
    (
        "tujuan unknown",
        'tujuan = "t1"\nname = "Meni',
        'tujuan = "t9"\nname = "Meni',
        "sasaran[1].tuj",
    ),
    ("document unknown", 'document = "pk"', 'document = "pkk"', "indicator[1].target[1].document"),
    ("group unknown", 'group = "modal"', 'group = "model"', "Mungkin maksudnya «modal»?"),
    (
        "programme of no sasaran",
        'sasaran = "penunjang"',
        'sasaran = "lain"',
        "s1 / s2 / penunjang",
    ),
    ("success of no class", 'class = "SEDANG"', 'class = "BAIK"', "success.class: Kelas tidak"),
    ("scale unknown", 'scales = ["2017"]', 'scales = ["2014"]', "indicator[1].scales[1]: Skala"),
    ("sasaran without indicator", 'sasaran = "s2"', 'sasaran = "s1"', "sasaran[2]: Sasaran tanpa"),
    (
        "tujuan without sasaran",
        "[[sasaran]]",
        '[[tujuan]]\nid = "t2"\nname = "Lain"\n[[sasaran]]',
        "tujuan[2]: Tujuan tanpa sasaran",
    ),
    # indicators and targets
    ("direction unknown", 'direction = "up"', 'direction = "naik"', "up / down"),
    (
        "formula unknown",
        'direction = "up"',
        'direction = "up"\nformula = "x"',
        "ratio / difference",
    ),
    (
        "formula against the direction",
        'direction = "up"',
        'direction = "up"\nformula = "difference"',
        "indicator[1].formula: Rumus tidak cocok",
    ),
    ("cap of nothing", "cap = 120", "cap = 0", "angka lebih dari 0"),
    (
        "target 0 where more is better",
        "value = 85",
        "value = 0",
        "target[2].value: Target 0 tidak",
    ),
    ("target negative", "value = 85", "value = -1", "target[2].value: Target tidak boleh negatif"),
    ("target of no grade", 'value = "B"', 'value = "E"', "A, B, C, D, Sangat Baik"),
    ("target in quotes", "value = 85", 'value = "85"', "angka tanpa tanda kutip"),
    ("target neither", 'value = "B"', "value = true", "seharusnya: angka atau teks"),
    ("no target measured", "measured = true", "measured = false", "2026 harus tepat satu"),
    ("two targets measured", 'value = "B"', 'value = "B"\nmeasured = true', "2 target dengan"),
    (
        "target of a document doubled",
        'document = "renstra"\nyear = 2026',
        'document = "pk"\nyear = 2026',
        "target[2].document: Tertulis dua kali",
    ),
    (
        "target outside the Renstra",
        "year = 2029\nvalue = 90",
        "year = 2030\nvalue = 90",
        "tahun 2025 sampai 2029",
    ),
    (
        "weight of one indicator only",
        "[[class]]",
        HALF_WEIGHTED + "[[class]]",
        "tanpa weight: skm",
    ),
    ("quarters that nothing joins", 'join = "sum"\n', "", "indicator[2].join: Kunci wajib"),
    ("quarter 5", "quarter = 1", "quarter = 5", "triwulan 1 sampai 4"),
    ("national figure without source", 'sumber = "Kementerian"', "", "national[1].sumber: Kunci"),
    # realisations
    ("realisation of no source", 'source = "closing"\n', "", "tidak ada pilihan bawaan"),
    ("realisation of another source", 'source = "closing"', 'source = "closed"', "«closing»?"),
    ("closing without period", 'period = "2026"\n', "", "realisation[1].period: Kunci wajib"),
    ("closing of another year", 'period = "2026"', 'period = "2025"', "Periode di luar tahun"),
    ("closing of no period", 'period = "2026"', 'period = "Semester I"', "periode, misalnya 2026"),
    (
        "table without reason",
        'reason = "sebarannya tidak tercetak"\n',
        "",
        "realisation[2].reason",
    ),
    ("table outside the office", 'file = "skm/2025.csv"', 'file = "../a.csv"', "di dalam folder"),
    ("table at a drive", 'file = "skm/2025.csv"', 'file = "C:/a.csv"', "realisation[2].file"),
    ("rows unknown", 'rows = "printed"', 'rows = "tercetak"', "strict / printed / normalise"),
    ("stated without document", 'value = 3\ndocument = "pk"', "value = 3", "id dari documents"),
    ("parts without denominator", "denominator = 7\n", "", "realisation[2].denominator: Kunci"),
    ("parts of nothing", "denominator = 7", "denominator = 0", "Penyebut 0 padahal pembilang ada"),
    (
        "key of another source",
        "denominator = 7",
        'denominator = 7\nrows = "strict"',
        "rows: Kunci",
    ),
    (
        "two realisations a year",
        "year = 2025\nfile",
        "year = 2026\nfile",
        "realisation[2].year: Ter",
    ),
    (
        "realisation of the future",
        "year = 2025\nfile",
        "year = 2027\nfile",
        "tahun 2026 atau sebelum",
    ),
    # dates
    (
        "cut-off outside the year",
        "cut_off = 2026-12-30",
        "cut_off = 2027-01-05",
        "dalam tahun 2026",
    ),
    (
        "signed before the cut-off",
        "date = 2027-01-18",
        "date = 2026-06-01",
        "signing.date: Tanggal",
    ),
    ("signed years later", "date = 2027-01-18", "date = 2029-01-18", "31 Desember 2027"),
    ("PK of another year", "date = 2026-01-15", "date = 2023-01-15", "documents.pk.date: Tanggal"),
    ("PK changed after the year", 'month = "2026-09"', 'month = "2027-02"', "pk_perubahan.month"),
    ("month that is none", 'month = "2026-09"', 'month = "September 2026"', "bulan, misalnya"),
    ("date and month", 'month = "2026-09"', 'month = "2026-09"\ndate = 2026-09-01', "dua kali"),
    ("Renstra without end", "last_year = 2029\n", "", "documents.renstra.last_year: Kunci wajib"),
    ("Renstra backwards", "first_year = 2025", "first_year = 2030", "Tahun akhir mendahului"),
    # classes and rules
    ("class with two bounds", "above = 100", "above = 100\nfrom = 100", "class[1].above: Kelas"),
    ("class without bound", "from = 76\n", "", "class[2]: Batas bawah kelas tidak lengkap"),
    (
        "lowest class with a bound",
        'name = "RENDAH"',
        'name = "RENDAH"\nfrom = 5',
        "class[3]: Batas",
    ),
    ("classes out of order", "from = 76", "from = 101", "class[2]: Batas kelas tidak menurun"),
    ("class name doubled", 'name = "RENDAH"', 'name = "SEDANG"', "class[3].name: Tertulis dua"),
    ("words of another rule", ', "tidak efisien"', "", "efficiency.words: Jumlah sebutan"),
    ("margin missing", "margin = 5\n", "", "efficiency.margin: Batas selisih"),
    # budget
    ("money negative", "initial = 500", "initial = -500", "angka 0 atau lebih"),
    ("line without budget", "revised = 600\n", "", "line[1].revised: Kunci wajib belum diisi"),
    (
        "amount above its details",
        'name = "Belanja Pegawai"',
        'name = "B"\ninitial = 5',
        "rinciannya",
    ),
    (
        "activity without lines",
        "[[programme.activity.line]]",
        ACTIVITY + "[[programme.activity.line]]",
        "activity[1].line: Kegiatan tanpa",
    ),
    (
        "programme without activity",
        "[[programme]]",
        '[[programme]]\nname = "X"\nsasaran = "s1"\n[[programme]]',
        "programme[1].activity: Program tanpa kegiatan",
    ),
    (
        "urusan without programme",
        "[[urusan]]",
        '[[urusan]]\nname = "X"\n[[urusan]]',
        "urusan[1].programme",
    ),
    (
        "money of no group",
        'sasaran = "s1"\ngroup = "operasi"',
        'sasaran = "s1"',
        "line[1].group: Bel",
    ),
    (
        "input without target",
        ", target = 100, realised = 99.5",
        "",
        "inputs[1].target: Kunci wajib",
    ),
    ("output without unit", 'unit = "dokumen", ', "", "activity[1].outputs[1].unit: Kunci wajib"),
    # frame
    (
        "letterhead without address",
        'address = "Jalan Contoh 1"\n',
        "",
        "letterhead.address: Kunci",
    ),
    (
        "accepted without reason",
        'reason = "PK memakai mutu"',
        "",
        "accepted[1].reason: Kunci wajib",
    ),
]


@pytest.mark.parametrize(
    ("old", "new", "told"), [case[1:] for case in BAD], ids=[case[0] for case in BAD]
)
def test_one_fault_is_told_in_one_line(old: str, new: str, told: str, tmp_path: Path) -> None:
    lines = refusal(tmp_path, changed(old, new))
    assert len(lines) == 1
    assert told in lines[0]


def test_a_plan_named_after_another_year_is_refused(tmp_path: Path) -> None:
    lines = refusal(tmp_path, SMALL.replace("2026", "2027"))
    assert lines[0].startswith("year: Tahun berbeda dari nama berkas (ditemukan: «2027»)")


def test_all_faults_of_a_file_are_told_at_once(tmp_path: Path) -> None:
    text = (
        changed("initial = 500", 'initial = "500"')
        .replace('direction = "up"', 'direction = "naik"')
        .replace('period = "2026"', 'period = "2025"')
        .replace('class = "SEDANG"', 'class = "BAIK"')
        .replace('tujuan = "t1"', 'tujuan = "t9"', 1)
        .replace("year = 2026\ncut_off = 2026", "year = 2026\ncut_off = 2027")
    )
    assert [line.partition(":")[0] for line in refusal(tmp_path, text)] == [
        "indicator[1].direction",
        "programme[1].activity[1].line[1].initial",
        "indicator[1].realisation[1].period",
        "sasaran[1].tujuan",
        "cut_off",
        "success.class",
    ]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"year = ", "baris 1: Bukan TOML yang sah"),
        (b"\xff\xfe", "Berkas bukan teks UTF-8"),
        (b"year = 1\nyear = 2\n", "baris 2: Bukan TOML yang sah"),
        (b"year = " + b"9" * 5000, "Bukan TOML yang sah"),
        (b"year = " + b"[" * 5000, "Bukan TOML yang sah"),
        (b"", "Kunci wajib belum diisi"),
    ],
    ids=["cut off", "not UTF-8", "key twice", "endless number", "endless nesting", "empty"],
)
def test_a_file_that_is_no_plan_is_refused(content: bytes, told: str, tmp_path: Path) -> None:
    file = tmp_path / "2026.toml"
    file.write_bytes(content)
    with pytest.raises(SkmError, match=told):
        load_plan(file)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(SkmError, match="Berkas tidak ada"):
        load_plan(tmp_path / "2026.toml")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("realised = 300", "realised = 900"),
        ("realised = 300\n", ""),
        ("value = 85", "value = 84.5"),
        ('value = "B"', 'value = "sangat baik"'),
        ("above = 100", "from = 101"),
        ("from = 76", "from = 100"),
        ("denominator = 7", "denominator = 7\ntimes = 1000"),
        ("numerator = 6\ndenominator = 7", "numerator = 0\ndenominator = 0"),
        ("date = 2026-01-15", "date = 2025-12-29"),
        ("initial = 500", "initial = 500.75"),
        ("cap = 120\n", 'formula = "ratio"\n'),
    ],
    ids=[
        "a line overspent",
        "a line not spent yet",
        "a target with a decimal",
        "a target that is a predicate",
        "classes without a strict bound",
        "a class from 100 under one above 100",
        "parts per thousand",
        "nothing to count",
        "a PK of the December before",
        "money with cents",
        "another formula and no cap",
    ],
)
def test_what_offices_really_do_is_taken(old: str, new: str, tmp_path: Path) -> None:
    file = tmp_path / "2026.toml"
    file.write_text(changed(old, new), encoding="utf-8")
    load_plan(file)


def test_a_plan_saved_by_a_windows_editor_is_taken(tmp_path: Path) -> None:
    file = tmp_path / "2026.toml"
    file.write_bytes(b"\xef\xbb\xbf" + SMALL.replace("\n", "\r\n").encode())
    assert load_plan(file).year == 2026


@pytest.mark.parametrize("seed", range(60))
def test_a_damaged_real_plan_is_taken_or_refused_but_never_breaks(
    seed: int, tmp_path: Path
) -> None:
    chance = random.Random(seed)
    lines = REAL.read_text(encoding="utf-8").splitlines()
    for _ in range(chance.randint(1, 4)):
        place = chance.randrange(len(lines))
        match chance.randrange(4):
            case 0:
                del lines[place]
            case 1:
                lines.insert(place, lines[chance.randrange(len(lines))])
            case 2:
                lines[place] = lines[place].partition("=")[0] + "= [1, {}]"
            case _:
                lines[place] = lines[place].replace('"', "").replace("0", "x")
    file = tmp_path / "2020.toml"
    file.write_text("\n".join(lines), encoding="utf-8")
    assert all(len(str(fault).splitlines()) == 1 for fault in faults_of(file))


@pytest.fixture(scope="module")
def plan() -> Plan:
    return load_plan(REAL)


def test_the_2020_plan_has_two_sasaran_and_three_indicators(plan: Plan) -> None:
    assert [sasaran.id for sasaran in plan.sasaran] == ["s1", "s2"]
    assert [(found.id, found.sasaran) for found in plan.indicators] == [
        ("skm", "s1"),
        ("rekomendasi", "s2"),
        ("desa", "s2"),
    ]
    assert (plan.cut_off, plan.signing and plan.signing.dated) == (
        date(2020, 12, 30),
        date(2021, 1, 18),
    )


def test_every_document_of_2020_keeps_its_own_target(plan: Plan) -> None:
    skm = plan.indicator("skm")
    assert [(target.document, target.value) for target in skm.targets_of(2020)] == [
        ("renstra", Decimal(95)),
        ("pk", "B"),
        ("pk_perubahan", "B"),
        ("tabel_3_1", Decimal(85)),
        ("tabel_3_2", Decimal(100)),
    ]
    for indicator in plan.indicators:
        renstra = [target.value for target in indicator.targets if target.document == "renstra"]
        assert renstra == [70, 80, 85, 90, 95, 100]
        final = plan.final_target(indicator)
        assert final is not None
        assert final.year == 2021
        assert final.value == 100


@pytest.mark.parametrize(
    ("indicator", "value"), [("skm", 85), ("rekomendasi", 100), ("desa", 100)]
)
def test_one_target_of_2020_is_measured(plan: Plan, indicator: str, value: int) -> None:
    target = plan.indicator(indicator).measured_target(2020)
    assert target is not None
    assert target.value == value


def test_the_realisations_of_2019_are_those_of_the_comparison_tables(plan: Plan) -> None:
    found = [indicator.realisation_of(2019) for indicator in plan.indicators]
    assert [realised.value for realised in found if isinstance(realised, Stated)] == [
        Decimal("84.81"),
        Decimal("99.94"),
        Decimal(100),
    ]


def test_the_index_of_2020_names_its_table_and_why(plan: Plan) -> None:
    realised = plan.indicator("skm").realisation_of(2020)
    assert isinstance(realised, FromTable)
    assert (realised.file, realised.rows) == ("skm/2020.csv", "printed")
    assert "sebaran" in realised.reason


def test_numbers_are_read_exactly_and_the_plan_cannot_be_changed(plan: Plan) -> None:
    activity = plan.programmes[3].activities[1]
    assert activity.inputs[0].realised == Decimal("99.60")
    assert plan.budget is not None
    assert plan.budget.outside[0].revised == Decimal("1285490978.50")
    with pytest.raises(FrozenInstanceError):
        plan.year = 2021  # type: ignore[misc]


def test_the_outputs_of_the_counter_are_counted_one_service_each(plan: Plan) -> None:
    outputs = plan.programmes[4].activities[0].outputs
    assert [output.target for output in outputs] == [1200, 1700, 600, 102, 300, 50]
    assert [output.realised for output in outputs] == [1826, 2561, 965, 134, 723, 72]


def test_the_two_lists_of_obstacles_are_kept_apart(plan: Plan) -> None:
    ikhtisar, penutup = plan.obstacles.ikhtisar, plan.obstacles.penutup
    assert ikhtisar is not None
    assert penutup is not None
    assert (len(ikhtisar.items), len(ikhtisar.steps)) == (2, 2)
    assert (len(penutup.items), len(penutup.steps)) == (3, 3)


def test_no_person_is_named_in_the_2020_plan() -> None:
    text = REAL.read_text(encoding="utf-8")
    for trace in ("Drs.", "S.Sos", "M.Si", "MMR", "Penata", "Pembina Tk"):
        assert trace not in text
    assert not re.search(r"\b\d{8} ?\d{6}", text)  # how a NIP begins


def test_a_realisation_from_a_closing_leaves_the_edition_open(tmp_path: Path) -> None:
    file = tmp_path / "2026.toml"
    file.write_text(SMALL, encoding="utf-8")
    realised = load_plan(file).indicator("skm").realisation_of(2026)
    assert isinstance(realised, FromClosing)
    assert (realised.period, realised.edition) == ("2026", None)
