"""Label."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Final

from .._runtime import UNSET, AsyncResource, Operation, RequestOptions, Style, SyncResource, Unset
from ..models.matrix import ReadAllDeep
from ..params.matrix import ReadAllDeepParam

_RETRIEVE: Final[Operation[str]] = Operation(
    id="readAll",
    method="GET",
    path="/matrix{m}/label{l}/{simple}/{day}",
    responses={"200": str},
    accept="text/plain",
    path_styles={"m": Style("matrix", explode=True), "l": Style("label")},
    query_styles={
        "joined": Style("form"),
        "piped": Style("pipeDelimited"),
        "spaced": Style("spaceDelimited"),
        "deep": Style("deepObject", explode=True),
        "reserved": Style("form", explode=True, allow_reserved=True),
        "filter": Style("form", explode=True, media_type="application/json"),
    },
)


class MatrixLabel(SyncResource):
    """Label."""

    def retrieve(
        self,
        m: Sequence[str],
        l: Sequence[str],
        simple: int,
        day: date | str,
        *,
        must: str,
        form: Sequence[str] | Unset = UNSET,
        joined: Sequence[str] | Unset = UNSET,
        piped: Sequence[int] | Unset = UNSET,
        spaced: Sequence[int] | Unset = UNSET,
        deep: ReadAllDeep | ReadAllDeepParam | Unset = UNSET,
        reserved: str | Unset = UNSET,
        filter: Mapping[str, str] | Unset = UNSET,
        x_list: Sequence[str] | Unset = UNSET,
        session: str | Unset = UNSET,
        since: datetime | str | Unset = UNSET,
        options: RequestOptions | None = None,
    ) -> str:
        """GET /matrix{m}/label{l}/{simple}/{day}.

        Args:
            must: Has to be given. At least 2 characters, at most 3 characters.
            since: Default: `'2020-01-01T00:00:00Z'`.
        """
        return self._client.call(
            _RETRIEVE,
            path={
                "m": m,
                "l": l,
                "simple": simple,
                "day": day,
            },
            query={
                "form": form,
                "joined": joined,
                "piped": piped,
                "spaced": spaced,
                "deep": deep,
                "reserved": reserved,
                "filter": filter,
                "must": must,
                "since": since,
            },
            headers={
                "X-List": x_list,
            },
            cookies={
                "session": session,
            },
            options=options,
        )


class AsyncMatrixLabel(AsyncResource):
    """Label."""

    async def retrieve(
        self,
        m: Sequence[str],
        l: Sequence[str],
        simple: int,
        day: date | str,
        *,
        must: str,
        form: Sequence[str] | Unset = UNSET,
        joined: Sequence[str] | Unset = UNSET,
        piped: Sequence[int] | Unset = UNSET,
        spaced: Sequence[int] | Unset = UNSET,
        deep: ReadAllDeep | ReadAllDeepParam | Unset = UNSET,
        reserved: str | Unset = UNSET,
        filter: Mapping[str, str] | Unset = UNSET,
        x_list: Sequence[str] | Unset = UNSET,
        session: str | Unset = UNSET,
        since: datetime | str | Unset = UNSET,
        options: RequestOptions | None = None,
    ) -> str:
        """GET /matrix{m}/label{l}/{simple}/{day}.

        Args:
            must: Has to be given. At least 2 characters, at most 3 characters.
            since: Default: `'2020-01-01T00:00:00Z'`.
        """
        return await self._client.call(
            _RETRIEVE,
            path={
                "m": m,
                "l": l,
                "simple": simple,
                "day": day,
            },
            query={
                "form": form,
                "joined": joined,
                "piped": piped,
                "spaced": spaced,
                "deep": deep,
                "reserved": reserved,
                "filter": filter,
                "must": must,
                "since": since,
            },
            headers={
                "X-List": x_list,
            },
            cookies={
                "session": session,
            },
            options=options,
        )
