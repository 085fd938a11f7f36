"""`meetings invite`: the choices of the pages, alone and together."""

import json
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from coordinator import clock
from coordinator.actors import COMMAND
from coordinator.extensions import db
from coordinator.invitations.models import Addressee, Invitation, ListKind, RsvpAnswer
from coordinator.invitations.operations import choose
from coordinator.meetings.models import Meeting
from coordinator.registry.models import Channel, Organization, OrgStatus, OrgType
from tests.factories import MeetingFactory, OrganizationFactory, district
from tests.invitations.parts import invitation_of, invited, letters, organization
from tests.lists.parts import group


class Inviter:
    """Runs the command for one meeting."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.meeting: Meeting = MeetingFactory(starts_at=clock.now() + timedelta(days=40))

    def run(self, *words: str) -> Any:
        db.session.commit()
        args = ["meetings", "invite", self.meeting.public_id, *words]
        return self.app.test_cli_runner().invoke(args=args)

    def told(self, *words: str) -> dict[str, Any]:
        result = self.run(*words, "--json")
        assert result.exit_code == 0, result.stderr
        found: dict[str, Any] = json.loads(result.stdout)
        return found

    def refused(self, *words: str, status: int = 1) -> str:
        result = self.run(*words)
        assert (result.exit_code, result.stdout) == (status, "")
        return str(result.stderr)

    @property
    def names(self) -> dict[str, str]:
        """Who is on the list, and by which choice."""
        asked = sa.select(Organization.name, Invitation.source).join(Invitation.organization)
        rows = db.session.execute(asked.where(Invitation.meeting_id == self.meeting.id))
        return dict(map(tuple, rows))


@pytest.fixture
def inviter(app: Flask) -> Inviter:
    return Inviter(app)


def test_choices_add_to_each_other_and_nobody_is_asked_twice(inviter: Inviter) -> None:
    one, two, three = (organization(f"{name} Derneği") for name in ("Ada", "Bostan", "Ceviz"))
    organization("Başkası")
    last = invited(two, three, title="Geçen toplantı")
    group(one, two, name="Kurul")
    group(two, name="İkinci kurul")
    told = inviter.told(
        "--list", "kurul", "--list", "ikinci kurul", "--guests", last.public_id,
        "--organisation", one.public_id, "--organisation", "CEVİZ DERNEĞİ",
    )  # fmt: skip
    assert (told["invited"], told["letters"]) == (3, 3)
    sources = inviter.names
    assert sources["Ada Derneği"] == sources["Bostan Derneği"] == "Liste: Kurul"
    assert sources["Ceviz Derneği"].startswith("Geçen toplantı, ")


def test_filters_narrow_the_other_choices_and_choose_alone(inviter: Inviter) -> None:
    near, far, firm = organization("Yakın"), organization("Uzak"), organization("Şirket")
    near.district, far.district, firm.district = (
        district("Urla"),
        district("Konak"),
        district("Urla"),
    )
    near.org_type = far.org_type = OrgType.ASSOCIATION
    firm.org_type = OrgType.COMPANY
    last = invited(near, far)
    told = inviter.told("--guests", last.public_id, "--district", "URLA", "--dry-run")
    assert (told["invited"], told["letters"], told["dry_run"]) == (1, 1, True)
    assert inviter.names == {}
    assert inviter.told("--district", "urla", "--kind", "association")["invited"] == 1
    assert inviter.names == {"Yakın": "Urla; Dernek"}
    assert inviter.told("--district", "Urla", "--district", "Konak")["invited"] == 2
    assert "no district called 'Yok'" in inviter.refused("--district", "Yok")
    assert "no field of work called 'Yok'" in inviter.refused("--area", "Yok")
    assert "no target group called 'Yok'" in inviter.refused("--target", "Yok")


def test_last_times_guests_by_what_they_answered(inviter: Inviter) -> None:
    yes, silent = organization("Gelen"), organization("Susan")
    last = invited(yes, silent)
    invitation_of(last, yes).answer = RsvpAnswer.YES
    assert inviter.told("--guests", last.public_id, "--who", "silent", "--dry-run")["invited"] == 1
    assert inviter.told("--guests", last.public_id, "--who", "said_yes")["invited"] == 1
    assert list(inviter.names) == ["Gelen"]
    assert "no organisation at work" in inviter.refused("--guests", last.public_id, "--who", "came")


def test_the_way_and_the_heading_are_kept(inviter: Inviter) -> None:
    one, other = organization("Ada"), organization("Bostan")
    told = inviter.told("--organisation", "Ada", "--way", "ebys", "--heading", "protocol")
    assert (told["invited"], told["letters"], told["by_hand"]) == (1, 0, 1)
    assert inviter.told("--organisation", "Bostan", "--way", "whatsapp")["letters"] == 0
    assert letters() == []
    rows = dict(
        db.session.execute(
            sa.select(Invitation.organization_id, Addressee.channel).join(Addressee.invitation)
        ).all()
    )
    assert rows == {one.id: Channel.EBYS, other.id: Channel.WHATSAPP}
    assert invitation_of(inviter.meeting, one).list_kind is ListKind.PROTOCOL


def test_who_is_on_the_list_already_keeps_what_was_chosen_there(inviter: Inviter) -> None:
    one = organization("Ada")
    choose(meeting=inviter.meeting, organizations=[one], actor=COMMAND)
    assert inviter.told("--organisation", "Ada", "--way", "post")["letters"] == 1


def test_whoever_is_not_found_is_said_with_those_that_may_be_meant(inviter: Inviter) -> None:
    first, second = organization("Akasya Derneği"), organization("Akasya Derneği")
    first.district = district("Urla")
    closed = OrganizationFactory(name="Kapanan", status=OrgStatus.CLOSED)
    told = inviter.refused("--organisation", "Akasya Derneği")
    assert "2 organisations are called 'Akasya Derneği'" in told
    assert f"{first.public_id}  Akasya Derneği (Urla" in told
    assert f"{second.public_id}  Akasya Derneği" in told
    assert first.public_id in inviter.refused("--organisation", "Akasya")
    assert "Kapanan is closed" in inviter.refused("--organisation", closed.public_id)
    assert "leave --list and --guests out" in inviter.refused("--all", "--list", "x", status=2)
    assert inviter.names == {}
    unknown = inviter.app.test_cli_runner().invoke(args=["meetings", "invite", "yok", "--all"])
    assert unknown.exit_code == 1
    assert f"/toplantilar/{inviter.meeting.public_id}" in unknown.stderr
