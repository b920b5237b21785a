"""Rules for those who receive: what a user's own server must hold to."""

from __future__ import annotations

from trunkline.contract.engine import Family, rule

rule(
    "receiver-accepts",
    Family.RECEIVER,
    "A valid event is accepted",
    "What is not accepted is sent again and again, and is lost in the end.",
    "Answer with a status in the 200s as soon as the event is stored.",
)
rule(
    "receiver-raw",
    Family.RECEIVER,
    "The signature is checked against the bytes that came, however they are spelt",
    "A body that was parsed and printed again has another signature: events would be lost that "
    "hold a space, an accent or a number written otherwise.",
    "Verify the signature over the bytes of the body, before anything parses it; look headers up "
    "without regard to case.",
)
rule(
    "receiver-tolerant",
    Family.RECEIVER,
    "An event with members and headers that are not known yet is accepted",
    "Services add members without asking; a receiver that minds breaks on that day.",
    "Ignore what you do not know instead of refusing it.",
)
rule(
    "receiver-forged",
    Family.RECEIVER,
    "An event without a right signature is refused",
    "Whoever finds the address could make the receiver believe anything.",
    "Compare the signature, in constant time, with the HMAC of the raw body under your own "
    "algorithm and secret; answer 401 to anything else, before you look at the body.",
)
rule(
    "receiver-malformed",
    Family.RECEIVER,
    "What is not an event is refused in order",
    "A receiver that falls over can be kept down by anybody, and one that accepts it has "
    "swallowed something it did not read.",
    "Catch what parsing raises, and answer 400.",
)
rule(
    "receiver-repeated",
    Family.RECEIVER,
    "A repetition of an event is accepted as well",
    "A repetition means that the first answer was lost; refusing it brings the next one.",
    "Remember the ids of events; accept one that you know, and do nothing.",
)
rule(
    "receiver-prompt",
    Family.RECEIVER,
    "A response comes within the time that the service waits",
    "A late answer is none: the event comes again, the call is over.",
    "Store the event, answer, and do the work afterwards.",
)
rule(
    "receiver-command",
    Family.RECEIVER,
    "A request of a conversation is answered with a valid command",
    "The caller hears silence, or nothing at all.",
    "Answer 200 with a command of the description, as JSON; the generated client builds them.",
)
rule(
    "receiver-login",
    Family.RECEIVER,
    "A request without the right login is refused",
    "Whoever finds the address could listen to what is said to callers.",
    "Check name and password of every request, in constant time; answer 401.",
)
rule(
    "receiver-failure",
    Family.RECEIVER,
    "A command that failed is followed by a valid one",
    "Callers do unexpected things; a script that only knows success leaves them on the line.",
    "Look at the error of the last command first; go on without its result.",
)
rule(
    "receiver-end",
    Family.RECEIVER,
    "The end of a conversation is taken note of",
    "What is kept for a call would be kept for ever.",
    "Answer the last request with a status in the 200s.",
)
