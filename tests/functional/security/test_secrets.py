"""Marked secrets go in everywhere; nothing that is written or said anywhere has them.

What is looked for is the secret and whatever makes it easy to guess: encoded, in another case,
without a character or two.
"""

import base64
import json
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

import httpx2

from trunkline.pipeline.generate import plan_package, write_package

TOKEN = "sk-Live-7Qm2XvT9pLw4"
BASIC = "ann:hunter2-Gx81kQ"
KEY = "key-9Fz3-Trw8-Bq"
OTHER = "sk-Other-4Hd8KsW1mNc6"
DESCRIPTION = """
openapi: 3.1.0
info: {title: Vault, version: '1'}
servers: [{url: http://127.0.0.1:1/}]
security: [{bearer: []}, {basic: []}, {key: []}, {query: []}]
paths:
  /items:
    get:
      operationId: listItems
      responses:
        '200':
          description: ok
          content:
            application/json: {schema: {type: array, items: {$ref: '#/components/schemas/Item'}}}
        '401': {description: no}
    post:
      operationId: createItem
      requestBody:
        required: true
        content: {application/json: {schema: {$ref: '#/components/schemas/Item'}}}
      responses:
        '201':
          description: ok
          content: {application/json: {schema: {$ref: '#/components/schemas/Item'}}}
        '401': {description: no}
  /token:
    post:
      operationId: token
      requestBody:
        content:
          application/x-www-form-urlencoded:
            schema:
              type: object
              properties: {client_secret: {type: string}, password: {type: string}}
      responses: {'200': {description: ok}}
components:
  securitySchemes:
    bearer: {type: http, scheme: bearer}
    basic: {type: http, scheme: basic}
    key: {type: apiKey, in: header, name: X-Key}
    query: {type: apiKey, in: query, name: api_key}
  schemas:
    Item:
      type: object
      required: [id]
      properties: {id: {type: string, readOnly: true}, name: {type: string}}
"""


def forms(secret: str) -> set[bytes]:
    """The secret, and what gives it away."""
    texts = {secret}
    for part in secret.split(":") if ":" in secret else [secret]:
        texts |= {part, part[:-1], part[1:], part.swapcase(), part.upper(), part.lower()}
    texts |= {quote(text, safe="") for text in texts}
    encoded = {base64.b64encode(text.encode()) for text in (secret, secret[:-1])}
    return {text.encode() for text in texts if len(text) > 5} | encoded


def assert_unseen(written: dict[str, bytes], *secrets: str) -> None:
    found = [
        f"{name} has {form!r}"
        for name, content in written.items()
        for secret in secrets
        for form in forms(secret)
        if form in content
    ]
    assert not found, "\n".join(found)


def described(world, url: str) -> Path:
    path = world.here / "vault.yaml"
    path.write_text(DESCRIPTION.replace("http://127.0.0.1:1/", url))
    return path


def echo(method, path, headers, body):
    """An endpoint that forgot to check, and tells what it was sent."""
    said = json.dumps({"id": "1", "name": f"{method} {path} {headers} {body!r}"}).encode()
    status = 201 if method == "POST" else 200
    return status, {"Content-Type": "application/json"}, said


def test_the_suite(world, answering):
    with answering(echo) as url:
        spec = described(world, url)
        world.run(
            "test", spec, "--base-url", url, "--token", TOKEN, "--other-token", OTHER,
            "--credential", f"key={KEY}", "--credential", f"query={KEY}",
            "--credential", f"basic={BASIC}", "--header", f"X-Secret: {KEY}",
            "--html", "r.html", "--junit", "r.xml", "--json", "r.jsonl",
            "--write-baseline", "known.yaml", "--max-seconds", "20",
            code=1,
        )  # fmt: skip
    written = world.written()
    assert b"violation" in written["here/r.html"], "it found nothing to show"
    assert b"$" in written["here/r.jsonl"]
    assert_unseen(written, TOKEN, OTHER, KEY, BASIC)


def test_the_suite_with_a_login(world, answering):
    handed_out = "session-5Jq8ZtY2wRb7"

    def login(method, path, headers, body):
        if path == "/login":
            said = json.dumps({"access": {"token": handed_out}}).encode()
            return 200, {"Content-Type": "application/json"}, said
        return echo(method, path, headers, body)

    with answering(login) as url:
        spec = described(world, url)
        (world.here / "auth.yaml").write_text(
            json.dumps(
                {
                    "auth": [
                        {
                            "name": "ann",
                            "loginEndpointAuth": {
                                "endpoint": "/login",
                                "verb": "POST",
                                "contentType": "application/json",
                                "payloadRaw": json.dumps({"password": BASIC}),
                                "token": {
                                    "extractFrom": "body",
                                    "extractSelector": "/access/token",
                                    "sendIn": "header",
                                    "sendName": "Authorization",
                                    "sendTemplate": "Bearer {token}",
                                },
                            },
                        }
                    ]
                }
            )
        )
        world.run(
            "test", spec, "--base-url", url, "--auth", "auth.yaml", "--html", "r.html",
            "--junit", "r.xml", "--json", "r.jsonl", "--max-seconds", "20",
        )  # fmt: skip
    written = world.written()
    del written["here/auth.yaml"]
    assert written["here/r.jsonl"], "nothing was reported"
    assert_unseen(written, handed_out, BASIC)


