"""An mbox whose lock file was left behind is read again; one that somebody holds is left alone."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from coordinator.inbox.transports import MailboxTrouble, mbox
from tests.inbox.mail import sample
from tests.inbox.places import MboxPlace

KILLED = """
import mailbox, os, signal, sys
box = mailbox.mbox(sys.argv[1])
box.lock()
os.kill(os.getpid(), signal.SIGKILL)
"""
HOLDS = """
import mailbox, sys
box = mailbox.mbox(sys.argv[1])
box.lock()
print("held", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def box(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> mbox.Mbox:
    monkeypatch.setattr(mbox, "LOCK_SECONDS", 0.3)
    place = MboxPlace(tmp_path / "gelen")
    place.deliver(sample("stranger-written"))
    return mbox.Mbox(place.file)


def grow_old(lock: Path) -> None:
    long_ago = time.time() - mbox.LEFT_BEHIND_SECONDS - 1
    os.utime(lock, (long_ago, long_ago))


def test_the_lock_of_a_killed_reader_ends_with_its_time(box: mbox.Mbox) -> None:
    subprocess.run([sys.executable, "-c", KILLED, str(box.path)], check=False)
    assert box.lock.exists()
    with pytest.raises(MailboxTrouble, match=f"its lock file is {box.lock}"):
        list(box.messages())
    grow_old(box.lock)
    assert len(list(box.messages())) == 1
    assert [one.name for one in box.path.parent.iterdir()] == [box.path.name]


def test_a_lock_that_somebody_holds_stays_however_old_it_is(box: mbox.Mbox) -> None:
    words = [sys.executable, "-c", HOLDS, str(box.path)]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        grow_old(box.lock)
        with pytest.raises(MailboxTrouble, match="is locked by another program"):
            list(box.messages())
        assert box.lock.exists()
        holder.communicate()
