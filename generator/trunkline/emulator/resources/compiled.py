"""All that can be worked out about an operation before a request, worked out at the first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from email.utils import parsedate_to_datetime

from trunkline.emulator.decoding.bodies import BodyReader
from trunkline.emulator.decoding.parameters import ParameterReader
from trunkline.emulator.decoding.security import Authenticator, Security
from trunkline.emulator.http.messages import RawHeaders
from trunkline.emulator.resources.envelope import Envelope
from trunkline.emulator.resources.matching import BodyMapping, body_mapping
from trunkline.emulator.resources.relations import Relations
from trunkline.emulator.resources.resource_plan import (
    ResourcePlan,
    best_content,
    seeded,
    success,
    wrapped_in,
)
from trunkline.emulator.schemas.names import plain_name
from trunkline.emulator.schemas.sampling import NoValue, Sampler
from trunkline.emulator.schemas.schemas import Schemas
from trunkline.ir import (
    Action,
    Api,
    Content,
    Header,
    Operation,
    ParameterLocation,
    Response,
    Schema,
    Union,
)
from trunkline.semantics import responses, schemas
from trunkline.semantics.fillable import Fillable
from trunkline.semantics.media import MediaKind, concrete, is_json, is_range, kind
from trunkline.semantics.pagewords import PageWord, header_word
from trunkline.semantics.parameters import EXPRESSION
from trunkline.semantics.questions import about_many, is_query
from trunkline.semantics.responses import sent_schema
from trunkline.semantics.spelling import plain_one

_OWN_HEADERS = frozenset(
    {"content-type", "content-length", "location", "link", "connection", "transfer-encoding"}
    | {"date", "etag"}
)
"""Headers that are told of the response itself, not made from their schema."""
_DATES = ("last-modified", "expires")
_SOME_DATE = b"Mon, 05 Feb 2024 12:00:00 GMT"
_STRUCTURED = (MediaKind.JSON, MediaKind.XML, MediaKind.CSV)
"""Kinds in which objects and lists can be written."""
_WRITABLE = (MediaKind.XML, MediaKind.CSV, MediaKind.JSON_LINES)
"""Kinds in which what is shown in JSON can be written."""
_CONDITIONS = ("if-match", "if-none-match")


@dataclass(slots=True)
class Representation:
    """One media type of a success response."""

    content: Content
    media_type: bytes
    """As it is said of a body."""
    is_json: bool
    by_example: bool
    """Whether the description's example is shown, because nothing else can be written so."""
    item: Schema | None
    """The object (of a list: each object) in it, where it is JSON."""
    same_item: bool
    """Whether `item` is the resource's own schema, so that stored text is shown as it is."""
    envelope: Envelope | None
    several: bool = False
    """Whether an object is shown as a list of one, so that it can be a list of several too."""
    elements: tuple[Schema, ...] = ()
    """Where it is one of several lists: the object in each."""
    id_as: str | None = None
    """What `item` calls the object's id, where it is not what the resource calls it."""
    id_alone: bool = False
    """Whether the object's id is all that is shown of it."""
    from_path: tuple[tuple[str, str], ...] = ()
    """Members of `item` that the object does not have and a path parameter tells."""


@dataclass(slots=True)
class Outcome:
    """One documented success."""

    status: int
    response: Response | None
    headers: RawHeaders
    """Documented headers, with sampled values."""
    usual: Representation | None
    """How it is written when the client does not mind; None: no body."""
    others: Mapping[str, Representation]
    """By described media type."""
    page_headers: tuple[tuple[Header, PageWord], ...] = ()
    """Documented headers that tell about the pages of a list."""
    is_located: bool = False
    """Whether a `Location` is documented."""


