"""What to do about a violation of each rule, and how each rule is tried."""

from __future__ import annotations

import inspect
from dataclasses import dataclass
from typing import Final

from trunkline.contract.engine import CHECKS, RULES, Family


@dataclass(frozen=True, slots=True)
class About:
    """What can be said about a rule beyond its title and why it matters."""

    tried: str
    """How the suite tries it."""
    remedy: str


REMEDIATION: Final[dict[str, str]] = {
    # contract
    "no-server-error": (
        "Find the exception in the server's log; answer what callers can cause in the 400s."
    ),
    "status-documented": (
        "Document the status, with its body, or answer with one that is documented."
    ),
    "content-type-documented": (
        "Set the Content-Type that the description has, on errors as well; or document this "
        "one."
    ),
    "response-schema": (
        "Print the member as described; or let the description say what is really answered."
    ),
    "headers-documented": (
        "Send the header with every such answer, or make it optional in the description."
    ),
    "errors-discreet": (
        "Catch the exception at the edge, log it, and answer with an identifier of the log "
        "entry."
    ),
    "answers": (
        "Look for a handler that blocks, a worker that dies, or a proxy with a shorter "
        "timeout."
    ),
    # validation
    "valid-accepted": "Accept the value, or tighten the schema until it says what is accepted.",
    "invalid-rejected": "Check requests against the schema before anything is done with them.",
    "error-points": "Name the member in the error, where the documented error has a place for it.",
    "required-enforced": "Refuse requests without the member, or take it out of `required`.",
    "unknown-refused": (
        "Refuse members that are not in the schema, or drop `additionalProperties: false`."
    ),
    "unique-enforced": (
        "Put a unique index on the column; the check before the insert alone can be "
        "overtaken."
    ),
    "refused-creates-nothing": (
        "Check everything before anything is stored, or store in a transaction."
    ),
    "parameter-enforced": (
        "Refuse the value; replacing it quietly gives callers another list than they asked "
        "for."
    ),
    "body-required": (
        "Refuse requests without a body, and bodies that do not parse, before the handler is "
        "called."
    ),
    "type-enforced": (
        "Switch the validator's coercion off; a text that looks like a number is a text."
    ),
    "null-rejected": "Refuse null, or make the member nullable.",
    "enum-enforced": "Compare exactly, case included; or list the values that are taken too.",
    "range-enforced": "Check both bounds; mind which of them are exclusive.",
    "length-enforced": "Count code points, not bytes or UTF-16 units, and check both ends.",
    "pattern-enforced": (
        "Match the whole text: `\\A…\\Z`. In many languages `$` also matches before a "
        "newline."
    ),
    "format-enforced": "Parse the value as what it claims to be, and refuse it when that fails.",
    "items-enforced": "Check the number of items, and that they differ where the schema says so.",
    "create-bounds": "Check create requests against their schema.",
    "update-bounds": "Use the same checks for updates as for creating.",
    "bounds-accepted": (
        "Look for an off-by-one error or a narrower database column; or tighten the schema."
    ),
    # create, read, update, delete
    "create-accepted": (
        "Send the request shown by hand: either the server refuses too much, or the "
        "description is missing a demand."
    ),
    "create-echo": (
        "Answer with the object as it was stored, not with defaults or with the old one."
    ),
    "create-read": (
        "Compare what is stored with what was sent; mind rounding, trimming and lost members."
    ),
    "defaults-applied": (
        "Set the documented default where a member is left out, or document the real one."
    ),
    "read-stable": (
        "Reading must not write: look for counters, refreshed times and unordered lists."
    ),
    "ids-unique": "Take ids from one source: a sequence, or random ids long enough.",
    "id-exact": "Compare ids exactly: no prefixes, no case folding, no numeric conversion.",
    "unknown-missing": "Answer 404 for ids that are not there.",
    "delete-gone": (
        "Let every read go by the same condition that hides deleted objects; mind caches."
    ),
    "delete-unlisted": "Apply that condition to lists as well, and to their totals.",
    "delete-unusable": "Load the object through the same query for updates as for reading.",
    "delete-twice": "Answer 404 the second time: nothing was deleted.",
    "delete-missing": "Answer 404 when no row was deleted.",
    "delete-alone": "Delete by the whole key; mind cascades that go too far.",
    "delete-answer": "Load the object before it is deleted, and answer with that.",
    "update-visible": (
        "Store the change before answering; mind members that the update's schema has and the "
        "code ignores."
    ),
    "update-echo": "Answer with the object after the update.",
    "update-alone": "Restrict the update to the one key.",
    "update-missing": "Answer 404 when there was nothing to update; never create on the way.",
    # patch
    "nested-kept": "Merge nested objects member by member.",
    "absent-keeps": (
        "Tell a member that is left out from one that is null, and leave the former alone."
    ),
    "empty-keeps": "Treat an empty update as one that changes nothing.",
    "id-fixed": "Ignore or refuse ids in the body.",
    "null-clears": "Store null where null is sent; it does not mean “not given”.",
    "list-replaces": "Replace lists whole; adding to them needs another operation.",
    "refused-keeps": "Check everything before anything is changed, or change in a transaction.",
    "replace-visible": "Store every member of the body.",
    "replace-whole": (
        "Set members that are left out to their defaults: that is what tells PUT from PATCH."
    ),
    # owned
    "owned-on-create": (
        "Take only the members of the request's schema; never spread the body over the "
        "object."
    ),
    "owned-on-update": "Take only the members of the update's schema.",
    "created-fixed": "Set the time of creation once, in the insert.",
    "updated-moves": "Set the time in every update and nowhere else.",
    "times-ordered": "Take both times from one clock, once for each request.",
    # lists
    "listed-once": "Look for joins that multiply rows, and for a filter that hides new objects.",
    "created-once": "Look for a retry inside the server, or two writes of one request.",
    "listed-same": "Print objects in lists by the same code as single ones.",
    "pages-partition": (
        "Order by something unique, the id last, and mind the off-by-one in the offset."
    ),
    "page-size": "Honour the size asked for, up to the documented maximum.",
    "page-default": "Use the documented defaults for page and size.",
    "page-numbers": "Compute totals with the same condition as the page.",
    "past-the-end": "Answer with an empty page.",
    "order-stable": "Give every list an order, ended by the id.",
    # filters
    "filter-sound": (
        "Apply the filter to the query; mind names of parameters that are read nowhere."
    ),
    "filter-complete": "Look for a filter that is applied after the page is cut, or too strictly.",
    "filter-case": "Choose the collation that the description asks for.",
    "filter-literal": (
        "Escape `%`, `_` and `\\` for LIKE, and metacharacters for regular expressions."
    ),
    "filter-total": "Count with the filter applied.",
    # sorting
    "sort-monotone": "Sort by the member asked for, in both directions, before the page is cut.",
    "sort-complete": "Sorting must not filter: mind inner joins, and nulls.",
    "sort-default": "Use the documented order where none is asked for.",
    # security
    "auth-missing": "Put the check in front of every route, so that a new one cannot be forgotten.",
    "auth-wrong": "Look the credential up; that it has the right form is not enough.",
    "auth-malformed": "Compare the whole credential, scheme included.",
    "auth-first": "Check credentials before the body is parsed and the object is looked up.",
    "auth-no-effect": "Check credentials before anything is stored.",
    "auth-enforced": "Put the check in front of every route that changes something.",
    "tenant-read": "Load objects by account and id together; answer 404 for those of others.",
    "tenant-update": "Load the object by account and id before it is changed.",
    "tenant-delete": "Delete by account and id together.",
    "tenant-list": "Restrict every list to the account, totals included.",
    # protocol
    "method-refused": "Answer 405 for methods that a path does not have.",
    "allow-header": "List the methods of the path in Allow.",
    "path-refused": "Answer 404 for paths that are not there; mind catch-all routes.",
    "media-type-refused": "Answer 415 for bodies of other media types, before they are parsed.",
    "accept-honoured": "Answer in a type that the caller accepts, or with 406.",
    "location-leads": "Build Location from the id that was stored, and from the outside address.",
    "charset-accepted": "Compare media types without their parameters.",
    # robustness
    "body-unambiguous": "Let the parser refuse members that are there twice.",
    "brackets-plain": "Decode names of parameters before they are looked up.",
    "text-kept": "Store text as UTF-8 and do not normalise, trim or escape it.",
    "text-survived": (
        "Use a column and a driver for all of Unicode; refuse U+0000 where it cannot be "
        "stored."
    ),
    "numbers-survived": "Check numbers against bounds before they are converted.",
    "ids-survived": "Parse ids before the database sees them; what does not parse does not exist.",
    "query-survived": "Parse every parameter defensively; answer in the 400s.",
    "bodies-survived": "Limit depth and size, and answer what does not parse in the 400s.",
    # idempotency
    "key-replays": "Store the response with the key, in the transaction of the work.",
    "key-conflicts": "Store a hash of the request with the key, and compare it.",
    "key-apart": "Make the account part of the key.",
    # concurrency
    "updates-kept": "Update only the columns that change, in one statement, or lock the row.",
    "creates-apart": "Take ids from a sequence, not from what is there plus one.",
    "unique-raced": "Leave it to a unique index, and answer its error as the conflict it is.",
    # JSON-RPC
    "rpc-reply": "Answer with `jsonrpc`, `id`, and exactly one of `result` and `error`.",
    "rpc-id": "Copy the id as it came, without converting its type.",
    "rpc-result": "Print the result as described; or let the description say what is answered.",
    "rpc-arity": "Compare the number of parameters with the method's, and answer -32602.",
    "rpc-params": "Check each parameter by its schema, and answer -32602.",
    "rpc-unknown": "Look methods up exactly, and answer -32601 for others.",
    "rpc-malformed": "Answer -32700 for what does not parse and -32600 for what is not a call.",
    "rpc-status": "Answer errors with the HTTP status of results; the error is in the body.",
    "rpc-guarded": "Check credentials before the method is looked up.",
    "rpc-created": "Let all methods of a resource use one store and one kind of id.",
    # webhooks
    "event-sent": "Send events from the place where the state changes, not from one caller of it.",
    "event-signed": (
        "Write the body once, sign these bytes with the subscription's algorithm, send these bytes."
    ),
    "event-body": "Build the event from the schema, and set the documented headers.",
    "event-true": "Fill the event from the object that changed, after the change.",
    "event-repeated": (
        "Keep an event until it is accepted; repeat it with its id, and count the repetitions."
    ),
    "event-once": "Mark an event as accepted before anything else can pick it up.",
    "event-private": "Select subscriptions by the account of the object.",
    "event-ended": "Look subscriptions up when an event is sent, not when it is planned.",
    "talk-request": "Build requests from the schema; send name and password with each of them.",
    "talk-outcome": "Keep command, id and variables of the last answer, and tell what failed.",
    "talk-ended": "Send the last request from one place that every way out leads through.",
    # receiver
    "receiver-accepts": "Answer with a status in the 200s as soon as the event is stored.",
    "receiver-raw": (
        "Verify the signature over the bytes of the body, before anything parses it; look headers "
        "up without regard to case."
    ),
    "receiver-tolerant": "Ignore what you do not know instead of refusing it.",
    "receiver-forged": (
        "Compare the signature, in constant time, with the HMAC of the raw body under your own "
        "algorithm and secret; answer 401 to anything else, before you look at the body."
    ),
    "receiver-malformed": "Catch what parsing raises, and answer 400.",
    "receiver-repeated": "Remember the ids of events; accept one that you know, and do nothing.",
    "receiver-prompt": "Store the event, answer, and do the work afterwards.",
    "receiver-command": (
        "Answer 200 with a command of the description, as JSON; the generated client builds them."
    ),
    "receiver-login": "Check name and password of every request, in constant time; answer 401.",
    "receiver-failure": "Look at the error of the last command first; go on without its result.",
    "receiver-end": "Answer the last request with a status in the 200s.",
}  # fmt: skip

GENERAL: Final = "Correct the server; or the description, where the server does what was meant."


def about(rule: str) -> About:
    """How a rule is tried and what to do about a violation; `KeyError` for no rule."""
    if rule not in RULES:
        raise KeyError(rule)
    checks = [check for check in CHECKS.values() if rule in {check.id, *check.rules}]
    docs = [
        " ".join((inspect.getdoc(function) or "").split())
        for check in checks
        for function in (check.collection, check.operation, check.method, check.webhook)
        if function is not None and function.__doc__ is not None
    ]
    tried = " ".join(dict.fromkeys(docs))
    if not tried and RULES[rule].family is Family.RECEIVER:
        tried = "The suite plays the service, with `trunkline test --receiver`."
    if not tried:
        tried = "Every response is held to it, whichever check or phase has asked."
    return About(tried, REMEDIATION.get(rule, GENERAL))
