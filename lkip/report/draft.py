"""A report in the making: what it is about, its wording, and the blocks put together so far."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lkip.plan import Document, Plan
from lkip.report.ground import Ground
from lkip.report.printer import Printer
from lkip.results import Results
from skm.document.blocks import Align, Item, Marker, Paragraph, Text, plain
from skm.document.builder import Builder
from skm.document.drafting import Drafting, placed
from skm.document.register import Register
from skm.document.wording import Value, Values, Wording
from skm.instance import Office


@dataclass(frozen=True)
class Draft(Drafting):
    """A performance report in the making.

    Attributes:
        ground: what the report cannot be made without.
        show: prints values.
    """

    results: Results
    ground: Ground
    office: Office
    show: Printer

    @staticmethod
    def begin(
        results: Results, ground: Ground, office: Office, wording: Wording, register: Register
    ) -> Draft:
        """An empty report."""
        show, build = Printer(register), Builder(register, wording)
        common = _common(results, ground, office, build, show)
        return Draft(wording, build, common, results, ground, office, show)

    @property
    def plan(self) -> Plan:
        """The plan that is reported on."""
        return self.results.plan

    def centred(self, key: str, *, at: str = "", **values: Value) -> None:
        """Add a line in the middle, kept with what follows."""
        values = {**self.common, **values}
        self.build.say(key, values, at=at, align=Align.CENTER, keep_with_next=True)

    def heading(self, key: str, level: int = 1, *, at: str = "", **values: Value) -> None:
        """Add a numbered heading with the text of a key."""
        self.build.heading(placed(key, at), self.words(key, **values), level)

    def front_heading(self, key: str, *, in_contents: bool = True) -> None:
        """Add a heading of the front matter."""
        self.build.heading(key, self.words(key), numbered=False, in_contents=in_contents)

    def items(self, key: str) -> list[Item]:
        """The texts of a list in the wording, as items."""
        return [self.item(each) for each in self.wording.listed(key)]

    def listing(
        self, block_id: str, texts: Sequence[str | Item], source: str, marker: Marker
    ) -> None:
        """Add a list of texts of the plan, their numbers entered."""
        items = (
            text if isinstance(text, Item) else Item(self.show.quote(text, source))
            for text in texts
        )
        self.build.list(block_id, items, marker)

    def remarks(self, block_id: str, items: Sequence[Item]) -> None:
        """Add texts as a list, a single one as a paragraph."""
        if len(items) == 1:
            self.build.add(Paragraph(items[0].id, items[0].text))
        else:
            self.build.list(block_id, items, Marker.DASH)

    def columns(self, *keys: str, **values: Value) -> tuple[Text, ...]:
        """Heads of columns."""
        return tuple(self.words(key if "." in key else f"kolom.{key}", **values) for key in keys)

    def document(self, id: str) -> Document | None:  # noqa: A002
        """A planning document; None where the plan has none."""
        return self.plan.documents.get(id)

    def document_title(self, id: str) -> str:  # noqa: A002
        """The title of a document of the plan."""
        return self.show.quote(self.plan.documents[id].title, f"rencana: documents.{id}")


def ended(texts: Sequence[str]) -> list[str]:
    """Parts of one sentence in a list, each with the mark that it ends with.

    >>> ended(["satu", "dua"])
    ['satu;', 'dua.']
    """
    return [f"{text};" for text in texts[:-1]] + [f"{text}." for text in texts[-1:]]


def _common(
    results: Results, ground: Ground, office: Office, build: Builder, show: Printer
) -> Values:
    plan = results.plan
    counts = {
        "tujuan": len(plan.tujuan),
        "sasaran": len(plan.sasaran),
        "indikator": len(plan.indicators),
        "program": len(plan.every_programme),
        "kegiatan": sum(len(programme.activities) for programme in plan.every_programme),
    }
    years = {
        "tahun": plan.year,
        "tahun_lalu": plan.year - 1,
        "tahun_depan": plan.year + 1,
        "renstra_awal": ground.first_year,
        "renstra_akhir": ground.last_year,
    }
    quoted = {
        "kantor": (office.name, "office.toml: kantor"),
        "kabupaten": (office.district, "office.toml: kabupaten"),
        "jabatan": (ground.signing.office, "rencana: signing.office"),
        "atasan": (ground.superior, "rencana: signing.superior"),
        "pk": (ground.agreement.title, f"rencana: documents.{ground.agreement_id}"),
        "renstra": (ground.renstra.title, "rencana: documents.renstra"),
    }
    return {
        **{name: show.year(year, f"rencana: {name}") for name, year in years.items()},
        **{name: show.quote(text, source) for name, (text, source) in quoted.items()},
        **{
            f"jumlah_{name}": show.count(count, f"rencana: banyaknya {name}")
            for name, count in counts.items()
        },
        **{f"peraturan_{name}": plain(build.words(f"peraturan.{name}")) for name in _RULES},
        "batas": show.day(plan.cut_off, "rencana: cut_off"),
    }


_RULES = ("sakip", "lkj")
