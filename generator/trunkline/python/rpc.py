"""Views of JSON-RPC methods: ordinary methods to a caller, positional parameters on the wire."""

from __future__ import annotations

from trunkline.ir import Action, Api, RpcMethod
from trunkline.names import MethodName, NamePlan
from trunkline.names.describe import details, meaning, paragraphs, source
from trunkline.python.imports import Imports
from trunkline.python.methods import Signature, joined
from trunkline.python.operations import RUNTIME, OperationPrinter
from trunkline.python.types import TypePrinter
from trunkline.python.views import (
    ArgumentView,
    ConstantView,
    EntryView,
    OperationView,
    RpcModuleView,
    SettingView,
)
from trunkline.text import docstring, literal, sentence

_SAFE = frozenset({Action.LIST, Action.RETRIEVE})


def rpc_operation(
    method: RpcMethod, name: MethodName, imports: Imports, types: TypePrinter
) -> OperationView:
    """The constant of a method."""
    imports.add(f"{RUNTIME}.rpc", "RpcMethod")
    imports.add(".._rpc", "ENDPOINT", "ERRORS")
    settings = [SettingView(name="errors", value="ERRORS")]
    if method.action in _SAFE:
        settings.insert(0, SettingView(name="idempotent", value="True"))
    result = _result(method, imports, types)
    return OperationView(
        constant=name.constant,
        factory="RpcMethod",
        type=f"RpcMethod[{result}]",
        values=("ENDPOINT", literal(method.name), result),
        settings=tuple(settings),
    )


def _result(method: RpcMethod, imports: Imports, types: TypePrinter) -> str:
    if method.result is not None:
        return types.result(method.result)
    imports.add("typing", "Any")
    return "Any"


def rpc_signature(
    api: Api, method: RpcMethod, name: MethodName, imports: Imports, types: TypePrinter
) -> Signature:
    """The method: parameters may be given by position or by name."""
    arguments: list[ArgumentView] = []
    lines: list[str] = []
    must = True
    for parameter in method.parameters:
        argument = name.arguments["rpc", parameter.name]
        annotation = types.argument(parameter.schema)
        must = must and parameter.required
        if must:
            text = f"{argument}: {annotation}"
        else:
            imports.add(RUNTIME, "UNSET", "Unset")
            text = f"{argument}: {annotation} | Unset = UNSET"
        arguments.append(ArgumentView(name=argument, text=text))
        about = joined(
            parameter.description or meaning(api, parameter.schema), details(api, parameter.schema)
        )
        if about:
            lines.append(f"    {argument}: {about}")
    return Signature(
        name=name,
        arguments=tuple(arguments),
        keywords=(),
        sends=(),
        result=_result(method, imports, types),
        call="rpc",
        doc=docstring(_text(method, lines), 8),
        values=tuple(argument.name for argument in arguments),
    )


def _text(method: RpcMethod, lines: list[str]) -> str:
    parts = paragraphs(method.summary, method.description, f"Call `{sentence(method.name)}`.")
    cited = source(method.origin)
    if cited:
        parts.append(f"Source: {cited}.")
    if lines:
        parts.append("\n".join(["Args:", *lines]))
    return "\n\n".join(parts)


def rpc_module(api: Api, plan: NamePlan) -> RpcModuleView | None:
    """`_rpc.py`, None without JSON-RPC methods."""
    if api.rpc is None:
        return None
    imports = Imports()
    imports.add("typing", "Any", "Final")
    imports.add("collections.abc", "Mapping")
    surface = plan.surfaces[api.rpc.operation]
    types = TypePrinter(api, plan, imports, models=".models", runtime="._runtime")
    printer = OperationPrinter(api, plan, imports, types, runtime="._runtime")
    name = MethodName(name="call", constant="ENDPOINT", arguments={})
    view = printer.operation(surface, name)
    kept = {"id", "method", "path", "errors", "accept", "body", "security", "server"}
    settings = [s for s in view.settings if s.name in kept and s.name not in {"accept", "body"}]
    settings.append(SettingView(name="responses", value="{}"))
    settings.append(SettingView(name="accept", value=literal(api.rpc.media_type)))
    settings.append(SettingView(name="body", value=literal(api.rpc.media_type)))
    return RpcModuleView(
        imports=imports.lines(),
        constants=tuple(
            ConstantView(name=constant, type=kind, value=value)
            for (_, kind), values in printer.constants.items()
            for value, constant in values.items()
        ),
        operation=OperationView(
            constant="ENDPOINT",
            factory="Operation",
            type="Operation[Any]",
            values=(),
            settings=tuple(settings),
        ),
        errors=tuple(
            EntryView(key=literal(code), value=literal(text))
            for code, text in api.rpc.errors.items()
        ),
    )
