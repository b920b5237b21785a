"""Lines."""

from __future__ import annotations

from typing import Final

from .._runtime import (
    UNSET,
    AsyncPager,
    AsyncResource,
    Operation,
    Page,
    Paging,
    RequestOptions,
    SyncResource,
    Unset,
)

_LIST: Final[Operation[str]] = Operation(
    id="listOrderLines",
    method="GET",
    path="/orders/{order_id}/lines",
    responses={"200": str},
    payload=("items",),
    paging=Paging(style="cursor", page=("after",), next=("next",)),
)


class OrdersLines(SyncResource):
    """Lines."""

    def list(
        self,
        order_id: str,
        *,
        after: str | Unset = UNSET,
        options: RequestOptions | None = None,
    ) -> Page[str]:
        """GET /orders/{order_id}/lines."""
        return self._client.list(
            _LIST,
            path={
                "order_id": order_id,
            },
            query={
                "after": after,
            },
            options=options,
        )


class AsyncOrdersLines(AsyncResource):
    """Lines."""

    def list(
        self,
        order_id: str,
        *,
        after: str | Unset = UNSET,
        options: RequestOptions | None = None,
    ) -> AsyncPager[str]:
        """GET /orders/{order_id}/lines."""
        return self._client.list(
            _LIST,
            path={
                "order_id": order_id,
            },
            query={
                "after": after,
            },
            options=options,
        )
