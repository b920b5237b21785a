"""Parcels."""

from __future__ import annotations

import builtins
from collections.abc import Sequence
from datetime import date
from typing import Final

from .._runtime import UNSET, AsyncResource, Operation, RequestOptions, SyncResource, Unset
from ..models.parcels import (
    Address,
    GetExpressParcelResponse,
    Gone,
    ListParcelsOrder,
    NewParcel,
    Parcel,
)
from ..params.parcels import AddressParam, ListParcelsOrderParam, NewParcelParam

_CREATE: Final[Operation[Parcel]] = Operation(
    id="createParcel",
    method="POST",
    path="/parcels",
    responses={"200": Parcel},
    body="application/json",
)
_CREATE_MULTIPART: Final[Operation[Parcel]] = Operation(
    id="createParcel",
    method="POST",
    path="/parcels",
    responses={"200": Parcel},
    body="multipart/form-data",
)
_LIST: Final[Operation[builtins.list[Parcel]]] = Operation(
    id="listParcels",
    method="GET",
    path="/parcels",
    responses={"200": builtins.list[Parcel]},
)
_RETRIEVE: Final[Operation[Parcel]] = Operation(
    id="getParcel",
    method="GET",
    path="/parcels/{id}",
    responses={"200": Parcel},
)
_UPDATE: Final[Operation[Parcel]] = Operation(
    id="updateParcel",
    method="PATCH",
    path="/parcels/{id}",
    responses={"200": Parcel},
    body="application/json",
)
_CANCEL: Final[Operation[Gone]] = Operation(
    id="cancelParcel",
    method="DELETE",
    path="/parcels/{id}",
    responses={"200": Gone},
)
_GET_EXPRESS: Final[Operation[GetExpressParcelResponse]] = Operation(
    id="getExpressParcel",
    method="GET",
    path="/parcels/{id}#express",
    responses={"200": GetExpressParcelResponse},
)


class Parcels(SyncResource):
    """Parcels."""

    def create(
        self,
        *,
        body: NewParcel | NewParcelParam,
        options: RequestOptions | None = None,
    ) -> Parcel:
        """Ids as short as their pattern allows would meet.

        Args:
            body: The body.
        """
        return self._client.call(
            _CREATE,
            body=body,
            options=options,
        )

    def create_multipart(
        self,
        *,
        note: str | Unset = UNSET,
        count: int | Unset = UNSET,
        options: RequestOptions | None = None,
    ) -> Parcel:
        """Ids as short as their pattern allows would meet."""
        return self._client.call(
            _CREATE_MULTIPART,
            body={
                "note": note,
                "count": count,
            },
            options=options,
        )

    def list(
        self,
        *,
        sent: date | str | Unset = UNSET,
        order: ListParcelsOrder | ListParcelsOrderParam | Unset = UNSET,
        ids: str | Sequence[str] | Unset = UNSET,
        options: RequestOptions | None = None,
    ) -> builtins.list[Parcel]:
        """Two parameters claim one name, and a third is one text or several."""
        return self._client.call(
            _LIST,
            query={
                "sent": sent,
                "order": order,
                "ids": ids,
            },
            options=options,
        )

    def retrieve(
        self,
        id: str,
        *,
        options: RequestOptions | None = None,
    ) -> Parcel:
        """GET /parcels/{id}.

        Args:
            id: Matching `^pc_[a-z0-9]+$`.
        """
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
        label: str | Unset = UNSET,
        to: str | Address | AddressParam | Unset = UNSET,
        options: RequestOptions | None = None,
    ) -> Parcel:
        """PATCH /parcels/{id}.

        Args:
            id: Matching `^pc_[a-z0-9]+$`.
        """
        return self._client.call(
            _UPDATE,
            path={
                "id": id,
            },
            body={
                "label": label,
                "to": to,
            },
            options=options,
        )

    def cancel(
        self,
        id: str,
        *,
        options: RequestOptions | None = None,
    ) -> Gone:
        """DELETE /parcels/{id}.

        Args:
            id: Matching `^pc_[a-z0-9]+$`.
        """
        return self._client.call(
            _CANCEL,
            path={
                "id": id,
            },
            options=options,
        )

    def get_express(
        self,
        id: str,
        *,
        options: RequestOptions | None = None,
    ) -> GetExpressParcelResponse:
        """What stands after the hash is sent by nobody.

        Args:
            id: Matching `^pc_[a-z0-9]+$`.
        """
        return self._client.call(
            _GET_EXPRESS,
            path={
                "id": id,
            },
            options=options,
        )


class AsyncParcels(AsyncResource):
    """Parcels."""

    async def create(
        self,
        *,
        body: NewParcel | NewParcelParam,
        options: RequestOptions | None = None,
    ) -> Parcel:
        """Ids as short as their pattern allows would meet.

        Args:
            body: The body.
        """
        return await self._client.call(
            _CREATE,
            body=body,
            options=options,
        )

    async def create_multipart(
        self,
        *,
        note: str | Unset = UNSET,
        count: int | Unset = UNSET,
        options: RequestOptions | None = None,
    ) -> Parcel:
        """Ids as short as their pattern allows would meet."""
        return await self._client.call(
            _CREATE_MULTIPART,
            body={
                "note": note,
                "count": count,
            },
            options=options,
        )

    async def list(
        self,
        *,
        sent: date | str | Unset = UNSET,
        order: ListParcelsOrder | ListParcelsOrderParam | Unset = UNSET,
        ids: str | Sequence[str] | Unset = UNSET,
        options: RequestOptions | None = None,
    ) -> builtins.list[Parcel]:
        """Two parameters claim one name, and a third is one text or several."""
        return await self._client.call(
            _LIST,
            query={
                "sent": sent,
                "order": order,
                "ids": ids,
            },
            options=options,
        )

    async def retrieve(
        self,
        id: str,
        *,
        options: RequestOptions | None = None,
    ) -> Parcel:
        """GET /parcels/{id}.

        Args:
            id: Matching `^pc_[a-z0-9]+$`.
        """
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
        label: str | Unset = UNSET,
        to: str | Address | AddressParam | Unset = UNSET,
        options: RequestOptions | None = None,
    ) -> Parcel:
        """PATCH /parcels/{id}.

        Args:
            id: Matching `^pc_[a-z0-9]+$`.
        """
        return await self._client.call(
            _UPDATE,
            path={
                "id": id,
            },
            body={
                "label": label,
                "to": to,
            },
            options=options,
        )

    async def cancel(
        self,
        id: str,
        *,
        options: RequestOptions | None = None,
    ) -> Gone:
        """DELETE /parcels/{id}.

        Args:
            id: Matching `^pc_[a-z0-9]+$`.
        """
        return await self._client.call(
            _CANCEL,
            path={
                "id": id,
            },
            options=options,
        )

    async def get_express(
        self,
        id: str,
        *,
        options: RequestOptions | None = None,
    ) -> GetExpressParcelResponse:
        """What stands after the hash is sent by nobody.

        Args:
            id: Matching `^pc_[a-z0-9]+$`.
        """
        return await self._client.call(
            _GET_EXPRESS,
            path={
                "id": id,
            },
            options=options,
        )
