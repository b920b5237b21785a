"""A lending library, written by hand, knowing nothing of Trunkline: with named bugs.

Started as a program it prints its address: `python library_service.py [bug …]`.
"""

import datetime
import itertools
import json
import re
import sys
import threading
import uuid

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

BUGS = {
    # bug: rules of which one must name it
    "change-not-stored": {"update-visible", "update-echo"},
    "change-resets-room": {"absent-keeps"},
    "note-cannot-be-cleared": {"null-clears"},
    "topics-added-up": {"list-replaces", "update-visible"},
    "created-moves": {"created-fixed"},
    "changed-stays": {"updated-moves"},
    "removed-still-listed": {"delete-unlisted"},
    "removed-still-readable": {"delete-gone"},
    "remove-takes-neighbour": {"delete-alone"},
    "page-skips-one": {"pages-partition"},
    "page-overlaps": {"pages-partition"},
    "count-of-page": {"page-numbers", "past-the-end"},
    "more-always-true": {"page-numbers"},
    "room-ignored": {"filter-sound"},
    "title-ignores-case": {"filter-case"},
    "title-as-pattern": {"filter-literal"},
    "sort-as-added": {"sort-monotone"},
    "label-up-to-61": {"length-enforced"},
    "label-below-60": {"bounds-accepted"},
    "capacity-as-text": {"type-enforced"},
    "code-not-anchored": {"pattern-enforced"},
    "label-twice": {"unique-enforced"},
    "label-raced": {"unique-raced"},
    "extra-members-taken": {"unknown-refused"},
    "id-taken-from-caller": {"owned-on-create", "unknown-refused"},
    "cards-not-compared": {"auth-wrong"},
    "others-can-read": {"tenant-read"},
    "others-can-change": {"tenant-update"},
    "others-listed": {"tenant-list"},
    "location-wrong": {"location-leads"},
    "key-ignored": {"key-replays"},
    "key-for-any-body": {"key-conflicts"},
    "keys-of-everybody": {"key-apart"},
    "emoji-fails": {"no-server-error", "text-survived"},
    "refused-but-kept": {"refused-creates-nothing"},
    "changes-lost": {"updates-kept"},
    "replace-merges": {"replace-whole"},
    "default-wrong": {"defaults-applied"},
    "undocumented-status": {"status-documented"},
    "wrong-shape": {"response-schema"},
    "change-others-too": {"update-alone"},
}

CARDS = {"card-of-ada": "ada", "card-of-bob": "bob"}
ROOMS = ("attic", "hall", "cellar")


class RefusalError(Exception):
    def __init__(self, status: int, detail: str) -> None:
        self.status = status
        self.detail = detail


def now() -> str:
    return datetime.datetime.now(datetime.UTC).isoformat(timespec="microseconds")


def text(value, low, high):
    return isinstance(value, str) and low <= len(value) <= high


def whole(value, low, high):
    return type(value) is int and low <= value and (high is None or value <= high)


