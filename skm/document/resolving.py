"""What a document must satisfy as a whole: contents, references, ids, the tag to sign on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from skm.document.blocks import (
    AnnexTitle,
    Block,
    Contents,
    Document,
    Entry,
    Figure,
    Heading,
    Kind,
    ListOf,
    Run,
    Signature,
    Table,
    plain,
)
from skm.document.parts import ids, parts, with_runs
from skm.errors import Fault, SkmError

_CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def resolved(document: Document) -> Document:
    """The document with its contents listed and its references replaced by numbers.

    Raises:
        SkmError: an id used twice, a reference to what is not there, a list of nothing, or the
            tag of an electronic signature that does not stand exactly once. All faults are
            told at once.
    """
    numbers = _numbers(document.blocks)
    blocks = tuple(_listed(block, document.blocks) for block in document.blocks)
    faults = [*_doubled(blocks), *_dangling(blocks, numbers), *_empty(blocks)]
    whole = replace(
        document,
        blocks=tuple(with_runs(block, lambda run: _resolved(run, numbers)) for block in blocks),
    )
    faults += [*_tag_faults(whole), *_control_faults(whole)]
    if faults:
        raise SkmError(*faults)
    return whole


def _numbers(blocks: Iterable[Block]) -> dict[str, str]:
    """What a reference to each numbered block reads."""
    return {
        block.id: block.number
        for block in blocks
        if isinstance(block, Table | Figure | Heading | AnnexTitle) and block.number
    }


def _resolved(run: Run, numbers: Mapping[str, str]) -> Run:
    return replace(run, text=run.text or numbers.get(run.target, "")) if run.target else run


def _doubled(blocks: Iterable[Block]) -> list[Fault]:
    seen: set[str] = set()
    faults = []
    for found in (name for block in blocks for name in ids(block)):
        if found in seen:
            faults.append(Fault("Id blok dipakai dua kali", field=found))
        elif not found or any(char.isspace() for char in found):
            faults.append(Fault("Id blok kosong atau mengandung spasi", field=found))
        seen.add(found)
    return faults


def _dangling(blocks: Iterable[Block], numbers: Mapping[str, str]) -> list[Fault]:
    faults = []

    def check(run: Run) -> Run:
        if run.target and run.target not in numbers:
            faults.append(
                Fault(
                    "Rujukan ke tabel, gambar, atau judul yang tidak ada",
                    field=block.id,
                    found=run.target,
                    expected=", ".join(numbers) or None,
                )
            )
        return run

    for block in blocks:
        with_runs(block, check)
    return faults


def _empty(blocks: Iterable[Block]) -> list[Fault]:
    return [
        Fault("Daftar ini tidak memuat apa pun", field=block.id)
        for block in blocks
        if isinstance(block, Contents | ListOf) and not block.entries
    ]


def _listed(block: Block, blocks: Iterable[Block]) -> Block:
    match block:
        case Contents():
            entries = [
                Entry(found.id, level, found.number, plain(found.text).replace("\n", " "))
                for found in blocks
                if (level := _contents_level(found)) and level <= block.levels
                if isinstance(found, Heading | AnnexTitle)
            ]
            return replace(block, entries=tuple(entries))
        case ListOf(_, kind):
            wanted = Table if kind is Kind.TABLE else Figure
            return replace(
                block,
                entries=tuple(
                    Entry(found.id, 1, found.number, plain(found.caption).replace("\n", " "))
                    for found in blocks
                    if isinstance(found, wanted) and found.number
                ),
            )
    return block


def _contents_level(block: Block) -> int:
    """The level a block has in the contents; 0 where it is not listed."""
    if isinstance(block, Heading) and block.in_contents:
        return block.level
    return 1 if isinstance(block, AnnexTitle) else 0


def _tag_faults(document: Document) -> list[Fault]:
    """An electronic signature is put on its tag, so that must not stand anywhere else."""
    tags = [
        (block.id, signer.tag)
        for block in document.blocks
        if isinstance(block, Signature)
        for signer in block.signers
        if signer.tag
    ]
    if not tags:
        return []
    if len(tags) > 1:
        return [
            Fault(
                "Lebih dari satu tempat tanda tangan elektronik",
                field=", ".join(place for place, _ in tags),
                expected="satu tanda di seluruh dokumen",
            )
        ]
    ((home, tag),) = tags
    return [
        Fault(
            "Tanda untuk tanda tangan elektronik juga terdapat dalam teks",
            field=part.id,
            found=plain(part.text),
            expected=f"{tag} hanya pada {home}",
            todo="Pilih tag_tte lain di office.toml, atau ubah teksnya.",
        )
        for part in parts(document)
        if tag in plain(part.text) and (part.id != home or plain(part.text) != tag)
    ]


def _control_faults(document: Document) -> list[Fault]:
    """Characters that no file format can hold, such as those copied out of a PDF."""
    return [
        Fault(
            "Teks mengandung karakter kendali",
            field=part.id,
            found=plain(part.text),
            todo="Ketik ulang bagian itu.",
        )
        for part in parts(document)
        if _CONTROL.search(plain(part.text))
    ]
