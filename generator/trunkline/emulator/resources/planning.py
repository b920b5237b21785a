"""How the plans of resources are made from a description: what an item looks like, who owns which
member, what tells it, what the description shows."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace

from trunkline.emulator.resources.identifiers import Identifiers, example_of, timestamps
from trunkline.emulator.resources.matching import body_mapping
from trunkline.emulator.resources.resource_plan import (
    UNIQUE,
    ResourcePlan,
    item_schema,
    success,
    wrapped_in,
)
from trunkline.emulator.resources.shown_objects import ShownObjects
from trunkline.emulator.schemas.names import plain_name
from trunkline.emulator.schemas.schemas import Schemas
from trunkline.emulator.storage.query import Key, Table
from trunkline.ir import (
    ABSENT,
    Absent,
    Action,
    Api,
    Enumeration,
    FilterOperator,
    Json,
    Operation,
    Resource,
    Schema,
    String,
    Union,
)
from trunkline.semantics.addresses import own_addresses
from trunkline.semantics.jsonvalue import put
from trunkline.semantics.parameters import EXPRESSION
from trunkline.semantics.progress import makers, progress
from trunkline.semantics.responses import sent_schema
from trunkline.semantics.schemas import Member, is_closed

Path = tuple[str, ...]
_IDS = (*UNIQUE, "key", "slug", "code")
_PART_OF = ("login", "name", "id", "slug", "key", "username")
"""Members by which an object inside another is told in a path."""

_CREATED = {
    "createdat",
    "datecreated",
    "created",
    "createdon",
    "creationdate",
    "datecreation",
    "createdtime",
}
_UPDATED = {
    "updatedat", "dateupdated", "updated", "updatedon", "modifiedat", "datemodified",
    "lastmodified", "dateupdate", "lastupdated", "modified",
}  # fmt: skip
_NOT_YET = re.compile(
    r"(deleted|removed|trashed|archived|cancell?ed|closed|completed|finished|ended|failed|revoked"
    r"|expired|disabled|suspended|blocked|resolved|lastused|lastseen|lastlogin)(at|on|date|time)$"
)
_CONSTANT = {"recordtype", "object", "type", "kind", "resourcetype"}


class ResourcePlanner:
    """Makes the plans of one API's resources."""

    def __init__(self, api: Api, schemas: Schemas, seed: int) -> None:
        self._api = api
        self.schemas = schemas
        self._schemas = schemas
        self._seed = seed
        self._operations = {operation.id: operation for operation in api.operations}
        self._shown_objects = ShownObjects(schemas)

    def plan(self, resource: Resource) -> ResourcePlan | None:
        """The plan, None where nothing says what an item looks like."""
        operations = {a: self._operations[i] for a, i in resource.operations.items()}
        schema = self._schema(resource, operations)
        if schema is None or "object" not in self._schemas.types(schema):
            return None
        name = ".".join(resource.name)
        creator = operations.get(Action.CREATE) or operations.get(Action.REPLACE)
        body = sent_schema(creator) if creator is not None else None
        settable = self._settable(body, schema) if body is not None else None
        id_member = resource.id_member
        if id_member is None or self._schemas.descend(schema, id_member) is None:
            id_member = self._id_member(resource, schema, settable)
        id_schema = self._schemas.descend(schema, id_member) if id_member else None
        parameter = self._id_parameter(resource, operations)
        parents, keys = self._placed(resource, schema, id_member)
        plan = ResourcePlan(
            resource=resource,
            schema=schema,
            table=Table(name, self._keys(resource, operations.get(Action.LIST))),
            identifiers=Identifiers(
                self._schemas,
                self._telling(id_schema, parameter),
                self._id_check(id_schema, resource, operations),
                f"{self._seed}:{name}",
            ),
            id_member=id_member,
            parents=parents,
            parent_names=tuple(_parent_names(resource))[:parents],
            can_be_found=_can_be_found(operations.get(Action.LIST)),
            can_be_made=_can_be_made(resource, operations) or self._is_put(resource, operations),
            is_made_elsewhere=bool(makers(self._api, resource)),
            located=_is_located(operations.get(Action.CREATE)),
            mapped=Action.LIST in operations and operations[Action.LIST].mapped,
            addressed=_is_addressed(resource, operations.get(Action.RETRIEVE)),
            keys=keys,
            key_schemas=self._key_schemas(resource, operations, len(keys)),
            examples=tuple(self._shown_objects.examples(schema, operations)),
            listed=self._shown_objects.listed(schema, operations),
            further_ids=self._further_ids(name, schema, keys) if keys else {},
            defaults=self._defaults(body, schema) if body is not None else {},
            masked=self._masked(name),
            addresses=own_addresses(self._api, resource, schema),
        )
        self._shown_by_others(plan, operations.values())
        self._owned(plan, settable)
        plan.progress = progress(self._api, resource, schema)
        if plan.progress is not None:
            plan.initial[plan.progress.path] = plan.progress.begun
            for path, begun, _ in plan.progress.beside:
                plan.initial[path] = begun
        if settable is not None:
            plan.id_sent_as = self._id_sent_as(resource, schema, body)
            plan.initial.update(self._asked_for(plan, operations.get(Action.LIST), settable))
        return plan

    def _id_sent_as(self, resource: Resource, item: Schema, body: Schema | None) -> str | None:
        if body is None or Action.CREATE not in resource.operations:
            return None
        wanted = plain_name(resource.id_parameter or "")
        known = {plain_name(name) for name in self._schemas.members(item)}
        for name, member in self._schemas.members(body).items():
            scalar = self._schemas.types(member.schema) <= {"string", "integer"}
            if plain_name(name) == wanted and wanted not in known and scalar:
                return name
        return None

    def _asked_for(
        self, plan: ResourcePlan, listing: Operation | None, settable: set[Path]
    ) -> Iterator[tuple[Path, Json]]:
        """What every list has to be asked for by a member that creating cannot set: an item that
        has none of these values would never be listed."""
        required = {p.name: p.schema for p in listing.parameters if p.required} if listing else {}
        for filter_ in listing.filters if listing is not None else ():
            path = filter_.member
            shown = self._schemas.descend(plan.schema, path)
            asked = required.get(filter_.parameter)
            sent = tuple(map(plain_name, path)) in settable or path in plan.owned
            if (
                asked is None
                or shown is None
                or sent
                or filter_.operator is not FilterOperator.EQUALS
            ):
                continue
            shape = self._schemas.resolve(asked).shape
            for value in shape.values if isinstance(shape, Enumeration) else ():
                if self._schemas.fits(shown, value, "response"):
                    yield path, value
                    break

    def _shown_by_others(self, plan: ResourcePlan, operations: Iterable[Operation]) -> None:
        """Note what responses show of an item that its own schema does not, or not always."""
        known = self._schemas.members(plan.schema)
        closed = is_closed(self._api.schemas, plan.schema)
        for operation in operations:
            shown = item_schema(self._api.schemas, operation)
            if shown is None or self._schemas.resolve(shown) is self._schemas.resolve(plan.schema):
                continue
            if self._requires_more(shown, known):
                plan.others = (*plan.others, shown)
            for name, member in self._schemas.members(shown).items():
                if name not in known and not closed:
                    plan.beyond[name] = member.schema
                shape = self._schemas.resolve(member.schema).shape
                if name in known and isinstance(shape, Enumeration):
                    plan.narrower[name] = (*plan.narrower.get(name, ()), member.schema)

    def _requires_more(self, shown: Schema, known: Mapping[str, Member]) -> bool:
        """Whether a response requires, of a member or inside one, what an item may lack."""
        for name, member in self._schemas.members(shown).items():
            if name not in known:
                continue
            if member.required and not known[name].required:
                return True
            mine, theirs = known[name].schema, member.schema
            inner = self._schemas.items(theirs) or theirs
            if self._schemas.resolve(mine) is not self._schemas.resolve(theirs) and any(
                m.required for m in self._schemas.members(inner).values()
            ):
                return True
        return False

    def _telling(self, member: Schema | None, parameter: Schema | None) -> Schema | None:
        """Of an id's schemas in the object and in the path the one that says more."""
        if member is None or parameter is None:
            return member or parameter
        shapes = [self._schemas.resolve(one).shape for one in (member, parameter)]
        says = [isinstance(s, String) and bool(s.pattern or s.format) for s in shapes]
        return parameter if says[1] and not says[0] else member

    def _defaults(self, body: Schema, item: Schema) -> dict[str, Json]:
        """The defaults of a body's members, as members of the item that may be so."""
        mapping = body_mapping(self._schemas, body, item)
        given: dict[str, Json] = {}
        inner = self._schemas.descend(body, mapping.wrapper) or body
        for name, member in self._schemas.members(inner).items():
            default = member.schema.meta.default
            if default is ABSENT:
                default = self._schemas.resolve(member.schema).meta.default
            if not isinstance(default, Absent):
                put(given, (*mapping.wrapper, name), copy.deepcopy(default))
        known = self._schemas.members(item)
        return {
            name: value
            for name, value in mapping.applied(given).items()
            if name in known and self._schemas.fits(known[name].schema, value, "response")
        }

    def _settable(self, body: Schema, item: Schema) -> set[Path]:
        """The paths of members that a body can set, names as they are compared."""
        mapping = body_mapping(self._schemas, body, item)
        found: set[Path] = set()
        for path, prop in self._schemas.walk(body):
            if self._schemas.read_only(prop.schema):
                continue
            plain = tuple(map(plain_name, path))
            wrapper = tuple(map(plain_name, mapping.wrapper))
            if wrapper and plain[: len(wrapper)] == wrapper:
                plain = plain[len(wrapper) :]
            found.add((*map(plain_name, mapping.inside), *plain))
        return found

    def _id_member(
        self, resource: Resource, schema: Schema, settable: set[Path] | None
    ) -> Path | None:
        """The member that looks like the id, where no path says so."""
        known = self._schemas.members(schema)
        singular = plain_name(resource.name[-1]).removesuffix("s")
        named = plain_name(resource.id_parameter or "")
        for wanted in (named, *_IDS, f"{singular}id"):
            for name, member in known.items():
                if plain_name(name) != wanted:
                    continue
                scalar = self._schemas.types(member.schema) <= {"string", "integer", "null"}
                servers = settable is None or (wanted,) not in settable or wanted == named
                if scalar and (servers or resource.id_parameter is not None):
                    return (name,)
        if settable is None and resource.id_parameter is not None:
            # Nobody makes them: what they are asked for by is what they are called.
            for wanted in _PART_OF:
                for name, member in known.items():
                    if plain_name(name) == wanted and self._schemas.types(member.schema) == {
                        "string"
                    }:
                        return (name,)
        return None

    def _further_ids(
        self, name: str, schema: Schema, keys: tuple[Path | None, ...]
    ) -> dict[str, Identifiers]:
        found: dict[str, Identifiers] = {}
        for member in self._schemas.properties(schema):
            scalar = self._schemas.types(member.schema) <= {"string", "integer", "null"}
            if plain_name(member.name) not in UNIQUE or (member.name,) in keys or not scalar:
                continue

            def fits(value: Json, shown: Schema = member.schema) -> bool:
                return value not in ("", None) and self._schemas.fits(shown, value, "response")

            salt = f"{self._seed}:{name}:{member.name}"
            found[member.name] = Identifiers(self._schemas, member.schema, fits, salt)
        return found

    def _placed(
        self, resource: Resource, schema: Schema, id_member: Path | None
    ) -> tuple[int, tuple[Path | None, ...]]:
        """How many path parameters lead to the collection, and what the others stand for."""
        collection = EXPRESSION.findall(resource.collection_path or "")
        item = EXPRESSION.findall(resource.item_path or "")
        if resource.item_path is None:
            return len(collection), (id_member,)
        if resource.id_parameter is None:
            return len(item), ()
        if resource.collection_path is None or len(collection) >= len(item):
            return len(item) - 1, (id_member,)
        names = item[len(collection) : -1]
        return len(collection), (*(self._named(schema, name) for name in names), id_member)

    @staticmethod
    def _key_schemas(
        resource: Resource, operations: Mapping[Action, Operation], count: int
    ) -> tuple[Schema | None, ...]:
        for operation in operations.values():
            if operation.path == resource.item_path and count > 1:
                known = {p.name: p.schema for p in operation.parameters if p.location == "path"}
                names = EXPRESSION.findall(operation.path)
                return tuple(known.get(name) for name in names[-count:])
        return (None,) * count

    def _named(self, schema: Schema, parameter: str) -> Path | None:
        for name, member in self._schemas.members(schema).items():
            if plain_name(name) == plain_name(parameter):
                if "object" not in self._schemas.types(member.schema):
                    return (name,)
                inside = self._schemas.members(member.schema)
                return next(((name, part) for part in _PART_OF if part in inside), None)
        return None

    def plan_item(
        self, resource: Resource, schema: Schema, id_schema: Schema | None
    ) -> ResourcePlan:
        """The plan of objects that no HTTP operation acts on (those of JSON-RPC methods)."""
        name = ".".join(resource.name)
        shown = self._schemas.descend(schema, resource.id_member) if resource.id_member else None

        def fits(value: Json) -> bool:
            if value in ("", None):
                return False
            fits = self._schemas.fits
            if shown is not None and not fits(shown, value, "response"):
                return False
            return id_schema is None or fits(id_schema, value, "request")

        plan = ResourcePlan(
            resource=resource,
            schema=schema,
            table=Table(name, ()),
            identifiers=Identifiers(
                self._schemas, shown or id_schema, fits, f"{self._seed}:{name}"
            ),
            id_member=resource.id_member,
        )
        self._owned(plan, set())
        return plan

    def _schema(self, resource: Resource, operations: dict[Action, Operation]) -> Schema | None:
        found = self._described(resource, operations)
        if found is None:
            return None
        return self._living(self._opened(resource, found), operations)

    def _opened(self, resource: Resource, schema: Schema) -> Schema:
        """The item in the one of several envelopes that has it: that of success beside that of
        failure."""
        shape = self._schemas.resolve(schema).shape
        if not isinstance(shape, Union) or self._has_id(resource, schema):
            return schema
        inside = [
            member.schema
            for part in shape.members
            for member in self._schemas.members(part).values()
            if self._schemas.types(member.schema) == {"object"}
            and self._has_id(resource, member.schema)
        ]
        return inside[0] if len(inside) == 1 else schema

    def _has_id(self, resource: Resource, schema: Schema) -> bool:
        wanted = {*UNIQUE, plain_name(resource.id_parameter or "id")}
        return any(plain_name(name) in wanted for name in self._schemas.members(schema))

    def _described(self, resource: Resource, operations: dict[Action, Operation]) -> Schema | None:
        listing = operations.get(Action.LIST)
        found = self._shown(resource, operations)
        listed = item_schema(self._schemas.named, listing) if listing is not None else None
        if found is not None and listed is not None:
            # What stands around one item, where a list shows the items themselves.
            inside = wrapped_in(self._schemas, found, listed)
            if inside is not None:
                return listed
        return found

    def _shown(self, resource: Resource, operations: dict[Action, Operation]) -> Schema | None:
        if resource.schema is not None and resource.schema in self._api.schemas:
            return self._api.schemas[resource.schema]
        for action in (Action.RETRIEVE, Action.CREATE, Action.UPDATE, Action.REPLACE, Action.LIST):
            if action in operations:
                found = item_schema(self._schemas.named, operations[action])
                if found is not None:
                    return found
        return None

    def _living(self, schema: Schema, operations: dict[Action, Operation]) -> Schema:
        """Of alternatives that an item may be those of an object that is there: the one that
        creating shows, else those that do not say that it is deleted."""
        shape = self._schemas.resolve(schema).shape
        if not isinstance(shape, Union):
            return schema
        for action in (Action.CREATE, Action.UPDATE, Action.REPLACE, Action.LIST):
            operation = operations.get(action)
            shown = item_schema(self._schemas.named, operation) if operation is not None else None
            if shown is None:
                continue
            target = self._schemas.resolve(shown)
            for part in shape.members:
                if self._schemas.resolve(part) is target:
                    return part
        living = [part for part in shape.members if not self._is_deleted(part)]
        if not living or len(living) == len(shape.members):
            return schema
        return (
            living[0]
            if len(living) == 1
            else replace(schema, shape=replace(shape, members=tuple(living)))
        )

    def _is_deleted(self, schema: Schema) -> bool:
        member = self._schemas.members(schema).get("deleted")
        if member is None:
            return False
        shape = self._schemas.resolve(member.schema).shape
        return isinstance(shape, Enumeration) and shape.values == (True,)

    def _is_put(self, resource: Resource, operations: Mapping[Action, Operation]) -> bool:
        """Whether items are there because they were put: they can be put and taken away again, and
        are listed, or have nothing below them that would be asked for first."""
        retrieving = operations.get(Action.RETRIEVE)
        missed = retrieving is None or any(r.status in ("404", "410") for r in retrieving.responses)
        if not missed or not {Action.REPLACE, Action.DELETE} <= operations.keys():
            return False
        below = f"{resource.item_path}/"
        return Action.LIST in operations or not any(
            operation.path.startswith(below) for operation in self._api.operations
        )

    def _id_parameter(
        self, resource: Resource, operations: dict[Action, Operation]
    ) -> Schema | None:
        for operation in operations.values():
            for parameter in operation.parameters:
                if parameter.location == "path" and parameter.name == resource.id_parameter:
                    return parameter.schema
        return None

    def _id_check(
        self,
        schema: Schema | None,
        resource: Resource,
        operations: dict[Action, Operation],
    ) -> Callable[[Json], bool]:
        parameter = self._id_parameter(resource, operations)
        checks: list[Callable[[Json], bool]] = []
        if schema is not None:
            checks.append(self._schemas.check(schema, "response"))
        if parameter is not None:
            asked = self._schemas.check(parameter, "request")
            as_text = "string" in self._schemas.types(parameter)
            checks.append((lambda value: asked(str(value))) if as_text else asked)

        def fits(value: Json) -> bool:
            return value not in ("", None) and all(check(value) for check in checks)

        return fits

    def _masked(self, name: str) -> Mapping[str, str]:
        declared = self._api.behaviour.resources if self._api.behaviour is not None else {}
        return declared[name].masked if name in declared else {}

    def _keys(self, resource: Resource, listing: Operation | None) -> tuple[Key, ...]:
        found: dict[Key, None] = {Key(path): None for path in resource.unique}
        if listing is not None:
            for filter_ in listing.filters:
                found[Key(filter_.member, filter_.ignore_case)] = None
            if listing.sort is not None:
                for path, _ in listing.sort.keys.values():
                    found[Key(path)] = None
        return tuple(found)

    def _owned(self, plan: ResourcePlan, settable: set[Path] | None) -> None:
        """Find the members that the server fills in: read-only ones, and those that creating
        cannot set (None: nothing is known about that)."""
        for path, prop in self._schemas.walk(plan.schema):
            if path == plan.id_member or len(path) > 3:
                continue
            hint = self._hint(prop)
            server = self._schemas.read_only(prop.schema) or (
                settable is not None and tuple(map(plain_name, path)) not in settable
            )
            kind = hint or (self._guess(prop, path) if server else None)
            if kind in ("created_at", "updated_at"):
                write = timestamps(
                    self._schemas, prop.schema, self._schemas.check(prop.schema, "response")
                )
                (plan.created if kind == "created_at" else plan.updated)[path] = write
            elif kind == "not_yet":
                plan.not_yet = (*plan.not_yet, path)
                if prop.required:
                    plan.initial[path] = None
            elif kind == "counter":
                plan.counters = (*plan.counters, path)
            elif kind == "constant" and (prop.always or hint is not None):
                # What only some alternatives have would say that it is one of those.
                value = self._constant(prop)
                if value is not None:
                    plan.constants[path] = value

    def _hint(self, prop: Member) -> str | None:
        for schema in (prop.schema, self._schemas.resolve(prop.schema)):
            hint = schema.meta.extensions.get("x-trunkline-owned")
            if isinstance(hint, dict):
                hint = hint.get("value")
            if isinstance(hint, str):
                return hint
        return None

    def _guess(self, prop: Member, path: Path) -> str | None:
        plain = prop.name.lower().replace("_", "").replace("-", "")
        allowed = self._schemas.types(prop.schema)
        shape = self._schemas.resolve(prop.schema).shape
        temporal = bool(allowed & {"string", "integer", "number"})
        if plain in _CREATED and temporal:
            return "created_at"
        if plain in _UPDATED and temporal:
            return "updated_at"
        if "null" in allowed and temporal and _NOT_YET.match(plain):
            return "not_yet"
        if isinstance(shape, Enumeration) and len(shape.values) == 1 and len(path) == 1:
            return "constant"
        if plain in _CONSTANT and len(path) == 1 and "string" in allowed:
            return "constant"
        if plain.endswith("count") and "integer" in allowed:
            return "counter"
        return None

    def _constant(self, prop: Member) -> Json:
        shape = self._schemas.resolve(prop.schema).shape
        candidates: list[Json] = [example_of(self._schemas, prop.schema)]
        if isinstance(shape, Enumeration):
            candidates += shape.values
        fits = self._schemas.check(prop.schema, "response")
        return next((c for c in candidates if c is not None and fits(c)), None)


