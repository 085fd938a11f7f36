"""What meetings tell to the floors above, in the transaction of the deed.

`meeting_changed` (meeting, changed, actor): time or place moved; `changed` is a frozenset of the
column names. `seats_changed` (meeting, actor): its capacity or the people per organisation did.
`meeting_cancelled` (meeting, reason, actor): it will not take place.
"""

from blinker import Namespace

signals = Namespace()

meeting_changed = signals.signal("meeting-changed")
seats_changed = signals.signal("seats-changed")
meeting_cancelled = signals.signal("meeting-cancelled")
