"""How a run ended, and how it is told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from skm.numerals import number
from skm.torture.judgement import Findings
from skm.torture.schedule import Deed, Mishap

_EXAMPLES = 3


@dataclass(frozen=True)
class Verdict:
    """The numbers of a run.

    Attributes:
        seed: repeats the same trouble.
        seconds: how long it took.
        finished: responses whose citizen was thanked.
        receipts: those of them that a tablet holds a receipt for.
        unsent: those that a tablet could not deliver by the end, or was refused for good.
        requests: how many times the tablets tried.
        mishaps: what befell them.
        deeds: what happened at the office.
        starts: how often the server was started.
        findings: what the database says at the end.
        kept: the run's folder, left to be looked at where something is wrong.
    """

    seed: int
    seconds: float
    finished: int
    receipts: int
    unsent: int
    requests: int
    mishaps: Mapping[Mishap, int]
    deeds: Mapping[Deed, int]
    starts: int
    findings: Findings
    kept: Path | None = None

    @property
    def passed(self) -> bool:
        """Whether nothing was lost, doubled, changed or brought back."""
        return self.findings.clean and not self.unsent

    def lines(self) -> Iterator[str]:
        """The numbers as an officer reads them."""
        found = self.findings
        yield f"Uji ketahanan dengan benih {self.seed}, {number(round(self.seconds))} detik"
        yield ""
        yield "Gangguan yang dibuat"
        trouble = {each: count for each, count in self.mishaps.items() if each is not Mishap.NONE}
        for each, count in sorted(
            [*trouble.items(), *self.deeds.items()], key=lambda told: -told[1]
        ):
            yield _line(each.value, count)
        yield _line("kiriman tablet seluruhnya", self.requests)
        yield _line("peladen dijalankan", self.starts)
        yield ""
        yield "Hasil"
        yield _line("survei selesai di tablet", self.finished)
        yield _line("tanda terima dipegang tablet", self.receipts)
        yield _line("tersimpan tepat satu kali, isi sama", found.stored)
        yield _line("dihapus dengan sengaja, tetap terhapus", found.deleted)
        yield _line(
            "diterima tetapi hilang", len(found.lost_acknowledged), found.lost_acknowledged
        )
        yield _line("diterima sebelum ada di cakram", len(found.broken), found.broken)
        yield _line("hilang seluruhnya", len(found.lost), found.lost)
        yield _line("tersimpan ganda", len(found.doubled), found.doubled)
        yield _line("isi berubah", len(found.altered), found.altered)
        yield _line("terhapus tetapi kembali", len(found.returned), found.returned)
        yield _line("nomor yang belum sampai", len(found.missing))
        yield _line("belum terkirim", self.unsent)
        yield _line("isi berbeda dengan nomor sama", found.conflicts)
        yield _line("hari meleset karena jam, tanpa tanda", found.misdated)
        yield f"  {'basis data utuh':48} {'; '.join(found.damage) or 'ya':>9}"
        yield ""
        if self.passed:
            yield "LULUS: tidak ada jawaban yang hilang, ganda, berubah, atau kembali."
        else:
            yield f"GAGAL: lihat angka di atas. Folder uji disimpan di {self.kept}"

    def document(self) -> dict[str, object]:
        """The numbers for another program."""
        found = self.findings
        return {
            "passed": self.passed,
            "seed": self.seed,
            "finished": self.finished,
            "receipts": self.receipts,
            "stored": found.stored,
            "deleted": found.deleted,
            "lost_acknowledged": len(found.lost_acknowledged),
            "acknowledged_before_commit": len(found.broken),
            "lost": len(found.lost),
            "doubled": len(found.doubled),
            "altered": len(found.altered),
            "returned": len(found.returned),
            "missing": len(found.missing),
            "unsent": self.unsent,
            "conflicts": found.conflicts,
            "damage": list(found.damage),
            "misdated": found.misdated,
            "requests": self.requests,
            "starts": self.starts,
            "mishaps": {each.name.lower(): count for each, count in self.mishaps.items()},
            "deeds": {each.name.lower(): count for each, count in self.deeds.items()},
        }


def _line(what: str, count: int, ids: frozenset[str] = frozenset()) -> str:
    examples = f"  ({', '.join(sorted(ids)[:_EXAMPLES])})" if ids else ""
    return f"  {what:48} {number(count):>9}{examples}"
