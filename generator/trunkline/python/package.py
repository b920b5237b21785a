"""The view of the package as a whole: README, reference page, metadata, smoke tests."""

from __future__ import annotations

import textwrap
from collections.abc import Collection, Iterable, Mapping
from typing import Final
from urllib.parse import urlsplit

from trunkline.ir import Api, RpcEvidence
from trunkline.names import Author, NamePlan, PackageConfig, ResultKind, resource_path
from trunkline.python.calls import attribute_path
from trunkline.python.client import Credential, base_url, base_url_variable
from trunkline.python.documented import documented_creation
from trunkline.python.resources import title
from trunkline.python.views import (
    ApiMethodView,
    ApiResourceView,
    ClassView,
    CredentialView,
    DialogueView,
    ExportView,
    JoinedModuleView,
    ModelModuleView,
    ModelsInitView,
    OperationView,
    PackageView,
    ResourceModuleView,
)
from trunkline.python.webhooks import incoming
from trunkline.text import clean, docstring, literal, sentence

_MOST_LISTED: Final = 800
"""Names that a package lists one a line, three times each; of more it has a table of names."""
_WIDTH: Final = 99


def markdown(text: str) -> str:
    """Text on one line of Markdown that cannot become markup, a table cell included."""
    line = sentence(text)
    for char in "\\`*_[]<>|#{}!$~&":
        line = line.replace(char, f"\\{char}")
    return line


def models_init(api: Api, plan: NamePlan) -> ModelsInitView:
    """`models/__init__.py`."""
    doc = f"Models of {sentence(api.title) or plan.package.client}."
    return _offered(doc, {cls.name: cls.module for cls in plan.classes.values()})


def joined_modules(plan: NamePlan) -> tuple[JoinedModuleView, ...]:
    """The modules of models that stand in several files."""
    files: dict[str, set[str]] = {}
    for cls in plan.classes.values():
        if cls.file:
            files.setdefault(cls.module, set()).add(cls.file)
    return tuple(
        JoinedModuleView(module=module, files=tuple(sorted(found)), names=", ".join(sorted(found)))
        for module, found in sorted(files.items())
    )


def params_init(api: Api, plan: NamePlan, wanted: Collection[str]) -> ModelsInitView:
    """`params/__init__.py`, with the dictionaries of the schemas in `wanted`."""
    doc = f"Request objects of {sentence(api.title) or plan.package.client} as dictionaries."
    found = (cls for name, cls in plan.classes.items() if name in wanted)
    return _offered(doc, {cls.param: cls.module for cls in found})


def _offered(doc: str, places: Mapping[str, str]) -> ModelsInitView:
    """A package that offers the classes of its modules, by name."""
    classes = sorted(places.items())
    modules: dict[str, list[str]] = {}
    for name, module in classes:
        modules.setdefault(module, []).append(name)
    return ModelsInitView(
        doc=docstring(doc),
        is_listed=0 < len(classes) <= _MOST_LISTED,
        is_long=len(classes) > _MOST_LISTED,
        exports=tuple(
            ExportView(name=name, module=module, key=literal(name)) for name, module in classes
        ),
        modules=tuple(
            ModelModuleView(
                module=module,
                names=", ".join(names),
                lines=tuple(textwrap.wrap(" ".join(names), _WIDTH)),
            )
            for module, names in sorted(modules.items())
        ),
    )


def package_view(
    api: Api,
    plan: NamePlan,
    secrets: tuple[Credential, ...],
    resources: Iterable[tuple[tuple[str, ...], ResourceModuleView]],
    dialogues: tuple[DialogueView, ...] = (),
    *,
    has_params: bool = False,
) -> PackageView:
    """What the package is; `has_params` where requests hold dictionaries."""
    package = plan.package
    name = sentence(api.title) or package.client
    found = list(resources)
    listed = tuple(_reference(plan, path, view) for path, view in found)
    first = secrets[0] if secrets else None
    schemes = {first.scheme} if first is not None else set[str]()
    example = _example(api, plan, schemes)
    return PackageView(
        title=markdown(name),
        title_literal=literal(name),
        distribution=package.distribution,
        module=package.module,
        client=package.client,
        async_client=f"Async{package.client}",
        version=package.version,
        api_version=markdown(api.version),
        description_literal=toml(package.description or _described(package, name)),
        summary=markdown(package.description or ""),
        unofficial=package.unofficial,
        kind="Unofficial client" if package.unofficial else "Client",
        license=package.license or "",
        is_mit=package.license == "MIT",
        holder=", ".join(author.name for author in _authors(api, package))
        or f"the authors of {package.distribution}",
        authors=", ".join(_author(author) for author in _authors(api, package)),
        urls=tuple(f"{toml(k)} = {toml(v)}" for k, v in _urls(api, package).items()),
        credential=first.arguments[0] if first is not None else "",
        environment=first.environment if first is not None else (),
        address=markdown(base_url(api)),
        address_variable=base_url_variable(package),
        example=example[0],
        async_example=example[1],
        is_list_example=example[2],
        creation=documented_creation(api, plan, schemes),
        has_models=bool(plan.classes),
        has_params=has_params,
        has_webhooks=bool(incoming(api)),
        has_credential=first is not None,
        schemes=tuple(_credential(api, secret) for secret in secrets),
        resources=tuple(r for r in listed if r.methods),
        smoke_arguments=", ".join(f'{a}="secret"' for c in secrets for a in c.arguments),
        attributes=tuple(
            literal(resource.attribute)
            for path, resource in plan.resources.items()
            if len(path) == 1
        ),
        signed_webhook=next(
            (plan.webhooks[h.operation.id] for h in incoming(api) if h.signature is not None), ""
        ),
        dialogues=dialogues,
        has_rpc=api.rpc is not None,
    )


