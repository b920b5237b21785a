"""Rules that every response is held to, whichever check or phase has asked for it."""

from __future__ import annotations

from trunkline.contract.engine import Family, rule
from trunkline.contract.model import Level

rule(
    "no-server-error",
    Family.CONTRACT,
    "The server never fails",
    "A status in the 500s means that a request was not handled but crashed; clients retry it, "
    "and what crashes can often be exploited.",
    "Find the exception in the server's log; answer what callers can cause in the 400s.",
)
rule(
    "status-documented",
    Family.CONTRACT,
    "Every status is documented",
    "Clients handle the statuses they were told about and misread the others.",
    "Document the status, with its body, or answer with one that is documented.",
)
rule(
    "content-type-documented",
    Family.CONTRACT,
    "Every response has a documented media type",
    "A client chooses how to read a response by its media type.",
    "Set the Content-Type that the description has, on errors as well; or document this one.",
)
rule(
    "response-schema",
    Family.CONTRACT,
    "Every body fits its schema",
    "Typed clients are generated from the schema: what breaks it breaks them.",
    "Print the member as described; or let the description say what is really answered.",
)
rule(
    "headers-documented",
    Family.CONTRACT,
    "Documented headers are present and fit their schemas",
    "Clients steer by rate-limit, paging and location headers.",
    "Send the header with every such answer, or make it optional in the description.",
)
rule(
    "status-consistent",
    Family.CONTRACT,
    "A status comes with what HTTP says of it",
    "Clients, caches and proxies act by the status alone: on 304 to a write, or 205 with a body, "
    "they do what nobody meant.",
    "Answer with the status that fits what happened (RFC 9110, section 15).",
)
rule(
    "headers-formed",
    Family.CONTRACT,
    "Headers that HTTP defines have the form that HTTP gives them",
    "A date or an entity tag of another form is ignored, and with it the waiting or the caching "
    "that it asks for.",
    "Write dates as in `Sun, 06 Nov 1994 08:49:37 GMT`, Retry-After as that or as seconds, and "
    "entity tags in quotation marks.",
)
rule(
    "challenge-sent",
    Family.CONTRACT,
    "A 401 says how to log in",
    "Without WWW-Authenticate a client that knows several ways cannot choose one.",
    "Send WWW-Authenticate with the scheme that is wanted (RFC 9110, section 15.5.2).",
    Level.HINT,
)
rule(
    "errors-discreet",
    Family.CONTRACT,
    "Errors show nothing of the server's inside",
    "Stack traces and file names tell attackers what to try next.",
    "Catch the exception at the edge, log it, and answer with an identifier of the log entry.",
)
rule(
    "answers",
    Family.CONTRACT,
    "Every request gets a whole HTTP response in time",
    "A request that hangs or breaks off blocks its caller.",
    "Look for a handler that blocks, a worker that dies, or a proxy with a shorter timeout.",
)
rule(
    "valid-accepted",
    Family.VALIDATION,
    "What the description allows is accepted",
    "A valid request that is refused cannot be repaired by its sender.",
    "Accept the value, or tighten the schema until it says what is accepted.",
)
rule(
    "invalid-rejected",
    Family.VALIDATION,
    "What the description forbids is refused",
    "Bad data that gets in comes back later, to other clients.",
    "Check requests against the schema before anything is done with them.",
)
