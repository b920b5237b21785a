"""The hand-written package that shows what is generated: it runs, and type checkers accept it."""

from __future__ import annotations

import ast
import asyncio
import json
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import httpx2
import pytest

PROFILE = {"id": "1", "name": "office", "service_plan": "galactic", "new": {"a": 1}}


class Recorder:
    """Answers like the service and remembers the requests."""

    def __init__(self) -> None:
        self.requests: list[httpx2.Request] = []

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        self.requests.append(request)
        if request.method == "GET" and request.url.path == "/v2/outbound_voice_profiles":
            number = int(request.url.params.get("page[number]", 1))
            data = [{**PROFILE, "id": f"{number}-{i}"} for i in range(2)]
            meta = {"page_number": number, "page_size": 2, "total_pages": 3, "total_results": 6}
            return httpx2.Response(200, json={"data": data, "meta": meta})
        if request.url.path.endswith("/gone"):
            error = {"code": "10005", "title": "Not found", "detail": "no such profile"}
            headers = {"x-request-id": "req-1"}
            return httpx2.Response(404, json={"errors": [error]}, headers=headers)
        sent = json.loads(request.content) if request.content else {}
        return httpx2.Response(200, json={"data": {**PROFILE, **sent}})

    @property
    def body(self) -> Any:
        return json.loads(self.requests[-1].content)


@pytest.fixture
def recorder() -> Recorder:
    return Recorder()


@pytest.fixture
def client(target: ModuleType, recorder: Recorder) -> Any:
    return target.Telnyx(api_key="KEY", transport=httpx2.MockTransport(recorder))


def test_a_method_sends_what_was_given_only(client, recorder):
    client.outbound_voice_profiles.update("1", name="x", concurrent_call_limit=None)
    assert recorder.body == {"name": "x", "concurrent_call_limit": None}
    request = recorder.requests[-1]
    assert (request.method, request.url.path) == ("PATCH", "/v2/outbound_voice_profiles/1")
    assert request.headers["authorization"] == "Bearer KEY"
    assert request.headers["accept"] == "application/json"
    assert request.headers["content-type"] == "application/json"
    assert request.headers["user-agent"].startswith("target_client/0.1.0 ")


def test_a_value_from_another_version_of_the_service_survives(client):
    profile = client.outbound_voice_profiles.create(name="x", tags=["a"])
    assert profile.service_plan == "galactic"
    assert profile.new == {"a": 1}
    assert profile.model_dump(mode="json", by_alias=True, exclude_unset=True) == {
        **PROFILE,
        "name": "x",
        "tags": ["a"],
    }


def test_a_list_is_every_item_of_every_page(client, recorder):
    page = client.outbound_voice_profiles.list(page_size=2, filter_name_contains="of")
    assert len(recorder.requests) == 1
    assert (page.number, page.total_pages, page.total_items) == (1, 3, 6)
    assert [profile.id for profile in page] == ["1-0", "1-1", "2-0", "2-1", "3-0", "3-1"]
    assert len(recorder.requests) == 3
    assert dict(recorder.requests[-1].url.params) == {
        "page[number]": "3",
        "page[size]": "2",
        "filter[name][contains]": "of",
    }


def test_an_error_carries_its_typed_body_request_and_id(client, target):
    errors = sys.modules[f"{target.__name__}._runtime.errors"]
    with pytest.raises(errors.NotFoundError, match="no such profile") as caught:
        client.outbound_voice_profiles.retrieve("gone")
    error = caught.value
    assert type(error.body).__name__ == "Errors"
    assert error.body.errors[0].code == "10005"
    assert (error.status_code, error.request_id) == (404, "req-1")
    assert error.request.method == "GET"
    assert "KEY" not in str(error)


def test_the_answer_itself_is_there_for_every_method(client):
    response = client.with_raw_response(client.outbound_voice_profiles.create)(name="x")
    assert (response.status_code, response.parse().name) == (200, "x")
    assert response.json()["data"]["new"] == {"a": 1}
    pages = client.with_raw_response(client.outbound_voice_profiles.list)()
    assert pages.parse().data[0].id == "1-0"
    with client.with_streaming_response(client.outbound_voice_profiles.retrieve)("1") as streamed:
        assert json.loads(streamed.read())["data"]["id"] == "1"
    assert client.outbound_voice_profiles.retrieve("1").name == "office"


def test_other_options_share_the_connections(client, recorder):
    other = client.with_options(api_key="OTHER", base_url="https://eu.example.com/v3/")
    other.outbound_voice_profiles.retrieve("1")
    assert str(recorder.requests[-1].url) == "https://eu.example.com/v3/outbound_voice_profiles/1"
    assert recorder.requests[-1].headers["authorization"] == "Bearer OTHER"
    client.outbound_voice_profiles.retrieve("1")
    assert recorder.requests[-1].headers["authorization"] == "Bearer KEY"
    assert other._pool is client._pool


