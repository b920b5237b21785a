"""The museum: a server that does what its description says, but for the ways it is given."""

import itertools

from starlette.applications import Starlette
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

TRACE = 'Traceback (most recent call last):\n  File "/srv/museum.py", line 9, in find\nKeyError'
FIELDS = ("title", "pieces", "note", "material", "kind")


class Museum:
    """Everything that a server may do otherwise is a method or an attribute of this one."""

    longest_title = 60
    largest_page = 50
    kinds = ("painting", "vase", "coin")
    first_kind = "painting"
    demanded = ("title", "pieces")
    closed = True
    created = 201
    media_type = "application/json"
    located = True

    def __init__(self):
        self.kept = {}
        self.ids = itertools.count(1)

    # What is shown

    def shown(self, exhibit):
        return exhibit

    def page(self, items, total):
        return JSONResponse({"items": items, "total": total})

    def missing(self):
        return JSONResponse({"code": "none"}, 404)

    def removed(self, exhibit):
        return Response(status_code=204)

    def added(self, exhibit):
        headers = {"Location": f"/exhibits/{exhibit['id']}"} if self.located else {}
        return JSONResponse(self.shown(exhibit), self.created, headers)

    # What is done

    def guarded(self, request):
        return request.headers.get("authorization") == "Bearer curator"

    def wrong(self, body):
        """What of a body is wrong, or None."""
        title, pieces, kind = body.get("title"), body.get("pieces"), body.get("kind")
        texts = [(body[n], m) for n, m in (("note", 80), ("material", 40)) if n in body]
        if any(name not in body for name in self.demanded):
            return "incomplete"
        if not isinstance(title, str) or not 1 <= len(title) <= self.longest_title:
            return "bad"
        if isinstance(pieces, bool) or not isinstance(pieces, int | float) or pieces != int(pieces):
            return "bad"
        if not 1 <= pieces <= 400 or ("kind" in body and not self.is_kind(kind)):
            return "bad"
        if any(not isinstance(text, str) or len(text) > most for text, most in texts):
            return "bad"
        return "unknown" if self.closed and set(body) - set(FIELDS) else None

    def is_kind(self, kind):
        return kind in self.kinds

    def store(self, exhibit, body):
        exhibit.update({name: body[name] for name in FIELDS if name in body})
        exhibit["pieces"] = int(exhibit["pieces"])

    def forget(self, name):
        del self.kept[name]

    def fails(self, body):
        return False

    async def read(self, request):
        """A body and None, or None and a refusal."""
        if request.headers.get("content-type", "").split(";")[0].strip() != "application/json":
            return None, refusal(415)
        try:
            body = await request.json()
        except (ValueError, RecursionError):
            return None, refusal(400)
        wrong = "no object" if not isinstance(body, dict) else self.wrong(body)
        return (None, refusal(422, wrong)) if wrong else (body, None)

    async def collection(self, request):
        if not self.guarded(request):
            return refusal(401)
        if request.method == "GET":
            texts = request.query_params.get("limit", "20"), request.query_params.get("offset", "0")
            if not all(text.isascii() and text.isdigit() for text in texts):
                return refusal(400)
            limit, offset = map(int, texts)
            if not 1 <= limit <= self.largest_page:
                return refusal(400)
            every = [self.shown(exhibit) for exhibit in self.kept.values()]
            return self.page(every[offset : offset + limit], self.total(every))
        body, refused = await self.read(request)
        if refused is not None:
            return refused
        if self.fails(body):
            return JSONResponse({"code": "oops", "message": "oops"}, 500)
        exhibit = {"id": f"x{next(self.ids)}", "kind": self.first_kind}
        exhibit |= {"added_at": "2030-01-02T03:04:05Z", "donor": {"name": "Ada"}}
        exhibit |= {"state": "shown", "stars": 3}
        self.store(exhibit, body)
        self.kept[exhibit["id"]] = exhibit
        return self.added(exhibit)

    def total(self, every):
        return len(every)

    async def item(self, request):
        if not self.guarded(request):
            return refusal(401)
        name = request.path_params["id"]
        exhibit = self.kept.get(name)
        if exhibit is None:
            return self.missing()
        if request.method == "DELETE":
            self.forget(name)
            return self.removed(exhibit)
        if request.method == "PUT":
            body, refused = await self.read(request)
            if refused is not None:
                return refused
            self.replace(exhibit, body)
            return JSONResponse(self.shown(exhibit))
        return JSONResponse(self.shown(exhibit), media_type=self.media_type)

    def replace(self, exhibit, body):
        for name in FIELDS:
            exhibit.pop(name, None)
        exhibit["kind"] = self.first_kind
        self.store(exhibit, body)

    def app(self):
        """The application."""
        return Starlette(
            routes=[
                Route("/exhibits", self.collection, methods=["GET", "POST"]),
                Route("/exhibits/{id}", self.item, methods=["GET", "PUT", "DELETE"]),
            ],
            exception_handlers={404: lambda request, error: self.missing()},
        )


def refusal(status, what="refused"):
    """A refusal as it is described."""
    headers = {"WWW-Authenticate": "Bearer"} if status == 401 else {}
    return JSONResponse({"code": what, "message": what}, status, headers)


def text_of_a_failure():
    """What a framework shows that was left in its debugging mode."""
    return PlainTextResponse(TRACE, 404)