def _is_located(creator: Operation | None) -> bool:
    return creator is not None and success(creator)[0] == 201


def _is_addressed(resource: Resource, retrieving: Operation | None) -> bool:
    # Where paths say what is done, that of items may say that it is deleted.
    reads = retrieving is not None and retrieving.path == resource.item_path
    return resource.plain_item_path is None or reads


def _can_be_found(listing: Operation | None) -> bool:
    if listing is None:
        return False
    paging = listing.pagination
    own = {paging.page, paging.size} if paging is not None else set()
    return not any(
        p.required and p.location == "query" and p.name not in own for p in listing.parameters
    )


def _parent_names(resource: Resource) -> Iterator[tuple[str, ...]]:
    path = resource.collection_path or resource.item_path or ""
    for hit, parameter in zip(EXPRESSION.finditer(path), resource.parent_parameters, strict=False):
        name = plain_name(parameter)
        noun = plain_name(path[: hit.start()].rstrip("/").rpartition("/")[2])
        one = f"{noun[:-3]}y" if noun.endswith("ies") else noun.removesuffix("s")
        yield (name, f"{one}{name}") if one and name in UNIQUE else (name,)


def _can_be_made(resource: Resource, operations: Mapping[Action, Operation]) -> bool:
    if resource.id_parameter is None and Action.LIST not in operations:
        makers = (operations.get(Action.CREATE), operations.get(Action.REPLACE))
        by_creating = [o for o in makers if o is not None and o.path == resource.item_path]
        return any(o.action is Action.CREATE for o in by_creating)
    replacing = operations.get(Action.REPLACE)
    by_replacing = replacing is not None and any(r.status == "201" for r in replacing.responses)
    return Action.CREATE in operations or by_replacing
