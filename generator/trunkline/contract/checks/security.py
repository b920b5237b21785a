"""Who may call, and whose data it is."""

from __future__ import annotations

from trunkline import ir
from trunkline.contract.checks.comparison import another, changeable, changes, show
from trunkline.contract.engine import (
    NOTHING,
    Bench,
    BlockedError,
    Family,
    Nothing,
    Thing,
    collection_law,
    operation_law,
    rule,
)
from trunkline.contract.model import Collection, Exchange, body_schema, dig, readable
from trunkline.contract.model import credentials as security
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
    return security.requires(operation)


def _reading(operation: ir.Operation) -> bool:
    return _guarded(operation) and operation.method in {"get", "head"}


def _changing(operation: ir.Operation) -> bool:
    return _guarded(operation) and operation.method not in {"get", "head"}


def _attack(
    bench: Bench,
    operation: ir.Operation,
    address: dict[str, str],
    carried: security.Carried,
) -> Exchange:
    schema = body_schema(operation)
    if schema is None:
        exchange = bench.call(operation, address, carried=carried)
    else:
        body = bench.made(schema)
        exchange = bench.call(operation, address, body=body, carried=carried)
    bench.adopt_stray(operation, exchange, address)
    return exchange


def malformed_credentials(
    scheme: ir.SecurityScheme | None, token: str
) -> list[tuple[str, security.Carried]]:
    """Credentials that resemble the right ones, and what is wrong with each."""
    right = security.carry(scheme, token)
    found: list[tuple[str, security.Carried]] = []
    for name, value in right.headers.items():
        word, separator, rest = value.partition(" ")
        other_case = f"{word} {rest.swapcase()}" if separator else value.swapcase()
        if separator:
            found += [
                ("without its scheme", security.Carried({name: rest})),
                ("of another scheme", security.Carried({name: f"Digest {rest}"})),
                ("with nothing after the scheme", security.Carried({name: word})),
                ("with two tokens", security.Carried({name: f"{value} {rest}"})),
                ("with its scheme glued on", security.Carried({name: word + rest})),
            ]
        found += [
            ("with a character added", security.Carried({name: value + "x"})),
            ("cut short", security.Carried({name: value[:-1]})),
            ("in the other case", security.Carried({name: other_case})),
            ("empty", security.Carried({name: ""})),
        ]
    if right.query:
        key = right.query[0][0]
        found += [
            ("empty", security.Carried(query=((key, ""),))),
            ("with a character added", security.Carried(query=((key, token + "x"),))),
        ]
    return [(label, carried) for label, carried in found if carried != right]


def _deny(bench: Bench, operation: ir.Operation) -> None:
    """Call with no credentials, wrong ones, malformed ones; nothing may be answered or done."""
    scheme = bench.lab.scheme
    token = bench.lab.config.credentials.token
    if not security.accepts(operation, scheme):
        raise BlockedError("asks for credentials of another kind")
    address = bench.address_of(operation)
    wrong = security.carry(
        scheme, "wrong:credentials" if _is_basic(scheme) else "wrong-credentials"
    )
    tries = [
        ("auth-missing", "without credentials", security.Carried()),
        ("auth-wrong", "with credentials nobody has", wrong),
    ]
    if token is not None:
        tries += [
            ("auth-malformed", f"with a credential {label}", carried)
            for label, carried in malformed_credentials(scheme, token)
            if token.swapcase() != token or label != "in the other case"
        ]
    for rule_id, label, carried in tries:
        exchange = _attack(bench, operation, address, carried)
        if not bench.expect(not exchange.ok):
            bench.violation(
                operation,
                f"a call {label} is answered with {exchange.status}",
                exchange,
                subject=label if rule_id == "auth-malformed" else "",
                rule=rule_id,
            )
        elif not bench.expect(exchange.status in {401, 403} or exchange.status >= 500):
            bench.violation(
                operation,
                f"a call {label} is answered with {exchange.status} instead of 401",
                exchange,
                rule="auth-first",
            )


def _is_basic(scheme: ir.SecurityScheme | None) -> bool:
    return isinstance(scheme, ir.HttpScheme) and scheme.scheme == "basic"


@operation_law(
    "auth-missing", "auth-wrong", "auth-malformed", "auth-first", needs=_reading, writes=False
)
def reads_denied(bench: Bench, operation: ir.Operation) -> None:
    """Reading operations, attacked with every kind of wrong credentials."""
    _deny(bench, operation)


rule(
    "auth-enforced",
    Family.SECURITY,
    "Nothing is changed for callers nobody knows",
    "One changing operation left open is enough to lose the data.",
)


@operation_law(
    "auth-enforced", "auth-missing", "auth-wrong", "auth-malformed", "auth-first", needs=_changing
)
def changes_denied(bench: Bench, operation: ir.Operation) -> None:
    """Changing operations, attacked with every kind of wrong credentials."""
    _deny(bench, operation)


def _full(collection: Collection) -> bool:
    return readable(collection) and any(_guarded(o) for o in collection.operations())


