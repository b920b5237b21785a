"""Requests per second of the emulator, beside a bare Starlette route on the same server.

    python benchmarks/emulator.py [--seconds 3] [--objects 100000] [--json FILE]

Needs `wrk`. Both servers run in processes of their own, one after the other, with the same uvicorn
settings; the bare route keeps objects in a dict and validates nothing. Figures are ratios of one
run on one machine: never compare them across machines.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx2

PROFILES = "/v2/outbound_voice_profiles"
BODY = {"name": "office", "whitelisted_destinations": ["US"], "concurrent_call_limit": 10}
TOKEN = "trunkline-token-1"

BARE = """
import sys, json, uuid, socket, uvicorn
from starlette.applications import Starlette
from starlette.responses import JSONResponse
from starlette.routing import Route

kept = {}

async def create(request):
    body = await request.json()
    body["id"] = str(uuid.uuid4())
    kept[body["id"]] = body
    return JSONResponse({"data": body})

async def get(request):
    return JSONResponse({"data": kept[request.path_params["id"]]})

async def listed(request):
    size = int(request.query_params.get("page[size]", 20))
    items = list(kept.values())[:size]
    return JSONResponse({"data": items, "meta": {"page_number": 1, "page_size": size,
                         "total_pages": 1, "total_results": len(kept)}})

base = "/v2/outbound_voice_profiles"
app = Starlette(routes=[Route(base, create, methods=["POST"]), Route(base, listed),
                        Route(base + "/{id}", get)])
listener = socket.create_server(("127.0.0.1", 0))
print(json.dumps({"url": f"http://127.0.0.1:{listener.getsockname()[1]}/v2"}), flush=True)
config = uvicorn.Config(app, http="httptools", loop="uvloop", log_config=None, access_log=False,
                        lifespan="off")
uvicorn.Server(config).run([listener])
"""

OURS = """
import json, sys
from trunkline.emulator import serve
from trunkline.pipeline import load_api

serve(load_api(sys.argv[1]).api,
      on_ready=lambda server: print(json.dumps({"url": server.url}), flush=True))
