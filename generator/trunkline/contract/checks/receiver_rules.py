"""Rules for those who receive: what a user's own server must hold to."""

from __future__ import annotations

from trunkline.contract.engine import Family, rule

rule(
    "receiver-accepts",
    Family.RECEIVER,
    "A valid event is accepted",
    "What is not accepted is sent again and again, and is lost in the end.",
)
rule(
    "receiver-raw",
    Family.RECEIVER,
    "The signature is checked against the bytes that came, however they are spelt",
    "A body that was parsed and printed again has another signature: events would be lost that "
    "hold a space, an accent or a number written otherwise.",
)
rule(
    "receiver-tolerant",
    Family.RECEIVER,
    "An event with members and headers that are not known yet is accepted",
    "Services add members without asking; a receiver that minds breaks on that day.",
)
rule(
    "receiver-forged",
    Family.RECEIVER,
    "An event without a right signature is refused",
    "Whoever finds the address could make the receiver believe anything.",
)
rule(
    "receiver-malformed",
    Family.RECEIVER,
    "What is not an event is refused in order",
    "A receiver that falls over can be kept down by anybody, and one that accepts it has "
    "swallowed something it did not read.",
)
rule(
    "receiver-repeated",
    Family.RECEIVER,
    "A repetition of an event is accepted as well",
    "A repetition means that the first answer was lost; refusing it brings the next one.",
)
rule(
    "receiver-prompt",
    Family.RECEIVER,
    "A response comes within the time that the service waits",
    "A late answer is none: the event comes again, the call is over.",
)
rule(
    "receiver-command",
    Family.RECEIVER,
    "A request of a conversation is answered with a valid command",
    "The caller hears silence, or nothing at all.",
)
rule(
    "receiver-login",
    Family.RECEIVER,
    "A request without the right login is refused",
    "Whoever finds the address could listen to what is said to callers.",
)
rule(
    "receiver-failure",
    Family.RECEIVER,
    "A command that failed is followed by a valid one",
    "Callers do unexpected things; a script that only knows success leaves them on the line.",
)
rule(
    "receiver-end",
    Family.RECEIVER,
    "The end of a conversation is taken note of",
    "What is kept for a call would be kept for ever.",
)
