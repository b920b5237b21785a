"""An outbound voice profile holds the rules that calls leaving the network must obey: where they
may go, what they may cost, how many at once, and whether they are recorded. Connections point at
a profile; without one they cannot place calls.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, Literal
from uuid import UUID

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
from ..models.outbound_voice_profiles import (
    CallingWindow,
    ListOutboundVoiceProfilesSort,
    OutboundCallRecording,
    OutboundVoiceProfile,
    ServicePlan,
    TrafficType,
    UsagePaymentMethod,
)
from ..models.shared import ErrorResponse
from ..params.outbound_voice_profiles import CallingWindowParam, OutboundCallRecordingParam

_ERRORS: Final[Mapping[str, Any]] = {"401": ErrorResponse, "422": ErrorResponse}
_ERRORS_2: Final[Mapping[str, Any]] = {
    "401": ErrorResponse,
    "404": ErrorResponse,
    "422": ErrorResponse,
}
_SECURITY: Final[tuple[Mapping[str, tuple[str, ...]], ...]] = ({"bearerAuth": ()},)

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
    responses={"200": OutboundVoiceProfile},
    errors=_ERRORS_2,
    payload=("data",),
    body="application/json",
    security=_SECURITY,
)
_RETRIEVE: Final[Operation[OutboundVoiceProfile]] = Operation(
    id="retrieveOutboundVoiceProfile",
    method="GET",
    path="/outbound_voice_profiles/{id}",
    responses={"200": OutboundVoiceProfile},
    errors=_ERRORS_2,
    payload=("data",),
    security=_SECURITY,
)
_UPDATE: Final[Operation[OutboundVoiceProfile]] = Operation(
    id="updateOutboundVoiceProfile",
    method="PATCH",
    path="/outbound_voice_profiles/{id}",
    responses={"200": OutboundVoiceProfile},
    errors=_ERRORS_2,
    payload=("data",),
    body="application/json",
    security=_SECURITY,
)
_DELETE: Final[Operation[OutboundVoiceProfile]] = Operation(
    id="deleteOutboundVoiceProfile",
    method="DELETE",
    path="/outbound_voice_profiles/{id}",
    responses={"200": OutboundVoiceProfile},
    errors=_ERRORS_2,
    payload=("data",),
    security=_SECURITY,
)


class OutboundVoiceProfiles(SyncResource):
    """An outbound voice profile holds the rules that calls leaving the network must obey: where
    they may go, what they may cost, how many at once, and whether they are recorded. Connections
    point at a profile; without one they cannot place calls.
    """

    def list(
        self,
        *,
        page_number: int | Unset = UNSET,
        page_size: int | Unset = UNSET,
        filter_name_contains: str | Unset = UNSET,
        sort: ListOutboundVoiceProfilesSort
        | Literal[
            "enabled",
            "-enabled",
            "created_at",
            "-created_at",
            "name",
            "-name",
            "service_plan",
            "-service_plan",
            "traffic_type",
            "-traffic_type",
            "usage_payment_method",
            "-usage_payment_method",
        ]
        | Unset = UNSET,
        options: RequestOptions | None = None,
    ) -> Page[OutboundVoiceProfile]:
        """List outbound voice profiles.

        Answers one page of the account's profiles that pass the filter, newest first unless
        `sort` says otherwise.

        Source: telnyx-ovp-legacy:1,7; public: Method and path in the vendor's public API
        description, 2025-12-12.

        Args:
            page_number: Which page to answer; the first is 1. At least 1. Default: `1`. Source:
                telnyx-ovp-legacy:7; public: Query parameters in the vendor's public API
                description, 2025-12-12.
            page_size: How many objects a page holds at most. At least 1, at most 250. Default:
                `20`. Source: telnyx-ovp-legacy:7; public: Query parameters in the vendor's
                public API description, 2025-12-12.
            filter_name_contains: Only profiles whose name has this text in it. Source: public:
                Query parameters in the vendor's public API description, 2025-12-12; observed:
                PyPI telnyx 4.x sends filter%5Bname%5D%5Bcontains%5D=….
            sort: Member to order by; a leading `-` turns the order round. Default:
                `'-created_at'`. Source: public: Query parameters in the vendor's public API
                description, 2025-12-12; observed: PyPI telnyx 4.189.0 offers the same twelve
                values.
        """
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
        traffic_type: TrafficType | Literal["conversational"] | Unset = UNSET,
        service_plan: ServicePlan | Literal["global"] | Unset = UNSET,
        concurrent_call_limit: int | None | Unset = UNSET,
        enabled: bool | Unset = UNSET,
        tags: Sequence[str] | Unset = UNSET,
        usage_payment_method: UsagePaymentMethod | Literal["rate-deck"] | Unset = UNSET,
        whitelisted_destinations: Sequence[str] | Unset = UNSET,
        max_destination_rate: float | Unset = UNSET,
        daily_spend_limit: str | Unset = UNSET,
        daily_spend_limit_enabled: bool | Unset = UNSET,
        call_recording: OutboundCallRecording | OutboundCallRecordingParam | Unset = UNSET,
        billing_group_id: UUID | str | None | Unset = UNSET,
        calling_window: CallingWindow | CallingWindowParam | Unset = UNSET,
        options: RequestOptions | None = None,
    ) -> OutboundVoiceProfile:
        """Create an outbound voice profile.

        Only the name has to be given. Members left out get their defaults; the answer shows the
        profile as it was stored.

        Source: telnyx-ovp-legacy:46; public: Method and path in the vendor's public API
        description, 2025-12-12.

        Args:
            name: What the account calls the profile. At least 3 characters. Source:
                telnyx-ovp-legacy:58; inferred: As long as the update asks for; and what an
                update needs, a creation needs; public: PyPI telnyx 4.189.0 requires it.
            traffic_type: Kind of calls the profile carries: conversations between people, as
                opposed to the very short calls that dialers and notification services make.
                Default: `'conversational'`. Source: telnyx-ovp-legacy:62;
                telnyx-ovp-current:100.
            service_plan: Regions in which calls may end; `global` is everywhere. Default:
                `'global'`. Source: telnyx-ovp-legacy:59; telnyx-ovp-current:112.
            concurrent_call_limit: How many calls may be up at once, no more than the account as
                a whole may have; null sets no limit. At least 0. Default: `None`. Source:
                telnyx-ovp-legacy:53; inferred: Null may be sent, as in the update; no limit is
                what a profile has that was never given one; inferred: A number of calls is never
                negative.
            enabled: Whether calls may be placed at all; connections with a disabled profile have
                theirs blocked. Default: `True`. Source: telnyx-ovp-legacy:56,186;
                telnyx-ovp-current:133.
            tags: Words of the account's own, to group profiles by. Default: `[]`. Source:
                telnyx-ovp-legacy:60-62; inferred: A profile that was given no tags has none.
            usage_payment_method: How calls are charged; `rate-deck` takes the price of the
                number dialled from a price list. Default: `'rate-deck'`. Source:
                telnyx-ovp-legacy:63; telnyx-ovp-current:147.
            whitelisted_destinations: Countries that may be called, as ISO 3166-1 codes of two
                letters; calls elsewhere are refused. Default: `['US', 'CA']`. Source:
                telnyx-ovp-legacy:64-68,193; public: The same default in the vendor's public API
                description, 2025-12-12.
            max_destination_rate: Dearest price per minute at which a call is still let through.
                At least 0. Source: telnyx-ovp-legacy:57; inferred: A price is never negative.
            daily_spend_limit: Most the calls of a day may cost, in US dollars, as a decimal in a
                string. Matching `^[0-9]+(\\.[0-9]+)?$`. Source: telnyx-ovp-legacy:54; inferred:
                An amount of money has to be a decimal.
            daily_spend_limit_enabled: Whether the daily limit is enforced; once it is reached no
                further call starts that day. Default: `False`. Source: telnyx-ovp-legacy:55,185;
                telnyx-ovp-current:180.
            call_recording: Whether, and how, calls are recorded. Source: public: PyPI telnyx
                4.189.0 sends it when creating.
            billing_group_id: Billing group to charge the calls to; null for none. Default:
                `None`. Source: telnyx-ovp-legacy:52,181; telnyx-ovp-current:200; inferred: May
                be null, as in the update.
            calling_window: Beta. The hours of the day, in UTC, in which calls may start, and how
                often one number may be called in them. Source: public: PyPI telnyx 4.189.0 sends
                it when creating.
        """
        return self._client.call(
            _CREATE,
            body={
                "name": name,
                "traffic_type": traffic_type,
                "service_plan": service_plan,
                "concurrent_call_limit": concurrent_call_limit,
                "enabled": enabled,
                "tags": tags,
                "usage_payment_method": usage_payment_method,
                "whitelisted_destinations": whitelisted_destinations,
                "max_destination_rate": max_destination_rate,
                "daily_spend_limit": daily_spend_limit,
                "daily_spend_limit_enabled": daily_spend_limit_enabled,
                "call_recording": call_recording,
                "billing_group_id": billing_group_id,
                "calling_window": calling_window,
            },
            options=options,
        )

    def retrieve(
        self,
        id: str,
        *,
        options: RequestOptions | None = None,
    ) -> OutboundVoiceProfile:
        """Retrieve an outbound voice profile.

        Answers the profile as it stands now.

        Source: telnyx-ovp-legacy:140,147; public: Method and path in the vendor's public API
        description, 2025-12-12.

        Args:
            id: The profile's id, as the answer to its creation shows it. Source:
                telnyx-ovp-legacy:108,147; telnyx-ovp-current:14,69-79.
        """
        return self._client.call(
            _RETRIEVE,
            path={
                "id": id,
            },
            options=options,
        )

    def update(
        self,
        id: str,
        *,
        name: str,
        traffic_type: TrafficType | Literal["conversational"] | Unset = UNSET,
        service_plan: ServicePlan | Literal["global"] | Unset = UNSET,
        concurrent_call_limit: int | None | Unset = UNSET,
        enabled: bool | Unset = UNSET,
        tags: Sequence[str] | Unset = UNSET,
        usage_payment_method: UsagePaymentMethod | Literal["rate-deck"] | Unset = UNSET,
        whitelisted_destinations: Sequence[str] | Unset = UNSET,
        max_destination_rate: float | Unset = UNSET,
        daily_spend_limit: str | Unset = UNSET,
        daily_spend_limit_enabled: bool | Unset = UNSET,
        call_recording: OutboundCallRecording | OutboundCallRecordingParam | Unset = UNSET,
        billing_group_id: UUID | str | None | Unset = UNSET,
        calling_window: CallingWindow | CallingWindowParam | Unset = UNSET,
        options: RequestOptions | None = None,
    ) -> OutboundVoiceProfile:
        """Update an outbound voice profile.

        Changes the members sent and leaves the others as they are. The name has to be sent every
        time, changed or not.

        Source: telnyx-ovp-legacy:179; telnyx-ovp-current:2-6.

        Args:
            id: The profile's id, as the answer to its creation shows it. Source:
                telnyx-ovp-legacy:108,147; telnyx-ovp-current:14,69-79.
            name: What the account calls the profile; to be sent even when it stays the same. At
                least 3 characters. Source: telnyx-ovp-legacy:188,206;
                telnyx-ovp-current:15,87-96.
            traffic_type: Kind of calls the profile carries: conversations between people, as
                opposed to the very short calls that dialers and notification services make.
                Source: telnyx-ovp-legacy:191,210; telnyx-ovp-current:98-108.
            service_plan: Regions in which calls may end; `global` is everywhere. Source:
                telnyx-ovp-legacy:189,207; telnyx-ovp-current:110-120.
            concurrent_call_limit: How many calls may be up at once, no more than the account as
                a whole may have; null sets no limit. At least 0. Source:
                telnyx-ovp-legacy:183,201; telnyx-ovp-current:122-129; inferred: A number of
                calls is never negative.
            enabled: Whether calls may be placed at all; connections with a disabled profile have
                theirs blocked. Source: telnyx-ovp-legacy:186,204; telnyx-ovp-current:131-139.
            tags: Words of the account's own, to group profiles by. Source:
                telnyx-ovp-legacy:190,208-210; telnyx-ovp-current:141-144.
            usage_payment_method: How calls are charged; `rate-deck` takes the price of the
                number dialled from a price list. Source: telnyx-ovp-legacy:192,211;
                telnyx-ovp-current:145-155.
            whitelisted_destinations: Countries that may be called, as ISO 3166-1 alpha-2 codes
                of two letters; calls elsewhere are refused. Source:
                telnyx-ovp-legacy:193,212-216; telnyx-ovp-current:157-163.
            max_destination_rate: Dearest price per minute at which a call is still let through.
                At least 0. Source: telnyx-ovp-legacy:187,205; telnyx-ovp-current:164-167;
                inferred: A price is never negative.
            daily_spend_limit: Most the calls of a day may cost, in US dollars (USD), as a
                decimal in a string. Matching `^[0-9]+(\\.[0-9]+)?$`. Source:
                telnyx-ovp-legacy:184,202; telnyx-ovp-current:169-176; inferred: An amount of
                money has to be a decimal.
            daily_spend_limit_enabled: Whether the daily limit is enforced; once it is reached no
                further call starts that day. Source: telnyx-ovp-legacy:185,203;
                telnyx-ovp-current:178-186.
            call_recording: Whether, and how, calls are recorded. Source: telnyx-ovp-legacy:182;
                telnyx-ovp-current:188-196.
            billing_group_id: Billing group to charge the calls to; null for none. Source:
                telnyx-ovp-legacy:181,200; telnyx-ovp-current:197-204.
            calling_window: Beta. The hours of the day, in UTC, in which calls may start, and how
                often one number may be called in them. Source: telnyx-ovp-current:206-216.
        """
        return self._client.call(
            _UPDATE,
            path={
                "id": id,
            },
            body={
                "name": name,
                "traffic_type": traffic_type,
                "service_plan": service_plan,
                "concurrent_call_limit": concurrent_call_limit,
                "enabled": enabled,
                "tags": tags,
                "usage_payment_method": usage_payment_method,
                "whitelisted_destinations": whitelisted_destinations,
                "max_destination_rate": max_destination_rate,
                "daily_spend_limit": daily_spend_limit,
                "daily_spend_limit_enabled": daily_spend_limit_enabled,
                "call_recording": call_recording,
                "billing_group_id": billing_group_id,
                "calling_window": calling_window,
            },
            options=options,
        )

    def delete(
        self,
        id: str,
        *,
        options: RequestOptions | None = None,
    ) -> OutboundVoiceProfile:
        """Delete an outbound voice profile.

        Removes the profile, and answers what it was.

        Source: telnyx-ovp-legacy:101,108; public: Method and path in the vendor's public API
        description, 2025-12-12.

        Args:
            id: The profile's id, as the answer to its creation shows it. Source:
                telnyx-ovp-legacy:108,147; telnyx-ovp-current:14,69-79.
        """
        return self._client.call(
            _DELETE,
            path={
                "id": id,
            },
            options=options,
        )


class AsyncOutboundVoiceProfiles(AsyncResource):
    """An outbound voice profile holds the rules that calls leaving the network must obey: where
    they may go, what they may cost, how many at once, and whether they are recorded. Connections
    point at a profile; without one they cannot place calls.
    """

    def list(
        self,
        *,
        page_number: int | Unset = UNSET,
        page_size: int | Unset = UNSET,
        filter_name_contains: str | Unset = UNSET,
        sort: ListOutboundVoiceProfilesSort
        | Literal[
            "enabled",
            "-enabled",
            "created_at",
            "-created_at",
            "name",
            "-name",
            "service_plan",
            "-service_plan",
            "traffic_type",
            "-traffic_type",
            "usage_payment_method",
            "-usage_payment_method",
        ]
        | Unset = UNSET,
        options: RequestOptions | None = None,
    ) -> AsyncPager[OutboundVoiceProfile]:
        """List outbound voice profiles.

        Answers one page of the account's profiles that pass the filter, newest first unless
        `sort` says otherwise.

        Source: telnyx-ovp-legacy:1,7; public: Method and path in the vendor's public API
        description, 2025-12-12.

        Args:
            page_number: Which page to answer; the first is 1. At least 1. Default: `1`. Source:
                telnyx-ovp-legacy:7; public: Query parameters in the vendor's public API
                description, 2025-12-12.
            page_size: How many objects a page holds at most. At least 1, at most 250. Default:
                `20`. Source: telnyx-ovp-legacy:7; public: Query parameters in the vendor's
                public API description, 2025-12-12.
            filter_name_contains: Only profiles whose name has this text in it. Source: public:
                Query parameters in the vendor's public API description, 2025-12-12; observed:
                PyPI telnyx 4.x sends filter%5Bname%5D%5Bcontains%5D=….
            sort: Member to order by; a leading `-` turns the order round. Default:
                `'-created_at'`. Source: public: Query parameters in the vendor's public API
                description, 2025-12-12; observed: PyPI telnyx 4.189.0 offers the same twelve
                values.
        """
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
        traffic_type: TrafficType | Literal["conversational"] | Unset = UNSET,
        service_plan: ServicePlan | Literal["global"] | Unset = UNSET,
        concurrent_call_limit: int | None | Unset = UNSET,
        enabled: bool | Unset = UNSET,
        tags: Sequence[str] | Unset = UNSET,
        usage_payment_method: UsagePaymentMethod | Literal["rate-deck"] | Unset = UNSET,
        whitelisted_destinations: Sequence[str] | Unset = UNSET,
        max_destination_rate: float | Unset = UNSET,
        daily_spend_limit: str | Unset = UNSET,
        daily_spend_limit_enabled: bool | Unset = UNSET,
        call_recording: OutboundCallRecording | OutboundCallRecordingParam | Unset = UNSET,
        billing_group_id: UUID | str | None | Unset = UNSET,
        calling_window: CallingWindow | CallingWindowParam | Unset = UNSET,
        options: RequestOptions | None = None,
    ) -> OutboundVoiceProfile:
        """Create an outbound voice profile.

        Only the name has to be given. Members left out get their defaults; the answer shows the
        profile as it was stored.

        Source: telnyx-ovp-legacy:46; public: Method and path in the vendor's public API
        description, 2025-12-12.

        Args:
            name: What the account calls the profile. At least 3 characters. Source:
                telnyx-ovp-legacy:58; inferred: As long as the update asks for; and what an
                update needs, a creation needs; public: PyPI telnyx 4.189.0 requires it.
            traffic_type: Kind of calls the profile carries: conversations between people, as
                opposed to the very short calls that dialers and notification services make.
                Default: `'conversational'`. Source: telnyx-ovp-legacy:62;
                telnyx-ovp-current:100.
            service_plan: Regions in which calls may end; `global` is everywhere. Default:
                `'global'`. Source: telnyx-ovp-legacy:59; telnyx-ovp-current:112.
            concurrent_call_limit: How many calls may be up at once, no more than the account as
                a whole may have; null sets no limit. At least 0. Default: `None`. Source:
                telnyx-ovp-legacy:53; inferred: Null may be sent, as in the update; no limit is
                what a profile has that was never given one; inferred: A number of calls is never
                negative.
            enabled: Whether calls may be placed at all; connections with a disabled profile have
                theirs blocked. Default: `True`. Source: telnyx-ovp-legacy:56,186;
                telnyx-ovp-current:133.
            tags: Words of the account's own, to group profiles by. Default: `[]`. Source:
                telnyx-ovp-legacy:60-62; inferred: A profile that was given no tags has none.
            usage_payment_method: How calls are charged; `rate-deck` takes the price of the
                number dialled from a price list. Default: `'rate-deck'`. Source:
                telnyx-ovp-legacy:63; telnyx-ovp-current:147.
            whitelisted_destinations: Countries that may be called, as ISO 3166-1 codes of two
                letters; calls elsewhere are refused. Default: `['US', 'CA']`. Source:
                telnyx-ovp-legacy:64-68,193; public: The same default in the vendor's public API
                description, 2025-12-12.
            max_destination_rate: Dearest price per minute at which a call is still let through.
                At least 0. Source: telnyx-ovp-legacy:57; inferred: A price is never negative.
            daily_spend_limit: Most the calls of a day may cost, in US dollars, as a decimal in a
                string. Matching `^[0-9]+(\\.[0-9]+)?$`. Source: telnyx-ovp-legacy:54; inferred:
                An amount of money has to be a decimal.
            daily_spend_limit_enabled: Whether the daily limit is enforced; once it is reached no
                further call starts that day. Default: `False`. Source: telnyx-ovp-legacy:55,185;
                telnyx-ovp-current:180.
            call_recording: Whether, and how, calls are recorded. Source: public: PyPI telnyx
                4.189.0 sends it when creating.
            billing_group_id: Billing group to charge the calls to; null for none. Default:
                `None`. Source: telnyx-ovp-legacy:52,181; telnyx-ovp-current:200; inferred: May
                be null, as in the update.
            calling_window: Beta. The hours of the day, in UTC, in which calls may start, and how
                often one number may be called in them. Source: public: PyPI telnyx 4.189.0 sends
                it when creating.
        """
        return await self._client.call(
            _CREATE,
            body={
                "name": name,
                "traffic_type": traffic_type,
                "service_plan": service_plan,
                "concurrent_call_limit": concurrent_call_limit,
                "enabled": enabled,
                "tags": tags,
                "usage_payment_method": usage_payment_method,
                "whitelisted_destinations": whitelisted_destinations,
                "max_destination_rate": max_destination_rate,
                "daily_spend_limit": daily_spend_limit,
                "daily_spend_limit_enabled": daily_spend_limit_enabled,
                "call_recording": call_recording,
                "billing_group_id": billing_group_id,
                "calling_window": calling_window,
            },
            options=options,
        )

    async def retrieve(
        self,
        id: str,
        *,
        options: RequestOptions | None = None,
    ) -> OutboundVoiceProfile:
        """Retrieve an outbound voice profile.

        Answers the profile as it stands now.

        Source: telnyx-ovp-legacy:140,147; public: Method and path in the vendor's public API
        description, 2025-12-12.

        Args:
            id: The profile's id, as the answer to its creation shows it. Source:
                telnyx-ovp-legacy:108,147; telnyx-ovp-current:14,69-79.
        """
        return await self._client.call(
            _RETRIEVE,
            path={
                "id": id,
            },
            options=options,
        )

    async def update(
        self,
        id: str,
        *,
        name: str,
        traffic_type: TrafficType | Literal["conversational"] | Unset = UNSET,
        service_plan: ServicePlan | Literal["global"] | Unset = UNSET,
        concurrent_call_limit: int | None | Unset = UNSET,
        enabled: bool | Unset = UNSET,
        tags: Sequence[str] | Unset = UNSET,
        usage_payment_method: UsagePaymentMethod | Literal["rate-deck"] | Unset = UNSET,
        whitelisted_destinations: Sequence[str] | Unset = UNSET,
        max_destination_rate: float | Unset = UNSET,
        daily_spend_limit: str | Unset = UNSET,
        daily_spend_limit_enabled: bool | Unset = UNSET,
        call_recording: OutboundCallRecording | OutboundCallRecordingParam | Unset = UNSET,
        billing_group_id: UUID | str | None | Unset = UNSET,
        calling_window: CallingWindow | CallingWindowParam | Unset = UNSET,
        options: RequestOptions | None = None,
    ) -> OutboundVoiceProfile:
        """Update an outbound voice profile.

        Changes the members sent and leaves the others as they are. The name has to be sent every
        time, changed or not.

        Source: telnyx-ovp-legacy:179; telnyx-ovp-current:2-6.

        Args:
            id: The profile's id, as the answer to its creation shows it. Source:
                telnyx-ovp-legacy:108,147; telnyx-ovp-current:14,69-79.
            name: What the account calls the profile; to be sent even when it stays the same. At
                least 3 characters. Source: telnyx-ovp-legacy:188,206;
                telnyx-ovp-current:15,87-96.
            traffic_type: Kind of calls the profile carries: conversations between people, as
                opposed to the very short calls that dialers and notification services make.
                Source: telnyx-ovp-legacy:191,210; telnyx-ovp-current:98-108.
            service_plan: Regions in which calls may end; `global` is everywhere. Source:
                telnyx-ovp-legacy:189,207; telnyx-ovp-current:110-120.
            concurrent_call_limit: How many calls may be up at once, no more than the account as
                a whole may have; null sets no limit. At least 0. Source:
                telnyx-ovp-legacy:183,201; telnyx-ovp-current:122-129; inferred: A number of
                calls is never negative.
            enabled: Whether calls may be placed at all; connections with a disabled profile have
                theirs blocked. Source: telnyx-ovp-legacy:186,204; telnyx-ovp-current:131-139.
            tags: Words of the account's own, to group profiles by. Source:
                telnyx-ovp-legacy:190,208-210; telnyx-ovp-current:141-144.
            usage_payment_method: How calls are charged; `rate-deck` takes the price of the
                number dialled from a price list. Source: telnyx-ovp-legacy:192,211;
                telnyx-ovp-current:145-155.
            whitelisted_destinations: Countries that may be called, as ISO 3166-1 alpha-2 codes
                of two letters; calls elsewhere are refused. Source:
                telnyx-ovp-legacy:193,212-216; telnyx-ovp-current:157-163.
            max_destination_rate: Dearest price per minute at which a call is still let through.
                At least 0. Source: telnyx-ovp-legacy:187,205; telnyx-ovp-current:164-167;
                inferred: A price is never negative.
            daily_spend_limit: Most the calls of a day may cost, in US dollars (USD), as a
                decimal in a string. Matching `^[0-9]+(\\.[0-9]+)?$`. Source:
                telnyx-ovp-legacy:184,202; telnyx-ovp-current:169-176; inferred: An amount of
                money has to be a decimal.
            daily_spend_limit_enabled: Whether the daily limit is enforced; once it is reached no
                further call starts that day. Source: telnyx-ovp-legacy:185,203;
                telnyx-ovp-current:178-186.
            call_recording: Whether, and how, calls are recorded. Source: telnyx-ovp-legacy:182;
                telnyx-ovp-current:188-196.
            billing_group_id: Billing group to charge the calls to; null for none. Source:
                telnyx-ovp-legacy:181,200; telnyx-ovp-current:197-204.
            calling_window: Beta. The hours of the day, in UTC, in which calls may start, and how
                often one number may be called in them. Source: telnyx-ovp-current:206-216.
        """
        return await self._client.call(
            _UPDATE,
            path={
                "id": id,
            },
            body={
                "name": name,
                "traffic_type": traffic_type,
                "service_plan": service_plan,
                "concurrent_call_limit": concurrent_call_limit,
                "enabled": enabled,
                "tags": tags,
                "usage_payment_method": usage_payment_method,
                "whitelisted_destinations": whitelisted_destinations,
                "max_destination_rate": max_destination_rate,
                "daily_spend_limit": daily_spend_limit,
                "daily_spend_limit_enabled": daily_spend_limit_enabled,
                "call_recording": call_recording,
                "billing_group_id": billing_group_id,
                "calling_window": calling_window,
            },
            options=options,
        )

    async def delete(
        self,
        id: str,
        *,
        options: RequestOptions | None = None,
    ) -> OutboundVoiceProfile:
        """Delete an outbound voice profile.

        Removes the profile, and answers what it was.

        Source: telnyx-ovp-legacy:101,108; public: Method and path in the vendor's public API
        description, 2025-12-12.

        Args:
            id: The profile's id, as the answer to its creation shows it. Source:
                telnyx-ovp-legacy:108,147; telnyx-ovp-current:14,69-79.
        """
        return await self._client.call(
            _DELETE,
            path={
                "id": id,
            },
            options=options,
        )
