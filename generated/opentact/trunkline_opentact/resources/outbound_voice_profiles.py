"""Outbound voice profiles."""

from __future__ import annotations

import builtins
from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, Literal

from .._runtime import UNSET, AsyncResource, Operation, RequestOptions, SyncResource, Unset
from ..models.shared import (
    AudioTrackType,
    Error,
    OutboundVoiceProfile,
    RecordCallFileType,
    RecordCallType,
    TnLease,
)

if TYPE_CHECKING:
    from .outbound_voice_profiles_sip_connections import (
        AsyncOutboundVoiceProfilesSipConnections,
        OutboundVoiceProfilesSipConnections,
    )
    from .outbound_voice_profiles_sip_control_apps import (
        AsyncOutboundVoiceProfilesSipControlApps,
        OutboundVoiceProfilesSipControlApps,
    )

_ERRORS: Final[Mapping[str, Any]] = {"400": Error, "401": Error, "404": Error}
_SECURITY: Final[tuple[Mapping[str, tuple[str, ...]], ...]] = ({"Token": ()},)

_LIST: Final[Operation[builtins.list[OutboundVoiceProfile]]] = Operation(
    id="ListOutboundVoiceProfiles",
    method="GET",
    path="/profile/outbound_voice",
    responses={"200": builtins.list[OutboundVoiceProfile]},
    errors=_ERRORS,
    payload=("payload",),
    security=_SECURITY,
)
_CREATE: Final[Operation[OutboundVoiceProfile]] = Operation(
    id="CreateOutboundVoiceProfile",
    method="POST",
    path="/profile/outbound_voice",
    responses={"200": OutboundVoiceProfile},
    errors=_ERRORS,
    payload=("payload",),
    body="application/json",
    security=_SECURITY,
)
_UPDATE_WITHOUT_UUID: Final[Operation[builtins.list[TnLease]]] = Operation(
    id="ModifyOutboundVoiceProfileWithoutUUID",
    method="PATCH",
    path="/profile/outbound_voice",
    responses={"200": builtins.list[TnLease]},
    errors=_ERRORS,
    payload=("payload",),
    body="application/json",
    security=_SECURITY,
)
_DELETE_WITHOUT_SLASH: Final[Operation[builtins.list[TnLease]]] = Operation(
    id="RemoveOutboundVoiceProfileByUUIDWithoutSlash",
    method="DELETE",
    path="/profile/outbound_voice{uuid}",
    responses={"200": builtins.list[TnLease]},
    errors=_ERRORS,
    payload=("payload",),
    security=_SECURITY,
)
_RETRIEVE: Final[Operation[OutboundVoiceProfile]] = Operation(
    id="GetOutboundVoiceProfileByUUID",
    method="GET",
    path="/profile/outbound_voice/{uuid}",
    responses={"200": OutboundVoiceProfile},
    errors=_ERRORS,
    payload=("payload",),
    security=_SECURITY,
)
_UPDATE: Final[Operation[OutboundVoiceProfile]] = Operation(
    id="ModifyOutboundVoiceProfile",
    method="PATCH",
    path="/profile/outbound_voice/{uuid}",
    responses={"200": OutboundVoiceProfile},
    errors=_ERRORS,
    payload=("payload",),
    body="application/json",
    security=_SECURITY,
)
_DELETE: Final[Operation[OutboundVoiceProfile]] = Operation(
    id="RemoveOutboundVoiceProfileByUUID",
    method="DELETE",
    path="/profile/outbound_voice/{uuid}",
    responses={"200": OutboundVoiceProfile},
    errors=_ERRORS,
    payload=("payload",),
    security=_SECURITY,
)


