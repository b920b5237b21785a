"""Who may call, and whose data it is."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from dataclasses import replace

from trunkline import ir
from trunkline.contract.checks.comparison import (
    changeable,
    changes,
    different_value,
    show,
    unknown,
)
from trunkline.contract.engine import (
    UNSET,
    CheckContext,
    CreatedObject,
    Family,
    Inconclusive,
    Listable,
    Readable,
    Unset,
    collection_check,
    guarded_change,
    guarded_read,
    id_of,
    operation_check,
    rule,
)
from trunkline.contract.model import Collection, Exchange, Level
from trunkline.contract.session import Actor
from trunkline.ir import Json
from trunkline.semantics import credentials, jsonvalue, responses
from trunkline.semantics.credentials import CredentialParts

rule(
    "auth-missing",
    Family.SECURITY,
    "Without credentials nothing is answered",
    "One operation left open opens the account.",
    "Put the check in front of every route, so that a new one cannot be forgotten.",
)
rule(
    "auth-wrong",
    Family.SECURITY,
    "Credentials nobody has are refused",
    "A server that checks only that there is a token checks nothing.",
    "Look the credential up; that it has the right form is not enough.",
)
rule(
    "auth-malformed",
    Family.SECURITY,
    "Credentials of another form are refused",
    "What is parsed loosely is matched loosely.",
    "Compare the whole credential, scheme included.",
)
rule(
    "auth-first",
    Family.SECURITY,
    "Credentials are checked before the request is looked at",
    "A 404 or 422 for callers nobody knows tells them what exists.",
    "Check credentials before the body is parsed and the object is looked up.",
)
rule(
    "auth-no-effect",
    Family.SECURITY,
    "A request refused for its credentials changes nothing",
    "A check after the act comes too late.",
    "Check credentials before anything is stored.",
)
for _verb, _title, _remediation in (
    (
        "read",
        "Another account cannot read an object",
        "Load objects by account and id together; answer 404 for those of others.",
    ),
    (
        "update",
        "Another account cannot update an object",
        "Load the object by account and id before it is changed.",
    ),
    ("delete", "Another account cannot delete an object", "Delete by account and id together."),
    (
        "list",
        "Another account's objects are in no list",
        "Restrict every list to the account, totals included.",
    ),
):
    rule(
        f"tenant-{_verb}",
        Family.SECURITY,
        _title,
        "The data of one customer in the hands of another is the failure nobody survives.",
        _remediation,
    )


def _guarded(operation: ir.Operation) -> bool:
    return credentials.is_required(operation.security)


def _attack(
    ctx: CheckContext,
    operation: ir.Operation,
    address: dict[str, str],
    credential: CredentialParts,
) -> Exchange:
    schema = responses.request_schema(operation)
    if schema is None:
        exchange = ctx.executor.call(operation, address, credential=credential)
    else:
        body = ctx.bodies.valid(schema)
        exchange = ctx.executor.call(operation, address, body=body, credential=credential)
    ctx.objects.note_created(operation, exchange, address)
    return exchange


def strangers(
    ctx: CheckContext, operation: ir.Operation, *, malformed: bool = True
) -> list[tuple[str, str, CredentialParts]]:
    """Credentials nobody has: the rule that taking them breaks, what they are, and they.

    Those that another alternative of the operation takes as they are are left out.
    """
    right = ctx.session.credential(operation, Actor.ME)
    schemes = ctx.session.accounts.requirement(operation) or _first_schemes(ctx.api, operation)
    wrong = _spoiled(right) if right else credentials.combine(_wrong(s) for s in schemes)
    tries = [
        ("auth-missing", "without credentials", CredentialParts()),
        ("auth-wrong", "with credentials nobody has", wrong),
    ]
    tries += [
        ("auth-wrong", f"with credentials nobody has, as {name}", parts)
        for name, parts in _other_ways(ctx, operation, right)
    ]
    tries += [("auth-missing", "with a part of its credentials", p) for p in _halves(right)]
    if malformed:
        tries += [
            ("auth-malformed", f"with a credential {label}", parts)
            for label, parts in _resembling(right)
            if parts != right
        ]
    return [one for one in tries if not _acceptable(ctx, operation, one[2])]


def _first_schemes(api: ir.Api, operation: ir.Operation) -> tuple[ir.SecurityScheme, ...]:
    for requirement in operation.security:
        schemes = [api.security_schemes.get(name) for name in requirement]
        if all(s is not None and credentials.is_secret_known(s) for s in schemes):
            return tuple(s for s in schemes if s is not None)
    return ()


def _other_ways(
    ctx: CheckContext, operation: ir.Operation, right: CredentialParts
) -> Iterator[tuple[str, CredentialParts]]:
    """Wrong credentials by the schemes that the operation takes, and that this run does not use."""
    used = {s.name for s in ctx.session.accounts.requirement(operation)}
    for name in dict.fromkeys(name for wanted in operation.security for name in wanted):
        scheme = ctx.api.security_schemes.get(name)
        if scheme is None or name in used or not credentials.is_secret_known(scheme):
            continue
        parts = _wrong(scheme)
        # Headers have forms of their own, which are told apart first; into an address anything can
        # be written.
        odd = tuple((key, f"{value}-é") for key, value in parts.query)
        if not parts.headers and parts != right:
            yield name, replace(parts, query=odd)


def _wrong(scheme: ir.SecurityScheme) -> CredentialParts:
    basic = isinstance(scheme, ir.HttpScheme) and scheme.scheme == "basic"
    secret = "wrong:credentials" if basic else "wrong-credentials"
    return credentials.apply_credential(scheme, secret)


def _spoiled(right: CredentialParts) -> CredentialParts:
    """The same kinds of credentials, with secrets that nobody has."""

    def spoil(value: str) -> str:
        word, separator, _ = value.partition(" ")
        if word.lower() == "basic":
            return f"{word} {base64.b64encode(b'wrong:credentials').decode()}"
        return f"{word} wrong-credentials" if separator else "wrong-credentials"

    return CredentialParts(
        {name: spoil(value) for name, value in right.headers.items()},
        tuple((name, "wrong-credentials") for name, _ in right.query),
        dict.fromkeys(right.cookies, "wrong-credentials"),
    )


def _halves(right: CredentialParts) -> Iterator[CredentialParts]:
    """Each part of credentials that are made of several, left out."""
    if len(right.headers) + len(right.query) + len(right.cookies) < 2:
        return
    for name in right.headers:
        left = {n: v for n, v in right.headers.items() if n != name}
        yield replace(right, headers=left)
    for pair in right.query:
        yield replace(right, query=tuple(p for p in right.query if p != pair))


def _resembling(right: CredentialParts) -> Iterator[tuple[str, CredentialParts]]:
    """Credentials that resemble the right ones, and what is wrong with each."""
    for name, value in right.headers.items():
        for label, changed in _headers_like(value):
            yield label, replace(right, headers={**right.headers, name: changed})
    for index, (name, value) in enumerate(right.query):
        for label, changed in (("empty", ""), ("with a character added", f"{value}x")):
            pairs = list(right.query)
            pairs[index] = (name, changed)
            yield label, replace(right, query=tuple(pairs))


def _headers_like(value: str) -> Iterator[tuple[str, str]]:
    word, separator, rest = value.partition(" ")
    if separator:
        yield "without its scheme", rest
        yield "of another scheme", f"Digest {rest}"
        yield "with nothing after the scheme", word
        yield "with two tokens", f"{value} {rest}"
        yield "with its scheme glued on", word + rest
    yield "with a character added", f"{value}x"
    yield "cut short", value[:-1]
    yield "in the other case", f"{word} {rest.swapcase()}" if separator else value.swapcase()
    yield "empty", ""


def _acceptable(ctx: CheckContext, operation: ir.Operation, parts: CredentialParts) -> bool:
    """Whether some alternative of the operation is right with these credentials."""
    headers = {name.lower(): value for name, value in parts.headers.items()}
    query = dict(parts.query)
    shown = credentials.Shown(headers.get, query.get, dict(parts.cookies).get)
    given = ctx.session.config.credentials
    known = {given.token, *given.secrets.values()} - {None}
    return any(
        all(
            (scheme := ctx.api.security_schemes.get(name)) is not None
            and credentials.presented(scheme, shown) in known
            for name in requirement
        )
        for requirement in operation.security
    )


def _deny(ctx: CheckContext, operation: ir.Operation) -> None:
    """Call with no credentials, wrong ones, malformed ones; nothing may be answered or done."""
    if not ctx.session.accounts.has_own:
        # A server whose protection is switched off, as on one's own machine, is not told apart.
        raise Inconclusive("no credential was given (--token, --credential)")
    address = ctx.objects.address_of(operation)
    is_open = False
    for rule_id, label, parts in strangers(ctx, operation):
        # Where none are needed, the form of those that are sent says nothing.
        if is_open and rule_id == "auth-malformed":
            continue
        exchange = _attack(ctx, operation, address, parts)
        if ctx.expect(
            not exchange.ok,
            operation,
            f"a call {label} is answered with {exchange.status}",
            exchange,
            subject=label if rule_id == "auth-malformed" else "",
            rule=rule_id,
        ):
            ctx.expect(
                exchange.status in {401, 403}
                or exchange.status >= 500
                # What is no credential at all is a bad request (RFC 6750, 3.1).
                or (exchange.status == 400 and rule_id == "auth-malformed")
                # Nobody has an id that was made up, whoever asks.
                or (exchange.status == 404 and not _is_made(ctx, operation)),
                operation,
                f"a call {label} is answered with {exchange.status} instead of 401",
                exchange,
                rule="auth-first",
            )
        elif not parts:
            is_open = True


def _is_made(ctx: CheckContext, operation: ir.Operation) -> bool:
    """Whether a path names only objects that a run can make."""
    return all(
        place.collection is not None and place.collection.creator is not None
        for place in ctx.session.safety.places(operation.path)
    )


@operation_check(
    "auth-missing",
    "auth-wrong",
    "auth-malformed",
    "auth-first",
    needs=guarded_read,
    writes=False,
)
def reads_denied(ctx: CheckContext, operation: ir.Operation) -> None:
    """Reading operations, attacked with every kind of wrong credentials."""
    _deny(ctx, operation)


rule(
    "auth-enforced",
    Family.SECURITY,
    "Nothing is changed for callers nobody knows",
    "One changing operation left open is enough to lose the data.",
    "Put the check in front of every route that changes something.",
)


@operation_check(
    "auth-enforced",
    "auth-missing",
    "auth-wrong",
    "auth-malformed",
    "auth-first",
    needs=guarded_change,
)
def changes_denied(ctx: CheckContext, operation: ir.Operation) -> None:
    """Changing operations, attacked with every kind of wrong credentials."""
    _deny(ctx, operation)


def _protected(collection: Collection) -> Readable | None:
    return Readable.of(collection) if any(map(_guarded, collection.operations())) else None


def _protected_changes(collection: Collection) -> Readable | None:
    changing = collection.updater is not None or collection.deleter is not None
    return _protected(collection) if changing else None


def _protected_list(collection: Collection) -> Listable | None:
    readable = _protected(collection) is not None
    return Listable.of(collection) if readable else None


@collection_check("auth-no-effect", needs=_protected_changes)
def auth_no_effect(ctx: CheckContext, target: Readable) -> None:
    """After updates and deletions without credentials the object is as it was."""
    collection = target.collection
    obj = ctx.objects.create(collection)
    before, _ = ctx.objects.read(obj)
    for operation in (collection.updater, collection.deleter):
        if operation is None or not _guarded(operation):
            continue
        body = UNSET if operation is collection.deleter else _everything_new(ctx, obj)
        attack = ctx.executor.call(operation, obj.address, body=body, credential=CredentialParts())
        if attack.ok:
            continue
        read = ctx.objects.retrieve(obj)
        shown = collection.shown(read, target.retriever)
        changed = changes(collection, before, shown) if isinstance(shown, dict) else []
        what = ".".join(changed[0][0]) if changed else "the object"
        if not ctx.expect(
            read.ok and not changed,
            operation,
            f"a call without credentials, refused with {attack.status}, changed {what}",
            obj.created,
            attack,
            read,
        ):
            return


def _everything_new(ctx: CheckContext, obj: CreatedObject) -> Json | Unset:
    """An update's body that gives every member another value; nothing where it takes none."""
    collection = obj.collection
    if collection.updated is None:
        return UNSET
    members = {
        leaf.path[0]: different_value(ctx, leaf, jsonvalue.get(obj.value, leaf.path))
        for leaf in changeable(ctx, collection)
        if len(leaf.path) == 1
    }
    return {**ctx.bodies.required_now(obj, collection.updated), **members}


