"""The emulator beside Prism and beside a bare Starlette route on the same server.

    python benchmarks/emulator.py [--rounds N] [--seconds N] [--objects N]

Needs `wrk` and, for Prism, `python peers/install.py tools`. Prints a Markdown section. All servers
run at once in processes of their own and take turns, so that a noisy neighbour hits them alike;
medians are shown, and ratios as the median of each turn's. The emulator checks every request
against the description, keeps what it is given and answers with it; Prism checks requests and
answers from examples; the bare route keeps objects in a dict and checks nothing. None of them
writes a line for each request.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx2
import yaml
from measured import ratio, target

ROOT = Path(__file__).resolve().parent.parent
SPEC = ROOT / "specs" / "telnyx" / "openapi.yaml"
PRISM = ROOT / ".peers" / "tools" / "node_modules" / ".bin" / "prism"
TRUNKLINE = Path(sys.executable).parent / "trunkline"
PATH = "/outbound_voice_profiles"
TOKEN = "trunkline-token-1"
BODY = {"name": "office", "whitelisted_destinations": ["US"], "concurrent_call_limit": 10}
HEADERS = {"Authorization": f"Bearer {TOKEN}"}
STORED = 100
STARTS = 3
PEERS = ("Prism", "bare")

BARE = """
import json, sys, uuid, uvicorn
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
    wanted = request.query_params.get("filter[name][contains]", "")
    found = [item for item in kept.values() if wanted in item["name"]]
    found.sort(key=lambda item: item["name"])
    return JSONResponse({"data": found[:size], "meta": {"page_number": 1, "page_size": size,
                         "total_pages": 1, "total_results": len(found)}})

path = "/outbound_voice_profiles"
app = Starlette(routes=[Route(path, create, methods=["POST"]), Route(path, listed),
                        Route(path + "/{id}", get)])
uvicorn.run(app, host="127.0.0.1", port=int(sys.argv[1]), http="httptools", loop="uvloop",
            log_config=None, access_log=False, lifespan="off")
