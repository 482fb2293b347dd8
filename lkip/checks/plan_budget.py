"""The budget of a plan: sums, kinds of spending, what was overspent or belongs nowhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from lkip.budget import Node, by_group, by_sasaran, outside, tree
from lkip.checks.plan_subject import PLAN, PlanSubject
from lkip.findings import Contradiction
from lkip.plan import SUPPORT
from skm.numerals import percent, rupiah


@PLAN.error(
    "anggaran-jenis",
    "Jenis belanja berjumlah sama dengan kelompok belanjanya",
    source="hitungan: Bab III, akuntabilitas keuangan",
    explanation="Belanja pegawai, barang/jasa, dan modal bersama-sama adalah seluruh belanja itu.",
)
def kinds_make_the_group(subject: PlanSubject) -> Iterator[Contradiction]:
    """Stated kinds against the lines of their group."""
    budget = subject.plan.budget
    for share in by_group(subject.plan) if budget else ():
        kinds = [kind for kind in budget.kinds if kind.group == share.key] if budget else []
        if not kinds:
            continue
        pairs: list[tuple[str, Decimal, Decimal]] = [
            ("anggaran", sum((kind.revised for kind in kinds), Decimal(0)), share.money.revised)
        ]
        realised = [kind.realised for kind in kinds if kind.realised is not None]
        if len(realised) == len(kinds) and share.money.realised is not None:
            pairs.append(("realisasi", sum(realised, Decimal(0)), share.money.realised))
        for what, stated, summed in pairs:
            if stated != summed:
                yield Contradiction(
                    f"Jenis {share.name} menurut {what} berjumlah {rupiah(stated)}, baris "
                    f"belanjanya {rupiah(summed)}.",
                    (f"budget.kind, {share.name}",),
                    rupiah(stated),
                    rupiah(summed),
                    f"selisih {rupiah(summed - stated)}",
                )


@PLAN.warning(
    "anggaran-terlampaui",
    "Realisasi tidak melebihi anggaran",
    source="PP 12/2019: belanja tidak melampaui anggaran yang tersedia",
    explanation="Serapan di atas 100 % biasanya salah ketik.",
)
def not_overspent(subject: PlanSubject) -> Iterator[Contradiction]:
    """Lines that were overspent."""
    for place, node in _ends(subject):
        spent = node.money.realised
        if spent is not None and spent > node.money.revised:
            yield Contradiction(
                f"Realisasi {rupiah(spent)} melebihi anggaran {rupiah(node.money.revised)}.",
                (place,),
                rupiah(spent),
                f"paling banyak {rupiah(node.money.revised)}",
            )


@PLAN.note(
    "anggaran-berubah",
    "Anggaran semula sama dengan anggaran sesudah perubahan, atau perubahannya disebut",
    source="PermenPANRB 53/2014: PK diubah bila anggaran berubah",
    explanation="Perubahan pagu perlu tampak dalam PK perubahan dan dijelaskan.",
)
def changes_are_told(subject: PlanSubject) -> Iterator[Contradiction]:
    """Lines whose two amounts differ."""
    for place, node in _ends(subject):
        if node.money.initial != node.money.revised:
            yield Contradiction(
                f"Anggaran berubah dari {rupiah(node.money.initial)} menjadi "
                f"{rupiah(node.money.revised)}.",
                (place,),
                rupiah(node.money.initial),
                rupiah(node.money.revised),
            )


@PLAN.note(
    "anggaran-belum-terisi",
    "Semua baris belanja memiliki realisasi",
    source="PermenPANRB 53/2014, Bab III.B",
    explanation="Baris tanpa realisasi membuat serapan tidak dapat dihitung.",
)
def realisations_are_there(subject: PlanSubject) -> Iterator[Contradiction]:
    """Lines without an amount spent."""
    for place, node in _ends(subject):
        if node.money.realised is None:
            yield Contradiction("Realisasi belanja belum diisi.", (place,))


@PLAN.warning(
    "sasaran-tanpa-anggaran",
    "Setiap sasaran didukung anggaran",
    source="PermenPANRB 88/2021, anggaran per sasaran",
    explanation="Sasaran tanpa program tidak dapat dinilai efisiensinya.",
)
def sasaran_have_money(subject: PlanSubject) -> Iterator[Contradiction]:
    """Sasaran that no programme serves."""
    for share in by_sasaran(subject.plan):
        if share.key != SUPPORT and share.money.revised == 0:
            yield Contradiction(
                f"Sasaran {share.name} tidak didukung anggaran.", (f"sasaran {share.key}",)
            )


@PLAN.note(
    "anggaran-penunjang",
    "Bagian anggaran yang tidak terikat sasaran tidak melebihi separuh",
    source="PermenPANRB 88/2021, anggaran per sasaran (a semua, b di atas 80 %, c di atas 50 %)",
    explanation="Penilai mengurangi nilai bila sebagian besar anggaran tidak terikat sasaran.",
)
def support_is_the_lesser_part(subject: PlanSubject) -> Iterator[Contradiction]:
    """Money that serves no sasaran."""
    shares = {share.key: share for share in by_sasaran(subject.plan)}
    support = shares[SUPPORT].share.shown
    if support is not None and support > 50:
        yield Contradiction(
            f"{percent(support)} anggaran program tidak terikat pada satu sasaran.",
            ("programme.sasaran",),
            f"{rupiah(shares[SUPPORT].money.revised)} ({percent(support)})",
        )


@PLAN.note(
    "belanja-senama",
    "Baris belanja satu kegiatan bernama berbeda",
    source="kewajaran: dua baris senama biasanya satu nama tersalin",
    explanation="Bedakan namanya supaya pembaca tahu mana yang mana.",
)
def lines_have_own_names(subject: PlanSubject) -> Iterator[Contradiction]:
    """Doubled names below one node."""
    for top in tree(subject.plan):
        for _, node in top.walk():
            counted = Counter(child.name.casefold() for child in node.children)
            for name, times in counted.items():
                if times > 1:
                    yield Contradiction(
                        f"{times} baris di bawah {node.name} bernama sama.", (node.name,), name
                    )


def _ends(subject: PlanSubject) -> Iterator[tuple[str, Node]]:
    """The nodes that hold amounts, each with the names above it as its place."""
    for top in (*outside(subject.plan), *tree(subject.plan)):
        yield from _below(top, "")


def _below(node: Node, above: str) -> Iterator[tuple[str, Node]]:
    place = f"{above} › {node.name}" if above else node.name
    if not node.children:
        yield place, node
    for position, child in enumerate(node.children, start=1):
        numbered = f"{place} › baris {position}" if child.level.value == "belanja" else place
        yield from _below(child, numbered)
