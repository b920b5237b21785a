"""The contract suite under pytest: options, and one test for each check on each target.

A test function marked with `@pytest.mark.checks("crud")` that takes `unit` and
`contract_session` is run once for each check of that family and each target of each API, under
ids such as `telnyx/outbound_voice_profiles/update-visible`. Without `--base-url` the emulator is
started.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import pytest

from trunkline import contract
from trunkline.contract.fuzzing import run_phases
from trunkline.contract.model import SELECTORS, Selection, bundle
from trunkline.contract.reports import block
from trunkline.contract.session import Session, cleanup_log_folder
from trunkline.diagnostics import TrunklineError
from trunkline.emulator import running
from trunkline.pipeline import Loaded, load_api, specs_root
from trunkline.pipeline.app_server import serving_app
from trunkline.pipeline.testing import base_path, client_names

__all__ = [
    "contract_servers",
    "contract_session",
    "loaded",
    "names",
    "pytest_addoption",
    "pytest_configure",
    "pytest_generate_tests",
    "run_check",
    "run_schemathesis",
]


def pytest_addoption(parser: pytest.Parser) -> None:
    """The options of a contract run, as `trunkline test` has them."""
    group = parser.getgroup("trunkline", "contract suite")
    group.addoption("--api", action="append", default=[], help="name in specs/, or a path")
    group.addoption("--base-url", help="server to test; the emulator is started without")
    group.addoption("--app", help="application to serve and test: package.module:name")
    group.addoption("--token", help="first account's credentials (or TRUNKLINE_TOKEN)")
    group.addoption("--other-token", help="second account's (or TRUNKLINE_OTHER_TOKEN)")
    group.addoption("--header", action="append", default=[], help="sent with every request")
    group.addoption("--profile", choices=[p.value for p in contract.Profile], default="smoke")
    group.addoption("--contract-seed", type=int, default=0, help="reproduces a run exactly")
    group.addoption(
        "--include-unsafe", action="append", default=[], help="as `trunkline test` has it"
    )
    for word in ("include", "exclude"):
        for selector in SELECTORS:
            group.addoption(
                f"--{word}-{selector}",
                action="append",
                default=[],
                help="as `trunkline test` has it",
            )
    group.addoption("--allow-writes", action="store_true", help="also away from loopback")


def pytest_configure(config: pytest.Config) -> None:
    """Make the marker known."""
    config.addinivalue_line("markers", "checks(family): one test for each check of this family")


@cache
def loaded(name: str) -> Loaded:
    """A description, read once a session."""
    return load_api(name)


def names(config: pytest.Config) -> list[str]:
    """The APIs to test: those asked for, or every one in specs/."""
    given: list[str] = config.getoption("--api") or []
    served = config.getoption("--base-url") or config.getoption("--app")
    if served and len(given) != 1:
        raise pytest.UsageError("--base-url and --app need exactly one --api")
    return given or sorted(p.parent.name for p in specs_root().glob("*/openapi.yaml"))


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Give `unit` its values (API and unit), and `api_operation` (API and operation id)."""
    if "api_operation" in metafunc.fixturenames:
        pairs = [
            (name, operation.id)
            for name in names(metafunc.config)
            for operation in loaded(name).api.operations
            if _selection(metafunc.config).chooses(operation)
        ]
        metafunc.parametrize("api_operation", pairs, ids=[f"{n}/{o}" for n, o in pairs])
    if "api_name" in metafunc.fixturenames:
        metafunc.parametrize("api_name", names(metafunc.config))
    marker = metafunc.definition.get_closest_marker("checks")
    if marker is None or "unit" not in metafunc.fixturenames:
        return
    family = contract.Family(marker.args[0])
    full = metafunc.config.getoption("--profile") == contract.Profile.FULL
    values = []
    ids = []
    for name in names(metafunc.config):
        try:
            api = loaded(name).api
        except TrunklineError as error:
            raise pytest.UsageError(str(error)) from error
        for unit in contract.units(api, conventions=full, selection=_selection(metafunc.config)):
            if contract.RULES[unit.check.id].family is family:
                values.append((name, unit))
                ids.append(f"{name}/{unit.id}")
    metafunc.parametrize("unit", values, ids=ids)


