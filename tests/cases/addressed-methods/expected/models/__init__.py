"""Models of Chatter."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .chat import ChatPostMessageResponse, Message
    from .conversations import (
        Channel,
        ChannelTopic,
        ConversationsArchiveResponse,
        ConversationsCreateResponseObject,
        ConversationsInfoResponseObject,
        Err,
    )

__all__ = [
    "Channel",
    "ChannelTopic",
    "ChatPostMessageResponse",
    "ConversationsArchiveResponse",
    "ConversationsCreateResponseObject",
    "ConversationsInfoResponseObject",
    "Err",
    "Message",
]

_MODULES = {
    "Channel": "conversations",
    "ChannelTopic": "conversations",
    "ChatPostMessageResponse": "chat",
    "ConversationsArchiveResponse": "conversations",
    "ConversationsCreateResponseObject": "conversations",
    "ConversationsInfoResponseObject": "conversations",
    "Err": "conversations",
    "Message": "chat",
}


def __getattr__(name: str) -> object:
    from importlib import import_module

    module = _MODULES.get(name)
    if module is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f".{module}", __name__), name)
