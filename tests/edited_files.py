"""Reports as officers send them back from a word processor."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path


def edited(file: Path, *pairs: tuple[str, str]) -> Path:
    """The file with words of its document replaced, as Word would keep everything else."""
    made = io.BytesIO()
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(made, "w") as new:
        for entry in old.infolist():
            content = old.read(entry)
            if entry.filename == "word/document.xml":
                text = content.decode()
                for before, after in pairs:
                    assert before in text, before
                    text = text.replace(before, after, 1)
                content = text.encode()
            new.writestr(entry.filename, content)
    target = file.with_name("disunting-2020.docx")
    target.write_bytes(made.getvalue())
    return target
