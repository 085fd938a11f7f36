"""The letters of an activity: you take part, you have something to do."""

from collections.abc import Iterable
from hashlib import sha256
from typing import Any

from coordinator.activities.models import ActivityPartner, ActivityTask, JointActivity
from coordinator.institution import queries as institution
from coordinator.letters import Letter, render
from coordinator.links import LinkBook, absolute
from coordinator.registry.queries import Recipient


def partner_letters(partner: ActivityPartner, people: Iterable[Recipient]) -> list[Letter]:
    """Tell an organisation that it takes part in an activity, each person once for ever."""
    activity, organization = partner.activity, partner.organization
    key = f"partner:{activity.public_id}:{organization.public_id}"
    return [
        _letter("partner", person, key, activity, partner=partner, organization=organization)
        for person in people
    ]


def task_letters(task: ActivityTask, people: Iterable[Recipient]) -> list[Letter]:
    """Tell an organisation what it is to do and until when, each person once for ever."""
    organization = task.responsible_org
    key = f"task:{task.public_id}:{organization.public_id if organization else ''}"
    return [
        _letter("task", person, key, task.activity, task=task, organization=organization)
        for person in people
    ]


def _letter(kind: str, person: Recipient, key: str, activity: JointActivity, **more: Any) -> Letter:
    book = LinkBook()
    subject, text, html = render(
        f"activities/email/{kind}",
        language=person.language,
        book=book,
        institution=institution.current(),
        activity=activity,
        to_name=person.name,
        length_days=activity.window.length_days,
        page=absolute("activities.show", public_id=activity.public_id),
        **more,
    )
    return Letter(
        kind=kind,
        to_name=person.name,
        to_address=person.address,
        language=person.language,
        subject=subject,
        text=text,
        html=html,
        links=book.links,
        once=f"{key}:{sha256(person.address.encode()).hexdigest()[:24]}",
    )
