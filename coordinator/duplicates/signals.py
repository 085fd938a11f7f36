"""What a merge tells the floors above, in its transaction.

`merging` (kept, other): two records are about to be merged, or taken apart again; nothing was
locked or written yet. Whoever holds rows of other tables before those of organisations does so now.

`merged` (kept, other, journal): all rows that belong to the other have been moved; what a
receiver writes through the journal is taken back with the merge.

`unmerged` (kept, other, journal): the merge was taken back, each has its own rows again.
"""

from blinker import Namespace

signals = Namespace()

merging = signals.signal("organizations-merging")
merged = signals.signal("organizations-merged")
unmerged = signals.signal("organizations-unmerged")