@dataclass
class Servers:
    """Sessions by API, opened when first asked for."""

    config: pytest.Config
    stack: ExitStack
    known: dict[str, Session] = field(default_factory=dict[str, Session])

    def of(self, name: str) -> Session:
        """The session on the server of this API."""
        if name not in self.known:
            self.known[name] = self._open(name)
        return self.known[name]

    def _open(self, name: str) -> Session:
        option: Any = self.config.getoption
        found = loaded(name)
        base_url = option("--base-url")
        cleanup_log = cleanup_log_folder() if base_url is not None else None
        credentials = contract.GivenCredentials(
            option("--token") or os.environ.get("TRUNKLINE_TOKEN"),
            option("--other-token") or os.environ.get("TRUNKLINE_OTHER_TOKEN"),
            headers=dict(_header(h) for h in option("--header")),
        )
        included = tuple(option("--include-unsafe"))
        if option("--app"):
            base_url = self.stack.enter_context(serving_app(option("--app")))
            base_url += base_path(found.api, option("--base-url"))
        if base_url is None:
            included = ("*",)  # an emulator of our own: nobody else's objects are there
            server = self.stack.enter_context(running(found.api))
            base_url = server.url
            credentials = contract.GivenCredentials(
                server.credentials["token"], server.credentials["other_token"]
            )
        config = contract.RunConfig(
            api=found.api,
            name=name,
            description=bundle(found.document),
            base_url=base_url,
            credentials=credentials,
            seed=option("--contract-seed"),
            profile=contract.Profile(option("--profile")),
            allow_writes=option("--allow-writes"),
            include_unsafe=included,
            selection=_selection(self.config),
            cleanup_log=cleanup_log,
            plan=client_names(name, found.api),
        )
        return self.stack.enter_context(contract.open_session(config))


def _selection(config: pytest.Config) -> Selection:
    """The operations that were chosen."""
    chosen: list[dict[str, tuple[str, ...]]] = []
    for word in ("include", "exclude"):
        given = {name: tuple(config.getoption(f"--{word}-{name}") or ()) for name in SELECTORS}
        chosen.append({name: values for name, values in given.items() if values})
    return Selection(*chosen)


def _header(text: str) -> tuple[str, str]:
    name, separator, value = text.partition(":")
    if not separator:
        raise pytest.UsageError(f"--header {text!r} is not 'Name: value'")
    return name.strip(), value.strip()


@pytest.fixture(scope="session")
def contract_servers(request: pytest.FixtureRequest) -> Iterator[Servers]:
    """The servers of this session; what was created on them is deleted at its end."""
    with ExitStack() as stack:
        yield Servers(request.config, stack)


@pytest.fixture
def contract_session(unit: tuple[str, contract.Unit], contract_servers: Servers) -> Session:
    """The server that this test's check is held to."""
    return contract_servers.of(unit[0])


def run_check(session: Session, unit: tuple[str, contract.Unit]) -> None:
    """Hold the server to the check: fails with every violation, skips what cannot be tried."""
    __tracebackhide__ = True
    check = unit[1].check
    if check.writes and not session.config.writes:
        pytest.skip("read-only away from loopback; pass --allow-writes")
    result = contract.run_unit(session, unit[1])
    if result.violations:
        lines = [
            line
            for number, violation in enumerate(result.violations, 1)
            for line in block(number, violation)
        ]
        pytest.fail("\n".join(lines), pytrace=False)
    if result.verdict is contract.UnitVerdict.NOT_TRIED:
        pytest.skip(result.reason)


def run_schemathesis(session: Session, operations: frozenset[str], phases: list[str]) -> None:
    """Run Schemathesis' phases on some operations; fails with every violation."""
    __tracebackhide__ = True
    try:
        result = run_phases(session, operations, phases=phases)
    finally:
        session.clean_up()
    if result.errors:
        pytest.fail("\n".join(result.errors), pytrace=False)
    if result.findings.all:
        lines = [line for n, v in enumerate(result.findings.all, 1) for line in block(n, v)]
        pytest.fail("\n".join(lines), pytrace=False)
    if not result.cases:
        pytest.skip("no case could be generated, or none is allowed on this server")
