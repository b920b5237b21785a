"""Requests as commands of a POSIX shell, credentials in variables."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Mapping
from urllib.parse import quote, urlencode

from trunkline.ir import Api, HttpScheme, Json, Operation, ParameterLocation
from trunkline.pages.examples import ExampleBody
from trunkline.python import Credential
from trunkline.python.calls import WIDTH
from trunkline.semantics.credentials import CredentialParts, apply_credential, combine
from trunkline.semantics.media import MediaKind, kind
from trunkline.semantics.parameters import ParameterTextError, encode


class CurlPrinter:
    """Prints the requests of one API to `address`."""

    def __init__(self, api: Api, address: str, credentials: tuple[Credential, ...]) -> None:
        self._api = api
        self._address = address
        self._variables = {
            # Of a pair that is exchanged for a token the token is what a request carries.
            c.scheme: (c.token[1],) if c.token is not None else c.environment
            for c in credentials
        }
        named = sorted({v for vs in self._variables.values() for v in vs}, key=len, reverse=True)
        self._secrets = re.compile("|".join(rf"\${re.escape(v)}\b" for v in named) or r"(?!)")

    def operation(
        self,
        operation: Operation,
        parameters: Mapping[tuple[ParameterLocation, str], Json],
        body: ExampleBody | None,
    ) -> str:
        """The command that sends the request."""
        path, query, headers = operation.path, list[tuple[str, str]](), dict[str, str]()
        for parameter in operation.parameters:
            if (parameter.location, parameter.name) not in parameters:
                continue
            value = parameters[parameter.location, parameter.name]
            try:
                pairs = encode(parameter, value).flat()
            except ParameterTextError:
                continue
            for name, text in pairs:
                match parameter.location:
                    case ParameterLocation.PATH:
                        path = path.replace(f"{{{name}}}", quote(text, safe=""))
                    case ParameterLocation.QUERY:
                        query.append((name, text))
                    case ParameterLocation.HEADER:
                        headers[name] = text
                    case _:
                        pass
        return self.request(operation, path, query, headers, body)

    def request(
        self,
        operation: Operation,
        path: str,
        query: list[tuple[str, str]],
        headers: Mapping[str, str],
        body: ExampleBody | None,
    ) -> str:
        """The command that sends these parts as the operation is called."""
        user, parts = self._credentials(operation)
        sent = [urlencode(query, quote_via=quote), *(f"{n}={v}" for n, v in parts.query)]
        asked = "&".join(sent).strip("&")
        address = f"{self._address}{path}" + (f"?{asked}" if asked else "")
        method = operation.method.upper()
        words = [] if method == "GET" and body is None else ["-X", method]
        lines = [" ".join(["curl", *words, self._word(address)])]
        if user:
            lines.append(f"-u {self._word(user)}")
        for name, text in {**headers, **parts.headers}.items():
            lines.append(f"-H {self._word(f'{name}: {text}')}")
        for name, text in parts.cookies.items():
            lines.append(f"-b {self._word(f'{name}={text}')}")
        if body is not None:
            lines.append(f"-H {self._word(f'Content-Type: {body.media_type}')}")
            lines.append(f"-d {shlex.quote(_text(body))}")
        return " \\\n  ".join(lines)

    def _credentials(self, operation: Operation) -> tuple[str, CredentialParts]:
        """User and password, and the parts that credentials add, with variables for secrets."""
        known = [r for r in operation.security if all(n in self._variables for n in r)]
        user = ""
        parts: list[CredentialParts] = []
        for name in known[0] if known else ():
            scheme, variables = self._api.security_schemes[name], self._variables[name]
            if isinstance(scheme, HttpScheme) and scheme.scheme == "basic":
                user = ":".join(f"${variable}" for variable in variables)
            else:
                parts.append(apply_credential(scheme, f"${variables[0]}"))
        return user, combine(parts)

    def _word(self, text: str) -> str:
        """One word of the command line, in which credentials' variables alone are replaced."""
        found: list[str] = []
        end = 0
        for variable in self._secrets.finditer(text):
            found += [_quoted(text[end : variable.start()]), variable[0]]
            end = variable.end()
        if not found:
            return shlex.quote(text)
        return f'"{"".join([*found, _quoted(text[end:])])}"'


def _quoted(text: str) -> str:
    """Text between double quotes of a shell, as it is."""
    return re.sub(r'([\\"$`!])', r"\\\1", text)


def _text(body: ExampleBody) -> str:
    if isinstance(body.value, dict) and kind(body.media_type) is MediaKind.FORM:
        return urlencode({n: v if isinstance(v, str) else json.dumps(v)
                          for n, v in body.value.items()})  # fmt: skip
    line = json.dumps(body.value, ensure_ascii=False)
    return line if len(line) <= WIDTH else json.dumps(body.value, indent=2, ensure_ascii=False)
