"""Models of the Telnyx API."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .errors import Errors
    from .outbound_voice_profile import (
        CallRecording,
        OutboundVoiceProfile,
        ServicePlan,
        TrafficType,
    )

__all__ = ["CallRecording", "Errors", "OutboundVoiceProfile", "ServicePlan", "TrafficType"]

_MODULES = {
    "CallRecording": "outbound_voice_profile",
    "Errors": "errors",
    "OutboundVoiceProfile": "outbound_voice_profile",
    "ServicePlan": "outbound_voice_profile",
    "TrafficType": "outbound_voice_profile",
}


def __getattr__(name: str) -> object:
    from importlib import import_module

    module = _MODULES.get(name)
    if module is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f".{module}", __name__), name)
