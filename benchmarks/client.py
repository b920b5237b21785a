"""Cost of a generated client at run time, beside the official one and beside bare HTTP.

    python benchmarks/client.py [--rounds N]

Prints a Markdown section. Every figure is CPU time of a process of its own. The first call goes to
a server on a socket; the calls that are counted go to a transport in memory, so that nothing but
the client is measured. Contenders take turns within a round; medians are shown, and ratios as the
median of each round's. All run in an environment that has nothing but them and what they need, as a
user's would.
"""

from __future__ import annotations

import argparse
import http.server
import json
import statistics
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from measured import ratio, target

ROOT = Path(__file__).resolve().parent.parent
PYTHON = ROOT / ".peers" / "tools" / "telnyx-4" / "bin" / "python"
CALLS = 300
ITEMS = 20

PROFILE = {
    "id": "1293384261075731499",
    "record_type": "outbound_voice_profile",
    "name": "office",
    "connections_count": 12,
    "traffic_type": "conversational",
    "service_plan": "global",
    "concurrent_call_limit": 10,
    "enabled": True,
    "tags": ["office-profile"],
    "usage_payment_method": "rate-deck",
    "whitelisted_destinations": ["US", "BR", "AU"],
    "max_destination_rate": 10,
    "daily_spend_limit": "100.00",
    "daily_spend_limit_enabled": True,
    "call_recording": {
        "call_recording_type": "by_caller_phone_number",
        "call_recording_caller_phone_numbers": ["+19705555098"],
        "call_recording_channels": "dual",
        "call_recording_format": "mp3",
    },
    "billing_group_id": "6a09cdc3-8948-47f0-aa62-74ac943d6c58",
    "created_at": "2020-02-02T22:25:27.521Z",
    "updated_at": "2020-02-02T22:25:27.521Z",
}
BODY = json.dumps(
    {
        "data": [{**PROFILE, "id": str(1293384261075731499 + n)} for n in range(ITEMS)],
        "meta": {"page_number": 1, "page_size": ITEMS, "total_pages": 1, "total_results": ITEMS},
    }
).encode()

FIRST = {
    "trunkline_telnyx": """
from trunkline_telnyx import Telnyx
with Telnyx(api_key="k", base_url=url) as client:
    found = client.outbound_voice_profiles.list().data
assert found[-1].name == "office"
""",
    "telnyx (official)": """
from telnyx import Telnyx
with Telnyx(api_key="k", base_url=url) as client:
    found = client.outbound_voice_profiles.list().data
assert found[-1].name == "office"
""",
    "httpx2 + json": """
import httpx2, json
with httpx2.Client(headers={"Authorization": "Bearer k"}) as client:
    found = json.loads(client.get(url + "/outbound_voice_profiles").content)["data"]
assert found[-1]["name"] == "office"
""",
    "httpx2 + one pydantic model": """
import httpx2
from pydantic import BaseModel
class Profile(BaseModel):
    id: str
    name: str
class Answer(BaseModel):
    data: list[Profile]
with httpx2.Client(headers={"Authorization": "Bearer k"}) as client:
    found = Answer.model_validate_json(client.get(url + "/outbound_voice_profiles").content).data
assert found[-1].name == "office"
""",
}
FIRST_SCRIPT = """
import sys, time
url = sys.argv[1]
started = time.process_time()
{code}
print(time.process_time() - started, len(sys.modules))
"""

LIST = {
    "httpx2 + json": """
import httpx2, json
def answer(request):
    return httpx2.Response(200, headers=HEADERS, content=BODY)
client = httpx2.Client(
    headers={"Authorization": "Bearer k"},
    transport=httpx2.MockTransport(answer),
)
def call():
    response = client.get("https://api.telnyx.com/v2/outbound_voice_profiles")
    response.raise_for_status()
    return json.loads(response.content)["data"]
""",
    "trunkline_telnyx": """
import httpx2
from trunkline_telnyx import Telnyx
def answer(request):
    return httpx2.Response(200, headers=HEADERS, content=BODY)
client = Telnyx(
    api_key="k",
    transport=httpx2.MockTransport(answer),
)
def call():
    return client.outbound_voice_profiles.list().data
""",
    "telnyx (official)": """
import {http} as http
from telnyx import Telnyx
def answer(request):
    return http.Response(200, headers=HEADERS, content=BODY)
client = Telnyx(
    api_key="k",
    http_client=http.Client(
        transport=http.MockTransport(answer)
    ),
)
def call():
    return client.outbound_voice_profiles.list().data
""",
}
LIST_SCRIPT = """
import sys, time
BODY = sys.stdin.buffer.read()
HEADERS = {{"content-type": "application/json"}}
{code}
for _ in range(20):
    found = call()
assert len(found) == {items}
started = time.process_time()
for _ in range({calls}):
    call()
print((time.process_time() - started) / {calls})
"""


