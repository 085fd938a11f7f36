"""What somebody answered, as it is kept."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from coordinator.invitations.models import (
    COMING,
    COUNTED_NEEDS,
    AccessNeed,
    AttendMode,
    Invitation,
    RsvpAnswer,
)
from coordinator.wording import many_lines, one_line

MOST_OF_A_SERVICE = 50


@dataclass(frozen=True)
class Reply:
    """What somebody answered.

    `mode` counts where the meeting leaves the choice; `need_numbers` says for how many people a
    service is wanted, by its code.
    """

    answer: RsvpAnswer
    people: int = 0
    names: list[str] = field(default_factory=list)
    needs: list[str] = field(default_factory=list)
    needs_note: str = ""
    note: str = ""
    mode: AttendMode | None = None
    names_later: bool = False
    need_numbers: Mapping[str, int] = field(default_factory=dict)

    @classmethod
    def standing(
        cls, invitation: Invitation, answer: RsvpAnswer, note: str | None = None
    ) -> "Reply":
        """Return another answer with all that is known already: people, names, services."""
        return cls(
            answer=answer,
            people=invitation.people,
            names=[str(name) for name in invitation.attendee_names],
            needs=[str(need) for need in invitation.access_needs],
            needs_note=invitation.needs_note,
            note=invitation.note if note is None else note,
            mode=invitation.attend_mode,
            names_later=invitation.names_later,
            need_numbers={code: int(number) for code, number in invitation.need_numbers.items()},
        )

    def kept(self) -> dict[str, Any]:
        """Return what is stored of it: people, names and needs only of those who come."""
        values: dict[str, Any] = {
            "answer": self.answer,
            "people": 0,
            "attendee_names": [],
            "names_later": False,
            "attend_mode": None,
            "access_needs": [],
            "need_numbers": {},
            "needs_note": "",
            "note": many_lines(self.note),
        }
        if self.answer in COMING:
            values |= self._of_those_who_come()
        return values

    def _of_those_who_come(self) -> dict[str, Any]:
        names = [name for name in map(one_line, self.names) if name]
        people = max(self.people, len(names), 1)
        needs = [need for need in AccessNeed if need in self.needs]
        return {
            "people": people,
            "attendee_names": names,
            "names_later": self.names_later and len(names) < people,
            "attend_mode": self.mode,
            "access_needs": [need.value for need in needs],
            "need_numbers": {
                need.value: min(max(int(self.need_numbers[need.value]), 1), MOST_OF_A_SERVICE)
                for need in needs
                if need in COUNTED_NEEDS and self.need_numbers.get(need.value)
            },
            "needs_note": one_line(self.needs_note),
        }
