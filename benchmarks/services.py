"""Real services that nobody here wrote: causes found, strangers' objects unharmed, leftovers.

    python benchmarks/services.py [--seconds N] [--service NAME] [--keep FOLDER]

Each run is a command against a service started for it alone, on loopback, in a temporary folder,
that holds objects of somebody else. What a command did to them is read from the service's own
database, before and after. What it found is looked up in `services.tsv`, where a person wrote for
each cause whether it is real; `--keep` writes the reports for that into a folder.
"""

from __future__ import annotations

import argparse
import contextlib
import csv
import json
import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import httpx2

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
PEERS = ROOT / ".peers" / "services"
TABLE = Path(__file__).with_suffix(".tsv")
PATIENCE = 180
"""Seconds that a service has to answer for the first time."""

Rows = dict[str, dict[tuple[object, ...], tuple[object, ...]]]
"""Rows of each table, by primary key."""


@dataclass(frozen=True)
class Service:
    """How one is started, filled and described."""

    name: str
    command: Callable[[Path, int], list[object]]
    description: str
    """Where it serves its description."""
    ready: str
    fill: Callable[[httpx2.Client], None]
    database: str
    tables: tuple[str, ...]
    """Those that hold what people make."""
    base: str = ""
    """Path that the description's paths are relative to."""
    environment: Callable[[Path, int], dict[str, str]] = lambda _folder, _port: {}
    ignored: tuple[str, ...] = ()
    """Columns that the service changes by itself."""
    ours: tuple[str, ...] = ()
    theirs: tuple[str, ...] = ()
    """How each tool is told the credential."""


# ---------------------------------------------------------------------- somebody else's objects


def made(response: httpx2.Response) -> object:
    """What a creation answered; it has to succeed."""
    response.raise_for_status()
    return response.json() if response.content else None


def fill_chromadb(client: httpx2.Client) -> None:
    """A tenant, a database, and collections with records."""
    made(client.post("/api/v2/tenants", json={"name": "stranger"}))
    made(client.post("/api/v2/tenants/stranger/databases", json={"name": "stranger_db"}))
    made(client.post("/api/v2/tenants/default_tenant/databases", json={"name": "others_db"}))
    for tenant, database in (
        ("default_tenant", "default_database"),
        ("default_tenant", "others_db"),
        ("stranger", "stranger_db"),
    ):
        base = f"/api/v2/tenants/{tenant}/databases/{database}/collections"
        for name in ("papers", "letters"):
            identity = made(client.post(base, json={"name": name, "metadata": {"kept": "yes"}}))
            records = {
                "ids": ["one", "two"],
                "embeddings": [[0.1, 0.2, 0.3], [0.4, 0.5, 0.6]],
                "documents": ["first", "second"],
            }
            made(client.post(f"{base}/{identity['id']}/add", json=records))


def fill_phoenix(client: httpx2.Client) -> None:
    """A project with spans, a dataset, a prompt, an annotation configuration and a label."""
    made(client.post("/v1/projects", json={"name": "strangers-project", "description": "kept"}))
    span = {
        "name": "work",
        "context": {"trace_id": "0af7651916cd43dd8448eb211c80319c", "span_id": "b7ad6b7169203331"},
        "span_kind": "CHAIN",
        "start_time": "2026-01-02T03:04:05Z",
        "end_time": "2026-01-02T03:04:06Z",
        "status_code": "OK",
    }
    made(client.post("/v1/projects/strangers-project/spans", json={"data": [span]}))
    dataset = {
        "name": "strangers-dataset",
        "inputs": [{"question": "one"}, {"question": "two"}],
        "outputs": [{"answer": "1"}, {"answer": "2"}],
        "action": "create",
    }
    made(client.post("/v1/datasets/upload", params={"sync": "true"}, json=dataset))
    version = {
        "model_provider": "OPENAI",
        "model_name": "model",
        "template": {"type": "chat", "messages": [{"role": "user", "content": "hello"}]},
        "template_type": "CHAT",
        "template_format": "MUSTACHE",
        "invocation_parameters": {"type": "openai", "openai": {}},
    }
    body = {"prompt": {"name": "strangers-prompt"}, "version": version}
    made(client.post("/v1/prompts", json=body))
    config = {"name": "strangers-config", "type": "FREEFORM"}
    made(client.post("/v1/annotation_configs", json=config))
    made(client.post("/v1/dataset_labels", json={"name": "strangers-label", "color": "#112233"}))


