"""Edits of YAML and JSON text by JSON pointer: everything that is not edited stays as it is.

What a merge key (`<<`) brings is edited where it is brought to: the member is written out there,
and what it was merged from stays. The same for data without text: `edit_data`.
"""

from __future__ import annotations

import copy
import dataclasses
import json
from collections.abc import Sequence
from dataclasses import dataclass

import yaml

from trunkline.ir import Json
from trunkline.pointer import escape, join, split, unescape
from trunkline.source import Value


@dataclass(frozen=True, slots=True)
class SetKey:
    """Set the member `key` of the mapping at `pointer`."""

    pointer: str
    key: str
    value: Json


@dataclass(frozen=True, slots=True)
class RemoveKey:
    """Remove the member `key` of the mapping at `pointer`."""

    pointer: str
    key: str


@dataclass(frozen=True, slots=True)
class Append:
    """Put `value` at the end of the list at `pointer`."""

    pointer: str
    value: Json


@dataclass(frozen=True, slots=True)
class RemoveItem:
    """Remove `value` from the list at `pointer`; a list that becomes empty goes too."""

    pointer: str
    value: Json


Edit = SetKey | RemoveKey | Append | RemoveItem


_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class CannotEditError(Exception):
    """The place is not there, or written in a way that is not edited: an alias, a tag."""


def apply(text: str, edit: Edit) -> str:
    """`text` with one edit made; `CannotEditError` when it cannot be."""
    root = yaml.compose(text, Loader=_LOADER)
    if root is None:
        raise CannotEditError("empty")
    file = _File(text, root, quoted=text.lstrip()[:1] in {"{", "["})
    edit = file.written_out(edit)
    match edit:
        case SetKey(pointer, key, value):
            return file.put(_mapping(file.at(pointer)), key, value)
        case RemoveKey(pointer, key):
            return file.drop(_mapping(file.at(pointer)), key)
        case Append(pointer, value):
            return file.add(_sequence(file.at(pointer)), value)
        case RemoveItem(pointer, value):
            node = _sequence(file.at(pointer))
            if len(node.value) == 1 and _plain(node.value[0]) == value:
                above, _, key = pointer.rpartition("/")
                return file.drop(_mapping(file.at(above)), unescape(key))
            return file.take(node, value)


def sharing(text: str, edit: Edit) -> list[str]:
    """Where else the text that an edit changes is used, by an alias or a merge key: pointers."""
    root = yaml.compose(text, Loader=_LOADER)
    if root is None or "*" not in text:
        return []
    try:
        file = _File(text, root, quoted=False)
        edit = file.written_out(edit)
        tokens = split(edit.pointer)
        way = {
            id(file.at(join(tokens[: n + 1]))): join(tokens[: n + 1]) for n in range(len(tokens))
        }
    except CannotEditError:
        return []
    found: list[str] = []
    stack: list[tuple[yaml.Node, str]] = [(root, "")]
    while stack:
        node, pointer = stack.pop()
        if way.get(id(node), pointer) != pointer:
            found.append(pointer.removesuffix("/<<"))
            continue
        if isinstance(node, yaml.MappingNode):
            stack += [(value, f"{pointer}/{escape(str(k.value))}") for k, value in node.value]
        elif isinstance(node, yaml.SequenceNode):
            stack += [(value, f"{pointer}/{n}") for n, value in enumerate(node.value)]
    return sorted(found)


def edit_data(data: Value, edit: Edit) -> None:
    """Make one edit in plain data; `CannotEditError` where its place is not there, or nothing is
    to be done."""
    holder = at_pointer(data, edit.pointer)
    match edit:
        case SetKey(_, key, value) if isinstance(holder, dict):
            holder[key] = copy.deepcopy(value)
        case RemoveKey(_, key) if isinstance(holder, dict) and key in holder:
            del holder[key]
        case Append(_, value) if isinstance(holder, list) and value not in holder:
            holder.append(copy.deepcopy(value))
        case RemoveItem(pointer, value) if isinstance(holder, list) and value in holder:
            holder.remove(value)
            if not holder:
                container = at_pointer(data, pointer.rpartition("/")[0])
                if isinstance(container, dict):
                    del container[split(pointer)[-1]]
        case _:
            raise CannotEditError(edit.pointer)


