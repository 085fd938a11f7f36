"""Records are merged while one of them answers, or while a meeting of theirs is called off."""

import pytest

from coordinator.actors import COMMAND
from coordinator.duplicates import operations
from coordinator.duplicates.facts import Choices
from coordinator.duplicates.models import Merge
from coordinator.duplicates.operations import merging, unmerging
from coordinator.extensions import db
from coordinator.invitations.models import Invitation, LetterKind, RsvpAnswer
from coordinator.invitations.operations import answering
from coordinator.meetings.models import Meeting
from coordinator.outbox.models import LetterState
from coordinator.registry.models import Organization
from tests.invitations.parts import (
    cancel,
    deliver,
    invitation_of,
    invited,
    letter_to,
    letters,
    organization,
    path_of,
)
from tests.meanwhile import Meanwhile, before

YES, NONE = RsvpAnswer.YES, RsvpAnswer.NONE


class Two:
    """Two records of one organisation, both invited; `path` is the link of the one that ends."""

    def __init__(self, *, capacity: int | None = None, both: bool = True) -> None:
        kept, other = organization("Akasya"), organization("Begonya")
        self.meeting: Meeting = invited(*([kept, other] if both else [other]), capacity=capacity)
        deliver()
        self.ids = kept.id, other.id
        self.path = path_of(letter_to(other.contacts[0]))
        theirs = invitation_of(self.meeting, other)
        self.number, self.version = theirs.id, theirs.version
        db.session.commit()

    def merge(self) -> Merge:
        kept, other = (db.session.get_one(Organization, one) for one in self.ids)
        return operations.merge(kept=kept, other=other, choices=Choices(), actor=COMMAND)

    def answer(self, app) -> int:
        data = {"answer": "yes", "people": "2", "version": str(self.version)}
        return app.test_client().post(self.path, data=data).status_code

    @property
    def standing(self) -> RsvpAnswer:
        """The answer of the one that goes on."""
        return invitation_of(self.meeting, db.session.get_one(Organization, self.ids[0])).answer


@pytest.fixture(autouse=True)
def no_csrf(app, monkeypatch):
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", False)


@pytest.mark.parametrize("capacity", [None, 20])
def test_an_answer_that_waits_for_a_merge_is_kept_or_refused(app, monkeypatch, capacity):
    """Nobody reads that an answer is kept which the record that goes on does not have."""
    two = Two(capacity=capacity)
    other = Meanwhile(app, lambda: two.answer(app))
    before(monkeypatch, merging, "settle", other)
    two.merge()
    other.end()
    assert (other.result, two.standing) in {(409, NONE), (303, YES)}
    if db.engine.dialect.name == "postgresql":
        assert other.result == 409, "the page was opened before the merge"


def test_the_answer_of_an_invitation_that_goes_on_as_the_others_is_kept(app, monkeypatch):
    two = Two(both=False)
    other = Meanwhile(app, lambda: two.answer(app))
    before(monkeypatch, merging, "settle", other)
    two.merge()
    other.end()
    assert (other.result, two.standing) == (303, YES)
    assert db.session.get_one(Invitation, two.number).organization_id == two.ids[0]


def test_a_merge_waits_for_the_answer_that_is_given(app, monkeypatch):
    two = Two()
    other = Meanwhile(app, two.merge)
    before(monkeypatch, answering, "send_receipt", other)
    assert two.answer(app) == 303
    other.end()
    assert two.standing is YES


def test_what_is_written_anew_is_called_back_with_the_meeting(app, monkeypatch):
    """A merge is taken back while the meeting is called off: no invitation is left waiting."""
    kept, other_one = organization("Akasya"), organization("Begonya")
    meeting = invited(kept, other_one)
    number = meeting.id
    made = operations.merge(kept=kept, other=other_one, choices=Choices(), actor=COMMAND)
    db.session.commit()
    other = Meanwhile(app, lambda: cancel(db.session.get_one(Meeting, number)))
    before(monkeypatch, unmerging, "settle_primary", other)
    operations.unmerge(merge=made, actor=COMMAND)
    other.end()
    asking = letters(LetterKind.INVITATION)
    assert len(asking) == 3
    assert not [one for one in asking if one.state is LetterState.QUEUED]
