"""The shapes of what staff write about meetings."""

from coordinator.meetings.forms.attendance import AttendanceForm as AttendanceForm
from coordinator.meetings.forms.attendance import Row as Row
from coordinator.meetings.forms.planning import CancelForm as CancelForm
from coordinator.meetings.forms.planning import MeetingForm as MeetingForm
from coordinator.meetings.forms.planning import WrittenMeeting as WrittenMeeting
from coordinator.meetings.forms.planning import proposed as proposed
