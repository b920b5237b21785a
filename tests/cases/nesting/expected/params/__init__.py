"""Request objects of Nesting as dictionaries."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .orders import (
        ReplaceOrderFilterParam,
        ReplaceOrderFilterRangeParam,
        ReplaceOrderLineParcelsValueObjectParam,
        ReplaceOrderRequestLineParam,
        ReplaceOrderRequestLineParcelsValueItemParam,
        ReplaceOrderRequestLineParcelsValueStopParam,
        TreeBranchLeavesValueOtherObjectParam,
        TreeBranchLeavesValueParam,
        TreeBranchParam,
        TreeParam,
    )

__all__ = [
    "ReplaceOrderFilterParam",
    "ReplaceOrderFilterRangeParam",
    "ReplaceOrderLineParcelsValueObjectParam",
    "ReplaceOrderRequestLineParam",
    "ReplaceOrderRequestLineParcelsValueItemParam",
    "ReplaceOrderRequestLineParcelsValueStopParam",
    "TreeBranchLeavesValueOtherObjectParam",
    "TreeBranchLeavesValueParam",
    "TreeBranchParam",
    "TreeParam",
]

_MODULES = {
    "ReplaceOrderFilterParam": "orders",
    "ReplaceOrderFilterRangeParam": "orders",
    "ReplaceOrderLineParcelsValueObjectParam": "orders",
    "ReplaceOrderRequestLineParam": "orders",
    "ReplaceOrderRequestLineParcelsValueItemParam": "orders",
    "ReplaceOrderRequestLineParcelsValueStopParam": "orders",
    "TreeBranchLeavesValueOtherObjectParam": "orders",
    "TreeBranchLeavesValueParam": "orders",
    "TreeBranchParam": "orders",
    "TreeParam": "orders",
}


def __getattr__(name: str) -> object:
    from importlib import import_module

    module = _MODULES.get(name)
    if module is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f".{module}", __name__), name)