def _needs_other(ctx: CheckContext) -> None:
    if not ctx.session.has_other:
        raise Inconclusive("no second account given (--other-token)")


rule(
    "existence-hidden",
    Family.SECURITY,
    "Another account cannot tell which objects exist",
    "Where 403 stands for what is there and 404 for what is not, anybody can find out which ids "
    "are in use.",
    "Answer both with the same status, 404 most often.",
    Level.HINT,
)


@collection_check(
    "tenant-read", "tenant-update", "tenant-delete", "existence-hidden", needs=_protected
)
def tenants_apart(ctx: CheckContext, target: Readable) -> None:
    """Another account reads, updates and deletes an object of mine: it must not reach it."""
    collection = target.collection
    _needs_other(ctx)
    obj = ctx.objects.create(collection)
    before, first = ctx.objects.read(obj)
    for rule_id, operation in (
        ("tenant-read", target.retriever),
        ("tenant-update", collection.updater),
        ("tenant-update", collection.replacer),
        ("tenant-delete", collection.deleter),
    ):
        if operation is None or not _guarded(operation):
            continue
        body: Json | Unset = UNSET
        if operation is collection.updater and collection.updated is not None:
            body = _everything_new(ctx, obj)
        elif operation is collection.replacer:
            body = ctx.bodies.of(collection)
        attack = ctx.executor.call(operation, obj.address, body=body, actor=Actor.OTHER)
        ctx.expect(
            not attack.ok,
            operation,
            f"another account's {operation.method.upper()} is answered with {attack.status}",
            obj.created,
            attack,
            rule=rule_id,
        )
        if rule_id == "tenant-read":
            _hidden(ctx, target, obj, attack)
            continue
        read = ctx.objects.retrieve(obj)
        shown = collection.shown(read, target.retriever)
        changed = changes(collection, before, shown) if isinstance(shown, dict) else []
        what = f"{'.'.join(changed[0][0])} to {show(changed[0][2])}" if changed else "the object"
        if not ctx.expect(
            read.ok and not changed,
            operation,
            f"another account changed {what}",
            obj.created,
            first,
            attack,
            read,
            rule=rule_id,
        ):
            return


