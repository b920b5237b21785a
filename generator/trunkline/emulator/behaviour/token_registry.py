"""Credentials that calls hand out, and callers who act for somebody else."""

from __future__ import annotations

import hmac

from trunkline.emulator.behaviour.script_objects import ScriptObjects
from trunkline.emulator.behaviour.values import instant
from trunkline.emulator.decoding.security import secret_in
from trunkline.emulator.http.messages import Account, HttpRequest
from trunkline.emulator.operations.services import Services
from trunkline.ir import KeyScheme
from trunkline.ir.behaviour import Behaviour
from trunkline.semantics.jsonvalue import get


class TokenRegistry:
    """Looks up secrets among the objects that are credentials."""

    def __init__(self, services: Services, behaviour: Behaviour, objects: ScriptObjects) -> None:
        self._services = services
        self._objects = objects
        self._rules = behaviour.credentials
        self._delegation = behaviour.delegation

    def account(self, scheme: str, request: HttpRequest) -> Account | None:
        """Whose credential a request shows for the scheme of this name."""
        for rule in self._rules:
            if rule.scheme != scheme:
                continue
            secret = secret_in(request, self._services.api.security_schemes[scheme])
            if secret is None:
                continue
            for account in self._services.accounts:
                for document in self._objects.list_documents(account.name, rule.resource):
                    known = document.get(rule.member)
                    if not isinstance(known, str) or not known.isascii() or not secret.isascii():
                        continue
                    if hmac.compare_digest(known, secret) and self._valid(document, rule.until):
                        return account
        return None

    def _valid(self, document: object, until: str | None) -> bool:
        if until is None or not isinstance(document, dict):
            return True
        text = get(document, (until,))
        end = instant(text) if isinstance(text, str) else None
        return end is None or end > self._services.clock.now()

    def acting(self, request: HttpRequest, account: Account) -> Account | None:
        """The account that the caller acts for: its own without a word about it, None where it
        may not act for the one named."""
        rule = self._delegation
        if rule is None:
            return account
        scheme = self._services.api.security_schemes[rule.scheme]
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
        for document in self._objects.list_documents(account.name, rule.resource):
            found = get(document, tuple(member.split(".")))
            if found is not None and str(found) == value:
                path = self._objects.plan(rule.resource).id_member
                id_ = get(document, path) if path is not None else value
                return Account(f"{account.name}/{rule.resource}/{id_}", "")
        return None
