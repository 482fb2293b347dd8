"""The check of a report that somebody else made, in a process of its own.

Such a file may be large, damaged or hostile, and its readers are other people's code: what
takes all time or memory, or brings its process down, must not stop the counter's tablets.
The process is this module; it prints JSON, either the outcome or what was refused.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from lkip.checking import check_report
from lkip.reviewed import Reviewed, reviewed_report
from skm.errors import Fault, SkmError, refuse

LONGEST = 120.0
"""Seconds that a check may take."""

_MOST_MEMORY = 4_000_000_000  # bytes of address space, where the system can limit it
_HOME = Path(__file__).parents[2]


def check_apart(files: Sequence[Path], longest: float = LONGEST) -> Reviewed:
    """The outcome of the check of a report; its files are one report.

    Raises:
        SkmError: a file cannot be read, or takes too long or too much.
    """
    paths = [str(_HOME), os.environ.get("PYTHONPATH", "")]
    # -P: nothing is imported from the folder the server happens to stand in
    command = [sys.executable, "-P", "-m", "lkip.web.apart", *map(str, files)]
    try:
        done = subprocess.run(
            command,
            env=os.environ
            | {
                "PYTHONPATH": os.pathsep.join(filter(None, paths)),
                "PYTHONIOENCODING": "utf-8",
                "OPENBLAS_NUM_THREADS": "1",  # each thread takes address space
            },
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            timeout=longest,
            check=False,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except subprocess.TimeoutExpired:
        raise _too_much(f"belum selesai sesudah {longest:.0f} detik") from None
    except OSError as error:
        raise refuse("Pemeriksaan tidak dapat dijalankan", found=error.strerror) from error
    if done.returncode or not done.stdout:
        raise _too_much("pembacanya berhenti di tengah jalan")
    read = json.loads(done.stdout)
    if "faults" in read:
        raise SkmError(*(Fault(**fault) for fault in read["faults"]))
    return Reviewed.from_json(read)


def _too_much(reason: str) -> SkmError:
    return refuse(
        f"Berkas ini tidak dapat diperiksa di sini: {reason}",
        todo="Simpan ulang dari Word, atau bagi per bab, lalu coba lagi.",
    )


def _main(files: Sequence[Path]) -> None:
    _limit_memory()
    try:
        outcome = reviewed_report(check_report(files), [file.name for file in files]).to_json()
    except SkmError as error:
        faults = (replace(fault, file=_name(fault)) for fault in error.faults)
        outcome = {"faults": [_plain(fault) for fault in faults]}
    sys.stdout.write(json.dumps(outcome, ensure_ascii=False))


def _plain(fault: Fault) -> dict[str, object]:
    """A fault as JSON knows it; what was found is shown as text."""
    found = None if fault.found is None else str(fault.found)
    return vars(replace(fault, found=found))


def _name(fault: Fault) -> str | None:
    return None if fault.file is None else Path(fault.file).name


if sys.platform == "win32":

    def _limit_memory() -> None:
        """Windows has no such limit for a process alone; the time limit stands."""

else:

    def _limit_memory() -> None:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MOST_MEMORY, _MOST_MEMORY))


if __name__ == "__main__":
    _main([Path(each) for each in sys.argv[1:]])