def _credential(api: Api, credential: Credential) -> CredentialView:
    described = api.security_schemes[credential.scheme].description
    return CredentialView(
        sources=", ".join(f"`{argument}` (`{v}`)" for argument, v in credential.sources),
        description=markdown(described or ""),
    )


def _described(package: PackageConfig, name: str) -> str:
    return f"{'Unofficial typed' if package.unofficial else 'Typed'} client of {name}."


def _authors(api: Api, package: PackageConfig) -> tuple[Author, ...]:
    """Those that are named; else whom the description names, where the package is official."""
    contact = api.contact
    if package.authors or package.unofficial or contact is None or not contact.name:
        return package.authors
    email = contact.email if contact.email and "@" in contact.email else None
    return (Author(name=clean(contact.name), email=email),)


def _author(author: Author) -> str:
    """A TOML table; what is no address of Latin letters is left out, which indexes refuse."""
    email = author.email if author.email and author.email.isascii() else None
    address = f", email = {toml(email)}" if email and " " not in email else ""
    return f"{{ name = {toml(author.name)}{address} }}"


def _urls(api: Api, package: PackageConfig) -> Mapping[str, str]:
    """Those that are named; else where the description says that its makers are."""
    contact = api.contact
    if package.urls or contact is None or not contact.url:
        return package.urls
    address = clean(contact.url)
    return {"Contact": address} if urlsplit(address).scheme in ("http", "https") else {}


def toml(text: str) -> str:
    """A TOML basic string."""
    out = "".join(
        c
        if c.isprintable() and c not in '"\\'
        else f"\\u{ord(c):04x}"
        if ord(c) < 0x10000
        else f"\\U{ord(c):08x}"
        for c in sentence(text)
    )
    return f'"{out}"'


def _reference(plan: NamePlan, path: tuple[str, ...], view: ResourceModuleView) -> ApiResourceView:
    at = attribute_path(plan, path)
    classes: tuple[ClassView, ...] = view.classes[:1]
    routes = {o.constant: _route(o) for o in view.operations}
    methods = tuple(
        ApiMethodView(
            call=f"client.{at}.{m.name}({', '.join(_shown(m.arguments, m.keywords))})",
            route=routes.get(m.operation, ""),
            result=m.result.replace("builtins.", ""),
        )
        for cls in classes
        for m in cls.methods
    )
    return ApiResourceView(title=markdown(title(path)), methods=methods)


def _shown(arguments: Iterable[object], keywords: Iterable[object]) -> list[str]:
    shown = [str(getattr(a, "name", "")) for a in arguments]
    given = [str(getattr(k, "name", "")) for k in keywords]
    return [*shown, *(f"{name}=…" for name in given[:4]), *(["…"] if len(given) > 4 else [])]


def _route(operation: OperationView) -> str:
    """Method and path, or the name of a remote procedure."""
    values = {s.name: s.value for s in operation.settings}
    if "path" in values:
        text = f"{values['method'][1:-1]} {values['path'][1:-1]}"
    else:
        text = operation.values[1][1:-1]
    return text.replace("`", "'").replace("|", "\\|")


def _example(api: Api, plan: NamePlan, schemes: set[str]) -> tuple[str, str, bool]:
    """A call without required arguments, sync and async, and whether it is a list.

    One that the security schemes in `schemes` are enough for, where there is one.
    """
    calls: list[tuple[str, bool]] = []
    poor: set[str] = set()
    for operation in api.operations:
        surface = plan.surfaces[operation.id]
        path = operation.resource or ("root",)
        if operation.id not in plan.methods or path not in plan.resources:
            continue
        if operation.method != "get" or any(p.required for p in operation.parameters):
            continue
        kind = surface.result.kind
        if kind in {ResultKind.PAGE, ResultKind.JSON}:
            name = plan.methods[operation.id].name
            text = f"client.{attribute_path(plan, path)}.{name}()"
            calls.append((text, kind is ResultKind.PAGE))
            if operation.security and not any(set(r) <= schemes for r in operation.security):
                poor.add(text)
    calls.sort(key=lambda c: (c[0] in poor, not c[1]))
    for method in api.rpc.methods if api.rpc is not None and not calls else ():
        named = plan.rpc.get(method.name)
        path = resource_path(method.resource)
        established = method.result is not None and method.evidence is not RpcEvidence.LISTED
        if named is not None and established and not method.parameters:
            calls.append((f"client.{attribute_path(plan, path)}.{named.name}()", False))
    if not calls:
        return "client", "client", False
    text, is_list = calls[0]
    return text, text if is_list else f"await {text}", is_list
