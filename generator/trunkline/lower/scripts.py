"""Scripts of a behaviour file: each step has one verb, each name in a value is bound before it."""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from trunkline.diagnostics import Code, Diagnostics
from trunkline.ir import Json
from trunkline.ir import behaviour as b
from trunkline.source import Node

_VERBS: Final[Mapping[str, tuple[str, ...]]] = {
    "find": ("id", "where", "as", "missing"),
    "let": (),
    "need": ("else",),
    "when": ("do", "else"),
    "create": ("set", "as"),
    "update": ("set",),
    "delete": (),
    "each": ("as", "do"),
    "later": ("do",),
    "emit": ("data", "to"),
    "converse": ("with",),
    "hang_up": ("by",),
    "return": (),
}
_PATH: Final = re.compile(r"\$([A-Za-z_][A-Za-z0-9_]*)((?:\.[^.]+)*)\Z")
_DEEPEST: Final = 20


@dataclass(frozen=True, slots=True)
class Names:
    """What a script may refer to."""

    resources: frozenset[str]
    events: frozenset[str]
    schemas: frozenset[str]


class Fields:
    """Reading members of mappings, with a diagnostic for each that is not as it must be."""

    def __init__(self, diagnostics: Diagnostics) -> None:
        self._diagnostics = diagnostics

    def bad(self, node: Node, message: str, hint: str | None = None) -> None:
        """Report one fault."""
        self._diagnostics.add(Code.BAD_BEHAVIOUR, message, node.position, hint)

    def one_of(self, node: Node, name: str, known: Collection[str], what: str) -> bool:
        """Whether the name is known; reported if not."""
        if name in known:
            return True
        near = difflib.get_close_matches(name, list(known), 1)
        self.bad(
            node, f"there is no {what} {name!r}", f"Did you mean {near[0]!r}?" if near else None
        )
        return False

    def known(self, node: Node, keys: Collection[str]) -> None:
        """Report keys that are not among `keys`."""
        if not isinstance(node.value, dict):
            self.bad(node, "this is no mapping")
            return
        for key, member in node.items():
            if key not in keys:
                near = difflib.get_close_matches(key, list(keys), 1)
                hint = f"Did you mean {near[0]!r}?" if near else f"Known: {', '.join(keys)}."
                self._diagnostics.add(
                    Code.BAD_BEHAVIOUR, f"the key {key!r} is not known", member.key_position, hint
                )

    def members(self, node: Node, key: str) -> Iterator[tuple[str, Node]]:
        """The members of a mapping inside a mapping."""
        inner = node.get(key)
        if inner is None:
            return
        if not isinstance(inner.value, dict):
            self.bad(inner, f"{key} is a mapping")
            return
        yield from inner.items()

    def elements(self, node: Node, key: str) -> Iterator[Node]:
        """The elements of a list inside a mapping."""
        inner = node.get(key)
        if inner is None:
            return
        if not isinstance(inner.value, list):
            self.bad(inner, f"{key} is a list")
            return
        yield from inner.elements()

    def text(self, node: Node, key: str) -> str | None:
        """A text member."""
        inner = node.get(key)
        if inner is None:
            return None
        if not isinstance(inner.value, str):
            self.bad(inner, f"{key} is text")
            return None
        return inner.value

    def number(self, node: Node, key: str, default: float) -> float:
        """A number that is not negative."""
        inner = node.get(key)
        if inner is None:
            return default
        value = inner.value
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value < 1e9:
            self.bad(inner, f"{key} is a number from 0")
            return default
        return float(value)

    def numbers(self, node: Node, key: str) -> Iterator[float]:
        """Numbers that are not negative."""
        for inner in self.elements(node, key):
            value = inner.value
            if isinstance(value, bool) or not isinstance(value, (int, float)) or value < 0:
                self.bad(inner, f"{key} are numbers from 0")
            else:
                yield float(value)

    def values(self, node: Node, key: str) -> dict[str, Json]:
        """A mapping as it is."""
        return {name: inner.value for name, inner in self.members(node, key)}


