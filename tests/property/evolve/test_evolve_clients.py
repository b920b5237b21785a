"""A client of the old description calls a server of the new one, after random edits.

Whatever is called compatible on the wire must not make a call fail that worked before. Answers are
held to the old models strictly, as users see them who read what they were promised.
"""

import importlib
import random
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from trunkline.emulator import running
from trunkline.evolve import Verdict, compare
from trunkline.names import default_package
from trunkline.pipeline.generate import plan_package, write_package

Calls = dict[str, Callable[[Any], object]]


def scenario(grammar: Any, old: Any) -> Calls:
    """Every operation with values from the old description; each call stands for itself."""
    path, item = old["paths"]["/widgets"], old["paths"]["/widgets/{widget_id}"]
    body = path["post"]["requestBody"]["content"]["application/json"]["schema"]
    change = item["patch"]["requestBody"]["content"]["application/json"]["schema"]
    calls: Calls = {}

    def lives(value: dict[str, Any], headers: dict[str, Any]) -> Callable[[Any], object]:
        def call(client: Any) -> None:
            made = client.widgets.create(**value, **headers)
            read = client.widgets.retrieve(str(made.id))
            assert read.id == made.id
            for name in value:
                assert hasattr(read, name)
            client.widgets.delete(str(made.id))

        return call

    def changes(value: dict[str, Any]) -> Callable[[Any], object]:
        def call(client: Any) -> None:
            made = client.widgets.create(**grammar.objects(old, body)[0])
            client.widgets.update(str(made.id), **value)
            client.widgets.delete(str(made.id))

        return call

    def lists(arguments: dict[str, Any]) -> Callable[[Any], object]:
        def call(client: Any) -> None:
            made = client.widgets.create(**grammar.objects(old, body)[0])
            found = client.widgets.list(**arguments)
            assert made.id in [one.id for one in found]
            # A list has as many as it may have: the others are not to be among them.
            client.widgets.delete(str(made.id))

        return call

    trace = [{}, {"x_trace": "t"}] if path["post"]["parameters"] else [{}]
    for value in grammar.objects(old, body):
        calls[f"create {value}"] = lives(value, trace[-1])
    calls["create without headers"] = lives(grammar.objects(old, body)[0], {})
    for value in grammar.objects(old, change):
        calls[f"update {value}"] = changes(value)
    listed = path["get"]["parameters"]
    needed = {p["name"]: grammar.values(old, p["schema"])[0] for p in listed if p["required"]}
    calls[f"list {needed}"] = lists(needed)
    for parameter in listed:
        for value in grammar.values(old, parameter["schema"]):
            arguments = {**needed, parameter["name"]: value}
            calls[f"list {arguments}"] = lists(arguments)
    return calls


class Old:
    """A description, its client, and the calls that work with a server of it."""

    def __init__(self, grammar: Any, seed: int, folder: Path) -> None:
        self.grammar, self.folder = grammar, folder
        self.rng = random.Random(seed)
        self.document = grammar.description(self.rng)
        self.api = grammar.lowered(self.document, folder)
        name = f"evolving{seed}"
        write_package(plan_package(folder / "openapi.yaml", out=folder / "package", name=name))
        sys.path.insert(0, str(folder / "package"))
        self.module = importlib.import_module(default_package(name).module)
        self.client = getattr(self.module, default_package(name).client)
        self.calls = scenario(grammar, self.document)
        failed = self.failures(self.api)
        self.calls = {name: call for name, call in self.calls.items() if name not in failed}
        assert len(failed) <= len(self.calls) // 10, failed

    def close(self) -> None:
        sys.path.remove(str(self.folder / "package"))
        for name in [n for n in sys.modules if n.startswith(self.module.__name__)]:
            del sys.modules[name]

    def failures(self, api: Any) -> dict[str, str]:
        """Which of the calls fail with a server of `api`, and how."""
        failed: dict[str, str] = {}
        with running(api) as server:
            base, token = server.url, server.credentials.get("token", "")
            key = server.credentials.get("key", token)
            with self.client(api_key=key, base_url=base, max_retries=0, strict=True) as client:
                for name, call in self.calls.items():
                    try:
                        call(client)
                    except Exception as error:
                        failed[name] = f"{type(error).__name__}: {error}"
        return failed


def misjudged(old: Old, number: int) -> tuple[list[str], int]:
    """Edits that are called compatible and break a call; how many of five breaking ones do."""
    wrong, tried, broke = [], 0, 0
    for _ in range(number):
        edit = old.grammar.random_edit(old.rng, old.document)
        new = old.grammar.lowered(edit.new, old.folder)
        if new is None:
            continue
        verdicts = {change.http for change in compare(old.api, new)}
        safe = verdicts <= {Verdict.COMPATIBLE}
        tried += not safe
        if not safe and (tried > 5 or Verdict.BREAKING not in verdicts):
            continue
        failed = old.failures(new)
        broke += bool(failed) and not safe
        if failed and safe:
            wrong.append(f"{edit.what}: {failed}")
    return wrong, broke


def judge(grammar: Any, seeds: range, folder: Path, number: int) -> None:
    wrong: list[str] = []
    broke = 0
    for seed in seeds:
        place = folder / str(seed)
        place.mkdir()
        old = Old(grammar, seed, place)
        try:
            found, noticed = misjudged(old, number)
        finally:
            old.close()
        wrong += [f"seed {seed}: {one}" for one in found]
        broke += noticed
    assert not wrong, "\n".join(wrong)
    # No client notices what it does not use, so that a description may have too little to notice.
    assert broke >= len(seeds), "the calls notice hardly anything"


def test_what_is_called_compatible_breaks_no_client(grammar, tmp_path):
    judge(grammar, range(4), tmp_path, 25)


@pytest.mark.exhaustive
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("start", range(100, 120, 10))
def test_what_is_called_compatible_breaks_no_client_of_many(grammar, start, tmp_path):
    """Twenty descriptions, 1,200 edits: about thirty of each kind that the grammar makes."""
    judge(grammar, range(start, start + 10), tmp_path, 60)
