"""A credential connection is a SIP trunk whose device proves itself with a user name and a
password: it says how calls in and out are set up, encoded, encrypted and reported.
"""

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
from ..models.credential_connections import (
    AnchorsiteOverride,
    ConnectionRtcpSettings,
    CredentialConnection,
    CredentialInbound,
    CredentialOutbound,
    DtmfType,
    EncryptedMedia,
    JitterBuffer,
    ListCredentialConnectionsSort,
    NoiseSuppression,
    NoiseSuppressionDetails,
    RegistrationStatus,
    SipUriCallingPreference,
    WebhookApiVersion,
)
from ..models.shared import ErrorResponse
from ..params.credential_connections import (
    ConnectionRtcpSettingsParam,
    CredentialInboundParam,
    CredentialOutboundParam,
    JitterBufferParam,
    NoiseSuppressionDetailsParam,
)

_ERRORS: Final[Mapping[str, Any]] = {
    "400": ErrorResponse,
    "401": ErrorResponse,
    "403": ErrorResponse,
}
_ERRORS_2: Final[Mapping[str, Any]] = {
    "401": ErrorResponse,
    "403": ErrorResponse,
    "422": ErrorResponse,
}
_ERRORS_3: Final[Mapping[str, Any]] = {
    "400": ErrorResponse,
    "401": ErrorResponse,
    "403": ErrorResponse,
    "404": ErrorResponse,
}
_ERRORS_4: Final[Mapping[str, Any]] = {
    "401": ErrorResponse,
    "403": ErrorResponse,
    "404": ErrorResponse,
    "422": ErrorResponse,
}
_ERRORS_5: Final[Mapping[str, Any]] = {
    "401": ErrorResponse,
    "403": ErrorResponse,
    "404": ErrorResponse,
}
_SECURITY: Final[tuple[Mapping[str, tuple[str, ...]], ...]] = ({"bearerAuth": ()},)

