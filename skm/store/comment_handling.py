"""What the office makes of a comment: words fit to be printed, a topic, an answer.

It is kept under the id of the comment and goes wherever the comment goes: deleted and purged
with it, in backups too, also where it was published.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from skm.errors import Fault, SkmError, refuse
from skm.form import Form
from skm.period import Period
from skm.store.connection import Store
from skm.store.release import released_until
from skm.store.rows import comments_by_id, shuffle_key

OTHER_TOPIC = "lain"
"""The topic of a comment that is about none of the form's elements."""
LONGEST_WORDS = 1000
"""Letters of a cleaned text or an answer at most, as many as a comment may have."""

_LARGEST = 2**31

_COLUMNS = "cleaned, topic, answer, published, follow_up, who, day"
_HANDLED = f"SELECT id, {_COLUMNS} FROM comment_handling WHERE month BETWEEN ? AND ?"
_SIMULATED = "SELECT id FROM comment WHERE simulated = 1 AND month BETWEEN ? AND ?"
_PUBLISHED = """
    SELECT cleaned, answer, form, topic, simulated FROM comment_handling JOIN comment USING (id)
    WHERE published = 1 AND comment.month BETWEEN ? AND ?"""
_MONTH = """
    SELECT month FROM comment JOIN receipt USING (id)
    WHERE comment.id = ? AND comment.form = ? AND received <= ?"""
_KEEP = f"""
    INSERT INTO comment_handling (id, month, {_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (id) DO UPDATE SET month = excluded.month, cleaned = excluded.cleaned,
    topic = excluded.topic, answer = excluded.answer, published = excluded.published,
    follow_up = excluded.follow_up, who = excluded.who, day = excluded.day"""


@dataclass(frozen=True)
class Handling:
    """What an officer decided about a comment.

    Attributes:
        cleaned: its words without names and numbers; None while nobody has read them for that.
        topic: code of an element of the form, or ``lain``; None while not said.
        answer: what the office says to it.
        published: whether the cleaned words and the answer may be shown to everybody.
        follow_up: number of the follow-up that it led to.
    """

    cleaned: str | None = None
    topic: str | None = None
    answer: str | None = None
    published: bool = False
    follow_up: int | None = None


@dataclass(frozen=True)
class ReceivedComment:
    """A comment that officers may read.

    Attributes:
        id: of the response that it came with; it never leaves the program.
        simulated: whether nobody wrote it.
        handling: None while nobody has handled it; then ``who`` and ``day`` are None too.
        who: the officer who handled it last, and on which day.
    """

    id: str
    text: str
    simulated: bool = False
    handling: Handling | None = None
    who: str | None = None
    day: date | None = None

    @property
    def words(self) -> str:
        """The cleaned words where there are some, else those of the citizen."""
        return (self.handling and self.handling.cleaned) or self.text


@dataclass(frozen=True)
class PublishedComment:
    """What everybody may read of a comment.

    Attributes:
        text: the cleaned words.
        form: id of the questionnaire that it came with.
        topic: code of an element of that form, or ``lain``.
    """

    text: str
    answer: str | None
    form: str
    topic: str | None
    simulated: bool


def received_comments(
    store: Store, form: Form, period: Period, today: date, edition: int | None = None
) -> tuple[ReceivedComment, ...]:
    """The released comments of a period, or of an edition of it, in an order that tells nothing.

    The order follows from period and text alone, so handling a comment does not move it.
    """
    until = released_until(store, form, today) or date.min
    found = comments_by_id(store, form, period, received_until=until, edition=edition)
    handled, simulated = _handled(store, period), _simulated(store, period)
    return tuple(
        ReceivedComment(comment_id, text, comment_id in simulated, *handled.get(comment_id, ()))
        for comment_id, text in found.items()
    )


def handle(
    store: Store, form: Form, comment_id: str, handling: Handling, who: str, day: date
) -> None:
    """Keep what an officer decided; what was decided before is overwritten on the disk too.

    Args:
        who: the officer's name for logging in.
        day: the day at the office.

    Raises:
        SkmError: the comment is not there or not released, a topic that the form does not know,
            nothing cleaned to publish, or a text that is too long; nothing is changed then.
    """
    if faults := list(_faults(form, handling)):
        raise SkmError(*faults)
    until = released_until(store, form, day) or date.min
    with store.writing() as db:
        found = db.execute(_MONTH, (comment_id, form.id, until.isoformat())).fetchone()
        if found is None:
            raise refuse("Saran ini tidak ada, atau sudah dihapus atau dimusnahkan")
        db.execute("PRAGMA secure_delete = ON")
        db.execute(
            _KEEP,
            (
                *(comment_id, found[0], handling.cleaned, handling.topic, handling.answer),
                *(handling.published, handling.follow_up, who, day.isoformat()),
            ),
        )


def published_comments(store: Store, period: Period) -> tuple[PublishedComment, ...]:
    """What was published of a period's comments, in an order that tells nothing.

    It is in the cleaned words alone; a comment that was deleted or purged is no longer among
    them.
    """
    rows = store.reader.execute(_PUBLISHED, _span(period)).fetchall()
    found = [
        PublishedComment(cleaned, answer, form, topic, bool(simulated))
        for cleaned, answer, form, topic, simulated in rows
    ]
    return tuple(sorted(found, key=lambda each: shuffle_key(period, each.text)))


def topics(form: Form) -> dict[str, str]:
    """What a comment can be about, by code: the elements of its form, or something else."""
    return {element.code: element.name for element in form.elements} | {OTHER_TOPIC: "Hal lain"}


def _handled(store: Store, period: Period) -> dict[str, tuple[Handling, str, date]]:
    rows = store.reader.execute(_HANDLED, _span(period)).fetchall()
    return {
        comment_id: (
            Handling(cleaned, topic, answer, bool(published), follow_up),
            who,
            date.fromisoformat(day),
        )
        for comment_id, cleaned, topic, answer, published, follow_up, who, day in rows
    }


def _simulated(store: Store, period: Period) -> frozenset[str]:
    rows = store.reader.execute(_SIMULATED, _span(period)).fetchall()
    return frozenset(comment_id for (comment_id,) in rows)


def _faults(form: Form, handling: Handling) -> Iterator[Fault]:
    if handling.topic is not None and handling.topic not in topics(form):
        known = " / ".join(topics(form))
        yield Fault("Topik tidak dikenal", found=handling.topic, expected=known)
    if handling.published and not handling.cleaned:
        yield Fault(
            "Belum ada teks yang boleh diterbitkan",
            todo="Isi teks yang sudah dibersihkan dari nama dan nomor.",
        )
    for name, words in (("Teks bersih", handling.cleaned), ("Jawaban", handling.answer)):
        if words is not None and len(words) > LONGEST_WORDS:
            yield Fault(f"{name} terlalu panjang", expected=f"sampai {LONGEST_WORDS} huruf")
    if handling.follow_up is not None and not 1 <= handling.follow_up <= _LARGEST:
        yield Fault("Nomor tindak lanjut salah", found=handling.follow_up, expected="mulai dari 1")


def _span(period: Period) -> tuple[str, str]:
    return period.months[0], period.months[-1]
