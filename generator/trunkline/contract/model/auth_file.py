"""Accounts as a Web Fuzzing Commons authentication file declares them.

The format is read by EvoMaster and Schemathesis as well. A value `${NAME}` is taken from the
environment, so that the file itself holds no secret.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

from trunkline import pointer
from trunkline.contract.model.exchange import Exchange
from trunkline.diagnostics import Code, Diagnostics, ExitCode, TrunklineError
from trunkline.ir import Json
from trunkline.semantics import media
from trunkline.semantics.credentials import CredentialParts
from trunkline.source import Node, parse

_ENVIRONMENT = re.compile(r"\$\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class TokenPlace:
    """Where a response holds a token (a JSON pointer, or the name of a header), and how it is sent
    from then on: in a header or query parameter, as `template` says."""

    extract_from: str
    selector: str
    send_in: str
    send_name: str
    template: str = "{token}"

    @property
    def place(self) -> str:
        """For messages."""
        return f"{self.extract_from} {self.selector}"

    def value(self, exchange: Exchange) -> str | None:
        """The token in a response."""
        if self.extract_from == "header":
            return exchange.headers.get(self.selector.lower())
        found: Json = exchange.json
        for name in pointer.split(self.selector):
            if isinstance(found, list) and name.isdecimal() and int(name) < len(found):
                found = found[int(name)]
            elif isinstance(found, dict):
                found = found.get(name)
            else:
                return None
        return str(found) if isinstance(found, str | int) and found != "" else None

    def parts(self, token: str) -> CredentialParts:
        """What a request carries."""
        text = self.template.replace("{token}", token)
        if self.send_in == "query":
            return CredentialParts(query=((self.send_name, text),))
        return CredentialParts({self.send_name: text})


@dataclass(frozen=True, slots=True, kw_only=True)
class LoginRequest:
    """The request that logs in. `url` is complete, or a path below the base URL."""

    url: str
    method: str = "POST"
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    content_type: str = "application/json"
    body: bytes | None = None
    token: TokenPlace | None = None
    cookies: bool = False
    discovery: str | None = None
    """Address of OpenID Connect metadata that names the token endpoint."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthUser:
    """One account: headers that never change, and a request that logs in."""

    name: str
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    login: LoginRequest | None = None


