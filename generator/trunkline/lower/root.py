"""Everything at the root that is not paths or schemas: servers, security, tags, information."""

from __future__ import annotations

import difflib

from trunkline import ir
from trunkline.diagnostics import Code
from trunkline.lower.context import Context
from trunkline.source import Node


class Root:
    """The parts of the OpenAPI object that stand for themselves."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._node = context.description.root
        self._skipped: set[str] = set()
        self.schemes = dict(self._schemes())
        self._default = self._requirements(self._node.get("security"))

    def servers(self, node: Node | None) -> tuple[ir.Server, ...]:
        """A `servers` list."""
        found: list[ir.Server] = []
        for entry in node.elements() if node is not None else ():
            url = entry.text("url")
            if url is None:
                continue
            variables = entry.get("variables")
            found.append(
                ir.Server(
                    url=url,
                    description=entry.text("description"),
                    variables=tuple(
                        ir.ServerVariable(
                            name=name,
                            default=str(default.value) if (default := v.get("default")) else "",
                            values=tuple(str(e.value) for e in enum.elements())
                            if (enum := v.get("enum"))
                            else (),
                            description=v.text("description"),
                        )
                        for name, v in (variables.items() if variables is not None else ())
                    ),
                )
            )
        return tuple(found)

    def security(self, operation: Node) -> tuple[ir.SecurityRequirement, ...]:
        """The alternatives an operation accepts: its own, else the root's."""
        own = operation.get("security")
        return self._default if own is None else self._requirements(own)

    def _requirements(self, node: Node | None) -> tuple[ir.SecurityRequirement, ...]:
        found: list[ir.SecurityRequirement] = []
        for entry in node.elements() if node is not None else ():
            if any(name in self._skipped for name, _ in entry.items()):
                continue
            requirement: dict[str, tuple[str, ...]] = {}
            for name, scopes in entry.items():
                if name not in self.schemes:
                    near = difflib.get_close_matches(name, self.schemes, 1)
                    self._context.warn(
                        Code.REF_UNRESOLVED,
                        f"No security scheme {name!r}",
                        scopes,
                        f"Did you mean {near[0]!r}?" if near else None,
                    )
                    continue
                requirement[name] = tuple(str(s.value) for s in scopes.elements())
            found.append(requirement)
        return tuple(found)

    def _schemes(self) -> list[tuple[str, ir.SecurityScheme]]:
        listed = self._node.at(("components", "securitySchemes"))
        found: list[tuple[str, ir.SecurityScheme]] = []
        for name, entry in listed.items() if listed is not None else ():
            node = self._context.document.resolve(entry)
            scheme = self._scheme(name, node) if node is not None else None
            if scheme is not None:
                found.append((name, scheme))
        return found

    def _scheme(self, name: str, node: Node) -> ir.SecurityScheme | None:
        origin, description = self._context.origin(node), node.text("description")
        kind = node.text("type")
        match kind:
            case "http":
                return ir.HttpScheme(
                    name=name,
                    scheme=(node.text("scheme") or "").lower(),
                    bearer_format=node.text("bearerFormat"),
                    origin=origin,
                    description=description,
                )
            case "apiKey" if node.text("in") in ("header", "query", "cookie"):
                return ir.KeyScheme(
                    name=name,
                    key=node.text("name") or "",
                    location=ir.KeyLocation(node.text("in") or "header"),
                    prefix=self._prefix(node),
                    origin=origin,
                    description=description,
                )
            case "oauth2":
                return ir.OAuthScheme(
                    name=name, flows=self._flows(node), origin=origin, description=description
                )
            case "openIdConnect":
                return ir.OpenIdScheme(
                    name=name,
                    url=node.text("openIdConnectUrl"),
                    origin=origin,
                    description=description,
                )
            case "mutualTLS":
                return ir.MutualTlsScheme(name=name, origin=origin, description=description)
            case _:
                self._context.skip(f"Security scheme {name!r} skipped: type {kind!r}", node)
                self._skipped.add(name)
                return None

    def _prefix(self, node: Node) -> str:
        prefix = node.get("x-trunkline-prefix")
        if prefix is None:
            return ""
        if not isinstance(prefix.value, str):
            self._context.warn(Code.BAD_EXTENSION, "x-trunkline-prefix is text", prefix)
            return ""
        return prefix.value

    @staticmethod
    def _flows(node: Node) -> tuple[ir.OAuthFlow, ...]:
        flows = node.get("flows")
        found: list[ir.OAuthFlow] = []
        for kind, flow in flows.items() if flows is not None else ():
            if not isinstance(flow.value, dict):
                continue
            scopes = flow.get("scopes")
            found.append(
                ir.OAuthFlow(
                    kind=kind,
                    token_url=flow.text("tokenUrl"),
                    authorization_url=flow.text("authorizationUrl"),
                    refresh_url=flow.text("refreshUrl"),
                    scopes={k: str(n.value) for k, n in scopes.items()} if scopes else {},
                )
            )
        return tuple(found)

    def tags(self) -> tuple[ir.Tag, ...]:
        """The tags listed at the root."""
        listed = self._node.get("tags")
        return tuple(
            ir.Tag(name=name, description=tag.text("description"))
            for tag in (listed.elements() if listed is not None else ())
            if (name := tag.text("name")) is not None
        )

    def contact(self) -> ir.Contact | None:
        """Whom to ask."""
        node = self._node.at(("info", "contact"))
        if node is None:
            return None
        return ir.Contact(name=node.text("name"), url=node.text("url"), email=node.text("email"))

    def license(self) -> ir.License | None:
        """The licence of the description."""
        node = self._node.at(("info", "license"))
        if node is None or node.text("name") is None:
            return None
        return ir.License(name=node.text("name") or "", url=node.text("url"))
