"""One valid call of every operation of a description, and one round of create, read, update, list
and delete for every resource, on its emulator.

    python tools/tour.py PATH... [--verbose] [--json FILE]

For each description it prints how many calls succeeded with a documented status or were refused
with one (mostly 404 for what nothing in the description makes), how many bodies fit their schema,
and of the resources that can be created how many show everything that was
sent and their response can show (kept), are found (read), have ended where they are jobs (ended),
are in the list (listed), show a change (updated), and are gone once they are deleted (gone). Exit
status 1 when something is missing.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urlencode, urlsplit

from trunkline import ir
from trunkline.emulator import Emulator
from trunkline.emulator.http.messages import HttpRequest, HttpResponse
from trunkline.emulator.http.routing import Match, Router
from trunkline.emulator.resources.matching import body_mapping
from trunkline.emulator.resources.resource_plan import item_schema, seeded, wrapped_in
from trunkline.emulator.schemas.names import plain_name
from trunkline.emulator.schemas.sampling import NoValue
from trunkline.ir import ABSENT, Action, Json, ParameterLocation
from trunkline.pipeline import load_api
from trunkline.semantics import responses
from trunkline.semantics.credentials import CredentialParts, apply_credential, combine
from trunkline.semantics.jsonvalue import equal, get
from trunkline.semantics.media import MediaKind, describing, is_json, json_content, kind
from trunkline.semantics.parameters import ParameterTextError, encode
from trunkline.semantics.progress import Progress

CHECKS = ("kept", "read", "ended", "listed", "updated", "gone")
ORDER = (
    Action.CREATE,
    Action.LIST,
    Action.RETRIEVE,
    Action.UPDATE,
    Action.REPLACE,
    Action.OTHER,
    Action.DELETE,
)


@dataclass
class Tally:
    """What was seen of one description."""

    operations: int = 0
    called: int = 0
    documented: int = 0
    bodies: int = 0
    valid: int = 0
    unsendable: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    """Calls refused as described: mostly 404 for what nothing in the description can make."""
    complaints: list[str] = field(default_factory=list)
    rounds: dict[str, list[int]] = field(default_factory=lambda: {c: [0, 0] for c in CHECKS})
    slowest: tuple[float, str] = (0.0, "")

    def check(self, name: str, *, holds: bool, complaint: str) -> None:
        """Count one part of a round."""
        self.rounds[name][0] += holds
        self.rounds[name][1] += 1
        if not holds:
            self.complaints.append(f"{name}: {complaint}")

    @property
    def clean(self) -> bool:
        """Whether nothing is missing."""
        return not self.complaints


class Tour:
    """Calls one emulator."""

    def __init__(self, api: ir.Api) -> None:
        self.emulator = Emulator(api)
        self.api = api
        self.sampler = self.emulator.services.sampler
        self.schemas = self.emulator.services.schemas
        self.router = Router(api.operations)
        self.tally = Tally(operations=len(api.operations))
        self.known: dict[str, list[str]] = {}
        """Path up to a parameter, its names taken out → values that lead somewhere."""
        self.called: set[str] = set()
        self.places: dict[str, str] = {}
        """The path parameters of the last call."""

    def run(self) -> Tally:
        """All rounds, then every operation that they left out."""
        for resource in sorted(self.api.resources, key=lambda r: len(r.parent_parameters)):
            if Action.CREATE in resource.operations:
                self._round(resource)
            elif Action.LIST in resource.operations and resource.item_path is not None:
                self._find(resource)
        left = [o for o in self.api.operations if o.id not in self.called]
        for operation in sorted(left, key=self._turn):
            if self.api.rpc is None or operation.id != self.api.rpc.operation:
                self.call(operation)
        return self.tally

    def _turn(self, operation: ir.Operation) -> tuple[int, int, int]:
        """When an operation is called: what makes something before what shows it, what deletes
        what others stand below last."""
        depth = operation.path.count("{")
        if operation.method == "delete":
            return (1, -depth, 0)
        name = operation.resource
        making = next((r for r in self.api.resources if r.name == name), None)
        turn = ORDER.index(operation.action)
        if operation.action is Action.REPLACE and making is not None:
            turn = 0 if Action.CREATE not in making.operations else turn
        return (0, depth, turn)

    def _find(self, resource: ir.Resource) -> None:
        """Learn an address from what a list shows."""
        operation = self.api.operation(resource.operations[Action.LIST])
        response = self.call(operation)
        items = self._items(operation, response)
        id_member = self._id_member(resource)
        if items and resource.item_path is not None and id_member is not None:
            id_ = get(items[0], id_member)
            names = _names(resource.item_path)
            if id_ is not None and len(names) == len(self.places) + 1:
                above = list(self.places.values())
                self._learn(resource.item_path, dict(zip(names, [*above, _text(id_)], strict=True)))

    def _items(self, operation: ir.Operation, response: HttpResponse | None) -> list[Json]:
        """What a list shows."""
        if response is None or response.status >= 300:
            return []
        path = operation.payload
        if operation.pagination is not None:
            path = operation.pagination.items
        found = get(json.loads(response.body), path) if response.body else None
        return found if isinstance(found, list) else []

    # Rounds.

    def _round(self, resource: ir.Resource) -> None:
        by_action = {a: self.api.operation(i) for a, i in resource.operations.items()}
        create = by_action[Action.CREATE]
        name = ".".join(resource.name)
        body = self._body(create, full=True)
        response = self.call(create, body=body)
        if response is None or response.status >= 300:
            return
        made = self._payload(create, response)
        shown = self._shown(create)
        sent = self._sent(create, body)
        if isinstance(made, dict) and shown is not None:
            lost = list(self._lost(create, sent, made, shown))
            self.tally.check("kept", holds=not lost, complaint=f"{name}: {', '.join(lost[:6])}")
        values = self._address(resource, response, made)
        if values is None:
            if Action.LIST in by_action and resource.item_path is not None:
                self._find(resource)
            return
        if Action.RETRIEVE in by_action:
            self._read(name, by_action[Action.RETRIEVE], values, made, self._progress(resource))
        if Action.LIST in by_action and isinstance(made, dict):
            self._listed(name, resource, by_action[Action.LIST], made, sent)
        for action in (Action.UPDATE, Action.REPLACE):
            if action in by_action:
                self._updated(name, by_action[action], values)
        if Action.DELETE in by_action:
            self._gone(name, by_action, values)
            again = self.call(create, body=self._body(create, full=True), count=False)
            if again is not None and again.status < 300:
                self._address(resource, again, self._payload(create, again))

    def _read(
        self,
        name: str,
        operation: ir.Operation,
        values: Mapping[str, str],
        made: Json,
        told: Progress | None,
    ) -> None:
        response = self.call(operation, values=values)
        if response is None:
            return
        found = self._payload(operation, response) if response.status < 300 else None
        holds = response.status < 300
        if isinstance(found, dict) and isinstance(made, dict):
            moving = set[str]()
            if told is not None:
                moving = {told.path[0], *(path[0] for path, _, _ in told.beside)}
            both = (n for n in found.keys() & made.keys() if self._shows(operation, n, made[n]))
            holds = all(equal(found[name], made[name]) for name in both if name not in moving)
        self.tally.check("read", holds=holds, complaint=f"{name} → {response.status}")
        if told is not None and isinstance(found, dict):
            now = get(found, told.path)
            ended = now is None or not told.waits(now)
            self.tally.check("ended", holds=ended, complaint=f"{name} is {now}")

    def _progress(self, resource: ir.Resource) -> Progress | None:
        plan = self.emulator.services.resources.plan(resource)
        return plan.progress if plan is not None else None

    def _shows(self, operation: ir.Operation, name: str, value: Json) -> bool:
        """Whether a response can show a member as another one does: two may have two words for
        the same."""
        shown = self._shown(operation)
        known = self.schemas.members(shown).get(name) if shown is not None else None
        return known is None or self.schemas.fits(known.schema, value, "response")

    def _listed(
        self,
        name: str,
        resource: ir.Resource,
        operation: ir.Operation,
        made: dict[str, Json],
        sent: dict[str, Json],
    ) -> None:
        filters = {
            f.parameter: get(made, f.member) or get(sent, f.member) for f in operation.filters
        }
        response = self.call(operation, filters=filters)
        if response is None:
            return
        items = self._items(operation, response)
        member = self._id_member(resource) or ("id",)
        wanted = get(made, member)
        ids = [get(one, member) for one in items]
        holds = bool(items) and (wanted is None or None in ids or wanted in ids)
        self.tally.check("listed", holds=holds, complaint=f"{name} → {response.status}")

    def _updated(self, name: str, operation: ir.Operation, values: Mapping[str, str]) -> None:
        body = self._body(operation, full=True, values=values)
        response = self.call(operation, body=body, values=values)
        if response is None:
            return
        if response.status >= 300:
            self.tally.check("updated", holds=False, complaint=f"{name} → {response.status}")
            return
        made = self._payload(operation, response)
        shown = self._shown(operation)
        if isinstance(made, dict) and shown is not None:
            lost = list(self._lost(operation, self._sent(operation, body), made, shown))
            complaint = f"{name} ({operation.id}): {', '.join(lost[:6])}"
            self.tally.check("updated", holds=not lost, complaint=complaint)

    def _gone(
        self, name: str, by_action: Mapping[Action, ir.Operation], values: Mapping[str, str]
    ) -> None:
        response = self.call(by_action[Action.DELETE], values=values)
        if response is None:
            return
        holds = response.status < 300
        if holds and Action.RETRIEVE in by_action:
            after = self.call(by_action[Action.RETRIEVE], values=values, count=False)
            holds = after is not None and after.status in (404, 410)
        self.tally.check("gone", holds=holds, complaint=f"{name} → {response.status}")

    def _lost(
        self,
        operation: ir.Operation,
        sent: dict[str, Json],
        made: dict[str, Json],
        shown: ir.Schema,
    ) -> Iterator[str]:
        """What was sent and could be shown, and is not."""
        known = self.schemas.members(shown)
        for name, value in sent.items():
            member = known.get(name)
            if member is None or (name in made and _same(made[name], value)):
                continue
            if self.schemas.write_only(member.schema) or self.schemas.read_only(member.schema):
                continue
            if not self.schemas.fits(member.schema, value, "response"):
                continue
            resource = self.emulator.services.resources.of(operation)
            if resource is not None and (name,) in resource.owned:
                continue
            yield name

    def _sent(self, operation: ir.Operation, body: _Body | None) -> dict[str, Json]:
        """A body's properties by their names in the response."""
        value = body.value if body is not None else None
        shown = self._shown(operation)
        if not isinstance(value, dict) or body is None or body.schema is None or shown is None:
            return {}
        return body_mapping(self.schemas, body.schema, shown).applied(value)

    def _payload(self, operation: ir.Operation, response: HttpResponse) -> Json:
        """The object in a response, what stands around it taken off."""
        try:
            found = get(json.loads(response.body), operation.payload)
        except ValueError:
            return None
        inside = self._inside(operation)
        if inside is not None and isinstance(found, dict):
            found = found.get(inside[0])
        if operation.action is not Action.LIST and isinstance(found, list):
            found = found[0] if found else None
        return found

    def _inside(self, operation: ir.Operation) -> tuple[str, bool] | None:
        plan = self.emulator.services.resources.of(operation)
        shown = item_schema(self.api.schemas, operation)
        if plan is None or shown is None or operation.action is Action.LIST:
            return None
        return wrapped_in(self.schemas, shown, plan.schema)

    def _shown(self, operation: ir.Operation) -> ir.Schema | None:
        """The schema of the object in a response."""
        plan = self.emulator.services.resources.of(operation)
        if plan is not None and self._inside(operation) is not None:
            return plan.schema
        return item_schema(self.api.schemas, operation)

    def _id_member(self, resource: ir.Resource) -> tuple[str, ...] | None:
        plan = self.emulator.services.resources.plan(resource)
        return plan.id_member if plan is not None else resource.id_member

    def _address(
        self, resource: ir.Resource, response: HttpResponse, made: Json
    ) -> dict[str, str] | None:
        """The path parameters of a new object, by Location or by its id; None without either."""
        if resource.item_path is None:
            return None
        names = _names(resource.item_path)
        location = dict(response.headers).get(b"location")
        if location is not None:
            path = urlsplit(location.decode()).path.removeprefix(self.emulator.base)
            parts = path.split("/")
            template = resource.item_path.split("/")
            if len(parts) == len(template):
                values = {
                    t[1:-1]: unquote(p)
                    for p, t in zip(parts, template, strict=True)
                    if t.startswith("{") and t.endswith("}")
                }
                if len(values) == len(names):
                    self._learn(resource.item_path, values)
                    return values
        id_member = self._id_member(resource)
        if id_member is None or resource.id_parameter is None or not isinstance(made, dict):
            return None
        id_ = get(made, id_member)
        if id_ is None:
            create = self.api.operation(resource.operations[Action.CREATE])
            usual = self.emulator.compiler.compiled(create).usual.usual
            id_ = made.get(usual.id_as) if usual is not None and usual.id_as else None
        if id_ is None:
            return None
        above = list(self.places.values())
        if len(above) != len(names) - 1:
            return None
        values = dict(zip(names, [*above, _text(id_)], strict=True))
        self._learn(resource.item_path, values)
        return values

    # Calls.

    def call(
        self,
        operation: ir.Operation,
        *,
        body: _Body | None = None,
        values: Mapping[str, str] | None = None,
        filters: Mapping[str, Json] | None = None,
        count: bool = True,
    ) -> HttpResponse | None:
        """One valid call; None where no valid request was found."""
        request = self._request(operation, body, values, filters or {})
        if count:
            self.called.add(operation.id)
        if request is None:
            if count:
                self.tally.unsendable.append(operation.id)
            return None
        started = time.process_time()
        response = self.emulator.respond(request)
        spent = time.process_time() - started
        if response.status == 428:  # as it asks to be asked
            request.headers.append((b"if-match", b"*"))
            response = self.emulator.respond(request)
        self.tally.slowest = max(self.tally.slowest, (spent, operation.id))
        if count:
            self._count(operation, response)
        return response

    def _count(self, operation: ir.Operation, response: HttpResponse) -> None:
        tally = self.tally
        tally.called += 1
        described = responses.for_status(operation, response.status)
        success = any(r.is_success or r.status == "default" for r in operation.responses)
        reason = response.body[:160].decode("utf-8", "replace")
        if response.status >= 400 and described is not None:
            tally.refused.append(f"{operation.id} → {response.status} {reason}")
        elif response.status < 400 and (described is not None or not success):
            tally.documented += 1
        else:
            tally.complaints.append(f"status: {operation.id} → {response.status} {reason}")
        if response.status >= 400:
            return
        if described is None or not response.body:
            return
        media_type = (response.media_type or b"").decode()
        content = describing(described.contents, media_type)
        if content is None or content.schema is None or not is_json(media_type):
            return
        tally.bodies += 1
        value = json.loads(response.body)
        if self.schemas.fits(content.schema, value, "response"):
            tally.valid += 1
        else:
            problem = self.schemas.problems(content.schema, value, "response")[:1]
            found = self._sample(content.schema, "response") is not ABSENT
            reason = "" if found else "; no value was found that fits"
            tally.complaints.append(f"body: {operation.id}: {problem}{reason}")

    def _request(  # a request has as many parts
        self,
        operation: ir.Operation,
        body: _Body | None,
        values: Mapping[str, str] | None,
        filters: Mapping[str, Json],
    ) -> HttpRequest | None:
        credentials = self._credentials(operation)
        headers = {name.lower(): value for name, value in credentials.headers.items()}
        headers["host"] = "localhost"
        cookies = dict(credentials.cookies)
        query = list(credentials.query)
        places = dict(values) if values is not None else self._values(operation)
        for parameter in operation.parameters:
            known = parameter.location is ParameterLocation.PATH and parameter.name in places
            if known or not parameter.required:
                continue
            pairs = self._parameter(parameter, filters.get(parameter.name))
            if pairs is None:
                return None
            match parameter.location:
                case ParameterLocation.PATH:
                    places[parameter.name] = pairs[0][1] if pairs else ""
                case ParameterLocation.HEADER:
                    headers |= {name.lower(): text for name, text in pairs}
                case ParameterLocation.COOKIE:
                    cookies |= dict(pairs)
                case _:
                    query += pairs
        self.places = {name: places.get(name, "x") for name in _names(operation.path)}
        path = _filled(operation.path, places, "x")
        if body is None:
            body = self._body(operation, full=False)
        if body is None and operation.body is not None and operation.body.required:
            return None
        if body is not None:
            headers["content-type"] = body.media_type
        if cookies:
            headers["cookie"] = "; ".join(f"{k}={v}" for k, v in cookies.items())
        raw = [(n.encode("latin-1", "replace"), v.encode("latin-1", "replace"))
               for n, v in headers.items()]  # fmt: skip
        return HttpRequest(
            operation.method.upper(),
            (self.emulator.base + path).encode(),
            urlencode(query).encode(),
            raw,
            body.raw if body is not None else b"",
        )

    def _parameter(self, parameter: ir.Parameter, value: Json) -> list[tuple[str, str]] | None:
        """A parameter as pairs; None where nothing fits it."""
        if value is None or not self.schemas.fits(parameter.schema, value, "request"):
            value = self._sample(parameter.schema)
            if value in ([], {}):  # what is written as nothing is not there
                value = self._sample(parameter.schema, full=True)
        if value is ABSENT:
            return None
        try:
            return encode(parameter, value).flat()
        except ParameterTextError:
            return None

    def _credentials(self, operation: ir.Operation) -> CredentialParts:
        if not operation.security:
            return CredentialParts()
        token = self.emulator.accounts[0].token
        parts = []
        for name in operation.security[0]:
            scheme = self.api.security_schemes.get(name)
            if scheme is not None:
                basic = isinstance(scheme, ir.HttpScheme) and scheme.scheme == "basic"
                parts.append(apply_credential(scheme, f"user:{token}" if basic else token))
        return combine(parts)

    # Values.

    def _sample(
        self, schema: ir.Schema, direction: ir.Direction = "request", *, full: bool = False
    ) -> Any:
        try:
            return self.sampler.sample(schema, seeded(1), direction, minimal=not full)
        except NoValue:
            return ABSENT

    def _body(
        self, operation: ir.Operation, *, full: bool, values: Mapping[str, str] | None = None
    ) -> _Body | None:
        """A valid body; members that are called like one of `values` say what the path says."""
        if operation.body is None or not operation.body.contents:
            return None
        contents = operation.body.contents
        content = json_content(contents) or next(
            (c for c in contents if kind(c.media_type) in (MediaKind.FORM, MediaKind.MULTIPART)),
            contents[0],
        )
        value = self._sample(content.schema, full=full) if content.schema is not None else {}
        if value is ABSENT:
            return None
        told = {plain_name(name): text for name, text in (values or {}).items()}
        for name in value if isinstance(value, dict) else ():
            if plain_name(name) in told and content.schema is not None:
                placed = {**value, name: told[plain_name(name)]}
                value = placed if self.schemas.fits(content.schema, placed, "request") else value
        media_type = content.media_type
        match kind(media_type):
            case MediaKind.JSON:
                if "*" in media_type:
                    media_type = "application/json"
                return _Body(value, media_type, json.dumps(value).encode(), content.schema)
            case MediaKind.FORM:
                value = _sayable(value)
                return _Body(value, media_type, urlencode(_form(value)).encode(), content.schema)
            case MediaKind.MULTIPART:
                raw = _multipart(value)
                return _Body(value, f"{media_type}; boundary=tour", raw, content.schema)
            case _:
                raw = value.encode() if isinstance(value, str) else json.dumps(value).encode()
                return _Body(value, media_type.replace("*", "octet-stream"), raw, content.schema)

    def _values(self, operation: ir.Operation) -> dict[str, str]:
        """Path parameters that lead somewhere, as far as it is known."""
        found: dict[str, str] = {}
        path = operation.path
        for count in range(len(_names(path)), 0, -1):
            known = self.known.get(_prefix(path, count))
            if known is not None:
                values = dict(zip(_names(path), known, strict=False))
                if self._leads(operation, values) == self._leads(operation, {}):
                    found.update(values)
                    break
        return found

    def _leads(self, operation: ir.Operation, values: Mapping[str, str]) -> str | None:
        """The operation that is found by these values: `me` for an id may be a path of its
        own."""
        path = _filled(operation.path, values, "~")
        found = self.router.match(operation.method.upper(), path.encode())
        return found.operation.id if isinstance(found, Match) else None

    def _learn(self, path: str, values: Mapping[str, str]) -> None:
        names = _names(path)
        for count in range(1, len(names) + 1):
            self.known[_prefix(path, count)] = [values[n] for n in names[:count]]