def read_auth_file(path: Path) -> tuple[AuthUser, ...]:
    """The accounts in a file; `TrunklineError` with every mistake and its position."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise TrunklineError.usage(
            Code.BAD_VALUE, f"{path} cannot be read: {error.strerror}"
        ) from None
    root = Node.root(parse(str(path), content))
    reader = _Reader()
    users = reader.users(root)
    if reader.diagnostics.errors:
        raise TrunklineError(reader.diagnostics.errors, ExitCode.USAGE)
    return users


class _Reader:
    def __init__(self) -> None:
        self.diagnostics = Diagnostics()

    def _wrong(self, node: Node, message: str) -> None:
        self.diagnostics.add(Code.BAD_VALUE, message, node.position)

    def users(self, root: Node) -> tuple[AuthUser, ...]:
        listed = root.get("auth")
        if listed is None or not isinstance(listed.value, list) or not listed.value:
            self._wrong(root, "an authentication file has a list called 'auth'")
            return ()
        template = root.get("authTemplate")
        return tuple(self._user(node, template) for node in listed.elements())

    def _get(self, node: Node, template: Node | None, key: str) -> Node | None:
        found = node.get(key)
        return found if found is not None or template is None else template.get(key)

    def _text(self, node: Node | None, template: Node | None, key: str) -> str | None:
        found = self._get(node, template, key) if node is not None else None
        if found is None:
            return None
        if isinstance(found.value, bool) or not isinstance(found.value, str | int | float):
            self._wrong(found, f"{key} is not a string")
            return None
        return self._filled(found, str(found.value))

    def _filled(self, node: Node, text: str) -> str:
        def value(match: re.Match[str]) -> str:
            found = os.environ.get(match.group(1))
            if found is None:
                self._wrong(node, f"the environment has no {match.group(1)}")
            return found or ""

        return _ENVIRONMENT.sub(value, text)

    def _user(self, node: Node, template: Node | None) -> AuthUser:
        name = self._text(node, template, "name")
        if name is None:
            self._wrong(node, "an account without a name")
        for key in ("createUsers", "requireMockHandling"):
            found = self._get(node, template, key)
            if found is not None and found.value:
                self._wrong(found, f"{key} is not supported")
        headers = self._headers(self._get(node, template, "fixedHeaders"))
        login, inherited = node.get("loginEndpointAuth"), None
        if template is not None:
            inherited = template.get("loginEndpointAuth")
        if login is None:
            login, inherited = inherited, None
        made = self._login(login, inherited) if login is not None else None
        return AuthUser(name=name or "", headers=headers, login=made)

    def _headers(self, node: Node | None) -> dict[str, str]:
        found: dict[str, str] = {}
        for one in node.elements() if node is not None else ():
            name, value = self._text(one, None, "name"), self._text(one, None, "value")
            if name is None or value is None:
                self._wrong(one, "a header has a name and a value")
            else:
                found[name] = value
        return found

    def _login(self, node: Node, template: Node | None) -> LoginRequest:
        path = self._text(node, template, "endpoint")
        url = self._text(node, template, "externalEndpointURL")
        if (path is None) is (url is None):
            self._wrong(node, "a login has either endpoint or externalEndpointURL")
        method = self._text(node, template, "verb")
        if method is None:
            self._wrong(node, "a login has a verb")
        kind = self._text(node, template, "contentType") or "application/json"
        cookies = self._get(node, template, "expectCookies")
        token = self._get(node, template, "token")
        wants_cookies = cookies is not None and cookies.value is True
        if token is None and not wants_cookies:
            self._wrong(node, "a login has a token, or expects cookies")
        return LoginRequest(
            url=url or path or "",
            method=(method or "POST").upper(),
            headers=self._headers(self._get(node, template, "headers")),
            content_type=kind,
            body=self._body(node, template, kind),
            token=self._token(token) if token is not None else None,
            cookies=wants_cookies,
        )

    def _body(self, node: Node, template: Node | None, kind: str) -> bytes | None:
        raw = self._text(node, template, "payloadRaw")
        if raw is not None:
            return raw.encode()
        pair = self._get(node, template, "payloadUserPwd")
        if pair is None:
            return None
        inherited = template.get("payloadUserPwd") if template is not None else None
        keys = ("usernameField", "username", "passwordField", "password")
        found = [self._text(pair, inherited, key) for key in keys]
        if None in found:
            self._wrong(pair, f"a payload has {', '.join(keys)}")
        name_field, name, password_field, password = (text or "" for text in found)
        values = {name_field: name, password_field: password}
        return (urlencode(values) if media.is_form(kind) else json.dumps(values)).encode()

    def _token(self, node: Node) -> TokenPlace:
        texts: dict[str, str] = {}
        for key in ("extractFrom", "extractSelector", "sendIn", "sendName"):
            text = self._text(node, None, key)
            if text is None:
                self._wrong(node, f"a token has {key}")
            texts[key] = text or ""
        if texts["extractFrom"] not in {"body", "header", ""}:
            self._wrong(node, "extractFrom is body or header")
        if texts["sendIn"] not in {"header", "query", ""}:
            self._wrong(node, "sendIn is header or query")
        if texts["extractFrom"] == "body" and not texts["extractSelector"].startswith("/"):
            self._wrong(node, "extractSelector is a JSON pointer where it looks into the body")
        template = self._text(node, None, "sendTemplate") or "{token}"
        return TokenPlace(
            texts["extractFrom"],
            texts["extractSelector"],
            texts["sendIn"],
            texts["sendName"],
            template,
        )
