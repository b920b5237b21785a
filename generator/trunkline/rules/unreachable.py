"""Components are used by something."""

from __future__ import annotations

from collections.abc import Iterator

from trunkline.diagnostics import Code
from trunkline.ir import Json
from trunkline.pointer import split
from trunkline.rules.rule import Context, Finding, Rule
from trunkline.rules.walk import members

_KINDS = ("schemas", "responses", "parameters", "examples", "requestBodies", "headers")


def check(context: Context) -> Iterator[Finding]:
    """Components that no path, webhook or used component refers to."""
    root = context.root
    components = root.get("components")
    if components is None:
        return
    pending: list[Json] = [node.value for key, node in root.items() if key != "components"]
    schemes = components.get("securitySchemes")
    if schemes is not None:
        pending.append(schemes.value)
    reached: set[str] = set()
    while pending:
        value = pending.pop()
        if isinstance(value, list):
            pending.extend(value)
        elif isinstance(value, dict):
            pending.extend(value.values())
            mapping = value.get("mapping")
            names = list(mapping.values()) if isinstance(mapping, dict) else []
            for ref in (value.get("$ref"), *names):
                if isinstance(ref, str):
                    pending.extend(_target(context, ref, reached))
    for kind in _KINDS:
        for name, node in members(components.get(kind)):
            if f"#/components/{kind}/{name}" not in reached:
                yield Finding(node, f"Nothing refers to {name!r} in {kind}", "Use it or remove it.")


def _target(context: Context, ref: str, reached: set[str]) -> list[Json]:
    if not ref.startswith("#/components/"):
        ref = f"#/components/schemas/{ref}"
    tokens = split(ref[1:])
    component = "#/" + "/".join(tokens[:3])
    if component in reached:
        return []
    reached.add(component)
    node = context.root.at(tokens[:3])
    return [] if node is None else [node.value]


RULE = Rule(Code.RULE_UNREACHABLE, check)
