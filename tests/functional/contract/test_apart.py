"""The emulator of `trunkline test` lives as long as its owner, and no longer."""

import os
import signal
import subprocess
import sys
import time

import httpx2
import pytest

PROGRAM = """
import signal, sys, time
from trunkline.pipeline import load_api
from trunkline.pipeline.subprocess_emulator import emulator

# What a shell starts in the background ignores it, and so do its children.
signal.signal(signal.SIGINT, signal.default_int_handler)
with emulator(load_api("opentact").api) as server:
    print(server.url, flush=True)
    sys.stdin.read() if sys.argv[1] == "leave" else time.sleep(60)
"""


def answers(url):
    try:
        httpx2.get(url)
    except httpx2.HTTPError:
        return False
    return True


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the emulator is a thread")
@pytest.mark.parametrize("end", ["leave", "SIGKILL", "SIGINT to the terminal"])
def test_the_emulator_ends_with_its_owner(end):
    with subprocess.Popen(
        [sys.executable, "-c", PROGRAM, end],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
    ) as owner:
        url = owner.stdout.readline().strip()
        assert answers(url)
        if end == "leave":
            owner.stdin.close()
        elif end == "SIGKILL":
            owner.kill()
        else:
            # The whole group of the terminal gets it; the emulator is in none of it.
            os.killpg(owner.pid, signal.SIGINT)
        owner.wait()
    until = time.monotonic() + 20
    while answers(url) and time.monotonic() < until:
        time.sleep(0.05)
    assert not answers(url)
