"""Requests that CALLR makes."""

from __future__ import annotations

from typing import Final

from ._runtime.webhooks import Signature, Webhook
from .models.webhooks import (
    RTRequest,
    WebhookDeliveryBillingCredit,
    WebhookDeliveryBillingCreditShutdown,
    WebhookDeliveryBillingCreditWarning,
    WebhookDeliveryCallInboundHangup,
    WebhookDeliveryCallInboundStart,
    WebhookDeliveryCallOutboundHangup,
    WebhookDeliveryCallOutboundStart,
    WebhookDeliveryDidAssigned,
    WebhookDeliveryDidUnassigned,
    WebhookDeliveryJobStatusUpdate,
    WebhookDeliveryMediaLibraryStatusUpdate,
    WebhookDeliveryMediaRecordingNew,
    WebhookDeliveryMediaRecordingStatusUpdate,
    WebhookDeliverySmsMo,
    WebhookDeliverySmsMtStatusUpdate,
)

BILLING_CREDIT: Final[Webhook[WebhookDeliveryBillingCredit]] = Webhook(
    "billing.credit",
    WebhookDeliveryBillingCredit,
    signature=Signature("X-CALLR-HmacSignature"),
)
"""Credit was added or taken. Any answer from 200 to 299 accepts the event; after any other, or none
in time, it is posted again with `try` one higher, up to 9.

Source: public: Vendor's webhook pages.
"""

BILLING_CREDIT_WARNING: Final[Webhook[WebhookDeliveryBillingCreditWarning]] = Webhook(
    "billing.credit_warning",
    WebhookDeliveryBillingCreditWarning,
    signature=Signature("X-CALLR-HmacSignature"),
)
"""Credit fell below the warning limit. Any answer from 200 to 299 accepts the event; after any
other, or none in time, it is posted again with `try` one higher, up to 9.

Source: public: Vendor's webhook pages.
"""

BILLING_CREDIT_SHUTDOWN: Final[Webhook[WebhookDeliveryBillingCreditShutdown]] = Webhook(
    "billing.credit_shutdown",
    WebhookDeliveryBillingCreditShutdown,
    signature=Signature("X-CALLR-HmacSignature"),
)
"""Credit fell below the limit at which service stops. Any answer from 200 to 299 accepts the event;
after any other, or none in time, it is posted again with `try` one higher, up to 9.

Source: public: Vendor's webhook pages.
"""

CALL_INBOUND_START: Final[Webhook[WebhookDeliveryCallInboundStart]] = Webhook(
    "call.inbound_start",
    WebhookDeliveryCallInboundStart,
    signature=Signature("X-CALLR-HmacSignature"),
)
"""A call came in. Any answer from 200 to 299 accepts the event; after any other, or none in time,
it is posted again with `try` one higher, up to 9.

Source: public: Vendor's webhook pages.
"""

CALL_INBOUND_HANGUP: Final[Webhook[WebhookDeliveryCallInboundHangup]] = Webhook(
    "call.inbound_hangup",
    WebhookDeliveryCallInboundHangup,
    signature=Signature("X-CALLR-HmacSignature"),
)
"""A call that came in has ended. Any answer from 200 to 299 accepts the event; after any other, or
none in time, it is posted again with `try` one higher, up to 9.

Source: public: Vendor's webhook pages.
"""

CALL_OUTBOUND_START: Final[Webhook[WebhookDeliveryCallOutboundStart]] = Webhook(
    "call.outbound_start",
    WebhookDeliveryCallOutboundStart,
    signature=Signature("X-CALLR-HmacSignature"),
)
"""A call was placed. Any answer from 200 to 299 accepts the event; after any other, or none in
time, it is posted again with `try` one higher, up to 9.

Source: public: Vendor's webhook pages.
"""

CALL_OUTBOUND_HANGUP: Final[Webhook[WebhookDeliveryCallOutboundHangup]] = Webhook(
    "call.outbound_hangup",
    WebhookDeliveryCallOutboundHangup,
    signature=Signature("X-CALLR-HmacSignature"),
)
"""A call that was placed has ended. Any answer from 200 to 299 accepts the event; after any other,
or none in time, it is posted again with `try` one higher, up to 9.

Source: public: Vendor's webhook pages.
"""

