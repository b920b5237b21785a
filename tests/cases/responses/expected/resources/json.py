"""Json."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from .._runtime import AsyncResource, Operation, RequestOptions, SyncResource
from ..models.json import Problem
from ..models.shared import A, B

_ERRORS: Final[Mapping[str, Any]] = {"4XX": Problem, "default": Problem}

_RETRIEVE: Final[Operation[A | B | None]] = Operation(
    id="getJson",
    method="GET",
    path="/json",
    responses={"200": A, "201": B, "204": None},
    errors=_ERRORS,
)


class Json(SyncResource):
    """Json."""

    def retrieve(
        self,
        *,
        options: RequestOptions | None = None,
    ) -> A | B | None:
        """GET /json."""
        return self._client.call(
            _RETRIEVE,
            options=options,
        )


class AsyncJson(AsyncResource):
    """Json."""

    async def retrieve(
        self,
        *,
        options: RequestOptions | None = None,
    ) -> A | B | None:
        """GET /json."""
        return await self._client.call(
            _RETRIEVE,
            options=options,
        )
