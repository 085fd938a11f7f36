"""What meetings tell to the floors above, in the transaction of the deed.

`meeting_changed` (meeting, changed, actor): time or place moved; `changed` is a frozenset of the
column names. `meeting_cancelled` (meeting, reason, actor): it will not take place.
"""

from blinker import Namespace

signals = Namespace()

meeting_changed = signals.signal("meeting-changed")
meeting_cancelled = signals.signal("meeting-cancelled")
