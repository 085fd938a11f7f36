"""A call with two organisations that were asked to it."""

import io
from dataclasses import dataclass

import pytest
from flask import Flask

from coordinator import links
from coordinator.actors import Actor
from coordinator.extensions import db
from coordinator.outbox.models import OutboxLetter
from coordinator.proposals import operations
from coordinator.proposals.models import Call, CallAccess, Proposal
from coordinator.registry.models import Contact, Organization
from tests.factories import CallFactory, ContactFactory

DERYA = Actor(name="Derya Tuna", via="command")
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def pdf(name: str = "afiş taslağı.pdf", content: bytes = PDF) -> tuple[io.BytesIO, str]:
    return io.BytesIO(content), name


@dataclass
class Asked:
    """An organisation with its contact and the contact's link."""

    organization: Organization
    contact: Contact
    access: CallAccess

    @property
    def path(self) -> str:
        assert self.access.link is not None
        return f"/oneri/{links.token_of(self.access.link)}"

    def writes(self, title: str = "Gece otobüsünde güvenli durak", **texts: str) -> Proposal:
        return operations.write(
            self.access.call,
            self.organization,
            texts={
                "title": title,
                "summary": "Geç saatte iki durak arasında inilebilsin.",
                "author_name": self.contact.full_name,
                "author_email": self.contact.email,
                **texts,
            },
            language=self.contact.preferred_language,
            actor=Actor.link(self.contact.full_name),
            access=self.access,
        )

    def sends(self, title: str = "Gece otobüsünde güvenli durak", **texts: str) -> Proposal:
        proposal = self.writes(title, **texts)
        operations.send(proposal, actor=Actor.link(self.contact.full_name))
        return proposal


def asked(call: Call, contact: Contact) -> Asked:
    place = (contact.organization_id, contact.id)
    return Asked(contact.organization, contact, operations.welcome(call, [place])[place])


def letters(kind: str) -> list[OutboxLetter]:
    return list(
        db.session.scalars(db.select(OutboxLetter).filter_by(kind=kind).order_by(OutboxLetter.id))
    )


@pytest.fixture
def call(app: Flask) -> Call:
    return CallFactory()


@pytest.fixture
def korfez(call: Call) -> Asked:
    return asked(
        call,
        ContactFactory(
            organization__name="Körfez Rüzgârı Kadın Derneği",
            full_name="Nermin Su",
            email="nermin@korfez.example",
        ),
    )


@pytest.fixture
def mavi(call: Call) -> Asked:
    return asked(
        call,
        ContactFactory(
            organization__name="Mavi Kıyı Kadın Derneği",
            full_name="Sevgi Ak",
            email="sevgi@mavi.example",
        ),
    )
