"""What is nested deeply is typed all the way down, in both directions and through recursion."""

import sys

from trunkline_nesting import APIStatusError, Nesting
from trunkline_nesting.models import (
    GetOrderResponse4XX,
    GetOrderResponseDataPaymentTransfer,
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

with Nesting(base_url=sys.argv[1]) as client:
    order = client.orders.retrieve("o1")
    parcels = order.lines[0].parcels or {}
    stop = ((parcels["a"].stops or [])[0])[0]
    assert stop.place is not None
    print(stop.at, stop.place.city, repr(stop.place.kind), parcels["b"].stops)
    payment = order.payment
    assert isinstance(payment, GetOrderResponseDataPaymentTransfer)
    assert payment.account.bank is not None
    print(payment.account.bank.name, payment.account.bank.model_dump())
    inner = order.data
    assert inner is not None
    assert inner.data is not None
    assert inner.data.data is not None
    print(inner.data.data.data)
    print(repr(client.orders.retrieve("o1").payment))
    try:
        client.orders.retrieve("o1")
    except APIStatusError as error:
        if isinstance(error.body, GetOrderResponse4XX):
            print([fault.code for fault in error.body.errors or []])

    stump = TreeBranchLeavesValueOtherObject(stump=False)
    leaves = {"l": TreeBranchLeavesValue(tree=Tree(branches=[]), other=stump)}
    tree = client.orders.replace(
        "o1",
        lines=[
            ReplaceOrderRequestLine(
                parcels={
                    "a": ReplaceOrderLineParcelsValueObject(
                        stops=[ReplaceOrderRequestLineParcelsValueStop(city="Oslo")]
                    ),
                    "b": [ReplaceOrderRequestLineParcelsValueItem(note="é")],
                    "c": None,
                }
            ),
            {"parcels": {"d": {"stops": [{"city": "Rome"}]}}},
        ],
        tree=Tree(name="t", branches=[TreeBranch(leaves=leaves)]),
        filter=ReplaceOrderFilter(range=ReplaceOrderFilterRange(from_=3)),
    )
    client.orders.replace("o1", filter={"range": {"from": 4}}, tree={"branches": [{"leaves": {}}]})
    found = (tree.branches or [])[0].leaves or {}
    assert found["l"].tree is not None
    print(found["l"].tree, repr(found["l"].other), repr(found["m"].other))
