"""Orders."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Final

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
from ..models.orders import Order

if TYPE_CHECKING:
    from .orders_lines import AsyncOrdersLines, OrdersLines


_LIST: Final[Operation[Order]] = Operation(
    id="listOrders",
    method="GET",
    path="/orders",
    responses={"200": Order},
    payload=("data",),
    paging=Paging(
        style="page",
        page=("page[number]",),
        size=("page[size]",),
        number=("meta", "page"),
        total_pages=("meta", "pages"),
    ),
)


class Orders(SyncResource):
    """Orders."""

    @cached_property
    def lines(self) -> OrdersLines:
        """Lines."""
        from .orders_lines import OrdersLines

        return OrdersLines(self._client)

    def list(
        self,
        *,
        page_number: int | Unset = UNSET,
        page_size: int | Unset = UNSET,
        options: RequestOptions | None = None,
    ) -> Page[Order]:
        """GET /orders."""
        return self._client.list(
            _LIST,
            query={
                "page[number]": page_number,
                "page[size]": page_size,
            },
            options=options,
        )


class AsyncOrders(AsyncResource):
    """Orders."""

    @cached_property
    def lines(self) -> AsyncOrdersLines:
        """Lines."""
        from .orders_lines import AsyncOrdersLines

        return AsyncOrdersLines(self._client)

    def list(
        self,
        *,
        page_number: int | Unset = UNSET,
        page_size: int | Unset = UNSET,
        options: RequestOptions | None = None,
    ) -> AsyncPager[Order]:
        """GET /orders."""
        return self._client.list(
            _LIST,
            query={
                "page[number]": page_number,
                "page[size]": page_size,
            },
            options=options,
        )
