"""What an office recorded of its questions, for those who would rather listen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from skm.form import Form

SUFFIXES = (".ogg", ".mp3")

Recordings = Mapping[str, Mapping[str, Path]]
"""Files by language and question."""


def find_recordings(folder: Path, languages: Iterable[str], form: Form) -> Recordings:
    """The recordings in ``<folder>/<language>/<question>.ogg`` or ``.mp3``."""
    found: dict[str, dict[str, Path]] = {}
    for language in languages:
        files = {
            question.code: file
            for question in form.questions
            for suffix in reversed(SUFFIXES)  # the first suffix goes before the others
            if (file := folder / language / f"{question.code}{suffix}").is_file()
        }
        if files:
            found[language] = files
    return found


def fingerprint(recordings: Recordings) -> str:
    """Differs when a recording was added, taken away or made anew."""
    return repr(
        [
            (language, code, file.stat().st_size, file.stat().st_mtime_ns)
            for language, files in sorted(recordings.items())
            for code, file in sorted(files.items())
        ]
    )
