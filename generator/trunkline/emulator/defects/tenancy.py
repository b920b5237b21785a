"""Who may see and do what: credentials not checked, accounts not kept apart."""

from __future__ import annotations

from typing import ClassVar

from trunkline.emulator.defects.base import Defect
from trunkline.emulator.hooks.call import Call
from trunkline.emulator.http.messages import Account, HttpRequest, HttpResponse, refuse
from trunkline.emulator.storage.query import Query
from trunkline.emulator.storage.records import Row, Scope
from trunkline.ir import Action, Api, KeyScheme, Operation


class _Credentials(Defect):
    @classmethod
    def applies(cls, api: Api) -> bool:
        return any(o.security and {} not in o.security for o in api.operations)


class AnyTokenAccepted(_Credentials):
    """Any credentials are taken for good ones."""

    rule = "Wrong credentials are refused"
    caught_by = ("auth-wrong",)

    def authenticated(
        self, operation: Operation, request: HttpRequest, account: Account | None
    ) -> Account | None:
        carriers = {b"authorization", b"cookie"} | {
            scheme.key.lower().encode()
            for scheme in self.services.api.security_schemes.values()
            if isinstance(scheme, KeyScheme)
        }
        known = any(value for name, value in request.headers if name in carriers)
        if account is None and (known or request.query):
            return self.services.accounts[0]
        return account


class MissingTokenAccepted(_Credentials):
    """Requests without credentials are let in."""

    rule = "Requests without credentials are refused"
    caught_by = ("auth-missing",)

    def authenticated(
        self, operation: Operation, request: HttpRequest, account: Account | None
    ) -> Account | None:
        if account is None and request.header(b"authorization") is None:
            return self.services.accounts[0]
        return account


class _OneActionOpen(Defect):
    action: ClassVar[Action]

    @classmethod
    def applies(cls, api: Api) -> bool:
        # One operation that carries every method of an RPC is not left open by itself.
        return any(
            o.security and {} not in o.security and o.action is cls.action for o in api.operations
        )

    def authenticated(
        self, operation: Operation, request: HttpRequest, account: Account | None
    ) -> Account | None:
        if account is None and operation.action is self.action:
            return self.services.accounts[0]
        return account


class DeletingWithoutCredentials(_OneActionOpen):
    """Deleting asks nobody for credentials."""

    rule = "Every operation checks the credentials it documents"
    caught_by = ("auth-missing",)
    action = Action.DELETE


class ReadingWithoutCredentials(_OneActionOpen):
    """Reading one object asks nobody for credentials."""

    rule = "Every operation checks the credentials it documents"
    caught_by = ("auth-missing",)
    action = Action.RETRIEVE


class StrangersToldOfFaults(Defect):
    """Requests without credentials are refused as if they were malformed."""

    rule = "Credentials are checked before the request is looked at"
    caught_by = ("auth-first",)
    needs = frozenset({Action.CREATE, Action.RETRIEVE})

    def rejected(
        self, operation: Operation | None, request: HttpRequest, response: HttpResponse
    ) -> HttpResponse:
        status = 400 if response.status == 401 else response.status
        return HttpResponse(status, response.body, response.media_type, response.headers)


class TokenComparedByStart(_Credentials):
    """A token with something appended is taken for the token."""

    rule = "Wrong credentials are refused"
    caught_by = ("auth-malformed",)

    def authenticated(
        self, operation: Operation, request: HttpRequest, account: Account | None
    ) -> Account | None:
        if account is None:
            for name, value in request.headers:
                for known in self.services.accounts:
                    if name != b"host" and known.token.encode() in value:
                        return known
        return account


class TokenComparedWithoutCase(_Credentials):
    """The case of a token's letters does not matter."""

    rule = "Wrong credentials are refused"
    caught_by = ("auth-malformed",)

    def authenticated(
        self, operation: Operation, request: HttpRequest, account: Account | None
    ) -> Account | None:
        if account is None:
            for _, value in request.headers:
                for known in self.services.accounts:
                    if value.lower().endswith(known.token.encode()):
                        return known
        return account


