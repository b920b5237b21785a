"""Any login: what a file of accounts says, what a server hands out, and when it is asked again."""

import base64
import json
from urllib.parse import parse_qsl

import pytest
from memory_service import Store, items

from trunkline import contract
from trunkline.contract.model import GivenCredentials, read_auth_file
from trunkline.contract.session import Actor, LoginError
from trunkline.diagnostics import TrunklineError

FILE = """
authTemplate:
  loginEndpointAuth:
    endpoint: /login
    verb: POST
    contentType: application/json
    payloadUserPwd: {usernameField: who, passwordField: word}
    token:
      extractFrom: body
      extractSelector: /session/0/key
      sendIn: header
      sendName: X-Session
      sendTemplate: "Key {token}"
auth:
  - name: ann
    loginEndpointAuth: {payloadUserPwd: {username: ann, password: "${ANNS_WORD}"}}
  - name: bob
    fixedHeaders: [{name: X-Bob, value: is-here}]
    loginEndpointAuth: {payloadUserPwd: {username: bob, password: pw-of-bob}}
"""


@pytest.fixture
def accounts(tmp_path, monkeypatch):
    def read(text):
        file = tmp_path / "auth.yaml"
        file.write_text(text)
        return read_auth_file(file)

    monkeypatch.setenv("ANNS_WORD", "pw-of-ann")
    return read


class Guarded:
    """A store behind logins; what was handed out is taken so many times."""

    def __init__(self, uses=10**6, expires=None):
        self.store = Store()
        self.uses = uses
        self.expires = expires
        self.left = {}
        self.logins = []

    def __call__(self, method, path, query, headers, body):
        if path == "/login":
            given = json.loads(body)
            if given["word"] != f"pw-of-{given['who']}":
                return 403, {}, {"message": "no"}
            return 200, {}, {"session": [{"key": self.handed(given["who"])}]}
        if path == "/cookie":
            return 303, {"set-cookie": f"sid={self.handed('ann')}; Path=/; HttpOnly"}, None
        if path == "/token":
            return self.token(headers, dict(parse_qsl(body.decode())))
        if path == "/.well-known/openid-configuration":
            return 200, {}, {"token_endpoint": "http://127.0.0.1:1/api/token"}
        key = (
            headers.get("x-session", "").removeprefix("Key ")
            or headers.get("authorization", "").removeprefix("Bearer ")
            or headers.get("cookie", "").removeprefix("sid=")
        )
        if not self.left.get(key):
            return 401, {"www-authenticate": "Key"}, {"message": "log in"}
        self.left[key] -= 1
        return self.store(method, path, query, headers, body)

    def token(self, headers, form):
        self.logins.append(form["grant_type"])
        told = base64.b64decode(headers.get("authorization", "Basic Og==")[6:]).decode()
        if told != "app:hidden" and form.get("password") != "pw-of-ann":
            return 400, {}, {"error": "invalid_client"}
        answer = {"access_token": self.handed("app"), "token_type": "Bearer"}
        return 200, {}, {**answer, **({"expires_in": self.expires} if self.expires else {})}

    def handed(self, who):
        self.logins.append(who)
        key = f"{who}-key-{len(self.logins):03d}"
        self.left[key] = self.uses
        return key


def secured(scheme):
    return {"security": [{"s": []}], "components": {"securitySchemes": {"s": scheme}}}


HEADER = {"type": "apiKey", "in": "header", "name": "X-Session"}


ONLY = ("create-read", "create-echo", "ids-unique", "delete-gone", "auth-missing")


def everything(session, api):
    return [contract.run_unit(session, unit) for unit in contract.units(api, only=ONLY)]


def wrong(results):
    return {
        f.rule for result in results for f in result.violations if f.rule != "status-documented"
    }


def test_accounts_log_in_as_the_file_says(described, opened, accounts):
    users = accounts(FILE)
    api, service = described(items(), **secured(HEADER)), Guarded()
    session = opened(api, service, credentials=GivenCredentials(users=users))
    operation = api.operation("listItems")
    mine, other = (session.credential(operation, actor) for actor in (Actor.ME, Actor.OTHER))
    assert mine.headers == {"X-Session": "Key ann-key-001"}
    assert other.headers == {"X-Session": "Key bob-key-002", "X-Bob": "is-here"}
    assert session.has_other


def test_a_session_that_ends_is_begun_again(described, opened, accounts):
    api, service = described(items(), **secured(HEADER)), Guarded(uses=25)
    session = opened(api, service, credentials=GivenCredentials(users=accounts(FILE)))
    results = everything(session, api)
    assert "auth-missing" not in wrong(results)
    assert "create-read" not in wrong(results)
    assert service.logins.count("ann") > 1
    text = "\n".join(
        f"{f.message} {step.curl} {step.answer}"
        for result in results
        for f in result.findings
        for step in f.steps
    )
    assert "pw-of" not in text
    assert not any(f"ann-key-{n:03d}" in text for n in range(1, 100))


