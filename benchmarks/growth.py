"""How cost grows: with a description's operations, with stored objects, with shards.

    python benchmarks/growth.py [--plots FOLDER]

Prints a Markdown section and draws its plots as SVG. Descriptions are made here: resources of five
operations and one model of ten properties each. Each generation and shard
runs once, in a process of its own.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parent.parent
SCRIPTS = Path(sys.executable).parent
PEER = ROOT / ".peers" / "tools" / "openapi-python-client" / "bin" / "openapi-python-client"
OPERATIONS = (10, 50, 200, 500, 1000, 2000)
PEER_LIMIT = 1000
OBJECTS = (100, 1_000, 10_000, 50_000)
SHARDS = (1, 2, 4)
PAGES = ROOT / "docs" / "images"


def description(operations: int) -> dict[str, object]:
    """Collections with the usual five operations, `operations` in all."""
    paths: dict[str, object] = {}
    schemas: dict[str, object] = {"Error": {"type": "object", "properties": {"message": TEXT}}}
    for number in range(operations // 5):
        name = f"Thing{number:04}"
        schemas[name] = {
            "type": "object",
            "required": ["id", "name"],
            "properties": {
                "id": {"type": "string", "format": "uuid", "readOnly": True},
                "name": {"type": "string", "minLength": 1, "maxLength": 80},
                "kind": {"type": "string", "enum": ["small", "large"]},
                "count": {"type": "integer", "minimum": 0},
                "price": {"type": "number"},
                "active": {"type": "boolean", "default": True},
                "tags": {"type": "array", "items": {"type": "string"}},
                "made_at": {"type": "string", "format": "date-time", "readOnly": True},
                "note": {"type": ["string", "null"]},
                "size": {
                    "type": "object",
                    "properties": {"width": {"type": "number"}, "height": {"type": "number"}},
                },
            },
        }
        one, many = reference(name), {"type": "array", "items": reference(name)}
        path = f"/things-{number:04}"
        fails = {"400": answer(reference("Error")), "404": answer(reference("Error"))}
        body = {"required": True, "content": {"application/json": {"schema": one}}}
        at = {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}
        paths[path] = {
            "get": {"operationId": f"list{name}", "responses": {"200": answer(many), **fails}},
            "post": {
                "operationId": f"create{name}",
                "requestBody": body,
                "responses": {"201": answer(one), **fails},
            },
        }
        paths[f"{path}/{{id}}"] = {
            "parameters": [at],
            "get": {"operationId": f"get{name}", "responses": {"200": answer(one), **fails}},
            "patch": {
                "operationId": f"update{name}",
                "requestBody": body,
                "responses": {"200": answer(one), **fails},
            },
            "delete": {
                "operationId": f"delete{name}",
                "responses": {"204": {"description": "Gone"}, **fails},
            },
        }
    return {
        "openapi": "3.1.0",
        "info": {"title": "Growth", "version": "1.0.0"},
        "servers": [{"url": "http://127.0.0.1"}],
        "paths": paths,
        "components": {"schemas": schemas},
    }


TEXT = {"type": "string"}


def reference(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


def answer(schema: dict[str, object] | dict[str, str]) -> dict[str, object]:
    return {"description": "Answer", "content": {"application/json": {"schema": schema}}}


def timed(command: list[str | Path], folder: Path) -> tuple[float, float]:
    """Seconds and peak megabytes of one run; the tool must succeed."""
    started = time.perf_counter()
    child = subprocess.Popen(
        command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    _, status, usage = os.wait4(child.pid, 0)
    if status:
        raise RuntimeError(f"{command[0]} failed")
    return time.perf_counter() - started, usage.ru_maxrss / 1024


def by_operations() -> dict[str, dict[int, tuple[float, float]]]:
    """Generation: seconds and megabytes by the number of operations, ours and the peer's."""
    found: dict[str, dict[int, tuple[float, float]]] = {"Trunkline": {}}
    if PEER.exists():
        found["openapi-python-client"] = {}
    for count in OPERATIONS:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            path = folder / "growth.yaml"
            path.write_text(yaml.safe_dump(description(count)), encoding="utf-8")
            for tool, results in found.items():
                if tool == "Trunkline":
                    command = [SCRIPTS / "trunkline", "generate", path, "--out", "ours"]
                elif count <= PEER_LIMIT:
                    command = [PEER, "generate", "--path", path, "--output-path", "theirs"]
                else:
                    continue
                progress(f"{tool}: {count} operations")
                results[count] = timed([*command], folder)
    return found


