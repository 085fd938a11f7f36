"""The list of messages: what nobody has seen comes first."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from flask import current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from coordinator.access import READERS, WRITERS, requires
from coordinator.actors import Actor
from coordinator.database import commit_on_success
from coordinator.extensions import db
from coordinator.inbox import operations as inbox
from coordinator.inbox import queries as messages
from coordinator.inbox.models import InboxMessage, MessageKind
from coordinator.paging import page_number
from coordinator.replies import queries
from coordinator.replies.blueprint import blueprint
from coordinator.replies.outcomes import sentence

PER_PAGE = 50
SEEN, ALL = "gorulen", "hepsi"
FOR_US = "bekleyen"


@dataclass(frozen=True)
class Shown:
    """Which messages the address asks for: those that nobody has seen, unless it says otherwise."""

    kind: MessageKind | None = None
    state: str = ""
    for_us: bool = False

    @classmethod
    def read(cls, values: Mapping[str, str]) -> "Shown":
        kind, state = values.get("tur", ""), values.get("durum", "")
        return cls(
            MessageKind(kind) if kind in set(MessageKind) else None,
            state if state in (SEEN, ALL) else "",
            kind == FOR_US,
        )

    @property
    def messages(self) -> sa.Select[InboxMessage]:
        asked = messages.messages(kinds=[self.kind] if self.kind else (), seen=self.seen)
        return asked.where(queries.WANTED) if self.for_us else asked

    @property
    def is_filtered(self) -> bool:
        return self.for_us or self.kind is not None

    @property
    def seen(self) -> bool | None:
        return {SEEN: True, ALL: None}.get(self.state, False)

    def url(self, **changes: str) -> str:
        kind = FOR_US if self.for_us else self.kind.value if self.kind else ""
        now = {"tur": kind, "durum": self.state, **changes}
        values: dict[str, Any] = {name: value for name, value in now.items() if value}
        return url_for(".index", **values)


@blueprint.get("/gelen")
@requires(READERS)
def index() -> Any:
    shown = Shown.read(request.args)
    page = db.paginate(
        shown.messages,
        page=page_number(),
        per_page=PER_PAGE,
        error_out=False,
    )
    return render_template(
        "replies/index.html",
        page=page,
        shown=shown,
        args={name: value for name, value in request.args.items() if name in ("tur", "durum")},
        counts=messages.counts(seen=shown.seen),
        unseen=messages.count_unseen(),
        unreachable=messages.unreachable() if current_app.config["INBOX_URL"] else None,
        wanted=queries.count_wanted(seen=False),
        wanted_here=queries.count_wanted(seen=shown.seen),
        concerns=queries.concerns(page.items),
        sentence=sentence,
        kinds=MessageKind,
    )


@blueprint.post("/gelen/hepsi/goruldu")
@requires(WRITERS)
@commit_on_success
def all_seen() -> Any:
    wanted = request.form.get("iletiler", "").split()[:PER_PAGE]
    found = messages.by_public_ids(wanted)
    number = inbox.mark_all_seen(found, Actor.account(current_user))
    if number:
        words = ngettext(
            "One message is marked as seen.", "%(num)s messages are marked as seen.", number
        )
        flash(words, "success")
    else:
        flash(_("All of these had been seen already."), "info")
    return redirect(Shown.read(request.form).url(), 303)
