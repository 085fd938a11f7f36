"""Where mail arrives: a mailbox on a server, or a folder or file on this machine.

A message leaves the mailbox only when `remove` is called for it, which whoever reads does after
the commit that recorded it. What is removed but not yet gone when the connection breaks is there
again at the next reading, and known by its digest.
"""

from coordinator.inbox.transports.mailbox import Incoming, Mailbox, MailboxTrouble
from coordinator.inbox.transports.opening import opened

__all__ = ["Incoming", "Mailbox", "MailboxTrouble", "opened"]
