"""Tree."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from .._runtime import AsyncResource, Operation, RequestOptions, SyncResource
from ..models.tree import Node

_RETRIEVE: Final[Operation[Node]] = Operation(
    id="getTree",
    method="GET",
    path="/tree",
    responses={"200": Node},
)
_UPDATE: Final[Operation[None]] = Operation(
    id="putValue",
    method="PUT",
    path="/tree",
    responses={"204": None},
    body="application/json",
)


class Tree(SyncResource):
    """Tree."""

    def retrieve(
        self,
        *,
        options: RequestOptions | None = None,
    ) -> Node:
        """GET /tree."""
        return self._client.call(
            _RETRIEVE,
            options=options,
        )

    def update(
        self,
        *,
        body: str
        | float
        | bool
        | Sequence[str | float | bool | Sequence[Any] | Mapping[str, Any] | None]
        | Mapping[str, str | float | bool | Sequence[Any] | Mapping[str, Any] | None]
        | None,
        options: RequestOptions | None = None,
    ) -> None:
        """PUT /tree.

        Args:
            body: The body.
        """
        return self._client.call(
            _UPDATE,
            body=body,
            options=options,
        )


class AsyncTree(AsyncResource):
    """Tree."""

    async def retrieve(
        self,
        *,
        options: RequestOptions | None = None,
    ) -> Node:
        """GET /tree."""
        return await self._client.call(
            _RETRIEVE,
            options=options,
        )

    async def update(
        self,
        *,
        body: str
        | float
        | bool
        | Sequence[str | float | bool | Sequence[Any] | Mapping[str, Any] | None]
        | Mapping[str, str | float | bool | Sequence[Any] | Mapping[str, Any] | None]
        | None,
        options: RequestOptions | None = None,
    ) -> None:
        """PUT /tree.

        Args:
            body: The body.
        """
        return await self._client.call(
            _UPDATE,
            body=body,
            options=options,
        )