@collection_law(
    "auth-no-effect",
    needs=lambda c: _full(c) and (c.updater is not None or c.deleter is not None),
)
def auth_no_effect(bench: Bench, collection: Collection) -> None:
    """After updates and deletions without credentials the object is as it was."""
    thing = bench.create(collection)
    before, _ = bench.read(thing)
    for operation in (collection.updater, collection.deleter):
        if operation is None or not _guarded(operation):
            continue
        body = NOTHING if operation is collection.deleter else _everything_new(bench, thing)
        attack = bench.call(operation, thing.address, body=body, carried=security.Carried())
        if attack.ok:
            continue
        read = bench.retrieve(thing)
        assert collection.retriever is not None
        shown = read.at(collection.retriever.payload)
        changed = changes(bench, collection, before, shown) if isinstance(shown, dict) else []
        if not bench.expect(read.ok and not changed):
            what = ".".join(changed[0][0]) if changed else "the object"
            bench.violation(
                operation,
                f"a call without credentials, refused with {attack.status}, changed {what}",
                thing.created,
                attack,
                read,
            )
            return


def _everything_new(bench: Bench, thing: Thing) -> Json | Nothing:
    """An update's body that gives every member another value; nothing where it takes none."""
    collection = thing.collection
    if collection.updated is None:
        return NOTHING
    members = {
        leaf.path[0]: another(bench, leaf, dig(thing.value, leaf.path))
        for leaf in changeable(bench, collection)
        if len(leaf.path) == 1
    }
    return {**bench.required_now(thing, collection.updated), **members}


def _strangers(bench: Bench, collection: Collection) -> None:
    if not bench.lab.has_other:
        raise BlockedError("no second account given (--other-token)")


@collection_law("tenant-read", "tenant-update", "tenant-delete", needs=_full)
def tenants_apart(bench: Bench, collection: Collection) -> None:
    """Another account reads, updates and deletes an object of mine: it must not reach it."""
    _strangers(bench, collection)
    thing = bench.create(collection)
    before, first = bench.read(thing)
    for rule_id, operation in (
        ("tenant-read", collection.retriever),
        ("tenant-update", collection.updater),
        ("tenant-update", collection.replacer),
        ("tenant-delete", collection.deleter),
    ):
        if operation is None or not _guarded(operation):
            continue
        body: Json | Nothing = NOTHING
        if operation is collection.updater and collection.updated is not None:
            body = _everything_new(bench, thing)
        elif operation is collection.replacer:
            body = bench.body(collection)
        attack = bench.call(operation, thing.address, body=body, actor=Actor.OTHER)
        if not bench.expect(not attack.ok):
            bench.violation(
                operation,
                f"another account's {operation.method.upper()} is answered with {attack.status}",
                thing.created,
                attack,
                rule=rule_id,
            )
        if rule_id == "tenant-read":
            continue
        read = bench.retrieve(thing)
        assert collection.retriever is not None
        shown = read.at(collection.retriever.payload)
        changed = changes(bench, collection, before, shown) if isinstance(shown, dict) else []
        if not bench.expect(read.ok and not changed):
            what = (
                f"{'.'.join(changed[0][0])} to {show(changed[0][2])}" if changed else "the object"
            )
            bench.violation(
                operation,
                f"another account changed {what}",
                thing.created,
                first,
                attack,
                read,
                rule=rule_id,
            )
            return


@collection_law("tenant-list", needs=lambda c: _full(c) and c.lister is not None)
def tenants_listed_apart(bench: Bench, collection: Collection) -> None:
    """Neither of two accounts lists the other's objects, filtered or not, nor counts them."""
    _strangers(bench, collection)
    lister = collection.lister
    assert lister is not None
    mine = bench.create(collection)
    theirs = bench.create(collection, actor=Actor.OTHER)
    for actor, own, foreign in ((Actor.ME, mine, theirs), (Actor.OTHER, theirs, mine)):
        for query in _queries(lister, foreign.value):
            items, seen = bench.everything(collection, query, actor=actor)
            listed = {bench.identity(collection, item) for item in items}
            if not bench.expect(foreign.id not in listed):
                bench.violation(
                    lister,
                    "an object of another account is in the list"
                    + (f" filtered by {query[0][0]}" if query else ""),
                    foreign.created,
                    *seen[:1],
                    subject=query[0][0] if query else "",
                )
            if not query and not bench.expect(own.id in listed):
                bench.violation(
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
            if isinstance(total, int) and not bench.expect(total == len(items)):
                bench.violation(
                    lister,
                    f"the list shows {len(items)} objects and counts {total}",
                    *seen[:1],
                    subject="total",
                )


def _queries(lister: ir.Operation, foreign: dict[str, Json]) -> list[list[tuple[str, str]]]:
    found: list[list[tuple[str, str]]] = [[]]
    for each in lister.filters:
        value = dig(foreign, each.member)
        if isinstance(value, str) and value:
            found.append([(each.parameter, value)])
    return found
