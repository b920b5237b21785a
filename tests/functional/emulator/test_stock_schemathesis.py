"""Schemathesis' own command line, with all of its checks, finds nothing. It is told nothing
of ours but that `application/json-rpc` holds JSON."""

from __future__ import annotations

import base64
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from trunkline.emulator import running
from trunkline.pipeline import load_api

ROOT = Path(__file__).resolve().parents[3]
ST = Path(sys.executable).parent / "st"
HOOKS = Path(__file__).parent / "official" / "hooks_json_rpc.py"
JSON_RPC = ("--exclude-checks", "negative_data_rejection")
"""JSON-RPC answers 200 to a call that it refuses: the refusal is in the body."""
SMOKE = [("opentact", 20, 1)]
"""The smallest; `contract_tests` runs Schemathesis' phases on the others."""
CASES = ("paging", "keywords", "names", "enums", "recursion")
"""Descriptions of `tests/cases` in which every refusal has a documented status."""
CORPUS = ROOT.parent / "shared" / "corpus"
OF_OTHERS = (
    "oai31-tictactoe.yaml",
    "oai30-petstore.yaml",
    "oai30-petstore-expanded.yaml",
    "oai30-api-with-examples.yaml",
    "webex-messaging.json",
)
"""Of the corpus those whose every refusal has a documented status."""
QUICK = ("paging", "keywords", "oai31-tictactoe.yaml")
LONG = [(api, 200, seed) for api in ("telnyx", "opentact", "callr") for seed in (2, 3)]
"""Two seeds: 200 examples an operation are as many as ten runs of the usual length."""


def credentials(api: str, token: str) -> list[str]:
    pair = base64.b64encode(f"somebody:{token}".encode()).decode()
    headers = {
        "telnyx": [f"Authorization: Bearer {token}"],
        # One operation asks for a user name and a password, the others for the token it gave.
        "opentact": [f"X-Auth-Token: {token}", f"Authorization: Basic {pair}"],
        "callr": [f"Authorization: Basic {pair}"],
    }
    return [part for header in headers[api] for part in ("-H", header)]


@pytest.mark.parametrize(
    ("api", "examples", "seed"),
    [*SMOKE, *(pytest.param(*one, marks=pytest.mark.exhaustive) for one in LONG)],
)
def test_nothing_is_found(api: str, examples: int, seed: int, tmp_path: Path) -> None:
    with running(load_api(api).api) as server:
        done = subprocess.run(
            [
                ST, "run", ROOT / "specs" / api / "openapi.yaml", "--url", server.url,
                "--checks", "all", "--mode", "all", "--max-examples", str(examples),
                "--seed", str(seed), "--generation-database", ":memory:", "--no-color",
                *credentials(api, server.credentials["token"]),
                *(JSON_RPC if api == "callr" else ()),
            ],
            cwd=tmp_path, capture_output=True, text=True, timeout=1800, check=False,
            env={**os.environ, **({"SCHEMATHESIS_HOOKS": str(HOOKS)} if api == "callr" else {})},
        )  # fmt: skip
        operations = len(server.emulator.api.operations)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "No issues found" in done.stdout
    # It went everywhere, and was let in.
    assert f"Tested: {operations}" in done.stdout
    assert "Authentication failed" not in done.stdout
    generated = re.search(r"(\d+) generated, (\d+) passed", done.stdout)
    assert generated is not None
    assert int(generated[1]) == int(generated[2]) >= 5 * operations


@pytest.mark.parametrize(
    ("case", "seed"),
    [
        pytest.param(
            case, seed, marks=() if (case in QUICK and seed == 1) else pytest.mark.exhaustive
        )
        for case in CASES
        for seed in range(1, 4)
    ],
)
def test_nothing_is_found_on_a_case(case: str, seed: int, tmp_path: Path) -> None:
    stays_silent(ROOT / "tests" / "cases" / case / "openapi.yaml", seed, tmp_path)


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus is not beside this checkout")
@pytest.mark.parametrize(
    "name",
    [pytest.param(n, marks=() if n in QUICK else pytest.mark.exhaustive) for n in OF_OTHERS],
)
def test_nothing_is_found_on_a_description_of_others(name: str, tmp_path: Path) -> None:
    stays_silent(CORPUS / name, 1, tmp_path)


def stays_silent(description: Path, seed: int, tmp_path: Path) -> None:
    """Schemathesis finds nothing on the emulator of a description whose tokens are bearers'."""
    with running(load_api(description, strict=False).api) as server:
        done = subprocess.run(
            [
                ST, "run", description, "--url", server.url, "--checks", "all", "--mode", "all",
                "--max-examples", "20", "--seed", str(seed), "--generation-database", ":memory:",
                "--no-color", "-H", f"Authorization: Bearer {server.credentials['token']}",
            ],
            cwd=tmp_path, capture_output=True, text=True, timeout=300, check=False,
        )  # fmt: skip
        operations = len(server.emulator.api.operations)
    assert done.returncode == 0, done.stdout + done.stderr
    # It warns of what it cannot look into, like pages in HTML.
    generated = re.search(r"(\d+) generated, (\d+) passed", done.stdout)
    assert generated is not None
    assert int(generated[1]) == int(generated[2]) >= operations
    assert f"Tested: {operations}" in done.stdout
