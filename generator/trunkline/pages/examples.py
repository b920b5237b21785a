"""Requests and responses to show: those that the description has, else made-up ones that fit."""

from __future__ import annotations

from dataclasses import dataclass

from trunkline.emulator.resources.resource_plan import seeded
from trunkline.emulator.schemas.sampling import NoValue, Sampler
from trunkline.emulator.schemas.schemas import Schemas
from trunkline.ir import (
    Api,
    Content,
    Direction,
    Json,
    Operation,
    Parameter,
    ParameterLocation,
    Response,
    RpcMethod,
    RpcParameter,
    Schema,
)
from trunkline.semantics.media import MediaKind, json_content, kind
from trunkline.semantics.remote_examples import documented_calls


@dataclass(frozen=True, slots=True, kw_only=True)
class ExampleBody:
    """A body: its media type, and its value where it is JSON or a form, else its text."""

    media_type: str
    value: Json

    @property
    def is_json(self) -> bool:
        """Whether the value is sent as JSON."""
        return kind(self.media_type) is MediaKind.JSON


class Examples:
    """Makes the examples of one API; the same every time."""

    def __init__(self, api: Api) -> None:
        self._schemas = Schemas(api)
        self._sampler = Sampler(api, self._schemas)
        self._requests, self._results = documented_calls(api)

    def parameters(self, operation: Operation) -> dict[tuple[ParameterLocation, str], Json]:
        """A value for every parameter that has to be sent."""
        return {
            (p.location, p.name): self._parameter(p) for p in operation.parameters if p.required
        }

    def _parameter(self, parameter: Parameter) -> Json:
        for value in parameter.examples:
            if self._schemas.fits(parameter.schema, value, "request"):
                return value
        return self._sample(parameter.schema, parameter.name)

    def body(self, operation: Operation) -> ExampleBody | None:
        """A body of the request; None where none is sent, or where it is a file."""
        if operation.body is None:
            return None
        contents = operation.body.contents
        forms = (c for c in contents if kind(c.media_type) is MediaKind.FORM)
        content = json_content(contents) or next(forms, None)
        if content is None:
            return None
        return ExampleBody(
            media_type=content.media_type, value=self._content(content, operation.id, "request")
        )

    def response(self, response: Response, name: str) -> ExampleBody | None:
        """A body of a response; None where there is none or where it is not JSON."""
        content = json_content(response.contents)
        if content is None:
            return None
        return ExampleBody(
            media_type=content.media_type, value=self._content(content, name, "response")
        )

    def _content(self, content: Content, name: str, direction: Direction) -> Json:
        schema = content.schema
        for value in content.examples.values():
            if schema is None or self._schemas.fits(schema, value, direction):
                return value
        return None if schema is None else self._sample(schema, name, direction)

    def _sample(self, schema: Schema, name: str, direction: Direction = "request") -> Json:
        try:
            return self._sampler.sample(schema, seeded(0, name), direction)
        except NoValue:
            return None

    def arguments(self, method: RpcMethod) -> list[Json]:
        """Values of the parameters of a JSON-RPC method, in order: those of an example, else those
        that it has to be given."""
        if method.name in self._requests:
            return self._requests[method.name]
        return [self._argument(method, p) for p in method.parameters if p.required]

    def _argument(self, method: RpcMethod, parameter: RpcParameter) -> Json:
        return self._sample(parameter.schema, f"{method.name}.{parameter.name}")

    def result(self, method: RpcMethod) -> Json:
        """What a JSON-RPC method returns; None where that is not known."""
        if method.name in self._results:
            return self._results[method.name]
        if method.result is None:
            return None
        return self._sample(method.result, method.name, "response")
