"""Where the result of a period was published, as its report prints it."""

from __future__ import annotations

from dataclasses import dataclass

from skm.export.photographs import Photograph, photographs_of
from skm.media import media_rule
from skm.period import Period
from skm.store import Store
from skm.store.publications import Publication, publications


@dataclass(frozen=True)
class PublicationLine:
    """A publication in force.

    Attributes:
        medium: the name of its kind of media.
        photographs: the picture of its evidence, none where that is a PDF or lacking.
    """

    item: Publication
    medium: str
    photographs: tuple[Photograph, ...]


def publications_of(store: Store, period: Period) -> tuple[PublicationLine, ...]:
    """The publications of a period's result by their day, each place once."""
    found: dict[tuple[str, str], Publication] = {}
    for each in publications(store):
        if each.period == period and each.withdrawn is None:
            found[each.medium, each.place] = each  # that of the newest edition
    lines = sorted(found.values(), key=lambda each: (each.day, each.number))
    return tuple(_line(store, each) for each in lines)


def _line(store: Store, item: Publication) -> PublicationLine:
    medium = media_rule().named(item.medium)
    keys = [item.evidence] if item.evidence else []
    name = medium.name if medium else item.medium
    return PublicationLine(item, name, photographs_of(store, keys))