@dataclass(slots=True)
class CompiledOperation:
    """One operation, ready to serve."""

    operation: Operation
    action: Action
    """`OTHER` when the operation does not act on a resource the server can keep."""
    authenticate: Authenticator
    path: ParameterReader
    query: ParameterReader
    header: ParameterReader
    cookie: ParameterReader
    body: BodyReader | None
    request_schema: Schema | None
    mapping: BodyMapping | None
    """How its body tells the properties of the resource's objects."""
    path_names: tuple[str, ...]
    """Path parameters in the order of the path, then what names the object where none does."""
    outcomes: Mapping[int, Outcome]
    usual: Outcome
    creation: Outcome
    """How it succeeds where it has made an object."""
    resource: ResourcePlan | None
    subject: ResourcePlan | None
    """What an operation that is none of a resource's own acts on: the object that its path names
    before it goes on."""
    cacheable: bool
    """Whether two equal requests get equal responses as long as nothing is changed."""
    conditional: bool
    """Whether objects are shown with an entity tag, and requests may depend on it."""
    dated: bool
    """Whether objects are shown with the time of their last change, where they say it."""
    unfillable: bool
    """Whether nothing fits what the usual success is described to be."""
    several: bool
    """Whether a request may list several objects to be made, and all of them are shown."""
    one_each: tuple[str, str] | None
    """The property of a body whose values are those of another one of each object that is made:
    `user_ids` and `user_id`."""

    @property
    def status(self) -> int:
        """The status of the usual success."""
        return self.usual.status

    @property
    def response(self) -> Response | None:
        """The usual success as described."""
        return self.usual.response

    @property
    def content(self) -> Content | None:
        """What the usual success is written as; None: no body."""
        return self.usual.usual.content if self.usual.usual is not None else None

    def outcome(self, *wanted: int) -> Outcome:
        """The first documented success with one of these statuses, else the usual one."""
        return next((self.outcomes[s] for s in wanted if s in self.outcomes), self.usual)


