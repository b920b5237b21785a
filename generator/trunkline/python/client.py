"""Views of `client.py` and `_service.py`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from trunkline.ir import (
    Api,
    HttpScheme,
    KeyScheme,
    OAuthScheme,
    OpenIdScheme,
    SecurityScheme,
)
from trunkline.names import NamePlan, PackageConfig
from trunkline.names.scope import Scope
from trunkline.names.words import snake
from trunkline.python.imports import Imports
from trunkline.python.operations import expanded
from trunkline.python.resources import children
from trunkline.python.views import (
    ChildView,
    ClientClassView,
    ClientModuleView,
    EntryView,
    ServiceModuleView,
    SettingView,
)
from trunkline.text import docstring, literal, sentence

_OPTIONS: Final = frozenset(
    {
        "self",
        "base_url",
        "timeout",
        "max_retries",
        "headers",
        "strict",
        "http_client",
        "transport",
    }
)


_CREDENTIALS: Final = frozenset(
    {"api_key", "username", "password", "client_id", "client_secret", "access_token"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Credential:
    """How a security scheme is filled: its arguments, their variables, and its description."""

    scheme: str
    arguments: tuple[str, ...]
    environment: tuple[str, ...]
    factory: str
    source: str
    token: tuple[str, str] | None = None
    """Argument and variable of a token that stands for all of them."""

    @property
    def sources(self) -> tuple[tuple[str, str], ...]:
        """Every argument, and its variable."""
        pairs = tuple(zip(self.arguments, self.environment, strict=True))
        return pairs if self.token is None else (*pairs, self.token)

    @property
    def value(self) -> str:
        """What the client hands on, as Python source."""
        if len(self.arguments) == 1:
            return self.arguments[0]
        pair = f"({', '.join(self.arguments)})"
        if self.token is None:
            return pair
        return f"{pair} if {self.token[0]} is None else {self.token[0]}"


def credentials(api: Api, package: PackageConfig) -> tuple[Credential, ...]:
    """The security schemes a client can fill; those that some operation asks for."""
    used = {name for o in api.operations for requirement in o.security for name in requirement}
    scope = Scope(_OPTIONS)
    found: list[Credential] = []
    tokens = 0
    for name, scheme in api.security_schemes.items():
        if name not in used:
            continue
        wanted = _arguments(scheme)
        if not wanted:
            continue
        is_token = len(wanted) == 1
        tokens += is_token
        own = [snake(name, empty="token")] if is_token else []
        arguments = tuple(
            scope.take(text if not is_token or tokens == 1 else own[0], name, alternatives=own)
            for text in wanted
        )
        first_token = is_token and tokens == 1
        environment = tuple(
            _variable(package, name, argument, first_token=first_token) for argument in arguments
        )
        token = None
        if isinstance(scheme, OAuthScheme) and not is_token:
            argument = scope.take("access_token", name)
            token = (argument, _variable(package, name, argument, first_token=False))
        factory, text = _factory(scheme, arguments, environment, token)
        found.append(
            Credential(
                scheme=name,
                arguments=arguments,
                environment=environment,
                factory=factory,
                source=text,
                token=token,
            )
        )
    return tuple(found)


def _arguments(scheme: SecurityScheme) -> tuple[str, ...]:
    match scheme:
        case HttpScheme(scheme="basic"):
            return ("username", "password")
        case HttpScheme() | KeyScheme():
            return ("api_key",)
        case OAuthScheme() if _token_url(scheme) is not None:
            return ("client_id", "client_secret")
        case OAuthScheme() | OpenIdScheme():
            return ("access_token",)
        case _:
            return ()


def _token_url(scheme: OAuthScheme) -> str | None:
    return next((f.token_url for f in scheme.flows if f.kind == "clientCredentials"), None)


def _variable(package: PackageConfig, scheme: str, argument: str, *, first_token: bool) -> str:
    keys = [argument, scheme, *(["token", "api_key"] if first_token else [])]
    for key in keys:
        if key in package.environment:
            return package.environment[key]
    return f"{package.prefix}_{argument.upper()}"


def _factory(
    scheme: SecurityScheme,
    arguments: tuple[str, ...],
    environment: tuple[str, ...],
    token: tuple[str, str] | None,
) -> tuple[str, str]:
    """The runtime's class for a scheme, and the call that makes one."""
    pair = f"{literal(arguments)}, env={literal(environment)}"
    single = f"{literal(arguments[0])}, env={literal(environment[0])}"
    match scheme:
        case HttpScheme(scheme="basic"):
            return "HttpBasic", f"HttpBasic({pair})"
        case HttpScheme(scheme="bearer"):
            return "HttpBearer", f"HttpBearer({single})"
        case HttpScheme(scheme=kind):
            prefix = literal(f"{kind[:1].upper()}{kind[1:]} ")
            return "ApiKey", f"ApiKey('Authorization', 'header', {single}, prefix={prefix})"
        case KeyScheme():
            prefix = f", prefix={literal(scheme.prefix)}" if scheme.prefix else ""
            place = literal(scheme.location.value)
            return "ApiKey", f"ApiKey({literal(scheme.key)}, {place}, {single}{prefix})"
        case OAuthScheme() if token is not None:
            scopes = next(f.scopes for f in scheme.flows if f.kind == "clientCredentials")
            wanted = f", scopes={literal(tuple(scopes))}" if scopes else ""
            ready = f"ready={literal(token[0])}, ready_env={literal(token[1])}"
            return "OAuth2", f"OAuth2({literal(_token_url(scheme))}, {pair}{wanted}, {ready})"
        case _:
            return "HttpBearer", f"HttpBearer({single})"


