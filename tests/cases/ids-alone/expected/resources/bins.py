"""Bins."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final, Literal

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
from ..models.bins import BinDto, BinKind, ProblemDetails

_ERRORS: Final[Mapping[str, Any]] = {"400": ProblemDetails}
_ERRORS_2: Final[Mapping[str, Any]] = {"400": ProblemDetails, "415": ProblemDetails}
_ERRORS_3: Final[Mapping[str, Any]] = {"400": ProblemDetails, "404": ProblemDetails}
_ERRORS_4: Final[Mapping[str, Any]] = {
    "400": ProblemDetails,
    "404": ProblemDetails,
    "415": ProblemDetails,
}

_LIST: Final[Operation[BinDto]] = Operation(
    id="get /api/Bins",
    method="GET",
    path="/api/Bins",
    responses={"200": BinDto},
    errors=_ERRORS,
    payload=("items",),
    paging=Paging(
        style="page",
        page=("PageNumber",),
        size=("PageSize",),
        number=("pageNumber",),
        total_pages=("totalPages",),
        total_items=("totalCount",),
        has_more=("hasNextPage",),
    ),
)
_CREATE: Final[Operation[int]] = Operation(
    id="post /api/Bins",
    method="POST",
    path="/api/Bins",
    responses={"201": int},
    errors=_ERRORS_2,
    body="application/json",
    body_optional=True,
)
_RETRIEVE: Final[Operation[BinDto]] = Operation(
    id="get /api/Bins/{id}",
    method="GET",
    path="/api/Bins/{id}",
    responses={"200": BinDto},
    errors=_ERRORS_3,
)
_UPDATE: Final[Operation[None]] = Operation(
    id="put /api/Bins/{id}",
    method="PUT",
    path="/api/Bins/{id}",
    responses={"204": None},
    errors=_ERRORS_4,
    body="application/json",
    body_optional=True,
)
_DELETE: Final[Operation[None]] = Operation(
    id="delete /api/Bins/{id}",
    method="DELETE",
    path="/api/Bins/{id}",
    responses={"204": None},
    errors=_ERRORS_3,
)
_BULK_DELETE: Final[Operation[None]] = Operation(
    id="post /api/Bins/bulk-delete",
    method="POST",
    path="/api/Bins/bulk-delete",
    responses={"204": None},
    errors=_ERRORS_2,
    body="application/json",
)


class Bins(SyncResource):
    """Bins."""

    def list(
        self,
        *,
        page_number: int | Unset = UNSET,
        page_size: int | Unset = UNSET,
        kind: BinKind | Literal[0, 1, 2] | Unset = UNSET,
        options: RequestOptions | None = None,
    ) -> Page[BinDto]:
        """GET /api/Bins."""
        return self._client.list(
            _LIST,
            query={
                "PageNumber": page_number,
                "PageSize": page_size,
                "Kind": kind,
            },
            options=options,
        )

    def create(
        self,
        *,
        code: str | None | Unset = UNSET,
        capacity: float | Unset = UNSET,
        kind: BinKind | Literal[0, 1, 2] | Unset = UNSET,
        media_type: Literal[
            "application/json", "text/json", "application/json"
        ] = "application/json",
        options: RequestOptions | None = None,
    ) -> int:
        """POST /api/Bins.

        Args:
            media_type: The media type of the body.
        """
        return self._client.call(
            _CREATE,
            media_type=media_type,
            body={
                "code": code,
                "capacity": capacity,
                "kind": kind,
            },
            options=options,
        )

    def retrieve(
        self,
        id: int,
        *,
        options: RequestOptions | None = None,
    ) -> BinDto:
        """GET /api/Bins/{id}."""
        return self._client.call(
            _RETRIEVE,
            path={
                "id": id,
            },
            options=options,
        )

    def update(
        self,
        id: int,
        *,
        bin_id: int | Unset = UNSET,
        code: str | None | Unset = UNSET,
        capacity: float | Unset = UNSET,
        created_on: datetime | str | Unset = UNSET,
        kind: BinKind | Literal[0, 1, 2] | Unset = UNSET,
        options: RequestOptions | None = None,
    ) -> None:
        """PUT /api/Bins/{id}."""
        return self._client.call(
            _UPDATE,
            path={
                "id": id,
            },
            body={
                "binId": bin_id,
                "code": code,
                "capacity": capacity,
                "createdOn": created_on,
                "kind": kind,
            },
            options=options,
        )

    def delete(
        self,
        id: int,
        *,
        options: RequestOptions | None = None,
    ) -> None:
        """DELETE /api/Bins/{id}."""
        return self._client.call(
            _DELETE,
            path={
                "id": id,
            },
            options=options,
        )

    def bulk_delete(
        self,
        *,
        body: Sequence[int],
        options: RequestOptions | None = None,
    ) -> None:
        """POST /api/Bins/bulk-delete.

        Args:
            body: The body.
        """
        return self._client.call(
            _BULK_DELETE,
            body=body,
            options=options,
        )


class AsyncBins(AsyncResource):
    """Bins."""

    def list(
        self,
        *,
        page_number: int | Unset = UNSET,
        page_size: int | Unset = UNSET,
        kind: BinKind | Literal[0, 1, 2] | Unset = UNSET,
        options: RequestOptions | None = None,
    ) -> AsyncPager[BinDto]:
        """GET /api/Bins."""
        return self._client.list(
            _LIST,
            query={
                "PageNumber": page_number,
                "PageSize": page_size,
                "Kind": kind,
            },
            options=options,
        )

    async def create(
        self,
        *,
        code: str | None | Unset = UNSET,
        capacity: float | Unset = UNSET,
        kind: BinKind | Literal[0, 1, 2] | Unset = UNSET,
        media_type: Literal[
            "application/json", "text/json", "application/json"
        ] = "application/json",
        options: RequestOptions | None = None,
    ) -> int:
        """POST /api/Bins.

        Args:
            media_type: The media type of the body.
        """
        return await self._client.call(
            _CREATE,
            media_type=media_type,
            body={
                "code": code,
                "capacity": capacity,
                "kind": kind,
            },
            options=options,
        )

    async def retrieve(
        self,
        id: int,
        *,
        options: RequestOptions | None = None,
    ) -> BinDto:
        """GET /api/Bins/{id}."""
        return await self._client.call(
            _RETRIEVE,
            path={
                "id": id,
            },
            options=options,
        )

    async def update(
        self,
        id: int,
        *,
        bin_id: int | Unset = UNSET,
        code: str | None | Unset = UNSET,
        capacity: float | Unset = UNSET,
        created_on: datetime | str | Unset = UNSET,
        kind: BinKind | Literal[0, 1, 2] | Unset = UNSET,
        options: RequestOptions | None = None,
    ) -> None:
        """PUT /api/Bins/{id}."""
        return await self._client.call(
            _UPDATE,
            path={
                "id": id,
            },
            body={
                "binId": bin_id,
                "code": code,
                "capacity": capacity,
                "createdOn": created_on,
                "kind": kind,
            },
            options=options,
        )

    async def delete(
        self,
        id: int,
        *,
        options: RequestOptions | None = None,
    ) -> None:
        """DELETE /api/Bins/{id}."""
        return await self._client.call(
            _DELETE,
            path={
                "id": id,
            },
            options=options,
        )

    async def bulk_delete(
        self,
        *,
        body: Sequence[int],
        options: RequestOptions | None = None,
    ) -> None:
        """POST /api/Bins/bulk-delete.

        Args:
            body: The body.
        """
        return await self._client.call(
            _BULK_DELETE,
            body=body,
            options=options,
        )
