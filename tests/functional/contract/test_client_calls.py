"""Every call that a report shows sends the request that its curl command sends."""

import json
from urllib.parse import parse_qsl, urlsplit

import httpx2
import pytest

from trunkline import contract
from trunkline.contract.model import bundle
from trunkline.contract.session import Snippets
from trunkline.emulator import running
from trunkline.pipeline import load_api
from trunkline.pipeline.generate import plan_package, write_package
from trunkline.pipeline.testing import client_names

CASES = ("telnyx", "opentact", "callr")


def normal(method, url, body):
    """What a request means: the parts that both ways of sending it must share."""
    parts = urlsplit(url)
    try:
        content = json.loads(body) if body else None
    except ValueError:
        content = body
    if isinstance(content, dict) and "jsonrpc" in content:
        content = {**content, "id": 1}
    query = sorted(parse_qsl(parts.query, keep_blank_values=True))
    return method, httpx2.URL(url).path, query, content


def performed(setup, call):
    """The request that the shown Python sends, caught at the transport, and its credentials."""
    caught = []

    def answer(request):
        caught.append(request)
        return httpx2.Response(500, json={})

    lines = [
        line.replace("base_url=", "transport=TRANSPORT, max_retries=0, base_url=") for line in setup
    ]
    names = {"TRANSPORT": httpx2.MockTransport(answer)}
    exec("\n".join(lines), names)  # what is shown is meant to be run
    try:
        exec(call, names)
    except Exception as error:  # the response is a made-up failure
        if not caught:
            raise AssertionError(f"{call} sends nothing: {error!r}") from error
    return caught[0]


@pytest.mark.parametrize("name", CASES)
def test_a_shown_call_sends_what_its_curl_sends(name, monkeypatch):
    loaded = load_api(name)
    plan = client_names(name, loaded.api)
    sent = []
    with running(loaded.api) as server:
        given = contract.GivenCredentials(
            server.credentials["token"], server.credentials["other_token"]
        )
        config = contract.RunConfig(
            api=loaded.api,
            name=name,
            description=bundle(loaded.document),
            base_url=server.url,
            credentials=given,
            plan=plan,
        )
        with contract.open_session(config) as session:
            session.client.observers.append(lambda e: sent.append(e.request))
            for unit in contract.units(loaded.api)[::2]:
                contract.run_unit(session, unit)
    monkeypatch.setenv("TOKEN", given.token)
    monkeypatch.setenv("OTHER_TOKEN", given.other_token)
    calls = Snippets(loaded.api, plan, config.base_url, given)
    shown = [(request, call) for request in sent if (call := calls(request))]
    own = [r for r in sent if r.operation is not None]
    assert len(shown) > len(own) * 0.5
    distinct = {call: request for request, call in shown}
    for call, request in list(distinct.items())[:1500]:
        made = performed(calls.setup, call)
        wanted = normal(request.method, request.url, request.body)
        assert normal(made.method, str(made.url), made.content) == wanted, call
        authorization = {k.lower(): v for k, v in request.headers.items()}.get("authorization")
        assert made.headers.get("authorization") == authorization, call


def test_a_token_of_oauth2_is_handed_to_the_client_as_it_is(tmp_path, monkeypatch):
    flow = "{clientCredentials: {tokenUrl: /token, scopes: {}}}"
    path = tmp_path / "notes.yaml"
    path.write_text(
        "openapi: 3.1.0\ninfo: {title: Notes, version: '1'}\nsecurity: [{oauth: []}]\n"
        f"components: {{securitySchemes: {{oauth: {{type: oauth2, flows: {flow}}}}}}}\n"
        "paths:\n  /notes:\n    get:\n      operationId: readNotes\n"
        "      responses: {'204': {description: None.}}\n"
    )
    generated = write_package(plan_package(path, out=tmp_path / "package"))
    monkeypatch.syspath_prepend(generated.folder)
    api = generated.loaded.api
    monkeypatch.setenv("TOKEN", "mine")
    given = contract.GivenCredentials("mine", None)
    calls = Snippets(api, client_names(path, api), "http://127.0.0.1:9", given)
    made = performed(calls.setup, "client.notes.retrieve()")
    assert made.headers["authorization"] == "Bearer mine"
