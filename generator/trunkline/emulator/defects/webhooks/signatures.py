"""Events whose signature is missing or not the one agreed on."""

from __future__ import annotations

from trunkline.emulator.behaviour.delivery import sign
from trunkline.emulator.defects.webhooks.events import Event
from trunkline.emulator.hooks.outgoing import Delivery, OutgoingRequest
from trunkline.ir import Api, Signature


class _Signed(Event):
    @classmethod
    def applies(cls, api: Api) -> bool:
        return super().applies(api) and any(w.signature is not None for w in api.webhooks)


class SignatureLeftOut(_Signed):
    """Events come without their signature."""

    rule = "An event is signed"
    caught_by = ("event-signed",)

    def sending(
        self, delivery: Delivery, signature: Signature | None, outgoing: OutgoingRequest
    ) -> OutgoingRequest:
        if signature is not None:
            outgoing.headers.pop(signature.header, None)
        return outgoing


class _Resigned(_Signed):
    """Signs again."""

    def resigned(self, delivery: Delivery, signature: Signature, body: bytes) -> str:
        raise NotImplementedError

    def sending(
        self, delivery: Delivery, signature: Signature | None, outgoing: OutgoingRequest
    ) -> OutgoingRequest:
        if signature is not None and delivery.secret is not None:
            outgoing.headers[signature.header] = self.resigned(delivery, signature, outgoing.body)
        return outgoing


class SignedOverOtherBytes(_Resigned):
    """Events are signed as they were before their line end was added."""

    rule = "The signature is over the very bytes of the body"
    caught_by = ("event-signed",)

    def resigned(self, delivery: Delivery, signature: Signature, body: bytes) -> str:
        other = body.rstrip() + b"\n"
        return sign(other, delivery.secret or "", delivery.algorithm, signature.encoding)


class SignedWithAnotherAlgorithm(_Resigned):
    """Events are signed with SHA-1, whatever was agreed on."""

    rule = "The signature is made with the algorithm agreed on"
    caught_by = ("event-signed",)

    def resigned(self, delivery: Delivery, signature: Signature, body: bytes) -> str:
        other = "sha1" if delivery.algorithm != "sha1" else "md5"
        return sign(body, delivery.secret or "", other, signature.encoding)


class AlgorithmOfTheSubscriptionIgnored(_Resigned):
    """Events are signed with the usual algorithm, whichever the subscription asked for."""

    rule = "The signature is made with the algorithm agreed on"
    caught_by = ("event-signed",)

    def resigned(self, delivery: Delivery, signature: Signature, body: bytes) -> str:
        return sign(body, delivery.secret or "", signature.algorithm, signature.encoding)


class SignedWithAnotherSecret(_Resigned):
    """Events are signed with the account's token instead of the subscription's secret."""

    rule = "The signature is made with the secret agreed on"
    caught_by = ("event-signed",)

    def resigned(self, delivery: Delivery, signature: Signature, body: bytes) -> str:
        token = self.services.accounts[0].token
        return sign(body, token, delivery.algorithm, signature.encoding)


class SignatureSpeltOtherwise(_Resigned):
    """Signatures are written in hexadecimal where base64 is documented, and the other way round."""

    rule = "The signature is written as documented"
    caught_by = ("event-signed",)

    def resigned(self, delivery: Delivery, signature: Signature, body: bytes) -> str:
        other = "base64" if signature.encoding == "hex" else "hex"
        return sign(body, delivery.secret or "", delivery.algorithm, other)


class RepetitionsUnsigned(_Signed):
    """Events are signed the first time only."""

    rule = "An event is signed"
    caught_by = ("event-signed",)

    def sending(
        self, delivery: Delivery, signature: Signature | None, outgoing: OutgoingRequest
    ) -> OutgoingRequest:
        if signature is not None and delivery.tries > 0:
            outgoing.headers.pop(signature.header, None)
        return outgoing
