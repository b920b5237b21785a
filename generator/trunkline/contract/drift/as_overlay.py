"""Proposals as an OpenAPI overlay: one group of actions for each finding, its evidence above it."""

from __future__ import annotations

import copy
import textwrap
from collections.abc import Sequence

from trunkline.contract.drift.edits import (
    Append,
    CannotEditError,
    Edit,
    RemoveItem,
    RemoveKey,
    SetKey,
)
from trunkline.contract.drift.patch import Patch, evidence
from trunkline.contract.drift.propose import Proposal
from trunkline.contract.model import Finding
from trunkline.overlay import difference
from trunkline.pointer import split
from trunkline.source import Document, Value, written


def as_overlay(document: Document, proposals: Sequence[Proposal], title: str) -> Patch:
    """The edits of the description's own file, as one overlay to be laid over it as it is now,
    other overlays included; its text is empty where nothing is settled.

    Edits of other files that it refers to are none of an overlay: what needs them is not settled.
    """
    data = document.file.data
    settled: list[Finding] = []
    unsettled: list[Finding] = []
    done: set[str] = set()
    groups: list[str] = []
    for proposal in proposals:
        after = copy.deepcopy(data)
        made = False
        for name, edit in proposal.edits:
            if repr((name, edit)) in done:
                made = True
                continue
            if name != document.file.name:
                continue
            try:
                edit_data(after, edit)
            except CannotEditError:
                continue
            done.add(repr((name, edit)))
            made = True
        (settled if made else unsettled).append(proposal.violation)
        actions = difference(data, after, title=title)["actions"]
        if actions:
            comment = "".join(f"# {line}\n" for line in evidence(proposal.violation))
            groups.append(textwrap.indent(comment + written(actions), "  "))
            data = after
    head = written({"overlay": "1.0.0", "info": {"title": title, "version": "1"}})
    text = f"{head}actions:\n{''.join(groups)}" if groups else ""
    return Patch(text, tuple(settled), tuple(unsettled))


def edit_data(data: Value, edit: Edit) -> None:
    """Make one edit in plain data; `CannotEditError` where its place is not there."""
    holder = _at(data, edit.pointer)
    match edit:
        case SetKey(_, key, value) if isinstance(holder, dict):
            holder[key] = copy.deepcopy(value)
        case RemoveKey(_, key) if isinstance(holder, dict) and key in holder:
            del holder[key]
        case Append(_, value) if isinstance(holder, list):
            holder.append(copy.deepcopy(value))
        case RemoveItem(pointer, value) if isinstance(holder, list) and value in holder:
            holder.remove(value)
            if not holder:
                container = _at(data, pointer.rpartition("/")[0])
                if isinstance(container, dict):
                    del container[split(pointer)[-1]]
        case _:
            raise CannotEditError(edit.pointer)


def _at(data: Value, pointer: str) -> Value:
    for token in split(pointer):
        if isinstance(data, dict) and token in data:
            data = data[token]
        elif isinstance(data, list) and token.isdigit() and int(token) < len(data):
            data = data[int(token)]
        else:
            raise CannotEditError(pointer)
    return data