_LIST: Final[Operation[CredentialConnection]] = Operation(
    id="listCredentialConnections",
    method="GET",
    path="/credential_connections",
    responses={"200": CredentialConnection},
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
_CREATE: Final[Operation[CredentialConnection]] = Operation(
    id="createCredentialConnection",
    method="POST",
    path="/credential_connections",
    responses={"201": CredentialConnection},
    errors=_ERRORS_2,
    payload=("data",),
    body="application/json",
    security=_SECURITY,
)
_RETRIEVE: Final[Operation[CredentialConnection]] = Operation(
    id="retrieveCredentialConnection",
    method="GET",
    path="/credential_connections/{id}",
    responses={"200": CredentialConnection},
    errors=_ERRORS_3,
    payload=("data",),
    security=_SECURITY,
)
_UPDATE: Final[Operation[CredentialConnection]] = Operation(
    id="updateCredentialConnection",
    method="PATCH",
    path="/credential_connections/{id}",
    responses={"200": CredentialConnection},
    errors=_ERRORS_4,
    payload=("data",),
    body="application/json",
    security=_SECURITY,
)
_DELETE: Final[Operation[CredentialConnection]] = Operation(
    id="deleteCredentialConnection",
    method="DELETE",
    path="/credential_connections/{id}",
    responses={"200": CredentialConnection},
    errors=_ERRORS_3,
    payload=("data",),
    security=_SECURITY,
)
_CHECK_REGISTRATION: Final[Operation[RegistrationStatus]] = Operation(
    id="checkCredentialConnectionRegistration",
    method="POST",
    path="/credential_connections/{id}/actions/check_registration_status",
    responses={"200": RegistrationStatus},
    errors=_ERRORS_5,
    payload=("data",),
    security=_SECURITY,
)


class CredentialConnections(SyncResource):
    """A credential connection is a SIP trunk whose device proves itself with a user name and a
    password: it says how calls in and out are set up, encoded, encrypted and reported.
    """

    def list(
        self,
        *,
        page_number: int | Unset = UNSET,
        page_size: int | Unset = UNSET,
        filter_connection_name_contains: str | Unset = UNSET,
        filter_outbound_outbound_voice_profile_id: str | Unset = UNSET,
        filter_outbound_voice_profile_id: str | Unset = UNSET,
        filter_fqdn: str | Unset = UNSET,
        sort: ListCredentialConnectionsSort
        | Literal[
            "created_at", "-created_at", "connection_name", "-connection_name", "active", "-active"
        ]
        | Unset = UNSET,
        options: RequestOptions | None = None,
    ) -> Page[CredentialConnection]:
        """List credential connections.

        Answers one page of the account's connections that pass the filters.

        Source: telnyx-cc-legacy:1; public: Method and path in the vendor's public API
        description, 2026-07.

        Args:
            page_number: Which page to answer; the first is 1. At least 1. Default: `1`. Source:
                telnyx-ovp-legacy:7; public: Query parameters in the vendor's public API
                description, 2025-12-12.
            page_size: How many objects a page holds at most. At least 1, at most 250. Default:
                `250`. Source: public: Query parameters of connections in the vendor's public API
                description since 2025-08.
            filter_connection_name_contains: Only connections whose name has this text in it, in
                capitals or not. At least 3 characters. Source: public: Query parameters in the
                vendor's public API description, 2026-07.
            filter_outbound_outbound_voice_profile_id: Only connections whose calls go out under
                this outbound voice profile. Source: public: Query parameters in the vendor's
                public API description, 2026-07.
            filter_outbound_voice_profile_id: The same filter by a shorter name. Source:
                observed: PyPI telnyx 4.189.0 sends this name.
            filter_fqdn: Only connections with this domain name; those of this kind have none.
                Source: public: PyPI telnyx 4.189.0 lists it among the filters of this operation;
                inferred: No object of this kind has a member for a domain name.
            sort: Member to order by, smallest first; a leading `-` turns the order round.
                Without it the newest come first. Source: public: Query parameters in the
                vendor's public API description, 2026-07; public: PyPI telnyx 4.189.0 types the
                three members and says what a leading minus does.
        """
        return self._client.list(
            _LIST,
            query={
                "page[number]": page_number,
                "page[size]": page_size,
                "filter[connection_name][contains]": filter_connection_name_contains,
                "filter[outbound.outbound_voice_profile_id]": filter_outbound_outbound_voice_profile_id,
                "filter[outbound_voice_profile_id]": filter_outbound_voice_profile_id,
                "filter[fqdn]": filter_fqdn,
                "sort": sort,
            },
            options=options,
        )

    def create(
        self,
        *,
        connection_name: str,
        password: str,
        user_name: str,
        active: bool | Unset = UNSET,
        anchorsite_override: AnchorsiteOverride
        | Literal[
            "Latency",
            "Chicago, IL",
            "Ashburn, VA",
            "San Jose, CA",
            "Sydney, Australia",
            "Amsterdam, Netherlands",
            "London, UK",
            "Toronto, Canada",
            "Vancouver, Canada",
            "Frankfurt, Germany",
        ]
        | Unset = UNSET,
        default_on_hold_comfort_noise_enabled: bool | Unset = UNSET,
        dtmf_type: DtmfType | Literal["RFC 2833", "Inband", "SIP INFO"] | Unset = UNSET,
        encode_contact_header_enabled: bool | Unset = UNSET,
        encrypted_media: EncryptedMedia | Literal["SRTP"] | None | Unset = UNSET,
        inbound: CredentialInbound | CredentialInboundParam | Unset = UNSET,
        onnet_t38_passthrough_enabled: bool | Unset = UNSET,
        outbound: CredentialOutbound | CredentialOutboundParam | Unset = UNSET,
        rtcp_settings: ConnectionRtcpSettings | ConnectionRtcpSettingsParam | Unset = UNSET,
        sip_uri_calling_preference: SipUriCallingPreference
        | Literal["disabled", "unrestricted", "internal"]
        | Unset = UNSET,
        webhook_api_version: WebhookApiVersion | Literal["1", "2", "texml"] | Unset = UNSET,
        webhook_event_failover_url: str | None | Unset = UNSET,
        webhook_event_url: str | Unset = UNSET,
        webhook_timeout_secs: int | None | Unset = UNSET,
        tags: Sequence[str] | Unset = UNSET,
        call_cost_in_webhooks: bool | Unset = UNSET,
        android_push_credential_id: str | None | Unset = UNSET,
        ios_push_credential_id: str | None | Unset = UNSET,
        noise_suppression: NoiseSuppression
        | Literal["inbound", "outbound", "both", "disabled"]
        | Unset = UNSET,
        noise_suppression_details: NoiseSuppressionDetails
        | NoiseSuppressionDetailsParam
        | Unset = UNSET,
        jitter_buffer: JitterBuffer | JitterBufferParam | Unset = UNSET,
        bridge_generate_comfort_noise_on_cn: bool | Unset = UNSET,
        options: RequestOptions | None = None,
    ) -> CredentialConnection:
        """Create a credential connection.

        Needs a name, and the user name and password that a SIP device will register with.
        Members left out get their defaults.

        Source: telnyx-cc-legacy:63; public: Method and path in the vendor's public API
        description, 2026-07.

        Args:
            active: Whether calls may pass; an inactive connection takes none and places none.
                Default: `True`. Source: telnyx-cc-legacy:67,266.
            anchorsite_override: Site that media pass through; `Latency` takes the one with the
                shortest round trip. Default: `'Latency'`. Source: telnyx-cc-legacy:68; public:
                The default in the vendor's public API description, 2021.
            connection_name: What the account calls the connection. Source: telnyx-cc-legacy:69;
                public: The vendor's public API description, 2026-07, requires it.
            default_on_hold_comfort_noise_enabled: Whether the network plays comfort noise while
                a call is on hold. Without it the holding side has to send something itself, or
                the media stream is taken for dead. Default: `False`. Source:
                telnyx-cc-legacy:70,270.
            dtmf_type: How keys pressed during a call (DTMF) are sent to the device: as events in
                the media stream (RFC 2833), as tones in the voice (Inband), or as SIP messages.
                All three are understood in the other direction. Default: `'RFC 2833'`. Source:
                telnyx-cc-legacy:71; public: The default in the vendor's public API description,
                2021.
            encode_contact_header_enabled: Whether the `Contact` header of SIP messages sent to
                the device is encoded, so that routers which rewrite addresses (NAT, ALG) leave
                it alone. Default: `False`. Source: telnyx-cc-legacy:72,272.
            encrypted_media: Encryption of the media stream; SRTP takes its keys from the
                signalling, null sends in clear. Needs signalling over TLS. Default: `None`.
                Source: telnyx-cc-legacy:73; inferred: Media is in clear until encryption is
                asked for.
            inbound: How calls towards the SIP device are treated. Source:
                telnyx-cc-legacy:74-87.
            onnet_t38_passthrough_enabled: Whether two parties on the network settle fax over IP
                (T.38) between themselves; otherwise the network may use T.38 on one leg of the
                call only. Default: `False`. Source: telnyx-cc-legacy:87,275.
            outbound: How calls that the SIP device places are treated. Source:
                telnyx-cc-legacy:88-97.
            password: Password that the SIP device registers with, 8 to 128 characters. At least
                8 characters, at most 128 characters. Source: telnyx-cc-legacy:97,277; public:
                The vendor's public API description, 2026-07, requires it.
            rtcp_settings: How quality reports on the media stream (RTCP) are exchanged. Source:
                telnyx-cc-legacy:98-102.
            sip_uri_calling_preference: Who may call the device by its SIP address: nobody,
                everybody (unrestricted), or the account's own connections (internal). Default:
                `'disabled'`. Source: telnyx-cc-legacy:102,279.
            user_name: Name that the SIP device registers with: 4 to 32 letters and digits. One
                of the first five is a letter. At least 4 characters, at most 32 characters,
                matching `^[0-9]{0,4}[A-Za-z][A-Za-z0-9]*$`. Source: telnyx-cc-legacy:103,280;
                public: The vendor's public API description, 2026-07, requires it; public: PyPI
                telnyx 4.189.0 says: one of the first five characters is a letter.
            webhook_api_version: Format of the events that are sent about calls, of version 1 or
                2 of the API, or as TeXML asks for them. Default: `'1'`. Source:
                telnyx-cc-legacy:104,281.
            webhook_event_failover_url: Where events about calls are sent when the main address
                fails; with its scheme, such as https. Default: `None`. Source: inferred: The
                document's default, an empty text, is no address; null says the same; public:
                PyPI telnyx 4.189.0 sends and takes null; public: PyPI telnyx 4.189.0 sends it
                when creating.
            webhook_event_url: Where events about calls are sent; with its scheme, such as https.
                Source: public: PyPI telnyx 4.189.0 sends it when creating.
            webhook_timeout_secs: Seconds to wait for the answer to an event before it counts as
                failed; null leaves it to the service. At least 0, at most 30. Default: `None`.
                Source: telnyx-cc-legacy:105,284.
            tags: Words of the account's own, to group connections by. Default: `[]`. Source:
                public: The vendor's public API description, 2026-08, and PyPI telnyx 4.189.0
                have it; inferred: A connection that was given no tags has none.
            call_cost_in_webhooks: Whether events about calls say what the call cost. Default:
                `False`. Source: public: The vendor's public API description, 2026-08, and PyPI
                telnyx 4.189.0 have it.
            android_push_credential_id: Credential by which Android devices are woken for a call;
                null for none. Default: `None`. Source: public: The vendor's public API
                description, 2026-08, and PyPI telnyx 4.189.0 have it.
            ios_push_credential_id: Credential by which iOS devices are woken for a call; null
                for none. Default: `None`. Source: public: The vendor's public API description,
                2026-08, and PyPI telnyx 4.189.0 have it.
            noise_suppression: In which direction of a call noise is taken out. Source: public:
                The vendor's public API description, 2026-08, and PyPI telnyx 4.189.0 have it.
            noise_suppression_details: How noise is taken out. Source: public: The vendor's
                public API description, 2026-08, and PyPI telnyx 4.189.0 have it.
            jitter_buffer: How long media is held back so that late packets still find their
                place. Source: public: The vendor's public API description, 2026-08, and PyPI
                telnyx 4.189.0 have it.
            bridge_generate_comfort_noise_on_cn: Whether silence is sent to one side of a bridged
                call while the other side, on hold, sends comfort-noise packets only. Default:
                `False`. Source: public: PyPI telnyx 4.189.0 sends it and has it in answers.
        """
        return self._client.call(
            _CREATE,
            body={
                "active": active,
                "anchorsite_override": anchorsite_override,
                "connection_name": connection_name,
                "default_on_hold_comfort_noise_enabled": default_on_hold_comfort_noise_enabled,
                "dtmf_type": dtmf_type,
                "encode_contact_header_enabled": encode_contact_header_enabled,
                "encrypted_media": encrypted_media,
                "inbound": inbound,
                "onnet_t38_passthrough_enabled": onnet_t38_passthrough_enabled,
                "outbound": outbound,
                "password": password,
                "rtcp_settings": rtcp_settings,
                "sip_uri_calling_preference": sip_uri_calling_preference,
                "user_name": user_name,
                "webhook_api_version": webhook_api_version,
                "webhook_event_failover_url": webhook_event_failover_url,
                "webhook_event_url": webhook_event_url,
                "webhook_timeout_secs": webhook_timeout_secs,
                "tags": tags,
                "call_cost_in_webhooks": call_cost_in_webhooks,
                "android_push_credential_id": android_push_credential_id,
                "ios_push_credential_id": ios_push_credential_id,
                "noise_suppression": noise_suppression,
                "noise_suppression_details": noise_suppression_details,
                "jitter_buffer": jitter_buffer,
                "bridge_generate_comfort_noise_on_cn": bridge_generate_comfort_noise_on_cn,
            },
            options=options,
        )

    def retrieve(
        self,
        id: str,
        *,
        options: RequestOptions | None = None,
    ) -> CredentialConnection:
        """Retrieve a credential connection.

        Answers the connection as it stands now.

        Source: telnyx-cc-legacy:209,216; public: Method and path in the vendor's public API
        description, 2026-07.

        Args:
            id: The connection's id, as the answer to its creation shows it. Source:
                telnyx-cc-legacy:161,216; public: Path parameter in the vendor's public API
                description, 2026-07.
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
        active: bool | Unset = UNSET,
        anchorsite_override: AnchorsiteOverride
        | Literal[
            "Latency",
            "Chicago, IL",
            "Ashburn, VA",
            "San Jose, CA",
            "Sydney, Australia",
            "Amsterdam, Netherlands",
            "London, UK",
            "Toronto, Canada",
            "Vancouver, Canada",
            "Frankfurt, Germany",
        ]
        | Unset = UNSET,
        connection_name: str | Unset = UNSET,
        default_on_hold_comfort_noise_enabled: bool | Unset = UNSET,
        dtmf_type: DtmfType | Literal["RFC 2833", "Inband", "SIP INFO"] | Unset = UNSET,
        encode_contact_header_enabled: bool | Unset = UNSET,
        encrypted_media: EncryptedMedia | Literal["SRTP"] | None | Unset = UNSET,
        inbound: CredentialInbound | CredentialInboundParam | Unset = UNSET,
        onnet_t38_passthrough_enabled: bool | Unset = UNSET,
        outbound: CredentialOutbound | CredentialOutboundParam | Unset = UNSET,
        password: str | Unset = UNSET,
        rtcp_settings: ConnectionRtcpSettings | ConnectionRtcpSettingsParam | Unset = UNSET,
        sip_uri_calling_preference: SipUriCallingPreference
        | Literal["disabled", "unrestricted", "internal"]
        | Unset = UNSET,
        user_name: str | Unset = UNSET,
        webhook_api_version: WebhookApiVersion | Literal["1", "2", "texml"] | Unset = UNSET,
        webhook_event_failover_url: str | None | Unset = UNSET,
        webhook_event_url: str | Unset = UNSET,
        webhook_timeout_secs: int | None | Unset = UNSET,
        tags: Sequence[str] | Unset = UNSET,
        call_cost_in_webhooks: bool | Unset = UNSET,
        android_push_credential_id: str | None | Unset = UNSET,
        ios_push_credential_id: str | None | Unset = UNSET,
        noise_suppression: NoiseSuppression
        | Literal["inbound", "outbound", "both", "disabled"]
        | Unset = UNSET,
        noise_suppression_details: NoiseSuppressionDetails
        | NoiseSuppressionDetailsParam
        | Unset = UNSET,
        jitter_buffer: JitterBuffer | JitterBufferParam | Unset = UNSET,
        bridge_generate_comfort_noise_on_cn: bool | Unset = UNSET,
        conversation_persistence: bool | Unset = UNSET,
        options: RequestOptions | None = None,
    ) -> CredentialConnection:
        """Update a credential connection.

        Changes the members sent and leaves the others as they are.

        Source: telnyx-cc-legacy:264; public: Method and path in the vendor's public API
        description, 2026-07.

        Args:
            id: The connection's id, as the answer to its creation shows it. Source:
                telnyx-cc-legacy:161,216; public: Path parameter in the vendor's public API
                description, 2026-07.
            active: Whether calls may pass; an inactive connection takes none and places none.
                Source: telnyx-cc-legacy:266,291.
            anchorsite_override: Site that media pass through; `Latency` takes the one with the
                shortest round trip. Source: telnyx-cc-legacy:267-268,292.
            connection_name: What the account calls the connection. Source:
                telnyx-cc-legacy:269,293.
            default_on_hold_comfort_noise_enabled: Whether the network plays comfort noise while
                a call is on hold. Without it the holding side has to send something itself, or
                the media stream is taken for dead. Source: telnyx-cc-legacy:270,294.
            dtmf_type: How keys pressed during a call (DTMF) are sent to the device: as events in
                the media stream (RFC 2833), as tones in the voice (Inband), or as SIP messages.
                All three are understood in the other direction. Source:
                telnyx-cc-legacy:271,295.
            encode_contact_header_enabled: Whether the `Contact` header of SIP messages sent to
                the device is encoded, so that routers which rewrite addresses (NAT, ALG) leave
                it alone. Source: telnyx-cc-legacy:272,296.
            encrypted_media: Encryption of the media stream; SRTP takes its keys from the
                signalling, null sends in clear. Needs signalling over TLS. Source:
                telnyx-cc-legacy:273,297.
            inbound: How calls towards the SIP device are treated. Source:
                telnyx-cc-legacy:274,298-311.
            onnet_t38_passthrough_enabled: Whether two parties on the network settle fax over IP
                (T.38) between themselves; otherwise the network may use T.38 on one leg of the
                call only. Source: telnyx-cc-legacy:275,311.
            outbound: How calls that the SIP device places are treated. Source:
                telnyx-cc-legacy:276,312-321.
            password: Password that the SIP device registers with, 8 to 128 characters. At least
                8 characters, at most 128 characters. Source: telnyx-cc-legacy:277,321.
            rtcp_settings: How quality reports on the media stream (RTCP) are exchanged. Source:
                telnyx-cc-legacy:278,322-326.
            sip_uri_calling_preference: Who may call the device by its SIP address: nobody,
                everybody (unrestricted), or the account's own connections (internal). Source:
                telnyx-cc-legacy:279,326.
            user_name: Name that the SIP device registers with: 4 to 32 letters and digits. One
                of the first five is a letter. At least 4 characters, at most 32 characters,
                matching `^[0-9]{0,4}[A-Za-z][A-Za-z0-9]*$`. Source: telnyx-cc-legacy:280,327;
                public: PyPI telnyx 4.189.0 says: one of the first five characters is a letter.
            webhook_api_version: Format of the events that are sent about calls, of version 1 or
                2 of the API, or as TeXML asks for them. Source: telnyx-cc-legacy:281,328.
            webhook_event_failover_url: Where events about calls are sent when the main address
                fails; with its scheme, such as https. Source: telnyx-cc-legacy:282; public: PyPI
                telnyx 4.189.0 sends and takes null.
            webhook_event_url: Where events about calls are sent; with its scheme, such as https.
                Source: telnyx-cc-legacy:283.
            webhook_timeout_secs: Seconds to wait for the answer to an event before it counts as
                failed; null leaves it to the service. At least 0, at most 30. Source:
                telnyx-cc-legacy:284,329.
            tags: Words of the account's own, to group connections by. Source: public: The
                vendor's public API description, 2026-08, and PyPI telnyx 4.189.0 have it.
            call_cost_in_webhooks: Whether events about calls say what the call cost. Source:
                public: The vendor's public API description, 2026-08, and PyPI telnyx 4.189.0
                have it.
            android_push_credential_id: Credential by which Android devices are woken for a call;
                null for none. Source: public: The vendor's public API description, 2026-08, and
                PyPI telnyx 4.189.0 have it.
            ios_push_credential_id: Credential by which iOS devices are woken for a call; null
                for none. Source: public: The vendor's public API description, 2026-08, and PyPI
                telnyx 4.189.0 have it.
            noise_suppression: In which direction of a call noise is taken out. Source: public:
                The vendor's public API description, 2026-08, and PyPI telnyx 4.189.0 have it.
            noise_suppression_details: How noise is taken out. Source: public: The vendor's
                public API description, 2026-08, and PyPI telnyx 4.189.0 have it.
            jitter_buffer: How long media is held back so that late packets still find their
                place. Source: public: The vendor's public API description, 2026-08, and PyPI
                telnyx 4.189.0 have it.
            bridge_generate_comfort_noise_on_cn: Whether silence is sent to one side of a bridged
                call while the other side, on hold, sends comfort-noise packets only. Source:
                public: PyPI telnyx 4.189.0 sends it and has it in answers.
            conversation_persistence: Whether what is said in calls is written down, kept and
                made searchable. Source: public: PyPI telnyx 4.189.0 has it in answers, and sends
                it when updating.
        """
        return self._client.call(
            _UPDATE,
            path={
                "id": id,
            },
            body={
                "active": active,
                "anchorsite_override": anchorsite_override,
                "connection_name": connection_name,
                "default_on_hold_comfort_noise_enabled": default_on_hold_comfort_noise_enabled,
                "dtmf_type": dtmf_type,
                "encode_contact_header_enabled": encode_contact_header_enabled,
                "encrypted_media": encrypted_media,
                "inbound": inbound,
                "onnet_t38_passthrough_enabled": onnet_t38_passthrough_enabled,
                "outbound": outbound,
                "password": password,
                "rtcp_settings": rtcp_settings,
                "sip_uri_calling_preference": sip_uri_calling_preference,
                "user_name": user_name,
                "webhook_api_version": webhook_api_version,
                "webhook_event_failover_url": webhook_event_failover_url,
                "webhook_event_url": webhook_event_url,
                "webhook_timeout_secs": webhook_timeout_secs,
                "tags": tags,
                "call_cost_in_webhooks": call_cost_in_webhooks,
                "android_push_credential_id": android_push_credential_id,
                "ios_push_credential_id": ios_push_credential_id,
                "noise_suppression": noise_suppression,
                "noise_suppression_details": noise_suppression_details,
                "jitter_buffer": jitter_buffer,
                "bridge_generate_comfort_noise_on_cn": bridge_generate_comfort_noise_on_cn,
                "conversation_persistence": conversation_persistence,
            },
            options=options,
        )

    def delete(
        self,
        id: str,
        *,
        options: RequestOptions | None = None,
    ) -> CredentialConnection:
        """Delete a credential connection.

        Removes the connection, and answers what it was.

        Source: telnyx-cc-legacy:154,161; public: Method and path in the vendor's public API
        description, 2026-07.

        Args:
            id: The connection's id, as the answer to its creation shows it. Source:
                telnyx-cc-legacy:161,216; public: Path parameter in the vendor's public API
                description, 2026-07.
        """
        return self._client.call(
            _DELETE,
            path={
                "id": id,
            },
            options=options,
        )

    def check_registration(
        self,
        id: str,
        *,
        options: RequestOptions | None = None,
    ) -> RegistrationStatus:
        """Check a connection's registration.

        Tells whether a SIP device is registered with the connection at this moment, and what is
        known of it.

        Source: public: Method, path and answer in PyPI telnyx 4.189.0, 2026-08.

        Args:
            id: The connection's id, as the answer to its creation shows it. Source:
                telnyx-cc-legacy:161,216; public: Path parameter in the vendor's public API
                description, 2026-07.
        """
        return self._client.call(
            _CHECK_REGISTRATION,
            path={
                "id": id,
            },
            options=options,
        )


class AsyncCredentialConnections(AsyncResource):
    """A credential connection is a SIP trunk whose device proves itself with a user name and a
    password: it says how calls in and out are set up, encoded, encrypted and reported.
    """

    def list(
        self,
        *,
        page_number: int | Unset = UNSET,
        page_size: int | Unset = UNSET,
        filter_connection_name_contains: str | Unset = UNSET,
        filter_outbound_outbound_voice_profile_id: str | Unset = UNSET,
        filter_outbound_voice_profile_id: str | Unset = UNSET,
        filter_fqdn: str | Unset = UNSET,
        sort: ListCredentialConnectionsSort
        | Literal[
            "created_at", "-created_at", "connection_name", "-connection_name", "active", "-active"
        ]
        | Unset = UNSET,
        options: RequestOptions | None = None,
    ) -> AsyncPager[CredentialConnection]:
        """List credential connections.

        Answers one page of the account's connections that pass the filters.

        Source: telnyx-cc-legacy:1; public: Method and path in the vendor's public API
        description, 2026-07.

        Args:
            page_number: Which page to answer; the first is 1. At least 1. Default: `1`. Source:
                telnyx-ovp-legacy:7; public: Query parameters in the vendor's public API
                description, 2025-12-12.
            page_size: How many objects a page holds at most. At least 1, at most 250. Default:
                `250`. Source: public: Query parameters of connections in the vendor's public API
                description since 2025-08.
            filter_connection_name_contains: Only connections whose name has this text in it, in
                capitals or not. At least 3 characters. Source: public: Query parameters in the
                vendor's public API description, 2026-07.
            filter_outbound_outbound_voice_profile_id: Only connections whose calls go out under
                this outbound voice profile. Source: public: Query parameters in the vendor's
                public API description, 2026-07.
            filter_outbound_voice_profile_id: The same filter by a shorter name. Source:
                observed: PyPI telnyx 4.189.0 sends this name.
            filter_fqdn: Only connections with this domain name; those of this kind have none.
                Source: public: PyPI telnyx 4.189.0 lists it among the filters of this operation;
                inferred: No object of this kind has a member for a domain name.
            sort: Member to order by, smallest first; a leading `-` turns the order round.
                Without it the newest come first. Source: public: Query parameters in the
                vendor's public API description, 2026-07; public: PyPI telnyx 4.189.0 types the
                three members and says what a leading minus does.
        """
        return self._client.list(
            _LIST,
            query={
                "page[number]": page_number,
                "page[size]": page_size,
                "filter[connection_name][contains]": filter_connection_name_contains,
                "filter[outbound.outbound_voice_profile_id]": filter_outbound_outbound_voice_profile_id,
                "filter[outbound_voice_profile_id]": filter_outbound_voice_profile_id,
                "filter[fqdn]": filter_fqdn,
                "sort": sort,
            },
            options=options,
        )

    async def create(
        self,
        *,
        connection_name: str,
        password: str,
        user_name: str,
        active: bool | Unset = UNSET,
        anchorsite_override: AnchorsiteOverride
        | Literal[
            "Latency",
            "Chicago, IL",
            "Ashburn, VA",
            "San Jose, CA",
            "Sydney, Australia",
            "Amsterdam, Netherlands",
            "London, UK",
            "Toronto, Canada",
            "Vancouver, Canada",
            "Frankfurt, Germany",
        ]
        | Unset = UNSET,
        default_on_hold_comfort_noise_enabled: bool | Unset = UNSET,
        dtmf_type: DtmfType | Literal["RFC 2833", "Inband", "SIP INFO"] | Unset = UNSET,
        encode_contact_header_enabled: bool | Unset = UNSET,
        encrypted_media: EncryptedMedia | Literal["SRTP"] | None | Unset = UNSET,
        inbound: CredentialInbound | CredentialInboundParam | Unset = UNSET,
        onnet_t38_passthrough_enabled: bool | Unset = UNSET,
        outbound: CredentialOutbound | CredentialOutboundParam | Unset = UNSET,
        rtcp_settings: ConnectionRtcpSettings | ConnectionRtcpSettingsParam | Unset = UNSET,
        sip_uri_calling_preference: SipUriCallingPreference
        | Literal["disabled", "unrestricted", "internal"]
        | Unset = UNSET,
        webhook_api_version: WebhookApiVersion | Literal["1", "2", "texml"] | Unset = UNSET,
        webhook_event_failover_url: str | None | Unset = UNSET,
        webhook_event_url: str | Unset = UNSET,
        webhook_timeout_secs: int | None | Unset = UNSET,
        tags: Sequence[str] | Unset = UNSET,
        call_cost_in_webhooks: bool | Unset = UNSET,
        android_push_credential_id: str | None | Unset = UNSET,
        ios_push_credential_id: str | None | Unset = UNSET,
        noise_suppression: NoiseSuppression
        | Literal["inbound", "outbound", "both", "disabled"]
        | Unset = UNSET,
        noise_suppression_details: NoiseSuppressionDetails
        | NoiseSuppressionDetailsParam
        | Unset = UNSET,
        jitter_buffer: JitterBuffer | JitterBufferParam | Unset = UNSET,
        bridge_generate_comfort_noise_on_cn: bool | Unset = UNSET,
        options: RequestOptions | None = None,
    ) -> CredentialConnection:
        """Create a credential connection.

        Needs a name, and the user name and password that a SIP device will register with.
        Members left out get their defaults.

        Source: telnyx-cc-legacy:63; public: Method and path in the vendor's public API
        description, 2026-07.

        Args:
            active: Whether calls may pass; an inactive connection takes none and places none.
                Default: `True`. Source: telnyx-cc-legacy:67,266.
            anchorsite_override: Site that media pass through; `Latency` takes the one with the
                shortest round trip. Default: `'Latency'`. Source: telnyx-cc-legacy:68; public:
                The default in the vendor's public API description, 2021.
            connection_name: What the account calls the connection. Source: telnyx-cc-legacy:69;
                public: The vendor's public API description, 2026-07, requires it.
            default_on_hold_comfort_noise_enabled: Whether the network plays comfort noise while
                a call is on hold. Without it the holding side has to send something itself, or
                the media stream is taken for dead. Default: `False`. Source:
                telnyx-cc-legacy:70,270.
            dtmf_type: How keys pressed during a call (DTMF) are sent to the device: as events in
                the media stream (RFC 2833), as tones in the voice (Inband), or as SIP messages.
                All three are understood in the other direction. Default: `'RFC 2833'`. Source:
                telnyx-cc-legacy:71; public: The default in the vendor's public API description,
                2021.
            encode_contact_header_enabled: Whether the `Contact` header of SIP messages sent to
                the device is encoded, so that routers which rewrite addresses (NAT, ALG) leave
                it alone. Default: `False`. Source: telnyx-cc-legacy:72,272.
            encrypted_media: Encryption of the media stream; SRTP takes its keys from the
                signalling, null sends in clear. Needs signalling over TLS. Default: `None`.
                Source: telnyx-cc-legacy:73; inferred: Media is in clear until encryption is
                asked for.
            inbound: How calls towards the SIP device are treated. Source:
                telnyx-cc-legacy:74-87.
            onnet_t38_passthrough_enabled: Whether two parties on the network settle fax over IP
                (T.38) between themselves; otherwise the network may use T.38 on one leg of the
                call only. Default: `False`. Source: telnyx-cc-legacy:87,275.
            outbound: How calls that the SIP device places are treated. Source:
                telnyx-cc-legacy:88-97.
            password: Password that the SIP device registers with, 8 to 128 characters. At least
                8 characters, at most 128 characters. Source: telnyx-cc-legacy:97,277; public:
                The vendor's public API description, 2026-07, requires it.
            rtcp_settings: How quality reports on the media stream (RTCP) are exchanged. Source:
                telnyx-cc-legacy:98-102.
            sip_uri_calling_preference: Who may call the device by its SIP address: nobody,
                everybody (unrestricted), or the account's own connections (internal). Default:
                `'disabled'`. Source: telnyx-cc-legacy:102,279.
            user_name: Name that the SIP device registers with: 4 to 32 letters and digits. One
                of the first five is a letter. At least 4 characters, at most 32 characters,
                matching `^[0-9]{0,4}[A-Za-z][A-Za-z0-9]*$`. Source: telnyx-cc-legacy:103,280;
                public: The vendor's public API description, 2026-07, requires it; public: PyPI
                telnyx 4.189.0 says: one of the first five characters is a letter.
            webhook_api_version: Format of the events that are sent about calls, of version 1 or
                2 of the API, or as TeXML asks for them. Default: `'1'`. Source:
                telnyx-cc-legacy:104,281.
            webhook_event_failover_url: Where events about calls are sent when the main address
                fails; with its scheme, such as https. Default: `None`. Source: inferred: The
                document's default, an empty text, is no address; null says the same; public:
                PyPI telnyx 4.189.0 sends and takes null; public: PyPI telnyx 4.189.0 sends it
                when creating.
            webhook_event_url: Where events about calls are sent; with its scheme, such as https.
                Source: public: PyPI telnyx 4.189.0 sends it when creating.
            webhook_timeout_secs: Seconds to wait for the answer to an event before it counts as
                failed; null leaves it to the service. At least 0, at most 30. Default: `None`.
                Source: telnyx-cc-legacy:105,284.
            tags: Words of the account's own, to group connections by. Default: `[]`. Source:
                public: The vendor's public API description, 2026-08, and PyPI telnyx 4.189.0
                have it; inferred: A connection that was given no tags has none.
            call_cost_in_webhooks: Whether events about calls say what the call cost. Default:
                `False`. Source: public: The vendor's public API description, 2026-08, and PyPI
                telnyx 4.189.0 have it.
            android_push_credential_id: Credential by which Android devices are woken for a call;
                null for none. Default: `None`. Source: public: The vendor's public API
                description, 2026-08, and PyPI telnyx 4.189.0 have it.
            ios_push_credential_id: Credential by which iOS devices are woken for a call; null
                for none. Default: `None`. Source: public: The vendor's public API description,
                2026-08, and PyPI telnyx 4.189.0 have it.
            noise_suppression: In which direction of a call noise is taken out. Source: public:
                The vendor's public API description, 2026-08, and PyPI telnyx 4.189.0 have it.
            noise_suppression_details: How noise is taken out. Source: public: The vendor's
                public API description, 2026-08, and PyPI telnyx 4.189.0 have it.
            jitter_buffer: How long media is held back so that late packets still find their
                place. Source: public: The vendor's public API description, 2026-08, and PyPI
                telnyx 4.189.0 have it.
            bridge_generate_comfort_noise_on_cn: Whether silence is sent to one side of a bridged
                call while the other side, on hold, sends comfort-noise packets only. Default:
                `False`. Source: public: PyPI telnyx 4.189.0 sends it and has it in answers.
        """
        return await self._client.call(
            _CREATE,
            body={
                "active": active,
                "anchorsite_override": anchorsite_override,
                "connection_name": connection_name,
                "default_on_hold_comfort_noise_enabled": default_on_hold_comfort_noise_enabled,
                "dtmf_type": dtmf_type,
                "encode_contact_header_enabled": encode_contact_header_enabled,
                "encrypted_media": encrypted_media,
                "inbound": inbound,
                "onnet_t38_passthrough_enabled": onnet_t38_passthrough_enabled,
                "outbound": outbound,
                "password": password,
                "rtcp_settings": rtcp_settings,
                "sip_uri_calling_preference": sip_uri_calling_preference,
                "user_name": user_name,
                "webhook_api_version": webhook_api_version,
                "webhook_event_failover_url": webhook_event_failover_url,
                "webhook_event_url": webhook_event_url,
                "webhook_timeout_secs": webhook_timeout_secs,
                "tags": tags,
                "call_cost_in_webhooks": call_cost_in_webhooks,
                "android_push_credential_id": android_push_credential_id,
                "ios_push_credential_id": ios_push_credential_id,
                "noise_suppression": noise_suppression,
                "noise_suppression_details": noise_suppression_details,
                "jitter_buffer": jitter_buffer,
                "bridge_generate_comfort_noise_on_cn": bridge_generate_comfort_noise_on_cn,
            },
            options=options,
        )

    async def retrieve(
        self,
        id: str,
        *,
        options: RequestOptions | None = None,
    ) -> CredentialConnection:
        """Retrieve a credential connection.

        Answers the connection as it stands now.

        Source: telnyx-cc-legacy:209,216; public: Method and path in the vendor's public API
        description, 2026-07.

        Args:
            id: The connection's id, as the answer to its creation shows it. Source:
                telnyx-cc-legacy:161,216; public: Path parameter in the vendor's public API
                description, 2026-07.
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
        active: bool | Unset = UNSET,
        anchorsite_override: AnchorsiteOverride
        | Literal[
            "Latency",
            "Chicago, IL",
            "Ashburn, VA",
            "San Jose, CA",
            "Sydney, Australia",
            "Amsterdam, Netherlands",
            "London, UK",
            "Toronto, Canada",
            "Vancouver, Canada",
            "Frankfurt, Germany",
        ]
        | Unset = UNSET,
        connection_name: str | Unset = UNSET,
        default_on_hold_comfort_noise_enabled: bool | Unset = UNSET,
        dtmf_type: DtmfType | Literal["RFC 2833", "Inband", "SIP INFO"] | Unset = UNSET,
        encode_contact_header_enabled: bool | Unset = UNSET,
        encrypted_media: EncryptedMedia | Literal["SRTP"] | None | Unset = UNSET,
        inbound: CredentialInbound | CredentialInboundParam | Unset = UNSET,
        onnet_t38_passthrough_enabled: bool | Unset = UNSET,
        outbound: CredentialOutbound | CredentialOutboundParam | Unset = UNSET,
        password: str | Unset = UNSET,
        rtcp_settings: ConnectionRtcpSettings | ConnectionRtcpSettingsParam | Unset = UNSET,
        sip_uri_calling_preference: SipUriCallingPreference
        | Literal["disabled", "unrestricted", "internal"]
        | Unset = UNSET,
        user_name: str | Unset = UNSET,
        webhook_api_version: WebhookApiVersion | Literal["1", "2", "texml"] | Unset = UNSET,
        webhook_event_failover_url: str | None | Unset = UNSET,
        webhook_event_url: str | Unset = UNSET,
        webhook_timeout_secs: int | None | Unset = UNSET,
        tags: Sequence[str] | Unset = UNSET,
        call_cost_in_webhooks: bool | Unset = UNSET,
        android_push_credential_id: str | None | Unset = UNSET,
        ios_push_credential_id: str | None | Unset = UNSET,
        noise_suppression: NoiseSuppression
        | Literal["inbound", "outbound", "both", "disabled"]
        | Unset = UNSET,
        noise_suppression_details: NoiseSuppressionDetails
        | NoiseSuppressionDetailsParam
        | Unset = UNSET,
        jitter_buffer: JitterBuffer | JitterBufferParam | Unset = UNSET,
        bridge_generate_comfort_noise_on_cn: bool | Unset = UNSET,
        conversation_persistence: bool | Unset = UNSET,
        options: RequestOptions | None = None,
    ) -> CredentialConnection:
        """Update a credential connection.

        Changes the members sent and leaves the others as they are.

        Source: telnyx-cc-legacy:264; public: Method and path in the vendor's public API
        description, 2026-07.

        Args:
            id: The connection's id, as the answer to its creation shows it. Source:
                telnyx-cc-legacy:161,216; public: Path parameter in the vendor's public API
                description, 2026-07.
            active: Whether calls may pass; an inactive connection takes none and places none.
                Source: telnyx-cc-legacy:266,291.
            anchorsite_override: Site that media pass through; `Latency` takes the one with the
                shortest round trip. Source: telnyx-cc-legacy:267-268,292.
            connection_name: What the account calls the connection. Source:
                telnyx-cc-legacy:269,293.
            default_on_hold_comfort_noise_enabled: Whether the network plays comfort noise while
                a call is on hold. Without it the holding side has to send something itself, or
                the media stream is taken for dead. Source: telnyx-cc-legacy:270,294.
            dtmf_type: How keys pressed during a call (DTMF) are sent to the device: as events in
                the media stream (RFC 2833), as tones in the voice (Inband), or as SIP messages.
                All three are understood in the other direction. Source:
                telnyx-cc-legacy:271,295.
            encode_contact_header_enabled: Whether the `Contact` header of SIP messages sent to
                the device is encoded, so that routers which rewrite addresses (NAT, ALG) leave
                it alone. Source: telnyx-cc-legacy:272,296.
            encrypted_media: Encryption of the media stream; SRTP takes its keys from the
                signalling, null sends in clear. Needs signalling over TLS. Source:
                telnyx-cc-legacy:273,297.
            inbound: How calls towards the SIP device are treated. Source:
                telnyx-cc-legacy:274,298-311.
            onnet_t38_passthrough_enabled: Whether two parties on the network settle fax over IP
                (T.38) between themselves; otherwise the network may use T.38 on one leg of the
                call only. Source: telnyx-cc-legacy:275,311.
            outbound: How calls that the SIP device places are treated. Source:
                telnyx-cc-legacy:276,312-321.
            password: Password that the SIP device registers with, 8 to 128 characters. At least
                8 characters, at most 128 characters. Source: telnyx-cc-legacy:277,321.
            rtcp_settings: How quality reports on the media stream (RTCP) are exchanged. Source:
                telnyx-cc-legacy:278,322-326.
            sip_uri_calling_preference: Who may call the device by its SIP address: nobody,
                everybody (unrestricted), or the account's own connections (internal). Source:
                telnyx-cc-legacy:279,326.
            user_name: Name that the SIP device registers with: 4 to 32 letters and digits. One
                of the first five is a letter. At least 4 characters, at most 32 characters,
                matching `^[0-9]{0,4}[A-Za-z][A-Za-z0-9]*$`. Source: telnyx-cc-legacy:280,327;
                public: PyPI telnyx 4.189.0 says: one of the first five characters is a letter.
            webhook_api_version: Format of the events that are sent about calls, of version 1 or
                2 of the API, or as TeXML asks for them. Source: telnyx-cc-legacy:281,328.
            webhook_event_failover_url: Where events about calls are sent when the main address
                fails; with its scheme, such as https. Source: telnyx-cc-legacy:282; public: PyPI
                telnyx 4.189.0 sends and takes null.
            webhook_event_url: Where events about calls are sent; with its scheme, such as https.
                Source: telnyx-cc-legacy:283.
            webhook_timeout_secs: Seconds to wait for the answer to an event before it counts as
                failed; null leaves it to the service. At least 0, at most 30. Source:
                telnyx-cc-legacy:284,329.
            tags: Words of the account's own, to group connections by. Source: public: The
                vendor's public API description, 2026-08, and PyPI telnyx 4.189.0 have it.
            call_cost_in_webhooks: Whether events about calls say what the call cost. Source:
                public: The vendor's public API description, 2026-08, and PyPI telnyx 4.189.0
                have it.
            android_push_credential_id: Credential by which Android devices are woken for a call;
                null for none. Source: public: The vendor's public API description, 2026-08, and
                PyPI telnyx 4.189.0 have it.
            ios_push_credential_id: Credential by which iOS devices are woken for a call; null
                for none. Source: public: The vendor's public API description, 2026-08, and PyPI
                telnyx 4.189.0 have it.
            noise_suppression: In which direction of a call noise is taken out. Source: public:
                The vendor's public API description, 2026-08, and PyPI telnyx 4.189.0 have it.
            noise_suppression_details: How noise is taken out. Source: public: The vendor's
                public API description, 2026-08, and PyPI telnyx 4.189.0 have it.
            jitter_buffer: How long media is held back so that late packets still find their
                place. Source: public: The vendor's public API description, 2026-08, and PyPI
                telnyx 4.189.0 have it.
            bridge_generate_comfort_noise_on_cn: Whether silence is sent to one side of a bridged
                call while the other side, on hold, sends comfort-noise packets only. Source:
                public: PyPI telnyx 4.189.0 sends it and has it in answers.
            conversation_persistence: Whether what is said in calls is written down, kept and
                made searchable. Source: public: PyPI telnyx 4.189.0 has it in answers, and sends
                it when updating.
        """
        return await self._client.call(
            _UPDATE,
            path={
                "id": id,
            },
            body={
                "active": active,
                "anchorsite_override": anchorsite_override,
                "connection_name": connection_name,
                "default_on_hold_comfort_noise_enabled": default_on_hold_comfort_noise_enabled,
                "dtmf_type": dtmf_type,
                "encode_contact_header_enabled": encode_contact_header_enabled,
                "encrypted_media": encrypted_media,
                "inbound": inbound,
                "onnet_t38_passthrough_enabled": onnet_t38_passthrough_enabled,
                "outbound": outbound,
                "password": password,
                "rtcp_settings": rtcp_settings,
                "sip_uri_calling_preference": sip_uri_calling_preference,
                "user_name": user_name,
                "webhook_api_version": webhook_api_version,
                "webhook_event_failover_url": webhook_event_failover_url,
                "webhook_event_url": webhook_event_url,
                "webhook_timeout_secs": webhook_timeout_secs,
                "tags": tags,
                "call_cost_in_webhooks": call_cost_in_webhooks,
                "android_push_credential_id": android_push_credential_id,
                "ios_push_credential_id": ios_push_credential_id,
                "noise_suppression": noise_suppression,
                "noise_suppression_details": noise_suppression_details,
                "jitter_buffer": jitter_buffer,
                "bridge_generate_comfort_noise_on_cn": bridge_generate_comfort_noise_on_cn,
                "conversation_persistence": conversation_persistence,
            },
            options=options,
        )

    async def delete(
        self,
        id: str,
        *,
        options: RequestOptions | None = None,
    ) -> CredentialConnection:
        """Delete a credential connection.

        Removes the connection, and answers what it was.

        Source: telnyx-cc-legacy:154,161; public: Method and path in the vendor's public API
        description, 2026-07.

        Args:
            id: The connection's id, as the answer to its creation shows it. Source:
                telnyx-cc-legacy:161,216; public: Path parameter in the vendor's public API
                description, 2026-07.
        """
        return await self._client.call(
            _DELETE,
            path={
                "id": id,
            },
            options=options,
        )

    async def check_registration(
        self,
        id: str,
        *,
        options: RequestOptions | None = None,
    ) -> RegistrationStatus:
        """Check a connection's registration.

        Tells whether a SIP device is registered with the connection at this moment, and what is
        known of it.

        Source: public: Method, path and answer in PyPI telnyx 4.189.0, 2026-08.

        Args:
            id: The connection's id, as the answer to its creation shows it. Source:
                telnyx-cc-legacy:161,216; public: Path parameter in the vendor's public API
                description, 2026-07.
        """
        return await self._client.call(
            _CHECK_REGISTRATION,
            path={
                "id": id,
            },
            options=options,
        )
