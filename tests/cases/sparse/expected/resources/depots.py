"""Depots."""

from __future__ import annotations

from typing import Final

from .._runtime import AsyncResource, Operation, RequestOptions, SyncResource
from ..models.depots import GetDepotResponse

_RETRIEVE: Final[Operation[GetDepotResponse]] = Operation(
    id="getDepot",
    method="GET",
    path="/depots/{depotName}",
    responses={"200": GetDepotResponse},
)


class Depots(SyncResource):
    """Depots."""

    def retrieve(
        self,
        depot_name: str,
        *,
        options: RequestOptions | None = None,
    ) -> GetDepotResponse:
        """There is nothing in it that says which depot it is."""
        return self._client.call(
            _RETRIEVE,
            path={
                "depotName": depot_name,
            },
            options=options,
        )


class AsyncDepots(AsyncResource):
    """Depots."""

    async def retrieve(
        self,
        depot_name: str,
        *,
        options: RequestOptions | None = None,
    ) -> GetDepotResponse:
        """There is nothing in it that says which depot it is."""
        return await self._client.call(
            _RETRIEVE,
            path={
                "depotName": depot_name,
            },
            options=options,
        )
