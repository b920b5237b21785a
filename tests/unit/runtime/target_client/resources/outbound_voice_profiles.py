"""Outbound voice profiles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, Literal

from .._runtime import (
    UNSET,
    AsyncPager,
    AsyncResource,
    Operation,
    Page,
    Paging,
    RequestOptions,
    SyncResource,
    Unset,
)
from ..models.errors import Errors
from ..models.outbound_voice_profile import (
    CallRecording,
    OutboundVoiceProfile,
    ServicePlan,
    TrafficType,
)

_SECURITY: Final = ({"bearerAuth": ()},)
_ERRORS: Final = {"401": Errors, "404": Errors, "422": Errors}

_LIST: Final[Operation[OutboundVoiceProfile]] = Operation(
    id="listOutboundVoiceProfiles",
    method="GET",
    path="/outbound_voice_profiles",
    responses={"200": OutboundVoiceProfile},
    errors=_ERRORS,
    payload=("data",),
    paging=Paging(
        style="page",
        page=("page[number]",),
        size=("page[size]",),
        number=("meta", "page_number"),
        page_size=("meta", "page_size"),
        total_pages=("meta", "total_pages"),
        total_items=("meta", "total_results"),
    ),
    security=_SECURITY,
)
_CREATE: Final[Operation[OutboundVoiceProfile]] = Operation(
    id="createOutboundVoiceProfile",
    method="POST",
    path="/outbound_voice_profiles",
    body="application/json",
    responses={"200": OutboundVoiceProfile},
    errors=_ERRORS,
    payload=("data",),
    security=_SECURITY,
)
_RETRIEVE: Final[Operation[OutboundVoiceProfile]] = Operation(
    id="retrieveOutboundVoiceProfile",
    method="GET",
    path="/outbound_voice_profiles/{id}",
    responses={"200": OutboundVoiceProfile},
    errors=_ERRORS,
    payload=("data",),
    security=_SECURITY,
)
_UPDATE: Final[Operation[OutboundVoiceProfile]] = Operation(
    id="updateOutboundVoiceProfile",
    method="PATCH",
    path="/outbound_voice_profiles/{id}",
    body="application/json",
    responses={"200": OutboundVoiceProfile},
    errors=_ERRORS,
    payload=("data",),
    security=_SECURITY,
)
_DELETE: Final[Operation[OutboundVoiceProfile]] = Operation(
    id="deleteOutboundVoiceProfile",
    method="DELETE",
    path="/outbound_voice_profiles/{id}",
    responses={"200": OutboundVoiceProfile},
    errors=_ERRORS,
    payload=("data",),
    security=_SECURITY,
)


class OutboundVoiceProfiles(SyncResource):
    """Outbound voice profiles."""

    def list(
        self,
        *,
        page_number: int | Unset = UNSET,
        page_size: int | Unset = UNSET,
        filter_name_contains: str | Unset = UNSET,
        sort: str | Unset = UNSET,
        options: RequestOptions | None = None,
    ) -> Page[OutboundVoiceProfile]:
        """List outbound voice profiles."""
        return self._client.list(
            _LIST,
            query={
                "page[number]": page_number,
                "page[size]": page_size,
                "filter[name][contains]": filter_name_contains,
                "sort": sort,
            },
            options=options,
        )

    def create(
        self,
        *,
        name: str,
        enabled: bool | Unset = UNSET,
        concurrent_call_limit: int | Unset | None = UNSET,
        daily_spend_limit: str | Unset = UNSET,
        service_plan: ServicePlan | Literal["us", "international", "global"] | Unset = UNSET,
        traffic_type: TrafficType | Literal["conversational", "short_duration"] | Unset = UNSET,
        tags: Sequence[str] | Unset = UNSET,
        call_recording: CallRecording | Mapping[str, Any] | Unset = UNSET,
        options: RequestOptions | None = None,
    ) -> OutboundVoiceProfile:
        """Create an outbound voice profile."""
        return self._client.call(
            _CREATE,
            body={
                "name": name,
                "enabled": enabled,
                "concurrent_call_limit": concurrent_call_limit,
                "daily_spend_limit": daily_spend_limit,
                "service_plan": service_plan,
                "traffic_type": traffic_type,
                "tags": tags,
                "call_recording": call_recording,
            },
            options=options,
        )

    def retrieve(self, id: str, *, options: RequestOptions | None = None) -> OutboundVoiceProfile:
        """Retrieve an outbound voice profile."""
        return self._client.call(_RETRIEVE, path={"id": id}, options=options)

    def update(
        self,
        id: str,
        *,
        name: str,
        enabled: bool | Unset = UNSET,
        concurrent_call_limit: int | Unset | None = UNSET,
        daily_spend_limit: str | Unset = UNSET,
        tags: Sequence[str] | Unset = UNSET,
        call_recording: CallRecording | Mapping[str, Any] | Unset = UNSET,
        options: RequestOptions | None = None,
    ) -> OutboundVoiceProfile:
        """Update an outbound voice profile."""
        return self._client.call(
            _UPDATE,
            path={"id": id},
            body={
                "name": name,
                "enabled": enabled,
                "concurrent_call_limit": concurrent_call_limit,
                "daily_spend_limit": daily_spend_limit,
                "tags": tags,
                "call_recording": call_recording,
            },
            options=options,
        )

    def delete(self, id: str, *, options: RequestOptions | None = None) -> OutboundVoiceProfile:
        """Delete an outbound voice profile."""
        return self._client.call(_DELETE, path={"id": id}, options=options)


class AsyncOutboundVoiceProfiles(AsyncResource):
    """Outbound voice profiles."""

    def list(
        self,
        *,
        page_number: int | Unset = UNSET,
        page_size: int | Unset = UNSET,
        filter_name_contains: str | Unset = UNSET,
        sort: str | Unset = UNSET,
        options: RequestOptions | None = None,
    ) -> AsyncPager[OutboundVoiceProfile]:
        """List outbound voice profiles."""
        return self._client.list(
            _LIST,
            query={
                "page[number]": page_number,
                "page[size]": page_size,
                "filter[name][contains]": filter_name_contains,
                "sort": sort,
            },
            options=options,
        )

    async def create(
        self,
        *,
        name: str,
        enabled: bool | Unset = UNSET,
        concurrent_call_limit: int | Unset | None = UNSET,
        daily_spend_limit: str | Unset = UNSET,
        service_plan: ServicePlan | Literal["us", "international", "global"] | Unset = UNSET,
        traffic_type: TrafficType | Literal["conversational", "short_duration"] | Unset = UNSET,
        tags: Sequence[str] | Unset = UNSET,
        call_recording: CallRecording | Mapping[str, Any] | Unset = UNSET,
        options: RequestOptions | None = None,
    ) -> OutboundVoiceProfile:
        """Create an outbound voice profile."""
        return await self._client.call(
            _CREATE,
            body={
                "name": name,
                "enabled": enabled,
                "concurrent_call_limit": concurrent_call_limit,
                "daily_spend_limit": daily_spend_limit,
                "service_plan": service_plan,
                "traffic_type": traffic_type,
                "tags": tags,
                "call_recording": call_recording,
            },
            options=options,
        )

    async def retrieve(
        self, id: str, *, options: RequestOptions | None = None
    ) -> OutboundVoiceProfile:
        """Retrieve an outbound voice profile."""
        return await self._client.call(_RETRIEVE, path={"id": id}, options=options)

    async def update(
        self,
        id: str,
        *,
        name: str,
        enabled: bool | Unset = UNSET,
        concurrent_call_limit: int | Unset | None = UNSET,
        daily_spend_limit: str | Unset = UNSET,
        tags: Sequence[str] | Unset = UNSET,
        call_recording: CallRecording | Mapping[str, Any] | Unset = UNSET,
        options: RequestOptions | None = None,
    ) -> OutboundVoiceProfile:
        """Update an outbound voice profile."""
        return await self._client.call(
            _UPDATE,
            path={"id": id},
            body={
                "name": name,
                "enabled": enabled,
                "concurrent_call_limit": concurrent_call_limit,
                "daily_spend_limit": daily_spend_limit,
                "tags": tags,
                "call_recording": call_recording,
            },
            options=options,
        )

    async def delete(
        self, id: str, *, options: RequestOptions | None = None
    ) -> OutboundVoiceProfile:
        """Delete an outbound voice profile."""
        return await self._client.call(_DELETE, path={"id": id}, options=options)
