"""All that can be worked out about an operation before a request, worked out at the first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from trunkline.emulator.decoding.bodies import BodyReader
from trunkline.emulator.decoding.parameters import ParameterReader
from trunkline.emulator.decoding.security import Authenticator, Security
from trunkline.emulator.http.messages import RawHeaders
from trunkline.emulator.resources.envelope import Envelope
from trunkline.emulator.resources.resource_plan import (
    ResourcePlan,
    best_content,
    item_schema,
    request_schema,
    seeded,
    success,
)
from trunkline.emulator.schemas.sampling import NoValue, Sampler
from trunkline.emulator.schemas.schemas import Schemas
from trunkline.ir import (
    Action,
    Api,
    Content,
    Operation,
    ParameterLocation,
    Response,
    Schema,
)
from trunkline.semantics.media import is_json


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
    status: int
    response: Response | None
    content: Content | None
    """What a success response is written as; None: no body."""
    item: Schema | None
    """The object (of a list: each object) in the success response."""
    same_item: bool
    """Whether `item` is the resource's own schema, so that stored text is shown as it is."""
    envelope: Envelope | None
    resource: ResourcePlan | None
    headers: RawHeaders
    """Documented headers of the success response, with sampled values."""
    cacheable: bool
    """Whether two equal requests get equal responses as long as nothing is changed."""


class OperationCompiler:
    """Makes operation plans; one per server."""

    def __init__(
        self,
        api: Api,
        schemas: Schemas,
        sampler: Sampler,
        security: Security,
        validation: tuple[int, ...],
        resource_of: Callable[[Operation], ResourcePlan | None],
    ) -> None:
        self._api = api
        self._schemas = schemas
        self._sampler = sampler
        self._security = security
        self._validation = validation
        self._compiled: dict[str, CompiledOperation] = {}
        self._resource_of = resource_of

    def compiled(self, operation: Operation) -> CompiledOperation:
        """Everything about an operation, worked out at the first call."""
        known = self._compiled.get(operation.id)
        if known is None:
            known = self._compiled[operation.id] = self._compile(operation)
        return known

    def _compile(self, operation: Operation) -> CompiledOperation:
        status, response = success(operation)
        content = best_content(response)
        resource = self._resource_of(operation)
        action = operation.action if resource is not None else Action.OTHER
        item = item_schema(self._schemas.named, operation)
        if (item is None and action in (Action.LIST, Action.RETRIEVE)) or (
            item is not None and "object" not in self._schemas.types(item)
        ):
            action = Action.OTHER
        same = (
            resource is not None
            and item is not None
            and self._schemas.resolve(item) is self._schemas.resolve(resource.schema)
        )

        def reader(location: ParameterLocation) -> ParameterReader:
            return ParameterReader(self._schemas, operation.parameters, location)

        header = reader(ParameterLocation.HEADER)
        query = reader(ParameterLocation.QUERY)
        if not query:
            query = reader(ParameterLocation.QUERYSTRING)
        body = None
        if operation.body is not None and operation.body.contents:
            body = BodyReader(self._schemas, operation.body, self._validation)
        return CompiledOperation(
            operation=operation,
            action=action,
            authenticate=self._security.authenticator(operation),
            path=reader(ParameterLocation.PATH),
            query=query,
            header=header,
            cookie=reader(ParameterLocation.COOKIE),
            body=body,
            request_schema=request_schema(operation),
            status=status,
            response=response,
            content=content,
            item=item,
            same_item=same,
            envelope=self._envelope(operation, content),
            resource=resource,
            headers=self._headers(response),
            cacheable=action is Action.LIST and not header and operation.method == "get",
        )

    def _envelope(self, operation: Operation, content: Content | None) -> Envelope | None:
        if content is None or content.schema is None or not is_json(content.media_type):
            return None
        payload = operation.payload
        if operation.action is Action.LIST and operation.pagination is not None:
            payload = operation.pagination.items
        return Envelope(
            self._api,
            self._schemas,
            self._sampler,
            content.schema,
            payload,
            operation.pagination,
        )

    def _headers(self, response: Response | None) -> RawHeaders:
        found: RawHeaders = []
        for header in response.headers if response is not None else ():
            name = header.name.lower()
            if name in (
                "content-type",
                "content-length",
                "location",
                "link",
                "connection",
                "transfer-encoding",
                "date",
            ):
                continue
            try:
                value = self._sampler.sample(header.schema, seeded(name))
            except NoValue:
                continue
            text = _header_text(value)
            if text is not None and name.isascii() and name.replace("-", "").isalnum():
                found.append((name.encode(), text))
        return found


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