class OperationCompiler:
    """Compiles the operations of one API; one per server."""

    def __init__(
        self,
        api: Api,
        schemas: Schemas,
        sampler: Sampler,
        security: Security,
        validation: tuple[int, ...],
        resources: Relations,
    ) -> None:
        self._api = api
        self._schemas = schemas
        self._sampler = sampler
        self._security = security
        self._validation = validation
        self._compiled: dict[str, CompiledOperation] = {}
        # What fits several alternatives alike is shown all the same: it is of more use than none.
        self._fillable = Fillable(api, exactly=False)
        self._resources = resources

    def compiled(self, operation: Operation) -> CompiledOperation:
        """Everything about an operation, worked out at the first call."""
        known = self._compiled.get(operation.id)
        if known is None:
            known = self._compiled[operation.id] = self._compile(operation)
        return known

    def _compile(self, operation: Operation) -> CompiledOperation:
        resource = self._resources.of(operation)
        acting = self._resources.subject_of(operation) if resource is None else None
        usual, outcomes = self._outcomes(operation, resource, acting)
        action = operation.action if resource is not None else Action.OTHER
        shown = usual.usual.item if usual.usual is not None else None
        alone = usual.usual is not None and usual.usual.id_alone
        if (shown is None and action in (Action.LIST, Action.RETRIEVE)) or (
            shown is not None and not alone and "object" not in self._schemas.types(shown)
        ):
            action = Action.OTHER

        def reader(location: ParameterLocation) -> ParameterReader:
            return ParameterReader(self._schemas, operation.parameters, location)

        header = reader(ParameterLocation.HEADER)
        query = reader(ParameterLocation.QUERY)
        if not query:
            query = reader(ParameterLocation.QUERYSTRING)
        body = None
        if operation.body is not None and operation.body.contents:
            body = BodyReader(self._schemas, operation.body, self._validation)
        subject = acting
        if resource is not None and action is Action.OTHER:
            subject = self._resources.subject_of(operation)
        asked = sent_schema(operation)
        about = resource or subject
        mapping = None
        if asked is not None and about is not None:
            mapping = body_mapping(self._schemas, asked, about.schema)
        return CompiledOperation(
            operation=operation,
            action=action,
            authenticate=self._security.authenticator(operation),
            path=reader(ParameterLocation.PATH),
            query=query,
            header=header,
            cookie=reader(ParameterLocation.COOKIE),
            body=body,
            request_schema=asked,
            mapping=mapping,
            path_names=_names(operation),
            outcomes=outcomes,
            usual=usual,
            creation=outcomes.get(201, usual),
            resource=resource,
            subject=subject,
            cacheable=action is Action.LIST and not header and operation.method == "get",
            conditional=_is_conditional(operation),
            dated=_is_dated(operation),
            unfillable=self._is_unfillable(usual),
            several=self._makes_several(usual, asked, mapping),
            one_each=self._one_each(usual, asked, resource),
        )

    def _makes_several(
        self, usual: Outcome, asked: Schema | None, mapping: BodyMapping | None
    ) -> bool:
        shown = usual.usual
        if shown is None or not shown.several or asked is None or mapping is None:
            return False
        place = self._schemas.descend(asked, mapping.wrapper)
        return place is not None and self._schemas.items(place) is not None

    def _one_each(
        self, usual: Outcome, asked: Schema | None, resource: ResourcePlan | None
    ) -> tuple[str, str] | None:
        shown = usual.usual
        if shown is None or not shown.several or asked is None or resource is None:
            return None
        known = {plain_name(name): name for name in self._schemas.members(resource.schema)}
        for name, member in self._schemas.members(asked).items():
            element = self._schemas.items(member.schema)
            plain = element is not None and "object" not in self._schemas.types(element)
            if plain and plain_name(name) not in known and plain_one(name) in known:
                return name, known[plain_one(name)]
        return None

    def _is_unfillable(self, usual: Outcome) -> bool:
        schema = usual.usual.content.schema if usual.usual is not None else None
        return schema is not None and not self._fillable(schema)

    def _outcomes(
        self, operation: Operation, resource: ResourcePlan | None, acting: ResourcePlan | None
    ) -> tuple[Outcome, Mapping[int, Outcome]]:
        status, response = success(operation)
        usual = self._outcome(operation, status, response, resource, acting)
        outcomes = {status: usual}
        for other in responses.successes(operation):
            code = responses.status_code(other)
            if code not in outcomes:
                outcomes[code] = self._outcome(operation, code, other, resource, acting)
        return usual, outcomes

    def outcome(self, operation: Operation, status: int, response: Response) -> Outcome:
        """Any documented response, as an outcome that is asked for."""
        return self._outcome(operation, status, response, None)

    def _outcome(
        self,
        operation: Operation,
        status: int,
        response: Response | None,
        resource: ResourcePlan | None,
        acting: ResourcePlan | None = None,
    ) -> Outcome:
        contents = response.contents if response is not None else ()
        best = best_content(response)
        others = {
            c.media_type: self._representation(operation, c, resource, acting) for c in contents
        }
        if best is not None:
            usual = others[best.media_type]
            others = {
                name: shown if self._is_structured(shown) else _converted(shown, usual)
                for name, shown in others.items()
            }
        return Outcome(
            status=status,
            response=response,
            headers=self._headers(response),
            usual=others[best.media_type] if best is not None and status != 204 else None,
            others=others,
            page_headers=tuple(_page_headers(operation, response)),
            is_located=any(
                header.name.lower() == "location"
                for header in (response.headers if response is not None else ())
            ),
        )

    def _is_structured(self, shown: Representation) -> bool:
        """Whether a description says what is inside a body, beyond text."""
        schema = shown.content.schema
        structured = schema is not None and self._schemas.types(schema) & {"object", "array"}
        return bool(structured) and kind(shown.content.media_type) in _STRUCTURED

    def _elements(self, schema: Schema | None) -> tuple[Schema, ...]:
        """The object in each of several lists; none where it is one list."""
        shape = self._schemas.resolve(schema).shape if schema is not None else None
        if not isinstance(shape, Union):
            return ()
        found = (self._schemas.items(member) for member in shape.members)
        return tuple(element for element in found if element is not None)

    def _representation(
        self,
        operation: Operation,
        content: Content,
        resource: ResourcePlan | None,
        acting: ResourcePlan | None,
    ) -> Representation:
        named = concrete(content.media_type)
        media_type = "application/octet-stream" if is_range(named) else named
        shown = Representation(
            content=content,
            media_type=media_type.encode("ascii", "replace"),
            is_json=is_json(content.media_type),
            by_example=bool(content.examples) and not is_json(content.media_type),
            item=None,
            same_item=False,
            envelope=None,
            id_alone=resource is not None
            and responses.shows_id_alone(self._api.schemas, operation),
        )
        if content.schema is None or kind(content.media_type) not in _STRUCTURED:
            return shown
        payload = operation.payload
        listing = operation.action is Action.LIST
        if listing and operation.pagination is not None:
            payload = operation.pagination.items
        item = self._schemas.descend(content.schema, payload)
        elements: tuple[Schema, ...] = ()
        as_list = False
        if item is not None and not listing and _is_about_list(operation):
            # The list that a search responds with is all that its response is about.
            lists = [
                name
                for name, member in self._schemas.members(item).items()
                if self._schemas.items(member.schema) is not None
            ]
            if len(lists) == 1:
                payload = (*payload, lists[0])
                item = self._schemas.descend(item, (lists[0],))
            elements = self._elements(item)
        elif item is not None and listing:
            elements = self._elements(item)
            by_ids = schemas.mapped(self._api.schemas, item) if operation.mapped else None
            item = by_ids or self._schemas.items(item)
        elif item is not None and (resource or acting) is not None:
            payload, item, as_list = self._object_in(operation, payload, item, resource, acting)
        resolve = self._schemas.resolve
        same = (
            resource is not None and item is not None and resolve(item) is resolve(resource.schema)
        )
        envelope = Envelope(
            self._api,
            self._schemas,
            self._sampler,
            content.schema,
            payload,
            operation.pagination,
            as_list=as_list,
        )
        id_as = None
        from_path: tuple[tuple[str, str], ...] = ()
        if item is not None and resource is not None and not same and not listing:
            id_as = self._id_as(item, resource)
            from_path = self._from_path(operation, item, resource)
        return replace(
            shown,
            item=item,
            same_item=same,
            envelope=envelope,
            several=as_list,
            elements=elements,
            id_as=id_as,
            from_path=from_path,
        )

    def _object_in(
        self,
        operation: Operation,
        payload: tuple[str, ...],
        shown: Schema,
        resource: ResourcePlan | None,
        acting: ResourcePlan | None,
    ) -> tuple[tuple[str, ...], Schema, bool]:
        """Where in a response the object stands that an operation is about, what it looks like
        there, and whether it is shown as a list."""
        about = resource or acting
        assert about is not None
        by_id = schemas.mapped(self._api.schemas, shown) if operation.mapped else None
        if by_id is not None:
            return payload, by_id, False
        element = self._schemas.items(shown)
        own = self._schemas.resolve(about.schema)
        acts = resource is not None
        changes = acts or operation.method != "get"
        if element is not None and "object" in self._schemas.types(element):
            told = acts and (bool(payload) or operation.action is Action.CREATE)
            is_it = told or self._schemas.resolve(element) is own
            return (payload, element, True) if is_it and changes else (payload, shown, False)
        inside = wrapped_in(self._schemas, shown, about.schema)
        if inside is None or (inside[1] and not changes) or not (acts or inside[1]):
            # Beside what an action is about its response may be an object that refers to it.
            return payload, shown, False
        return (*payload, inside[0]), about.schema, inside[1]

    def _from_path(
        self, operation: Operation, item: Schema, resource: ResourcePlan
    ) -> tuple[tuple[str, str], ...]:
        known = self._schemas.members(resource.schema)
        told = {plain_name(name): name for name in EXPRESSION.findall(operation.path)}
        return tuple(
            (name, told[plain_name(name)])
            for name in self._schemas.members(item)
            if name not in known and plain_name(name) in told
        )

    def _id_as(self, item: Schema, resource: ResourcePlan) -> str | None:
        """`exportId` of an export that is only told to be on its way."""
        known = self._schemas.members(resource.schema)
        members = self._schemas.members(item)
        if resource.id_member is None or resource.id_member[0] in members:
            return None
        parents = {plain_name(name) for name in resource.resource.parent_parameters}
        found = [
            name
            for name in members
            if name not in known
            and plain_name(name).endswith("id")
            and plain_name(name) not in parents
        ]
        return found[0] if len(found) == 1 else None

    def _headers(self, response: Response | None) -> RawHeaders:
        found: RawHeaders = []
        for header in response.headers if response is not None else ():
            name = header.name.lower()
            moved = name == "location" and response is not None and response.status[:1] == "3"
            if name in _OWN_HEADERS and not moved:
                continue
            try:
                value = self._sampler.sample(header.schema, seeded(name))
            except NoValue:
                continue
            text = _header_text(value)
            if name in _DATES and not _is_date(text):
                text = _SOME_DATE
            if text is not None and name.isascii() and name.replace("-", "").isalnum():
                found.append((name.encode(), text))
        return found


