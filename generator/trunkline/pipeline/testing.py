"""Testing a server against its description: one of somebody's, or the emulator."""

from __future__ import annotations

from collections.abc import Callable, Mapping
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
from trunkline.pipeline.load import load_api
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

    def against(
        base_url: str,
        token: str | None,
        other_token: str | None,
        include_unsafe: tuple[str, ...] = ("*",),
    ) -> RunReport:
        config = RunConfig(
            api=loaded.api,
            name=spec_name(spec),
            description=bundle(loaded.document),
            base_url=base_url,
            credentials=GivenCredentials(
                token,
                other_token,
                headers=target.headers,
                secrets=target.secrets,
                users=target.users,
            ),
            seed=options.seed,
            profile=options.profile,
            budget=options.budget,
            allow_writes=options.allow_writes,
            include_unsafe=include_unsafe,
            settle=options.settle,
            selection=options.selection,
            only=options.only,
            shard=options.shard,
            cleanup_log=options.journal,
            examples=options.examples,
            plan=plan,
        )
        return run(config, listener)

    if target.app is not None:
        from trunkline.pipeline.app_server import serving_app

        with serving_app(target.app) as address:
            base_url = address + base_path(loaded.api, target.base_url)
            return against(base_url, target.token, target.other_token, options.include_unsafe)
    if target.base_url is not None:
        return against(target.base_url, target.token, target.other_token, options.include_unsafe)
    texts, package = loaded.document.texts, package_now(spec)
    report = _on_emulator(loaded.api, target, options, against)
    whole = not options.only and options.selection == Selection() and options.shard == Shard()
    if package and not target.defects and whole:
        note_run(spec, texts, package, report)
    return report


def base_path(api: ir.Api, base_url: str | None) -> str:
    """Below what path an application has its operations: as told, or as the description says."""
    url = base_url if base_url is not None else next((s.url for s in api.servers), "")
    return urlsplit(url).path.rstrip("/")


def client_names(spec: str | Path, api: ir.Api) -> NamePlan:
    """The names that the generated client of `spec` has; clashes are `generate`'s to report."""
    found = Diagnostics()
    package = load_package(find_spec(spec).parent / "package.toml", spec_name(spec), found)
    return plan_names(api, package, found)


def _on_emulator(
    api: ir.Api,
    target: Target,
    options: RunOptions,
    against: Callable[[str, str | None, str | None], RunReport],
) -> RunReport:
    with emulator(api, defects=target.defects, seed=options.seed) as server:
        return against(server.url, server.credentials["token"], server.credentials["other_token"])