class Library:
    def __init__(self, bugs):
        self.bugs = frozenset(bugs)
        unknown = self.bugs - BUGS.keys()
        if unknown:
            raise ValueError(f"no such bugs: {unknown}")
        self.shelves = {}
        self.books = {}
        self.keys = {}
        self.numbers = itertools.count(1001)
        self.lock = threading.Lock()

    def bug(self, name):
        return name in self.bugs

    # ------------------------------------------------------------ checking

    def member(self, request: Request) -> str:
        card = request.headers.get("X-Library-Card", "")
        if self.bug("cards-not-compared") and card:
            return CARDS.get(card, "ada")
        if card not in CARDS:
            raise RefusalError(401, "no card, or not one of ours")
        return CARDS[card]

    async def body(self, request: Request):
        kind = request.headers.get("content-type", "").partition(";")[0].strip()
        if kind != "application/json":
            raise RefusalError(400, "only JSON")
        try:
            found = json.loads(await request.body())
        except (ValueError, RecursionError):
            raise RefusalError(400, "not JSON") from None
        if not isinstance(found, dict):
            raise RefusalError(400, "not an object")
        return found

    def check_shelf(self, given, *, new):
        if new and "label" not in given:
            raise RefusalError(400, "label is missing")
        high = 61 if self.bug("label-up-to-61") else 59 if self.bug("label-below-60") else 60
        code = r"[A-Z]{2}-[0-9]{3}" if self.bug("code-not-anchored") else r"[A-Z]{2}-[0-9]{3}\Z"
        checks = {
            "label": lambda v: text(v, 2, high),
            "room": lambda v: isinstance(v, str) and v in ROOMS,
            "capacity": lambda v: (
                whole(v, 0, 500)
                or (self.bug("capacity-as-text") and isinstance(v, str) and v.isdigit())
            ),
            "note": lambda v: v is None or text(v, 0, 200),
            "topics": lambda v: (
                isinstance(v, list)
                and len(v) <= 4
                and all(text(t, 1, 30) for t in v)
                and len(set(v)) == len(v)
            ),
            "code": lambda v: isinstance(v, str) and re.match(code, v),
        }
        for name, value in given.items():
            if name not in checks:
                if self.bug("extra-members-taken") or (
                    self.bug("id-taken-from-caller") and name == "id"
                ):
                    continue
                raise RefusalError(400, f"{name} is not known")
            if not checks[name](value):
                raise RefusalError(400, f"{name} is wrong")
        if isinstance(given.get("capacity"), str):
            given["capacity"] = int(given["capacity"])

    def check_book(self, given):
        checks = {
            "title": lambda v: text(v, 1, 100),
            "pages": lambda v: whole(v, 1, None),
            "rating": lambda v: v is None or (type(v) in (int, float) and 0 <= v <= 5),
            "lent": lambda v: isinstance(v, bool),
        }
        if "title" not in given:
            raise RefusalError(400, "title is missing")
        for name, value in given.items():
            if name in checks and not checks[name](value):
                raise RefusalError(400, f"{name} is wrong")

    def unique(self, member, label, besides=None):
        if self.bug("label-twice"):
            return
        for shelf in self.shelves.values():
            same = shelf["owner"] == member and shelf["label"] == label
            if same and not shelf["removed"] and shelf["id"] != besides:
                raise RefusalError(409, "there is a shelf with this label")

    def shelf(self, request: Request, member, *, verb):
        raw = request.path_params["shelf"]
        if not re.fullmatch("[1-9][0-9]{0,60}", raw):
            raise RefusalError(400, "not a number")
        found = self.shelves.get(int(raw))
        if found is None or (
            found["removed"] and not (verb == "read" and self.bug("removed-still-readable"))
        ):
            raise RefusalError(404, "no such shelf")
        open_to_all = (verb == "read" and self.bug("others-can-read")) or (
            verb == "change" and self.bug("others-can-change")
        )
        if found["owner"] != member and not open_to_all:
            raise RefusalError(404, "no such shelf")
        return found

    def shown(self, shelf):
        made = {k: v for k, v in shelf.items() if k not in {"owner", "removed"}}
        if self.bug("wrong-shape") and shelf["room"] == "cellar":
            made["capacity"] = str(made["capacity"])
        return made

    def number(self, request, name, default, low, high):
        raw = request.query_params.get(name)
        if raw is None:
            return default
        if not re.fullmatch("[0-9]{1,60}", raw):
            raise RefusalError(400, f"{name} is no number")
        if not low <= int(raw) <= high:
            raise RefusalError(400, f"{name} is out of bounds")
        return int(raw)

    # ------------------------------------------------------------- shelves

    async def list_shelves(self, request: Request):
        member = self.member(request)
        limit = self.number(request, "limit", 10, 1, 50)
        offset = self.number(request, "offset", 0, 0, 10**60)
        room = request.query_params.get("room")
        order = request.query_params.get("sort", "-created")
        if room is not None and room not in ROOMS:
            raise RefusalError(400, "no such room")
        if order not in {"label", "-label", "-created"}:
            raise RefusalError(400, "no such order")
        found = [
            s
            for s in self.shelves.values()
            if (s["owner"] == member or self.bug("others-listed"))
            and (not s["removed"] or self.bug("removed-still-listed"))
        ]
        if room and not self.bug("room-ignored"):
            found = [s for s in found if s["room"] == room]
        if not self.bug("sort-as-added"):
            name = order.lstrip("-")
            found.sort(key=lambda s: (s[name], s["id"]), reverse=order.startswith("-"))
        start = offset
        if offset and self.bug("page-skips-one"):
            start += 1
        if offset and self.bug("page-overlaps"):
            start -= 1
        page = found[start : start + limit]
        count = len(page) if self.bug("count-of-page") else len(found)
        more = self.bug("more-always-true") or start + len(page) < len(found)
        return JSONResponse(
            {"shelves": [self.shown(s) for s in page], "count": count, "more": more}
        )

    async def add_shelf(self, request: Request):
        member = self.member(request)
        given = await self.body(request)
        key = request.headers.get("Idempotency-Key")
        if key is not None and len(key) > 80:
            raise RefusalError(400, "key too long")
        owner = "everybody" if self.bug("keys-of-everybody") else member
        known = self.keys.get((owner, key)) if key else None
        if known and not self.bug("key-ignored"):
            if known[0] != given and not self.bug("key-for-any-body"):
                raise RefusalError(409, "key used for another request")
            return JSONResponse(known[1], 201, known[2])
        try:
            self.check_shelf(given, new=True)
        except RefusalError:
            if self.bug("refused-but-kept") and isinstance(given.get("label"), str):
                self.store(member, {"label": given["label"]})
            raise
        if self.bug("emoji-fails") and any(ord(c) > 0xFFFF for c in given["label"]):
            raise RuntimeError("cannot encode")
        self.unique(member, given["label"])
        if self.bug("label-raced"):
            import anyio

            await anyio.sleep(0.02)
        made = self.store(member, given)
        if self.bug("label-raced"):
            pass
        address = f"/api/shelves/{made['id'] + (1 if self.bug('location-wrong') else 0)}"
        answer = self.shown(made)
        if key:
            self.keys[owner, key] = (given, answer, {"Location": address})
        status = 202 if self.bug("undocumented-status") and given.get("room") == "attic" else 201
        return JSONResponse(answer, status, {"Location": address})

    def store(self, member, given):
        moment = now()
        made = {
            "id": next(self.numbers),
            "label": "",
            "room": "attic" if self.bug("default-wrong") else "hall",
            "capacity": 40,
            "note": None,
            "topics": [],
            "created": moment,
            "changed": moment,
            **given,
            "owner": member,
            "removed": False,
        }
        if not isinstance(made["id"], int):
            made["id"] = next(self.numbers)
        self.shelves[made["id"]] = made
        return made

    async def get_shelf(self, request: Request):
        return JSONResponse(self.shown(self.shelf(request, self.member(request), verb="read")))

    async def change_shelf(self, request: Request):
        member = self.member(request)
        shelf = self.shelf(request, member, verb="change")
        given = await self.body(request)
        self.check_shelf(given, new=False)
        if "label" in given:
            self.unique(member, given["label"], besides=shelf["id"])
        if self.bug("note-cannot-be-cleared") and given.get("note", "") is None:
            del given["note"]
        if self.bug("topics-added-up") and "topics" in given:
            given["topics"] = [*shelf["topics"], *given["topics"]][-4:]
        if self.bug("change-resets-room"):
            given.setdefault("room", "hall")
        moment = now()
        if not self.bug("changed-stays"):
            given["changed"] = moment
        if self.bug("created-moves"):
            given["created"] = moment
        if self.bug("changes-lost"):
            import anyio

            copy = {**shelf, **given}
            await anyio.sleep(0.01)
            given = copy
        answer = self.shown({**shelf, **given})
        if not self.bug("change-not-stored"):
            shelf.update(given)
        if self.bug("change-others-too"):
            for other in self.shelves.values():
                if other["owner"] == member:
                    other.update({k: v for k, v in given.items() if k in {"capacity", "note"}})
        return JSONResponse(answer)

    async def remove_shelf(self, request: Request):
        member = self.member(request)
        shelf = self.shelf(request, member, verb="remove")
        shelf["removed"] = True
        if self.bug("remove-takes-neighbour"):
            for other in self.shelves.values():
                if other["owner"] == member and not other["removed"]:
                    other["removed"] = True
                    break
        return Response(status_code=204)

    # --------------------------------------------------------------- books

    def book(self, request: Request, shelf):
        raw = request.path_params["book"]
        try:
            uuid.UUID(raw)
        except ValueError:
            raise RefusalError(400, "not a UUID") from None
        found = self.books.get(raw)
        if found is None or found["shelf"] != shelf["id"]:
            raise RefusalError(404, "no such book")
        return found

    def show_book(self, book):
        return {k: v for k, v in book.items() if k not in {"shelf"}}

    async def list_books(self, request: Request):
        shelf = self.shelf(request, self.member(request), verb="list")
        limit = self.number(request, "limit", 5, 1, 20)
        after = request.query_params.get("after")
        wanted = request.query_params.get("title_contains")
        if wanted == "":
            raise RefusalError(400, "title_contains is empty")
        found = [b for b in self.books.values() if b["shelf"] == shelf["id"]]
        if wanted:
            if self.bug("title-as-pattern"):
                pattern = re.compile(re.escape(wanted).replace("%", ".*").replace("_", "."))
                found = [b for b in found if pattern.search(b["title"])]
            elif self.bug("title-ignores-case"):
                found = [b for b in found if wanted.lower() in b["title"].lower()]
            else:
                found = [b for b in found if wanted in b["title"]]
        ids = [b["id"] for b in found]
        if after:
            if after not in ids:
                raise RefusalError(400, "after is not one of the list")
            found = found[ids.index(after) + 1 :]
        page = found[:limit]
        answer = {"books": [self.show_book(b) for b in page], "next": None}
        if len(found) > limit:
            answer["next"] = page[-1]["id"]
        return JSONResponse(answer)

    async def add_book(self, request: Request):
        shelf = self.shelf(request, self.member(request), verb="list")
        given = await self.body(request)
        self.check_book(given)
        return JSONResponse(self.show_book(self.put_book(shelf, str(uuid.uuid4()), given)), 201)

    def put_book(self, shelf, identity, given):
        allowed = {k: v for k, v in given.items() if k in {"title", "pages", "rating", "lent"}}
        made = {"id": identity, "lent": False, **allowed, "shelf": shelf["id"]}
        self.books[identity] = made
        return made

    async def get_book(self, request: Request):
        shelf = self.shelf(request, self.member(request), verb="list")
        return JSONResponse(self.show_book(self.book(request, shelf)))

    async def replace_book(self, request: Request):
        shelf = self.shelf(request, self.member(request), verb="list")
        book = self.book(request, shelf)
        given = await self.body(request)
        self.check_book(given)
        if self.bug("replace-merges"):
            given = {**book, **given}
        return JSONResponse(self.show_book(self.put_book(shelf, book["id"], given)))

    async def remove_book(self, request: Request):
        shelf = self.shelf(request, self.member(request), verb="list")
        del self.books[self.book(request, shelf)["id"]]
        return Response(status_code=204)


