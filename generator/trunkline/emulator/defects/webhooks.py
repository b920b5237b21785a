"""Events and conversations that are sent wrongly, too often, to the wrong people or not at all."""

from __future__ import annotations

from dataclasses import replace

from trunkline.emulator.defects.base import Defect
from trunkline.emulator.domain.delivery import Delivery, Parcel, sign
from trunkline.emulator.shapes import at
from trunkline.ir import Api, Json, Signature


class _Event(Defect):
    @classmethod
    def applies(cls, api: Api) -> bool:
        events = api.behaviour.events if api.behaviour is not None else None
        return events is not None and bool(events.triggers)


class _Signed(_Event):
    @classmethod
    def applies(cls, api: Api) -> bool:
        return super().applies(api) and any(w.signature is not None for w in api.webhooks)


class _Talk(Defect):
    @classmethod
    def applies(cls, api: Api) -> bool:
        behaviour = api.behaviour
        return behaviour is not None and any(c.triggers for c in behaviour.conversations.values())


class EventsNeverSent(_Event):
    """Subscriptions are kept, and nothing is ever sent."""

    rule = "An event that was subscribed to is sent"
    caught_by = ("event-sent",)

    def emitted(self, deliveries: list[Delivery]) -> list[Delivery]:
        return []


class SignatureLeftOut(_Signed):
    """Events come without their signature."""

    rule = "An event is signed"
    caught_by = ("event-signed",)

    def posting(self, delivery: Delivery, signature: Signature | None, parcel: Parcel) -> Parcel:
        if signature is not None:
            parcel.headers.pop(signature.header, None)
        return parcel


class _Resigned(_Signed):
    """Signs again."""

    def resigned(self, delivery: Delivery, signature: Signature, body: bytes) -> str:
        raise NotImplementedError

    def posting(self, delivery: Delivery, signature: Signature | None, parcel: Parcel) -> Parcel:
        if signature is not None and delivery.secret is not None:
            parcel.headers[signature.header] = self.resigned(delivery, signature, parcel.body)
        return parcel


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
        token = self.emulator.accounts[0].token
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

    def posting(self, delivery: Delivery, signature: Signature | None, parcel: Parcel) -> Parcel:
        if signature is not None and delivery.tries > 0:
            parcel.headers.pop(signature.header, None)
        return parcel


class EventsNotRepeated(_Event):
    """What is not accepted is not sent again."""

    rule = "An event that is not accepted is sent again"
    caught_by = ("event-repeated",)

    def repeating(self, delivery: Delivery, wait: float | None) -> float | None:
        return None


class RepeatedWithoutCount(_Event):
    """Repetitions do not count the tries."""

    rule = "A repetition tells the next number of the try"
    caught_by = ("event-repeated",)

    def event_body(self, delivery: Delivery, body: dict[str, Json]) -> dict[str, Json]:
        events = self.emulator.api.behaviour.events if self.emulator.api.behaviour else None
        counter = events.counter if events is not None else None
        return {**body, counter: 0} if counter in body and counter is not None else body


class RepeatedUnderAnotherId(_Event):
    """Each try has an id of its own."""

    rule = "A repetition has the id of the event"
    caught_by = ("event-repeated",)

    def event_body(self, delivery: Delivery, body: dict[str, Json]) -> dict[str, Json]:
        events = self.emulator.api.behaviour.events if self.emulator.api.behaviour else None
        name = events.identity if events is not None else None
        if name is None or not delivery.tries:
            return body
        return {**body, name: f"{delivery.id}-{delivery.tries}"}


class EventsSentTwice(_Event):
    """Every event is sent twice, though it was accepted."""

    rule = "An event that was accepted is not sent again"
    caught_by = ("event-once",)

    def emitted(self, deliveries: list[Delivery]) -> list[Delivery]:
        return [*deliveries, *(replace(d, attempts=[]) for d in deliveries)]


class EventsSentToOthers(_Event):
    """Events go to the subscribers of every account."""

    rule = "An event is sent to subscribers of its own account only"
    caught_by = ("event-private",)

    def emitted(self, deliveries: list[Delivery]) -> list[Delivery]:
        engine, behaviour = self.emulator.engine, self.emulator.api.behaviour
        if engine is None or behaviour is None or behaviour.events is None:
            return deliveries
        where = behaviour.events.subscriptions
        found = list(deliveries)
        for one in deliveries:
            for account in self.emulator.accounts:
                if account.name == one.account:
                    continue
                for hook in engine.objects.documents(account.name, where.resource):
                    url = at(hook, where.endpoint)
                    if at(hook, where.type) == one.event and isinstance(url, str):
                        found.append(replace(one, url=url, hook=hook, attempts=[]))
        return found


class EventsOfAnotherType(_Event):
    """Events call themselves by the name of another event."""

    rule = "An event tells what has happened"
    caught_by = ("event-body", "event-true")

    def event_body(self, delivery: Delivery, body: dict[str, Json]) -> dict[str, Json]:
        names = sorted(w.name for w in self.emulator.api.webhooks if w.name != delivery.event)
        return {k: names[0] if v == delivery.event and names else v for k, v in body.items()}


