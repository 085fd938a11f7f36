"""What is written down about an activity, as operations take it from forms and commands."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from coordinator.activities.models import ActivityType
from coordinator.registry.models import District, Organization


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What is written down about an activity when it is made or changed."""

    title: str
    activity_type: ActivityType
    summary: str = ""
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    place: str = ""
    district: District | None = None
    access_services: list[str] = field(default_factory=list)
    lead: Organization | None = None
    is_public: bool = False
    expected: int | None = None

    def values(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__dataclass_fields__}


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What came of an activity; None where nobody counted."""

    reached_women: int | None = None
    reached_men: int | None = None
    reached_children: int | None = None
    outcome_note: str = ""


@dataclass(frozen=True, kw_only=True)
class Assignment:
    """What is to be done, by whom, until when."""

    title: str
    responsible_org: Organization | None = None
    responsible_name: str = ""
    due_on: date | None = None
