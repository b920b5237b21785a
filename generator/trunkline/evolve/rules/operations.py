"""Operations: there, where, called what, and how the client offers them."""

from __future__ import annotations

from trunkline import ir
from trunkline.evolve.change import Area, Place, Rule
from trunkline.evolve.context import Context
from trunkline.evolve.sunset import Removal, removal, sunset
from trunkline.evolve.table import CHECK, KEEP_ACCEPTING, SAFE, B, C, D, rule, text

A = Area.OPERATION
K = "operation"
CALLS = "Calls to it fail."
RENAMED = "Nothing changes on the wire; user code calls it by its old name."
RENAME = "Rename the calls, or keep the name with x-trunkline-method."

ADDED = rule(A, K, "added", "{operation} was added", C, C, SAFE)
REMOVED = rule(
    A,
    K,
    "removed",
    "{operation} was removed",
    B,
    B,
    CALLS,
    "Deprecate it with a sunset date (x-sunset) first.",
)
REMOVED_EARLY = rule(
    A,
    K,
    "removed-before-sunset",
    "{operation} was removed before its sunset on {date}",
    B,
    B,
    "Callers were told that they had until that day.",
    "Wait for the day announced.",
)
REMOVED_ON_TIME = rule(
    A,
    K,
    "removed-after-sunset",
    "{operation} was removed after its sunset on {date}",
    C,
    D,
    "It was deprecated, and the date announced for its end has passed.",
    "Stop using it.",
)
PATH = rule(
    A,
    "path",
    "changed",
    "{operation} moved from {was} to {now}",
    B,
    C,
    CALLS,
    "Serve the old path as well.",
)
METHOD = rule(
    A,
    "method",
    "changed",
    "{operation} is called with {now}, not {was}",
    B,
    C,
    CALLS,
    "Serve the old method as well.",
)
ID = text(A, "id", "changed", "the operation {was} is called {now} in the description")
ID_METHOD = rule(
    A,
    "id",
    "renamed-method",
    "the operation {was} is called {now}, and so is its method",
    C,
    B,
    RENAMED,
    RENAME,
)
RESOURCE = rule(
    A,
    "resource",
    "changed",
    "{operation} is reached under {now}, not {was}",
    C,
    B,
    RENAMED,
    "Change the calls, or keep x-trunkline-resource.",
)
RESOURCE_APART = rule(
    A,
    "resource",
    "separated",
    "{operation} is reached under {now}, apart from the rest of {was}",
    D,
    B,
    "Objects of the old resource are made and kept elsewhere, as the description has it.",
    "Change all operations of a resource at once.",
)
ACTION = rule(
    A, "action", "changed", "{operation} is the action {now}, not {was}", C, B, RENAMED, RENAME
)
CLIENT_NAME = rule(
    A, "client-name", "changed", "{operation} is the method {now}, not {was}", C, B, RENAMED, RENAME
)
PAYLOAD = rule(
    A,
    "payload",
    "changed",
    "{operation} returns what is at {now}, not at {was}",
    D,
    B,
    "The object that answers are about is said to be elsewhere in them.",
    "Keep x-trunkline-payload, or announce the move.",
)
PAGING_ADDED = rule(
    A,
    "pagination",
    "added",
    "{operation} is read page by page now",
    C,
    B,
    "The method returns pages where it returned one answer.",
    CHECK,
)
PAGING_REMOVED = rule(
    A,
    "pagination",
    "removed",
    "{operation} is no longer read page by page",
    C,
    B,
    "The method returns one answer where it returned pages.",
    CHECK,
)
PAGING_CHANGED = rule(
    A,
    "pagination",
    "changed",
    "{operation} is paged by {now}, not by {was}",
    D,
    D,
    "Programs that turn pages themselves do it the old way.",
    KEEP_ACCEPTING,
)
SORT_DEFAULT = rule(
    A,
    "sort",
    "default-changed",
    "{operation} is sorted by {now}, not {was}",
    D,
    D,
    "The same request answers in another order.",
    CHECK,
)
IDEMPOTENCY_ADDED = rule(
    A, "idempotency", "added", "{operation} is safe to repeat with {header}", C, C, SAFE
)
IDEMPOTENCY_REMOVED = rule(
    A,
    "idempotency",
    "removed",
    "{operation} is no longer made safe to repeat by {header}",
    D,
    D,
    "A request repeated after a fault may act twice.",
    "Turn repetition off for it.",
)
DEPRECATED = rule(
    A, K, "deprecated", "{operation} is deprecated now", C, C, SAFE, "Look for what replaces it."
)
UNDEPRECATED = rule(A, K, "undeprecated", "{operation} is no longer deprecated", C, C, SAFE)
SUNSET_EARLIER = rule(
    A,
    "sunset",
    "earlier",
    "{operation} ends on {now}, not on {was}",
    D,
    D,
    "Callers were told that they had longer.",
    CHECK,
)
SUNSET_LATER = rule(A, "sunset", "later", "{operation} ends on {now}, not on {was}", C, C, SAFE)
TAGS = text(A, "tags", "changed", "{operation} is in the groups {now}, not {was}")
SUMMARY = text(A, "summary", "changed", "the summary of {operation} changed")
DESCRIPTION = text(A, "description", "changed", "the description of {operation} changed")

