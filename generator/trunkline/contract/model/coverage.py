"""What of a description a run has touched: statuses, parameters and checks of every operation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlsplit

from trunkline import ir
from trunkline.contract.model.exchange import Exchange
from trunkline.ir import Json
from trunkline.semantics import responses, schemas
from trunkline.semantics.jsonvalue import parsed


@dataclass(slots=True)
class ParameterCoverage:
    """How often a parameter was sent in requests that were accepted, and in ones that were not."""

    accepted: int = 0
    refused: int = 0


@dataclass(slots=True)
class OperationCoverage:
    """One operation, or one JSON-RPC method: everything documented is there, with 0 at first."""

    statuses: dict[str, int] = field(default_factory=dict[str, int])
    """Answers by status; of methods, by `result` and the codes of errors."""
    parameters: dict[str, ParameterCoverage] = field(default_factory=dict[str, ParameterCoverage])
    """By place and name: `query sort`, `body name`."""
    checks: dict[str, int] = field(default_factory=dict[str, int])
    """Requests by the check that made them; Schemathesis' are under `schemathesis`."""
    undocumented: list[str] = field(default_factory=list[str])
    """Statuses that were seen though the description has them nowhere."""

    def add(self, other: OperationCoverage) -> None:
        """Take over what another run has touched."""
        for status, count in other.statuses.items():
            self.statuses[status] = self.statuses.get(status, 0) + count
        for name, tried in other.parameters.items():
            mine = self.parameters.setdefault(name, ParameterCoverage())
            mine.accepted += tried.accepted
            mine.refused += tried.refused
        for check, count in other.checks.items():
            self.checks[check] = self.checks.get(check, 0) + count
        self.undocumented = sorted({*self.undocumented, *other.undocumented})


SCHEMATHESIS = "schemathesis"


class Coverage:
    """Watches the exchanges of a run. `check` is set to whoever is asking."""

    def __init__(self, api: ir.Api) -> None:
        self._api = api
        self._carrier = api.rpc.operation if api.rpc else None
        self._methods = {m.name: m for m in api.rpc.methods} if api.rpc else {}
        self.check = ""
        self.entry: dict[str, OperationCoverage] = {}
        for operation in api.operations:
            if operation.id != self._carrier:
                self.entry[operation.id] = _documented(api, operation)
        for method in self._methods.values():
            self.entry[method.name] = OperationCoverage(
                {"result": 0}, {f"param {p.name}": ParameterCoverage() for p in method.parameters}
            )

    def watch(self, exchange: Exchange) -> None:
        """Count one exchange."""
        name = exchange.request.operation
        if name is None:
            return
        if name == self._carrier:
            name, status, sent, accepted = self._call(exchange)
        else:
            status, accepted = str(exchange.status), exchange.ok
            sent = set(_sent(exchange))
        entry = self.entry.get(name)
        if entry is None:
            return
        if not _known(entry, status) and status not in entry.undocumented:
            entry.undocumented.append(status)
        entry.statuses[status] = entry.statuses.get(status, 0) + 1
        if self.check:
            entry.checks[self.check] = entry.checks.get(self.check, 0) + 1
        for label, tried in entry.parameters.items():
            if label in sent or label.startswith("path "):
                tried.accepted += accepted
                tried.refused += not accepted

    def _call(self, exchange: Exchange) -> tuple[str, str, set[str], bool]:
        message, reply = _parsed(exchange.request.body), exchange.json
        name = message.get("method") if isinstance(message, dict) else None
        method = self._methods.get(name) if isinstance(name, str) else None
        if method is None or not isinstance(message, dict):
            return "", "", set(), False
        error = reply.get("error") if isinstance(reply, dict) else None
        code = error.get("code") if isinstance(error, dict) else None
        params = message.get("params")
        given = method.parameters[: len(params)] if isinstance(params, list) else ()
        status = "result" if error is None and exchange.ok else str(code or exchange.status)
        return method.name, status, {f"param {p.name}" for p in given}, status == "result"


def _known(entry: OperationCoverage, status: str) -> bool:
    wanted = {status, f"{status[:1]}XX", "default"}
    return "result" in entry.statuses or bool(wanted & entry.statuses.keys())


def _documented(api: ir.Api, operation: ir.Operation) -> OperationCoverage:
    names = [f"{p.location.value} {p.name}" for p in operation.parameters]
    schema = responses.request_schema(operation)
    if schema is not None:
        names += [
            f"body {name}"
            for name, member in schemas.members(api.schemas, schema).items()
            if not schemas.facets(api.schemas, member.schema).read_only
        ]
    return OperationCoverage(
        {r.status.upper() if r.status != "default" else r.status: 0 for r in operation.responses},
        {name: ParameterCoverage() for name in names},
    )


def _sent(exchange: Exchange) -> Iterator[str]:
    request = exchange.request
    for name, _ in parse_qsl(urlsplit(request.url).query, keep_blank_values=True):
        yield f"query {name}"
    for name in request.headers:
        yield f"header {name}"
    body = _parsed(request.body)
    if isinstance(body, dict):
        for name in body:
            yield f"body {name}"


def _parsed(raw: bytes | None) -> Json:
    return parsed(raw) if raw and raw.lstrip().startswith(b"{") else None


def from_json(value: Mapping[str, object]) -> dict[str, OperationCoverage]:
    """What `dataclasses.asdict` made of a coverage; `TypeError` for other things."""
    found: dict[str, OperationCoverage] = {}
    for name, member in value.items():
        if not isinstance(member, dict):
            raise TypeError(name)
        tried = {k: ParameterCoverage(**v) for k, v in member.get("parameters", {}).items()}
        found[name] = OperationCoverage(
            dict(member.get("statuses", {})),
            tried,
            dict(member.get("checks", {})),
            list(member.get("undocumented", [])),
        )
    return found
