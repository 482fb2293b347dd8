"""The wheel: what is inside, and that it runs outside the checkout."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tomllib
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SECRET = b"milik kantor sendiri 4711"
SOURCES = ("pyproject.toml", "README.md", "LICENSE", "skm", "lkip", "survey_forms", "instance")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel built from a checkout whose office has data and secrets."""
    checkout = tmp_path_factory.mktemp("checkout")
    for name in SOURCES:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(
                source, checkout / name, ignore=shutil.ignore_patterns("__pycache__", "*.db*")
            )
        else:
            shutil.copyfile(source, checkout / name)
    for secret in ("skm.db", "skm.db-wal", "secret.key", "deletions.log", "skm/respondents.xlsx"):
        (checkout / "instance" / secret).write_bytes(SECRET)
    backup = checkout / "instance" / "backups" / "2026-10-01.db"
    backup.parent.mkdir(exist_ok=True)
    backup.write_bytes(SECRET)
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--outdir", checkout / "dist", checkout],
        check=True,
        capture_output=True,
    )
    (built,) = (checkout / "dist").glob("*.whl")
    return built


def test_the_wheel_holds_every_shipped_data_file_and_nothing_private(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
        content = b"".join(archive.read(name) for name in names)
    assert SECRET not in content
    packaged = {name for name in names if name.startswith("skm/_resources/")}
    shipped = {
        "survey_forms/" + file.relative_to(ROOT / "survey_forms").as_posix()
        for file in (ROOT / "survey_forms").rglob("*.toml")
    } | {
        "instance/" + file.relative_to(ROOT / "instance").as_posix()
        for pattern in ("office.toml", "lkip/*.toml", "skm/*.csv")
        for file in (ROOT / "instance").glob(pattern)
    }
    assert packaged == {f"skm/_resources/{name}" for name in shipped}


def test_every_package_of_the_checkout_is_in_the_wheel() -> None:
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["setuptools"]
    found = {
        ".".join(file.parent.relative_to(ROOT).parts)
        for top in ("skm", "lkip")
        for file in (ROOT / top).rglob("__init__.py")
    }
    assert {name for name in declared["packages"] if "_resources" not in name} == found


def test_the_readme_main_job_runs_from_the_wheel_in_an_empty_folder(
    wheel: Path, tmp_path: Path
) -> None:
    environment = tmp_path / "venv"
    venv.create(environment, with_pip=True)
    scripts = environment / ("Scripts" if sys.platform == "win32" else "bin")
    subprocess.run([scripts / "pip", "install", "--quiet", wheel], check=True)

    def run(*arguments: str) -> str:
        done = subprocess.run(
            [scripts / arguments[0], *arguments[1:]],
            cwd=tmp_path, check=True, capture_output=True, text=True, timeout=120,
        )  # fmt: skip
        return done.stdout

    run("skm", "init", "x")
    assert "kecamatan-14" in run("skm", "forms", "--instance", "x")
    run("lkip", "build", "2020", "--instance", "x")
    built = {file.name for file in (tmp_path / "x" / "reports" / "2020").iterdir()}
    assert {f"laporan-kinerja-2020.{kind}" for kind in ("docx", "pdf", "html")} <= built
    assert '"grade": "B"' in run("skm", "score", "x/skm/2020.csv", "--rows", "printed", "--json")
