"""A child process as a page watches it."""

import os
import signal
import subprocess
import sys

import pytest

from sanzi.kernel import child


def test_a_worker_that_holds_no_lock_is_known_to_be_dead(tmp_path):
    code = (
        "import fcntl,sys,time\n"
        "f=open(sys.argv[1],'a');fcntl.flock(f,fcntl.LOCK_EX);print('held',flush=True);time.sleep(60)"
    )
    other = subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path / "working")], stdout=subprocess.PIPE
    )
    assert other.stdout is not None
    other.stdout.readline()
    assert child.is_working(tmp_path)

    os.kill(other.pid, signal.SIGKILL)
    other.wait()
    assert not child.is_working(tmp_path)


def test_how_far_it_is_can_be_read_by_others(tmp_path):
    assert child.progress_of(tmp_path) == {}
    with child.at_work(tmp_path, news_every=10) as tell:
        tell(3, 20)
        tell(5, 20)
        assert child.progress_of(tmp_path) == {"done": 3, "total": 20}
        tell(20, 20)
    assert child.progress_of(tmp_path) == {"done": 20, "total": 20}
    assert not child.is_working(tmp_path)


def test_who_is_asked_to_stop_hears_it_at_the_next_word(tmp_path):
    with child.at_work(tmp_path, news_every=1) as tell:
        tell(1, 9)
        child.ask_to_stop(tmp_path)
        with pytest.raises(child.Stopped):
            tell(2, 9)
