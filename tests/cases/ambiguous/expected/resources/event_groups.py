"""Event groups."""

from __future__ import annotations

import builtins
from functools import cached_property
from typing import TYPE_CHECKING, Final

from .._runtime import AsyncResource, Operation, RequestOptions, SyncResource
from ..models.event_groups import Group, GroupLine
from ..params.event_groups import GroupParam

if TYPE_CHECKING:
    from .event_groups_reminders import AsyncEventGroupsReminders, EventGroupsReminders


_CREATE: Final[Operation[Group]] = Operation(
    id="createGroup",
    method="POST",
    path="/event_groups",
    responses={"201": Group},
    payload=("group",),
    body="application/json",
)
_LIST: Final[Operation[builtins.list[GroupLine]]] = Operation(
    id="listGroups",
    method="GET",
    path="/event_groups",
    responses={"200": builtins.list[GroupLine]},
    payload=("groups",),
)
_RETRIEVE: Final[Operation[Group]] = Operation(
    id="getGroup",
    method="GET",
    path="/event_groups/{id}",
    responses={"200": Group},
    payload=("group",),
)


class EventGroups(SyncResource):
    """Event groups."""

    @cached_property
    def reminders(self) -> EventGroupsReminders:
        """Reminders."""
        from .event_groups_reminders import EventGroupsReminders

        return EventGroupsReminders(self._client)

    def create(
        self,
        *,
        group: Group | GroupParam,
        options: RequestOptions | None = None,
    ) -> Group:
        """What stands around the object is called by the end of its noun."""
        return self._client.call(
            _CREATE,
            body={
                "group": group,
            },
            options=options,
        )

    def list(
        self,
        *,
        options: RequestOptions | None = None,
    ) -> builtins.list[GroupLine]:
        """GET /event_groups."""
        return self._client.call(
            _LIST,
            options=options,
        )

    def retrieve(
        self,
        id: str,
        *,
        options: RequestOptions | None = None,
    ) -> Group:
        """GET /event_groups/{id}."""
        return self._client.call(
            _RETRIEVE,
            path={
                "id": id,
            },
            options=options,
        )


class AsyncEventGroups(AsyncResource):
    """Event groups."""

    @cached_property
    def reminders(self) -> AsyncEventGroupsReminders:
        """Reminders."""
        from .event_groups_reminders import AsyncEventGroupsReminders

        return AsyncEventGroupsReminders(self._client)

    async def create(
        self,
        *,
        group: Group | GroupParam,
        options: RequestOptions | None = None,
    ) -> Group:
        """What stands around the object is called by the end of its noun."""
        return await self._client.call(
            _CREATE,
            body={
                "group": group,
            },
            options=options,
        )

    async def list(
        self,
        *,
        options: RequestOptions | None = None,
    ) -> builtins.list[GroupLine]:
        """GET /event_groups."""
        return await self._client.call(
            _LIST,
            options=options,
        )

    async def retrieve(
        self,
        id: str,
        *,
        options: RequestOptions | None = None,
    ) -> Group:
        """GET /event_groups/{id}."""
        return await self._client.call(
            _RETRIEVE,
            path={
                "id": id,
            },
            options=options,
        )
