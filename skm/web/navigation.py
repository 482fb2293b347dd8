"""The officers' links, each shown to those who may follow it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from skm.web.access import ADMITTED


@dataclass(frozen=True)
class Link:
    """A page of the officers' area.

    Attributes:
        address: as its row in the access table spells it, without a variable part.
        label: what the menu says.
        about: one line of what it is for.
    """

    address: str
    label: str
    about: str


LINKS = (
    Link("/petugas", "Beranda", "Angka bulan ini dan keadaan tablet"),
    Link("/petugas/kertas", "Formulir kertas", "Ketik jawaban yang diisi di kertas"),
    Link("/petugas/ekspor", "Ekspor", "Unduh hasil sebulan sebagai Excel atau CSV"),
    Link("/petugas/tablet", "Tablet", "Pasang, ganti nama, atau cabut tablet loket"),
    Link("/petugas/pengguna", "Pengguna", "Siapa boleh masuk, dan sebagai apa"),
    Link("/petugas/sandi", "Kata sandi", "Ganti kata sandi sendiri"),
)


def links_for(
    role: str | None, links: Sequence[Link], rows: Mapping[str, str]
) -> tuple[Link, ...]:
    """The links that an officer of a role may follow, in their order."""
    return tuple(link for link in links if role in ADMITTED.get(rows.get(link.address, ""), ()))
