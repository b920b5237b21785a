"""Reminders."""

from __future__ import annotations

import builtins
from typing import Final

from .._runtime import UNSET, AsyncResource, Operation, RequestOptions, SyncResource, Unset
from ..models.event_groups import Reminder

_CREATE: Final[Operation[Reminder]] = Operation(
    id="createReminder",
    method="POST",
    path="/event_groups/{id}/reminders",
    responses={"201": Reminder},
    body="application/json",
)
_LIST: Final[Operation[builtins.list[Reminder]]] = Operation(
    id="listReminders",
    method="GET",
    path="/event_groups/{id}/reminders",
    responses={"200": builtins.list[Reminder]},
)
_RETRIEVE: Final[Operation[Reminder]] = Operation(
    id="getReminder",
    method="GET",
    path="/event_groups/{id}/reminders/{reminder_id}",
    responses={"200": Reminder},
)


class EventGroupsReminders(SyncResource):
    """Reminders."""

    def create(
        self,
        id: str,
        *,
        text: str | Unset = UNSET,
        options: RequestOptions | None = None,
    ) -> Reminder:
        """Nothing but the address tells one reminder from another."""
        return self._client.call(
            _CREATE,
            path={
                "id": id,
            },
            body={
                "text": text,
            },
            options=options,
        )

    def list(
        self,
        id: str,
        *,
        options: RequestOptions | None = None,
    ) -> builtins.list[Reminder]:
        """GET /event_groups/{id}/reminders."""
        return self._client.call(
            _LIST,
            path={
                "id": id,
            },
            options=options,
        )

    def retrieve(
        self,
        id: str,
        reminder_id: str,
        *,
        options: RequestOptions | None = None,
    ) -> Reminder:
        """GET /event_groups/{id}/reminders/{reminder_id}."""
        return self._client.call(
            _RETRIEVE,
            path={
                "id": id,
                "reminder_id": reminder_id,
            },
            options=options,
        )


class AsyncEventGroupsReminders(AsyncResource):
    """Reminders."""

    async def create(
        self,
        id: str,
        *,
        text: str | Unset = UNSET,
        options: RequestOptions | None = None,
    ) -> Reminder:
        """Nothing but the address tells one reminder from another."""
        return await self._client.call(
            _CREATE,
            path={
                "id": id,
            },
            body={
                "text": text,
            },
            options=options,
        )

    async def list(
        self,
        id: str,
        *,
        options: RequestOptions | None = None,
    ) -> builtins.list[Reminder]:
        """GET /event_groups/{id}/reminders."""
        return await self._client.call(
            _LIST,
            path={
                "id": id,
            },
            options=options,
        )

    async def retrieve(
        self,
        id: str,
        reminder_id: str,
        *,
        options: RequestOptions | None = None,
    ) -> Reminder:
        """GET /event_groups/{id}/reminders/{reminder_id}."""
        return await self._client.call(
            _RETRIEVE,
            path={
                "id": id,
                "reminder_id": reminder_id,
            },
            options=options,
        )