def problem(status, detail, headers=None):
    content = {"title": "Problem", "status": status, "detail": detail}
    return JSONResponse(content, status, headers, media_type="application/problem+json")


def application(bugs=()):
    library = Library(bugs)

    def guarded(**methods):
        async def call(request: Request):
            handler = methods.get(request.method.lower())
            if handler is None:
                allow = ", ".join(m.upper() for m in methods)
                return problem(405, "no such method", {"Allow": allow})
            try:
                return await handler(request)
            except RefusalError as refusal:
                return problem(refusal.status, refusal.detail)
            except Exception:
                return problem(500, "we fell over")

        return call

    every = ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"]
    app = Starlette(
        routes=[
            Route(
                "/api/shelves",
                guarded(get=library.list_shelves, post=library.add_shelf),
                methods=every,
            ),
            Route(
                "/api/shelves/{shelf}",
                guarded(
                    get=library.get_shelf, patch=library.change_shelf, delete=library.remove_shelf
                ),
                methods=every,
            ),
            Route(
                "/api/shelves/{shelf}/books",
                guarded(get=library.list_books, post=library.add_book),
                methods=every,
            ),
            Route(
                "/api/shelves/{shelf}/books/{book}",
                guarded(get=library.get_book, put=library.replace_book, delete=library.remove_book),
                methods=every,
            ),
        ]
    )
    app.state.library = library
    return app


def main():
    import socket

    import uvicorn

    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    listener.listen(128)
    print(f"http://127.0.0.1:{listener.getsockname()[1]}/api", flush=True)
    config = uvicorn.Config(application(sys.argv[1:]), log_level="critical", lifespan="off")
    uvicorn.Server(config).run(sockets=[listener])


if __name__ == "__main__":
    main()
