"""One record of each kind, all of one organisation, and the addresses of their pages."""

import re
import secrets
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Flask
from werkzeug.routing import Rule

from coordinator import clock
from coordinator.accounts.models import User
from coordinator.activities.models import ActivityPartner, ActivityTask, PartnerRole
from coordinator.actors import COMMAND
from coordinator.days.models import ClosedDay
from coordinator.documents import operations as documents
from coordinator.duplicates.facts import Choices
from coordinator.duplicates.operations import merge
from coordinator.extensions import db
from coordinator.inbox.models import InboxMessage, MessageKind
from coordinator.lists.models import ListKind, OrganizationList
from coordinator.outbox.addresses import UNSUBSCRIBE, part
from coordinator.outbox.models import LetterState, OutboxLetter
from coordinator.registry.models import ImportBatch, Organization
from coordinator.reminders.operations import prepare
from coordinator.reminders.queries import of_meeting
from coordinator.verification.models import AnswerState, ProposedChange, Round, Verification
from tests.factories import (
    ContactFactory,
    EncounterFactory,
    FormerNameFactory,
    InvitationFactory,
    JointActivityFactory,
    OrganizationFactory,
    ProposalFactory,
    represent,
)

IDS = (
    "public_id",
    "contact_id",
    "invitation_id",
    "task_id",
    "organization_id",
    "rule_id",
    "other_id",
    "encounter_id",
    "slug",
    "day",
    "name",
    "which",
    "code",
    "kind",
    "language",
    "about",
)
ARGUMENT = re.compile(r"<(?:\w+(?:\([^)]*\))?:)?(\w+)>")
ABSENT = dict.fromkeys(IDS, "zzzzzzzzzzzz") | {
    "token": "x" * 43,
    "year": "2026",
    "number": "1",
    "place": "1",
    "session_id": "1",
}
MALFORMED = (
    "%00", "%0d%0aX:%20y", "%F0%9F%8C%8A", "%27%22%3E%3Cb%3E", "%C4%B1%C5%9F", "-1", "0",
    "9223372036854775808", "x" * 400, "%ff%fe", "%25s%25n", "{}", "..%5C..",
)  # fmt: skip


@dataclass(frozen=True)
class World:
    """The records by the word that begins their pages' addresses, and whose they are."""

    organization: Organization
    representative: User
    values: dict[str, dict[str, str]]

    def of(self, rule: Rule) -> dict[str, str]:
        """Return the values that make the rule the address of an existing record."""
        head = rule.rule.split("/")[1]
        if rule.rule.startswith("/yonetim/"):
            head = rule.rule.split("/")[2]
        if rule.rule.startswith("/kuruluslar/birlestirmeler"):
            head = "birlestirmeler"
        if rule.rule.startswith("/kuruluslar/ice-aktar"):
            head = "ice-aktar"
        if rule.rule.startswith(("/kuruluslar/listeler/<", "/toplantilar/listeyle")):
            head = "sabitle" if rule.rule.endswith("/sabitle") else "listeler"
        if rule.rule.startswith(("/dogrulama/duzeltmeler/", "/dogrulama/kayitlar/")):
            head = rule.rule.split("/")[2]
        if rule.rule.endswith("/geri"):
            head = "geri"
        if rule.rule.startswith("/ozel-gunler/kapali-gunler"):
            head = "kapali-gunler"
        return {**ABSENT, **self.values["all"], **self.values.get(head, {})}


