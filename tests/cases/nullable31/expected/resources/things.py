"""Things."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final, Literal

from .._runtime import UNSET, AsyncResource, Operation, RequestOptions, SyncResource, Unset
from ..models.things import Colour, Inner, Pet, Thing, ThingEnumerated
from ..params.things import InnerParam, PetParam

_UPDATE: Final[Operation[Thing]] = Operation(
    id="updateThings",
    method="PATCH",
    path="/things",
    responses={"200": Thing},
    body="application/json",
)


class Things(SyncResource):
    """Things."""

    def update(
        self,
        *,
        must: str | None,
        listed: int | None | Unset = UNSET,
        any_of: date | str | None | Unset = UNSET,
        one_of: Inner | InnerParam | None | Unset = UNSET,
        alias: Inner | InnerParam | None | Unset = UNSET,
        constant: None | Unset = UNSET,
        only: None | Unset = UNSET,
        enumerated: ThingEnumerated | Literal["a", "b"] | None | Unset = UNSET,
        without_type: Literal["a"] | None | Unset = UNSET,
        coloured: Colour | Literal["red", "blue"] | None | Unset = UNSET,
        several: str | int | None | Unset = UNSET,
        members: Sequence[bool | None] | Unset = UNSET,
        pet: Pet | PetParam | Unset = UNSET,
        options: RequestOptions | None = None,
    ) -> Thing:
        """PATCH /things.

        Args:
            listed: At least 1.
        """
        return self._client.call(
            _UPDATE,
            body={
                "must": must,
                "listed": listed,
                "any_of": any_of,
                "one_of": one_of,
                "alias": alias,
                "constant": constant,
                "only": only,
                "enumerated": enumerated,
                "without_type": without_type,
                "coloured": coloured,
                "several": several,
                "members": members,
                "pet": pet,
            },
            options=options,
        )


class AsyncThings(AsyncResource):
    """Things."""

    async def update(
        self,
        *,
        must: str | None,
        listed: int | None | Unset = UNSET,
        any_of: date | str | None | Unset = UNSET,
        one_of: Inner | InnerParam | None | Unset = UNSET,
        alias: Inner | InnerParam | None | Unset = UNSET,
        constant: None | Unset = UNSET,
        only: None | Unset = UNSET,
        enumerated: ThingEnumerated | Literal["a", "b"] | None | Unset = UNSET,
        without_type: Literal["a"] | None | Unset = UNSET,
        coloured: Colour | Literal["red", "blue"] | None | Unset = UNSET,
        several: str | int | None | Unset = UNSET,
        members: Sequence[bool | None] | Unset = UNSET,
        pet: Pet | PetParam | Unset = UNSET,
        options: RequestOptions | None = None,
    ) -> Thing:
        """PATCH /things.

        Args:
            listed: At least 1.
        """
        return await self._client.call(
            _UPDATE,
            body={
                "must": must,
                "listed": listed,
                "any_of": any_of,
                "one_of": one_of,
                "alias": alias,
                "constant": constant,
                "only": only,
                "enumerated": enumerated,
                "without_type": without_type,
                "coloured": coloured,
                "several": several,
                "members": members,
                "pet": pet,
            },
            options=options,
        )
