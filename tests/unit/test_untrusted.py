"""Text on its way out, tried on what it goes to: a real shell, a real curl, a terminal's bytes."""

from __future__ import annotations

import shutil
import subprocess
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trunkline.contract.model.exchange import Request, Secrets
from trunkline.untrusted import one_line, printable, shell_bytes, shell_word, styled

SHELL = "aZ \"'`$()\\{}!*?[];&|<>~#%"
NASTY = st.text(
    st.sampled_from("aZ \"'`$()\\{}!*?[];&|<>~#%\n\t-@=")
    | st.characters(exclude_categories=("Cs",)),
    max_size=30,
).filter(lambda text: "\0" not in text)
TOKEN = "sk-live-7Qm2XvT9pLw4"


def sh(command: str, **environment: str) -> bytes:
    return subprocess.run(
        ["sh", "-c", command],
        capture_output=True,
        check=True,
        env={"PATH": "/usr/bin:/bin", **environment},
    ).stdout


@given(NASTY)
@settings(max_examples=60, deadline=None)
def test_a_word_is_what_it_was_in_a_shell(text: str) -> None:
    assert sh(f"printf %s {shell_word(text)}") == text.encode()


@given(st.binary(max_size=60))
@settings(max_examples=60, deadline=None)
def test_any_bytes_come_out_of_printf(data: bytes) -> None:
    assert sh(f"printf {shell_bytes(data)}") == data


@given(st.text())
def test_nothing_that_acts_reaches_a_terminal(text: str) -> None:
    shown = printable(text)
    assert not any(ord(c) < 32 and c not in "\n\t" for c in shown)
    assert not any(
        0x7F <= ord(c) < 0xA0 or c in "\u202a\u202e\u2066\u2028\u200f\ufeff" for c in shown
    )
    assert one_line(text).count("\n") == 0


def test_colours_of_ours_stay_and_others_do_not() -> None:
    assert styled("\x1b[31merror\x1b[0m: \x1b]0;x\x07\x1b[2J") == (
        "\x1b[31merror\x1b[0m: \\x1b]0;x\\x07\\x1b[2J"
    )


@pytest.fixture(scope="module")
def recorder() -> Iterator[tuple[str, list[dict[str, Any]]]]:
    seen: list[dict[str, Any]] = []

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            pass

        def _handle(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length") or 0))
            seen.append({"path": self.path, "headers": self.headers, "body": body})
            self.send_response(204)
            self.end_headers()

        do_GET = do_POST = do_PATCH = do_HEAD = _handle  # noqa: N815

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", seen
    server.shutdown()
    server.server_close()


HEADER = st.text(
    st.sampled_from("aZ \"'`$()\\{}!*?[];&|<>~#%")
    | st.characters(min_codepoint=33, max_codepoint=126),
    max_size=20,
).map(str.strip)


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed (Debian: curl)")
@given(value=HEADER, body=st.none() | st.binary(max_size=40) | NASTY.map(lambda t: t.encode()))
@settings(max_examples=40, deadline=None)
def test_a_pasted_curl_line_sends_the_same_bytes(recorder, value: str, body: bytes | None) -> None:
    url, seen = recorder
    request = Request(
        method="POST" if body is not None else "GET",
        url=f"{url}/a%20b/[x]/../{{y}}?q=$HOME&r=`id`",
        headers={"X-Mode": value, "X-Empty": "", "Authorization": f"Bearer {TOKEN}"},
        body=body,
    )
    line = request.curl(Secrets({TOKEN: "$TOKEN"}))
    assert TOKEN not in line
    sh(line, TOKEN=TOKEN)
    arrived = seen[-1]
    assert arrived["path"] == "/a%20b/[x]/../{y}?q=$HOME&r=`id`"
    assert arrived["headers"]["X-Mode"] == value
    assert arrived["headers"]["X-Empty"] == ""
    assert arrived["headers"]["Authorization"] == f"Bearer {TOKEN}"
    assert arrived["body"] == (body or b"")


@pytest.mark.parametrize(
    "sent", [TOKEN, TOKEN[:-1], TOKEN.swapcase(), TOKEN.lower(), TOKEN.upper()]
)
def test_what_is_made_of_a_secret_is_no_more_shown_than_it(recorder, sent: str) -> None:
    url, seen = recorder
    secrets = Secrets({TOKEN: "$TOKEN"})
    request = Request(method="GET", url=url, headers={"Authorization": f"Bearer {sent}"})
    line = request.curl(secrets)
    for text in (line, secrets.hide(f"was {sent}.")):
        assert TOKEN[:-1].casefold() not in text.casefold()
    sh(line, TOKEN=TOKEN)
    assert seen[-1]["headers"]["Authorization"] == f"Bearer {sent}"


def test_a_secret_is_hidden_in_base64_and_in_an_address_too() -> None:
    secrets = Secrets({"user:pa ss/word": "$TOKEN"})
    assert secrets.hide("Basic dXNlcjpwYSBzcy93b3Jk") == "Basic $TOKEN in base64"
    assert secrets.hide("?key=user%3Apa%20ss%2Fword") == "?key=$TOKEN"
