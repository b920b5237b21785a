"""Headers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from .._runtime import UNSET, AsyncResource, Operation, RequestOptions, Style, SyncResource, Unset
from ..models.shared import Rgb
from ..params.shared import RgbParam

_RETRIEVE: Final[Operation[None]] = Operation(
    id="getHeaders",
    method="GET",
    path="/headers",
    responses={"204": None},
    header_styles={"X-Pairs": Style("simple", explode=True)},
    cookie_styles={"many": Style("form")},
)


class Headers(SyncResource):
    """Headers."""

    def retrieve(
        self,
        *,
        x_one: str | Unset = UNSET,
        x_many: Sequence[str] | Unset = UNSET,
        x_object: Rgb | RgbParam | Unset = UNSET,
        x_pairs: Rgb | RgbParam | Unset = UNSET,
        one: str | Unset = UNSET,
        many: Sequence[str] | Unset = UNSET,
        options: RequestOptions | None = None,
    ) -> None:
        """GET /headers."""
        return self._client.call(
            _RETRIEVE,
            headers={
                "X-One": x_one,
                "X-Many": x_many,
                "X-Object": x_object,
                "X-Pairs": x_pairs,
            },
            cookies={
                "one": one,
                "many": many,
            },
            options=options,
        )


class AsyncHeaders(AsyncResource):
    """Headers."""

    async def retrieve(
        self,
        *,
        x_one: str | Unset = UNSET,
        x_many: Sequence[str] | Unset = UNSET,
        x_object: Rgb | RgbParam | Unset = UNSET,
        x_pairs: Rgb | RgbParam | Unset = UNSET,
        one: str | Unset = UNSET,
        many: Sequence[str] | Unset = UNSET,
        options: RequestOptions | None = None,
    ) -> None:
        """GET /headers."""
        return await self._client.call(
            _RETRIEVE,
            headers={
                "X-One": x_one,
                "X-Many": x_many,
                "X-Object": x_object,
                "X-Pairs": x_pairs,
            },
            cookies={
                "one": one,
                "many": many,
            },
            options=options,
        )