def fill_prefect(client: httpx2.Client) -> None:
    """Flows with runs and a deployment, a work pool with a queue, a variable and more."""
    for name in ("strangers-flow", "strangers-other-flow"):
        flow = made(client.post("/api/flows/", json={"name": name, "tags": ["kept"]}))
        body = {"name": f"{name}-run", "flow_id": flow["id"]}
        run = made(client.post("/api/flow_runs/", json=body))
        made(client.post("/api/deployments/", json={"name": "kept", "flow_id": flow["id"]}))
        task = {"flow_run_id": run["id"], "task_key": "step", "dynamic_key": "0"}
        made(client.post("/api/task_runs/", json=task))
    made(client.post("/api/work_pools/", json={"name": "strangers-pool", "type": "process"}))
    made(client.post("/api/work_pools/strangers-pool/queues", json={"name": "strangers-queue"}))
    made(client.post("/api/variables/", json={"name": "strangers_variable", "value": "kept"}))
    made(client.post("/api/artifacts/", json={"key": "strangers", "type": "markdown", "data": "x"}))
    limit = {"tag": "strangers", "concurrency_limit": 3}
    made(client.post("/api/concurrency_limits/", json=limit))
    made(client.post("/api/v2/concurrency_limits/", json={"name": "strangers", "limit": 3}))
    made(client.put("/api/saved_searches/", json={"name": "strangers-search"}))
    automation = {
        "name": "strangers-automation",
        "trigger": {"type": "event", "posture": "Reactive", "threshold": 1, "within": 0},
        "actions": [{"type": "do-nothing"}],
    }
    made(client.post("/api/automations/", json=automation))


def fill_tiled(client: httpx2.Client) -> None:
    """Containers in a container, with what is known about them."""
    client.headers["Authorization"] = "Apikey secret"
    for path, name in (("", "strangers"), ("strangers", "inner"), ("strangers", "other")):
        body = {
            "id": name,
            "structure_family": "container",
            "metadata": {"kept": "yes"},
            "data_sources": [],
            "specs": [],
        }
        made(client.post(f"/api/v1/metadata/{path}", json=body))


SERVICES = (
    Service(
        "chromadb",
        lambda folder, port: (
            ["chroma", "run", "--path", folder, "--host", "127.0.0.1", "--port", port]
        ),
        "/openapi.json",
        "/api/v2/heartbeat",
        fill_chromadb,
        "chroma.sqlite3",
        ("tenants", "databases", "collections", "collection_metadata", "embeddings_queue"),
    ),
    Service(
        "arize-phoenix",
        lambda _folder, _port: ["phoenix", "serve"],
        "/openapi.json",
        "/v1/projects",
        fill_phoenix,
        "phoenix.db",
        (
            "projects",
            "traces",
            "spans",
            "datasets",
            "dataset_versions",
            "dataset_examples",
            "prompts",
            "prompt_versions",
            "prompt_version_tags",
            "annotation_configs",
            "dataset_labels",
            "dataset_splits",
            "experiments",
            "users",
            "api_keys",
            "secrets",
        ),
        environment=lambda folder, port: {
            "PHOENIX_WORKING_DIR": str(folder),
            "PHOENIX_HOST": "127.0.0.1",
            "PHOENIX_PORT": str(port),
            "PHOENIX_GRPC_PORT": str(free_port()),
            "PHOENIX_TELEMETRY_ENABLED": "false",
        },
    ),
    Service(
        "prefect",
        lambda _folder, port: (
            ["prefect", "server", "start", "--host", "127.0.0.1", "--port", port, "--no-services"]
        ),
        "/api/openapi.json",
        "/api/ready",
        fill_prefect,
        "prefect.db",
        (
            "flow",
            "flow_run",
            "task_run",
            "deployment",
            "work_pool",
            "work_queue",
            "variable",
            "artifact",
            "artifact_collection",
            "concurrency_limit",
            "concurrency_limit_v2",
            "saved_search",
            "automation",
            "block_type",
            "block_schema",
            "block_document",
        ),
        base="/api",
        environment=lambda folder, _port: {
            "PREFECT_HOME": str(folder),
            "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
            "DO_NOT_TRACK": "1",
        },
        ignored=("estimated_run_time",),
    ),
    Service(
        "tiled",
        lambda folder, port: (
            [
                "tiled",
                "serve",
                "catalog",
                folder / "catalog.db",
                "--init",
                "--write",
                folder / "data",
                "--host",
                "127.0.0.1",
                "--port",
                port,
                "--api-key",
                "secret",
            ]
        ),
        "/openapi.json",
        "/healthz",
        fill_tiled,
        "catalog.db",
        ("nodes", "data_sources", "assets", "revisions"),
        ours=("--credential", "Apikey=Apikey secret"),
        theirs=("-H", "Authorization: Apikey secret"),
    ),
)