def test_a_login_by_cookie(described, opened, accounts):
    users = accounts(
        "auth:\n- name: ann\n  loginEndpointAuth: {endpoint: /cookie, verb: POST, "
        "payloadRaw: hello, contentType: text/plain, expectCookies: true}\n"
    )
    scheme = {"type": "apiKey", "in": "cookie", "name": "sid"}
    api, service = described(items(), **secured(scheme)), Guarded()
    session = opened(api, service, credentials=GivenCredentials(users=users))
    assert session.credential(api.operation("listItems"), Actor.ME).cookies == {
        "sid": "ann-key-001"
    }
    units = contract.units(api, only=["auth-missing"])
    assert wrong(contract.run_unit(session, unit) for unit in units) == set()


FLOWS = {
    "client": {"clientCredentials": {"tokenUrl": "/token", "scopes": {"a": "A."}}},
    "password": {"password": {"tokenUrl": "/token", "scopes": {}}},
}


@pytest.mark.parametrize(
    ("scheme", "secret", "grant"),
    [
        ({"type": "oauth2", "flows": FLOWS["client"]}, "app:hidden", "client_credentials"),
        ({"type": "oauth2", "flows": FLOWS["password"]}, "ann:pw-of-ann", "password"),
        (
            {"type": "openIdConnect", "openIdConnectUrl": "/api/.well-known/openid-configuration"},
            "app:hidden",
            "client_credentials",
        ),
    ],
)
def test_tokens_are_fetched(described, opened, scheme, secret, grant):
    api, service = described(items(), **secured(scheme)), Guarded()
    session = opened(api, service, credentials=GivenCredentials(secrets={"s": secret}))
    credential = session.credential(api.operation("listItems"), Actor.ME)
    assert credential.headers == {"Authorization": "Bearer app-key-002"}
    assert service.logins[0] == grant


def test_a_token_is_fetched_again_before_it_ends(described, opened, monkeypatch):
    scheme = {"type": "oauth2", "flows": FLOWS["client"]}
    api, service = described(items(), **secured(scheme)), Guarded(expires=3600)
    session = opened(api, service, credentials=GivenCredentials(secrets={"s": "app:hidden"}))
    now = [1000.0]
    monkeypatch.setattr("time.monotonic", lambda: now[0])
    operation = api.operation("listItems")
    seen = []
    for moment in (1000.0, 4500.0, 4580.0):
        now[0] = moment
        seen.append(session.credential(operation, Actor.ME).headers["Authorization"])
    assert seen[0] == seen[1] != seen[2]


def test_two_schemes_at_once(described, opened):
    schemes = {"basic": {"type": "http", "scheme": "basic"}, "tenant": HEADER}
    api = described(
        items(),
        security=[{"basic": [], "tenant": []}],
        components={"securitySchemes": schemes},
    )
    both = GivenCredentials(secrets={"basic": "ann:word", "tenant": "acme"})
    store = Store()

    def service(method, path, query, headers, body):
        pair = base64.b64encode(b"ann:word").decode()
        if headers.get("authorization") != f"Basic {pair}" or headers.get("x-session") != "acme":
            return 401, {"www-authenticate": "Basic"}, {"message": "both"}
        return store(method, path, query, headers, body)

    def half(method, path, query, headers, body):
        if "authorization" not in headers:
            return 401, {"www-authenticate": "Basic"}, {"message": "both"}
        return store(method, path, query, headers, body)

    units = contract.units(api, only=["auth-missing"])
    right = opened(api, service, credentials=both)
    assert wrong(contract.run_unit(right, unit) for unit in units) == set()
    careless = opened(api, half, credentials=both)
    assert wrong(contract.run_unit(careless, unit) for unit in units)


def test_a_login_that_fails_says_so(described, opened, accounts):
    users = accounts(FILE.replace("pw-of-bob", "mistaken"))
    api, service = described(items(), **secured(HEADER)), Guarded()
    session = opened(api, service, credentials=GivenCredentials(users=users))
    with pytest.raises(LoginError, match="the login of bob was answered with 403"):
        session.credential(api.operation("listItems"), Actor.OTHER)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("accounts: []", "a list called 'auth'"),
        ("auth: [{fixedHeaders: []}]", "without a name"),
        ("auth: [{name: a, loginEndpointAuth: {verb: POST, expectCookies: true}}]", "endpoint"),
        ("auth: [{name: a, loginEndpointAuth: {verb: POST, endpoint: /x}}]", "has a token"),
        ("auth: [{name: a, fixedHeaders: [{name: A, value: '${NOT_THERE}'}]}]", "NOT_THERE"),
        (
            "auth: [{name: a, loginEndpointAuth: {verb: POST, endpoint: /x, token: {extractFrom: "
            "body, extractSelector: id, sendIn: header, sendName: A}}}]",
            "JSON pointer",
        ),
    ],
)
def test_mistakes_in_a_file_are_told_with_their_place(accounts, text, told):
    with pytest.raises(TrunklineError, match=told) as caught:
        accounts(text)
    assert "auth.yaml:" in str(caught.value)
