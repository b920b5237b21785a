"""Who may call, and whose data it is."""

from __future__ import annotations

from trunkline import ir
from trunkline.contract.checks.comparison import changeable, changes, different_value, show
from trunkline.contract.engine import (
    UNSET,
    CheckContext,
    CreatedObject,
    Family,
    Inconclusive,
    Unset,
    collection_check,
    operation_check,
    rule,
)
from trunkline.contract.model import (
    Collection,
    Exchange,
    body_schema,
    credentials,
    get_path,
    readable,
)
from trunkline.contract.session import Actor
from trunkline.ir import Json

rule(
    "auth-missing",
    Family.SECURITY,
    "Without credentials nothing is answered",
    "One operation left open opens the account.",
)
rule(
    "auth-wrong",
    Family.SECURITY,
    "Credentials nobody has are refused",
    "A server that checks only that there is a token checks nothing.",
)
rule(
    "auth-malformed",
    Family.SECURITY,
    "Credentials of another form are refused",
    "What is parsed loosely is matched loosely.",
)
rule(
    "auth-first",
    Family.SECURITY,
    "Credentials are checked before the request is looked at",
    "A 404 or 422 for callers nobody knows tells them what exists.",
)
rule(
    "auth-no-effect",
    Family.SECURITY,
    "A request refused for its credentials changes nothing",
    "A check after the act comes too late.",
)
for _verb, _title in (
    ("read", "Another account cannot read an object"),
    ("update", "Another account cannot update an object"),
    ("delete", "Another account cannot delete an object"),
    ("list", "Another account's objects are in no list"),
):
    rule(
        f"tenant-{_verb}",
        Family.SECURITY,
        _title,
        "The data of one customer in the hands of another is the failure nobody survives.",
    )


def _guarded(operation: ir.Operation) -> bool:
    return credentials.requires(operation)


def _reading(operation: ir.Operation) -> bool:
    return _guarded(operation) and operation.method in {"get", "head"}


def _changing(operation: ir.Operation) -> bool:
    return _guarded(operation) and operation.method not in {"get", "head"}


def _attack(
    ctx: CheckContext,
    operation: ir.Operation,
    address: dict[str, str],
    credential: credentials.CredentialParts,
) -> Exchange:
    schema = body_schema(operation)
    if schema is None:
        exchange = ctx.call(operation, address, credential=credential)
    else:
        body = ctx.made(schema)
        exchange = ctx.call(operation, address, body=body, credential=credential)
    ctx.note_created(operation, exchange, address)
    return exchange


def malformed_credentials(
    scheme: ir.SecurityScheme | None, token: str
) -> list[tuple[str, credentials.CredentialParts]]:
    """Credentials that resemble the right ones, and what is wrong with each."""
    right = credentials.apply_credential(scheme, token)
    found: list[tuple[str, credentials.CredentialParts]] = []
    for name, value in right.headers.items():
        word, separator, rest = value.partition(" ")
        other_case = f"{word} {rest.swapcase()}" if separator else value.swapcase()
        if separator:
            found += [
                ("without its scheme", credentials.CredentialParts({name: rest})),
                ("of another scheme", credentials.CredentialParts({name: f"Digest {rest}"})),
                ("with nothing after the scheme", credentials.CredentialParts({name: word})),
                ("with two tokens", credentials.CredentialParts({name: f"{value} {rest}"})),
                ("with its scheme glued on", credentials.CredentialParts({name: word + rest})),
            ]
        found += [
            ("with a character added", credentials.CredentialParts({name: value + "x"})),
            ("cut short", credentials.CredentialParts({name: value[:-1]})),
            ("in the other case", credentials.CredentialParts({name: other_case})),
            ("empty", credentials.CredentialParts({name: ""})),
        ]
    if right.query:
        key = right.query[0][0]
        found += [
            ("empty", credentials.CredentialParts(query=((key, ""),))),
            ("with a character added", credentials.CredentialParts(query=((key, token + "x"),))),
        ]
    return [(label, credential) for label, credential in found if credential != right]


def _deny(ctx: CheckContext, operation: ir.Operation) -> None:
    """Call with no credentials, wrong ones, malformed ones; nothing may be answered or done."""
    scheme = ctx.session.scheme
    token = ctx.session.config.credentials.token
    if not credentials.accepts(operation, scheme):
        raise Inconclusive("asks for credentials of another kind")
    address = ctx.address_of(operation)
    wrong = credentials.apply_credential(
        scheme, "wrong:credentials" if _is_basic(scheme) else "wrong-credentials"
    )
    tries = [
        ("auth-missing", "without credentials", credentials.CredentialParts()),
        ("auth-wrong", "with credentials nobody has", wrong),
    ]
    if token is not None:
        tries += [
            ("auth-malformed", f"with a credential {label}", credential)
            for label, credential in malformed_credentials(scheme, token)
            if token.swapcase() != token or label != "in the other case"
        ]
    for rule_id, label, credential in tries:
        exchange = _attack(ctx, operation, address, credential)
        if not ctx.expect(not exchange.ok):
            ctx.violation(
                operation,
                f"a call {label} is answered with {exchange.status}",
                exchange,
                subject=label if rule_id == "auth-malformed" else "",
                rule=rule_id,
            )
        elif not ctx.expect(exchange.status in {401, 403} or exchange.status >= 500):
            ctx.violation(
                operation,
                f"a call {label} is answered with {exchange.status} instead of 401",
                exchange,
                rule="auth-first",
            )


def _is_basic(scheme: ir.SecurityScheme | None) -> bool:
    return isinstance(scheme, ir.HttpScheme) and scheme.scheme == "basic"