# ------------------------------------------------------------------------------ starting them


def free_port() -> int:
    """A port of loopback that nobody has now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextlib.contextmanager
def started(service: Service, folder: Path) -> Iterator[str]:
    """The address of a service that answers; it and its children end with the block."""
    port = free_port()
    home = folder / "home"
    home.mkdir()
    environment = {
        **{name: value for name, value in os.environ.items() if name in {"PATH", "LANG"}},
        "HOME": str(home),
        "TMPDIR": str(home),
        **service.environment(folder, port),
    }
    program, *arguments = service.command(folder, port)
    command = [PEERS / service.name / "bin" / str(program), *arguments]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            list(map(str, command)),
            cwd=folder,
            env=environment,
            stdout=log,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )
    url = f"http://127.0.0.1:{port}"
    try:
        wait_for(f"{url}{service.ready}", process)
        yield url
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def wait_for(url: str, process: subprocess.Popen[bytes]) -> None:
    """Until it answers with a success."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and process.poll() is None:
        with contextlib.suppress(httpx2.HTTPError):
            if httpx2.get(url, timeout=5).is_success:
                return
        time.sleep(0.5)
    sys.exit(f"{process.args[0]} did not start")


def state(service: Service, folder: Path) -> Rows:
    """The rows that people made, from the service's own database."""
    path = folder / service.database
    with contextlib.closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
        found: Rows = {}
        for table in service.tables:
            about = connection.execute(f"PRAGMA table_info({table})").fetchall()
            names = [row[1] for row in about]
            keys = [row[1] for row in sorted(about, key=lambda r: r[5]) if row[5]] or names
            found[table] = {}
            for row in connection.execute(f"SELECT * FROM {table}"):
                values = dict(zip(names, row, strict=True))
                key = tuple(values[name] for name in keys)
                kept = (v for name, v in values.items() if name not in service.ignored)
                found[table][key] = tuple(kept)
    return found


# ------------------------------------------------------------------------------ the two tools


@dataclass
class Run:
    """What one command came to."""

    seconds: float
    findings: list[str]
    """Each with its rule or check, its operation and what was seen, on one line."""
    harmed: list[str] = field(default_factory=list)
    left: int = 0


def trunkline(service: Service, spec: Path, url: str, seconds: float, kept: Path) -> list[str]:
    """`trunkline test` as it is."""
    report = kept / "report.jsonl"
    command: list[object] = [BIN / "trunkline", "test", spec, "--base-url", url, *service.ours]
    command += ["--max-seconds", seconds, "--json", report, "--html", kept / "report.html"]
    execute(command, kept)
    found = []
    for line in report.read_text(encoding="utf-8").rstrip("\n").split("\n"):
        record = json.loads(line)
        if record["kind"] not in {"violation", "gap", "hint"}:
            continue
        last = record["steps"][-1] if record["steps"] else {"method": "", "url": "", "answer": ""}
        where = last["url"].removeprefix(url)
        text = f"{record['rule']} {record['operation']} {record['subject']} {record['message']}"
        found.append(one_line(f"{text} | {last['method']} {where} {last['answer']}"))
    return found


def stock(service: Service, spec: Path, url: str, seconds: float, kept: Path) -> list[str]:
    """`schemathesis run` as it is, every check on."""
    junit = kept / "junit.xml"
    command: list[object] = [BIN / "schemathesis", "--config-file", os.devnull, "run", spec]
    command += ["--url", url, "--checks", "all", "--continue-on-failure", *service.theirs]
    command += ["--generation-database", ":memory:", "--seed", "0"]
    execute([*command, "--max-time", int(seconds), "--report-junit-path", junit], kept)
    found = []
    for case in ET.parse(junit).getroot().iter("testcase"):
        for failure in case.iter("failure"):
            for part in re.split(r"(?m)^- (?=[A-Z])", failure.text or "")[1:]:
                title, _, rest = part.partition("\n")
                found.append(one_line(f"{title} | {case.get('name')} | {rest}"))
    return found


def execute(command: list[object], folder: Path) -> None:
    """Run one to its end; what it says is kept."""
    with (folder / "output.txt").open("wb") as output:
        subprocess.run(
            list(map(str, command)), cwd=folder, check=False, stdout=output, stderr=output
        )


def one_line(text: str) -> str:
    """Without line ends, cut where it is longer than people read."""
    return " ".join(text.split())[:1500]


TOOLS = {"Trunkline": trunkline, "Schemathesis": stock}


