"""What surrounds a call of a generated client: credentials, options, transports, logs, webhooks."""

from __future__ import annotations

import json
import logging
from typing import Any

import httpx2
import pytest
from trunkline_callr import webhooks
from trunkline_callr._runtime.errors import SignatureError
from trunkline_telnyx import (
    APIConnectionError,
    AsyncTelnyx,
    AuthenticationError,
    ConfigurationError,
    MissingCredentialsError,
    NotFoundError,
    Telnyx,
    UnprocessableEntityError,
)

API = "telnyx"
PROFILES = "outbound_voice_profiles"


def test_the_credential_comes_from_the_environment(do: Any, monkeypatch: Any) -> None:
    monkeypatch.setenv("TELNYX_API_KEY", do.server.credentials["token"])
    monkeypatch.setenv("TELNYX_BASE_URL", do.server.url)
    client = do.make(api_key=None, base_url=None)
    assert do.run(do.method(f"{PROFILES}.list", client)()).data == []
    monkeypatch.delenv("TELNYX_API_KEY")
    poor = do.make(api_key=None)
    with pytest.raises(MissingCredentialsError, match="TELNYX_API_KEY"):
        do.run(do.method(f"{PROFILES}.create", poor)(name="office"))


def test_each_failure_has_its_class_its_body_and_its_request(do: Any) -> None:
    with pytest.raises(NotFoundError) as missing:
        do(f"{PROFILES}.retrieve", "1293384261075731499")
    assert missing.value.status_code == 404
    assert missing.value.request.method == "GET"
    assert missing.value.body.errors[0].code
    with pytest.raises(UnprocessableEntityError) as refused:
        do(f"{PROFILES}.create", name="o")
    assert refused.value.request.method == "POST"
    assert "/name" in str(refused.value.body)
    stranger = do.method(f"{PROFILES}.list", do.make(api_key="wrong"))
    with pytest.raises(AuthenticationError) as stopped:
        do.run(stranger())
    for error in (missing, refused, stopped):
        assert do.server.credentials["token"] not in str(error.value)


def test_raw_and_streamed_answers(do: Any, tmp_path: Any) -> None:
    made = do(f"{PROFILES}.create", name="office")
    client = do.client
    raw = do.run(client.with_raw_response(client.outbound_voice_profiles.retrieve)(made.id))
    assert raw.status_code == 200
    assert raw.headers["content-type"].startswith("application/json")
    assert raw.json()["data"]["id"] == made.id
    assert raw.parse() == made
    streaming = client.with_streaming_response(client.outbound_voice_profiles.retrieve)(made.id)
    target = tmp_path / "profile.json"
    if do.kind == "sync":
        with streaming as response:
            response.save(target)
    else:

        async def save() -> None:
            async with streaming as response:
                await response.save(target)

        do.run(save())
    assert json.loads(target.read_bytes())["data"]["name"] == "office"


def test_options_hold_for_one_request(do: Any) -> None:
    for number in range(3):
        do(f"{PROFILES}.create", name=f"office {number}")
    page = do(f"{PROFILES}.list", options={"query": {"page[size]": 2}})
    assert len(page.data) == 2
    made = do(f"{PROFILES}.create", name="more", options={"body": {"tags": ["x"]}})
    assert made.tags == ["x"]
    raw = do.client.with_raw_response(do.client.outbound_voice_profiles.list)
    seen = do.run(raw(options={"headers": {"X-Trace": "t1", "User-Agent": "me"}}))
    sent = seen.http_response.request.headers
    assert (sent["x-trace"], sent["user-agent"]) == ("t1", "me")
    with pytest.raises(ConfigurationError, match="did you mean 'timeout'"):
        do(f"{PROFILES}.list", options={"timeouts": 5})
    do(f"{PROFILES}.list", options={"timeout": httpx2.Timeout(5, connect=1)})


def test_a_copy_shares_connections_and_differs_where_told(do: Any) -> None:
    made = do(f"{PROFILES}.create", name="office")
    other = do.client.with_options(api_key=do.server.credentials["other_token"], max_retries=0)
    assert do.collect(do.method(f"{PROFILES}.list", other)()) == []
    assert do(f"{PROFILES}.retrieve", made.id).id == made.id


def test_debug_logging_shows_requests_and_no_secret(do: Any, caplog: Any) -> None:
    token = do.server.credentials["token"]
    with caplog.at_level(logging.DEBUG):
        do(f"{PROFILES}.list", page_size=5)
    ours = [r.getMessage() for r in caplog.records if r.name == "trunkline_telnyx"]
    assert any("request GET" in text and "/outbound_voice_profiles" in text for text in ours)
    assert any("response 200 GET" in text for text in ours)
    assert any("***" in text for text in ours)
    assert token not in caplog.text
    assert token not in repr(do.client)


def test_a_transport_or_a_client_of_the_callers_is_used(do: Any) -> None:
    seen: list[httpx2.Request] = []

    def answer(request: httpx2.Request) -> httpx2.Response:
        seen.append(request)
        return httpx2.Response(200, json={"data": [], "meta": {}}, request=request)

    client = do.make(transport=httpx2.MockTransport(answer), strict=False)
    assert do.run(do.method(f"{PROFILES}.list", client)(sort="name")).data == []
    assert seen[0].url.params["sort"] == "name"
    assert seen[0].headers["authorization"] == f"Bearer {do.server.credentials['token']}"
    kind = httpx2.Client if do.kind == "sync" else httpx2.AsyncClient
    own = kind(transport=httpx2.MockTransport(answer), headers={"X-Mine": "1"})
    client = do.make(http_client=own, strict=False)
    do.run(do.method(f"{PROFILES}.list", client)())
    assert seen[1].headers["x-mine"] == "1"
    do.run(client.close())
    assert not own.is_closed
    do.run(own.close() if do.kind == "sync" else own.aclose())


def test_a_closed_port_is_a_connection_error(do: Any) -> None:
    client = do.make(base_url="http://127.0.0.1:9", max_retries=0)
    with pytest.raises(APIConnectionError) as caught:
        do.run(do.method(f"{PROFILES}.list", client)())
    assert caught.value.__cause__ is not None


def test_one_surface() -> None:
    """What one client can do, the other can."""
    for name in dir(Telnyx):
        assert name.startswith("_") or hasattr(AsyncTelnyx, name), name


BODY = b'{"data":{"from":"sender","to":"receiver","text":"a message"}}'
SIGNATURE = "sHMMGdzGhfW2urhzjUwY578gZct/lVFlAP3qrHTaUig="


def test_the_published_check_value_of_a_signature() -> None:
    for name in ("X-CALLR-HmacSignature", "x-callr-hmacsignature"):
        event = webhooks.SMS_MO.parse(BODY, {name: SIGNATURE}, "password")
        assert event.data.text == "a message"
    rolled = webhooks.SMS_MO.parse(BODY, {name: SIGNATURE}, ["new", "password"])
    assert rolled == event


@pytest.mark.parametrize(
    ("body", "headers", "secret"),
    [
        (BODY + b" ", {"X-CALLR-HmacSignature": SIGNATURE}, "password"),
        (BODY, {"X-CALLR-HmacSignature": SIGNATURE}, "passwort"),
        (BODY, {}, "password"),
    ],
)
def test_a_request_of_somebody_elses_is_refused(body: bytes, headers: Any, secret: Any) -> None:
    with pytest.raises(SignatureError):
        webhooks.SMS_MO.parse(body, headers, secret)
