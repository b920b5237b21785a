"""Invitations."""

from __future__ import annotations

import builtins
from typing import Final, Literal

from .._runtime import AsyncResource, Operation, RequestOptions, SyncResource
from ..models.invitations import Invitation, ListInvitationsState

_CREATE: Final[Operation[Invitation]] = Operation(
    id="createInvitation",
    method="POST",
    path="/invitations",
    responses={"201": Invitation},
    body="application/json",
)
_LIST: Final[Operation[builtins.list[Invitation]]] = Operation(
    id="listInvitations",
    method="GET",
    path="/invitations",
    responses={"200": builtins.list[Invitation]},
)


class Invitations(SyncResource):
    """Invitations."""

    def create(
        self,
        *,
        to: str,
        options: RequestOptions | None = None,
    ) -> Invitation:
        """The state that the list asks for is the server's to set."""
        return self._client.call(
            _CREATE,
            body={
                "to": to,
            },
            options=options,
        )

    def list(
        self,
        *,
        state: ListInvitationsState | Literal["open", "closed"],
        options: RequestOptions | None = None,
    ) -> builtins.list[Invitation]:
        """GET /invitations."""
        return self._client.call(
            _LIST,
            query={
                "state": state,
            },
            options=options,
        )


class AsyncInvitations(AsyncResource):
    """Invitations."""

    async def create(
        self,
        *,
        to: str,
        options: RequestOptions | None = None,
    ) -> Invitation:
        """The state that the list asks for is the server's to set."""
        return await self._client.call(
            _CREATE,
            body={
                "to": to,
            },
            options=options,
        )

    async def list(
        self,
        *,
        state: ListInvitationsState | Literal["open", "closed"],
        options: RequestOptions | None = None,
    ) -> builtins.list[Invitation]:
        """GET /invitations."""
        return await self._client.call(
            _LIST,
            query={
                "state": state,
            },
            options=options,
        )
