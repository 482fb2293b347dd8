"""The small plan made complete: what a report can hold and the plan of 2020 does not."""

from __future__ import annotations

from pathlib import Path

SMALL = (Path(__file__).parent / "lkip" / "small_plan.toml").read_text(encoding="utf-8")

_CHANGES = (
    # realisations that are there
    (
        'source = "closing"\nyear = 2026\nperiod = "2026"',
        'source = "table"\nyear = 2026\nfile = "skm/2020.csv"\nrows = "printed"\n'
        'reason = "Sebaran dua unsur tidak tercetak"',
    ),
    (
        'source = "table"\nyear = 2025\nfile = "skm/2025.csv"\nrows = "printed"\n'
        'reason = "sebarannya tidak tercetak"',
        'source = "stated"\nyear = 2025\nvalue = 70.5\ndocument = "renstra"',
    ),
    ("revised = 1000\n", "revised = 1000\nrealised = 900\n"),
    ('name = "Lembur"\ngroup = "modal"\n', 'name = "Lembur"\ngroup = "modal"\nrealised = 40\n'),
    # offices and documents
    ('office = "Camat Contoh"', 'office = "Camat Contoh"\nsuperior = "Bupati Contoh"'),
    (
        'lines = ["KECAMATAN CONTOH"]',
        'lines = ["PEMERINTAH KABUPATEN CONTOH", "KECAMATAN CONTOH"]',
    ),
    # an indicator that is met or not by its grade alone
    (
        "[[class]]",
        '[[indicator]]\nid = "akip"\nsasaran = "s2"\nname = "Predikat AKIP"\nunit = "indeks"\n'
        'direction = "up"\nscales = ["2017"]\n'
        'target = [{ document = "pk", year = 2026, value = "B", measured = true }]\n'
        '[[indicator.realisation]]\nsource = "stated"\nyear = 2026\nvalue = 77\n'
        'document = "pk"\n[[class]]',
    ),
)


def complete_plan() -> str:
    """The text of the plan."""
    text = SMALL
    for old, new in _CHANGES:
        assert old in text, old
        text = text.replace(old, new, 1)
    return text
