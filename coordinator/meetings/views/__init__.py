"""The pages of meetings."""

from coordinator.meetings.views import attendance as attendance
from coordinator.meetings.views import meetings as meetings
from coordinator.meetings.views import planning as planning
