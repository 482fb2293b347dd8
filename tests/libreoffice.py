"""Documents as LibreOffice reads them and writes them again."""

from __future__ import annotations

import subprocess
from pathlib import Path


def converted(file: Path, folder: Path, kind: str) -> Path:
    """A document in another format, or saved once more in its own."""
    folder.mkdir(parents=True, exist_ok=True)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", kind, "--outdir", str(folder)]
    subprocess.run([*command, str(file)], check=True, capture_output=True, timeout=180)
    return folder / f"{file.stem}.{kind}"
