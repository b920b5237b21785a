"""Models of Nesting."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .orders import (
        GetOrderLineParcelsValueStopPlace,
        GetOrderLineParcelsValueStopPlaceKind,
        GetOrderPaymentTransferAccountBank,
        GetOrderResponse4XX,
        GetOrderResponse4XXError,
        GetOrderResponseData,
        GetOrderResponseDataData,
        GetOrderResponseDataDataData,
        GetOrderResponseDataDataDataData,
        GetOrderResponseDataLine,
        GetOrderResponseDataLineParcelsValue,
        GetOrderResponseDataPayment,
        GetOrderResponseDataPaymentCard,
        GetOrderResponseDataPaymentCardCard,
        GetOrderResponseDataPaymentTransfer,
        GetOrderResponseLineParcelsValueStopItem,
        GetOrderResponsePaymentTransferAccount,
        ReplaceOrderFilter,
        ReplaceOrderFilterRange,
        ReplaceOrderLineParcelsValueObject,
        ReplaceOrderRequestLine,
        ReplaceOrderRequestLineParcelsValueItem,
        ReplaceOrderRequestLineParcelsValueStop,
        Tree,
        TreeBranch,
        TreeBranchLeavesValue,
        TreeBranchLeavesValueOtherObject,
    )

__all__ = [
    "GetOrderLineParcelsValueStopPlace",
    "GetOrderLineParcelsValueStopPlaceKind",
    "GetOrderPaymentTransferAccountBank",
    "GetOrderResponse4XX",
    "GetOrderResponse4XXError",
    "GetOrderResponseData",
    "GetOrderResponseDataData",
    "GetOrderResponseDataDataData",
    "GetOrderResponseDataDataDataData",
    "GetOrderResponseDataLine",
    "GetOrderResponseDataLineParcelsValue",
    "GetOrderResponseDataPayment",
    "GetOrderResponseDataPaymentCard",
    "GetOrderResponseDataPaymentCardCard",
    "GetOrderResponseDataPaymentTransfer",
    "GetOrderResponseLineParcelsValueStopItem",
    "GetOrderResponsePaymentTransferAccount",
    "ReplaceOrderFilter",
    "ReplaceOrderFilterRange",
    "ReplaceOrderLineParcelsValueObject",
    "ReplaceOrderRequestLine",
    "ReplaceOrderRequestLineParcelsValueItem",
    "ReplaceOrderRequestLineParcelsValueStop",
    "Tree",
    "TreeBranch",
    "TreeBranchLeavesValue",
    "TreeBranchLeavesValueOtherObject",
]

_MODULES = {
    "GetOrderLineParcelsValueStopPlace": "orders",
    "GetOrderLineParcelsValueStopPlaceKind": "orders",
    "GetOrderPaymentTransferAccountBank": "orders",
    "GetOrderResponse4XX": "orders",
    "GetOrderResponse4XXError": "orders",
    "GetOrderResponseData": "orders",
    "GetOrderResponseDataData": "orders",
    "GetOrderResponseDataDataData": "orders",
    "GetOrderResponseDataDataDataData": "orders",
    "GetOrderResponseDataLine": "orders",
    "GetOrderResponseDataLineParcelsValue": "orders",
    "GetOrderResponseDataPayment": "orders",
    "GetOrderResponseDataPaymentCard": "orders",
    "GetOrderResponseDataPaymentCardCard": "orders",
    "GetOrderResponseDataPaymentTransfer": "orders",
    "GetOrderResponseLineParcelsValueStopItem": "orders",
    "GetOrderResponsePaymentTransferAccount": "orders",
    "ReplaceOrderFilter": "orders",
    "ReplaceOrderFilterRange": "orders",
    "ReplaceOrderLineParcelsValueObject": "orders",
    "ReplaceOrderRequestLine": "orders",
    "ReplaceOrderRequestLineParcelsValueItem": "orders",
    "ReplaceOrderRequestLineParcelsValueStop": "orders",
    "Tree": "orders",
    "TreeBranch": "orders",
    "TreeBranchLeavesValue": "orders",
    "TreeBranchLeavesValueOtherObject": "orders",
}


def __getattr__(name: str) -> object:
    from importlib import import_module

    module = _MODULES.get(name)
    if module is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f".{module}", __name__), name)
