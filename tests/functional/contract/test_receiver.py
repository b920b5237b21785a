"""The suite as the service: a good server of a user's passes, each broken one is found out."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from trunkline_callr import realtime, webhooks
from trunkline_callr.errors import SignatureError, WebhookError

from trunkline import ir
from trunkline.cli.main import run as in_process
from trunkline.contract import Budget, RunReport, UnitVerdict
from trunkline.contract.receiver import ReceiverConfig, run_receiver
from trunkline.diagnostics import ExitCode, TrunklineError
from trunkline.pipeline import load_api

SECRET = "a shared secret"
LOGIN = ("me", "open sesame")
EVENTS = {
    one.name: one for one in vars(webhooks).values()
    if isinstance(one, type(webhooks.SMS_MO)) and one.signature is not None
}  # fmt: skip
HEADER = "X-CALLR-HmacSignature"
Answer = tuple[int, bytes]
Handler = Callable[[bytes, dict[str, str]], Answer]


def good_events(raw: bytes, headers: dict[str, str]) -> Answer:
    """What the documentation tells people to write."""
    signature = webhooks.SMS_MO.signature
    assert signature is not None
    try:
        signature.verify(raw, headers.get(HEADER.lower()), SECRET)
    except SignatureError:
        return 401, b""
    try:
        event = json.loads(raw)
        if not isinstance(event, dict):
            return 400, b""
        webhook = EVENTS.get(str(event.get("type")))
        if webhook is not None:
            webhook.parse_unverified(raw)
    except (ValueError, RecursionError, WebhookError):
        return 400, b""
    return 204, b""


def good_calls(raw: bytes, headers: dict[str, str]) -> Answer:
    try:
        request = realtime.DIALOGUE.parse(raw, headers, login=LOGIN)
    except SignatureError:
        return 401, b""
    except WebhookError:
        return 400, b""
    result = realtime.DIALOGUE.outcome(request)
    if getattr(request, "call_status", None) == "HANGUP":
        return 204, b""
    if result is None:
        asked = {"media_id": 1, "attempts": 3, "max_digits": 2, "timeout_ms": 5000}
        return 200, json.dumps({"command": "read", "command_id": 1, "params": asked}).encode()
    return 200, b'{"command": "hangup", "command_id": 2}'


@contextmanager
def serving(events: Handler, calls: Handler = good_calls) -> Iterator[str]:
    class Server(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            raw = self.rfile.read(int(self.headers.get("content-length", 0)))
            headers = {k.lower(): v for k, v in self.headers.items()}
            address = urlsplit(self.path)
            headers["?signature"] = dict(parse_qsl(address.query)).get("signature", "")
            status, body = (calls if address.path == "/calls" else events)(raw, headers)
            if status == 0:
                self.connection.shutdown(socket.SHUT_RDWR)
                self.close_connection = True
                return
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            pass

        def handle_one_request(self) -> None:
            try:
                super().handle_one_request()
            except OSError:
                self.close_connection = True

    server = ThreadingHTTPServer(("127.0.0.1", 0), Server)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(scope="module")
def api() -> ir.Api:
    return load_api("callr").api


def play(api: ir.Api, url: str, *names: str, **more: Any) -> RunReport:
    """Against these webhooks only; all without names."""
    urls = {name: f"{url}/{'calls' if name == 'realtime' else 'hooks'}" for name in names}
    config = {
        "api": api,
        "name": "callr",
        "urls": urls or {"events": f"{url}/hooks", "realtime": f"{url}/calls"},
        "secret": SECRET,
        "login": LOGIN,
        "budget": Budget(timeout=8),
        **more,
    }
    return run_receiver(ReceiverConfig(**config))


def rules(report: RunReport) -> set[str]:
    return {violation.rule for violation in report.violations}


def test_a_good_server_passes(api: ir.Api) -> None:
    with serving(good_events) as url:
        report = play(api, url)
    assert [f"{v.rule} {v.message}" for v in report.violations] == []
    assert {o.target for o in report.results} == {w.name for w in api.webhooks}
    assert {o.verdict for o in report.results} == {UnitVerdict.PASSED}
    assert all(o.tried > 20 for o in report.results if o.target != "realtime")
    assert report.exit_code is ExitCode.OK


@pytest.mark.parametrize("algorithm", ["md5", "sha1", "sha512"])
def test_another_algorithm_was_agreed_on(api: ir.Api, algorithm: str) -> None:
    def events(raw: bytes, headers: dict[str, str]) -> Answer:
        try:
            webhooks.SMS_MO.parse(raw, headers, SECRET, algorithm=algorithm)  # type: ignore[arg-type]
        except SignatureError:
            return 401, b""
        except WebhookError:
            return 400, b""
        return (400 if not isinstance(json.loads(raw), dict) else 200), b""

    with serving(events) as url:
        assert rules(play(api, url, "sms.mo", algorithm=algorithm.upper())) == set()
        assert "receiver-accepts" in rules(play(api, url, "sms.mo"))


def digest(raw: bytes, name: str = "sha256", secret: str = SECRET) -> str:
    made = hmac.new(secret.encode(), raw, getattr(hashlib, name)).digest()
    return base64.b64encode(made).decode()


def checked(verify: Callable[[bytes, str | None], bool]) -> Handler:
    """The good server with another way to look at signatures."""

    def events(raw: bytes, headers: dict[str, str]) -> Answer:
        if not verify(raw, headers.get(HEADER.lower())):
            return 401, b""
        return good_events(raw, {**headers, HEADER.lower(): digest(raw)})

    return events


def printed_again(raw: bytes, given: str | None) -> bool:
    try:
        body = json.dumps(json.loads(raw), separators=(",", ":"), ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        body = raw
    return given == digest(body)


def crash_on(error: Callable[[bytes], object]) -> Handler:
    def events(raw: bytes, headers: dict[str, str]) -> Answer:
        status, body = good_events(raw, headers)
        if status == 401:
            return status, body
        try:
            error(raw)
        except Exception:
            return 500, b"Traceback"
        return status, body

    return events


seen: set[str] = set()


def refuses_repetitions(raw: bytes, headers: dict[str, str]) -> Answer:
    status, body = good_events(raw, headers)
    identity = headers.get("x-callr-eventid", "")
    if status == 204 and identity in seen:
        return 409, b""
    seen.add(identity)
    return status, body


def strict(raw: bytes, headers: dict[str, str]) -> Answer:
    status, body = good_events(raw, headers)
    known = {"type", "event_id", "event_at", "hook_hash", "try", "data"}
    if status == 204 and set(json.loads(raw)) - known:
        return 422, b""
    return status, body


def tells_the_secret(raw: bytes, headers: dict[str, str]) -> Answer:
    status, body = good_events(raw, headers)
    return status, SECRET.encode() if status == 401 else body


processed: set[str] = set()


def falls_over_news(raw: bytes, headers: dict[str, str]) -> Answer:
    """Repetitions are not looked at: only an event of its own shows the fault."""
    status, body = good_events(raw, headers)
    identity = headers.get("x-callr-eventid", "")
    if status != 204 or identity in processed:
        return status, body
    processed.add(identity)
    return (204, b"") if raw.isascii() else (500, b"")


busy = threading.Semaphore()


def one_at_a_time(raw: bytes, headers: dict[str, str]) -> Answer:
    if not busy.acquire(blocking=False):
        return 500, b""
    try:
        time.sleep(0.05)
        return good_events(raw, headers)
    finally:
        busy.release()


def slow(raw: bytes, headers: dict[str, str]) -> Answer:
    time.sleep(20)
    return good_events(raw, headers)


BROKEN_EVENTS: dict[str, tuple[Handler, set[str]]] = {
    "accepts everything": (lambda raw, headers: (200, b""), {"receiver-forged"}),
    "checks that there is a signature": (
        checked(lambda raw, given: bool(given)), {"receiver-forged"}),
    "checks nothing where nothing is signed": (
        checked(lambda raw, given: not given or given == digest(raw)), {"receiver-forged"}),
    "takes the algorithm it is given": (
        checked(lambda raw, given: given in [digest(raw, n) for n in ("sha256", "sha1", "md5")]),
        {"receiver-forged"}),
    "takes an empty secret": (
        checked(lambda raw, given: given in (digest(raw), digest(raw, secret=""))),
        {"receiver-forged"}),
    "compares the beginning": (
        checked(lambda raw, given: bool(given) and digest(raw).startswith(str(given))),
        {"receiver-forged"}),
    "signs what it has printed again": (checked(printed_again), {"receiver-raw"}),
    "refuses everything": (lambda raw, headers: (401, b""), {"receiver-accepts"}),
    "answers with a redirect": (
        lambda raw, headers: (302, b""), {"receiver-accepts"}),
    "falls over what is no JSON": (crash_on(json.loads), {"receiver-malformed"}),
    "falls over data that is missing": (
        crash_on(lambda raw: json.loads(raw)["data"]), {"receiver-malformed"}),
    "falls over types that are not known": (
        crash_on(lambda raw: EVENTS[json.loads(raw)["type"]]), {"receiver-malformed"}),
    "takes any body once it is signed": (
        lambda raw, headers: (204 if good_events(raw, headers)[0] in (204, 400) else 401, b""),
        {"receiver-malformed"}),
    "refuses repetitions": (refuses_repetitions, {"receiver-repeated"}),
    "refuses new members": (strict, {"receiver-tolerant"}),
    "takes types it does not know unsigned": (
        lambda raw, headers: good_events(raw, headers) if b"trunkline.unheard" not in raw
        else (204, b""),
        {"receiver-forged"}),
    "compares without case": (
        checked(lambda raw, given: str(given).lower() == digest(raw).lower()),
        {"receiver-forged"}),
    "signs what it has stripped": (
        checked(lambda raw, given: given in (digest(raw), digest(raw.strip()))),
        {"receiver-forged"}),
    "tells the secret": (tells_the_secret, {"receiver-forged"}),
    "takes short events only": (
        lambda raw, headers: (413, b"") if len(raw) > 5000 else good_events(raw, headers),
        {"receiver-tolerant"}),
    "falls over accents in what is new to it": (
        falls_over_news, {"receiver-raw"}),
    "takes one event at a time": (one_at_a_time, {"receiver-accepts"}),
    "drops what is no text before it looks": (
        lambda raw, headers: good_events(raw.decode("utf-8", "ignore").encode(), headers),
        {"receiver-forged"}),
    "replaces what is no text before it looks": (
        lambda raw, headers: good_events(raw.decode("utf-8", "replace").encode(), headers),
        {"receiver-forged"}),
    "signs what it has replaced, and parses what came": (
        checked(lambda raw, given: given == digest(raw.decode("utf-8", "replace").encode())),
        {"receiver-forged"}),
    "signs what it has left over, and parses what came": (
        checked(lambda raw, given: given == digest(raw.decode("utf-8", "ignore").encode())),
        {"receiver-forged"}),
    "takes the signature from the address where the header has none that is right": (
        lambda raw, headers: max(
            good_events(raw, headers),
            good_events(raw, {**headers, HEADER.lower(): headers["?signature"]})
            if headers.get(HEADER.lower()) else (401, b""),
            key=lambda answer: answer[0] == 204),
        {"receiver-forged"}),
    "takes the signature from the address": (
        lambda raw, headers: good_events(raw, {
            **headers, HEADER.lower(): headers.get(HEADER.lower()) or headers["?signature"]}),
        {"receiver-forged"}),
    "hangs up": (lambda raw, headers: (0, b""), {"receiver-prompt"}),
    "fails where it should refuse": (
        lambda raw, headers: (500 if good_events(raw, headers)[0] != 204 else 204, b""),
        {"receiver-forged", "receiver-malformed"}),
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN_EVENTS)
def test_a_broken_receiver_of_events(api: ir.Api, name: str) -> None:
    handler, expected = BROKEN_EVENTS[name]
    with serving(handler) as url:
        report = play(api, url, "sms.mt.status_update")
    assert expected <= rules(report)
    assert report.exit_code is ExitCode.FINDINGS
    for violation in report.violations:
        assert SECRET not in violation.message
        assert all(SECRET not in step.curl for step in violation.steps)
        assert violation.steps
        assert violation.sources


def test_a_server_that_is_too_slow(api: ir.Api) -> None:
    with serving(slow) as url:
        report = play(api, url, "sms.mo", budget=Budget(timeout=0.5))
    assert rules(report) == {"receiver-prompt"}


def answering(*bodies: Any, status: int = 200) -> Handler:
    """The good server, but what it answers to requests that it lets in."""

    def calls(raw: bytes, headers: dict[str, str]) -> Answer:
        found = good_calls(raw, headers)
        if found[0] != 200:
            return found
        body = bodies[0]
        return status, body if isinstance(body, bytes) else json.dumps(body).encode()

    return calls


def never_looks_at_errors(raw: bytes, headers: dict[str, str]) -> Answer:
    found = good_calls(raw, headers)
    if found[0] == 200 and json.loads(raw).get("command_error"):
        return 500, b""
    return found


def opens_to_everybody(raw: bytes, headers: dict[str, str]) -> Answer:
    pair = base64.b64encode(f"{LOGIN[0]}:{LOGIN[1]}".encode()).decode()
    return good_calls(raw, {**headers, "authorization": f"Basic {pair}"})


def late(raw: bytes, headers: dict[str, str]) -> Answer:
    time.sleep(5.3)
    return good_calls(raw, headers)


def never_ends(raw: bytes, headers: dict[str, str]) -> Answer:
    found = good_calls(raw, headers)
    return (500, b"") if found[0] == 204 else found


def falls_over(raw: bytes, headers: dict[str, str]) -> Answer:
    found = good_calls(raw, headers)
    if found[0] == 401:
        return found
    try:
        json.loads(raw)["call_status"]
    except Exception:
        return 500, b""
    return found


def minds(wrong: Callable[[dict[str, Any]], bool]) -> Handler:
    """The good server, but for requests that it fails at."""

    def calls(raw: bytes, headers: dict[str, str]) -> Answer:
        found = good_calls(raw, headers)
        return (500, b"") if found[0] == 200 and wrong(json.loads(raw)) else found

    return calls


def goes_on(raw: bytes, headers: dict[str, str]) -> Answer:
    found = good_calls(raw, headers)
    again = b'{"command": "wait", "command_id": 1, "params": {"seconds": 1}}'
    return (200, again) if found[0] == 200 else found


def shouts(raw: bytes, headers: dict[str, str]) -> Answer:
    given = base64.b64decode(headers.get("authorization", "").removeprefix("Basic ") or b"=")
    name, _, password = given.decode("utf-8", "replace").partition(":")
    known = name == LOGIN[0] and password.lower() == LOGIN[1]
    return opens_to_everybody(raw, headers) if known else (401, b"")


def spelt(change: Callable[[bytes], bytes]) -> Handler:
    def calls(raw: bytes, headers: dict[str, str]) -> Answer:
        status, body = good_calls(raw, headers)
        return status, change(body) if status == 200 else body

    return calls


BROKEN_CALLS: dict[str, tuple[Handler, set[str]]] = {
    "no JSON": (answering(b"<Response/>"), {"receiver-command"}),
    "a list": (answering([]), {"receiver-command"}),
    "no command": (answering({"params": {}}), {"receiver-command"}),
    "a command that is not known": (answering({"command": "sing"}), {"receiver-command"}),
    "parameters out of bounds": (
        answering({"command": "wait", "params": {"seconds": 3600}}), {"receiver-command"}),
    "another status": (answering({"command": "hangup"}, status=201), {"receiver-command"}),
    "an error that is not looked at": (never_looks_at_errors, {"receiver-failure"}),
    "no login": (opens_to_everybody, {"receiver-login"}),
    "too late": (late, {"receiver-prompt"}),
    "no end": (never_ends, {"receiver-end"}),
    "not a number": (
        spelt(lambda body: body.rstrip(b"}") + b', "x": NaN' + b"}" * body.count(b"{")),
        {"receiver-command"}),
    "a command twice": (
        spelt(lambda body: b'{"command":"hangup",' + body[1:]), {"receiver-command"}),
    "a byte order mark": (spelt(lambda body: b"\xef\xbb\xbf" + body), {"receiver-command"}),
    "results that are no number": (
        minds(lambda told: bool(told.get("command"))
              and not str(told.get("command_result") or "").isdigit()
              and not told.get("command_error")),
        {"receiver-command"}),
    "no way out": (goes_on, {"receiver-failure"}),
    "a password in any case": (shouts, {"receiver-login"}),
    "requests it does not know": (falls_over, {"receiver-malformed"}),
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN_CALLS)
def test_a_broken_receiver_of_calls(api: ir.Api, name: str) -> None:
    handler, expected = BROKEN_CALLS[name]
    with serving(good_events, handler) as url:
        report = play(api, url, "realtime")
    assert expected <= rules(report)
    assert report.exit_code is ExitCode.FINDINGS


def test_nobody_listens(api: ir.Api) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{taken.getsockname()[1]}"
        with pytest.raises(TrunklineError) as caught:
            play(api, url)
    assert caught.value.exit_code is ExitCode.UNREACHABLE


def test_a_budget_ends_it(api: ir.Api) -> None:
    with serving(good_events) as url:
        report = play(api, url, budget=Budget(requests=10))
    assert report.requests == 10
    assert report.exit_code is ExitCode.BUDGET
    assert UnitVerdict.NOT_REACHED in {o.verdict for o in report.results}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"urls": {"": "http://example.com/"}}, "example.com is not on this machine"),
        ({"urls": {"": "ftp://127.0.0.1/"}}, "not an http or https address"),
        ({"urls": {"": "http://a:b@127.0.0.1/"}}, "must hold no credentials"),
        ({"urls": {"sms": "http://127.0.0.1/"}}, "there is no webhook 'sms'"),
        ({"secret": None}, "the secret is missing"),
    ],
)
def test_what_makes_no_sense(api: ir.Api, change: dict[str, Any], message: str) -> None:
    with pytest.raises(TrunklineError) as caught:
        play(api, "http://127.0.0.1:1", **change)
    assert caught.value.exit_code is ExitCode.USAGE
    assert message in str(caught.value)


def test_an_api_that_sends_nothing() -> None:
    with pytest.raises(TrunklineError, match="nothing that the service sends"):
        play(load_api("telnyx").api, "http://127.0.0.1:1")


def command(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(Path(sys.executable).with_name("trunkline")), "test", *arguments],
        capture_output=True,
        text=True,
        timeout=120,
        env={**os.environ, "TRUNKLINE_WEBHOOK_SECRET": SECRET},
        check=False,
    )


def test_on_the_command_line(tmp_path: Path) -> None:
    page, lines = tmp_path / "report.html", tmp_path / "report.jsonl"
    with serving(good_events) as url:
        done = command(
            "callr", "--receiver", f"events={url}/hooks", "--receiver", f"realtime={url}/calls",
            "--login", ":".join(LOGIN), "--html", str(page), "--json", str(lines),
        )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "no violations" in done.stdout
    assert "receiver-accepts" in page.read_text()
    assert json.loads(lines.read_text().splitlines()[0])
    with serving(lambda raw, headers: (200, b"")) as url:
        done = command("callr", "--receiver", f"sms.mo={url}/hooks")
    assert done.returncode == 1
    assert "receiver-forged" in done.stdout
    assert SECRET not in done.stdout


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["callr", "--receiver", "hooks"], 2, "not an http or https address"),
        (["callr", "--receiver", "http://127.0.0.1:1", "--algorithm", "crc"], 2, "crc"),
        (["callr", "--receiver", "http://127.0.0.1:1", "--login", "me"], 2, "name:password"),
        (["callr", "--receiver", "http://a/", "--receiver", "http://b/"], 2, "two receivers"),
        (["callr", "--receiver", "http://127.0.0.1:1/"], 3, "no answer from"),
        (["telnyx", "--receiver", "http://127.0.0.1:1/"], 2, "nothing that the service sends"),
    ],
)
def test_mistakes_on_the_command_line(arguments: list[str], code: int, message: str) -> None:
    done = command(*arguments)
    assert done.returncode == code
    assert message in done.stderr
    assert "Traceback" not in done.stderr


def remembering(handler: Handler) -> Handler:
    """A server that looks at no event twice: with a repetition it is content."""
    seen: set[str] = set()

    def events(raw: bytes, headers: dict[str, str]) -> Answer:
        try:
            identity = str(json.loads(raw)["event_id"])
        except (ValueError, RecursionError, KeyError, TypeError):
            return handler(raw, headers)
        if good_events(raw, headers)[0] == 204 and identity in seen:
            return 204, b""
        seen.add(identity)
        return handler(raw, headers)

    return events


def test_findings_about_a_receiver_are_replayed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """On the receiver of the report, which remembers what it saw, and on one that is mended."""
    report = str(tmp_path / "report.jsonl")
    known = ["--secret", SECRET, "--login", ":".join(LOGIN)]
    with serving(remembering(strict)) as url:
        where = ["--receiver", f"sms.mo={url}/hooks"]
        assert in_process(["test", "callr", *where, *known, "--json", report]) == ExitCode.FINDINGS
        capsys.readouterr()
        assert in_process(["replay", report, *known]) == ExitCode.FINDINGS
        shown = capsys.readouterr().out
        assert "receiver-tolerant" in shown
        assert "still fails" in shown
        assert "fails no more" not in shown
        assert SECRET not in shown
    with serving(remembering(good_events)) as url:
        where = ["--receiver", f"{url}/hooks"]
        assert in_process(["replay", report, "receiver-tolerant", *where, *known]) == ExitCode.OK
        shown = capsys.readouterr().out
        assert "fails no more (sms.mo was sent again)" in shown
        assert in_process(["replay", report, "--base-url", url, *known]) == ExitCode.USAGE
    assert in_process(["replay", report, *known]) == ExitCode.UNREACHABLE


def test_a_conversation_is_replayed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report = str(tmp_path / "report.jsonl")
    known = ["--login", ":".join(LOGIN), "--secret", SECRET]

    def never_done(raw: bytes, headers: dict[str, str]) -> Answer:
        status, body = good_calls(raw, headers)
        return (500, b"") if status == 204 else (status, body)

    with serving(good_events, never_done) as url:
        where = ["--receiver", f"realtime={url}/calls"]
        assert in_process(["test", "callr", *where, *known, "--json", report]) == ExitCode.FINDINGS
        assert in_process(["replay", report, *known]) == ExitCode.FINDINGS
    with serving(good_events) as url:
        assert in_process(["replay", report, "--receiver", f"{url}/calls", *known]) == ExitCode.OK
    assert "fails no more" in capsys.readouterr().out