@operation_check(
    "auth-missing", "auth-wrong", "auth-malformed", "auth-first", needs=_reading, writes=False
)
def reads_denied(ctx: CheckContext, operation: ir.Operation) -> None:
    """Reading operations, attacked with every kind of wrong credentials."""
    _deny(ctx, operation)


rule(
    "auth-enforced",
    Family.SECURITY,
    "Nothing is changed for callers nobody knows",
    "One changing operation left open is enough to lose the data.",
)


@operation_check(
    "auth-enforced", "auth-missing", "auth-wrong", "auth-malformed", "auth-first", needs=_changing
)
def changes_denied(ctx: CheckContext, operation: ir.Operation) -> None:
    """Changing operations, attacked with every kind of wrong credentials."""
    _deny(ctx, operation)


def _full(collection: Collection) -> bool:
    return readable(collection) and any(_guarded(o) for o in collection.operations())


@collection_check(
    "auth-no-effect",
    needs=lambda c: _full(c) and (c.updater is not None or c.deleter is not None),
)
def auth_no_effect(ctx: CheckContext, collection: Collection) -> None:
    """After updates and deletions without credentials the object is as it was."""
    obj = ctx.create(collection)
    before, _ = ctx.read(obj)
    for operation in (collection.updater, collection.deleter):
        if operation is None or not _guarded(operation):
            continue
        body = UNSET if operation is collection.deleter else _everything_new(ctx, obj)
        attack = ctx.call(
            operation, obj.address, body=body, credential=credentials.CredentialParts()
        )
        if attack.ok:
            continue
        read = ctx.retrieve(obj)
        assert collection.retriever is not None
        shown = read.at(collection.retriever.payload)
        changed = changes(ctx, collection, before, shown) if isinstance(shown, dict) else []
        if not ctx.expect(read.ok and not changed):
            what = ".".join(changed[0][0]) if changed else "the object"
            ctx.violation(
                operation,
                f"a call without credentials, refused with {attack.status}, changed {what}",
                obj.created,
                attack,
                read,
            )
            return


def _everything_new(ctx: CheckContext, obj: CreatedObject) -> Json | Unset:
    """An update's body that gives every member another value; nothing where it takes none."""
    collection = obj.collection
    if collection.updated is None:
        return UNSET
    members = {
        leaf.path[0]: different_value(ctx, leaf, get_path(obj.value, leaf.path))
        for leaf in changeable(ctx, collection)
        if len(leaf.path) == 1
    }
    return {**ctx.required_now(obj, collection.updated), **members}


def _strangers(ctx: CheckContext, collection: Collection) -> None:
    if not ctx.session.has_other:
        raise Inconclusive("no second account given (--other-token)")


@collection_check("tenant-read", "tenant-update", "tenant-delete", needs=_full)
def tenants_apart(ctx: CheckContext, collection: Collection) -> None:
    """Another account reads, updates and deletes an object of mine: it must not reach it."""
    _strangers(ctx, collection)
    obj = ctx.create(collection)
    before, first = ctx.read(obj)
    for rule_id, operation in (
        ("tenant-read", collection.retriever),
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
            body = ctx.body(collection)
        attack = ctx.call(operation, obj.address, body=body, actor=Actor.OTHER)
        if not ctx.expect(not attack.ok):
            ctx.violation(
                operation,
                f"another account's {operation.method.upper()} is answered with {attack.status}",
                obj.created,
                attack,
                rule=rule_id,
            )
        if rule_id == "tenant-read":
            continue
        read = ctx.retrieve(obj)
        assert collection.retriever is not None
        shown = read.at(collection.retriever.payload)
        changed = changes(ctx, collection, before, shown) if isinstance(shown, dict) else []
        if not ctx.expect(read.ok and not changed):
            what = (
                f"{'.'.join(changed[0][0])} to {show(changed[0][2])}" if changed else "the object"
            )
            ctx.violation(
                operation,
                f"another account changed {what}",
                obj.created,
                first,
                attack,
                read,
                rule=rule_id,
            )
            return


@collection_check("tenant-list", needs=lambda c: _full(c) and c.lister is not None)
def tenants_listed_apart(ctx: CheckContext, collection: Collection) -> None:
    """Neither of two accounts lists the other's objects, filtered or not, nor counts them."""
    _strangers(ctx, collection)
    lister = collection.lister
    assert lister is not None
    mine = ctx.create(collection)
    theirs = ctx.create(collection, actor=Actor.OTHER)
    for actor, own, foreign in ((Actor.ME, mine, theirs), (Actor.OTHER, theirs, mine)):
        for query in _queries(lister, foreign.value):
            items, seen = ctx.all_items(collection, query, actor=actor)
            listed = {ctx.id_of(collection, item) for item in items}
            if not ctx.expect(foreign.id not in listed):
                ctx.violation(
                    lister,
                    "an object of another account is in the list"
                    + (f" filtered by {query[0][0]}" if query else ""),
                    foreign.created,
                    *seen[:1],
                    subject=query[0][0] if query else "",
                )
            if not query and not ctx.expect(own.id in listed):
                ctx.violation(
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
            if isinstance(total, int) and not ctx.expect(total == len(items)):
                ctx.violation(
                    lister,
                    f"the list shows {len(items)} objects and counts {total}",
                    *seen[:1],
                    subject="total",
                )


def _queries(lister: ir.Operation, foreign: dict[str, Json]) -> list[list[tuple[str, str]]]:
    found: list[list[tuple[str, str]]] = [[]]
    for each in lister.filters:
        value = get_path(foreign, each.member)
        if isinstance(value, str) and value:
            found.append([(each.parameter, value)])
    return found
