"""What happened to a closed period afterwards: late, deleted, corrected, destroyed responses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from skm.closing import Closing
from skm.disclosure import SMALLEST_SHOWN
from skm.form import Form
from skm.numerals import number
from skm.regulation import scale
from skm.responses import ResponseTable
from skm.scoring import score
from skm.store.connection import Store
from skm.store.rows import read_table
from skm.store.schema import is_used

_MEMBER_COUNT = "SELECT count(*) FROM closing_member WHERE period = ? AND edition = ?"
_MEMBER_STATES = """
    SELECT receipt.state, count(*) FROM closing_member AS member
    JOIN receipt USING (id)
    WHERE member.period = ? AND member.edition = ? GROUP BY receipt.state"""
_CORRECTED = """
    SELECT count(DISTINCT change.id) FROM change_log AS change
    JOIN closing ON closing.period = ? AND closing.edition = ?
    JOIN closing_member AS member ON member.period = closing.period
        AND member.edition = closing.edition AND member.id = change.id
    WHERE change.action = 'corrected' AND change.number > closing.log_number"""


@dataclass(frozen=True)
class Since:
    """What happened to a period after an edition of its closing.

    Attributes:
        late: responses that came in after it.
        deleted: responses of it that an admin deleted.
        corrected: responses of it that an admin corrected.
        purged: responses of it that were destroyed.
        index: what the index of all responses there are now would be; None where none are.
        few: whether those are so few that their index must not be shown.
    """

    late: int
    deleted: int
    corrected: int
    purged: int
    index: Fraction | None
    few: bool

    @property
    def differs(self) -> bool:
        """Whether a new edition would count other responses."""
        return bool(self.late or self.deleted or self.corrected)

    def __str__(self) -> str:
        parts = [f"menyusul: {number(self.late)}"]
        parts += [f"dihapus: {number(self.deleted)}"] if self.deleted else []
        parts += [f"diperbaiki: {number(self.corrected)}"] if self.corrected else []
        if self.few:
            return f"{', '.join(parts)}; indeksnya ditampilkan mulai {SMALLEST_SHOWN} responden"
        index = "belum lengkap" if self.index is None else number(self.index, 2)
        return f"{', '.join(parts)}, indeks akan menjadi {index}"


def since(store: Store, closing: Closing, form: Form) -> Since:
    """What happened to a period after an edition of its closing."""
    if untouched(store, closing, form):
        return Since(0, 0, 0, 0, closing.index, closing.respondents < SMALLEST_SHOWN)
    live = read_table(store, form, closing.period).answered()
    return changes_of(store, closing, form, live)


def untouched(store: Store, closing: Closing, form: Form) -> bool:
    """Whether the responses are still those that an edition counts, told without reading them."""
    if not is_used(store, form):
        return False
    key, months = (str(closing.period), closing.edition), closing.period.months
    live = f"SELECT count(*) FROM {form.table} WHERE month BETWEEN ? AND ?"
    ((there,),) = store.reader.execute(live, (months[0], months[-1])).fetchall()
    ((counted,),) = store.reader.execute(_MEMBER_COUNT, key).fetchall()
    states: dict[str, int] = dict(store.reader.execute(_MEMBER_STATES, key).fetchall())
    ((corrected,),) = store.reader.execute(_CORRECTED, key).fetchall()
    kept = states.get("stored", 0) + states.get("corrected", 0)
    return there == counted == kept and not corrected


def changes_of(store: Store, closing: Closing, form: Form, live: ResponseTable) -> Since:
    """The same against the responses that there are now."""
    key = (str(closing.period), closing.edition)
    counted = read_table(store, form, closing.period, edition=closing.edition).answered()
    states: Mapping[str, int] = dict(store.reader.execute(_MEMBER_STATES, key).fetchall())
    ((corrected,),) = store.reader.execute(_CORRECTED, key).fetchall()
    index = None
    if len(live):
        index = score(live.distribution(), form, closing.weights, scale(closing.scale)).index
    return Since(
        late=len(live) - len(counted),
        deleted=states.get("deleted", 0),
        corrected=corrected,
        purged=states.get("purged", 0),
        index=index,
        few=0 < len(live) < SMALLEST_SHOWN,
    )