def _hidden(ctx: CheckContext, target: Readable, obj: CreatedObject, attack: Exchange) -> None:
    """What is another's is refused as what is not there at all."""
    if not attack.refused:
        return
    nothing = ctx.executor.call(target.retriever, unknown(ctx, obj), actor=Actor.OTHER)
    if not nothing.refused:
        return
    ctx.expect(
        attack.status == nothing.status,
        target.retriever,
        f"another account's object is answered with {attack.status}, one that does not exist with "
        f"{nothing.status}",
        obj.created,
        attack,
        nothing,
        rule="existence-hidden",
    )


@collection_check("tenant-list", needs=_protected_list)
def tenants_listed_apart(ctx: CheckContext, target: Listable) -> None:
    """Neither of two accounts lists the other's objects, filtered or not, nor counts them."""
    collection = target.collection
    _needs_other(ctx)
    lister = target.lister
    mine = ctx.objects.create(collection)
    theirs = ctx.objects.create(collection, actor=Actor.OTHER)
    for actor, own, foreign in ((Actor.ME, mine, theirs), (Actor.OTHER, theirs, mine)):
        for query in _queries(lister, foreign.value):
            items, seen = ctx.lists.all_items(collection, query, actor=actor)
            listed = {id_of(collection, item) for item in items}
            ctx.expect(
                foreign.id not in listed,
                lister,
                "an object of another account is in the list"
                + (f" filtered by {query[0][0]}" if query else ""),
                foreign.created,
                *seen[:1],
                subject=query[0][0] if query else "",
            )
            if not query:
                ctx.expect(
                    own.id in listed,
                    lister,
                    "an account's own object is not in its list",
                    own.created,
                    *seen[:1],
                    subject="own",
                )
            paging = lister.pagination
            total = (
                seen[0].at(paging.total_items) if paging and paging.total_items and seen else None
            )
            if isinstance(total, int):
                ctx.expect(
                    total == len(items),
                    lister,
                    f"the list shows {len(items)} objects and counts {total}",
                    *seen[:1],
                    subject="total",
                )


def _queries(lister: ir.Operation, foreign: dict[str, Json]) -> list[list[tuple[str, str]]]:
    found: list[list[tuple[str, str]]] = [[]]
    for each in lister.filters:
        value = jsonvalue.get(foreign, each.member)
        if isinstance(value, str) and value:
            found.append([(each.parameter, value)])
    return found