class Handler(http.server.BaseHTTPRequestHandler):
    """Answers every GET with the list."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(BODY)))
        self.end_headers()
        self.wfile.write(BODY)

    def log_message(self, *args: object) -> None:
        pass


@contextmanager
def server() -> Iterator[str]:
    """The address of a server of this process."""
    serving = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=serving.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{serving.server_port}"
    serving.shutdown()


def numbers(script: str, *arguments: str) -> list[float]:
    """What a script prints, in a process of its own."""
    done = subprocess.run(
        [PYTHON, "-c", script, *arguments],
        input=BODY,
        stdout=subprocess.PIPE,
        check=True,
        env={"PYTHONPATH": str(ROOT / "generated" / "telnyx"), "PATH": "/usr/bin:/bin"},
    )
    return [float(word) for word in done.stdout.split()]


def official_http() -> str:
    """The HTTP library of the official client."""
    script = "import telnyx._base_client as b; print(int(hasattr(b, 'httpx2')))"
    return "httpx2" if numbers(script)[0] else "httpx"


def main() -> int:
    """Measure and print; 1 when the official client is not installed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=9)
    rounds = parser.parse_args().rounds
    if not PYTHON.exists():
        print("telnyx is not installed: python peers/install.py tools", file=sys.stderr)
        return 1
    http = official_http()
    first: dict[str, list[list[float]]] = {name: [] for name in FIRST}
    calls: dict[str, list[float]] = {name: [] for name in LIST}
    with server() as url:
        for number in range(-1, rounds):
            print(f"   round {number + 1} of {rounds}", file=sys.stderr, flush=True)
            for name, code in FIRST.items():
                found = numbers(FIRST_SCRIPT.format(code=code), url)
                if number >= 0:  # the round before the first fills caches of compiled modules
                    first[name].append(found)
            for name, code in LIST.items():
                script = LIST_SCRIPT.format(
                    code=code.replace("{http}", http), calls=CALLS, items=ITEMS
                )
                took = numbers(script)[0]
                if number >= 0:
                    calls[name].append(took)
    show(first, calls)
    return 0


def show(first: dict[str, list[list[float]]], calls: dict[str, list[float]]) -> None:
    """The section."""
    begun = {name: [run[0] for run in runs] for name, runs in first.items()}
    modules = {name: int(runs[0][1]) for name, runs in first.items()}
    ours, theirs, bare = "trunkline_telnyx", "telnyx (official)", "httpx2 + json"
    least = "httpx2 + one pydantic model"
    print("## Client\n")
    print(f"CPU time, medians of {len(calls[ours])} rounds. First: from the start of the import to")
    print(f"the end of the first call, over a socket. Call: a list of {ITEMS} profiles, decoded.\n")
    print("| client | first ms | x official | modules | call µs | x bare | x official |")
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: |")
    for name in (bare, least, ours, theirs):
        call = "– | – | –"
        if name in calls:
            call = (
                f"{statistics.median(calls[name]) * 1e6:.0f} "
                f"| {ratio(calls[name], calls[bare]):.2f} | {ratio(calls[name], calls[theirs]):.2f}"
            )
        print(
            f"| {name} | {statistics.median(begun[name]) * 1e3:.0f} "
            f"| {ratio(begun[name], begun[theirs]):.2f} | {modules[name]} | {call} |"
        )
    print(
        f"\nA model written by hand on the same two libraries takes "
        f"{ratio(begun[least], begun[ours]):.2f} of the package's first call.\n"
    )
    for line in (
        target("first call", statistics.median(begun[ours]), 0.25, "s"),
        target(
            "first call against the official client", ratio(begun[ours], begun[theirs]), 1 / 6, "x"
        ),
        target("call against bare HTTP and JSON", ratio(calls[ours], calls[bare]), 1.5, "x"),
        target("call against the official client", ratio(calls[ours], calls[theirs]), 0.25, "x"),
    ):
        print(line)


if __name__ == "__main__":
    sys.exit(main())
