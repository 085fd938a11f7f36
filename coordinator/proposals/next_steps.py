"""What an accepted proposal turns into: said by the floors above, shown on the proposal's page.

`next_steps.add(app, step_of, taken)` is called by the package that makes something of proposals.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from flask import Flask, current_app
from flask_babel import LazyString

from coordinator.proposals.models import Proposal


@dataclass(frozen=True)
class NextStep:
    """Something to do with an accepted proposal, or (`done`) something it has become."""

    label: LazyString | str
    """The button's words while it is to be done; the name of what it became afterwards."""
    url: str
    """Where the branch does it or sees it."""
    done: bool
    text: str = ""
    """When and where it takes place, who takes part; shown to the organisation as well."""
    at: datetime | None = None
    """When it became that."""
    public_url: str | None = None
    """Where the organisation may see it, if there is such a page."""


StepOf = Callable[[Proposal], NextStep | None]
Taken = Callable[[], sa.Select[int]]


class NextSteps:
    """The steps known to one application."""

    def __init__(self) -> None:
        self.step_of: list[StepOf] = []
        self.taken: list[Taken] = []


def add(app: Flask, step_of: StepOf, taken: Taken | None = None) -> None:
    """Let `step_of(proposal)` say the next step of an accepted proposal.

    `taken()` returns a select of the ids of proposals that something was made of.
    """
    known: NextSteps = app.extensions["next_steps"]
    known.step_of.append(step_of)
    if taken is not None:
        known.taken.append(taken)


def of(proposal: Proposal) -> list[NextStep]:
    """Return the next steps of an accepted proposal."""
    known: NextSteps = current_app.extensions["next_steps"]
    steps = [step_of(proposal) for step_of in known.step_of]
    return [step for step in steps if step is not None]


def taken() -> list[sa.Select[int]]:
    """Return selects of the ids of proposals that something was made of."""
    known: NextSteps = current_app.extensions["next_steps"]
    return [select() for select in known.taken]


def init_app(app: Flask) -> None:
    app.extensions["next_steps"] = NextSteps()
