"""What a package shows: examples that run, a README that names what exists, all errors."""

from __future__ import annotations

import ast
import base64
import hashlib
import hmac
import importlib
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx2
import pytest
import yaml

from trunkline.emulator import running
from trunkline.pipeline import load_api

ROOT = Path(__file__).parents[3]
PACKAGES = sorted(path.parent.name for path in (ROOT / "generated").glob("*/pyproject.toml"))


def environment(package: str, **more: str) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT / "generated" / package), **more}


def connected(package: str, url: str, token: str) -> dict[str, str]:
    """The variables with which a client finds a server and its account there."""
    address = {f"{package.upper()}_BASE_URL": url}
    if package == "callr":
        return address | {"CALLR_USERNAME": "me", "CALLR_PASSWORD": token}
    return address | {"TELNYX_API_KEY": token, "OPENTACT_TOKEN": token}


@pytest.mark.parametrize("package", PACKAGES)
def test_the_programs_of_the_readme_run_as_they_are(package: str) -> None:
    """Somebody who has nothing but the README makes a first call, and all others that it shows."""
    text = (ROOT / "generated" / package / "README.md").read_text("utf-8")
    exported = re.findall(r"^export (\w+)=…$", text, re.MULTILINE)
    programs = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    with running(load_api(package).api) as server:
        given = connected(package, server.url, server.credentials["token"])
        assert set(exported) <= given.keys()
        for program in programs:
            done = subprocess.run(
                [sys.executable, "-c", program],
                env=environment(package, **given),
                capture_output=True,
                text=True,
                check=False,
            )
            assert (done.returncode, done.stderr) == (0, ""), program
    assert len(programs) >= 4


@pytest.mark.parametrize("package", PACKAGES)
def test_the_first_call_runs(package: str) -> None:
    with running(load_api(package).api) as server:
        token = server.credentials["token"]
        given = connected(package, server.url, token)
        command = [sys.executable, ROOT / "generated" / package / "examples" / "first_call.py"]
        done = subprocess.run(
            command, env=environment(package, **given), capture_output=True, text=True, check=False
        )
        assert (done.returncode, done.stderr) == (0, "")
        wrong = {key: value.replace(token, "wrong") for key, value in given.items()}
        refused = subprocess.run(
            command, env=environment(package, **wrong), capture_output=True, text=True, check=False
        )
    assert refused.returncode == 1
    assert "401" in refused.stderr
    assert "Traceback" not in refused.stderr


@contextmanager
def example(name: str, **more: str) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """An example that serves, and where."""
    program = subprocess.Popen(
        [sys.executable, ROOT / "generated" / "callr" / "examples" / f"{name}.py", "0"],
        env=environment("callr", **more),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        assert program.stdout is not None
        yield program.stdout.readline().strip(), program
    finally:
        program.kill()
        program.communicate()


def test_the_webhook_server_tells_real_requests_from_others() -> None:
    body = b'{"type":"billing.credit","event_id":"e1","data":{"balance":"100.00"}}'
    signature = base64.b64encode(hmac.new(b"s3cret", body, hashlib.sha256).digest()).decode()
    with example("webhook", WEBHOOK_SECRET="s3cret") as (url, program):
        signed = {"X-CALLR-HmacSignature": signature}
        assert httpx2.post(url, content=body, headers=signed).status_code == 204
        assert httpx2.post(url, content=body + b" ", headers=signed).status_code == 401
        assert httpx2.post(url, content=body).status_code == 401
        assert program.stdout is not None
        assert "event_id='e1'" in program.stdout.readline()


def test_the_real_time_server_answers_with_the_commands_of_the_description() -> None:
    folder = ROOT / "specs" / "callr" / "examples"
    said = {
        name: yaml.safe_load((folder / f"realtime.{name}.yaml").read_text("utf-8"))["value"]
        for name in ("first.request", "read.answer", "keys.request")
    }
    with example("realtime") as (url, program):
        assert httpx2.post(url, json=said["first.request"]).json() == said["read.answer"]
        ending = httpx2.post(url, json=said["keys.request"]).json()
        assert ending["command"] == "hangup"
        assert httpx2.post(url, content=b"{").status_code == 400
        assert program.stdout is not None
        assert "result='42'" in program.stdout.readline()


@pytest.mark.parametrize("package", PACKAGES)
def test_the_readme_names_what_exists(package: str) -> None:
    text = (ROOT / "generated" / package / "README.md").read_text("utf-8")
    blocks = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    assert len(blocks) >= 4
    imported = 0
    for block in blocks:
        for node in ast.walk(ast.parse(block)):
            if isinstance(node, ast.ImportFrom):
                module = importlib.import_module(node.module or "")
                for alias in node.names:
                    if not hasattr(module, alias.name):
                        importlib.import_module(f"{node.module}.{alias.name}")
                    imported += 1
    assert imported >= len(blocks) - 1
    for name in re.findall(r"`(trunkline_\w+\.\w+)`", text):
        importlib.import_module(name)


@pytest.mark.parametrize("package", PACKAGES)
def test_errors_are_all_exported_and_drawn(package: str) -> None:
    errors = importlib.import_module(f"trunkline_{package}.errors")
    runtime = importlib.import_module(f"trunkline_{package}._runtime.errors")
    modules = [runtime]
    if package == "callr":
        modules.append(importlib.import_module(f"trunkline_{package}._runtime.rpc"))
    found = {
        name
        for module in modules
        for name, value in vars(module).items()
        if isinstance(value, type) and issubclass(value, runtime.APIError)
    }
    assert found == set(errors.__all__)
    drawn = set(re.findall(r"\b\w+Error\b", errors.__doc__ or ""))
    assert {name for name in found if not name.startswith("Rpc")} <= drawn
