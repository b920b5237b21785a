"""List."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final
from uuid import UUID

from .._runtime import UNSET, AsyncResource, Operation, RequestOptions, SyncResource, Unset
from ..models.list_ import From

_RETRIEVE: Final[Operation[list[From]]] = Operation(
    id="list",
    method="GET",
    path="/list/{self}",
    responses={"200": list[From]},
)
_UPDATE: Final[Operation[list[list[str]]]] = Operation(
    id="class",
    method="POST",
    path="/list/{self}",
    responses={"200": list[list[str]]},
    body="application/json",
    body_optional=True,
)
_DELETE_IMPORT: Final[Operation[None]] = Operation(
    id="delete /list/{self}/import",
    method="DELETE",
    path="/list/{self}/import",
    responses={"204": None},
)


class ListResource(SyncResource):
    """List."""

    def retrieve(
        self,
        self_: str,
        *,
        self_query: str | Unset = UNSET,
        from_: str | Unset = UNSET,
        options_: str | Unset = UNSET,
        x_request_id: str | Unset = UNSET,
        filter_a_b: int | Unset = UNSET,
        filter_a_b_query: int | Unset = UNSET,
        options: RequestOptions | None = None,
    ) -> list[From]:
        """GET /list/{self}."""
        return self._client.call(
            _RETRIEVE,
            path={
                "self": self_,
            },
            query={
                "self": self_query,
                "from": from_,
                "options": options_,
                "filter[a][b]": filter_a_b,
                "filter.a.b": filter_a_b_query,
            },
            headers={
                "X-Request-ID": x_request_id,
            },
            options=options,
        )

    def update(
        self,
        self_: str,
        *,
        class_: str | Unset = UNSET,
        self_body: str | Unset = UNSET,
        copy: str | Unset = UNSET,
        json: str | Unset = UNSET,
        schema: str | Unset = UNSET,
        model_config: str | Unset = UNSET,
        model_name: str | Unset = UNSET,
        list: Sequence[str] | Unset = UNSET,
        date: date | str | Unset = UNSET,
        other_date: date | str | Unset = UNSET,
        datetime: datetime | str | Unset = UNSET,
        uuid: UUID | str | Unset = UNSET,
        uuid_body: UUID | str | Unset = UNSET,
        page_size: int | Unset = UNSET,
        page_size_body: int | Unset = UNSET,
        created_at_body: str | Unset = UNSET,
        created_at: str | Unset = UNSET,
        private: str | Unset = UNSET,
        class_body: str | Unset = UNSET,
        argument_2fa: bool | Unset = UNSET,
        argument: str | Unset = UNSET,
        rocket: str | Unset = UNSET,
        naive: str | Unset = UNSET,
        u26085_u26412: str | Unset = UNSET,
        none: str | Unset = UNSET,
        type: str | Unset = UNSET,
        id: str | Unset = UNSET,
        options: RequestOptions | None = None,
    ) -> list[list[str]]:
        """POST /list/{self}."""
        return self._client.call(
            _UPDATE,
            path={
                "self": self_,
            },
            body={
                "class": class_,
                "self": self_body,
                "copy": copy,
                "json": json,
                "schema": schema,
                "model_config": model_config,
                "model_name": model_name,
                "list": list,
                "date": date,
                "other_date": other_date,
                "datetime": datetime,
                "uuid": uuid,
                "UUID": uuid_body,
                "page[size]": page_size,
                "page.size": page_size_body,
                "createdAt": created_at_body,
                "created_at": created_at,
                "_private": private,
                "__class__": class_body,
                "2fa": argument_2fa,
                "": argument,
                "🚀": rocket,
                "naïve": naive,
                "日本": u26085_u26412,
                "None": none,
                "type": type,
                "id": id,
            },
            options=options,
        )

    def delete_import(
        self,
        self_: str,
        *,
        options: RequestOptions | None = None,
    ) -> None:
        """DELETE /list/{self}/import."""
        return self._client.call(
            _DELETE_IMPORT,
            path={
                "self": self_,
            },
            options=options,
        )


class AsyncListResource(AsyncResource):
    """List."""

    async def retrieve(
        self,
        self_: str,
        *,
        self_query: str | Unset = UNSET,
        from_: str | Unset = UNSET,
        options_: str | Unset = UNSET,
        x_request_id: str | Unset = UNSET,
        filter_a_b: int | Unset = UNSET,
        filter_a_b_query: int | Unset = UNSET,
        options: RequestOptions | None = None,
    ) -> list[From]:
        """GET /list/{self}."""
        return await self._client.call(
            _RETRIEVE,
            path={
                "self": self_,
            },
            query={
                "self": self_query,
                "from": from_,
                "options": options_,
                "filter[a][b]": filter_a_b,
                "filter.a.b": filter_a_b_query,
            },
            headers={
                "X-Request-ID": x_request_id,
            },
            options=options,
        )

    async def update(
        self,
        self_: str,
        *,
        class_: str | Unset = UNSET,
        self_body: str | Unset = UNSET,
        copy: str | Unset = UNSET,
        json: str | Unset = UNSET,
        schema: str | Unset = UNSET,
        model_config: str | Unset = UNSET,
        model_name: str | Unset = UNSET,
        list: Sequence[str] | Unset = UNSET,
        date: date | str | Unset = UNSET,
        other_date: date | str | Unset = UNSET,
        datetime: datetime | str | Unset = UNSET,
        uuid: UUID | str | Unset = UNSET,
        uuid_body: UUID | str | Unset = UNSET,
        page_size: int | Unset = UNSET,
        page_size_body: int | Unset = UNSET,
        created_at_body: str | Unset = UNSET,
        created_at: str | Unset = UNSET,
        private: str | Unset = UNSET,
        class_body: str | Unset = UNSET,
        argument_2fa: bool | Unset = UNSET,
        argument: str | Unset = UNSET,
        rocket: str | Unset = UNSET,
        naive: str | Unset = UNSET,
        u26085_u26412: str | Unset = UNSET,
        none: str | Unset = UNSET,
        type: str | Unset = UNSET,
        id: str | Unset = UNSET,
        options: RequestOptions | None = None,
    ) -> list[list[str]]:
        """POST /list/{self}."""
        return await self._client.call(
            _UPDATE,
            path={
                "self": self_,
            },
            body={
                "class": class_,
                "self": self_body,
                "copy": copy,
                "json": json,
                "schema": schema,
                "model_config": model_config,
                "model_name": model_name,
                "list": list,
                "date": date,
                "other_date": other_date,
                "datetime": datetime,
                "uuid": uuid,
                "UUID": uuid_body,
                "page[size]": page_size,
                "page.size": page_size_body,
                "createdAt": created_at_body,
                "created_at": created_at,
                "_private": private,
                "__class__": class_body,
                "2fa": argument_2fa,
                "": argument,
                "🚀": rocket,
                "naïve": naive,
                "日本": u26085_u26412,
                "None": none,
                "type": type,
                "id": id,
            },
            options=options,
        )

    async def delete_import(
        self,
        self_: str,
        *,
        options: RequestOptions | None = None,
    ) -> None:
        """DELETE /list/{self}/import."""
        return await self._client.call(
            _DELETE_IMPORT,
            path={
                "self": self_,
            },
            options=options,
        )
