"""Requests to the server under test: its address, the headers of every request, credentials."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from trunkline import ir
from trunkline.contract.model import Exchange, Request
from trunkline.contract.session.accounts import Accounts, Actor
from trunkline.contract.session.client import Client, NoResponseError
from trunkline.contract.session.safety import ForeignRequestError, Safety
from trunkline.semantics.credentials import CredentialParts


@dataclass(frozen=True, slots=True)
class Sender:
    """Sends to one server."""

    base_url: str
    client: Client
    accounts: Accounts
    safety: Safety

    def send(
        self,
        method: str,
        path: str,
        *,
        query: Sequence[tuple[str, str]] = (),
        headers: Mapping[str, str] | None = None,
        body: bytes | None = None,
        credential: CredentialParts | None = None,
        operation: str | None = None,
        plain_query: str | None = None,
        noted: bool = False,
        attack: bool = False,
    ) -> Exchange:
        """Send one request; `path` is percent-encoded already.

        `ForeignRequestError` for one that would act on what this run did not make; what is `noted`
        in the cleanup log was made by this run, or by one before it. An `attack` is sent without
        configured headers that are credentials as well.
        """
        if not noted:
            try:
                self.safety.permit(method, path, body, self.is_absent)
            except ForeignRequestError as error:
                self.safety.leave_out(error.label)
                raise
        credential = credential or CredentialParts()
        standing = self.accounts.standing_headers if attack else self.accounts.given.headers
        pairs = (*query, *credential.query)
        text = plain_query if plain_query is not None else urlencode(pairs)
        url = self.base_url.rstrip("/") + path + (f"?{text}" if text else "")
        sent = {**standing, **(headers or {}), **credential.headers}
        if credential.cookies:
            sent["Cookie"] = "; ".join(f"{k}={v}" for k, v in credential.cookies.items())
        return self.client.send(
            Request(
                method=method,
                url=url,
                headers=sent,
                body=body,
                operation=operation,
                attack=attack,
            )
        )

    def is_harmless(self, method: str, path: str) -> bool:
        """Whether a request without a body would be sent."""
        try:
            self.safety.permit(method, path, None, self.is_absent)
        except ForeignRequestError:
            return False
        return True

    def is_absent(self, path: str) -> bool:
        """Whether the server says that there is nothing at the path of an item."""
        described = self.safety.described("GET", path)
        if not described:
            return False
        try:
            shown = self.send(
                "GET",
                path,
                headers={"Accept": "*/*"},
                credential=self.accounts.credential(described[0], Actor.ME),
            )
        except NoResponseError:
            return False
        return shown.status in {404, 410}

    def send_to(self, url: str, operation: ir.Operation) -> Exchange:
        """GET a complete address on the server under test, with this account's credentials."""
        sent = self.accounts.credential(operation, Actor.ME).headers
        headers = {**self.accounts.given.headers, "Accept": "application/json, */*;q=0.5", **sent}
        return self.client.send(
            Request(method="GET", url=url, headers=headers, operation=operation.id)
        )
