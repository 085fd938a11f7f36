"""Why no letter of the invitation was written to an organisation that has to be called."""

from collections.abc import Iterable

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from coordinator.extensions import db
from coordinator.invitations.models import Delivery, Invitation, WhyCalled
from coordinator.invitations.queries.addressees import Reached, reached
from coordinator.invitations.queries.lines import CALLED, Line
from coordinator.invitations.queries.reach import Reach, reach

AT_ONCE = 5000


def explain(lines: Iterable[Line]) -> None:
    """Note in these lines why somebody has to call; as many questions for any number.

    Asks nothing where all were written to.
    """
    asked = {line.id: line for line in lines if line.invited and line.delivery is Delivery.TO_CALL}
    if not asked:
        return
    found = _invitations(sorted(asked))
    ways = reach(one.organization_id for one in found)
    for number, people in reached(found).items():
        line = asked[number]
        line.why_called = _why(people, ways[line.organization_id])


def _invitations(ids: list[int]) -> list[Invitation]:
    found: list[Invitation] = []
    for start in range(0, len(ids), AT_ONCE):
        asked = sa.select(Invitation).where(Invitation.id.in_(ids[start : start + AT_ONCE]))
        found += db.session.scalars(asked.options(joinedload(Invitation.organization)))
    return found


def _why(people: Reached, way: Reach) -> WhyCalled:
    if people.letters:
        return WhyCalled.NOT_YET
    if not people.lost and any(one.channel in CALLED and not one.link for one in people.others):
        return WhyCalled.CHOSEN
    if not way.addresses:
        return WhyCalled.NO_ADDRESS
    return WhyCalled.ON_HOLD if way.on_hold else WhyCalled.CHOSEN
