"""Parcels?kind=letter."""

from __future__ import annotations

from typing import Final

from .._runtime import AsyncResource, Operation, RequestOptions, SyncResource
from ..models.parcels_kind_letter import ListLettersResponse

_RETRIEVE: Final[Operation[ListLettersResponse]] = Operation(
    id="listLetters",
    method="GET",
    path="/parcels?kind=letter",
    responses={"200": ListLettersResponse},
)


class ParcelsKindLetter(SyncResource):
    """Parcels?kind=letter."""

    def retrieve(
        self,
        *,
        options: RequestOptions | None = None,
    ) -> ListLettersResponse:
        """What stands after the question mark is no part of a path."""
        return self._client.call(
            _RETRIEVE,
            options=options,
        )


class AsyncParcelsKindLetter(AsyncResource):
    """Parcels?kind=letter."""

    async def retrieve(
        self,
        *,
        options: RequestOptions | None = None,
    ) -> ListLettersResponse:
        """What stands after the question mark is no part of a path."""
        return await self._client.call(
            _RETRIEVE,
            options=options,
        )
