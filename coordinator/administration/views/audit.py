"""Who did what, when."""

from typing import Any

from flask import render_template
from flask_login import current_user

from coordinator.access import READERS, requires
from coordinator.administration import deeds, queries
from coordinator.administration.views.blueprint import asked, blueprint, paged


@blueprint.get("/yonetim/islem-kaydi")
@requires(READERS)
def audit() -> Any:
    noun = asked("tur") if asked("tur") in deeds.NOUNS else ""
    return render_template(
        "administration/audit.html",
        page=paged(queries.lines(current_user, search=asked("ara"), noun=noun)),
        noun=noun,
        nouns=list(deeds.NOUNS.items()),
        search=asked("ara"),
        deed=deeds.in_words,
        way_of=deeds.who_and_how,
    )
