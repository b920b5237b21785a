import importlib.util
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import pytest

from trunkline import contract
from trunkline.contract.model import bundle
from trunkline.pipeline import load_api

HERE = Path(__file__).parent


@contextmanager
def program(*bugs):
    """The library in a process of its own; yields its address."""
    command = [sys.executable, str(HERE / "library_service.py"), *bugs]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield process.stdout.readline().strip()
        finally:
            process.terminate()


def bugs():
    """What the hand-written service can be started with: rules of which one must name each."""
    spec = importlib.util.spec_from_file_location("library_bugs", HERE / "library_bugs.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return {name: rules for name, (rules, _) in module.BUGS.items()}


def pytest_generate_tests(metafunc):
    if "bug" in metafunc.fixturenames:
        known = bugs()
        metafunc.parametrize(("bug", "rules"), list(known.items()), ids=list(known))


@pytest.fixture(scope="session")
def library_loaded():
    return load_api(HERE / "library.yaml")


@pytest.fixture(scope="session")
def library_config(library_loaded):
    """A run's configuration, made from an address and what the test wants otherwise."""

    def make(url, **changes):
        settings = {
            "api": library_loaded.api,
            "name": "library",
            "description": bundle(library_loaded.document),
            "base_url": url,
            "credentials": contract.GivenCredentials("card-of-ada", "card-of-bob"),
            "phases": False,
        }
        return contract.RunConfig(**{**settings, **changes})

    return make


@pytest.fixture(scope="session")
def library():
    """Starts the library with bugs."""
    return program
