"""Query."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from .._runtime import UNSET, AsyncResource, Operation, RequestOptions, Style, SyncResource, Unset
from ..models.query import Filter
from ..models.shared import Rgb
from ..params.query import FilterParam
from ..params.shared import RgbParam

_RETRIEVE: Final[Operation[None]] = Operation(
    id="getQuery",
    method="GET",
    path="/query",
    responses={"204": None},
    query_styles={
        "forms": Style("form"),
        "formo": Style("form"),
        "space": Style("spaceDelimited"),
        "pipe": Style("pipeDelimited"),
        "deep": Style("deepObject", explode=True),
        "json": Style("form", explode=True, media_type="application/json"),
        "reserved": Style("form", explode=True, allow_reserved=True),
    },
)


class Query(SyncResource):
    """Query."""

    def retrieve(
        self,
        *,
        shared: int | Unset = UNSET,
        forms: Sequence[str] | Unset = UNSET,
        form: bool | Unset = UNSET,
        formx: Sequence[str] | Unset = UNSET,
        formo: Rgb | RgbParam | Unset = UNSET,
        formp: Rgb | RgbParam | Unset = UNSET,
        space: Sequence[str] | Unset = UNSET,
        pipe: Sequence[str] | Unset = UNSET,
        deep: Filter | FilterParam | Unset = UNSET,
        json: Filter | FilterParam | Unset = UNSET,
        reserved: str | Unset = UNSET,
        when: datetime | str | Unset = UNSET,
        options: RequestOptions | None = None,
    ) -> None:
        """GET /query."""
        return self._client.call(
            _RETRIEVE,
            query={
                "shared": shared,
                "forms": forms,
                "form": form,
                "formx": formx,
                "formo": formo,
                "formp": formp,
                "space": space,
                "pipe": pipe,
                "deep": deep,
                "json": json,
                "reserved": reserved,
                "when": when,
            },
            options=options,
        )


class AsyncQuery(AsyncResource):
    """Query."""

    async def retrieve(
        self,
        *,
        shared: int | Unset = UNSET,
        forms: Sequence[str] | Unset = UNSET,
        form: bool | Unset = UNSET,
        formx: Sequence[str] | Unset = UNSET,
        formo: Rgb | RgbParam | Unset = UNSET,
        formp: Rgb | RgbParam | Unset = UNSET,
        space: Sequence[str] | Unset = UNSET,
        pipe: Sequence[str] | Unset = UNSET,
        deep: Filter | FilterParam | Unset = UNSET,
        json: Filter | FilterParam | Unset = UNSET,
        reserved: str | Unset = UNSET,
        when: datetime | str | Unset = UNSET,
        options: RequestOptions | None = None,
    ) -> None:
        """GET /query."""
        return await self._client.call(
            _RETRIEVE,
            query={
                "shared": shared,
                "forms": forms,
                "form": form,
                "formx": formx,
                "formo": formo,
                "formp": formp,
                "space": space,
                "pipe": pipe,
                "deep": deep,
                "json": json,
                "reserved": reserved,
                "when": when,
            },
            options=options,
        )