def build_world() -> World:
    """Make the records and commit them."""
    organization = OrganizationFactory(name="Körfez Rüzgârı Kadın Derneği")
    contact = ContactFactory(organization=organization)
    ended = ContactFactory(
        organization=organization, active_until=date(2026, 3, 1), is_primary=False
    )
    former = FormerNameFactory(organization=organization)
    user = represent(organization)
    invitation = InvitationFactory(organization=organization)
    meeting = invitation.meeting
    proposal = ProposalFactory(organization=organization)
    proposal.document = documents.store(filename="a.pdf", stream=b"%PDF-1.7 x", actor=COMMAND)
    activity = JointActivityFactory(lead=organization)
    partner = OrganizationFactory()
    task = ActivityTask(activity=activity, title="Afiş", responsible_org=organization)
    letter = OutboxLetter(
        kind="invitation", to_name="Nermin", to_address="n@k.example", language="tr", subject="K",
        text="t", html="h", message_id=f"<{secrets.token_hex(4)}@x>", state=LetterState.FAILED,
    )  # fmt: skip
    sheet = {"name": "", "rows": [[1, ["STK"]], [2, ["Mor"]]], "oversized": False}
    batch = ImportBatch(
        filename="a.csv", heading_row=1, headings=["STK"], rows=[sheet], mapping={"0": "name"},
        decisions={},
    )  # fmt: skip
    arrived = InboxMessage(digest="0" * 64, kind=MessageKind.BOUNCE, letter=letter, subject="Dönen")
    closed = ClosedDay(on=date(2026, 12, 24), reason="İdari izin")
    shared = ActivityPartner(activity=activity, organization=partner, role=PartnerRole.PARTNER)
    group = OrganizationList(name="Kurul", kind=ListKind.FIXED)
    search = OrganizationList(name="Konak", kind=ListKind.SEARCH, filters={"ilce": ["konak"]})
    db.session.add_all([group, search])
    db.session.add_all([arrived, task, letter, batch, closed, shared])
    db.session.flush()
    round_, answer = _yearly_question(organization)
    call = EncounterFactory(organization=organization)
    prepare(meeting=meeting, actor=COMMAND)
    window = meeting.window
    merged = merge(kept=organization, other=OrganizationFactory(), choices=Choices(), actor=COMMAND)
    values: dict[str, dict[str, Any]] = {
        "all": {
            "contact_id": contact.public_id, "invitation_id": invitation.public_id,
            "task_id": task.public_id, "organization_id": partner.public_id,
            "slug": window.special_day.slug, "day": window.special_day.slug,
            "year": str(window.year), "filename": "logo.svg", "name": "yok",
            "kind": "invitation", "language": "tr", "about": meeting.public_id,
            "encounter_id": call.public_id, "which": "alanlar", "code": "media",
        },
        "birlestirmeler": {"public_id": merged.public_id},
        "kuruluslar": {"public_id": organization.public_id, "number": str(former.id)},
        "geri": {"public_id": organization.public_id, "contact_id": ended.public_id},
        "toplantilar": {"public_id": meeting.public_id, "code": "sign_language"},
        "davetler": {"public_id": invitation.public_id},
        "oneriler": {"public_id": proposal.public_id},
        "oneri": {"public_id": proposal.public_id},
        "cagrilar": {"public_id": proposal.call.public_id},
        "etkinlikler": {"public_id": activity.public_id},
        "program": {"public_id": activity.public_id},
        "kisiler": {"public_id": user.public_id, "organization_id": organization.public_id},
        "gelen": {"public_id": arrived.public_id},
        "gonderiler": {"public_id": letter.public_id},
        "ayril": {"code": part(UNSUBSCRIBE, letter.public_id)},
        "ice-aktar": {"public_id": batch.public_id},
        "kapali-gunler": {"day": "2026-12-24"},
        "listeler": {"public_id": group.public_id},
        "sabitle": {"public_id": search.public_id},
        "dogrulama": {"public_id": round_.public_id},
        "duzeltmeler": {"public_id": answer.public_id, "number": str(answer.changes[0].id)},
        "kayitlar": {"public_id": organization.public_id},
        "kurulusumuz": {"public_id": organization.public_id},
    }  # fmt: skip
    values["all"]["other_id"] = partner.public_id
    values["all"]["rule_id"] = of_meeting(meeting.id)[0].public_id
    db.session.commit()
    return World(organization, user, values)


def _yearly_question(organization: Organization) -> tuple[Round, Verification]:
    """Return a round that is prepared, and corrections that the organisation sent unasked."""
    round_ = Round(name="2026 kontrolü", answer_by=clock.today(), scope={})
    answer = Verification(organization=organization, state=AnswerState.PROPOSED)
    answer.changes.append(ProposedChange(field="short_name", before="", after="KRKD"))
    db.session.add_all([round_, answer])
    db.session.flush()
    return round_, answer


def address(rule: Rule, values: dict[str, str]) -> str:
    """Return the rule's address with the values, put in as they stand."""
    return ARGUMENT.sub(lambda found: values[found[1]], rule.rule)


def rules(app: Flask) -> list[Rule]:
    """Return the rules of all views but those of shipped files, in order of their addresses."""
    found = [r for r in app.url_map.iter_rules() if not r.endpoint.endswith("static")]
    return sorted(found, key=lambda rule: (rule.rule, sorted(rule.methods or ())))