def variables(api: Api) -> dict[str, str]:
    """Server variable → argument of the client, for the address used by default."""
    if not api.servers:
        return {}
    scope = Scope(_OPTIONS | _CREDENTIALS)
    return {
        v.name: scope.take(snake(v.name, empty="variable"), v.name)
        for v in api.servers[0].variables
    }


def client_module(api: Api, plan: NamePlan, secrets: tuple[Credential, ...]) -> ClientModuleView:
    """`client.py`."""
    name = plan.package.client
    title = sentence(api.title) or name
    arguments = [a for c in secrets for a, _ in c.sources]
    regions = variables(api)
    sources = [
        f"`{argument}` is read from `{variable}` where it is not given."
        for c in secrets
        for argument, variable in c.sources
    ]
    classes: list[ClientClassView] = []
    imported: list[str] = []
    for prefix, base, http, note in (
        ("", "SyncClient", "Client", ""),
        ("Async", "AsyncClient", "AsyncClient", " for asynchronous code"),
    ):
        below = children(api, plan, (), prefix)
        imported.extend(_import(child) for child in below)
        text = "\n\n".join(p for p in (f"A client of {title}{note}.", "\n".join(sources)) if p)
        transport = "AsyncBaseTransport" if prefix else "BaseTransport"
        classes.append(
            ClientClassView(
                name=f"{prefix}{name}",
                base=base,
                doc=docstring(text, 4),
                http_client=f"httpx2.{http}",
                transport=f"httpx2.{transport}",
                children=below,
                prefix="async " if prefix else "",
                await_="await " if prefix else "",
            )
        )
    return ClientModuleView(
        doc=docstring(f"The client of {title}."),
        typing_imports=("import httpx2", *imported),
        arguments=tuple(f"{a}: str | None = None" for a in (*arguments, *regions.values())),
        credential_arguments=tuple(f"{a}: str | None = None" for a in arguments),
        credentials=tuple(EntryView(key=literal(c.scheme), value=c.value) for c in secrets),
        variables=tuple(EntryView(key=literal(n), value=a) for n, a in regions.items()),
        classes=tuple(classes),
        has_rpc=api.rpc is not None,
        typing_names=f"TYPE_CHECKING, {'Any, ' if api.rpc is not None else ''}Self",
        runtime_names=(
            f"UNSET, AsyncClient, {'RequestOptions, ' if api.rpc is not None else ''}"
            "SyncClient, Timeout, Unset"
        ),
    )


def _import(child: ChildView) -> str:
    return f"from .resources.{child.module} import {child.class_name}"


def base_url(api: Api) -> str:
    """The address used by default; one that is not absolute stands for this machine."""
    if not api.servers:
        return "http://localhost"
    url = api.servers[0].url
    if "://" in expanded(api.servers[0]):
        return url.rstrip("/")
    return f"http://localhost/{url.lstrip('/')}".rstrip("/")


def base_url_variable(package: PackageConfig) -> str:
    """The environment variable that the address is read from."""
    return package.environment.get("base_url", f"{package.prefix}_BASE_URL")


def service_module(api: Api, plan: NamePlan, secrets: tuple[Credential, ...]) -> ServiceModuleView:
    """`_service.py`."""
    package = plan.package
    imports = Imports()
    imports.add("typing", "Final")
    imports.add("._runtime.service", "Service", *(c.factory for c in secrets))
    settings = [
        SettingView(name="package", value=literal(package.module)),
        SettingView(name="version", value=literal(package.version)),
        SettingView(name="base_url", value=literal(base_url(api))),
        SettingView(name="base_url_env", value=literal(base_url_variable(package))),
    ]
    if api.servers and api.servers[0].variables:
        defaults = {v.name: v.default for v in api.servers[0].variables}
        settings.append(SettingView(name="variables", value=literal(defaults)))
    return ServiceModuleView(
        imports=imports.lines(),
        settings=tuple(settings),
        schemes=tuple(EntryView(key=literal(c.scheme), value=c.source) for c in secrets),
    )