class OutboundVoiceProfiles(SyncResource):
    """Outbound voice profiles."""

    @cached_property
    def sip_connections(self) -> OutboundVoiceProfilesSipConnections:
        """Sip connections."""
        from .outbound_voice_profiles_sip_connections import OutboundVoiceProfilesSipConnections

        return OutboundVoiceProfilesSipConnections(self._client)

    @cached_property
    def sip_control_apps(self) -> OutboundVoiceProfilesSipControlApps:
        """Sip control apps."""
        from .outbound_voice_profiles_sip_control_apps import OutboundVoiceProfilesSipControlApps

        return OutboundVoiceProfilesSipControlApps(self._client)

    def list(
        self,
        *,
        options: RequestOptions | None = None,
    ) -> builtins.list[OutboundVoiceProfile]:
        """List profiles.

        All outbound voice profiles of the account. There is no paging.

        Source: opentact-ovp:610-613.
        """
        return self._client.call(
            _LIST,
            options=options,
        )

    def create(
        self,
        *,
        tech_prefix: int | Unset = UNSET,
        name: str | Unset = UNSET,
        channel_limit: float | Unset = UNSET,
        max_rate: float | Unset = UNSET,
        record_calls: RecordCallType | Literal[0, 1, 2] | Unset = UNSET,
        daily_spend_limit: float | Unset = UNSET,
        filemat: RecordCallFileType | Literal["wav", "mp3"] | Unset = UNSET,
        audio_track_type: AudioTrackType | Literal[0, 1] | Unset = UNSET,
        options: RequestOptions | None = None,
    ) -> OutboundVoiceProfile:
        """Create a profile.

        Makes an outbound voice profile.

        Source: opentact-ovp:2-5.

        Args:
            tech_prefix: Six digits that the softswitch puts in front of the number dialled, to
                tell whose traffic it is and which routes and rates apply. At least 100000, at
                most 999999. Source: opentact-ovp:14-17,228-231.
            name: A name of your own choosing, to find the profile again. At least 1 character,
                at most 255 characters. Source: opentact-ovp:18-21,232-235.
            channel_limit: How many calls may be up at the same time; every call takes one
                channel. At least 0. Source: opentact-ovp:22-26,236-240.
            max_rate: The highest price per minute you are willing to pay: destinations that cost
                more are not dialled. At least 0. Source: opentact-ovp:27-30,241-244; inferred:
                The document gives the bound and no meaning; it is read from the name and from
                what carriers call by it.
            record_calls: Which calls are recorded. Source: opentact-ovp:31-36,245-250.
            daily_spend_limit: How much the profile may spend in a day, in the currency of the
                account; calls beyond it are not placed. At least 0. Source:
                opentact-ovp:37-39,251-253; inferred: Typed integer with format float, which
                excludes each other; an amount of money has a fraction. What happens at the limit
                is not documented.
            filemat: The format of recordings. The name on the wire is spelt like this. Source:
                opentact-ovp:40-44,254-258; public: The field is called filemat in the vendor's
                own types too: it is not a slip of the document.
            audio_track_type: Whether the two sides of a recorded call share one track or get one
                each. Source: opentact-ovp:45-49,259-263.
        """
        return self._client.call(
            _CREATE,
            body={
                "tech_prefix": tech_prefix,
                "name": name,
                "channel_limit": channel_limit,
                "max_rate": max_rate,
                "record_calls": record_calls,
                "daily_spend_limit": daily_spend_limit,
                "filemat": filemat,
                "audio_track_type": audio_track_type,
            },
            options=options,
        )

    def update_without_uuid(
        self,
        *,
        tech_prefix: int | Unset = UNSET,
        name: str | Unset = UNSET,
        channel_limit: float | Unset = UNSET,
        max_rate: float | Unset = UNSET,
        record_calls: RecordCallType | Literal[0, 1, 2] | Unset = UNSET,
        daily_spend_limit: float | Unset = UNSET,
        filemat: RecordCallFileType | Literal["wav", "mp3"] | Unset = UNSET,
        audio_track_type: AudioTrackType | Literal[0, 1] | Unset = UNSET,
        options: RequestOptions | None = None,
    ) -> builtins.list[TnLease]:
        """Update a profile, as documented.

        The update at the address that the document gives, which leaves open which profile is
        meant. Use ModifyOutboundVoiceProfile, which names it; the service is not known to answer
        here.

        Deprecated.

        Source: opentact-ovp:217-219.

        Args:
            tech_prefix: Six digits that the softswitch puts in front of the number dialled, to
                tell whose traffic it is and which routes and rates apply. At least 100000, at
                most 999999. Source: opentact-ovp:14-17,228-231.
            name: A name of your own choosing, to find the profile again. At least 1 character,
                at most 255 characters. Source: opentact-ovp:18-21,232-235.
            channel_limit: How many calls may be up at the same time; every call takes one
                channel. At least 0. Source: opentact-ovp:22-26,236-240.
            max_rate: The highest price per minute you are willing to pay: destinations that cost
                more are not dialled. At least 0. Source: opentact-ovp:27-30,241-244; inferred:
                The document gives the bound and no meaning; it is read from the name and from
                what carriers call by it.
            record_calls: Which calls are recorded. Source: opentact-ovp:31-36,245-250.
            daily_spend_limit: How much the profile may spend in a day, in the currency of the
                account; calls beyond it are not placed. At least 0. Source:
                opentact-ovp:37-39,251-253; inferred: Typed integer with format float, which
                excludes each other; an amount of money has a fraction. What happens at the limit
                is not documented.
            filemat: The format of recordings. The name on the wire is spelt like this. Source:
                opentact-ovp:40-44,254-258; public: The field is called filemat in the vendor's
                own types too: it is not a slip of the document.
            audio_track_type: Whether the two sides of a recorded call share one track or get one
                each. Source: opentact-ovp:45-49,259-263.
        """
        return self._client.call(
            _UPDATE_WITHOUT_UUID,
            body={
                "tech_prefix": tech_prefix,
                "name": name,
                "channel_limit": channel_limit,
                "max_rate": max_rate,
                "record_calls": record_calls,
                "daily_spend_limit": daily_spend_limit,
                "filemat": filemat,
                "audio_track_type": audio_track_type,
            },
            options=options,
        )

    def delete_without_slash(
        self,
        uuid: str,
        *,
        options: RequestOptions | None = None,
    ) -> builtins.list[TnLease]:
        """Delete a profile, as documented.

        The deletion at the address that the document gives, which lacks the slash before the id.
        Use RemoveOutboundVoiceProfileByUUID; the service is not known to answer here. The
        emulator answers as the document shows and deletes nothing, because to all that speaks
        HTTP this is no address of a profile, and what went away by it would be missed without a
        reason.

        Deprecated.

        Source: opentact-ovp:431-433.

        Args:
            uuid: The profile's id. Matching
                `^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$`. Source:
                opentact-ovp:435-438,789-792,968-971,1147-1150; inferred: The update needs it
                too, though the document leaves it out there.
        """
        return self._client.call(
            _DELETE_WITHOUT_SLASH,
            path={
                "uuid": uuid,
            },
            options=options,
        )

    def retrieve(
        self,
        uuid: str,
        *,
        options: RequestOptions | None = None,
    ) -> OutboundVoiceProfile:
        """Retrieve a profile.

        One outbound voice profile.

        Source: opentact-ovp:785-788.

        Args:
            uuid: The profile's id. Matching
                `^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$`. Source:
                opentact-ovp:435-438,789-792,968-971,1147-1150; inferred: The update needs it
                too, though the document leaves it out there.
        """
        return self._client.call(
            _RETRIEVE,
            path={
                "uuid": uuid,
            },
            options=options,
        )

    def update(
        self,
        uuid: str,
        *,
        tech_prefix: int | Unset = UNSET,
        name: str | Unset = UNSET,
        channel_limit: float | Unset = UNSET,
        max_rate: float | Unset = UNSET,
        record_calls: RecordCallType | Literal[0, 1, 2] | Unset = UNSET,
        daily_spend_limit: float | Unset = UNSET,
        filemat: RecordCallFileType | Literal["wav", "mp3"] | Unset = UNSET,
        audio_track_type: AudioTrackType | Literal[0, 1] | Unset = UNSET,
        options: RequestOptions | None = None,
    ) -> OutboundVoiceProfile:
        """Update a profile.

        Changes the settings given and leaves the others as they are.

        Source: opentact-ovp:217-219; public: Vendor's own types: PATCH and DELETE are at
        /profile/outbound_voice/{uuid}.

        Args:
            uuid: The profile's id. Matching
                `^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$`. Source:
                opentact-ovp:435-438,789-792,968-971,1147-1150; inferred: The update needs it
                too, though the document leaves it out there.
            tech_prefix: Six digits that the softswitch puts in front of the number dialled, to
                tell whose traffic it is and which routes and rates apply. At least 100000, at
                most 999999. Source: opentact-ovp:14-17,228-231.
            name: A name of your own choosing, to find the profile again. At least 1 character,
                at most 255 characters. Source: opentact-ovp:18-21,232-235.
            channel_limit: How many calls may be up at the same time; every call takes one
                channel. At least 0. Source: opentact-ovp:22-26,236-240.
            max_rate: The highest price per minute you are willing to pay: destinations that cost
                more are not dialled. At least 0. Source: opentact-ovp:27-30,241-244; inferred:
                The document gives the bound and no meaning; it is read from the name and from
                what carriers call by it.
            record_calls: Which calls are recorded. Source: opentact-ovp:31-36,245-250.
            daily_spend_limit: How much the profile may spend in a day, in the currency of the
                account; calls beyond it are not placed. At least 0. Source:
                opentact-ovp:37-39,251-253; inferred: Typed integer with format float, which
                excludes each other; an amount of money has a fraction. What happens at the limit
                is not documented.
            filemat: The format of recordings. The name on the wire is spelt like this. Source:
                opentact-ovp:40-44,254-258; public: The field is called filemat in the vendor's
                own types too: it is not a slip of the document.
            audio_track_type: Whether the two sides of a recorded call share one track or get one
                each. Source: opentact-ovp:45-49,259-263.
        """
        return self._client.call(
            _UPDATE,
            path={
                "uuid": uuid,
            },
            body={
                "tech_prefix": tech_prefix,
                "name": name,
                "channel_limit": channel_limit,
                "max_rate": max_rate,
                "record_calls": record_calls,
                "daily_spend_limit": daily_spend_limit,
                "filemat": filemat,
                "audio_track_type": audio_track_type,
            },
            options=options,
        )

    def delete(
        self,
        uuid: str,
        *,
        options: RequestOptions | None = None,
    ) -> OutboundVoiceProfile:
        """Delete a profile.

        Removes an outbound voice profile for good.

        Source: opentact-ovp:431-433; public: Vendor's own types: PATCH and DELETE are at
        /profile/outbound_voice/{uuid}.

        Args:
            uuid: The profile's id. Matching
                `^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$`. Source:
                opentact-ovp:435-438,789-792,968-971,1147-1150; inferred: The update needs it
                too, though the document leaves it out there.
        """
        return self._client.call(
            _DELETE,
            path={
                "uuid": uuid,
            },
            options=options,
        )