@dataclass(frozen=True)
class _Body:
    value: Json
    media_type: str
    raw: bytes
    schema: ir.Schema | None


def _names(path: str) -> list[str]:
    return [part.split("}")[0] for part in path.split("{")[1:]]


def _filled(path: str, values: Mapping[str, str], missing: str) -> str:
    """A path with values for its parameters, `missing` for those without."""
    for name in _names(path):
        path = path.replace(f"{{{name}}}", quote(values.get(name, ""), safe="") or missing)
    return path


def _prefix(path: str, count: int) -> str:
    """A path up to its n-th parameter, the names of parameters taken out."""
    end = 0
    for _ in range(count):
        end = path.find("}", end) + 1
    out, inside = "", False
    for char in path[:end]:
        inside = char == "{" or (inside and char != "}")
        out += char if not inside or char == "{" else ""
    return out


def _text(value: Json) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, str) else json.dumps(value)


def _sayable(value: Json) -> Json:
    """What a form can say of a value: an object or a list that is empty leaves no trace in it."""
    if not isinstance(value, dict):
        return value
    inside = {name: _sayable(member) for name, member in value.items()}
    return {name: member for name, member in inside.items() if member not in ({}, [], None)}


def _form(value: Json, prefix: str = "") -> list[tuple[str, str]]:
    pairs: list[tuple[str, str]] = []
    for name, inner in value.items() if isinstance(value, dict) else ():
        key = f"{prefix}[{name}]" if prefix else name
        if isinstance(inner, dict):
            pairs += _form(inner, key)
        elif isinstance(inner, list):
            for index, one in enumerate(inner):
                if isinstance(one, dict):
                    pairs += _form(one, f"{key}[{index}]")
                else:
                    pairs.append((key, _text(one)))
        elif inner is not None:
            pairs.append((key, _text(inner)))
    return pairs


