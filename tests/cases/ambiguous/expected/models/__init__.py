"""Models of Ambiguous."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .badges import Badge
    from .checks import Failed, Passed
    from .event_groups import Group, GroupKind, GroupLine, Reminder
    from .forms import Form, GetFormScope
    from .invitations import Invitation, InvitationState, ListInvitationsState
    from .parcels import (
        Address,
        AddressOrId,
        GetExpressParcelResponse,
        Gone,
        ListParcelsOrder,
        ListParcelsOrderSent,
        NewParcel,
        NewParcelBox,
        NewParcelBoxExtra,
        NewParcelLetter,
        NewParcelLetterExtra,
        Parcel,
        ParcelChange,
        ParcelExtra,
        ParcelHistoryItem,
        ParcelKind,
    )
    from .parcels_kind_letter import ListLettersResponse
    from .payments import Payment
    from .shared import NewForm, NewPayment, Note

__all__ = [
    "Address",
    "AddressOrId",
    "Badge",
    "Failed",
    "Form",
    "GetExpressParcelResponse",
    "GetFormScope",
    "Gone",
    "Group",
    "GroupKind",
    "GroupLine",
    "Invitation",
    "InvitationState",
    "ListInvitationsState",
    "ListLettersResponse",
    "ListParcelsOrder",
    "ListParcelsOrderSent",
    "NewForm",
    "NewParcel",
    "NewParcelBox",
    "NewParcelBoxExtra",
    "NewParcelLetter",
    "NewParcelLetterExtra",
    "NewPayment",
    "Note",
    "Parcel",
    "ParcelChange",
    "ParcelExtra",
    "ParcelHistoryItem",
    "ParcelKind",
    "Passed",
    "Payment",
    "Reminder",
]

_MODULES = {
    "Address": "parcels",
    "AddressOrId": "parcels",
    "Badge": "badges",
    "Failed": "checks",
    "Form": "forms",
    "GetExpressParcelResponse": "parcels",
    "GetFormScope": "forms",
    "Gone": "parcels",
    "Group": "event_groups",
    "GroupKind": "event_groups",
    "GroupLine": "event_groups",
    "Invitation": "invitations",
    "InvitationState": "invitations",
    "ListInvitationsState": "invitations",
    "ListLettersResponse": "parcels_kind_letter",
    "ListParcelsOrder": "parcels",
    "ListParcelsOrderSent": "parcels",
    "NewForm": "shared",
    "NewParcel": "parcels",
    "NewParcelBox": "parcels",
    "NewParcelBoxExtra": "parcels",
    "NewParcelLetter": "parcels",
    "NewParcelLetterExtra": "parcels",
    "NewPayment": "shared",
    "Note": "shared",
    "Parcel": "parcels",
    "ParcelChange": "parcels",
    "ParcelExtra": "parcels",
    "ParcelHistoryItem": "parcels",
    "ParcelKind": "parcels",
    "Passed": "checks",
    "Payment": "payments",
    "Reminder": "event_groups",
}


def __getattr__(name: str) -> object:
    from importlib import import_module

    module = _MODULES.get(name)
    if module is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f".{module}", __name__), name)