STORED = """
import json, statistics, sys, time
import httpx2
from trunkline.emulator import running
from trunkline.pipeline import load_api

with running(load_api("telnyx").api) as server:
    headers = {"Authorization": "Bearer trunkline-token-1"}
    with httpx2.Client(base_url=server.url, headers=headers, timeout=60) as client:
        kept, results = 0, {}
        for count in map(int, sys.argv[1:]):
            while kept < count:
                body = {"name": f"profile {kept * 7919 % 100_003}"}
                client.post("/outbound_voice_profiles", json=body).raise_for_status()
                kept += 1
            times = []
            for turn in range(9):
                client.post("/outbound_voice_profiles", json={"name": "another"}).raise_for_status()
                kept += 1
                started = time.perf_counter()
                client.get("/outbound_voice_profiles?filter[name][contains]=99&sort=-name")
                times.append(time.perf_counter() - started)
            results[count] = statistics.median(times) * 1000
print(json.dumps(results))
"""


def by_objects() -> dict[int, float]:
    """Milliseconds for a filtered, sorted page after a change, by the objects stored."""
    done = subprocess.run(
        [sys.executable, "-c", STORED, *map(str, OBJECTS)],
        capture_output=True,
        text=True,
        check=True,
    )
    return {int(count): value for count, value in json.loads(done.stdout).items()}


def by_shards() -> dict[int, float]:
    """Seconds until the last of n machines is done: the slowest shard, run alone."""
    found = {}
    for count in SHARDS:
        slowest = 0.0
        for shard in range(1, count + 1):
            progress(f"shard {shard}/{count}")
            command: list[str | Path] = [SCRIPTS / "trunkline", "test", "telnyx"]
            seconds, _ = timed([*command, "--shard", f"{shard}/{count}"], ROOT)
            slowest = max(slowest, seconds)
        found[count] = slowest
    return found


def plot(path: Path, label: str, unit: str, lines: dict[str, dict[int, float]]) -> None:
    """One plot, both axes logarithmic, as a file whose bytes depend on the figures alone."""
    import matplotlib as mpl

    mpl.use("svg")
    from matplotlib import pyplot

    mpl.rcParams["svg.hashsalt"] = "trunkline"
    figure, axes = pyplot.subplots(figsize=(6.4, 3.6), layout="constrained")
    for name, values in lines.items():
        axes.plot(list(values), list(values.values()), marker="o", label=name)
    axes.set(xscale="log", yscale="log", xlabel=label, ylabel=unit)
    axes.set_xticks(sorted({x for values in lines.values() for x in values}))
    axes.get_xaxis().set_major_formatter("{x:,.0f}")
    axes.get_xaxis().set_minor_locator(mpl.ticker.NullLocator())
    axes.get_yaxis().set_major_formatter("{x:g}")
    axes.grid(visible=True, alpha=0.3)
    if len(lines) > 1:
        axes.legend()
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path, metadata={"Date": None, "Creator": None})
    pyplot.close(figure)


def progress(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description="How cost grows.")
    parser.add_argument("--plots", type=Path, default=PAGES, help="folder of the plots")
    folder = parser.parse_args().plots

    operations = by_operations()
    objects = by_objects()
    shards = by_shards()
    seconds = {
        tool: {n: seconds for n, (seconds, _) in found.items()}
        for tool, found in operations.items()
    }
    plot(folder / "growth-operations.svg", "operations", "seconds to generate", seconds)
    plot(folder / "growth-objects.svg", "stored objects", "ms for a page", {"": objects})
    plot(folder / "growth-shards.svg", "shards", "seconds to a verdict", {"": shards})

    print("## How cost grows\n")
    print("Generating a client, formatted, process start included:\n")
    print("| operations | " + " | ".join(f"{tool}, s | MB" for tool in operations) + " |")
    print("| ---: |" + " ---: | ---: |" * len(operations))
    for count in OPERATIONS:
        cells = []
        for found in operations.values():
            value = found.get(count)
            cells += [f"{value[0]:.1f}", f"{value[1]:.0f}"] if value else ["-", "-"]
        print(f"| {count:,} | " + " | ".join(cells) + " |")
    if PEER.exists():
        print(f"\nopenapi-python-client is not run beyond {PEER_LIMIT:,} operations.")
    print("\n![Seconds by operations](images/growth-operations.svg)\n")
    print("A filtered, sorted page of 20 from the emulator, after a change:\n")
    print("| stored objects | ms | against the smallest |\n| ---: | ---: | ---: |")
    for count, value in objects.items():
        print(f"| {count:,} | {value:.1f} | {value / objects[OBJECTS[0]]:.1f} |")
    print("\n![Milliseconds by stored objects](images/growth-objects.svg)\n")
    print("`trunkline test telnyx`, smoke profile: the slowest shard, each run alone:\n")
    print("| shards | s | of one |\n| ---: | ---: | ---: |")
    for count, value in shards.items():
        print(f"| {count} | {value:.1f} | {value / shards[1]:.2f} |")
    print("\n![Seconds by shards](images/growth-shards.svg)")


if __name__ == "__main__":
    main()