"""

# Each counts up by itself, so that no two requests of a run are alike.
LOADS = {
    "get": f"""
        request = function()
            n = n + 1
            return wrk.format("GET", base .. "{PATH}/" .. ids[n % #ids + 1])
        end""",
    "list, the same again and again": f"""
        request = function()
            return wrk.format("GET", base .. "{PATH}?page[size]=20&sort=name")
        end""",
    "list, each filtered differently": f"""
        request = function()
            n = n + 1
            return wrk.format("GET", base .. "{PATH}?page[size]=20&sort=name" ..
                "&filter[name][contains]=" .. n)
        end""",
    "create": f"""
        request = function()
            n = n + 1
            return wrk.format("POST", base .. "{PATH}", nil,
                '{{"name":"office ' .. n .. '","whitelisted_destinations":["US"],' ..
                '"concurrent_call_limit":10}}')
        end""",
}


@dataclass
class Server:
    """One contender, running."""

    name: str
    url: str
    pid: int
    ids: list[str] = field(default_factory=list)


def free_port() -> int:
    """A port nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def command(name: str, port: int, spec: Path) -> list[str]:
    """How a contender is started, and nothing but it."""
    if name == "Prism":
        # Its mock server in the process of the command itself: the faster of its two ways.
        return [str(PRISM), "mock", "-p", str(port), "-v", "silent", "-m", "false", str(spec)]
    if name == "bare":
        return [sys.executable, "-c", BARE, str(port)]
    return [str(TRUNKLINE), "serve", str(spec), "--port", str(port), "-q"]


@contextmanager
def started(name: str, spec: Path) -> Iterator[tuple[int, int, float]]:
    """A server: its port, process id, and seconds until it answered a request."""
    port = free_port()
    begun = time.perf_counter()
    child = subprocess.Popen(command(name, port, spec), stdout=subprocess.DEVNULL)
    try:
        while True:
            try:
                with socket.create_connection(("127.0.0.1", port)) as connection:
                    connection.sendall(b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
                    if connection.recv(1):
                        break
            except ConnectionError:
                pass
            if child.poll() is not None or time.perf_counter() - begun > 60:
                sys.exit(f"{name} does not start")
            time.sleep(0.01)
        yield port, child.pid, time.perf_counter() - begun
    finally:
        child.send_signal(signal.SIGTERM)
        child.wait(10)


def memory(pid: int) -> float:
    """Resident megabytes."""
    found = re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{pid}/status").read_text())
    return int(found[1]) / 1024 if found else 0.0


def filled(server: Server) -> None:
    """Objects to get and to list, made by requests."""
    with httpx2.Client(headers=HEADERS) as client:
        for number in range(STORED):
            body = {**BODY, "name": f"stored {number}"}
            made = client.post(f"{server.url}{PATH}", json=body).raise_for_status().json()
            server.ids.append(made["data"]["id"])


def wrk(server: Server, load: str, seconds: int) -> dict[str, float]:
    """One run: requests per second, p50 and p99 in milliseconds."""
    base = server.url.partition("://")[2].partition("/")[2]
    ids = ", ".join(f'"{one}"' for one in server.ids)
    script = (
        f'wrk.headers["Authorization"] = "Bearer {TOKEN}"\n'
        'wrk.headers["Content-Type"] = "application/json"\n'
        f'base = "{base and "/" + base}"\nids = {{{ids}}}\nn = {time.time_ns() // 1000 % 10**9}\n'
    )
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as file:
        file.write(script + LOADS[load])
        file.flush()
        printed = subprocess.run(
            ["wrk", "-t1", "-c16", f"-d{seconds}s", "--latency", "-s", file.name, server.url],
            capture_output=True, text=True, check=True,
        ).stdout  # fmt: skip
    refused = re.search(r"Non-2xx or 3xx responses: (\d+)", printed)
    if refused:
        sys.exit(f"{server.name} refused {refused[1]} requests of {load!r}")
    units = {"us": 0.001, "ms": 1.0, "s": 1000.0}
    found = {share: re.search(rf"{share}%\s+([\d.]+)(us|ms|s)", printed) for share in ("50", "99")}
    rate = re.search(r"Requests/sec:\s+([\d.]+)", printed)
    assert rate is not None
    result = {"rps": float(rate[1])}
    for share, hit in found.items():
        assert hit is not None
        result[f"p{share}"] = float(hit[1]) * units[hit[2]]
    return result


def under_load(names: list[str], rounds: int, seconds: int) -> tuple[list[str], list[str]]:
    """Rows of the table of loads and of memory, and whether their targets hold."""
    with ExitStack() as stack:
        servers = []
        for name in names:
            port, pid, _ = stack.enter_context(started(name, SPEC))
            base = "/v2" if name == "Trunkline" else ""
            server = Server(name, f"http://127.0.0.1:{port}{base}", pid)
            filled(server)
            servers.append(server)
        fresh = {server.name: memory(server.pid) for server in servers}
        runs: dict[tuple[str, str], list[dict[str, float]]] = {}

        def run(load: str) -> None:
            for turn in range(rounds):
                for server in servers:
                    print(f"{turn + 1}/{rounds} {load}: {server.name}", file=sys.stderr, flush=True)
                    one = wrk(server, load, seconds)
                    runs.setdefault((load, server.name), []).append(one)

        # What is created stays: it would be listed, and sorted, in the rounds that follow.
        *reading, creating = LOADS
        for load in reading:
            run(load)
        read = {server.name: memory(server.pid) for server in servers}
        run(creating)
        written = {server.name: memory(server.pid) for server in servers}
    rows, targets = [], []
    for load in LOADS:
        each = {
            (name, key): [run[key] for run in runs[load, name]]
            for name in names
            for key in ("rps", "p50", "p99")
        }
        middle = {place: statistics.median(found) for place, found in each.items()}
        cells = [
            f"{middle[n, 'rps']:,.0f} · {middle[n, 'p50']:.1f} · {middle[n, 'p99']:.1f}"
            for n in names
        ]
        ours = each["Trunkline", "rps"]
        ratios = {n: ratio(ours, each[n, "rps"]) for n in names[1:]}
        rows.append(f"| {' | '.join([load, *cells, *(f'{r:.2f}' for r in ratios.values())])} |")
        if "Prism" in ratios:
            late = ratio(each["Trunkline", "p99"], each["Prism", "p50"])
            targets += [
                target(f"{load}: against Prism", ratios["Prism"], 5, "x", least=True),
                target(f"{load}: p99 against Prism's p50", late, 1, "x"),
            ]
        targets.append(
            target(f"{load}: against the bare route", ratios["bare"], 0.7, "x", least=True)
        )
    targets.append(target("memory after reading", read["Trunkline"], 80, "MB"))
    made = sum(run["rps"] for run in runs[creating, names[0]]) * seconds
    stages = {
        "memory at the start, MB": fresh,
        "after reading": read,
        f"after creating {made:,.0f} objects (here)": written,
    }
    for label, megabytes in stages.items():
        cells = [f"{megabytes[name]:.0f}" for name in names]
        rows.append(f"| {label} | {' | '.join(cells)} |{' |' * len(names[1:])}")
    return rows, targets


def large(folder: Path) -> dict[str, Path]:
    """Our description many times over: 3 MB in both spellings, and 10 MB of JSON."""
    shutil.copytree(SPEC.parent / "examples", folder / "examples")
    files = {name: folder / f"{name}.json" for name in ("3 MB, JSON", "10 MB, JSON")}
    files["3 MB, YAML"] = folder / "large.yaml"
    repeated = many_times(3_000_000)
    files["3 MB, JSON"].write_text(json.dumps(repeated), encoding="utf-8")
    files["3 MB, YAML"].write_text(
        yaml.dump(repeated, Dumper=yaml.CSafeDumper, sort_keys=False), encoding="utf-8"
    )
    files["10 MB, JSON"].write_text(json.dumps(many_times(11_000_000)), encoding="utf-8")
    return files


def many_times(size: int) -> dict[str, Any]:
    """Our description, repeated under other names until its texts have that many characters."""
    source = yaml.load(SPEC.read_text(encoding="utf-8"), yaml.CSafeLoader)
    one = len(json.dumps(source))
    paths, schemas = {}, dict(source["components"]["schemas"])
    for copy in range(size // one + 1):
        text = json.dumps(source).replace(
            '"#/components/schemas/', f'"#/components/schemas/C{copy}'
        )
        part = json.loads(text)
        for path, item in part["paths"].items():
            for operation in item.values():
                if isinstance(operation, dict) and "operationId" in operation:
                    operation["operationId"] += str(copy)
                    operation.pop("x-trunkline-resource", None)
            paths[f"/c{copy}{path}"] = item
        for name, schema in part["components"]["schemas"].items():
            schemas[f"C{copy}{name}"] = schema
    source["paths"], source["components"]["schemas"] = paths, schemas
    return source


def start_up(names: list[str]) -> tuple[list[str], list[str]]:
    """Rows: seconds until the first answer, and resident megabytes then; whether targets hold."""
    rows, targets = [], []
    with tempfile.TemporaryDirectory() as folder:
        for label, spec in {"telnyx": SPEC, **large(Path(folder))}.items():
            size = spec.stat().st_size / 1000
            cells = []
            for name in names:
                if name == "bare":
                    continue
                print(f"start-up, {label}: {name}", file=sys.stderr, flush=True)
                seconds, megabytes = [], 0.0
                for _ in range(STARTS):
                    with started(name, spec) as (_, pid, took):
                        seconds.append(took)
                        megabytes = memory(pid)
                cells.append(f"{statistics.median(seconds):.2f} s, {megabytes:.0f} MB")
                if name == "Trunkline":
                    most = 0.5 if spec == SPEC else 3 if label.startswith("10") else 2
                    ready = statistics.median(seconds)
                    targets.append(target(f"ready, {label}", ready, most, "s"))
            rows.append(f"| {label} ({size:,.0f} kB) | {' | '.join(cells)} |")
    return rows, targets


LIBRARIES = "import pydantic.types, typer.main, uvicorn, uvloop, httptools, jsonschema_rs, yaml"


def importing() -> dict[str, float]:
    """Seconds of processes that do nothing but import: the libraries, and all of the emulator."""
    scripts = {
        "libraries": LIBRARIES,
        "all": f"{LIBRARIES}, trunkline.cli.main, trunkline.pipeline.load, trunkline.emulator",
    }
    took: dict[str, list[float]] = {name: [] for name in scripts}
    for _ in range(STARTS):
        for name, script in scripts.items():
            begun = time.perf_counter()
            subprocess.run([sys.executable, "-c", script], check=True)
            took[name].append(time.perf_counter() - begun)
    return {name: statistics.median(seconds) for name, seconds in took.items()}


PROFILES, CONNECTIONS = "createOutboundVoiceProfile", "createCredentialConnection"
QUERIES = {
    "sorted, third page": (PROFILES, "sort=name&page[number]=3"),
    "filtered by a part of a name, sorted": (PROFILES, "filter[name][contains]=99&sort=-name"),
    "filtered by equality, sorted": (
        CONNECTIONS,
        "filter[outbound_voice_profile_id]=1293384261075731499&sort=created_at&page[size]=20",
    ),
}


def stored(objects: int) -> tuple[list[str], list[str]]:
    """Rows: milliseconds for a page with 1,000 and with many objects, asked for after a change, so
    that nothing is answered from memory; and for the first time. Whether targets hold."""
    from trunkline.emulator import Emulator, running
    from trunkline.emulator.storage.records import Scope
    from trunkline.pipeline import load_api

    def fill(emulator: Emulator, operation: str, count: int) -> str:
        plan = emulator.compiler.compiled(emulator.api.operation(operation)).resource
        assert plan is not None
        scope = Scope(emulator.accounts[0].name)
        first = emulator.objects.add(plan, scope, {})
        with emulator.store.transaction():
            for index in range(count):
                name = f"object {index * 7919 % count}"
                document = {
                    **first.document,
                    "id": str(10**18 + index),
                    "name": name,
                    "connection_name": name,
                    "outbound": {"outbound_voice_profile_id": str(1293384261075731499 - index % 2)},
                }
                emulator.store.insert(plan.table, scope, str(document["id"]), document)
        return first.id

    api = load_api("telnyx").api
    with ExitStack() as stack:
        clients = []
        for count in (1000, objects):
            print(f"{count} stored objects", file=sys.stderr, flush=True)
            server = stack.enter_context(running(api))
            client = httpx2.Client(base_url=server.url, headers=HEADERS)
            ids = {o: fill(server.emulator, o, count) for o in (PROFILES, CONNECTIONS)}
            clients.append((stack.enter_context(client), ids))
        rows, targets = [], []
        for label, (operation, query) in QUERIES.items():
            path = api.operation(operation).path
            name = "name" if operation == PROFILES else "connection_name"
            took: list[list[float]] = [[], []]
            for turn in range(31):
                for (client, ids), times in zip(clients, took, strict=True):
                    changed = {name: f"turn number {turn}"}
                    client.patch(f"{path}/{ids[operation]}", json=changed).raise_for_status()
                    begun = time.perf_counter()
                    client.get(f"{path}?{query}").raise_for_status()
                    times.append((time.perf_counter() - begun) * 1000)
            first = took[1][0]
            few, many = took[0][1:], took[1][1:]
            grown = ratio(many, few)
            targets.append(target(f"{objects:,} objects, {label}", grown, 2, "x"))
            rows.append(
                f"| {label} | {statistics.median(few):.1f} | {statistics.median(many):.1f} "
                f"| {grown:.1f} | {first:.0f} |"
            )
    return rows, targets


def main() -> None:
    """Measure and print the section."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--seconds", type=int, default=1)
    parser.add_argument("--objects", type=int, default=100_000)
    arguments = parser.parse_args()
    if shutil.which("wrk") is None:
        sys.exit("wrk is not installed (Debian: apt install wrk)")
    names = ["Trunkline", *(n for n in PEERS if n != "Prism" or PRISM.exists())]
    if "Prism" not in names:
        print("Prism is not installed: python peers/install.py tools", file=sys.stderr)
    loads, load_targets = under_load(names, arguments.rounds, arguments.seconds)
    starts, start_targets = start_up(names)
    pages, page_targets = stored(arguments.objects)
    ratios = " | ".join(f"ratio to {name}" for name in names[1:])
    print(
        "## The emulator under load\n\n"
        f"wrk, 16 connections, {STORED} stored objects of the telnyx description and those that "
        "creating adds: requests per second · p50 ms · p99 ms. Trunkline validates every request, "
        "keeps state and answers with it; Prism validates and answers with examples; the bare "
        "Starlette route on the same server validates nothing.\n\n"
        f"| load | {' | '.join(names)} | {ratios} |\n|{' --- |' * (2 * len(names))}"
    )
    print("\n".join(loads))
    answering = [name for name in names if name != "bare"]
    print(
        "\nThe bare route is the limit of the stack: where it is not five times as fast as Prism, "
        "as in creating, nothing built on it can be. Creating also checks the request, makes a "
        "complete object of it that fits its schema, and commits it to SQLite. A list that is "
        "asked for again before anything changed is not made again; a new filter on a name looks "
        "at every object once. What is created is kept, and takes memory."
    )
    print(
        "\nFrom the command to the first answer, and memory then:\n\n"
        f"| description | {' | '.join(answering)} |\n|{' --- |' * (1 + len(answering))}"
    )
    print("\n".join(starts))
    imports = importing()
    print(
        f"\nStarting Python and importing the libraries (uvicorn, typer, pydantic for typer, "
        f"jsonschema-rs, PyYAML) takes {imports['libraries']:.2f} s of it, importing Trunkline "
        f"{imports['all'] - imports['libraries']:.2f} s; the rest is the description: reading it "
        "with positions, and the intermediate representation. Validators are compiled when an "
        "operation is first called."
    )
    print(
        "\nA page of 20 after a change, ms:\n\n"
        f"| list | 1,000 objects | {arguments.objects:,} | ratio | the first time |\n"
        "| --- | ---: | ---: | ---: | ---: |"
    )
    print("\n".join(pages))
    print("\n" + "\n".join([*load_targets, *start_targets, *page_targets]))


if __name__ == "__main__":
    main()
