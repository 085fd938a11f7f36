"""Fields in which other organisations are named, by name or register number.

They work without a script and with any number of organisations: what is not exactly the name of
one is answered with those that may be meant, to choose from.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms.validators import StopValidation

from coordinator import turkish
from coordinator.extensions import db
from coordinator.fields import Line, Lines
from coordinator.registry import listing, queries
from coordinator.registry.models import Organization, OrgType

MOST_OFFERED = 8
MOST_NAMED = 30
LONGEST = 200


@dataclass(frozen=True)
class Question:
    """What was typed, those that it may mean, and whom of them the reader chose."""

    typed: str
    offered: list[Organization]
    chosen: list[Organization]


class _Naming(Line):
    """Reads typed names into `organizations`; `questions` are those that name nobody exactly."""

    itself: Organization | None = None
    kinds: frozenset[OrgType] | None = None

    def process(self, formdata: Any, *args: Any, **kwargs: Any) -> None:
        self.known: list[Organization] = []
        self.organizations: list[Organization] = []
        self.questions: list[Question] = []
        ticked = formdata.getlist(self.choice_name) if formdata else []
        self.ticked = {str(one) for one in ticked}
        super().process(formdata, *args, **kwargs)

    @property
    def choice_name(self) -> str:
        """The name of the boxes in which one of those offered is chosen."""
        return f"{self.name}_choice"

    def names(self) -> list[str]:
        raise NotImplementedError

    def pre_validate(self, form: Any) -> None:
        if self.process_errors:
            return
        names = self.names()
        if len(names) > MOST_NAMED or any(len(name) > LONGEST for name in names):
            raise StopValidation(_l("Write names or register numbers only, each on its own line."))
        left = list(self.known)
        for name in names:
            self._read_name(name, left)
        open_ones = [one for one in self.questions if not one.chosen]
        if open_ones:
            raise StopValidation(_unanswered(open_ones))

    def _read_name(self, name: str, left: list[Organization]) -> None:
        found = _among(left, name) or queries.organizations_named(name)
        if len(found) != 1:
            offered = found or self._like(name)
            found = [one for one in offered if one.public_id in self.ticked]
            self.questions.append(Question(name, offered, found))
        left[:] = [one for one in left if one not in found]
        self.organizations += [one for one in found if one not in self.organizations]

    def _like(self, name: str) -> list[Organization]:
        """Return those that may be meant by a name that nobody has."""
        alike = listing.found(listing.Filters(ara=name))
        if self.kinds is not None:
            alike = alike.where(Organization.org_type.in_(self.kinds))
        found = db.session.scalars(alike.limit(MOST_OFFERED + 1))
        return [one for one in found if one is not self.itself][:MOST_OFFERED]


class OneOrganization(_Naming):
    """One organisation, or none."""

    def process_data(self, value: Organization | None) -> None:
        self.known = [value] if value else []
        self.data = value.name if value else ""

    def names(self) -> list[str]:
        return [self.data] if self.data else []

    @property
    def organization(self) -> Organization | None:
        return self.organizations[0] if self.organizations else None


class SeveralOrganizations(_Naming, Lines):
    """Organisations, one a line."""

    def process_data(self, value: Iterable[Organization] | None) -> None:
        self.known = list(value or ())
        self.data = "\n".join(one.name for one in self.known)

    def names(self) -> list[str]:
        return list(
            dict.fromkeys(" ".join(line.split()) for line in self.data.splitlines() if line)
        )


def _among(known: list[Organization], name: str) -> list[Organization]:
    wanted = turkish.search_key(name)
    return [one for one in known if turkish.search_key(one.name) == wanted][:1]


def _unanswered(questions: list[Question]) -> str:
    unclear = ", ".join(f"“{one.typed}”" for one in questions if one.offered)
    unknown = ", ".join(f"“{one.typed}”" for one in questions if not one.offered)
    choose = _(
        "%(names)s is not exactly the name of one organisation. Choose below.", names=unclear
    )
    check = _(
        "No organisation is called %(names)s. Check the name, or add that organisation first.",
        names=unknown,
    )
    told = ((unclear, choose), (unknown, check))
    return " ".join(sentence for names, sentence in told if names)
