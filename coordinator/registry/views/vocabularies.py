"""The pages on which staff keep the fields of work and the target groups."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from werkzeug import Response

from coordinator.access import WRITERS, requires
from coordinator.actors import Actor
from coordinator.database import commit_on_success
from coordinator.errors import RuleBroken
from coordinator.i18n import language
from coordinator.registry.forms import EndForm, PressForm
from coordinator.registry.forms.vocabularies import MergeForm, PlaceForm, TermForm
from coordinator.registry.models import TargetGroup, Term, WorkArea
from coordinator.registry.operations import vocabularies as operations
from coordinator.registry.queries import vocabularies as queries

blueprint = Blueprint(
    "registry_vocabulary", __name__, url_prefix="/kuruluslar", template_folder="templates"
)
LIST = '/<any("alanlar", "hedef-gruplar"):which>'


@dataclass(frozen=True)
class Vocabulary:
    """A list that staff keep, as its pages name it."""

    which: str
    """Its word in addresses."""
    kind: type[Term]
    title: LazyString
    filter: str
    """The filter of organisations by it."""


VOCABULARIES = {
    one.which: one
    for one in (
        Vocabulary("alanlar", WorkArea, _l("Fields of work"), "alan"),
        Vocabulary("hedef-gruplar", TargetGroup, _l("Target groups"), "hedef"),
    )
}


@blueprint.get("/hedef-gruplar", defaults={"which": "hedef-gruplar"})
@blueprint.get("/alanlar", defaults={"which": "alanlar"})
@requires(WRITERS)
def index(which: str) -> Any:
    kept = VOCABULARIES[which]
    everything = queries.terms(kept.kind)
    return render_template(
        "registry/vocabulary.html",
        kept=kept,
        tabs=[(str(v.title), _url("index", v), v is kept) for v in VOCABULARIES.values()],
        in_use=[one for one in everything if not one.retired],
        retired=[one for one in everything if one.retired],
        by_id={one.id: one for one in everything},
        counts=queries.described_counts(kept.kind),
        press=PressForm(),
    )


@blueprint.route(f"{LIST}/yeni", methods=["GET", "POST"])
@requires(WRITERS)
@commit_on_success
def new(which: str) -> Any:
    kept = VOCABULARIES[which]
    form = TermForm()
    if form.validate_on_submit():
        try:
            added = operations.add_term(
                kind=kept.kind, actor=Actor.account(current_user), **form.values()
            )
        except RuleBroken as error:
            form.refuse(error)
        else:
            flash(_("“%(name)s” is added.", name=added.name(language())), "success")
            return _back(kept, added)
    return render_template("registry/vocabulary_term.html", form=form, kept=kept), form.status


@blueprint.route(f"{LIST}/<code>/ad", methods=["GET", "POST"])
@requires(WRITERS)
@commit_on_success
def rename(which: str, code: str) -> Any:
    kept, term = _found(which, code)
    form = TermForm(obj=term)
    if form.validate_on_submit():
        try:
            operations.rename_term(
                term=term,
                version=form.opened_version,
                actor=Actor.account(current_user),
                **form.values(),
            )
        except RuleBroken as error:
            form.refuse(error, term)
        else:
            flash(_("Saved."), "success")
            return _back(kept, term)
    return _rename_page(kept, term, form), form.status


def _rename_page(kept: Vocabulary, term: Term, form: TermForm) -> str:
    others = [one for one in queries.terms(kept.kind) if not one.retired]
    place = PlaceForm(choices=_places(others, term))
    where = others.index(term) if term in others else 0
    place.after.data = others[where - 1].code if where else ""
    return render_template(
        "registry/vocabulary_term.html", form=form, kept=kept, term=term, place=place
    )


def _places(others: list[Term], term: Term) -> list[tuple[str, str]]:
    after = [
        (one.code, _("After “%(name)s”", name=one.name(language())))
        for one in others
        if one is not term
    ]
    return [("", _("At the head of the list")), *after]


@blueprint.post(f"{LIST}/<code>/yer")
@requires(WRITERS)
@commit_on_success
def move(which: str, code: str) -> Any:
    kept, term = _found(which, code)
    if not PressForm().validate_on_submit():
        abort(400)
    before, after = _beside(kept, "before"), _beside(kept, "after")
    if before is None and after is None:
        before = next(one for one in queries.terms(kept.kind) if not one.retired)
    place = operations.move_term(
        term=term, before=before, after=after, actor=Actor.account(current_user)
    )
    name = term.name(language())
    flash(_("“%(name)s” now stands at place %(place)s.", name=name, place=place), "success")
    way = "down" if after else "up"
    return redirect(f"{_url('index', kept)}#{way}-{term.code}", 303)


def _beside(kept: Vocabulary, field: str) -> Term | None:
    """Return the entry beside which the form wants another one put."""
    code = request.form.get(field, "")
    found = queries.term(kept.kind, code) if code else None
    if code and found is None:
        abort(400)
    return found


@blueprint.route(f"{LIST}/<code>/birlestir", methods=["GET", "POST"])
@requires(WRITERS)
@commit_on_success
def merge(which: str, code: str) -> Any:
    kept, term = _found(which, code)
    others = [one for one in queries.terms(kept.kind) if not one.retired and one is not term]
    names = [(one.code, one.name(language())) for one in others]
    form = MergeForm(obj=term, choices=[("", _("Choose an entry")), *names])
    wanted = request.args.get("into", "") if request.method == "GET" else form.into.data
    into = next((one for one in others if one.code == wanted), None)
    if form.validate_on_submit() and into is not None:
        try:
            operations.merge_term(term=term, into=into, version=form.opened_version, actor=_actor())
        except RuleBroken as error:
            form.refuse(error, term)
        else:
            return _merged(kept, term, into)
    return _merge_page(kept, term, into, form), form.status


def _merged(kept: Vocabulary, term: Term, into: Term) -> Response:
    names = {"name": term.name(language()), "other": into.name(language())}
    flash(_("“%(name)s” is merged into “%(other)s”.", **names), "success")
    return _back(kept, into)


def _merge_page(kept: Vocabulary, term: Term, into: Term | None, form: MergeForm) -> str:
    counts = queries.described_counts(kept.kind)
    if into is not None:
        form.into.data = into.code
    return render_template(
        "registry/vocabulary_merge.html",
        form=form,
        kept=kept,
        term=term,
        into=into,
        moving=counts.get(term.id, 0),
        already=counts.get(into.id, 0) if into else 0,
        both=queries.described_by_both(term, into) if into else 0,
    )


@blueprint.route(f"{LIST}/<code>/kaldir", methods=["GET", "POST"])
@requires(WRITERS)
@commit_on_success
def retire(which: str, code: str) -> Any:
    kept, term = _found(which, code)
    form = EndForm(obj=term)
    if form.validate_on_submit():
        try:
            operations.retire_term(term=term, version=form.opened_version, actor=_actor())
        except RuleBroken as error:
            form.refuse(error, term)
        else:
            flash(_("“%(name)s” is no longer offered.", name=term.name(language())), "success")
            return redirect(_url("index", kept), 303)
    count = queries.described_counts(kept.kind).get(term.id, 0)
    return render_template(
        "registry/vocabulary_retire.html", form=form, kept=kept, term=term, count=count
    ), form.status


@blueprint.post(f"{LIST}/<code>/geri-al")
@requires(WRITERS)
@commit_on_success
def bring_back(which: str, code: str) -> Any:
    kept, term = _found(which, code)
    if not PressForm().validate_on_submit():
        abort(400)
    operations.bring_back_term(term=term, actor=_actor())
    flash(_("“%(name)s” is offered again.", name=term.name(language())), "success")
    return _back(kept, term)


def _actor() -> Actor:
    return Actor.account(current_user)


def _found(which: str, code: str) -> tuple[Vocabulary, Term]:
    kept = VOCABULARIES[which]
    term = queries.term(kept.kind, code)
    if term is None:
        abort(404)
    return kept, term


def _back(kept: Vocabulary, term: Term) -> Response:
    """Go back to the list, to the entry that was just worked on."""
    return redirect(f"{_url('index', kept)}#{term.code}", 303)


def _url(view: str, kept: Vocabulary) -> str:
    return url_for(f"registry_vocabulary.{view}", which=kept.which)
