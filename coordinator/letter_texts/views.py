"""The pages on which staff change the words of letters and see at once how they read."""

from typing import Any

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from coordinator.access import READERS, WRITERS, requires
from coordinator.actors import Actor
from coordinator.database import commit_on_success
from coordinator.errors import RuleBroken
from coordinator.headers import LETTER_POLICY
from coordinator.i18n import LANGUAGES
from coordinator.letter_texts import kinds, operations, queries
from coordinator.letter_texts.forms import WordsForm
from coordinator.letter_texts.kinds import About, Kind

blueprint = Blueprint("letter_texts", __name__, template_folder="templates")
ALL = "hepsi"
"""Stands in an address for the words of all letters of a kind."""


@blueprint.get("/mektuplar")
@requires(READERS)
def index() -> Any:
    """Every kind of letter, as shipped or changed, in each language."""
    return render_template(
        "letter_texts/index.html",
        features=kinds.by_feature(),
        changed=queries.general(),
        languages=_languages(),
        all=ALL,
        may_write=current_user.role in WRITERS,
    )


@blueprint.get("/mektuplar/<kind>/<language>/<about>")
@requires(WRITERS)
def edit(kind: str, language: str, about: str) -> Any:
    found, thing = _kind_or_404(kind, language, about)
    code = thing.code if thing else ""
    row = queries.stored(kind, language, code)
    form = WordsForm(found, obj=row or queries.current(found, language, code))
    return _page(form, language, thing)


@blueprint.post("/mektuplar/<kind>/<language>/<about>")
@requires(WRITERS)
@commit_on_success
def change(kind: str, language: str, about: str) -> Any:
    found, thing = _kind_or_404(kind, language, about)
    code = thing.code if thing else ""
    form = WordsForm(found)
    if form.validate_on_submit():
        try:
            operations.change(
                kind=found, language=language, words=form.words, about=code,
                version=form.opened_version, actor=Actor.account(current_user),
            )  # fmt: skip
            flash(_("Letters written from now on read so."), "success")
            return redirect(_onwards(thing), 303)
        except RuleBroken as error:
            row = queries.stored(kind, language, code)
            form.refuse(error, row or queries.current(found, language, code))
    return _page(form, language, thing), form.status


@blueprint.post("/mektuplar/<kind>/<language>/<about>/geri")
@requires(WRITERS)
@commit_on_success
def put_back(kind: str, language: str, about: str) -> Any:
    found, thing = _kind_or_404(kind, language, about)
    operations.put_back(
        kind=found,
        language=language,
        about=thing.code if thing else "",
        actor=Actor.account(current_user),
    )
    flash(_("The changed words are taken back."), "success")
    return redirect(_onwards(thing), 303)


@blueprint.get("/mektuplar/<kind>/<language>/<about>/onizleme")
@blueprint.post("/mektuplar/<kind>/<language>/<about>/onizleme")
@requires(WRITERS)
def sheet(kind: str, language: str, about: str) -> Response:
    """The letter for the frame beside the form, with what is typed there; nothing is stored."""
    found, thing = _kind_or_404(kind, language, about)
    chosen = request.values.get("ornek", "")
    example = thing or next((one for one in found.examples() if one.code == chosen), None)
    words = (
        WordsForm(found).words
        if request.method == "POST"
        else queries.current(found, language, thing.code if thing else "")
    )
    letter = found.sample(words, language, example.code if example else "")
    if "metin" in request.values:
        text = f"{_('Subject')}: {letter.subject}\n\n{letter.text}"
        answer = Response(text, mimetype="text/plain")
    else:
        answer = Response(letter.html)
    answer.headers["Content-Security-Policy"] = LETTER_POLICY
    return answer


def _kind_or_404(kind: str, language: str, about: str) -> tuple[Kind, About | None]:
    """Return the kind of letter, and the one thing its words are for; None for all letters."""
    found = kinds.find(kind)
    if found is None or language not in LANGUAGES:
        abort(404)
    if about == ALL:
        return found, None
    thing = found.about(about)
    if thing is None:
        abort(404)
    return found, thing


def _languages() -> dict[str, str]:
    return {"tr": _("Turkish"), "en": _("English")}


def _page(form: WordsForm, language: str, thing: About | None) -> str:
    kind = form.kind
    return render_template(
        "letter_texts/edit.html",
        form=form,
        kind=kind,
        language=language,
        languages=_languages(),
        thing=thing,
        about=thing.code if thing else ALL,
        stored=queries.stored(kind.code, language, thing.code if thing else ""),
        examples=[] if thing else kind.examples(),
        back=_onwards(thing),
    )


def _onwards(thing: About | None) -> str:
    return thing.url if thing else url_for(".index")
