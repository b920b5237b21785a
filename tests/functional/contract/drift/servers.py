"""The table: servers that do one thing otherwise than the museum's description says, and the edit
of the description that is right for each. Written before anything was run.

An edit is where the description changes and what stands there then; `GONE`: nothing. `None`: no
edit is right, for the server is wrong, or what it means cannot be told from outside.
"""

from museum import Museum, text_of_a_failure
from starlette.responses import JSONResponse

GONE = object()
_SCHEMAS = "/components/schemas"
_EXHIBIT = f"{_SCHEMAS}/Exhibit"
_NEW = f"{_SCHEMAS}/NewExhibit"
_PROPERTIES = f"{_EXHIBIT}/properties"
_REF = {"$ref": "#/components/schemas/Exhibit"}
_LIST = "/paths/~1exhibits/get/responses/200/content/application~1json/schema"

EDITED, AMBIGUOUS, BUGS = {}, {}, {}


def edited(name, edit):
    def add(server):
        EDITED[name] = (server, edit)
        return server

    return add


def ambiguous(name):
    return lambda server: AMBIGUOUS.setdefault(name, server)


def bug(name):
    return lambda server: BUGS.setdefault(name, server)


def showing(**otherwise):
    """A server that shows some properties otherwise."""

    class Showing(Museum):
        def shown(self, exhibit):
            made = {**exhibit, **otherwise}
            return {name: value for name, value in made.items() if value is not GONE}

    return Showing


# ------------------------------------------------------------------ one right edit

for _name, _server, _edit in (
    (
        "a property that is not described",
        showing(wing="east"),
        {f"{_PROPERTIES}/wing": {"type": "string"}},
    ),
    (
        "a required property is not shown",
        showing(donor=GONE),
        {f"{_EXHIBIT}/required": ["id", "title", "pieces", "added_at", "kind"]},
    ),
    (
        "a number is shown as text",
        showing(stars="3"),
        {f"{_PROPERTIES}/stars/type": ["integer", "string"]},
    ),
    ("a whole number has a fraction", showing(stars=3.5), {f"{_PROPERTIES}/stars/type": "number"}),
    ("a limit is passed", showing(stars=9), {f"{_PROPERTIES}/stars/maximum": GONE}),
    (
        "a value that the list lacks",
        showing(state="lent"),
        {f"{_PROPERTIES}/state/enum": ["shown", "stored", "lent"]},
    ),
    (
        "a day instead of a moment",
        showing(added_at="2030-01-02"),
        {f"{_PROPERTIES}/added_at/format": GONE},
    ),
    (
        "null where a reference stands",
        showing(donor=None),
        {
            f"{_PROPERTIES}/donor/$ref": GONE,
            f"{_PROPERTIES}/donor/anyOf": [
                {"$ref": "#/components/schemas/Donor"},
                {"type": "null"},
            ],
        },
    ),
    (
        "a property deep inside is not shown",
        showing(donor={"title": "Dr"}),
        {f"{_SCHEMAS}/Donor/required": GONE},
    ),
):
    edited(_name, _edit)(_server)


@edited(
    "null where the property comes from a merge key",
    {f"{_PROPERTIES}/note/type": ["string", "null"]},
)
class NullNote(Museum):
    def shown(self, exhibit):
        return {"note": None, **exhibit}


@edited(
    "another status for what was added",
    {
        "/paths/~1exhibits/post/responses/202": {
            "description": "Added",
            "headers": {"Location": {"required": True, "schema": {"type": "string"}}},
            "content": {"application/json": {"schema": _REF}},
        }
    },
)
class Accepting(Museum):
    created = 202


@edited(
    "what was removed is shown",
    {
        "/paths/~1exhibits~1{id}/delete/responses/200": {
            "description": "Seen on the server, not in its documents.",
            "content": {"application/json": {"schema": _REF}},
        }
    },
)
class Showy(Museum):
    def removed(self, exhibit):
        return JSONResponse(exhibit)


@edited(
    "another media type",
    {
        "/paths/~1exhibits~1{id}/get/responses/200/content/application~1vnd.museum+json": {
            "schema": _REF
        }
    },
)
class OwnMediaType(Museum):
    media_type = "application/vnd.museum+json"


@edited(
    "a header is not sent",
    {"/paths/~1exhibits/post/responses/201/headers/Location/required": GONE},
)
class Unlocated(Museum):
    located = False


@edited(
    "what is missing is told in another way",
    {
        f"{_SCHEMAS}/Absence/required": GONE,
        f"{_SCHEMAS}/Absence/properties/errors": {"type": "array", "items": {"type": "string"}},
    },
)
class OtherAbsence(Museum):
    def missing(self):
        return JSONResponse({"errors": ["none"]}, 404)