RULES: tuple[Rule, ...] = (
    ADDED,
    REMOVED,
    REMOVED_EARLY,
    REMOVED_ON_TIME,
    PATH,
    METHOD,
    ID,
    ID_METHOD,
    RESOURCE,
    RESOURCE_APART,
    ACTION,
    CLIENT_NAME,
    PAYLOAD,
    PAGING_ADDED,
    PAGING_REMOVED,
    PAGING_CHANGED,
    SORT_DEFAULT,
    IDEMPOTENCY_ADDED,
    IDEMPOTENCY_REMOVED,
    DEPRECATED,
    UNDEPRECATED,
    SUNSET_EARLIER,
    SUNSET_LATER,
    TAGS,
    SUMMARY,
    DESCRIPTION,
)

METHOD_KEY = "x-trunkline-method"


def label(operation: ir.Operation) -> str:
    """`GET /profiles/{id}`."""
    return f"{operation.method.upper()} {operation.path}"


def removed(context: Context, operation: ir.Operation) -> None:
    """An operation that the new description does not have."""
    how, date = removal(operation.deprecated, operation.extensions, context.today)
    row = {
        Removal.UNANNOUNCED: REMOVED,
        Removal.EARLY: REMOVED_EARLY,
        Removal.ON_TIME: REMOVED_ON_TIME,
    }[how]
    name = label(operation)
    context.add(row, Place(name), operation.origin, None, operation=name, date=date)


def added(context: Context, operation: ir.Operation) -> None:
    """An operation that the old description does not have."""
    name = label(operation)
    context.add(ADDED, Place(name), None, operation.origin, operation=name)


