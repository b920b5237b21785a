"""Forms."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Final, Literal

from .._runtime import AsyncResource, Operation, RequestOptions, SyncResource
from ..models.forms import Form, GetFormScope

if TYPE_CHECKING:
    from .forms_schema import AsyncFormsSchema, FormsSchema


_GET: Final[Operation[Form]] = Operation(
    id="getForm",
    method="GET",
    path="/forms/{scope}/{form_key}/schema",
    responses={"200": Form},
)


class Forms(SyncResource):
    """Forms."""

    @cached_property
    def schema(self) -> FormsSchema:
        """Schema."""
        from .forms_schema import FormsSchema

        return FormsSchema(self._client)

    def get(
        self,
        scope: GetFormScope | Literal["own", "everybody"],
        form_key: str,
        *,
        options: RequestOptions | None = None,
    ) -> Form:
        """GET /forms/{scope}/{form_key}/schema."""
        return self._client.call(
            _GET,
            path={
                "scope": scope,
                "form_key": form_key,
            },
            options=options,
        )


class AsyncForms(AsyncResource):
    """Forms."""

    @cached_property
    def schema(self) -> AsyncFormsSchema:
        """Schema."""
        from .forms_schema import AsyncFormsSchema

        return AsyncFormsSchema(self._client)

    async def get(
        self,
        scope: GetFormScope | Literal["own", "everybody"],
        form_key: str,
        *,
        options: RequestOptions | None = None,
    ) -> Form:
        """GET /forms/{scope}/{form_key}/schema."""
        return await self._client.call(
            _GET,
            path={
                "scope": scope,
                "form_key": form_key,
            },
            options=options,
        )
