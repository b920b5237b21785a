"""Credentials that calls hand out, and callers who act for somebody else."""

from __future__ import annotations

import hmac
from typing import TYPE_CHECKING

from trunkline.emulator.behaviour.values import instant
from trunkline.emulator.http.messages import Account, Request
from trunkline.emulator.schemas.shapes import at
from trunkline.ir import HttpScheme, KeyScheme, SecurityScheme

if TYPE_CHECKING:
    from trunkline.emulator.behaviour.engine import Engine


def presented(scheme: SecurityScheme, request: Request) -> str | None:
    """The secret that a request shows for a scheme in a header; None where it shows none."""
    if isinstance(scheme, KeyScheme):
        text = (request.header(scheme.key.lower().encode("latin-1", "replace")) or b"").decode(
            "latin-1"
        )
        if not text.startswith(scheme.prefix):
            return None
        return text[len(scheme.prefix) :] or None
    if isinstance(scheme, HttpScheme):
        text = (request.header(b"authorization") or b"").decode("latin-1")
        kind, _, secret = text.partition(" ")
        return secret.strip() or None if kind.lower() == scheme.scheme.lower() else None
    return None


class Issued:
    """Looks up secrets among the objects that are credentials."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._rules = engine.behaviour.credentials
        self._delegation = engine.behaviour.delegation

    def account(self, scheme: str, request: Request) -> Account | None:
        """Whose credential a request shows for the scheme of this name."""
        emulator = self._engine.emulator
        for rule in self._rules:
            if rule.scheme != scheme:
                continue
            secret = presented(emulator.api.security_schemes[scheme], request)
            if secret is None:
                continue
            for account in emulator.accounts:
                for document in self._engine.objects.documents(account.name, rule.resource):
                    known = document.get(rule.member)
                    if not isinstance(known, str) or not known.isascii() or not secret.isascii():
                        continue
                    if hmac.compare_digest(known, secret) and self._valid(document, rule.until):
                        return account
        return None

    def _valid(self, document: object, until: str | None) -> bool:
        if until is None or not isinstance(document, dict):
            return True
        text = at(document, (until,))
        end = instant(text) if isinstance(text, str) else None
        return end is None or end > self._engine.emulator.clock.now()

    def acting(self, request: Request, account: Account) -> Account | None:
        """The account that the caller acts for: its own without a word about it, None where it
        may not act for the one named."""
        rule = self._delegation
        if rule is None:
            return account
        scheme = self._engine.emulator.api.security_schemes[rule.scheme]
        if not isinstance(scheme, KeyScheme):
            return account
        raw = request.header(scheme.key.lower().encode("latin-1", "replace"))
        if raw is None:
            return account
        kind, _, value = raw.decode("latin-1").strip().partition(" ")
        member = rule.kinds.get(kind)
        value = value.strip()
        if member is None or not value:
            return None
        for document in self._engine.objects.documents(account.name, rule.resource):
            found = at(document, tuple(member.split(".")))
            if found is not None and str(found) == value:
                return Account(f"{account.name}/{rule.resource}/{document.get('hash', value)}", "")
        return None
