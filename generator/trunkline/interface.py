"""What programs call: each function does what a command does, and returns what it prints.

A description is named as on the command line: a name in `specs/`, a path, or an address. What is
wrong with it, or with an argument, is a `TrunklineError`: its `diagnostics` have messages,
positions and hints, its text is what the command line prints.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from trunkline.contract import Budget, Profile, RunReport
from trunkline.contract.reports import parse_report, read_report
from trunkline.contract.runner import Replayed
from trunkline.emulator import Running, running
from trunkline.evolve import Report
from trunkline.overlay import laid_over
from trunkline.pipeline.compare import compare_versions
from trunkline.pipeline.generate import Generated, plan_package, write_package
from trunkline.pipeline.load import Loaded, load_api
from trunkline.pipeline.replaying import findings_of, replay_report
from trunkline.pipeline.testing import RunOptions, Target, run_suite


def load(
    spec: str | Path,
    *,
    strict: bool = True,
    allow_refs: tuple[str, ...] = (),
    overlays: Sequence[Path] = (),
) -> Loaded:
    """The description as the representation that everything else is made from, in `api`.

    `diagnostics` are the warnings; errors are raised, unless `strict` is false. `allow_refs` are
    folders and prefixes of addresses that references may lead to besides. `overlays` are files that
    are laid over the description, after those that belong to it.
    """
    with laid_over(overlays):
        return load_api(spec, strict=strict, allow_refs=allow_refs)


def generate(
    spec: str | Path,
    *,
    out: Path | None = None,
    name: str | None = None,
    templates: Path | None = None,
    allow_skips: bool = False,
    force: bool = False,
    overlays: Sequence[Path] = (),
) -> Generated:
    """Write the package of a description to `out` (`generated/<name>` without it); its `folder`,
    and its `files` as they were written.

    What cannot be expressed is an error, or with `allow_skips` left out and in `diagnostics`. Files
    that were edited by hand are not written over, unless `force` is true.
    """
    with laid_over(overlays):
        planned = plan_package(
            spec, out=out, name=name, templates=templates, allow_skips=allow_skips
        )
    return write_package(planned, force=force)


@contextmanager
def emulate(
    spec: str | Path,
    *,
    port: int = 0,
    defects: Collection[str] = (),
    seed: int = 0,
    data: Path | None = None,
) -> Iterator[Running]:
    """A server of the description on 127.0.0.1 until the block ends, in a thread of its own.

    It has `url`, `credentials`, `reset()` and, as `emulator`, the ASGI application itself. `port` 0
    picks a free one, `data` is a file to keep objects in.
    """
    with running(load_api(spec).api, port, defects=defects, seed=seed, data=data) as server:
        yield server


def test(
    spec: str | Path,
    *,
    base_url: str | None = None,
    app: str | None = None,
    token: str | None = None,
    other_token: str | None = None,
    headers: Mapping[str, str] | None = None,
    credentials: Mapping[str, str] | None = None,
    profile: str = "smoke",
    seed: int = 0,
    max_seconds: float | None = None,
    max_requests: int | None = None,
    only: Collection[str] = (),
    include_unsafe: Collection[str] = (),
    defects: Collection[str] = (),
) -> RunReport:
    """Hold a server to its description: the one at `base_url`, the application `app`
    (`package.module:name`), or the emulator.

    The report has `violations`, and `causes`, which group them. `token` and `other_token` belong to
    two accounts; `credentials` maps names of security schemes to secrets. `only` are ids of rules,
    `include_unsafe` operations that may act on what the run did not make.
    """
    target = Target(
        base_url=base_url,
        app=app,
        token=token,
        other_token=other_token,
        headers=dict(headers or {}),
        secrets=dict(credentials or {}),
        defects=tuple(defects),
    )
    options = RunOptions(
        seed=seed,
        profile=Profile(profile),
        budget=Budget.of_profile(Profile(profile), requests=max_requests, seconds=max_seconds),
        only=tuple(only),
        include_unsafe=tuple(include_unsafe),
    )
    return run_suite(spec, target, options)


test.__test__ = False  # type: ignore[attr-defined]  # pytest takes whatever is called so for a test


def replay(
    report: Path | Sequence[str],
    findings: Sequence[str] = (),
    *,
    spec: str | Path = "",
    base_url: str | None = None,
    app: str | None = None,
    token: str | None = None,
    other_token: str | None = None,
    headers: Mapping[str, str] | None = None,
    credentials: Mapping[str, str] | None = None,
    include_unsafe: Collection[str] = (),
    defects: Collection[str] = (),
) -> list[Replayed]:
    """Send reproductions again: of the report in a file of JSON lines, or of the lines themselves.

    `findings` are ids of findings, rules or operations, one of each cause without any; each result
    has `fails`, and in `how` what that is concluded from. Without an address it is the server of
    the report, or the emulator with the report's `defects` and these.
    """
    known = (
        read_report(report)
        if isinstance(report, Path)
        else parse_report("\n".join(report), Path("report"))
    )
    target = Target(
        base_url=base_url,
        app=app,
        token=token,
        other_token=other_token,
        headers=dict(headers or {}),
        secrets=dict(credentials or {}),
        defects=tuple(defects),
    )
    options = RunOptions(include_unsafe=tuple(include_unsafe))
    return replay_report(known, findings_of(known, findings), target, options, str(spec))


def diff(old: str | Path, new: str | Path, *, waivers: Path | None = None) -> Report:
    """What changed between two versions, each a file, an address, a git revision or a published
    package as `trunkline diff` takes them.

    `changes` have a verdict for the HTTP contract and one for the Python client; `bump` is what
    the version must do.
    """
    return compare_versions(str(old), str(new), waivers=waivers).report
