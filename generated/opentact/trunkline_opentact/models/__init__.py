"""Models of OpenTACT outbound voice profiles."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .auth import IssuedToken, IssuedTokenAnswer, SignedInAnswer, SignedInUser
    from .shared import (
        Account,
        AccountLevel,
        AudioTrackType,
        Error,
        MessagingProfile,
        OutboundVoiceProfile,
        OutboundVoiceProfileAnswer,
        OutboundVoiceProfileInput,
        OutboundVoiceProfileListAnswer,
        RecordCallFileType,
        RecordCallType,
        SipConnection,
        SipConnectionListAnswer,
        SipControlApp,
        SipControlAppListAnswer,
        Tn,
        TnLease,
        TnLeaseListAnswer,
        TnOrder,
        TnOrderState,
        TokenRequest,
        User,
        UserRole,
    )

__all__ = [
    "Account",
    "AccountLevel",
    "AudioTrackType",
    "Error",
    "IssuedToken",
    "IssuedTokenAnswer",
    "MessagingProfile",
    "OutboundVoiceProfile",
    "OutboundVoiceProfileAnswer",
    "OutboundVoiceProfileInput",
    "OutboundVoiceProfileListAnswer",
    "RecordCallFileType",
    "RecordCallType",
    "SignedInAnswer",
    "SignedInUser",
    "SipConnection",
    "SipConnectionListAnswer",
    "SipControlApp",
    "SipControlAppListAnswer",
    "Tn",
    "TnLease",
    "TnLeaseListAnswer",
    "TnOrder",
    "TnOrderState",
    "TokenRequest",
    "User",
    "UserRole",
]

_MODULES = {
    "Account": "shared",
    "AccountLevel": "shared",
    "AudioTrackType": "shared",
    "Error": "shared",
    "IssuedToken": "auth",
    "IssuedTokenAnswer": "auth",
    "MessagingProfile": "shared",
    "OutboundVoiceProfile": "shared",
    "OutboundVoiceProfileAnswer": "shared",
    "OutboundVoiceProfileInput": "shared",
    "OutboundVoiceProfileListAnswer": "shared",
    "RecordCallFileType": "shared",
    "RecordCallType": "shared",
    "SignedInAnswer": "auth",
    "SignedInUser": "auth",
    "SipConnection": "shared",
    "SipConnectionListAnswer": "shared",
    "SipControlApp": "shared",
    "SipControlAppListAnswer": "shared",
    "Tn": "shared",
    "TnLease": "shared",
    "TnLeaseListAnswer": "shared",
    "TnOrder": "shared",
    "TnOrderState": "shared",
    "TokenRequest": "shared",
    "User": "shared",
    "UserRole": "shared",
}


def __getattr__(name: str) -> object:
    from importlib import import_module

    module = _MODULES.get(name)
    if module is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f".{module}", __name__), name)
