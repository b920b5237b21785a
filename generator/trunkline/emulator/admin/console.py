"""What the page offers to try: every operation, with a valid call of it made up."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode

from trunkline.emulator.http.messages import Account
from trunkline.emulator.operations.services import Services
from trunkline.emulator.resources.resource_plan import seeded
from trunkline.emulator.schemas.names import plain_text
from trunkline.emulator.schemas.sampling import NoValue
from trunkline.emulator.storage.query import Query
from trunkline.emulator.storage.records import Scope
from trunkline.ir import Api, HttpScheme, Json, Operation, Parameter, ParameterLocation, Schema
from trunkline.semantics.credentials import CredentialParts, apply_credential, combine
from trunkline.semantics.media import MediaKind, json_content, kind
from trunkline.semantics.parameters import ParameterTextError, as_json, encode

if TYPE_CHECKING:
    from trunkline.python import CallPrinter


def listed(services: Services) -> list[Json]:
    """Every operation, in the order of the description."""
    return [
        {"id": o.id, "method": o.method.upper(), "path": o.path, "summary": o.summary or ""}
        for o in services.api.operations
    ]


def call_printer(api: Api) -> CallPrinter:
    """What prints calls of the generated client: names are decided for the whole description, so
    that only who asks for a call should wait for it, and once."""
    from trunkline.diagnostics import Diagnostics
    from trunkline.names import default_package, plan
    from trunkline.python import CallPrinter

    return CallPrinter(api, plan(api, default_package(api.title), Diagnostics()))


def client_call(
    services: Services, printer: CallPrinter, operation: Operation, given: Mapping[str, Json]
) -> str:
    """The call that the page holds, as one of the generated client; "" where the client has no
    method for it. `given` has `parameters`, a list of `{in, name, value}`, and `body`, both as
    the text that would be sent."""
    listed = given.get("parameters")
    texts: dict[tuple[str, str], str] = {}
    for one in listed if isinstance(listed, list) else []:
        if isinstance(one, dict) and isinstance(one.get("value"), str) and one["value"]:
            texts[str(one.get("in")), str(one.get("name"))] = str(one["value"])
    parameters = {
        (p.location, p.name): _read(services, p.schema, texts[p.location.value, p.name])
        for p in operation.parameters
        if (p.location.value, p.name) in texts
    }
    text = given.get("body")
    body: Json = None
    if isinstance(text, str) and text:
        try:
            body = json.loads(text)
        except ValueError:
            body = dict[str, Json](parse_qsl(text)) or text
    return printer.operation(operation, parameters, body)


def _read(services: Services, schema: Schema, text: str) -> Json:
    """A parameter's value from the text that is sent for it, as far as it is a single one."""
    return as_json(text, services.schemas.types(schema))[0]


class Console:
    """Makes calls up for one account."""

    def __init__(self, services: Services, account: Account) -> None:
        self._services = services
        self._account = account

    def call(self, operation: Operation) -> dict[str, Json]:
        """A call as the page shows it: parameters by name with the text that is sent for them."""
        credentials = self._credentials(operation)
        parameters: list[Json] = [
            {"name": name, "in": parameter.location.value, "required": parameter.required,
             "value": text}
            for parameter in operation.parameters
            for name, text in self._pairs(operation, parameter)
        ]  # fmt: skip
        return {
            "id": operation.id,
            "method": operation.method.upper(),
            "path": self._services.base + operation.path,
            "parameters": parameters,
            "headers": [[name, text] for name, text in credentials.headers.items()],
            "query": [[name, text] for name, text in credentials.query],
            "body": self._body(operation),
        }

    def _pairs(self, operation: Operation, parameter: Parameter) -> list[tuple[str, str]]:
        if parameter.location is ParameterLocation.PATH:
            known = self._known(operation, parameter.name)
            if known is not None:
                return [(parameter.name, known)]
        elif not parameter.required:
            return [(parameter.name, "")]
        try:
            found = encode(parameter, self._sample(parameter.schema)).flat()
        except (NoValue, ParameterTextError):
            found = []
        return found or [(parameter.name, "")]

    def _known(self, operation: Operation, name: str) -> str | None:
        """The id of the newest object, where that is what a path parameter names."""
        resources = self._services.resources
        plan = resources.of(operation) or resources.subject_of(operation)
        if plan is None or plan.parents or plan.resource.id_parameter is None:
            return None
        if operation.path.count("{") != 1 or f"{{{name}}}" not in operation.path:
            return None
        newest = Query(descending=True, limit=1)
        rows, _ = self._services.store.page(plan.table, Scope(self._account.name), newest)
        return rows[0].id if rows else None

    def _sample(self, schema: Schema, *, minimal: bool = True) -> Json:
        return self._services.sampler.sample(schema, seeded(1), "request", minimal=minimal)

    def _credentials(self, operation: Operation) -> CredentialParts:
        parts = []
        for name in operation.security[0] if operation.security else ():
            scheme = self._services.api.security_schemes.get(name)
            if scheme is not None:
                basic = isinstance(scheme, HttpScheme) and scheme.scheme == "basic"
                token = self._account.token
                parts.append(apply_credential(scheme, f"user:{token}" if basic else token))
        return combine(parts)

    def _body(self, operation: Operation) -> Json:
        if operation.body is None or not operation.body.contents:
            return None
        contents = operation.body.contents
        forms = (c for c in contents if kind(c.media_type) is MediaKind.FORM)
        content = json_content(contents) or next(forms, contents[0])
        text = ""
        try:
            value = None if content.schema is None else self._sample(content.schema, minimal=False)
        except NoValue:
            value = None
        if isinstance(value, dict) and kind(content.media_type) is MediaKind.FORM:
            text = urlencode({name: plain_text(member) for name, member in value.items()})
        elif value is not None and kind(content.media_type) is MediaKind.JSON:
            text = json.dumps(value, indent=2, ensure_ascii=False)
        return {"media_type": content.media_type, "text": text}
