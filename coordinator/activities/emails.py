"""The letters of an activity: you take part, you have something to do."""

from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Any

from flask_babel import force_locale

from coordinator.activities.models import ActivityPartner, ActivityTask, JointActivity
from coordinator.i18n import day
from coordinator.institution import queries as institution
from coordinator.letter_texts import queries as letter_texts
from coordinator.letter_texts.words import Wording
from coordinator.letters import Letter, render
from coordinator.links import LinkBook, absolute
from coordinator.registry.queries import Recipient
from coordinator.wording import defused, one_line

PARTNER, TASK = "partner", "task"


def partner_letters(
    partner: ActivityPartner, people: Iterable[Recipient], wording: Wording | None = None
) -> list[Letter]:
    """Tell an organisation that it takes part in an activity, each person once for ever.

    `wording` is for trying other words.
    """
    activity, organization = partner.activity, partner.organization
    key = f"{PARTNER}:{activity.public_id}:{organization.public_id}"
    wording = wording or letter_texts.in_use(PARTNER)
    values = {"kurulus": organization.name}
    letters = []
    for person in people:
        with force_locale(person.language):
            own = {**values, "rol": str(partner.role.word)}
        letters.append(_letter(PARTNER, wording, own, person, key, activity, partner=partner))
    return letters


def task_letters(
    task: ActivityTask, people: Iterable[Recipient], wording: Wording | None = None
) -> list[Letter]:
    """Tell an organisation what it is to do and until when, each person once for ever.

    `wording` is for trying other words.
    """
    organization = task.responsible_org
    key = f"{TASK}:{task.public_id}:{organization.public_id if organization else ''}"
    wording = wording or letter_texts.in_use(TASK)
    values = {"kurulus": organization.name if organization else "", "gorev": task.title}
    letters = []
    for person in people:
        with force_locale(person.language):
            own = {**values, "son_gun": day(task.due_on) if task.due_on else ""}
        letters.append(_letter(TASK, wording, own, person, key, task.activity, task=task))
    return letters


def _letter(
    kind: str,
    wording: Wording,
    values: Mapping[str, str],
    person: Recipient,
    key: str,
    activity: JointActivity,
    **more: Any,
) -> Letter:
    book = LinkBook()
    typed = {"ad": person.name, "etkinlik": activity.title, **values}
    subject, text, html = render(
        f"activities/email/{kind}",
        language=person.language,
        book=book,
        institution=institution.current(),
        words=wording(person.language).filled(
            {name: defused(one_line(value)) for name, value in typed.items()}
        ),
        activity=activity,
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