def _multipart(value: Json) -> bytes:
    parts = [
        f'--tour\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{_text(one)}\r\n'
        for name, member in (value.items() if isinstance(value, dict) else ())
        for one in (member if isinstance(member, list) else [member])
        if one is not None
    ]
    return ("".join(parts) + "--tour--\r\n").encode()


def _same(one: Json, other: Json) -> bool:
    """Whether a value came back, perhaps with members that the server adds."""
    if isinstance(one, dict) and isinstance(other, dict):
        names = {plain_name(name): name for name in one}
        return all(
            plain_name(k) in names and _same(one[names[plain_name(k)]], v)
            for k, v in other.items()
            if v is not None and k in one
        )
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(_same, one, other))
    return equal(one, other)


def main() -> int:
    """Print one line for each description; what is missing below it with `--verbose`."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("paths", nargs="+", type=Path)
    parser.add_argument("--verbose", action="store_true", help="print what is missing")
    parser.add_argument("--json", type=Path, help="write the figures to this file")
    options = parser.parse_args()
    figures: dict[str, Any] = {}
    clean = True
    for path in options.paths:
        tally = Tour(load_api(path, strict=False).api).run()
        clean = clean and tally.clean
        rounds = "  ".join(f"{name} {a}/{b}" for name, (a, b) in tally.rounds.items())
        print(
            f"{path.name}: {tally.documented}/{tally.called} succeed as described, "
            f"{len(tally.refused)} refused as described, "
            f"{tally.valid}/{tally.bodies} valid  {rounds}  "
            f"slowest {tally.slowest[0] * 1000:.0f} ms ({tally.slowest[1]}), "
            f"{len(tally.unsendable)} of {tally.operations} cannot be sent"
        )
        if options.verbose:
            for complaint in tally.complaints:
                print(f"    {complaint}")
            for refusal in tally.refused:
                print(f"    refused: {refusal}")
        figures[path.name] = {
            "called": tally.called,
            "documented": tally.documented,
            "refused_as_described": len(tally.refused),
            "bodies": tally.bodies,
            "valid": tally.valid,
            **tally.rounds,
            "slowest_ms": round(tally.slowest[0] * 1000),
            "unsendable": tally.unsendable,
        }
    if options.json is not None:
        options.json.write_text(json.dumps(figures, indent=2) + "\n")
    return 0 if clean else 1


if __name__ == "__main__":
    sys.exit(main())