def at_pointer(data: Value, pointer: str) -> Value:
    """What stands at a pointer in plain data; `CannotEditError` where nothing does."""
    for token in split(pointer):
        if isinstance(data, dict) and token in data:
            data = data[token]
        elif isinstance(data, list) and token.isdigit() and int(token) < len(data):
            data = data[int(token)]
        else:
            raise CannotEditError(pointer)
    return data


def _mapping(node: yaml.Node) -> yaml.MappingNode:
    if not isinstance(node, yaml.MappingNode):
        raise CannotEditError("no mapping")
    return node


def _sequence(node: yaml.Node) -> yaml.SequenceNode:
    if not isinstance(node, yaml.SequenceNode):
        raise CannotEditError("no list")
    return node


def _plain(node: yaml.Node) -> Json:
    value: Json = yaml.SafeLoader("").construct_document(node)
    return value


class _File:
    def __init__(self, text: str, root: yaml.Node, *, quoted: bool) -> None:
        self._text = text
        self._root = root
        self._quoted = quoted
        """JSON: keys and texts are always in double quotes."""

    def written_out(self, edit: Edit) -> Edit:
        """The edit as one of the nearest mapping that has what is to be edited from a merge key:
        the member whole, as it is after the edit."""
        node = self._root
        tokens = split(edit.pointer)
        for depth, token in enumerate(tokens):
            if not isinstance(node, yaml.MappingNode):
                if not isinstance(node, yaml.SequenceNode) or not token.isdigit():
                    return edit
                if int(token) >= len(node.value):
                    return edit
                node = node.value[int(token)]
                continue
            found = _member(node, token)
            if found is None:
                merged = _merged(node, token)
                if merged is None:
                    return edit
                holder: dict[str, Value] = {token: _plain(merged)}
                edit_data(holder, dataclasses.replace(edit, pointer=join(tokens[depth:])))
                return SetKey(join(tokens[:depth]), token, holder[token])
            key = next(name for name, _ in node.value if name.value == token)
            if found.start_mark.index < key.start_mark.index:  # an alias stands for its anchor
                raise CannotEditError("written with an alias")
            node = found
        return edit

    def at(self, pointer: str) -> yaml.Node:
        """The node that a JSON pointer leads to."""
        node = self._root
        for token in pointer.split("/")[1:]:
            if isinstance(node, yaml.MappingNode):
                found = _member(node, unescape(token))
            elif isinstance(node, yaml.SequenceNode) and token.isdigit():
                found = node.value[int(token)] if int(token) < len(node.value) else None
            else:
                found = None
            if found is None:
                raise CannotEditError(pointer)
            node = found
        return node

    # ------------------------------------------------------------- printing

    def _flow(self, value: Json) -> str:
        """`value` on one line."""
        if self._quoted:
            return json.dumps(value, ensure_ascii=False)
        if isinstance(value, dict):
            return f"{{{', '.join(f'{self._flow(k)}: {self._flow(v)}' for k, v in value.items())}}}"
        if isinstance(value, list):
            return f"[{', '.join(map(self._flow, value))}]"
        printed = yaml.safe_dump(
            value, width=10**9, allow_unicode=True, default_flow_style=True
        ).removesuffix("...\n")
        return printed.strip() if isinstance(value, str) else json.dumps(value)

    def _block(self, value: Json, indent: int) -> str:
        """`value` after `key:`, spread over lines where it is a mapping of mappings."""
        if not isinstance(value, dict) or not any(isinstance(v, dict) for v in value.values()):
            return f" {self._flow(value)}"
        margin = " " * (indent + 2)
        return "".join(
            f"\n{margin}{self._flow(k)}:{self._block(v, indent + 2)}" for k, v in value.items()
        )

    # -------------------------------------------------------------- editing

    def put(self, node: yaml.MappingNode, key: str, value: Json) -> str:
        known = _member(node, key)
        if known is not None:
            start, end = known.start_mark.index, _end(self._text, known)
            if self._text[start : start + 1] in {"&", "*", "!"}:
                raise CannotEditError(key)
            return self._replace(start, end, self._flow(value))
        if node.flow_style or not node.value:
            return self._into_flow(node, f"{self._flow(key)}: {self._flow(value)}")
        first, last = node.value[0][0], node.value[-1][1]
        indent = first.start_mark.column
        line = f"{' ' * indent}{self._flow(key)}:{self._block(value, indent)}"
        return self._after_line(_end(self._text, last), line)

    def add(self, node: yaml.SequenceNode, value: Json) -> str:
        if node.flow_style or not node.value:
            return self._into_flow(node, self._flow(value))
        first = node.value[0].start_mark.index
        dash = self._text.rindex("-", 0, first)
        indent = dash - self._line_start(dash)
        line = f"{' ' * indent}- {self._flow(value)}"
        return self._after_line(_end(self._text, node.value[-1]), line)

    def drop(self, node: yaml.MappingNode, key: str) -> str:
        index = next((i for i, (k, _) in enumerate(node.value) if k.value == key), None)
        if index is None:
            raise CannotEditError(key)
        spans = [(k.start_mark.index, _end(self._text, v)) for k, v in node.value]
        return self._cut(node, spans, index)

    def take(self, node: yaml.SequenceNode, value: Json) -> str:
        index = next((i for i, item in enumerate(node.value) if _plain(item) == value), None)
        if index is None:
            raise CannotEditError("not in the list")
        spans = [(item.start_mark.index, _end(self._text, item)) for item in node.value]
        if not node.flow_style:
            spans = [(self._text.rindex("-", 0, start), end) for start, end in spans]
        return self._cut(node, spans, index)

    def _cut(self, node: yaml.CollectionNode, spans: Sequence[tuple[int, int]], index: int) -> str:
        start, end = spans[index]
        if len(spans) == 1:
            empty = "{}" if isinstance(node, yaml.MappingNode) else "[]"
            return self._replace(node.start_mark.index, _end(self._text, node), empty)
        if node.flow_style:
            if index + 1 < len(spans):
                return self._replace(start, spans[index + 1][0], "")
            return self._replace(spans[index - 1][1], end, "")
        line = self._line_start(start)
        if self._text[line:start].strip():  # the first member of a list's item, after its dash
            return self._replace(start, spans[index + 1][0], "")
        return self._replace(line, self._line_end(end) + 1, "")

    def _into_flow(self, node: yaml.CollectionNode, member: str) -> str:
        if not node.value:
            closed = f"{{{member}}}" if isinstance(node, yaml.MappingNode) else f"[{member}]"
            return self._replace(node.start_mark.index, node.end_mark.index, closed)
        last = node.value[-1]
        first = node.value[0]
        if isinstance(node, yaml.MappingNode):
            last, first = last[1], first[0]
        where = _end(self._text, last)
        if first.start_mark.line == node.start_mark.line:
            return self._replace(where, where, f", {member}")
        return self._replace(where, where, f",\n{' ' * first.start_mark.column}{member}")

    def _after_line(self, index: int, line: str) -> str:
        end = self._line_end(index)
        return f"{self._text[:end]}\n{line}{self._text[end:]}"

    def _line_start(self, index: int) -> int:
        return self._text.rfind("\n", 0, index) + 1

    def _line_end(self, index: int) -> int:
        found = self._text.find("\n", index)
        return len(self._text) if found < 0 else found

    def _replace(self, start: int, end: int, text: str) -> str:
        return self._text[:start] + text + self._text[end:]


def _merged(node: yaml.MappingNode, key: str) -> yaml.Node | None:
    """The member that a merge key brings, unless another one of the mapping hides it."""
    for name, value in node.value:
        if name.tag != "tag:yaml.org,2002:merge":
            continue
        sources = value.value if isinstance(value, yaml.SequenceNode) else [value]
        for source in sources:
            if isinstance(source, yaml.MappingNode):
                found = _member(source, key) or _merged(source, key)
                if found is not None:
                    return found
    return None


def _member(node: yaml.MappingNode, key: str) -> yaml.Node | None:
    return next((value for name, value in node.value if name.value == key), None)


def _end(text: str, node: yaml.Node) -> int:
    """Where the last character of a node's own text stands, comments after it left out."""
    if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        return _end(text, last[1] if isinstance(node, yaml.MappingNode) else last)
    if isinstance(node, yaml.ScalarNode) and node.style in {"|", ">"}:
        return len(text[: node.end_mark.index].rstrip())
    index: int = node.end_mark.index
    return index
