"""What the office makes of a comment: kept apart from the response, and gone with the comment."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from answering import delivery, response
from store_content import bytes_of

from skm.errors import SkmError
from skm.form import Form
from skm.instance import Instance
from skm.period import Period
from skm.store import Store, open_store
from skm.store.backup import back_up
from skm.store.comment_handling import (
    LONGEST_WORDS,
    Handling,
    PublishedComment,
    handle,
    published_comments,
    received_comments,
)
from skm.store.corrections import Correction, Ruling, correct, delete
from skm.store.intake import Intake
from skm.store.restore import restore
from skm.store.verify import verify

OCTOBER = Period.parse("2026-10")
TODAY = date(2026, 10, 20)
NOW = datetime(2026, 10, 20, 3, 0, tzinfo=UTC)
CLEANED = "Kursi di loket kurang, tulis warga yang khas."
ANSWER = "Delapan kursi ditambah pada November."
RULING = Ruling("admin", "diminta orangnya", TODAY)


@pytest.fixture
def comments(store: Store, form: Form) -> list[str]:
    """Ids of six released comments."""
    made = [delivery(response(form, comment=f"Kursi kurang {n}, kata Pak Budi")) for n in range(6)]
    Intake(store).receive_many(form, made)
    return [each.response.id for each in made]


def published(topic: str | None = "kenyamanan") -> Handling:
    return Handling(CLEANED, topic, ANSWER, published=True, follow_up=3)


def test_a_handled_comment_keeps_its_place_and_its_own_words(
    store: Store, form: Form, comments: list[str]
) -> None:
    before = received_comments(store, form, OCTOBER, TODAY)
    handle(store, form, comments[2], published(), "loket", TODAY)
    after = received_comments(store, form, OCTOBER, TODAY)
    assert [each.text for each in after] == [each.text for each in before]
    (handled,) = [each for each in after if each.handling]
    assert (handled.id, handled.handling) == (comments[2], published())
    assert (handled.who, handled.day) == ("loket", TODAY)
    assert handled.words == CLEANED
    assert "Pak Budi" in handled.text


def test_only_cleaned_words_that_were_marked_are_published(
    store: Store, form: Form, comments: list[str]
) -> None:
    handle(store, form, comments[0], Handling(CLEANED, None, ANSWER), "loket", TODAY)
    assert published_comments(store, OCTOBER) == ()
    handle(store, form, comments[0], published(), "loket", TODAY)
    assert published_comments(store, OCTOBER) == (
        PublishedComment(CLEANED, ANSWER, form.id, "kenyamanan", simulated=False),
    )
    assert published_comments(store, Period.parse("2026-09")) == ()
    handle(store, form, comments[0], Handling(CLEANED), "loket", TODAY)
    assert published_comments(store, OCTOBER) == ()


@pytest.mark.parametrize(
    ("handling", "said"),
    [
        (Handling(published=True), "Belum ada teks yang boleh diterbitkan"),
        (Handling("", published=True), "Belum ada teks yang boleh diterbitkan"),
        (Handling(topic="cuaca"), "Topik tidak dikenal"),
        (Handling("a" * (LONGEST_WORDS + 1)), "Teks bersih terlalu panjang"),
        (Handling(answer="a" * (LONGEST_WORDS + 1)), "Jawaban terlalu panjang"),
        (Handling(follow_up=0), "Nomor tindak lanjut salah"),
        (Handling(follow_up=2**70), "Nomor tindak lanjut salah"),
    ],
)
def test_what_cannot_be_kept_is_refused(
    store: Store, form: Form, comments: list[str], handling: Handling, said: str
) -> None:
    with pytest.raises(SkmError, match=said):
        handle(store, form, comments[0], handling, "loket", TODAY)
    assert not any(each.handling for each in received_comments(store, form, OCTOBER, TODAY))


def test_a_comment_that_is_not_released_is_handled_by_nobody(
    store: Store, form: Form, comments: list[str]
) -> None:
    late = delivery(response(form, comment="baru saja"), received=TODAY)
    Intake(store).receive(form, late)
    for nobody_s in (late.response.id, "0" * 32):
        with pytest.raises(SkmError, match="Saran ini tidak ada"):
            handle(store, form, nobody_s, published(), "loket", TODAY)


def test_it_follows_a_response_whose_month_was_corrected(
    store: Store, office: Instance, form: Form, comments: list[str]
) -> None:
    handle(store, form, comments[0], published(), "loket", TODAY)
    correct(store, office.office, form, comments[0], Correction(day=date(2026, 9, 30)), RULING)
    september = Period.parse("2026-09")
    assert len(published_comments(store, september)) == 1
    (moved,) = received_comments(store, form, september, TODAY)
    assert moved.handling == published()


def test_with_its_comment_no_byte_of_it_is_left(
    office: Instance, store: Store, form: Form, comments: list[str]
) -> None:
    first = Handling("Tulisan pertama yang khas", answer=ANSWER)
    handle(store, form, comments[0], first, "loket", TODAY)
    handle(store, form, comments[0], published(), "loket", TODAY)
    store.compact()
    assert b"Tulisan pertama" not in bytes_of(office.database), "what was overwritten is gone"
    assert CLEANED.encode() in bytes_of(office.database)
    delete(store, form, comments[0], RULING)
    store.compact()
    left = bytes_of(office.database)
    assert CLEANED.encode() not in left
    assert ANSWER.encode() not in left
    assert published_comments(store, OCTOBER) == ()


def test_it_outlives_the_restore_of_an_older_backup_but_not_a_deletion(
    office: Instance, store: Store, form: Form, comments: list[str]
) -> None:
    handle(store, form, comments[1], published(), "loket", TODAY)
    made = back_up(office, NOW)
    handle(store, form, comments[0], published(), "loket", TODAY)
    handle(store, form, comments[2], published(), "loket", TODAY)
    delete(store, form, comments[1], RULING)
    delete(store, form, comments[2], RULING)
    store.close()
    restore(office.root, made.file, NOW)
    with open_store(office) as opened:
        handled = [
            each.id for each in received_comments(opened, form, OCTOBER, TODAY) if each.handling
        ]
        assert handled == [comments[0]]
        assert len(published_comments(opened, OCTOBER)) == 1
    assert not any(verdict.faults for verdict in verify(office))


def test_it_waits_for_a_comment_that_an_older_backup_lacks(
    office: Instance, store: Store, form: Form, comments: list[str]
) -> None:
    made = back_up(office, NOW)
    news = [
        delivery(response(form, comment=f"Parkir {n}"), received=date(2026, 10, 19))
        for n in range(5)
    ]
    Intake(store).receive_many(form, news)
    handle(store, form, news[0].response.id, published(), "loket", TODAY)
    store.close()
    restore(office.root, made.file, NOW)
    with open_store(office) as opened:
        assert published_comments(opened, OCTOBER) == ()
        Intake(opened).receive_many(form, news)
        assert len(published_comments(opened, OCTOBER)) == 1
