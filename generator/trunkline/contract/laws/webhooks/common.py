"""What events and conversations have in common: a secret, and time that must pass."""

from __future__ import annotations

import time

from trunkline.contract.bench import Bench, BlockedError
from trunkline.contract.config import Profile, is_loopback
from trunkline.contract.steering import move_clock

SECRET = "trunkline contract suite"  # noqa: S105  # ours, for the time of a law
PATIENCE = 10.0


def reach(bench: Bench) -> None:
    """Give the law up where the server cannot send anything to this machine."""
    if not is_loopback(bench.lab.config.base_url):
        raise BlockedError("the server cannot reach this machine")


def pass_time(bench: Bench, seconds: float) -> bool:
    """Let time pass on the server, or here where that is worth it; whether it has passed."""
    if move_clock(bench, seconds):
        return True
    if bench.lab.config.profile is not Profile.FULL or seconds > 60:
        return False
    time.sleep(seconds)
    return True
