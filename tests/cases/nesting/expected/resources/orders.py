"""Orders."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from .._runtime import UNSET, AsyncResource, Operation, RequestOptions, Style, SyncResource, Unset
from ..models.orders import (
    GetOrderResponse4XX,
    GetOrderResponseData,
    ReplaceOrderFilter,
    ReplaceOrderRequestLine,
    Tree,
)
from ..params.orders import ReplaceOrderFilterParam, ReplaceOrderRequestLineParam, TreeParam

_ERRORS: Final[Mapping[str, Any]] = {"4XX": GetOrderResponse4XX}

_RETRIEVE: Final[Operation[GetOrderResponseData]] = Operation(
    id="getOrder",
    method="GET",
    path="/orders/{id}",
    responses={"200": GetOrderResponseData},
    errors=_ERRORS,
    payload=("data",),
)
_REPLACE: Final[Operation[Tree]] = Operation(
    id="replaceOrder",
    method="PUT",
    path="/orders/{id}",
    responses={"200": Tree},
    body="application/json",
    query_styles={"filter": Style("deepObject", explode=True)},
)


class Orders(SyncResource):
    """Orders."""

    def retrieve(
        self,
        id: str,
        *,
        options: RequestOptions | None = None,
    ) -> GetOrderResponseData:
        """GET /orders/{id}."""
        return self._client.call(
            _RETRIEVE,
            path={
                "id": id,
            },
            options=options,
        )

    def replace(
        self,
        id: str,
        *,
        lines: Sequence[ReplaceOrderRequestLine | ReplaceOrderRequestLineParam] | Unset = UNSET,
        tree: Tree | TreeParam | Unset = UNSET,
        filter: ReplaceOrderFilter | ReplaceOrderFilterParam | Unset = UNSET,
        options: RequestOptions | None = None,
    ) -> Tree:
        """PUT /orders/{id}.

        Args:
            tree: It comes again inside what is nested in it.
        """
        return self._client.call(
            _REPLACE,
            path={
                "id": id,
            },
            query={
                "filter": filter,
            },
            body={
                "lines": lines,
                "tree": tree,
            },
            options=options,
        )


class AsyncOrders(AsyncResource):
    """Orders."""

    async def retrieve(
        self,
        id: str,
        *,
        options: RequestOptions | None = None,
    ) -> GetOrderResponseData:
        """GET /orders/{id}."""
        return await self._client.call(
            _RETRIEVE,
            path={
                "id": id,
            },
            options=options,
        )

    async def replace(
        self,
        id: str,
        *,
        lines: Sequence[ReplaceOrderRequestLine | ReplaceOrderRequestLineParam] | Unset = UNSET,
        tree: Tree | TreeParam | Unset = UNSET,
        filter: ReplaceOrderFilter | ReplaceOrderFilterParam | Unset = UNSET,
        options: RequestOptions | None = None,
    ) -> Tree:
        """PUT /orders/{id}.

        Args:
            tree: It comes again inside what is nested in it.
        """
        return await self._client.call(
            _REPLACE,
            path={
                "id": id,
            },
            query={
                "filter": filter,
            },
            body={
                "lines": lines,
                "tree": tree,
            },
            options=options,
        )
