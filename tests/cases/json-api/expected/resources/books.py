"""Books."""

from __future__ import annotations

from collections.abc import Mapping
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
from ..models.books import (
    Book,
    CreateBookRequestData,
    Errors,
    GetBookResponse,
    GetBooksSort,
    UpdateBookRequestData,
)
from ..params.books import CreateBookRequestDataParam, UpdateBookRequestDataParam

_ERRORS: Final[Mapping[str, Any]] = {"4XX": Errors}
_SECURITY: Final[tuple[Mapping[str, tuple[str, ...]], ...]] = ({"key": ()},)

_LIST: Final[Operation[Book]] = Operation(
    id="getBooks",
    method="GET",
    path="/books",
    responses={"200": Book},
    errors=_ERRORS,
    payload=("data",),
    paging=Paging(
        style="link",
        page=("page[cursor]",),
        size=("page[size]",),
        next=("links", "next"),
        total_items=("meta", "total"),
    ),
    accept="application/vnd.api+json",
    security=_SECURITY,
)
_CREATE: Final[Operation[Book]] = Operation(
    id="createBook",
    method="POST",
    path="/books",
    responses={"201": Book},
    errors=_ERRORS,
    payload=("data",),
    accept="application/vnd.api+json",
    body="application/vnd.api+json",
    security=_SECURITY,
)
_RETRIEVE: Final[Operation[GetBookResponse]] = Operation(
    id="getBook",
    method="GET",
    path="/books/{id}",
    responses={"200": GetBookResponse},
    errors=_ERRORS,
    accept="application/vnd.api+json",
    security=_SECURITY,
)
_UPDATE: Final[Operation[Book]] = Operation(
    id="updateBook",
    method="PATCH",
    path="/books/{id}",
    responses={"200": Book},
    errors=_ERRORS,
    payload=("data",),
    accept="application/vnd.api+json",
    body="application/vnd.api+json",
    security=_SECURITY,
)
_DELETE: Final[Operation[None]] = Operation(
    id="deleteBook",
    method="DELETE",
    path="/books/{id}",
    responses={"204": None},
    errors=_ERRORS,
    security=_SECURITY,
)


class Books(SyncResource):
    """Books."""

    def list(
        self,
        *,
        page_size: int | Unset = UNSET,
        page_cursor: str | Unset = UNSET,
        filter_title: str | Unset = UNSET,
        sort: GetBooksSort
        | Literal["title", "-title", "created_at", "-created_at"]
        | Unset = UNSET,
        options: RequestOptions | None = None,
    ) -> Page[Book]:
        """GET /books.

        Args:
            page_size: At least 1, at most 100. Default: `20`.
        """
        return self._client.list(
            _LIST,
            query={
                "page[size]": page_size,
                "page[cursor]": page_cursor,
                "filter[title]": filter_title,
                "sort": sort,
            },
            options=options,
        )

    def create(
        self,
        *,
        data: CreateBookRequestData | CreateBookRequestDataParam,
        options: RequestOptions | None = None,
    ) -> Book:
        """POST /books."""
        return self._client.call(
            _CREATE,
            body={
                "data": data,
            },
            options=options,
        )

    def retrieve(
        self,
        id: str,
        *,
        options: RequestOptions | None = None,
    ) -> GetBookResponse:
        """GET /books/{id}."""
        return self._client.call(
            _RETRIEVE,
            path={
                "id": id,
            },
            options=options,
        )

    def update(
        self,
        id: str,
        *,
        data: UpdateBookRequestData | UpdateBookRequestDataParam,
        options: RequestOptions | None = None,
    ) -> Book:
        """PATCH /books/{id}."""
        return self._client.call(
            _UPDATE,
            path={
                "id": id,
            },
            body={
                "data": data,
            },
            options=options,
        )

    def delete(
        self,
        id: str,
        *,
        options: RequestOptions | None = None,
    ) -> None:
        """DELETE /books/{id}."""
        return self._client.call(
            _DELETE,
            path={
                "id": id,
            },
            options=options,
        )


class AsyncBooks(AsyncResource):
    """Books."""

    def list(
        self,
        *,
        page_size: int | Unset = UNSET,
        page_cursor: str | Unset = UNSET,
        filter_title: str | Unset = UNSET,
        sort: GetBooksSort
        | Literal["title", "-title", "created_at", "-created_at"]
        | Unset = UNSET,
        options: RequestOptions | None = None,
    ) -> AsyncPager[Book]:
        """GET /books.

        Args:
            page_size: At least 1, at most 100. Default: `20`.
        """
        return self._client.list(
            _LIST,
            query={
                "page[size]": page_size,
                "page[cursor]": page_cursor,
                "filter[title]": filter_title,
                "sort": sort,
            },
            options=options,
        )

    async def create(
        self,
        *,
        data: CreateBookRequestData | CreateBookRequestDataParam,
        options: RequestOptions | None = None,
    ) -> Book:
        """POST /books."""
        return await self._client.call(
            _CREATE,
            body={
                "data": data,
            },
            options=options,
        )

    async def retrieve(
        self,
        id: str,
        *,
        options: RequestOptions | None = None,
    ) -> GetBookResponse:
        """GET /books/{id}."""
        return await self._client.call(
            _RETRIEVE,
            path={
                "id": id,
            },
            options=options,
        )

    async def update(
        self,
        id: str,
        *,
        data: UpdateBookRequestData | UpdateBookRequestDataParam,
        options: RequestOptions | None = None,
    ) -> Book:
        """PATCH /books/{id}."""
        return await self._client.call(
            _UPDATE,
            path={
                "id": id,
            },
            body={
                "data": data,
            },
            options=options,
        )

    async def delete(
        self,
        id: str,
        *,
        options: RequestOptions | None = None,
    ) -> None:
        """DELETE /books/{id}."""
        return await self._client.call(
            _DELETE,
            path={
                "id": id,
            },
            options=options,
        )