def _names(operation: Operation) -> tuple[str, ...]:
    names = tuple(EXPRESSION.findall(operation.path))
    return names if operation.key is None else (*names, operation.key.name)


def _converted(shown: Representation, usual: Representation) -> Representation:
    """What is described as no more than text is the same as in JSON, written otherwise."""
    content = usual.content
    if (
        shown.by_example
        or not usual.is_json
        or usual.envelope is None
        or kind(shown.content.media_type) not in _WRITABLE
    ):
        return shown
    written = replace(shown.content, schema=content.schema)
    return replace(usual, content=written, media_type=shown.media_type, is_json=False)


def _is_about_list(operation: Operation) -> bool:
    return is_query(operation) or about_many(operation) is not None


def _page_headers(
    operation: Operation, response: Response | None
) -> Iterator[tuple[Header, PageWord]]:
    if operation.action is not Action.LIST or response is None:
        return
    always = (PageWord.TOTAL, PageWord.SHOWN)
    for header in response.headers:
        word = header_word(header.name)
        if operation.pagination is not None and operation.pagination.next_header == header.name:
            word = PageWord.NEXT
        if word is not None and (operation.pagination is not None or word in always):
            yield header, word


def _is_conditional(operation: Operation) -> bool:
    """Whether an operation speaks of entity tags."""
    if any(r.status in ("304", "412", "428") for r in operation.responses):
        return True
    if any(h.name.lower() == "etag" for r in operation.responses for h in r.headers):
        return True
    headers = [p for p in operation.parameters if p.location is ParameterLocation.HEADER]
    return any(p.name.lower() in _CONDITIONS for p in headers)


def _is_dated(operation: Operation) -> bool:
    """Whether an operation speaks of the time of the last change."""
    shown = any(h.name.lower() == "last-modified" for r in operation.responses for h in r.headers)
    return shown or any(p.name.lower() == "if-modified-since" for p in operation.parameters)


def _is_date(text: bytes | None) -> bool:
    """Whether a date is written as HTTP writes dates (RFC 9110, 5.6.7)."""
    try:
        parsedate_to_datetime((text or b"").decode("latin-1"))
    except ValueError:
        return False
    return True


def _header_text(value: object) -> bytes | None:
    match value:
        case bool():
            text = "true" if value else "false"
        case list():
            text = ",".join(map(str, value))
        case dict():
            text = ",".join(f"{k},{v}" for k, v in value.items())
        case _:
            text = str(value)
    raw = text.encode("latin-1", "replace")
    return None if any(byte < 0x20 or byte == 0x7F for byte in raw) else raw
