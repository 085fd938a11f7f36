"""The verbs of meetings."""

from coordinator.meetings.operations.attendance import Mark as Mark
from coordinator.meetings.operations.attendance import take_attendance as take_attendance
from coordinator.meetings.operations.planning import edit_meeting as edit_meeting
from coordinator.meetings.operations.planning import plan_meeting as plan_meeting
from coordinator.meetings.operations.states import cancel_meeting as cancel_meeting
from coordinator.meetings.operations.states import mark_held as mark_held
from coordinator.meetings.operations.states import mark_invited as mark_invited