def test_the_asynchronous_client_has_the_same_surface(target, recorder):
    async def run() -> None:
        transport = httpx2.MockTransport(recorder)
        async with target.AsyncTelnyx(api_key="KEY", transport=transport) as client:
            profiles = client.outbound_voice_profiles
            ids = [profile.id async for profile in profiles.list()]
            assert ids == ["1-0", "1-1", "2-0", "2-1", "3-0", "3-1"]
            page = await profiles.list()
            assert [p.id for p in page.data] == ["1-0", "1-1"]
            assert page.has_next_page
            numbers = [page.number async for page in profiles.list().pages()]
            assert numbers == [1, 2, 3]
            assert (await profiles.list().first()).id == "1-0"
            assert (await profiles.update("1", name="y")).name == "y"
            response = await client.with_raw_response(profiles.retrieve)("1")
            assert response.parse().name == "office"
            pages = await client.with_raw_response(profiles.list)()
            assert pages.parse().data[0].id == "1-0"
            async with client.with_streaming_response(profiles.retrieve)("1") as streamed:
                assert (await streamed.parse()).name == "office"

    asyncio.run(run())


def test_importing_the_package_imports_no_model(target_folder: Path):
    code = (
        "import sys, target_client; "
        "names = [m for m in sys.modules if m.startswith('target_client.')]; "
        "print(*[m for m in names if 'runtime' not in m]); "
        "assert 'asyncio' not in sys.modules"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=target_folder, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["target_client._service", "target_client.client"]


def test_the_runtime_needs_nothing_but_the_standard_library_httpx2_and_pydantic(target_folder):
    # pydantic does not work without typing_extensions, which holds TypeAliasType before 3.12.
    brought = {"pydantic_core", "typing_extensions"}
    allowed = {"httpx2", "pydantic", *brought, *sys.stdlib_module_names}
    for path in (target_folder / "target_client" / "_runtime").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                assert node.level <= 1, path.name
                names = [node.module or ""] if node.level == 0 else []
            else:
                continue
            assert {name.partition(".")[0] for name in names} <= allowed, path.name


USE = """
from typing import assert_type
from target_client import AsyncTelnyx, Telnyx
from target_client._runtime import APIResponse, AsyncPage, Page
from target_client.models import OutboundVoiceProfile

client = Telnyx(api_key="x")
profiles = client.outbound_voice_profiles
made = profiles.create(name="x", service_plan="us", options={"timeout": 3})
assert_type(made, OutboundVoiceProfile)
assert_type(profiles.list(), Page[OutboundVoiceProfile])
assert_type(profiles.list().first(), OutboundVoiceProfile | None)
assert_type([p for p in profiles.list()], list[OutboundVoiceProfile])
raw = client.with_raw_response(profiles.create)(name="x")
assert_type(raw, APIResponse[OutboundVoiceProfile])
with client.with_streaming_response(profiles.retrieve)("1") as response:
    assert_type(response.parse(), OutboundVoiceProfile)

async def main() -> None:
    client = AsyncTelnyx()
    profiles = client.outbound_voice_profiles
    assert_type(await profiles.create(name="x"), OutboundVoiceProfile)
    assert_type(await profiles.list(), AsyncPage[OutboundVoiceProfile])
    assert_type([p async for p in profiles.list()], list[OutboundVoiceProfile])
    raw = await client.with_raw_response(profiles.create)(name="x")
    assert_type(raw, APIResponse[OutboundVoiceProfile])
    async with client.with_streaming_response(profiles.retrieve)("1") as response:
        assert_type(await response.parse(), OutboundVoiceProfile)
"""

WRONG = """
from target_client import Telnyx

profiles = Telnyx(api_key="x").outbound_voice_profiles
profiles.create(nmae="x")
profiles.create(name=3)
profiles.create(name="x", service_plan="mars")
profiles.create(name="x", options={"timout": 3})
profiles.retrieve()
"""


def test_type_checkers_accept_the_package_and_right_uses_and_refuse_wrong_ones(target_folder: Path):
    (target_folder / "use.py").write_text(USE)
    (target_folder / "wrong.py").write_text(WRONG)
    mypy = [sys.executable, "-m", "mypy", "--strict", "--config-file="]
    done = subprocess.run(
        [*mypy, "target_client", "use.py"],
        cwd=target_folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.startswith("Success"), done.stdout
    done = subprocess.run(
        [*mypy, "wrong.py"], cwd=target_folder, capture_output=True, text=True, check=False
    )
    lines = {int(line.split(":")[1]) for line in done.stdout.splitlines() if ": error:" in line}
    assert lines == {5, 6, 7, 8, 9}, done.stdout
    settings = {
        "typeCheckingMode": "strict",
        "pythonVersion": "3.11",
        "include": ["target_client", "use.py"],
    }
    (target_folder / "pyrightconfig.json").write_text(json.dumps(settings))
    done = subprocess.run(
        [sys.executable, "-m", "pyright", "--pythonpath", sys.executable],
        cwd=target_folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "0 errors, 0 warnings" in done.stdout, done.stdout
