"""What a merge tells the floors above, in its transaction.

`merged` (kept, other, journal): all rows that belong to the other have been moved; what a
receiver writes through the journal is taken back with the merge.
"""

from blinker import Namespace

signals = Namespace()

merged = signals.signal("organizations-merged")
