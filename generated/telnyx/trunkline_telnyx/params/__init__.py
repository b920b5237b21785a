"""Request objects of Telnyx as dictionaries."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .credential_connections import (
        ConnectionRtcpSettingsParam,
        CredentialInboundParam,
        CredentialOutboundParam,
        JitterBufferParam,
        NoiseSuppressionDetailsParam,
    )
    from .outbound_voice_profiles import CallingWindowParam, OutboundCallRecordingParam

__all__ = [
    "CallingWindowParam",
    "ConnectionRtcpSettingsParam",
    "CredentialInboundParam",
    "CredentialOutboundParam",
    "JitterBufferParam",
    "NoiseSuppressionDetailsParam",
    "OutboundCallRecordingParam",
]

_MODULES = {
    "CallingWindowParam": "outbound_voice_profiles",
    "ConnectionRtcpSettingsParam": "credential_connections",
    "CredentialInboundParam": "credential_connections",
    "CredentialOutboundParam": "credential_connections",
    "JitterBufferParam": "credential_connections",
    "NoiseSuppressionDetailsParam": "credential_connections",
    "OutboundCallRecordingParam": "outbound_voice_profiles",
}


def __getattr__(name: str) -> object:
    from importlib import import_module

    module = _MODULES.get(name)
    if module is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f".{module}", __name__), name)
