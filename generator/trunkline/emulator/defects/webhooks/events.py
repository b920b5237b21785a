"""Events that are sent wrongly, too often, to the wrong people or not at all."""

from __future__ import annotations

from dataclasses import replace

from trunkline.emulator.defects.base import Defect
from trunkline.emulator.hooks.hooks import Subscriptions
from trunkline.emulator.hooks.outgoing import Delivery, OutgoingRequest
from trunkline.ir import Api, Json, Signature
from trunkline.semantics.jsonvalue import get


class Event(Defect):
    """A mistake of what is sent to subscribers."""

    @classmethod
    def applies(cls, api: Api) -> bool:
        events = api.behaviour.events if api.behaviour is not None else None
        return events is not None and bool(events.triggers)


class EventsNeverSent(Event):
    """Subscriptions are kept, and nothing is ever sent."""

    rule = "An event that was subscribed to is sent"
    caught_by = ("event-sent",)

    def emitted(self, deliveries: list[Delivery], subscriptions: Subscriptions) -> list[Delivery]:
        return []


class EventsNotRepeated(Event):
    """What is not accepted is not sent again."""

    rule = "An event that is not accepted is sent again"
    caught_by = ("event-repeated",)

    def repeating(self, delivery: Delivery, wait: float | None) -> float | None:
        return None


class RepeatedWithoutCount(Event):
    """Repetitions do not count the tries."""

    rule = "A repetition tells the next number of the try"
    caught_by = ("event-repeated",)

    def event_body(self, delivery: Delivery, body: dict[str, Json]) -> dict[str, Json]:
        events = self.services.api.behaviour.events if self.services.api.behaviour else None
        counter = events.counter if events is not None else None
        return {**body, counter: 0} if counter in body and counter is not None else body


class RepeatedUnderAnotherId(Event):
    """Each try has an id of its own."""

    rule = "A repetition has the id of the event"
    caught_by = ("event-repeated",)

    def event_body(self, delivery: Delivery, body: dict[str, Json]) -> dict[str, Json]:
        events = self.services.api.behaviour.events if self.services.api.behaviour else None
        name = events.identity if events is not None else None
        if name is None or not delivery.tries:
            return body
        return {**body, name: f"{delivery.id}-{delivery.tries}"}


class EventsSentTwice(Event):
    """Every event is sent twice, though it was accepted."""

    rule = "An event that was accepted is not sent again"
    caught_by = ("event-once",)

    def emitted(self, deliveries: list[Delivery], subscriptions: Subscriptions) -> list[Delivery]:
        return [*deliveries, *(replace(d, attempts=[]) for d in deliveries)]


class EventsSentToOthers(Event):
    """Events go to the subscribers of every account."""

    rule = "An event is sent to subscribers of its own account only"
    caught_by = ("event-private",)

    def emitted(self, deliveries: list[Delivery], subscriptions: Subscriptions) -> list[Delivery]:
        behaviour = self.services.api.behaviour
        if behaviour is None or behaviour.events is None:
            return deliveries
        endpoint = behaviour.events.subscriptions.endpoint
        found = list(deliveries)
        for one in deliveries:
            for account in self.services.accounts:
                if account.name == one.account:
                    continue
                for subscription in subscriptions(account.name, one.event):
                    url = get(subscription, endpoint)
                    if isinstance(url, str):
                        found.append(replace(one, url=url, hook=subscription, attempts=[]))
        return found


class EventsOfAnotherType(Event):
    """Events call themselves by the name of another event."""

    rule = "An event tells what has happened"
    caught_by = ("event-body", "event-true")

    def event_body(self, delivery: Delivery, body: dict[str, Json]) -> dict[str, Json]:
        names = sorted(w.name for w in self.services.api.webhooks if w.name != delivery.event)
        return {k: names[0] if v == delivery.event and names else v for k, v in body.items()}


class EventDataCutShort(Event):
    """Events tell the beginning of what they should tell."""

    rule = "An event fits its schema"
    caught_by = ("event-body",)

    def event_body(self, delivery: Delivery, body: dict[str, Json]) -> dict[str, Json]:
        return {
            k: dict(list(v.items())[: len(v) // 2]) if isinstance(v, dict) else v
            for k, v in body.items()
        }


class EventOfAnotherObject(Event):
    """Events tell of an object that was never there."""

    rule = "An event tells of the object that it is about"
    caught_by = ("event-true",)

    def event_body(self, delivery: Delivery, body: dict[str, Json]) -> dict[str, Json]:
        return {k: self._other(v) if isinstance(v, dict) else v for k, v in body.items()}

    def _other(self, data: dict[str, Json]) -> dict[str, Json]:
        behaviour = self.services.api.behaviour
        ids = behaviour.methods.identifiers if behaviour is not None else ()
        changed: dict[str, Json] = {}
        for name, value in data.items():
            if name in ids:
                changed[name] = "0DDBA115" if isinstance(value, str) else 987654321
            else:
                changed[name] = value
        return changed


class EventHeadersLeftOut(Event):
    """Documented headers of events are missing."""

    rule = "The documented headers of an event are there"
    caught_by = ("event-body",)

    def sending(
        self, delivery: Delivery, signature: Signature | None, outgoing: OutgoingRequest
    ) -> OutgoingRequest:
        events = self.services.api.behaviour.events if self.services.api.behaviour else None
        for name in events.headers if events is not None else ():
            outgoing.headers.pop(name, None)
        return outgoing


class EventsWithoutMediaType(Event):
    """Events are sent as plain text."""

    rule = "An event has the documented media type"
    caught_by = ("event-body",)

    def sending(
        self, delivery: Delivery, signature: Signature | None, outgoing: OutgoingRequest
    ) -> OutgoingRequest:
        outgoing.headers["Content-Type"] = "text/plain"
        return outgoing


class UnsubscribedStillTold(Event):
    """Who has unsubscribed is told as before."""

    rule = "Who has unsubscribed is not told any more"
    caught_by = ("event-ended",)

    def script_deleting(self, resource: str) -> bool:
        behaviour = self.services.api.behaviour
        events = behaviour.events if behaviour is not None else None
        return events is None or resource != events.subscriptions.resource