def test_the_proxy(world, answering):
    def quiet(method, path, headers, body):
        return 200, {"Content-Type": "application/json"}, b'{"id": "1"}'

    with answering(quiet) as url:
        spec = described(world, url)
        for name in ("seen.jsonl", "seen.har"):
            with (
                world.serving(spec, "--proxy", url, "--data", name) as proxy,
                httpx2.Client(base_url=proxy, trust_env=False) as client,
            ):
                client.get("/items", headers={"Authorization": f"Bearer {TOKEN}"})
                client.get("/items", headers={"X-Key": KEY}, params={"api_key": KEY})
                client.get("/items", auth=tuple(BASIC.split(":")), cookies={"session": OTHER})
                client.post("/token", data={"client_secret": TOKEN, "password": KEY})
                client.post(
                    "/items", json={"name": "x", "password": KEY, "deep": [{"token": OTHER}]}
                )
    assert_unseen(world.written(), TOKEN, OTHER, KEY, BASIC)


def test_publishing(world, answering):
    def index(method, path, headers, body):
        """An index that refuses, and shows whom."""
        if method == "GET":
            return 404, {}, b""
        return 403, {}, f"refused {headers.get('authorization')} {TOKEN}".encode()

    (world.here / "specs" / "vault").mkdir(parents=True)
    (world.here / "specs" / "vault" / "openapi.yaml").write_text(DESCRIPTION)
    git = ["git", "-c", "user.name=t", "-c", "user.email=t@example.org"]
    world.run("generate", "vault", code=0)
    world.run("test", "vault", "--max-seconds", "20")
    for command in (["init", "-q"], ["add", "-A"], ["commit", "-q", "-m", "one"]):
        subprocess.run([*git, *command], cwd=world.here, check=True, env=world.environment)
    with answering(index) as url:
        done = world.run(
            "publish", "vault", "--index", f"{url}/", "--allow-dirty", "--skip-tests",
            env={"TRUNKLINE_INDEX_TOKEN": TOKEN},
        )  # fmt: skip
    assert done.returncode != 0
    assert_unseen(world.written(), TOKEN)


def test_a_generated_client(world, answering):
    spec = described(world, "http://127.0.0.1:1")
    write_package(plan_package(spec, out=world.here / "client", name="vault"))
    program = world.here / "use.py"
    program.write_text(
        """
import copy, logging, pickle, sys, traceback
sys.path.insert(0, "client")
import trunkline_vault
logging.basicConfig(level=logging.DEBUG)
token, basic, key, url = sys.argv[1:]
name, _, password = basic.partition(":")
known = {"bearer": {"token": token}}
import inspect
names = list(inspect.signature(trunkline_vault.Vault).parameters)
given = dict(zip([n for n in names if n in ("token", "username", "password", "key", "api_key",
             "bearer", "basic", "query")], [token, name, password, key, key]))
client = trunkline_vault.Vault(**{n: token if n in ("token", "bearer") else key for n in given
                                  if n not in ("username", "password")}, base_url=url,
                               headers={"X-Secret": key}, max_retries=1)
print(client, repr(client))
try:
    client.items.list()
except Exception as error:
    print(repr(error), str(error), vars(error))
    traceback.print_exc()
    try:
        print(pickle.dumps(error))
    except Exception as refused:
        print(repr(refused))
try:
    print(pickle.dumps(client))
except Exception as refused:
    print(repr(refused))
print(repr(client.with_options(headers={"X-Secret": key})))
"""
    )

    def refuse(method, path, headers, body):
        return 500, {"Content-Type": "application/json"}, b'{"message": "no"}'

    with answering(refuse) as url:
        done = subprocess.run(
            [sys.executable, program, TOKEN, BASIC, KEY, url],
            cwd=world.here, env=world.environment, capture_output=True, text=True, check=False,
            timeout=60,
        )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "InternalServerError" in done.stdout + done.stderr, "it met no error to show"
    world.said += [done.stdout, done.stderr]
    assert_unseen(world.written(), TOKEN, KEY)
