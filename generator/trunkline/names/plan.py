"""The plan of names: made once, before anything is printed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from trunkline.diagnostics import Diagnostics
from trunkline.ir import Api, Object, Schema
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
from trunkline.names.surface import Surface, rpc_schemas, stream_surface, surface
from trunkline.names.words import constant


@dataclass(frozen=True, slots=True, kw_only=True)
class NamePlan:
    """Every Python name of a package.

    `classes` has the named schemas that are not written inline; `webhooks` maps a webhook to the
    constant that parses its requests.
    """

    package: PackageConfig
    classes: Mapping[str, ClassName]
    resources: Mapping[tuple[str, ...], ResourceName]
    methods: Mapping[str, MethodName]
    rpc: Mapping[str, MethodName]
    surfaces: Mapping[str, Surface]
    streams: Mapping[str, tuple[Surface, MethodName]]
    """Second methods of operations that answer as a stream too."""
    webhooks: Mapping[str, str]


def plan(api: Api, package: PackageConfig, diagnostics: Diagnostics) -> NamePlan:
    """Decide every name; what cannot be kept apart is reported as NAME_CLASH."""
    surfaces = {operation.id: surface(api, operation) for operation in api.operations}
    found_streams = {o.id: stream_surface(api, o) for o in api.operations}
    streams = {name: found for name, found in found_streams.items() if found is not None}
    found = kinds(api)
    roots = list(_roots(api, surfaces, streams))
    named = class_names(api, found, kept(api, (n for _, names in roots for n in names)))
    modules = assign(api, roots, named)
    classes: dict[str, ClassName] = {}
    for original, name in named.items():
        shape = api.schemas[original].shape
        values = enumeration(api.schemas[original])
        classes[original] = ClassName(
            name=name,
            kind=found[original],
            module=modules[original],
            fields=field_names(shape) if isinstance(shape, Object) else {},
            members=(
                member_names(values) if values is not None and found[original] is Kind.ENUM else ()
            ),
        )
    resources = resource_names(resource_paths(api), named.values())
    methods, stream_methods, rpc = method_names(api, surfaces, streams, resources, diagnostics)
    scope = Scope({"self"})
    return NamePlan(
        package=package,
        classes=classes,
        resources=resources,
        methods=methods,
        rpc=rpc,
        surfaces=surfaces,
        streams={name: (streams[name], method) for name, method in stream_methods.items()},
        webhooks={
            hook.name: scope.take(constant(hook.name, empty="WEBHOOK"), hook.name)
            for hook in api.webhooks
        },
    )


def _roots(
    api: Api, surfaces: Mapping[str, Surface], streams: Mapping[str, Surface]
) -> Iterator[tuple[str, list[str]]]:
    """Each top-level resource with the schemas its signatures name."""
    carrier = api.rpc.operation if api.rpc is not None else None
    for operation in api.operations:
        if operation.id != carrier:
            schemas = surfaces[operation.id].schemas()
            yield resource_path(operation.resource)[0], _named(schemas)
        if operation.id in streams:
            schemas = streams[operation.id].schemas()
            yield resource_path(operation.resource)[0], _named(schemas)
        for callback in operation.callbacks:
            yield "webhooks", _named(surface(api, callback.operation).schemas())
    for method in api.rpc.methods if api.rpc is not None else ():
        yield resource_path(method.resource)[0], _named(rpc_schemas(method))
    for hook in api.webhooks:
        yield "webhooks", _named(surface(api, hook.operation).schemas())


def _named(schemas: Iterator[Schema]) -> list[str]:
    return [name for schema in schemas for name in inline_references(schema)]
