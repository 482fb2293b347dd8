"""What citizens wrote: read by officers, cleaned, answered, and published by the office.

No page of it says which response a comment came with: not its place in the list, and not its
address, which is a keyed hash of the response's id that nobody without the key can map back.
"""

from __future__ import annotations

import hmac
import textwrap
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import cast
from urllib.parse import urlencode

from flask import (
    Blueprint,
    abort,
    current_app,
    flash,
    g,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response
from wtforms import BooleanField, SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import Length

from skm.errors import SkmError
from skm.masking import masked
from skm.store import StoreError
from skm.store.comment_handling import (
    LONGEST_WORDS,
    Handling,
    ReceivedComment,
    handle,
    received_comments,
    topics,
)
from skm.store.follow_up import all_follow_ups
from skm.store.rows import comments_by_id
from skm.web.access import ADMITTED, PETUGAS
from skm.web.csrf import OfficerFields
from skm.web.message import tidy_comment
from skm.web.officer_pages.chosen import Chosen, choose
from skm.web.security import OFFICERS
from skm.web.site import Site, current_site

comments = Blueprint("comments", __name__, url_prefix=f"{OFFICERS}/saran")

STATES = {
    "belum": "Belum ditanggapi",
    "sudah": "Sudah ditanggapi",
    "terbit": "Diterbitkan",
}
_SHORT = 60  # letters of a plan that tell which one it is


def _tidy(text: str | None) -> str | None:
    """As it is stored: browsers send a line break as two characters but count it as one."""
    return tidy_comment((text or "").replace("\r\n", "\n"))


class HandlingFields(OfficerFields):
    """What an officer decides about a comment."""

    cleaned = TextAreaField(
        "Teks bersih",
        [Length(max=LONGEST_WORDS, message=f"Sampai {LONGEST_WORDS} huruf.")],
        filters=[_tidy],
        description="Usulan otomatis hanya menyamarkan nomor dan nama sesudah sapaan. Baca "
        "sendiri: nama tanpa sapaan, jabatan, atau kejadian juga dapat menunjuk orang.",
    )
    topic = SelectField("Topik", default="")
    answer = TextAreaField(
        "Jawaban kantor",
        [Length(max=LONGEST_WORDS, message=f"Sampai {LONGEST_WORDS} huruf.")],
        filters=[_tidy],
    )
    follow_up = SelectField(
        "Tindak lanjut",
        default="",
        description="Bila saran ini sudah masuk rencana tindak lanjut.",
    )
    published = BooleanField("Terbitkan teks bersih dan jawaban di halaman publik")

    def handling(self) -> Handling:
        """The decision."""
        return Handling(
            self["cleaned"].data,
            self["topic"].data or None,
            self["answer"].data,
            self["published"].data,
            int(self["follow_up"].data) if self["follow_up"].data else None,
        )


@comments.get("")
def show() -> str:
    """Show an officer the released comments of a period."""
    site = current_site()
    chosen = choose(site, request.args)
    if chosen is None:
        return render_template("officer_comments.html", chosen=None)
    found = _received(site, chosen)
    topic, state = request.args.get("topik", ""), request.args.get("keadaan", "")
    there = len(comments_by_id(site.store, chosen.form, chosen.period))
    return render_template(
        "officer_comments.html",
        chosen=chosen,
        shown=[
            (handle_of(each), each)
            for each in found
            if topic in ("", (each.handling and each.handling.topic))
            and state in ("", *_states(each))
        ],
        total=len(found),
        simulated=any(each.simulated for each in found),
        waiting=there - len(found),
        topics=topics(chosen.form),
        states=STATES,
        topic=topic,
        state=state,
        plans={each.number for each in all_follow_ups(site.store)},
        may_handle=g.officer.role in ADMITTED[PETUGAS],
    )


@comments.get("/<period>/<comment>")
def look(period: str, comment: str) -> Response:
    """Show an officer one comment, with a proposal of its clean words."""
    chosen, found = _found(period, comment)
    now = found.handling or Handling(cleaned=masked(found.text))
    data = {
        "cleaned": now.cleaned if now.cleaned is not None else masked(found.text),
        "topic": now.topic or "",
        "answer": now.answer,
        "published": now.published,
        "follow_up": str(now.follow_up or ""),
    }
    return _page(chosen, found, _fields(chosen, found, None, data))


@comments.post("/<period>/<comment>")
def keep(period: str, comment: str) -> Response:
    """Keep what an officer decided about a comment."""
    site = current_site()
    chosen, found = _found(period, comment)
    fields = _fields(chosen, found, request.form)
    if not fields.validate():
        return _page(chosen, found, fields, refused=True)
    decided = fields.handling()
    try:
        handle(site.store, chosen.form, found.id, decided, g.officer.name, site.now().date())
    except StoreError:
        raise
    except SkmError as error:
        return _page(chosen, found, fields, str(error), refused=True)
    flash("Saran diterbitkan." if decided.published else "Tanggapan disimpan.")
    return redirect(f"{_list_address(chosen)}#s-{comment}", HTTPStatus.SEE_OTHER)


def handle_of(comment: ReceivedComment) -> str:
    """What stands for a comment in addresses: 32 hex digits, the same as long as the key is."""
    key = str(current_app.secret_key).encode()
    return hmac.new(key, f"saran {comment.id}".encode(), "sha256").hexdigest()[:32]


def _found(period: str, wanted: str) -> tuple[Chosen, ReceivedComment]:
    site = current_site()
    chosen = choose(site, {**request.args, "periode": period})
    received = _received(site, chosen) if chosen else ()
    found = [each for each in received if handle_of(each) == wanted]
    if chosen is None or not found:
        abort(HTTPStatus.NOT_FOUND)
    return chosen, found[0]


def _received(site: Site, chosen: Chosen) -> Sequence[ReceivedComment]:
    return received_comments(site.store, chosen.form, chosen.period, site.now().date())


def _states(comment: ReceivedComment) -> tuple[str, ...]:
    if comment.handling is None:
        return ("belum",)
    return ("sudah", "terbit") if comment.handling.published else ("sudah",)


def _fields(
    chosen: Chosen,
    found: ReceivedComment,
    typed: MultiDict[str, str] | None,
    data: Mapping[str, object] | None = None,
) -> HandlingFields:
    fields = HandlingFields(typed, data=data)
    known = [SelectChoice(*each) for each in topics(chosen.form).items()]
    cast(SelectField, fields["topic"]).choices = [SelectChoice("", "Belum dipilih"), *known]
    lines = [SelectChoice(*each) for each in _plans(found).items()]
    cast(SelectField, fields["follow_up"]).choices = [SelectChoice("", "Tidak ada"), *lines]
    return fields


def _plans(found: ReceivedComment) -> dict[str, str]:
    """The follow-ups to choose from by number; one that was taken out stays where it is named."""
    plans = {
        str(
            each.number
        ): f"{each.number}. {textwrap.shorten(each.action, _SHORT, placeholder=' …')}"
        for each in all_follow_ups(current_site().store)
    }
    named = found.handling and found.handling.follow_up
    return plans if named is None else {str(named): f"{named}. (sudah dihapus)", **plans}


def _list_address(chosen: Chosen) -> str:
    return f"{url_for('comments.show')}?{urlencode(chosen.address)}"


def _page(
    chosen: Chosen,
    found: ReceivedComment,
    fields: HandlingFields,
    complaint: str | None = None,
    *,
    refused: bool = False,
) -> Response:
    html = render_template(
        "officer_comment.html",
        chosen=chosen,
        comment=found,
        fields=fields,
        complaint=complaint,
        proposed=not (found.handling and found.handling.cleaned),
        back=_list_address(chosen),
    )
    return make_response(html, HTTPStatus.UNPROCESSABLE_ENTITY if refused else HTTPStatus.OK)
