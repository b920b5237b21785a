"""Models of Nesting."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .orders import (
        GetOrderResponse4XX,
        GetOrderResponse4XXError,
        GetOrderResponseData,
        GetOrderResponseDataData,
        GetOrderResponseDataDataData,
        GetOrderResponseDataDataDataData,
        GetOrderResponseDataLine,
        GetOrderResponseDataLineParcelsValue,
        GetOrderResponseDataLineParcelsValueStopItem,
        GetOrderResponseDataLineParcelsValueStopItemPlace,
        GetOrderResponseDataLineParcelsValueStopItemPlaceKind,
        GetOrderResponseDataPayment,
        GetOrderResponseDataPaymentCard,
        GetOrderResponseDataPaymentCardCard,
        GetOrderResponseDataPaymentTransfer,
        GetOrderResponseDataPaymentTransferAccount,
        GetOrderResponseDataPaymentTransferAccountBank,
        ReplaceOrderFilter,
        ReplaceOrderFilterRange,
        ReplaceOrderRequestLine,
        ReplaceOrderRequestLineParcelsValueItem,
        ReplaceOrderRequestLineParcelsValueObject,
        ReplaceOrderRequestLineParcelsValueObjectStop,
        Tree,
        TreeBranch,
        TreeBranchLeavesValue,
        TreeBranchLeavesValueOtherObject,
    )

__all__ = [
    "GetOrderResponse4XX",
    "GetOrderResponse4XXError",
    "GetOrderResponseData",
    "GetOrderResponseDataData",
    "GetOrderResponseDataDataData",
    "GetOrderResponseDataDataDataData",
    "GetOrderResponseDataLine",
    "GetOrderResponseDataLineParcelsValue",
    "GetOrderResponseDataLineParcelsValueStopItem",
    "GetOrderResponseDataLineParcelsValueStopItemPlace",
    "GetOrderResponseDataLineParcelsValueStopItemPlaceKind",
    "GetOrderResponseDataPayment",
    "GetOrderResponseDataPaymentCard",
    "GetOrderResponseDataPaymentCardCard",
    "GetOrderResponseDataPaymentTransfer",
    "GetOrderResponseDataPaymentTransferAccount",
    "GetOrderResponseDataPaymentTransferAccountBank",
    "ReplaceOrderFilter",
    "ReplaceOrderFilterRange",
    "ReplaceOrderRequestLine",
    "ReplaceOrderRequestLineParcelsValueItem",
    "ReplaceOrderRequestLineParcelsValueObject",
    "ReplaceOrderRequestLineParcelsValueObjectStop",
    "Tree",
    "TreeBranch",
    "TreeBranchLeavesValue",
    "TreeBranchLeavesValueOtherObject",
]

_MODULES = {
    "GetOrderResponse4XX": "orders",
    "GetOrderResponse4XXError": "orders",
    "GetOrderResponseData": "orders",
    "GetOrderResponseDataData": "orders",
    "GetOrderResponseDataDataData": "orders",
    "GetOrderResponseDataDataDataData": "orders",
    "GetOrderResponseDataLine": "orders",
    "GetOrderResponseDataLineParcelsValue": "orders",
    "GetOrderResponseDataLineParcelsValueStopItem": "orders",
    "GetOrderResponseDataLineParcelsValueStopItemPlace": "orders",
    "GetOrderResponseDataLineParcelsValueStopItemPlaceKind": "orders",
    "GetOrderResponseDataPayment": "orders",
    "GetOrderResponseDataPaymentCard": "orders",
    "GetOrderResponseDataPaymentCardCard": "orders",
    "GetOrderResponseDataPaymentTransfer": "orders",
    "GetOrderResponseDataPaymentTransferAccount": "orders",
    "GetOrderResponseDataPaymentTransferAccountBank": "orders",
    "ReplaceOrderFilter": "orders",
    "ReplaceOrderFilterRange": "orders",
    "ReplaceOrderRequestLine": "orders",
    "ReplaceOrderRequestLineParcelsValueItem": "orders",
    "ReplaceOrderRequestLineParcelsValueObject": "orders",
    "ReplaceOrderRequestLineParcelsValueObjectStop": "orders",
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
