"""A client generated from the old description calls an emulator of the new one.

What the comparison calls compatible on the wire must not make it fail.
"""

import importlib
import sys
from pathlib import Path

import pytest
import yaml

from trunkline.emulator import running
from trunkline.pipeline.generate import plan_package, write_package

EDITS = Path(__file__).parent / "edits"
CASES = yaml.safe_load((EDITS / "edits.yaml").read_text())
SAFE = [c for c in CASES if c["http"] == "compatible" and "before" not in c]
BROKEN = {
    "path removed",
    "operation moved",
    "method changed",
    "key renamed",
    "required header added",
    "required request property added",
    "request enum value removed",
    "required request property with a default added",
}
"""Edits after which the calls below demonstrably fail: the scenario is able to."""


@pytest.fixture(scope="module")
def package(tmp_path_factory):
    """The package of the base description, imported."""
    folder = tmp_path_factory.mktemp("client")
    write_package(plan_package(EDITS / "base.yaml", out=folder, name="evolvingcalls"))
    sys.path.insert(0, str(folder))
    yield importlib.import_module("trunkline_evolvingcalls")
    sys.path.remove(str(folder))


def live(package, server):
    """Makes a call, reads it, changes it, lists it and hangs it up."""
    key = server.credentials.get("key") or server.credentials["token"]
    arguments = {"api_key": key, "client_id": "a", "client_secret": "b"}
    with package.Evolvingcalls(base_url=server.url, max_retries=0, **arguments) as client:
        target = {"kind": "phone", "number": "1"}
        made = client.calls.create(to="+100", from_="me", codec="opus", limit=30, target=target)
        read = client.calls.retrieve(made.id)
        assert read.id == made.id
        client.calls.update(made.id, to="+200", from_=None, labels=["a"])
        assert made.id in [call.id for call in client.calls.list(size=50, state=["up", "down"])]
        client.calls.hang_up(made.id)


@pytest.fixture
def serve(api, base, edit):
    def start(case):
        return running(api(edit(base, case)))

    return start


def test_it_works_before_any_edit(package, serve):
    with serve({}) as server:
        live(package, server)


@pytest.mark.parametrize("case", SAFE, ids=lambda c: c["name"])
def test_what_is_called_compatible_does_not_fail(case, package, serve):
    with serve(case) as server:
        live(package, server)


@pytest.mark.parametrize("case", [c for c in CASES if c["name"] in BROKEN], ids=lambda c: c["name"])
def test_the_calls_notice_what_breaks(case, package, serve):
    with serve(case) as server, pytest.raises(package.APIError):
        live(package, server)
