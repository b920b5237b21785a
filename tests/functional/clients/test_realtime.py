"""Commands of CALLR's real-time calls: a server that answers with them, asked over a socket."""

from __future__ import annotations

import base64
import http.server
import json
import threading
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest
import yaml
from trunkline_callr import ParameterError, models, realtime
from trunkline_callr._runtime.commands import Outcome
from trunkline_callr._runtime.errors import SignatureError, WebhookError

CALLR = Path(__file__).parents[3] / "specs" / "callr"
LOGIN = ("real", "time")


def example(name: str) -> dict[str, object]:
    text = (CALLR / "examples" / f"realtime.{name}.yaml").read_text("utf-8")
    found: dict[str, object] = yaml.safe_load(text)["value"]
    return found


def request(**members: object) -> models.RTRequest:
    return realtime.parse(json.dumps(example("first.request") | members))


def sent(command: object) -> object:
    return json.loads(realtime.encode(command))  # type: ignore[arg-type]


def test_commands_are_sent_as_described() -> None:
    read = realtime.read(
        "TTS|TTS_EN-GB_SERENA|Please key in your number",
        attempts=3,
        max_digits=2,
        timeout_ms=5000,
        command_id=1,
        variables={"menu": "main"},
    )
    assert isinstance(read, models.RTCommandRead)
    assert read.params.max_digits == 2
    assert sent(read) == example("read.answer")
    assert sent(realtime.hangup(command_id=2)) == example("hangup.answer")


@pytest.mark.parametrize(
    ("command", "body"),
    [
        (realtime.hangup(), {"command": "hangup"}),
        (realtime.play(42), {"command": "play", "params": {"media_id": 42}}),
        (realtime.record(), {"command": "record"}),
        (realtime.record(silence=2), {"command": "record", "params": {"silence": 2}}),
        (realtime.wait(3), {"command": "wait", "params": {"seconds": 3}}),
        (realtime.play(1, command_id=None), {"command": "play", "command_id": None}),
        (
            realtime.dialout(
                [{"number": "+16467890800", "timeout": 20}, models.Target(number="+447890123456")],
                cli="BLOCKED",
                ringtone="MUSIC",
            ),
            {
                "command": "dialout",
                "params": {
                    "targets": [
                        {"number": "+16467890800", "timeout": 20},
                        {"number": "+447890123456"},
                    ],
                    "cli": "BLOCKED",
                    "ringtone": "MUSIC",
                },
            },
        ),
    ],
)
def test_only_what_is_given_is_sent(command: object, body: dict[str, object]) -> None:
    found = sent(command)
    assert isinstance(found, dict)
    assert found | body == found
    if "command_id" not in body:
        assert found == body


def test_every_command_of_the_description_has_a_function_and_an_outcome() -> None:
    schemas = yaml.safe_load((CALLR / "openapi.yaml").read_text("utf-8"))
    members = schemas["components"]["schemas"]["RT.Command"]["oneOf"]
    names = [member["$ref"].rpartition(".")[2] for member in members]
    assert len(names) == 16
    for name in names:
        assert callable(getattr(realtime, name))
        found = realtime.outcome(request(command=name, command_result="x"))
        assert found is not None
        assert type(found).__name__.lower() == f"{name.replace('_', '')}outcome"
        assert found.result == "x"


def test_a_command_of_the_wrong_type_is_refused() -> None:
    with pytest.raises(ParameterError, match=r"params\.seconds"):
        realtime.wait("soon")  # type: ignore[arg-type]


def test_outcomes_tell_the_first_request_a_result_and_a_failure() -> None:
    assert realtime.outcome(request()) is None

    keys = realtime.outcome(realtime.parse(json.dumps(example("keys.request"))))
    match keys:
        case realtime.ReadOutcome(result=str(pressed), command_id=command_id, error=None):
            assert (pressed, command_id) == ("42", 1)
        case _:
            pytest.fail(f"not what came of `read`: {keys}")
    assert keys.ok

    failed = realtime.outcome(request(command="play", command_error="no such media"))
    assert isinstance(failed, realtime.PlayOutcome)
    assert (failed.ok, failed.error, failed.result) == (False, "no such media", None)


def test_empty_texts_are_no_result_and_no_error() -> None:
    found = realtime.outcome(request(command="hangup", command_result="", command_error=""))
    assert found is not None
    assert (found.result, found.error, found.ok) == (None, None, True)


def test_commands_and_states_of_a_later_version_survive() -> None:
    found = request(command="teleport", command_result="there", call_status="FLOATING", colour=1)
    outcome = realtime.outcome(found)
    assert type(outcome) is Outcome
    assert (outcome.command, outcome.result) == ("teleport", "there")
    assert found.call_status == "FLOATING"
    assert found.model_extra == {"colour": 1}
    answer = models.RTResponse(command="teleport", params={"to": "there"})
    assert sent(answer) == {"command": "teleport", "params": {"to": "there"}}


def test_basic_authentication_is_checked() -> None:
    body = json.dumps(example("first.request"))
    good = base64.b64encode(b"real:time").decode()
    for header in ("Authorization", "authorization"):
        found = realtime.parse(body, {header: f"Basic {good}"}, login=LOGIN)
        assert found.callid == 4242
    for headers in (
        None,
        {"Authorization": "Basic " + base64.b64encode(b"real:tim").decode()},
        {"Authorization": f"Bearer {good}"},
        {"Authorization": "Basic ~"},
        {"Authorization": ""},
    ):
        with pytest.raises(SignatureError):
            realtime.parse(body, headers, login=LOGIN)


def test_a_body_that_is_not_json_is_refused() -> None:
    with pytest.raises(WebhookError):
        realtime.parse(b"callid=1")


class Menu(http.server.BaseHTTPRequestHandler):
    """Asks for two keys, says them, hangs up."""

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"]))
        try:
            call = realtime.parse(body, dict(self.headers), login=LOGIN)
        except SignatureError:
            self.send_error(401)
            return
        outcome = realtime.outcome(call)
        command: models.RTCommand
        if outcome is None:
            command = realtime.read("TTS|TTS_EN-GB_SERENA|Your number?", max_digits=2)
        elif isinstance(outcome, realtime.ReadOutcome) and outcome.result:
            said = f"TTS|TTS_EN-GB_SERENA|You said {outcome.result}"
            command = realtime.play(said, variables={"keys": outcome.result})
        else:
            command = realtime.hangup()
        answer = realtime.encode(command)
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture
def menu() -> Iterator[str]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Menu)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


def test_a_whole_call(menu: str) -> None:
    state = example("first.request")
    heard: list[str] = []
    with httpx2.Client(auth=LOGIN) as service:
        for results in (None, "42", None, None):
            answer = service.post(menu, json=state | {"command_result": results}).json()
            heard.append(answer["command"])
            state |= {
                "command": answer["command"],
                "variables": answer.get("variables", {}),
                "call_status": "UP",
            }
    assert heard == ["read", "play", "hangup", "hangup"]
    assert httpx2.post(menu, json=state).status_code == 401