DID_ASSIGNED: Final[Webhook[WebhookDeliveryDidAssigned]] = Webhook(
    "did.assigned",
    WebhookDeliveryDidAssigned,
    signature=Signature("X-CALLR-HmacSignature"),
)
"""A phone number is yours now. Any answer from 200 to 299 accepts the event; after any other, or
none in time, it is posted again with `try` one higher, up to 9.

Source: public: Vendor's webhook pages.
"""

DID_UNASSIGNED: Final[Webhook[WebhookDeliveryDidUnassigned]] = Webhook(
    "did.unassigned",
    WebhookDeliveryDidUnassigned,
    signature=Signature("X-CALLR-HmacSignature"),
)
"""A phone number is yours no more. Any answer from 200 to 299 accepts the event; after any other,
or none in time, it is posted again with `try` one higher, up to 9.

Source: public: Vendor's webhook pages.
"""

JOB_STATUS_UPDATE: Final[Webhook[WebhookDeliveryJobStatusUpdate]] = Webhook(
    "job.status_update",
    WebhookDeliveryJobStatusUpdate,
    signature=Signature("X-CALLR-HmacSignature"),
)
"""Background work has come further. Any answer from 200 to 299 accepts the event; after any other,
or none in time, it is posted again with `try` one higher, up to 9.

Source: public: Vendor's webhook pages.
"""

MEDIA_LIBRARY_STATUS_UPDATE: Final[Webhook[WebhookDeliveryMediaLibraryStatusUpdate]] = Webhook(
    "media.library.status_update",
    WebhookDeliveryMediaLibraryStatusUpdate,
    signature=Signature("X-CALLR-HmacSignature"),
)
"""The state of a media has changed. Any answer from 200 to 299 accepts the event; after any other,
or none in time, it is posted again with `try` one higher, up to 9.

Source: public: Vendor's webhook pages.
"""

MEDIA_RECORDING_NEW: Final[Webhook[WebhookDeliveryMediaRecordingNew]] = Webhook(
    "media.recording.new",
    WebhookDeliveryMediaRecordingNew,
    signature=Signature("X-CALLR-HmacSignature"),
)
"""A recording was made. Any answer from 200 to 299 accepts the event; after any other, or none in
time, it is posted again with `try` one higher, up to 9.

Source: public: Vendor's webhook pages.
"""

MEDIA_RECORDING_STATUS_UPDATE: Final[Webhook[WebhookDeliveryMediaRecordingStatusUpdate]] = Webhook(
    "media.recording.status_update",
    WebhookDeliveryMediaRecordingStatusUpdate,
    signature=Signature("X-CALLR-HmacSignature"),
)
"""The state of a recording has changed. Any answer from 200 to 299 accepts the event; after any
other, or none in time, it is posted again with `try` one higher, up to 9.

Source: public: Vendor's webhook pages.
"""

SMS_MO: Final[Webhook[WebhookDeliverySmsMo]] = Webhook(
    "sms.mo",
    WebhookDeliverySmsMo,
    signature=Signature("X-CALLR-HmacSignature"),
)
"""A text message was received (MO, mobile originated). Any answer from 200 to 299 accepts the
event; after any other, or none in time, it is posted again with `try` one higher, up to 9.

Source: public: Vendor's webhook pages.
"""

SMS_MT_STATUS_UPDATE: Final[Webhook[WebhookDeliverySmsMtStatusUpdate]] = Webhook(
    "sms.mt.status_update",
    WebhookDeliverySmsMtStatusUpdate,
    signature=Signature("X-CALLR-HmacSignature"),
)
"""The state of a text message you sent has changed (MT, mobile terminated). Any answer from 200 to
299 accepts the event; after any other, or none in time, it is posted again with `try` one
higher, up to 9.

Source: public: Vendor's webhook pages.
"""

REALTIME: Final[Webhook[RTRequest]] = Webhook(
    "realtime",
    RTRequest,
)
"""Ask what to do next in a real-time call.

Posted to the `url` of a REALTIME10 app at every step of a call, with `login` and `password` by
HTTP basic authentication if the app has them. Answer with the next command within 5 seconds. The
first request has an empty `command`, the last the `call_status` HANGUP.

Source: public: Vendor's Real-Time pages.
"""
