"""The descriptions of `tests/cases`: the emulator keeps each, and what is right is no fault."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from trunkline.pipeline.testing import RunOptions, Target, run_suite

CASES = Path(__file__).parents[2] / "cases"
DESCRIPTIONS = sorted(
    path for path in CASES.glob("*/openapi.*") if not path.parent.name.startswith("failing-")
)


QUICK = ("styles", "paging", "security", "nesting", "rpc", "openapi32", "unions")
"""What a server does most differently, and the largest of each; the others are exhaustive."""


@pytest.mark.parametrize(
    "description",
    [
        pytest.param(
            path,
            id=path.parent.name,
            marks=() if path.parent.name in QUICK else pytest.mark.exhaustive,
        )
        for path in DESCRIPTIONS
    ],
)
def test_the_emulator_keeps_the_description(description):
    report = run_suite(description, Target(), RunOptions())
    assert [f"{v.rule} {v.operation}: {v.message}" for v in report.violations] == []
    assert (report.mismatch, report.unreachable) == ("", "")
    assert report.cases > 0 or "\npaths: {}\n" in description.read_text("utf-8")


class Careless(BaseHTTPRequestHandler):
    """Says that everything is done."""

    protocol_version = "HTTP/1.1"

    def __getattr__(self, name):
        if not name.startswith("do_"):
            raise AttributeError(name)
        return self.answer

    def answer(self):
        self.rfile.read(int(self.headers.get("content-length") or 0))
        self.send_response(204)
        self.end_headers()

    def log_message(self, *_):
        return


@pytest.fixture
def careless():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Careless)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


def accepted(case, url):
    """Operations that took what their description forbids."""
    description = CASES / case / "openapi.yaml"
    report = run_suite(description, Target(base_url=url), RunOptions(include_unsafe=("*",)))
    return {v.operation for v in report.violations if v.rule == "invalid-rejected"}


def test_a_wrong_body_is_found_where_its_bytes_are_wrong(careless):
    found = accepted("bodies", careless)
    assert {"sendArray", "sendJson"} <= found
    assert not {"sendText", "sendRaw"} & found


def test_a_wrong_parameter_is_found_where_no_text_could_be_right(careless):
    assert "getQuery" in accepted("styles", careless)