@edited(
    "a bare list",
    {
        f"{_LIST}/type": "array",
        f"{_LIST}/items": _REF,
        f"{_LIST}/required": GONE,
        f"{_LIST}/properties": GONE,
    },
)
class BareList(Museum):
    def page(self, items, total):
        return JSONResponse(items)


@edited("longer titles are taken", {f"{_NEW}/properties/title/maxLength": GONE})
class Longer(Museum):
    longest_title = 600


@edited("shorter titles alone are taken", {f"{_NEW}/properties/title/maxLength": 25})
class Shorter(Museum):
    longest_title = 25


@edited("fewer pieces alone are taken", {f"{_NEW}/properties/pieces/maximum": 150})
class Fewer(Museum):
    def wrong(self, body):
        return super().wrong(body) or ("bad" if body["pieces"] > 150 else None)


@edited("unknown members are ignored", {f"{_NEW}/additionalProperties": GONE})
class Lenient(Museum):
    closed = False


@edited("one more member is demanded", {f"{_NEW}/required": ["title", "pieces", "material"]})
class Demanding(Museum):
    demanded = ("title", "pieces", "material")


@edited("a listed value is refused", {f"{_NEW}/properties/kind/enum": ["painting", "coin"]})
class NoVases(Museum):
    kinds = ("painting", "coin")


@edited("another default", {f"{_NEW}/properties/kind/default": "coin"})
class Coins(Museum):
    first_kind = "coin"


@edited(
    "larger pages are given",
    {"/paths/~1exhibits/get/parameters/0/schema/maximum": GONE},
)
class LargePages(Museum):
    largest_page = 5000


_ADDED = "/paths/~1exhibits/post/responses/201/content/application~1json/schema"


@edited(
    "what was added stands in an envelope",
    {
        f"{_ADDED}/$ref": GONE,
        f"{_ADDED}/type": "object",
        f"{_ADDED}/properties": {"data": _REF},
    },
)
class Enveloping(Museum):
    def added(self, exhibit):
        location = {"Location": f"/exhibits/{exhibit['id']}"}
        return JSONResponse({"data": self.shown(exhibit)}, 201, location)


@edited(
    "the list has another name",
    {
        f"{_LIST}/required": ["total"],
        f"{_LIST}/properties/results": {"type": "array", "items": _REF},
    },
)
class Results(Museum):
    def page(self, items, total):
        return JSONResponse({"results": items, "total": total})


@edited("very short notes are refused", {f"{_SCHEMAS}/NewExhibit/properties/note/minLength": 3})
class LongNotes(Museum):
    def wrong(self, body):
        short = isinstance(body.get("note"), str) and len(body["note"]) < 3
        return super().wrong(body) or ("bad" if short else None)


# ------------------------------------------------------------------ not to be told from outside


@ambiguous("either of two members is demanded")
class EitherOr(Museum):
    def wrong(self, body):
        if "note" not in body and "material" not in body:
            return "incomplete"
        return super().wrong(body)


@ambiguous("values that nobody listed are taken")
class AnyKind(Museum):
    def is_kind(self, kind):
        return isinstance(kind, str)


# ------------------------------------------------------------------ the server is wrong


@bug("a failure at large numbers")
class Failing(Museum):
    def fails(self, body):
        return body["pieces"] > 300


@bug("what was sent is not stored")
class Forgetful(Museum):
    def store(self, exhibit, body):
        super().store(exhibit, body)
        exhibit["pieces"] = 1


@bug("what was sent comes back as what is forbidden")
class Zeroing(Museum):
    def store(self, exhibit, body):
        super().store(exhibit, body)
        exhibit["pieces"] = 0


@bug("what was sent comes back as null")
class Nulling(Museum):
    def shown(self, exhibit):
        return {**exhibit, "title": None}


@bug("the inside of the server is shown")
class Traces(Museum):
    def missing(self):
        return text_of_a_failure()


@bug("what was removed is still there")
class Clinging(Museum):
    def forget(self, name):
        pass


@bug("nobody is asked who they are")
class Open(Museum):
    def guarded(self, request):
        return request.method == "GET" or super().guarded(request)


@bug("the total is wrong")
class Miscounting(Museum):
    def total(self, every):
        return len(every) + 1


@bug("nothing is checked")
class Careless(Museum):
    def wrong(self, body):
        return None

    def store(self, exhibit, body):
        exhibit.update(body)


@bug("replacing changes nothing")
class Frozen(Museum):
    def replace(self, exhibit, body):
        pass


@bug("what is not there is answered as if it were")
class Inventing(Museum):
    def missing(self):
        return JSONResponse({"code": "none"})
