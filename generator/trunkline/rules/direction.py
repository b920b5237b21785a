"""Members have one direction, or none."""

from __future__ import annotations

from collections.abc import Iterator

from trunkline.diagnostics import Code
from trunkline.rules.rule import Context, Finding, Rule


def check(context: Context) -> Iterator[Finding]:
    """Both `readOnly` and `writeOnly`; `readOnly` and required in a schema of requests alone."""
    sent = _requests(context)
    answered = _answers(context)
    for part in context.parts:
        node = part.node
        if part.what == "property" and node.flag("readOnly") and node.flag("writeOnly"):
            yield Finding(node, f"{node.key!r} can be neither read nor written")
        if part.what != "schema" or not part.named or node.pointer not in sent - answered:
            continue
        required = node.get("required")
        names = required.value if required is not None else []
        properties = node.get("properties")
        for name, member in properties.items() if properties is not None else ():
            if member.flag("readOnly") and isinstance(names, list) and name in names:
                yield Finding(
                    member, f"{name!r} is required in requests, yet only the server may set it"
                )


def _requests(context: Context) -> set[str]:
    return {
        target
        for part in context.parts
        if part.what == "media type" and "/requestBody/" in part.node.pointer
        for target in _targets(part.node.value)
    }


def _answers(context: Context) -> set[str]:
    return {
        target
        for part in context.parts
        if part.what == "media type" and "/responses/" in part.node.pointer
        for target in _targets(part.node.value)
    }


def _targets(media: object) -> Iterator[str]:
    schema = media.get("schema") if isinstance(media, dict) else None
    ref = schema.get("$ref") if isinstance(schema, dict) else None
    if isinstance(ref, str) and ref.startswith("#"):
        yield ref[1:]


RULE = Rule(Code.RULE_DIRECTION, check)
