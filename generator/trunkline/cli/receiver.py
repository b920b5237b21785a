"""`trunkline test --receiver`: what the user typed, as a run against the user's own server."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from trunkline.cli.progress import ProgressLine
from trunkline.contract import Budget, Profile, Progress, RunReport
from trunkline.contract.checks import KNOWN
from trunkline.contract.receiver import ReceiverConfig, run_receiver
from trunkline.diagnostics import Code, TrunklineError
from trunkline.pipeline.find import spec_name
from trunkline.pipeline.load import load_api


def play_service(
    spec: str,
    receivers: Sequence[str],
    *,
    secret: str | None,
    algorithm: str | None,
    login: str | None,
    seed: int,
    profile: Profile,
    budget: Budget,
    allow_writes: bool,
) -> RunReport:
    """Send events and conversations to the addresses; `TrunklineError` for a wrong argument."""
    config = receiver_config(
        spec,
        receivers,
        secret=secret,
        algorithm=algorithm,
        login=login,
        allow_writes=allow_writes,
    )
    config = dataclasses.replace(config, seed=seed, profile=profile, budget=budget)
    line = ProgressLine(spec_name(spec))
    try:
        report = run_receiver(
            config, lambda done, total, doing: line(Progress(done, total, doing, 0, 0))
        )
    finally:
        line.close()
    report.spec = spec
    return report


def receiver_config(
    spec: str,
    receivers: Sequence[str],
    *,
    secret: str | None,
    algorithm: str | None,
    login: str | None,
    allow_writes: bool,
) -> ReceiverConfig:
    """What was typed; `TrunklineError` for a wrong argument."""
    urls: dict[str, str] = {}
    for text in receivers:
        name, address = _address(text)
        if name in urls:
            raise TrunklineError.usage(Code.BAD_VALUE, f"two receivers for {name or 'everything'}")
        urls[name] = address
    if algorithm is not None and algorithm.lower() not in KNOWN:
        raise TrunklineError.usage(
            Code.BAD_VALUE, f"there is no algorithm {algorithm!r}", hint=", ".join(KNOWN)
        )
    user, separator, password = (login or "").partition(":")
    if login is not None and not separator:
        raise TrunklineError.usage(Code.BAD_VALUE, "--login is name:password")
    return ReceiverConfig(
        api=load_api(spec).api,
        name=spec_name(spec),
        urls=urls,
        secret=secret,
        algorithm=algorithm,
        login=(user, password) if separator else None,
        allow_writes=allow_writes,
    )


def _address(text: str) -> tuple[str, str]:
    """`NAME=http://…` or `http://…`."""
    name, separator, address = text.partition("=")
    if separator and "://" not in name:
        return name.strip(), address.strip()
    return "", text.strip()