class Scripts(Fields):
    """Reads scripts."""

    def __init__(self, diagnostics: Diagnostics, names: Names) -> None:
        super().__init__(diagnostics)
        self._names = names
        self._depth = 0

    def of(self, node: Node, key: str, bound: set[str]) -> b.Script:
        """The script in a member; `bound` are the names its values may begin with."""
        inner = node.get(key)
        return () if inner is None else self.steps(inner, set(bound))

    def steps(self, node: Node, bound: set[str]) -> b.Script:
        """A list of steps. Names that a step binds are added to `bound`."""
        if not isinstance(node.value, list):
            self.bad(node, "a script is a list of steps")
            return ()
        if self._depth > _DEEPEST:
            self.bad(node, f"scripts nest more than {_DEEPEST} deep")
            return ()
        self._depth += 1
        try:
            found = [self._step(inner, bound) for inner in node.elements()]
        finally:
            self._depth -= 1
        return tuple(step for step in found if step is not None)

    def values(self, node: Node, key: str, bound: Collection[str] = ()) -> dict[str, Json]:
        """A mapping of values, checked."""
        inner = node.get(key)
        if inner is not None:
            self.value(inner, bound)
        return super().values(node, key)

    def value(self, node: Node, bound: Collection[str]) -> Json:
        """A value, checked: functions known, names bound."""
        raw = node.value
        if isinstance(raw, str) and raw.startswith("$") and not raw.startswith("$$"):
            hit = _PATH.match(raw)
            if hit is None:
                self.bad(node, f"{raw!r} is no path", "Write $$ for a dollar sign.")
            elif hit[1] not in bound:
                self.one_of(node, hit[1], bound, "bound name")
        elif isinstance(raw, dict):
            called = [key for key in raw if key.startswith("$")]
            if called and len(raw) > 1:
                self.bad(node, f"{called[0]} stands with other keys")
            elif called:
                self.one_of(node, called[0], b.FUNCTIONS, "function")
            more = (
                {"it"} if called and called[0] in ("$list", "$map", "$all", "$any") else set[str]()
            )
            for _, inner in node.items():
                self.value(inner, {*bound, *more})
        elif isinstance(raw, list):
            for inner in node.elements():
                self.value(inner, bound)
        return raw

    def bindings_of_conversations(self, root: Node, name: str) -> set[str]:
        """What `converse` steps anywhere in the file bind for a conversation."""
        found: set[str] = set()
        pending = [root]
        while pending:
            node = pending.pop()
            if node.text("converse") == name:
                given = node.get("with")
                found |= {key for key, _ in given.items()} if given is not None else set()
            pending += [inner for _, inner in node.items()] + list(node.elements())
        return found

    def _step(self, node: Node, bound: set[str]) -> b.Step | None:
        verbs = [key for key, _ in node.items() if key in _VERBS]
        if len(verbs) != 1:
            what = "no verb" if not verbs else f"the verbs {', '.join(verbs)}"
            self.bad(
                node, f"a step has one verb, this one has {what}", f"One of {', '.join(_VERBS)}."
            )
            return None
        verb = verbs[0]
        self.known(node, (verb, *_VERBS[verb]))
        inner = node.get(verb)
        assert inner is not None
        return self._read(verb, node, inner, bound)

    def _resource(self, node: Node) -> str:
        name = str(node.value)
        self.one_of(node, name, self._names.resources, "resource")
        return name

    def _at(self, node: Node, key: str, bound: Collection[str]) -> Json:
        inner = node.get(key)
        return None if inner is None else self.value(inner, bound)

    def _failure(self, node: Node | None) -> b.Failure | None:
        if node is None:
            return None
        self.known(node, ("code", "status", "data"))
        value = node.value if isinstance(node.value, dict) else {}
        code, status = value.get("code"), value.get("status")
        if not isinstance(code, int) and not isinstance(status, int):
            self.bad(node, "an error has a code or a status")
        return b.Failure(
            code=code if isinstance(code, int) else None,
            status=status if isinstance(status, int) else None,
            data=value.get("data"),
        )

    def _bind(self, node: Node, bound: set[str]) -> str:
        name = self.text(node, "as") or ""
        if name:
            bound.add(name)
        return name

    def _held(self, node: Node, bound: Collection[str]) -> str:
        name = str(node.value)
        self.one_of(node, name, bound, "bound name")
        return name

    def _read(self, verb: str, node: Node, inner: Node, bound: set[str]) -> b.Step | None:
        match verb:
            case "find":
                resource = self._resource(inner)
                found = b.Find(
                    resource=resource,
                    id=self._at(node, "id", bound),
                    where=self.values(node, "where", bound),
                    missing=self._failure(node.get("missing")),
                    name=self.text(node, "as") or "found",
                )
                bound.add(found.name)
                return found
            case "let":
                self.value(inner, bound)
                values = {k: v.value for k, v in inner.items()}
                bound.update(values)
                return b.Let(values=values)
            case "need":
                failure = self._failure(node.get("else"))
                if failure is None:
                    self.bad(node, "need says what fails: else")
                    return None
                return b.Need(value=self.value(inner, bound), failure=failure)
            case "when":
                condition = self.value(inner, bound)
                do, otherwise = self.of(node, "do", bound), self.of(node, "else", bound)
                return b.When(value=condition, do=do, otherwise=otherwise)
            case "create":
                made = self._at(node, "set", bound)
                return b.Create(
                    resource=self._resource(inner),
                    values=made or {},
                    name=self._bind(node, bound),
                )
            case "update":
                return b.Update(
                    name=self._held(inner, bound), values=self._at(node, "set", bound) or {}
                )
            case "delete":
                return b.Delete(name=self._held(inner, bound))
            case "each":
                listed = self.value(inner, bound)
                name = self.text(node, "as") or "each"
                return b.Each(value=listed, name=name, do=self.of(node, "do", bound | {name}))
            case "later":
                return b.Later(seconds=self.value(inner, bound), do=self.of(node, "do", bound))
            case "emit":
                event = str(inner.value)
                self.one_of(inner, event, self._names.events, "webhook")
                return b.Emit(
                    event=event,
                    data=self._at(node, "data", bound),
                    to=self._at(node, "to", bound),
                )
            case "converse":
                name = str(inner.value)
                self.one_of(inner, name, self._names.events, "webhook")
                return b.Converse(dialogue=name, values=self.values(node, "with", bound))
            case "hang_up":
                return b.HangUp(value=self.value(inner, bound), by=self.text(node, "by") or "id")
            case _:
                return b.Return(value=self.value(inner, bound))
