"""Orders."""

from __future__ import annotations

import builtins
from typing import Final

from .._runtime import AsyncResource, Operation, RequestOptions, SyncResource
from ..models.orders import Order

_LIST: Final[Operation[builtins.list[Order]]] = Operation(
    id="listOrders",
    method="GET",
    path="/orders",
    responses={"200": builtins.list[Order]},
)
_RETRIEVE: Final[Operation[Order]] = Operation(
    id="getOrder",
    method="GET",
    path="/orders/{id}",
    responses={"200": Order},
)


class Orders(SyncResource):
    """Orders."""

    def list(
        self,
        *,
        options: RequestOptions | None = None,
    ) -> builtins.list[Order]:
        """GET /orders."""
        return self._client.call(
            _LIST,
            options=options,
        )

    def retrieve(
        self,
        id: str,
        *,
        options: RequestOptions | None = None,
    ) -> Order:
        """GET /orders/{id}."""
        return self._client.call(
            _RETRIEVE,
            path={
                "id": id,
            },
            options=options,
        )


class AsyncOrders(AsyncResource):
    """Orders."""

    async def list(
        self,
        *,
        options: RequestOptions | None = None,
    ) -> builtins.list[Order]:
        """GET /orders."""
        return await self._client.call(
            _LIST,
            options=options,
        )

    async def retrieve(
        self,
        id: str,
        *,
        options: RequestOptions | None = None,
    ) -> Order:
        """GET /orders/{id}."""
        return await self._client.call(
            _RETRIEVE,
            path={
                "id": id,
            },
            options=options,
        )