class EventDataCutShort(_Event):
    """Events tell the beginning of what they should tell."""

    rule = "An event fits its schema"
    caught_by = ("event-body",)

    def event_body(self, delivery: Delivery, body: dict[str, Json]) -> dict[str, Json]:
        return {
            k: dict(list(v.items())[: len(v) // 2]) if isinstance(v, dict) else v
            for k, v in body.items()
        }


class EventOfAnotherObject(_Event):
    """Events tell of an object that was never there."""

    rule = "An event tells of the object that it is about"
    caught_by = ("event-true",)

    def event_body(self, delivery: Delivery, body: dict[str, Json]) -> dict[str, Json]:
        return {k: self._other(v) if isinstance(v, dict) else v for k, v in body.items()}

    @staticmethod
    def _other(data: dict[str, Json]) -> dict[str, Json]:
        ids = {"hash": "0DDBA115", "id": "0ddba115"}
        changed: dict[str, Json] = {}
        for name, value in data.items():
            if name in ids:
                changed[name] = ids[name] if isinstance(value, str) else 987654321
            else:
                changed[name] = value
        return changed


class EventHeadersLeftOut(_Event):
    """Documented headers of events are missing."""

    rule = "The documented headers of an event are there"
    caught_by = ("event-body",)

    def posting(self, delivery: Delivery, signature: Signature | None, parcel: Parcel) -> Parcel:
        events = self.emulator.api.behaviour.events if self.emulator.api.behaviour else None
        for name in events.headers if events is not None else ():
            parcel.headers.pop(name, None)
        return parcel


class EventsWithoutMediaType(_Event):
    """Events are sent as plain text."""

    rule = "An event has the documented media type"
    caught_by = ("event-body",)

    def posting(self, delivery: Delivery, signature: Signature | None, parcel: Parcel) -> Parcel:
        parcel.headers["Content-Type"] = "text/plain"
        return parcel


class UnsubscribedStillTold(_Event):
    """Who has unsubscribed is told as before."""

    rule = "Who has unsubscribed is not told any more"
    caught_by = ("event-ended",)

    def forgetting(self, resource: str) -> bool:
        behaviour = self.emulator.api.behaviour
        events = behaviour.events if behaviour is not None else None
        return events is None or resource != events.subscriptions.resource


class TheEndNeverTold(_Talk):
    """Nobody is told that a conversation is over."""

    rule = "A conversation ends with one request that says so"
    caught_by = ("talk-ended",)

    def hanging_up(self, reason: str) -> bool:
        return False


class TheEndNotMarked(_Talk):
    """The last request of a conversation looks like one in the middle."""

    rule = "A conversation ends with one request that says so"
    caught_by = ("talk-ended",)

    def asking(self, request: dict[str, Json], last: bool) -> dict[str, Json]:
        talks = self.emulator.api.behaviour.conversations if self.emulator.api.behaviour else {}
        members = {name for talk in talks.values() for name in talk.ended}
        return {k: "UP" if last and k in members else v for k, v in request.items()}


class LoginLeftOut(_Talk):
    """Requests of conversations come without the login."""

    rule = "A request of a conversation carries the login agreed on"
    caught_by = ("talk-request",)

    def asking_with(self, headers: dict[str, str]) -> dict[str, str]:
        return {k: v for k, v in headers.items() if k != "Authorization"}


class _Told(_Talk):
    """Changes a member of each request that tells of a command."""

    def members(self) -> dict[str, str | None]:
        """Which member is which."""
        for webhook in self.emulator.api.webhooks:
            if webhook.commands is not None:
                names = webhook.commands
                return {"command": names.command, "id": names.id, "error": names.error}
        return {}


class CommandNotTold(_Told):
    """Requests never tell which command they are about."""

    rule = "The request after a command tells which it was"
    caught_by = ("talk-outcome",)

    def asking(self, request: dict[str, Json], last: bool) -> dict[str, Json]:
        return {**request, str(self.members().get("command")): ""}


class CommandIdsCounted(_Told):
    """Requests have a number of the server's own instead of the command's id."""

    rule = "The id of a command comes back"
    caught_by = ("talk-outcome",)

    def asking(self, request: dict[str, Json], last: bool) -> dict[str, Json]:
        name = str(self.members().get("id"))
        return {**request, name: 1000} if request.get(name) else request


class FailuresKeptBack(_Told):
    """Commands that cannot be carried out are told like those that were."""

    rule = "The request after a command tells what came of it"
    caught_by = ("talk-outcome",)

    def asking(self, request: dict[str, Json], last: bool) -> dict[str, Json]:
        return {**request, str(self.members().get("error")): None}


class VariablesForgotten(_Talk):
    """Variables do not come back."""

    rule = "Variables come back unchanged"
    caught_by = ("talk-outcome",)

    def asking(self, request: dict[str, Json], last: bool) -> dict[str, Json]:
        return {**request, "variables": {}} if "variables" in request else request


class RequestsMisspelt(_Talk):
    """Requests of conversations have numbers as text."""

    rule = "Every request of a conversation fits its schema"
    caught_by = ("talk-request",)

    def asking(self, request: dict[str, Json], last: bool) -> dict[str, Json]:
        return {
            k: str(v) if isinstance(v, int) and not isinstance(v, bool) else v
            for k, v in request.items()
        }
