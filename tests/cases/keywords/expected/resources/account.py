"""Account."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, Literal

from .._runtime import UNSET, AsyncResource, Operation, RequestOptions, SyncResource, Unset
from ..models.account import Account, Days, Limits, Open, Range, Sealed
from ..params.account import RangeParam, SealedParam

_RETRIEVE: Final[Operation[Account]] = Operation(
    id="getAccount",
    method="GET",
    path="/account",
    responses={"200": Account},
)
_REPLACE: Final[Operation[Account]] = Operation(
    id="replaceAccount",
    method="PUT",
    path="/account",
    responses={"200": Account},
    body="application/json",
)


class AccountResource(SyncResource):
    """Account."""

    def retrieve(
        self,
        *,
        options: RequestOptions | None = None,
    ) -> Account:
        """GET /account."""
        return self._client.call(
            _RETRIEVE,
            options=options,
        )

    def replace(
        self,
        *,
        password: str,
        kind: Literal["account"] = "account",
        version: Literal[2] | Unset = UNSET,
        labels: Mapping[str, str] | Unset = UNSET,
        limits: Limits | Mapping[str, Any] | Unset = UNSET,
        days: Days | Mapping[str, Any] | Unset = UNSET,
        points: Sequence[str | Sequence[float]] | Unset = UNSET,
        sealed: Sealed | SealedParam | Unset = UNSET,
        open: Open | Mapping[str, Any] | Unset = UNSET,
        range: Range | RangeParam | Unset = UNSET,
        several: Sequence[int | str] | Unset = UNSET,
        rate: float | Unset = UNSET,
        choice: Any | Unset = UNSET,
        options: RequestOptions | None = None,
    ) -> Account:
        """PUT /account.

        Args:
            password: At least 3 characters.
            labels: Names of small letters. At least 1 member.
            limits: Some are known, all others are numbers too.
            days: What the names are like says what they hold.
            points: A name, then pairs.
            several: No two alike.
            rate: More than 0, at most 1, a multiple of 0.25.
        """
        return self._client.call(
            _REPLACE,
            body={
                "password": password,
                "kind": kind,
                "version": version,
                "labels": labels,
                "limits": limits,
                "days": days,
                "points": points,
                "sealed": sealed,
                "open": open,
                "range": range,
                "several": several,
                "rate": rate,
                "choice": choice,
            },
            options=options,
        )


class AsyncAccountResource(AsyncResource):
    """Account."""

    async def retrieve(
        self,
        *,
        options: RequestOptions | None = None,
    ) -> Account:
        """GET /account."""
        return await self._client.call(
            _RETRIEVE,
            options=options,
        )

    async def replace(
        self,
        *,
        password: str,
        kind: Literal["account"] = "account",
        version: Literal[2] | Unset = UNSET,
        labels: Mapping[str, str] | Unset = UNSET,
        limits: Limits | Mapping[str, Any] | Unset = UNSET,
        days: Days | Mapping[str, Any] | Unset = UNSET,
        points: Sequence[str | Sequence[float]] | Unset = UNSET,
        sealed: Sealed | SealedParam | Unset = UNSET,
        open: Open | Mapping[str, Any] | Unset = UNSET,
        range: Range | RangeParam | Unset = UNSET,
        several: Sequence[int | str] | Unset = UNSET,
        rate: float | Unset = UNSET,
        choice: Any | Unset = UNSET,
        options: RequestOptions | None = None,
    ) -> Account:
        """PUT /account.

        Args:
            password: At least 3 characters.
            labels: Names of small letters. At least 1 member.
            limits: Some are known, all others are numbers too.
            days: What the names are like says what they hold.
            points: A name, then pairs.
            several: No two alike.
            rate: More than 0, at most 1, a multiple of 0.25.
        """
        return await self._client.call(
            _REPLACE,
            body={
                "password": password,
                "kind": kind,
                "version": version,
                "labels": labels,
                "limits": limits,
                "days": days,
                "points": points,
                "sealed": sealed,
                "open": open,
                "range": range,
                "several": several,
                "rate": rate,
                "choice": choice,
            },
            options=options,
        )