def measured(service: Service, tool: str, seconds: float, keep: Path | None) -> Run:
    """One tool on one service that was started for it."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / "service"
        folder.mkdir()
        kept = keep / f"{service.name}-{tool}" if keep else Path(temporary) / "kept"
        kept.mkdir(parents=True, exist_ok=True)
        with started(service, folder) as url:
            spec = kept / f"{service.name}.json"
            spec.write_bytes(httpx2.get(f"{url}{service.description}").content)
            with httpx2.Client(base_url=url, timeout=60) as client:
                service.fill(client)
            time.sleep(2)
            before = state(service, folder)
            begun = time.perf_counter()
            found = TOOLS[tool](service, spec, f"{url}{service.base}", seconds, kept)
            run = Run(time.perf_counter() - begun, found)
            time.sleep(2)
            after = state(service, folder)
        if keep:
            (kept / "log").write_bytes((folder / "log").read_bytes())
    for table, rows in before.items():
        for key, row in rows.items():
            if after[table].get(key) != row:
                run.harmed.append(f"{table} {key}: {after[table].get(key, 'gone')} was {row}")
        run.left += len(after[table].keys() - rows.keys())
    return run


# ------------------------------------------------------------------------------ what a person said


@dataclass(frozen=True)
class Judged:
    """One cause, as a person judged it."""

    service: str
    verdict: str
    """`real` or `false`."""
    cause: str
    pattern: str
    """Regular expression that what both tools say of this cause matches."""
    reason: str


def judged() -> list[Judged]:
    """The committed table."""
    with TABLE.open(encoding="utf-8", newline="") as lines:
        rows = csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        next(rows)
        return [Judged(*row) for row in rows]


def looked_up(service: str, run: Run, table: list[Judged]) -> tuple[set[str], set[str], list[str]]:
    """Causes that are real, causes that are not, and findings that nobody has judged."""
    verdicts: dict[str, set[str]] = {"real": set(), "false": set()}
    open_ones = []
    for finding in run.findings:
        row = next(
            (r for r in table if r.service in (service, "*") and re.search(r.pattern, finding)),
            None,
        )
        if row is None:
            open_ones.append(finding)
        else:
            verdicts[row.verdict].add(row.cause)
    return verdicts["real"], verdicts["false"], open_ones


def main() -> None:
    """Print the section."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=float, default=60, help="budget of each run")
    parser.add_argument("--service", action="append", help="this one only; repeatable")
    parser.add_argument("--tool", action="append", choices=list(TOOLS), help="this one only")
    parser.add_argument("--keep", type=Path, help="folder for reports and logs")
    options = parser.parse_args()
    keep = options.keep.resolve() if options.keep else None
    table = judged()
    print(f"### Services that nobody here wrote, {options.seconds:.0f} s each\n")
    print("| service | tool | real causes | false | not judged | harmed | left | seconds |")
    print("| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |")
    sums = {tool: [0, 0, 0, 0, 0] for tool in TOOLS}
    missed = []
    for service in SERVICES:
        if options.service and service.name not in options.service:
            continue
        causes = {}
        for tool in options.tool or TOOLS:
            run = measured(service, tool, options.seconds, keep)
            real, false, unknown = looked_up(service.name, run, table)
            causes[tool] = real
            figures = [len(real), len(false), len(unknown), len(run.harmed), run.left]
            sums[tool] = [a + b for a, b in zip(sums[tool], figures, strict=True)]
            row = " | ".join(map(str, figures))
            print(f"| {service.name} | {tool} | {row} | {run.seconds:.0f} |", flush=True)
            log(f"== {service.name}, {tool}: {len(run.findings)} findings in {run.seconds:.0f} s")
            for title, lines in (("not judged", unknown), ("harmed", run.harmed)):
                for line in lines:
                    log(f"{title}: {line}")
            log(f"real: {', '.join(sorted(real))}\nfalse: {', '.join(sorted(false))}")
        if len(causes) == len(TOOLS):
            only = sorted(causes["Schemathesis"] - causes["Trunkline"])
            missed.append(f"- {service.name}: {'; '.join(only) or 'nothing'}.")
    for tool in options.tool or TOOLS:
        print(f"| **all** | {tool} | {' | '.join(f'**{n}**' for n in sums[tool])} | |")
    print(
        "\nA cause is a row of `benchmarks/services.tsv`, where it stands whether it is real and "
        "why; both tools are looked up there alike. Harmed: rows of somebody else's that the run "
        "changed or deleted. Left: rows that the run made and that are still there.\n"
    )
    if missed:
        print("Found by Schemathesis alone:\n\n" + "\n".join(missed))


def log(text: str) -> None:
    """Progress, out of the way of the section."""
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
