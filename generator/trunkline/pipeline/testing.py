"""Testing a server against its description: one of somebody's, or the emulator."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from trunkline import ir
from trunkline.contract import (
    Budget,
    GivenCredentials,
    Profile,
    Progress,
    RunConfig,
    RunReport,
    Shard,
    run,
)
from trunkline.contract.model import AuthUser, Selection, bundle
from trunkline.diagnostics import Diagnostics
from trunkline.names import NamePlan, load_package
from trunkline.names import plan as plan_names
from trunkline.pipeline.find import find_spec, spec_name
from trunkline.pipeline.load import Loaded, load_api
from trunkline.pipeline.subprocess_emulator import emulator
from trunkline.pipeline.test_records import note_run, package_now


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """The server under test; without `base_url` the emulator, with `defects` switched on."""

    base_url: str | None = None
    app: str | None = None
    """`package.module:name` of an application to serve; of `base_url` only the path counts."""
    token: str | None = None
    other_token: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    secrets: Mapping[str, str] = field(default_factory=dict[str, str])
    users: tuple[AuthUser, ...] = ()
    defects: tuple[str, ...] = ()

    @property
    def emulated(self) -> tuple[str, ...] | None:
        """The emulator's defects; None where another server is tested."""
        return self.defects if self.base_url is None and self.app is None else None


@dataclass(frozen=True, slots=True, kw_only=True)
class RunOptions:
    """How hard, how long and which part."""

    seed: int = 0
    profile: Profile = Profile.SMOKE
    budget: Budget = field(default_factory=Budget)
    selection: Selection = field(default_factory=Selection)
    only: tuple[str, ...] = ()
    shard: Shard = field(default_factory=Shard)
    allow_writes: bool = False
    include_unsafe: tuple[str, ...] = ()
    settle: float = 1.0
    journal: Path | None = None
    examples: str | None = None
    har: Path | None = None


def run_suite(
    spec: str | Path,
    target: Target,
    options: RunOptions,
    listener: Callable[[Progress], None] | None = None,
) -> RunReport:
    """Hold the server to the description `spec` names.

    Raises `TrunklineError` for a description with faults, and when nobody answers at the address.
    """
    loaded = load_api(spec)
    plan = client_names(spec, loaded.api)

    with target_server(loaded.api, target, seed=options.seed) as server:
        config = run_config(spec, loaded, plan, target, options, server)
        report = run(config, listener)
    report.spec, report.defects = str(spec), target.emulated
    texts, package = loaded.document.texts, package_now(spec)
    whole = not options.only and options.selection == Selection() and options.shard == Shard()
    if package and target.emulated == () and whole:
        note_run(spec, texts, package, report)
    return report


@dataclass(frozen=True, slots=True)
class Server:
    """Where the server under test answers, and who may call it."""

    base_url: str
    token: str | None
    other_token: str | None
    own: bool
    """Whether nothing on it is anybody else's."""


@contextmanager
def target_server(api: ir.Api, target: Target, *, seed: int) -> Iterator[Server]:
    """The server under test, started where it does not run yet."""
    if target.app is not None:
        from trunkline.pipeline.app_server import serving_app

        with serving_app(target.app) as address:
            base_url = address + base_path(api, target.base_url)
            yield Server(base_url, target.token, target.other_token, own=False)
    elif target.base_url is not None:
        yield Server(target.base_url, target.token, target.other_token, own=False)
    else:
        with emulator(api, defects=target.defects, seed=seed) as running:
            given = running.credentials
            yield Server(running.url, given["token"], given["other_token"], own=True)


def run_config(
    spec: str | Path,
    loaded: Loaded,
    plan: NamePlan,
    target: Target,
    options: RunOptions,
    server: Server,
) -> RunConfig:
    """What the suite is told."""
    return RunConfig(
        api=loaded.api,
        name=spec_name(spec),
        description=bundle(loaded.document),
        base_url=server.base_url,
        credentials=GivenCredentials(
            server.token,
            server.other_token,
            headers=target.headers,
            secrets=target.secrets,
            users=target.users,
        ),
        seed=options.seed,
        profile=options.profile,
        budget=options.budget,
        allow_writes=options.allow_writes,
        include_unsafe=("*",) if server.own else options.include_unsafe,
        settle=options.settle,
        selection=options.selection,
        only=options.only,
        shard=options.shard,
        cleanup_log=options.journal,
        examples=options.examples,
        har=options.har,
        plan=plan,
    )


def base_path(api: ir.Api, base_url: str | None) -> str:
    """Below what path an application has its operations: as told, or as the description says."""
    url = base_url if base_url is not None else next((s.url for s in api.servers), "")
    return urlsplit(url).path.rstrip("/")


def client_names(spec: str | Path, api: ir.Api) -> NamePlan:
    """The names that the generated client of `spec` has; clashes are `generate`'s to report."""
    found = Diagnostics()
    package = load_package(find_spec(spec).parent / "package.toml", spec_name(spec), found)
    return plan_names(api, package, found)
