"""The plan of names: made once, before anything is printed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from trunkline.diagnostics import Diagnostics
from trunkline.ir import Api, Object, Schema, Webhook
from trunkline.names.classes import (
    ClassName,
    Kind,
    class_names,
    enumeration,
    field_names,
    inline_references,
    kept,
    kinds,
    member_names,
    param_names,
)
from trunkline.names.modules import assign
from trunkline.names.operations import (
    MethodName,
    ResourceName,
    method_names,
    resource_names,
    resource_path,
    resource_paths,
)
from trunkline.names.package import PackageConfig
from trunkline.names.scope import Scope
from trunkline.names.surface import Surface, further_surfaces, rpc_schemas, surface
from trunkline.names.words import constant


@dataclass(frozen=True, slots=True, kw_only=True)
class NamePlan:
    """Every Python name of a package.

    `classes` has the named schemas that are not written inline; `webhooks` maps the id of a
    webhook's or callback's operation to the constant that parses its requests.
    """

    package: PackageConfig
    classes: Mapping[str, ClassName]
    resources: Mapping[tuple[str, ...], ResourceName]
    methods: Mapping[str, MethodName]
    rpc: Mapping[str, MethodName]
    surfaces: Mapping[str, Surface]
    further: Mapping[str, tuple[tuple[Surface, MethodName], ...]]
    """Further methods of operations: see `further_surfaces`."""
    webhooks: Mapping[str, str]


def plan(api: Api, package: PackageConfig, diagnostics: Diagnostics) -> NamePlan:
    """Decide every name; what cannot be kept apart is reported as NAME_CLASH."""
    surfaces = {operation.id: surface(api, operation) for operation in api.operations}
    further = {operation.id: further_surfaces(api, operation) for operation in api.operations}
    found = kinds(api)
    roots = list(_roots(api, surfaces, further))
    named = class_names(api, found, kept(api, (n for _, names in roots for n in names)))
    places = assign(api, roots, named)
    params = param_names(api, named)
    classes: dict[str, ClassName] = {}
    for original, name in named.items():
        shape = api.schemas[original].shape
        values = enumeration(api.schemas[original])
        classes[original] = ClassName(
            name=name,
            kind=found[original],
            module=places[original].module,
            file=places[original].file,
            fields=field_names(shape) if isinstance(shape, Object) else {},
            members=(
                member_names(values) if values is not None and found[original] is Kind.ENUM else ()
            ),
            param=params.get(original, ""),
        )
    resources = resource_names(resource_paths(api), named.values(), package.client)
    methods, more, rpc = method_names(api, surfaces, further, resources, diagnostics)
    return NamePlan(
        package=package,
        classes=classes,
        resources=resources,
        methods=methods,
        rpc=rpc,
        surfaces=surfaces,
        further={
            id_: tuple((further[id_][suffix], method) for suffix, method in found.items())
            for id_, found in more.items()
        },
        webhooks=_incoming(api, named.values()),
    )


def _incoming(api: Api, taken: Iterable[str]) -> dict[str, str]:
    """Constants for webhooks, then for callbacks, apart from what their module imports."""
    scope = Scope({"UUID", *taken})
    found: dict[str, str] = {}
    for hook in api.webhooks:
        found[hook.operation.id] = scope.take(
            constant(hook.name, empty="WEBHOOK"), hook.operation.id
        )
    for operation in api.operations:
        for hook in operation.callbacks:
            found[hook.operation.id] = scope.take(
                constant(hook.name, empty="CALLBACK"),
                hook.operation.id,
                alternatives=[constant(f"{operation.id} {hook.name}", empty="CALLBACK")],
            )
    return found


def _roots(
    api: Api, surfaces: Mapping[str, Surface], further: Mapping[str, Mapping[str, Surface]]
) -> Iterator[tuple[str, list[str]]]:
    """Each top-level resource with the schemas its signatures name."""
    carrier = api.rpc.operation if api.rpc is not None else None
    for operation in api.operations:
        if operation.id != carrier:
            schemas = surfaces[operation.id].schemas()
            yield resource_path(operation.resource)[0], _named(schemas)
        for more in further[operation.id].values():
            yield resource_path(operation.resource)[0], _named(more.schemas())
        for callback in operation.callbacks:
            yield "webhooks", _named(_told(callback))
    for method in api.rpc.methods if api.rpc is not None else ():
        yield resource_path(method.resource)[0], _named(rpc_schemas(method))
    for hook in api.webhooks:
        yield "webhooks", _named(_told(hook))


def _told(hook: Webhook) -> Iterator[Schema]:
    """The bodies of a webhook's request and of its answers, whole."""
    contents = [] if hook.operation.body is None else list(hook.operation.body.contents)
    for response in hook.operation.responses:
        contents.extend(response.contents)
    yield from (c.schema for c in contents if c.schema is not None)


def _named(schemas: Iterator[Schema]) -> list[str]:
    return [name for schema in schemas for name in inline_references(schema)]