"""


@contextmanager
def process(source: str, *arguments: str) -> Iterator[tuple[str, int, float]]:
    """A server in a process of its own: its URL, process id and seconds until it was ready."""
    started = time.perf_counter()
    child = subprocess.Popen(
        [sys.executable, "-c", source, *arguments], stdout=subprocess.PIPE, text=True
    )
    try:
        assert child.stdout is not None
        url = json.loads(child.stdout.readline())["url"]
        while True:
            try:
                httpx2.get(url)
                break
            except httpx2.ConnectError:
                time.sleep(0.01)
        yield url, child.pid, time.perf_counter() - started
    finally:
        child.terminate()
        child.wait(10)


def memory(pid: int) -> float:
    """Resident megabytes."""
    status = Path(f"/proc/{pid}/status").read_text()
    found = re.search(r"VmRSS:\s+(\d+)", status)
    return int(found[1]) / 1024 if found else 0.0


def wrk(url: str, seconds: int, script: str = "") -> dict[str, float]:
    """One run of wrk: requests per second, p50 and p99 in milliseconds, answers other than 2xx."""
    command = ["wrk", "-t1", "-c16", f"-d{seconds}s", "--latency"]
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as file:
        file.write(f'wrk.headers["Authorization"] = "Bearer {TOKEN}"\n' + script)
        file.flush()
        printed = subprocess.run(
            [*command, "-s", file.name, url], capture_output=True, text=True, check=True
        ).stdout
    units = {"us": 0.001, "ms": 1.0, "s": 1000.0}

    def latency(share: str) -> float:
        found = re.search(rf"{share}%\s+([\d.]+)(us|ms|s)", printed)
        return float(found[1]) * units[found[2]] if found else 0.0

    rate = re.search(r"Requests/sec:\s+([\d.]+)", printed)
    other = re.search(r"Non-2xx or 3xx responses: (\d+)", printed)
    return {
        "rps": float(rate[1]) if rate else 0.0,
        "p50_ms": latency("50"),
        "p99_ms": latency("99"),
        "failed": float(other[1]) if other else 0.0,
    }


CREATE = (
    'wrk.method = "POST"\nwrk.headers["Content-Type"] = "application/json"\n'
    f"wrk.body = '{json.dumps(BODY)}'\n"
)


def measure(source: str, arguments: list[str], seconds: int) -> dict[str, Any]:
    """Get, list and create on one server."""
    with process(source, *arguments) as (url, pid, ready):
        headers = {"Authorization": f"Bearer {TOKEN}"}
        with httpx2.Client(headers=headers) as client:
            made = [
                client.post(f"{url}/outbound_voice_profiles", json=BODY).json()["data"]["id"]
                for _ in range(20)
            ]
        root = f"{url}/outbound_voice_profiles"
        result: dict[str, Any] = {"ready_s": round(ready, 2)}
        result["get"] = wrk(f"{root}/{made[0]}", seconds)
        result["list"] = wrk(f"{root}?page[size]=20", seconds)
        result["create"] = wrk(root, seconds, CREATE)
        result["memory_mb"] = round(memory(pid))
        return result


def many(objects: int) -> dict[str, float]:
    """Milliseconds for a filtered, sorted page with few and with many objects, each asked for
    after a change, so that nothing is answered from memory."""
    from trunkline.emulator import running
    from trunkline.pipeline import load_api

    result: dict[str, float] = {}
    for count in (1000, objects):
        with running(load_api("telnyx").api) as server:
            emulator = server.emulator
            plan = emulator.plan(emulator.api.operation("createOutboundVoiceProfile"))
            resource = plan.resource
            assert resource is not None
            from trunkline.emulator.store import Scope

            scope = Scope(emulator.accounts[0].name)
            first = emulator.actions.add(resource, scope, {"name": "profile"})
            base = first.document
            with emulator.store.transaction():
                for index in range(count):
                    id_ = str(10**18 + index)
                    document = {**base, "id": id_, "name": f"profile {index * 7919 % count}"}
                    emulator.store.insert(resource.table, scope, id_, document)
            headers = {"Authorization": f"Bearer {TOKEN}"}
            with httpx2.Client(base_url=server.url, headers=headers) as client:
                for label, query in (
                    ("sorted", "sort=name&page[number]=3"),
                    ("filtered", "filter[name][contains]=99&sort=-name"),
                ):
                    times = []
                    for turn in range(15):
                        path = f"/outbound_voice_profiles/{first.id}"
                        client.patch(path, json={"name": f"turn {turn}"})
                        started = time.perf_counter()
                        client.get(f"/outbound_voice_profiles?{query}").raise_for_status()
                        times.append(time.perf_counter() - started)
                    result[f"{label}_{count}"] = round(statistics.median(times) * 1000, 2)
    return result


def main() -> None:
    """Run everything and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=3)
    parser.add_argument("--objects", type=int, default=100_000)
    parser.add_argument("--json", type=Path)
    arguments = parser.parse_args()
    if shutil.which("wrk") is None:
        sys.exit("wrk is not installed (Debian: apt install wrk)")
    results = {
        "machine": f"{platform.processor() or platform.machine()}, {os.cpu_count()} cores, "
        f"Python {platform.python_version()}",
        "bare": measure(BARE, [], arguments.seconds),
        "emulator": measure(OURS, ["telnyx"], arguments.seconds),
        "many": many(arguments.objects),
    }
    print(results["machine"])
    for server in ("bare", "emulator"):
        row = results[server]
        print(f"{server}: ready {row['ready_s']} s, {row['memory_mb']} MB")  # type: ignore[index]
        for action in ("get", "list", "create"):
            cell = row[action]  # type: ignore[index]
            print(
                f"  {action:7} {cell['rps']:8.0f}/s  p50 {cell['p50_ms']:.2f} ms  "
                f"p99 {cell['p99_ms']:.2f} ms  failed {cell['failed']:.0f}"
            )
    for action in ("get", "list", "create"):
        ratio = results["emulator"][action]["rps"] / results["bare"][action]["rps"]  # type: ignore[index]
        print(f"emulator / bare, {action}: {ratio:.2f}")
    print("a page after a change, ms:", results["many"])
    if arguments.json:
        arguments.json.write_text(json.dumps(results, indent=1) + "\n")


if __name__ == "__main__":
    main()