def compare(context: Context, old: ir.Operation, new: ir.Operation) -> None:
    """One operation in both: everything but parameters, bodies, answers and security."""
    name = label(old)
    place = Place(name)

    def add(row: Rule, was: object = "", now: object = "") -> None:
        context.add(row, place, old.origin, new.origin, operation=name, was=was, now=now)

    if segments(old.path) != segments(new.path):
        add(PATH, old.path, new.path)
    if old.method != new.method:
        add(METHOD, old.method.upper(), new.method.upper())
    if old.id != new.id and (old.named or new.named):
        add(ID_METHOD if _names_method(context, old, new) else ID, old.id, new.id)
    if old.resource != new.resource:
        row = RESOURCE_APART if _apart(context, old, new) else RESOURCE
        add(row, ".".join(old.resource) or "the client", ".".join(new.resource) or "the client")
    if old.action is not new.action:
        add(ACTION, old.action.value, new.action.value)
    hints = old.extensions.get(METHOD_KEY), new.extensions.get(METHOD_KEY)
    if hints[0] != hints[1]:
        add(CLIENT_NAME, hints[0] or "unnamed", hints[1] or "unnamed")
    before, after = _given(old), _given(new)
    if before != after:
        add(PAYLOAD, ".".join(before) or "the top", ".".join(after) or "the top")
    _lists(context, old, new, place)
    if old.deprecated is not new.deprecated:
        add(DEPRECATED if new.deprecated else UNDEPRECATED)
    was, now = sunset(old.extensions), sunset(new.extensions)
    if was and now and was != now:
        add(SUNSET_EARLIER if now < was else SUNSET_LATER, was.isoformat(), now.isoformat())
    if set(old.tags) != set(new.tags):
        add(TAGS, ", ".join(old.tags) or "none", ", ".join(new.tags) or "none")
    if (old.summary or "").split() != (new.summary or "").split():
        add(SUMMARY)
    if (old.description or "").split() != (new.description or "").split():
        add(DESCRIPTION)


def _given(operation: ir.Operation) -> tuple[str, ...]:
    """What of the response callers are given."""
    if operation.pagination is not None:
        return operation.pagination.items
    return operation.payload if operation.opened else ()


def _names_method(context: Context, old: ir.Operation, new: ir.Operation) -> bool:
    """Whether the method is called by the id: where no action of a resource gives it a name.

    `getCover` and `get_cover` are one name to Python.
    """
    if "x-trunkline-method" in new.extensions or _letters(old.id) == _letters(new.id):
        return False
    for api, operation in ((context.old, old), (context.new, new)):
        named = {name for resource in api.resources for name in resource.operations.values()}
        if operation.action is ir.Action.OTHER or operation.id not in named:
            return True
    return False


def _letters(name: str) -> str:
    return "".join(char for char in name.lower() if char.isalnum())


def _apart(context: Context, old: ir.Operation, new: ir.Operation) -> bool:
    """Whether operations of the old resource stay behind, or go elsewhere."""
    now = {(o.method, segments(o.path)): o.resource for o in context.new.operations}
    return any(
        now.get((other.method, segments(other.path)), new.resource) != new.resource
        for other in context.old.operations
        if other.resource == old.resource
    )


def segments(path: str) -> str:
    """The path with its parameters' names left out, which do not count on the wire."""
    kept, inside = [], False
    for char in path:
        if char == "{":
            inside = True
            kept.append("{}")
        elif char == "}":
            inside = False
        elif not inside:
            kept.append(char)
    return "".join(kept)


def _lists(context: Context, old: ir.Operation, new: ir.Operation, place: Place) -> None:
    def add(row: Rule, **args: object) -> None:
        context.add(row, place, old.origin, new.origin, operation=place.subject, **args)

    if old.pagination is None or new.pagination is None:
        if new.pagination is not None:
            add(PAGING_ADDED)
        elif old.pagination is not None:
            add(PAGING_REMOVED)
    elif old.pagination != new.pagination:
        add(PAGING_CHANGED, was=_paging(old.pagination), now=_paging(new.pagination))
    if old.sort and new.sort and old.sort.default != new.sort.default:
        add(SORT_DEFAULT, was=old.sort.default or "nothing", now=new.sort.default or "nothing")
    before = old.idempotency.header if old.idempotency else None
    after = new.idempotency.header if new.idempotency else None
    if before != after and before is not None:
        add(IDEMPOTENCY_REMOVED, header=before)
    if before != after and after is not None:
        add(IDEMPOTENCY_ADDED, header=after)


def _paging(pagination: ir.Pagination) -> str:
    parts = [pagination.style.value]
    parts += [name for name in (pagination.page, pagination.size) if name]
    parts += [".".join(pagination.items)] if pagination.items else []
    return " ".join(parts)
