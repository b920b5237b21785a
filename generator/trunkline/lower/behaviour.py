"""What is declared beside a description, read and checked: every name it uses leads somewhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final, cast

from trunkline.diagnostics import Diagnostics
from trunkline.ir import Api, Json
from trunkline.ir import behaviour as b
from trunkline.lower.scripts import Fields, Names, Scripts
from trunkline.source import Node, read

_KEYS: Final = (
    "resources",
    "operations",
    "events",
    "conversations",
    "credentials",
    "delegation",
    "occurrences",
    "search",
    "methods",
)


def lower_behaviour(root: Node, api: Api, diagnostics: Diagnostics) -> b.Behaviour:
    """The behaviour that the file at `root` declares for `api`.

    What is misspelt or leads nowhere is reported at its position (`BAD_BEHAVIOUR`) and left out.
    """
    return _Reader(root, api, diagnostics).read()


def behaviour_file(path: Path) -> Path:
    """Where what a description cannot say is declared: `emulator.yaml` beside an `openapi.yaml`,
    `NAME.emulator.yaml` beside any other."""
    name = "emulator.yaml" if path.stem == "openapi" else f"{path.stem}.emulator.yaml"
    return path.with_name(name)


def with_behaviour(api: Api, file: str, diagnostics: Diagnostics) -> Api:
    """The API with what is declared beside its file, if anything is."""
    beside = behaviour_file(Path(file))
    if not beside.is_file():
        return api
    root = read(beside, diagnostics).root
    return replace(api, behaviour=lower_behaviour(root, api, diagnostics))


class _Reader(Fields):
    def __init__(self, root: Node, api: Api, diagnostics: Diagnostics) -> None:
        super().__init__(diagnostics)
        self._root = root
        self._api = api
        calls = {o.id for o in api.operations}
        if api.rpc is not None:
            calls |= {m.name for m in api.rpc.methods}
        self._calls = calls
        declared = root.get("resources")
        resources = {name for name, _ in declared.items()} if declared is not None else set[str]()
        resources |= {".".join(r.name) for r in api.resources}
        if api.rpc is not None:
            resources |= {".".join(m.resource) for m in api.rpc.methods}
        self._names = Names(
            resources=frozenset(resources),
            events=frozenset(w.name for w in api.webhooks),
            schemas=frozenset(api.schemas),
        )
        self._scripts = Scripts(diagnostics, self._names)

    def read(self) -> b.Behaviour:
        if not isinstance(self._root.value, dict):
            self.bad(self._root, "this is no mapping")
            return b.Behaviour()
        self.known(self._root, _KEYS)
        return b.Behaviour(
            resources={n: self._kept(n, node) for n, node in self.members(self._root, "resources")},
            operations={
                name: self._operation(node)
                for name, node in self.members(self._root, "operations")
                if self._call(name, node)
            },
            events=self._events(),
            conversations={
                name: self._conversation(node)
                for name, node in self.members(self._root, "conversations")
                if self.one_of(node, name, self._names.events, "webhook")
            },
            credentials=tuple(
                self._credential(node) for node in self.elements(self._root, "credentials")
            ),
            delegation=self._delegation(),
            external_events={
                name: self._external_event(node)
                for name, node in self.members(self._root, "occurrences")
            },
            search=self._search(),
            methods=self._methods(),
        )

    def _call(self, name: str, node: Node) -> bool:
        return self.one_of(node, name, self._calls, "operation or method")

    def _kept(self, name: str, node: Node) -> b.Kept:
        self.known(node, ("schema", "id", "ids", "masked", "seeds"))
        schema = self.text(node, "schema")
        if schema is not None:
            place = node.get("schema")
            assert place is not None
            self.one_of(place, schema, self._names.schemas, "schema")
        ids = node.get("ids")
        if ids is not None:
            self.known(ids, ("alphabet", "length", "first"))
        masked: dict[str, str] = {}
        for member, place in self.members(node, "masked"):
            if isinstance(place.value, str):
                masked[member] = place.value
            else:
                self.bad(place, f"what is shown instead of {member} is text")
        seeds = []
        for seed in self.elements(node, "seeds"):
            self._scripts.value(seed, {"seed"})
            if isinstance(seed.value, dict):
                seeds.append(cast("Mapping[str, Json]", seed.value))
            else:
                self.bad(seed, f"a seed of {name} is a mapping")
        return b.Kept(
            schema=schema,
            id=self.text(node, "id"),
            seeds=tuple(seeds),
            id_format=ids.value if ids is not None and isinstance(ids.value, dict) else None,
            masked=masked,
        )

    def _operation(self, node: Node) -> b.OperationBehaviour:
        self.known(node, ("do", "then"))
        bound = set(b.BOUND)
        return b.OperationBehaviour(
            do=self._scripts.of(node, "do", bound - {"result"}),
            then=self._scripts.of(node, "then", bound),
            replaces="do" in node,
        )

    def _events(self) -> b.Events | None:
        node = self._root.get("events")
        if node is None:
            return None
        self.known(
            node,
            (
                "subscriptions",
                "body",
                "headers",
                "delays",
                "timeout",
                "counter",
                "identity",
                "triggers",
            ),
        )
        where = node.get("subscriptions")
        if where is None:
            self.bad(node, "events need subscriptions")
            return None
        self.known(
            where,
            ("resource", "type", "endpoint", "id", "algorithm", "secret", "active", "subscribe"),
        )
        resource = self.text(where, "resource") or ""
        self.one_of(where, resource, self._names.resources, "resource")
        subscribe = self.text(where, "subscribe")
        if subscribe is not None:
            self._call(subscribe, where)

        def path(key: str) -> tuple[str, ...]:
            found = self.text(where, key)
            return tuple(found.split(".")) if found else ()

        bound = {"event", "id", "try", "hook", "data", "now"}
        return b.Events(
            subscriptions=b.Subscriptions(
                resource=resource,
                type=path("type"),
                endpoint=path("endpoint"),
                id=path("id"),
                algorithm=path("algorithm"),
                secret=path("secret"),
                active=self.values(where, "active"),
                subscribe=subscribe,
            ),
            body=self._scripts.values(node, "body", bound),
            headers=self._scripts.values(node, "headers", bound),
            delays=tuple(self.numbers(node, "delays")),
            timeout=self.number(node, "timeout", 10.0),
            counter=self.text(node, "counter"),
            identity=self.text(node, "identity"),
            triggers=self._triggers(node),
        )

    def _triggers(self, node: Node) -> dict[str, tuple[Mapping[str, Json], ...]]:
        found: dict[str, tuple[Mapping[str, Json], ...]] = {}
        for event, calls in self.members(node, "triggers"):
            self.one_of(calls, event, self._names.events, "webhook")
            found[event] = self._trigger(list(calls.elements()))
        return found

    def _trigger(self, calls: list[Node]) -> tuple[Mapping[str, Json], ...]:
        listed = []
        for call in calls:
            self.known(call, ("call", "params", "as"))
            self._call(self.text(call, "call") or "", call)
            if isinstance(call.value, dict):
                listed.append(call.value)
        return tuple(listed)

    def _conversation(self, node: Node) -> b.Conversation:
        self.known(
            node,
            (
                "url",
                "login",
                "password",
                "timeout",
                "limit",
                "request",
                "ended",
                "hangup",
                "answered",
                "kept",
                "begins",
                "commands",
                "ends",
                "triggers",
            ),
        )
        bound = self._scripts.bindings_of_conversations(self._root, node.key)
        inside = bound | {"command", "id", "result", "error", "variables", "arguments"}
        for key in ("url", "login", "password"):
            place = node.get(key)
            if place is not None:
                self._scripts.value(place, inside | set(b.BOUND))
        value = node.value if isinstance(node.value, dict) else {}
        everything = inside | set(b.BOUND)
        return b.Conversation(
            url=value.get("url"),
            login=value.get("login"),
            password=value.get("password"),
            timeout=self.number(node, "timeout", 5.0),
            limit=int(self.number(node, "limit", 100)),
            request=self._scripts.values(node, "request", everything),
            ended=self._scripts.values(node, "ended", everything),
            answered=self._scripts.values(node, "answered", everything),
            kept=tuple(str(n.value) for n in self.elements(node, "kept")),
            hangup=tuple(str(n.value) for n in self.elements(node, "hangup")),
            begins=self._scripts.of(node, "begins", everything),
            commands={
                name: self._scripts.steps(script, set(everything))
                for name, script in self.members(node, "commands")
            },
            ends=self._scripts.of(node, "ends", everything),
            triggers=self._trigger(list(self.elements(node, "triggers"))),
        )

    def _scheme(self, node: Node) -> str:
        name = self.text(node, "scheme") or ""
        self.one_of(node, name, self._api.security_schemes, "security scheme")
        return name

    def _credential(self, node: Node) -> b.Credential:
        self.known(node, ("scheme", "resource", "member", "until"))
        resource = self.text(node, "resource") or ""
        self.one_of(node, resource, self._names.resources, "resource")
        return b.Credential(
            scheme=self._scheme(node),
            resource=resource,
            member=self.text(node, "member") or "",
            until=self.text(node, "until"),
        )

    def _delegation(self) -> b.Delegation | None:
        node = self._root.get("delegation")
        if node is None:
            return None
        self.known(node, ("scheme", "resource", "kinds"))
        resource = self.text(node, "resource") or ""
        self.one_of(node, resource, self._names.resources, "resource")
        return b.Delegation(
            scheme=self._scheme(node),
            resource=resource,
            kinds={k: str(v) for k, v in self.values(node, "kinds").items()},
        )

    def _search(self) -> b.SearchResults:
        node = self._root.get("search")
        if node is None:
            return b.SearchResults()
        usual = b.SearchResults()
        names = ("filters", "options", "offset", "size", "order", "items", "total", "more")
        self.known(node, (*names, "default_size"))
        given = {name: self.text(node, name) or getattr(usual, name) for name in names}
        return b.SearchResults(
            **given, default_size=int(self.number(node, "default_size", usual.default_size))
        )

    def _methods(self) -> b.MethodConventions:
        node = self._root.get("methods")
        if node is None:
            return b.MethodConventions()
        self.known(node, ("identifiers", "missing"))
        missing = {}
        for name, code in self.members(node, "missing"):
            if isinstance(code.value, int) and not isinstance(code.value, bool):
                missing["" if name == "any" else name] = code.value
            else:
                self.bad(code, "the code of an error is a whole number")
        return b.MethodConventions(
            identifiers=tuple(str(n.value) for n in self.elements(node, "identifiers")),
            missing=missing,
        )

    def _external_event(self, node: Node) -> b.ExternalEvent:
        self.known(node, ("params", "do", "description"))
        return b.ExternalEvent(
            params=self.values(node, "params"),
            do=self._scripts.of(node, "do", set(b.BOUND) - {"result"}),
            description=self.text(node, "description") or "",
        )