class _Leak(Defect):
    action: ClassVar[Action]

    def found(self, call: Call, scope: Scope, row: Row | None) -> Row | None:
        plan = call.compiled.resource
        if row is not None or call.compiled.action is not self.action or plan is None:
            return row
        name = plan.resource.id_parameter
        if name is None:
            return row
        for account in self.services.accounts:
            other = Scope(account.name, scope.parents)
            row = self.services.store.get(plan.table, other, str(call.path.get(name)))
            if row is not None:
                return row
        return None


class OthersObjectsAdmitted(_Leak):
    """Another account's object is refused as forbidden, and not as what is not there."""

    rule = "Another account cannot tell which objects exist"
    caught_by = ("existence-hidden",)
    needs = frozenset({Action.CREATE, Action.RETRIEVE})
    action = Action.RETRIEVE

    def found(self, call: Call, scope: Scope, row: Row | None) -> Row | None:
        if row is None and super().found(call, scope, row) is not None:
            refuse(403, "It belongs to another account.", "path")
        return row


class OthersObjectsRead(_Leak):
    """Another account's object can be read by its id."""

    rule = "Accounts see only their own objects"
    caught_by = ("tenant-read",)
    needs = frozenset({Action.CREATE, Action.RETRIEVE})
    action = Action.RETRIEVE


class OthersObjectsChanged(_Leak):
    """Another account's object can be changed by its id."""

    rule = "Accounts change only their own objects"
    caught_by = ("tenant-update",)
    needs = frozenset({Action.CREATE, Action.UPDATE, Action.RETRIEVE})
    action = Action.UPDATE

    def scope(self, call: Call, scope: Scope) -> Scope:
        return self.owner(call, scope)

    def owner(self, call: Call, scope: Scope) -> Scope:
        """The scope that the named object is in, whoever owns it."""
        plan = call.compiled.resource
        if plan is None or call.compiled.action is not self.action:
            return scope
        id_ = str(call.path.get(plan.resource.id_parameter or ""))
        for account in self.services.accounts:
            other = Scope(account.name, scope.parents)
            if self.services.store.get(plan.table, other, id_) is not None:
                return other
        return scope


class OthersObjectsDeleted(OthersObjectsChanged):
    """Another account's object can be deleted by its id."""

    rule = "Accounts delete only their own objects"
    caught_by = ("tenant-delete",)
    needs = frozenset({Action.CREATE, Action.DELETE, Action.RETRIEVE})
    action = Action.DELETE


class OthersObjectsListed(Defect):
    """Lists show the objects of every account."""

    rule = "Accounts see only their own objects"
    caught_by = ("tenant-list",)
    needs = frozenset({Action.CREATE, Action.LIST})

    def listed(self, call: Call, rows: list[Row], total: int) -> tuple[list[Row], int]:
        plan = call.compiled.resource
        assert plan is not None
        parents = tuple(str(call.path.get(name)) for name in plan.resource.parent_parameters)
        for account in self.services.accounts:
            if account is not call.account:
                others, more = self.services.store.page(
                    plan.table, Scope(account.name, parents), Query(limit=100)
                )
                rows = [*rows, *others]
                total += more
        return rows, total


class AccountsMixed(Defect):
    """All accounts share one set of objects."""

    rule = "Accounts see only their own objects"
    caught_by = ("tenant-read",)
    needs = frozenset({Action.CREATE})

    def authenticated(
        self, operation: Operation, request: HttpRequest, account: Account | None
    ) -> Account | None:
        return account and self.services.accounts[0]


class CountsLeak(Defect):
    """Totals count the objects of every account."""

    rule = "Accounts see only their own objects"
    caught_by = ("tenant-list",)
    needs = frozenset({Action.CREATE, Action.LIST})

    @classmethod
    def applies(cls, api: Api) -> bool:
        return any(o.pagination and o.pagination.total_items for o in api.operations)

    def listed(self, call: Call, rows: list[Row], total: int) -> tuple[list[Row], int]:
        plan = call.compiled.resource
        assert plan is not None
        for account in self.services.accounts:
            if account is not call.account:
                total += self.services.store.page(plan.table, Scope(account.name), Query(limit=1))[
                    1
                ]
        return rows, total
