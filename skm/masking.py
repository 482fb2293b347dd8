"""A first proposal of what to take out of a citizen's words before others read them.

It knows the forms that names and numbers usually take, no more: an officer reads the words and
decides. It rather masks a word too many.
"""

from __future__ import annotations

import re

NAME, NUMBER, MAIL = "[nama]", "[nomor]", "[surel]"

_TITLES = (
    *("bapak", "bapa", "bpk", "pak", "ibu", "ibuk", "bu", "mas", "mbak", "mba", "kak", "kakak"),
    *("sdr", "sdri", "saudara", "saudari", "gus", "ning", "haji", "hajjah", "h", "hj", "ustadz"),
)
_NO_NAMES = frozenset(
    (
        *("petugas", "pegawai", "camat", "lurah", "kades", "kepala", "sekcam", "sekretaris"),
        *("kasi", "kasubag", "staf", "operator", "satpam", "security", "loket", "pelayanan"),
        *("rt", "rw", "desa", "kecamatan", "kantor", "guru", "polisi", "tolong", "mohon"),
        *("yang", "di", "dan", "dari", "ini", "itu", "nya", "saya", "kami", "kita", "anda"),
        *("sudah", "sangat", "tidak", "tdk", "lebih", "harus", "bisa", "juga", "untuk", "dengan"),
        *("kalau", "agar", "supaya", "terima", "terimakasih", "makasih", "semua", "para", "atau"),
        *("ibu", "bapak", "bapa", "hamil", "menyusui", "tua", "muda", "lansia", "rumah", "baik"),
        *("ramah", "cepat", "lama", "ada", "belum", "masih", "mau", "akan", "pada", "saat", "kok"),
    )
)
"""What stands behind a form of address and is nobody's name."""

_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_NUMBER = re.compile(
    r"(?P<money>\brp\.?\s*\d[\d.,]*)"
    r"|\+?62[\d \-.]{7,}\d|\b0\d{2,3}[ \-.]?\d[\d \-.]{4,}\d"  # telephones, however grouped
    r"|\d(?:[ \-]?\d){5,}",
    re.IGNORECASE,
)
_TITLED = re.compile(
    rf"\b(?P<title>(?i:{'|'.join(_TITLES)})\b\.?)(?P<gap>[ ]+)(?P<name>[^\W\d_][\w'’.-]*)"
    r"(?P<more>(?:[ ]+[A-Z][\w'’-]*){0,3})"
)


def masked(text: str) -> str:
    """The text with likely names, telephones, long numbers and mail addresses taken out.

    A number has six digits or more; an amount in rupiah stays, since it is what is complained
    of. A name is what follows a form of address and is not an office.

    >>> masked("Pak Budi Santoso minta Rp 150.000, hubungi 0812-3456-7890.")
    'Pak [nama] minta Rp 150.000, hubungi [nomor].'
    >>> masked("Bapak petugas loket 2 ramah; KTP saya 3509123456780001")
    'Bapak petugas loket 2 ramah; KTP saya [nomor]'
    """
    text = _MAIL.sub(MAIL, text)
    text = _NUMBER.sub(lambda found: found[0] if found["money"] else NUMBER, text)
    return _TITLED.sub(_without_name, text)


def _without_name(found: re.Match[str]) -> str:
    name = found["name"]
    if name.casefold().rstrip(".") in _NO_NAMES:
        return found[0]
    end = "." if name.endswith(".") and not found["more"] else ""
    return f"{found['title']}{found['gap']}{NAME}{end}"