class AsyncOutboundVoiceProfiles(AsyncResource):
    """Outbound voice profiles."""

    @cached_property
    def sip_connections(self) -> AsyncOutboundVoiceProfilesSipConnections:
        """Sip connections."""
        from .outbound_voice_profiles_sip_connections import (
            AsyncOutboundVoiceProfilesSipConnections,
        )

        return AsyncOutboundVoiceProfilesSipConnections(self._client)

    @cached_property
    def sip_control_apps(self) -> AsyncOutboundVoiceProfilesSipControlApps:
        """Sip control apps."""
        from .outbound_voice_profiles_sip_control_apps import (
            AsyncOutboundVoiceProfilesSipControlApps,
        )

        return AsyncOutboundVoiceProfilesSipControlApps(self._client)

    async def list(
        self,
        *,
        options: RequestOptions | None = None,
    ) -> builtins.list[OutboundVoiceProfile]:
        """List profiles.

        All outbound voice profiles of the account. There is no paging.

        Source: opentact-ovp:610-613.
        """
        return await self._client.call(
            _LIST,
            options=options,
        )

    async def create(
        self,
        *,
        tech_prefix: int | Unset = UNSET,
        name: str | Unset = UNSET,
        channel_limit: float | Unset = UNSET,
        max_rate: float | Unset = UNSET,
        record_calls: RecordCallType | Literal[0, 1, 2] | Unset = UNSET,
        daily_spend_limit: float | Unset = UNSET,
        filemat: RecordCallFileType | Literal["wav", "mp3"] | Unset = UNSET,
        audio_track_type: AudioTrackType | Literal[0, 1] | Unset = UNSET,
        options: RequestOptions | None = None,
    ) -> OutboundVoiceProfile:
        """Create a profile.

        Makes an outbound voice profile.

        Source: opentact-ovp:2-5.

        Args:
            tech_prefix: Six digits that the softswitch puts in front of the number dialled, to
                tell whose traffic it is and which routes and rates apply. At least 100000, at
                most 999999. Source: opentact-ovp:14-17,228-231.
            name: A name of your own choosing, to find the profile again. At least 1 character,
                at most 255 characters. Source: opentact-ovp:18-21,232-235.
            channel_limit: How many calls may be up at the same time; every call takes one
                channel. At least 0. Source: opentact-ovp:22-26,236-240.
            max_rate: The highest price per minute you are willing to pay: destinations that cost
                more are not dialled. At least 0. Source: opentact-ovp:27-30,241-244; inferred:
                The document gives the bound and no meaning; it is read from the name and from
                what carriers call by it.
            record_calls: Which calls are recorded. Source: opentact-ovp:31-36,245-250.
            daily_spend_limit: How much the profile may spend in a day, in the currency of the
                account; calls beyond it are not placed. At least 0. Source:
                opentact-ovp:37-39,251-253; inferred: Typed integer with format float, which
                excludes each other; an amount of money has a fraction. What happens at the limit
                is not documented.
            filemat: The format of recordings. The name on the wire is spelt like this. Source:
                opentact-ovp:40-44,254-258; public: The field is called filemat in the vendor's
                own types too: it is not a slip of the document.
            audio_track_type: Whether the two sides of a recorded call share one track or get one
                each. Source: opentact-ovp:45-49,259-263.
        """
        return await self._client.call(
            _CREATE,
            body={
                "tech_prefix": tech_prefix,
                "name": name,
                "channel_limit": channel_limit,
                "max_rate": max_rate,
                "record_calls": record_calls,
                "daily_spend_limit": daily_spend_limit,
                "filemat": filemat,
                "audio_track_type": audio_track_type,
            },
            options=options,
        )

    async def update_without_uuid(
        self,
        *,
        tech_prefix: int | Unset = UNSET,
        name: str | Unset = UNSET,
        channel_limit: float | Unset = UNSET,
        max_rate: float | Unset = UNSET,
        record_calls: RecordCallType | Literal[0, 1, 2] | Unset = UNSET,
        daily_spend_limit: float | Unset = UNSET,
        filemat: RecordCallFileType | Literal["wav", "mp3"] | Unset = UNSET,
        audio_track_type: AudioTrackType | Literal[0, 1] | Unset = UNSET,
        options: RequestOptions | None = None,
    ) -> builtins.list[TnLease]:
        """Update a profile, as documented.

        The update at the address that the document gives, which leaves open which profile is
        meant. Use ModifyOutboundVoiceProfile, which names it; the service is not known to answer
        here.

        Deprecated.

        Source: opentact-ovp:217-219.

        Args:
            tech_prefix: Six digits that the softswitch puts in front of the number dialled, to
                tell whose traffic it is and which routes and rates apply. At least 100000, at
                most 999999. Source: opentact-ovp:14-17,228-231.
            name: A name of your own choosing, to find the profile again. At least 1 character,
                at most 255 characters. Source: opentact-ovp:18-21,232-235.
            channel_limit: How many calls may be up at the same time; every call takes one
                channel. At least 0. Source: opentact-ovp:22-26,236-240.
            max_rate: The highest price per minute you are willing to pay: destinations that cost
                more are not dialled. At least 0. Source: opentact-ovp:27-30,241-244; inferred:
                The document gives the bound and no meaning; it is read from the name and from
                what carriers call by it.
            record_calls: Which calls are recorded. Source: opentact-ovp:31-36,245-250.
            daily_spend_limit: How much the profile may spend in a day, in the currency of the
                account; calls beyond it are not placed. At least 0. Source:
                opentact-ovp:37-39,251-253; inferred: Typed integer with format float, which
                excludes each other; an amount of money has a fraction. What happens at the limit
                is not documented.
            filemat: The format of recordings. The name on the wire is spelt like this. Source:
                opentact-ovp:40-44,254-258; public: The field is called filemat in the vendor's
                own types too: it is not a slip of the document.
            audio_track_type: Whether the two sides of a recorded call share one track or get one
                each. Source: opentact-ovp:45-49,259-263.
        """
        return await self._client.call(
            _UPDATE_WITHOUT_UUID,
            body={
                "tech_prefix": tech_prefix,
                "name": name,
                "channel_limit": channel_limit,
                "max_rate": max_rate,
                "record_calls": record_calls,
                "daily_spend_limit": daily_spend_limit,
                "filemat": filemat,
                "audio_track_type": audio_track_type,
            },
            options=options,
        )

    async def delete_without_slash(
        self,
        uuid: str,
        *,
        options: RequestOptions | None = None,
    ) -> builtins.list[TnLease]:
        """Delete a profile, as documented.

        The deletion at the address that the document gives, which lacks the slash before the id.
        Use RemoveOutboundVoiceProfileByUUID; the service is not known to answer here. The
        emulator answers as the document shows and deletes nothing, because to all that speaks
        HTTP this is no address of a profile, and what went away by it would be missed without a
        reason.

        Deprecated.

        Source: opentact-ovp:431-433.

        Args:
            uuid: The profile's id. Matching
                `^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$`. Source:
                opentact-ovp:435-438,789-792,968-971,1147-1150; inferred: The update needs it
                too, though the document leaves it out there.
        """
        return await self._client.call(
            _DELETE_WITHOUT_SLASH,
            path={
                "uuid": uuid,
            },
            options=options,
        )

    async def retrieve(
        self,
        uuid: str,
        *,
        options: RequestOptions | None = None,
    ) -> OutboundVoiceProfile:
        """Retrieve a profile.

        One outbound voice profile.

        Source: opentact-ovp:785-788.

        Args:
            uuid: The profile's id. Matching
                `^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$`. Source:
                opentact-ovp:435-438,789-792,968-971,1147-1150; inferred: The update needs it
                too, though the document leaves it out there.
        """
        return await self._client.call(
            _RETRIEVE,
            path={
                "uuid": uuid,
            },
            options=options,
        )

    async def update(
        self,
        uuid: str,
        *,
        tech_prefix: int | Unset = UNSET,
        name: str | Unset = UNSET,
        channel_limit: float | Unset = UNSET,
        max_rate: float | Unset = UNSET,
        record_calls: RecordCallType | Literal[0, 1, 2] | Unset = UNSET,
        daily_spend_limit: float | Unset = UNSET,
        filemat: RecordCallFileType | Literal["wav", "mp3"] | Unset = UNSET,
        audio_track_type: AudioTrackType | Literal[0, 1] | Unset = UNSET,
        options: RequestOptions | None = None,
    ) -> OutboundVoiceProfile:
        """Update a profile.

        Changes the settings given and leaves the others as they are.

        Source: opentact-ovp:217-219; public: Vendor's own types: PATCH and DELETE are at
        /profile/outbound_voice/{uuid}.

        Args:
            uuid: The profile's id. Matching
                `^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$`. Source:
                opentact-ovp:435-438,789-792,968-971,1147-1150; inferred: The update needs it
                too, though the document leaves it out there.
            tech_prefix: Six digits that the softswitch puts in front of the number dialled, to
                tell whose traffic it is and which routes and rates apply. At least 100000, at
                most 999999. Source: opentact-ovp:14-17,228-231.
            name: A name of your own choosing, to find the profile again. At least 1 character,
                at most 255 characters. Source: opentact-ovp:18-21,232-235.
            channel_limit: How many calls may be up at the same time; every call takes one
                channel. At least 0. Source: opentact-ovp:22-26,236-240.
            max_rate: The highest price per minute you are willing to pay: destinations that cost
                more are not dialled. At least 0. Source: opentact-ovp:27-30,241-244; inferred:
                The document gives the bound and no meaning; it is read from the name and from
                what carriers call by it.
            record_calls: Which calls are recorded. Source: opentact-ovp:31-36,245-250.
            daily_spend_limit: How much the profile may spend in a day, in the currency of the
                account; calls beyond it are not placed. At least 0. Source:
                opentact-ovp:37-39,251-253; inferred: Typed integer with format float, which
                excludes each other; an amount of money has a fraction. What happens at the limit
                is not documented.
            filemat: The format of recordings. The name on the wire is spelt like this. Source:
                opentact-ovp:40-44,254-258; public: The field is called filemat in the vendor's
                own types too: it is not a slip of the document.
            audio_track_type: Whether the two sides of a recorded call share one track or get one
                each. Source: opentact-ovp:45-49,259-263.
        """
        return await self._client.call(
            _UPDATE,
            path={
                "uuid": uuid,
            },
            body={
                "tech_prefix": tech_prefix,
                "name": name,
                "channel_limit": channel_limit,
                "max_rate": max_rate,
                "record_calls": record_calls,
                "daily_spend_limit": daily_spend_limit,
                "filemat": filemat,
                "audio_track_type": audio_track_type,
            },
            options=options,
        )

    async def delete(
        self,
        uuid: str,
        *,
        options: RequestOptions | None = None,
    ) -> OutboundVoiceProfile:
        """Delete a profile.

        Removes an outbound voice profile for good.

        Source: opentact-ovp:431-433; public: Vendor's own types: PATCH and DELETE are at
        /profile/outbound_voice/{uuid}.

        Args:
            uuid: The profile's id. Matching
                `^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$`. Source:
                opentact-ovp:435-438,789-792,968-971,1147-1150; inferred: The update needs it
                too, though the document leaves it out there.
        """
        return await self._client.call(
            _DELETE,
            path={
                "uuid": uuid,
            },
            options=options,
        )
