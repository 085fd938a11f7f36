"""An invitation carries the open call, with each recipient's own link."""

from datetime import timedelta

from flask import Flask

from coordinator import clock, links
from coordinator.extensions import db
from coordinator.invitations.signals import Asked as Place
from coordinator.invitations.signals import Block, blocks_for
from coordinator.links import LinkBook
from coordinator.meetings.models import Meeting
from coordinator.proposals.models import CallAccess
from tests.browser import counted_statements
from tests.factories import CallFactory, ContactFactory, DayWindowFactory, MeetingFactory


def places(count: int, *, book: bool, language: str = "tr") -> list[Place]:
    made = []
    for _ in range(count):
        contact = ContactFactory()
        made.append(
            Place(
                invitation_id=None,
                organization_id=contact.organization_id,
                contact_id=contact.id,
                language=language,
                book=LinkBook() if book else None,
            )
        )
    return made


def blocks(app: Flask, meeting: Meeting, asked: list[Place]) -> list[Block | None]:
    with app.test_request_context():
        return [some[0] if some else None for some in blocks_for(meeting, asked)]


def accesses() -> list[CallAccess]:
    return list(db.session.scalars(db.select(CallAccess).order_by(CallAccess.id)))


def test_letters_carry_the_call_with_a_link_of_their_own(app: Flask) -> None:
    call = CallFactory()
    meeting = MeetingFactory(window=call.window)
    asked = places(2, book=True)
    first, second = blocks(app, meeting, asked)
    assert first is not None
    assert second is not None
    assert first.title == call.title
    assert first.text.startswith("Birkaç cümle yeter. Çağrı ")
    assert first.link_text == "Öneri yaz"
    made = accesses()
    assert [one.organization_id for one in made] == [one.organization_id for one in asked]
    assert all(one.asked_at for one in made)
    for place, access in zip(asked, made, strict=True):
        assert place.book is not None
        assert list(place.book.links.values()) == [access.link_id]
    assert first.url.split("/oneri/")[1] in asked[0].book.links  # type: ignore[union-attr]


def test_a_reminder_carries_the_same_link(app: Flask) -> None:
    meeting = MeetingFactory(window=CallFactory().window)
    (place,) = places(1, book=True)
    blocks(app, meeting, [place])
    blocks(app, meeting, [place])
    assert len(accesses()) == 1
    assert place.book is not None
    assert set(place.book.links.values()) == {accesses()[0].link_id}


def test_an_answer_page_shows_a_link_that_is_there_and_writes_nothing(app: Flask) -> None:
    meeting = MeetingFactory(window=CallFactory().window)
    known, unknown = places(2, book=False)
    letter = Place(None, known.organization_id, known.contact_id, "en", LinkBook())
    blocks(app, meeting, [letter])
    shown, absent = blocks(app, meeting, [known, unknown])
    assert absent is None
    assert shown is not None
    link = accesses()[0].link
    assert link is not None
    assert shown.url == f"http://127.0.0.1/oneri/{links.token_of(link)}"
    assert len(accesses()) == 1


def test_a_preview_shows_the_block_and_writes_nothing(app: Flask) -> None:
    meeting = MeetingFactory(window=CallFactory().window)
    place = Place(None, places(1, book=False)[0].organization_id, None, "en", sample=True)
    (block,) = blocks(app, meeting, [place])
    assert block is not None
    assert block.text.startswith("A few sentences are enough. The call is open until ")
    assert accesses() == []


def test_without_an_open_call_there_is_nothing_to_add(app: Flask) -> None:
    over = CallFactory(closes_on=clock.today() - timedelta(days=1))
    asked = places(1, book=True)
    for meeting in (
        MeetingFactory(window=over.window),
        MeetingFactory(window=DayWindowFactory(year=2040)),
        MeetingFactory(window=None),
    ):
        assert blocks(app, meeting, asked) == [None]
    assert accesses() == []


def test_a_large_batch_costs_the_same_statements(app: Flask) -> None:
    meeting = MeetingFactory(window=CallFactory().window)

    def statements(count: int) -> int:
        asked = places(count, book=True)
        db.session.commit()
        with counted_statements() as seen:
            blocks(app, meeting, asked)
        return len(seen)

    few = statements(3)
    assert statements(300) == few
