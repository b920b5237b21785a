"""Views of the modules in `resources/`."""

from __future__ import annotations

from trunkline.ir import Api
from trunkline.names import NamePlan, resource_path
from trunkline.python.imports import Imports
from trunkline.python.methods import MethodPrinter, Signature
from trunkline.python.operations import RUNTIME, OperationPrinter
from trunkline.python.rpc import rpc_operation, rpc_signature
from trunkline.python.types import TypePrinter
from trunkline.python.views import (
    ChildView,
    ClassView,
    ConstantView,
    OperationView,
    ResourceModuleView,
)
from trunkline.text import docstring, sentence


def title(path: tuple[str, ...]) -> str:
    """A resource's name as a phrase."""
    return sentence(path[-1].replace("_", " "))


def resource_doc(api: Api, path: tuple[str, ...]) -> str:
    """What the description says about a resource: its tag's text, else its name."""
    phrase = title(path)
    wanted = phrase.casefold().replace(" ", "")
    for tag in api.tags:
        if tag.name.casefold().replace(" ", "").replace("_", "").replace("-", "") == wanted:
            text = tag.description or tag.name
            return text if sentence(text).endswith(".") else f"{text}."
    return f"{phrase[:1].upper()}{phrase[1:]}."


def children(api: Api, plan: NamePlan, path: tuple[str, ...], prefix: str) -> tuple[ChildView, ...]:
    """The resources directly under one; `prefix` is `Async` or nothing."""
    found = [
        (child, name)
        for child, name in plan.resources.items()
        if len(child) == len(path) + 1 and child[:-1] == path
    ]
    return tuple(
        ChildView(
            attribute=name.attribute,
            class_name=f"{prefix}{name.class_name}",
            module=name.module,
            doc=docstring(resource_doc(api, child), 8),
        )
        for child, name in found
    )


def resource_module(
    api: Api, plan: NamePlan, path: tuple[str, ...], wanted: set[str]
) -> ResourceModuleView:
    """One module: operations as constants, and the two classes.

    The schemas whose dictionaries its signatures name are added to `wanted`.
    """
    imports = Imports()
    imports.add("typing", "Final")
    carrier = api.rpc.operation if api.rpc is not None else None
    here = [o for o in api.operations if resource_path(o.resource) == path and o.id != carrier]
    names = [plan.methods[o.id] for o in here]
    calls = [
        plan.rpc[m.name].name
        for m in (api.rpc.methods if api.rpc is not None else ())
        if resource_path(m.resource) == path
    ]
    attributes = {*calls, *(name.name for name in names)} | {
        child.attribute for child in children(api, plan, path, "")
    }
    types = TypePrinter(api, plan, imports, builtin_list="list" in attributes, wanted=wanted)
    printer = OperationPrinter(api, plan, imports, types)
    methods = MethodPrinter(api, imports, types, printer)
    operations: list[OperationView] = []
    signatures: list[Signature] = []
    for operation, name in zip(here, names, strict=True):
        surface = plan.surfaces[operation.id]
        operations.append(printer.operation(surface, name))
        signatures.append(methods.signature(surface, name))
        for surface, name in plan.further.get(operation.id, ()):
            operations.append(printer.operation(surface, name))
            signatures.append(methods.signature(surface, name))
    for method in api.rpc.methods if api.rpc is not None else ():
        if resource_path(method.resource) == path:
            name = plan.rpc[method.name]
            operations.append(rpc_operation(method, name, imports, types))
            signatures.append(rpc_signature(api, method, name, imports, types))
    if signatures:
        imports.add(RUNTIME, "RequestOptions")
    else:
        imports = Imports()
    resource = plan.resources[path]
    text = resource_doc(api, path)
    views: list[ClassView] = []
    typing_imports: list[str] = []
    for asynchronous, base in ((False, "SyncResource"), (True, "AsyncResource")):
        prefix = "Async" if asynchronous else ""
        imports.add(RUNTIME, base)
        below = children(api, plan, path, prefix)
        if below:
            imports.add("functools", "cached_property")
            imports.add("typing", "TYPE_CHECKING")
        typing_imports.extend(f"from .{c.module} import {c.class_name}" for c in below)
        printed = tuple(s.view(asynchronous=asynchronous, imports=imports) for s in signatures)
        views.append(
            ClassView(
                name=f"{prefix}{resource.class_name}",
                base=base,
                doc=docstring(text, 4),
                methods=printed,
                children=below,
                is_empty=not printed and not below,
            )
        )
    constants = tuple(
        ConstantView(name=name, type=kind, value=value)
        for (_, kind), values in printer.constants.items()
        for value, name in values.items()
    )
    return ResourceModuleView(
        doc=docstring(text),
        imports=imports.lines(),
        typing_imports=tuple(typing_imports),
        constants=constants,
        operations=tuple(operations),
        classes=tuple(views),
    )
