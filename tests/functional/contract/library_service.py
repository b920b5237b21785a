"""A lending library on FastAPI, in memory: an API like many, which knows nothing of Trunkline.

Started as a program it prints its address: `python library_service.py [bug …]`, where the bugs are
those of `library_bugs.py`.
"""

import itertools
import socket
import sys
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Annotated, Literal
from uuid import UUID, uuid4

import uvicorn
from fastapi import APIRouter, Depends, FastAPI, Header, HTTPException, Path, Query, Response
from fastapi.exceptions import RequestValidationError
from fastapi.requests import Request
from fastapi.responses import JSONResponse
from fastapi.security import APIKeyHeader
from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException as StarletteHTTPException

# ---------------------------------------------------------------- what goes in and comes out


def distinct(values: list[str]) -> list[str]:
    if len(set(values)) < len(values):
        raise ValueError("a value is repeated")
    return values


Room = Literal["attic", "hall", "cellar"]
Label = Annotated[str, Field(min_length=2, max_length=60)]
Capacity = Annotated[int, Field(ge=0, le=500)]
Note = Annotated[str, Field(max_length=200)] | None
Topic = Annotated[str, Field(min_length=1, max_length=30)]
Topics = Annotated[list[Topic], Field(max_length=4), AfterValidator(distinct)]
Code = Annotated[str, Field(pattern="^[A-Z]{2}-[0-9]{3}$")]
IfKnown = Field(None, exclude_if=lambda value: value is None)


class ShelfChange(BaseModel):
    """What is not sent stays as it is: the defaults are for `NewShelf`."""

    model_config = ConfigDict(strict=True, extra="forbid")

    label: Label = ""
    room: Room = "hall"
    capacity: Capacity = 40
    note: Note = None
    topics: Topics = []
    code: Code = IfKnown


class NewShelf(ShelfChange):
    label: Label


class Shelf(BaseModel):
    id: int
    label: str
    room: Room
    capacity: int
    note: str | None
    topics: list[str]
    code: str | None = IfKnown
    created: datetime
    changed: datetime


class StoredShelf(Shelf):
    owner: str
    removed: bool = False


class ShelfPage(BaseModel):
    shelves: list[Shelf]
    count: int
    more: bool


class NewBook(BaseModel):
    model_config = ConfigDict(strict=True)

    title: Annotated[str, Field(min_length=1, max_length=100)]
    pages: Annotated[int, Field(ge=1)] = IfKnown
    rating: Annotated[float, Field(ge=0, le=5)] | None = None
    lent: bool = False


class Book(BaseModel):
    id: UUID
    title: str
    pages: int | None = IfKnown
    rating: float | None
    lent: bool


class StoredBook(Book):
    shelf: int


class BookPage(BaseModel):
    books: list[Book]
    next: UUID | None


# ------------------------------------------------------------------------------- what is kept


@dataclass
class Reply:
    """What was answered to a request with an idempotency key."""

    body: NewShelf
    shelf: StoredShelf


@dataclass
class Database:
    shelves: dict[int, StoredShelf] = field(default_factory=dict)
    books: dict[UUID, StoredBook] = field(default_factory=dict)
    replies: dict[tuple[str, str], Reply] = field(default_factory=dict)
    shelf_ids: itertools.count = field(default_factory=lambda: itertools.count(1001))

    def add_shelf(self, owner: str, new: NewShelf) -> StoredShelf:
        moment = datetime.now(UTC)
        shelf = StoredShelf(
            **new.model_dump(),
            id=next(self.shelf_ids),
            owner=owner,
            created=moment,
            changed=moment,
        )
        self.shelves[shelf.id] = shelf
        return shelf

    def shelves_of(self, owner: str) -> list[StoredShelf]:
        return [s for s in self.shelves.values() if s.owner == owner and not s.removed]

    def books_on(self, shelf: StoredShelf) -> list[StoredBook]:
        return [book for book in self.books.values() if book.shelf == shelf.id]


db = Database()


# ------------------------------------------------------------------------------- dependencies

CARDS = {"card-of-ada": "ada", "card-of-bob": "bob"}

library_card = APIKeyHeader(name="X-Library-Card")


async def current_member(card: Annotated[str, Depends(library_card)]) -> str:
    if card not in CARDS:
        raise HTTPException(401, "not one of our cards", {"WWW-Authenticate": "APIKey"})
    return CARDS[card]


Member = Annotated[str, Depends(current_member)]


async def existing_shelf(
    member: Member, shelf_id: Annotated[int, Path(alias="shelf", ge=1)]
) -> StoredShelf:
    shelf = db.shelves.get(shelf_id)
    if shelf is None or shelf.removed:
        raise HTTPException(404, "no such shelf")
    return shelf


ExistingShelf = Annotated[StoredShelf, Depends(existing_shelf)]


async def own_shelf(member: Member, shelf: ExistingShelf) -> StoredShelf:
    if shelf.owner != member:
        raise HTTPException(404, "no such shelf")
    return shelf


OwnShelf = Annotated[StoredShelf, Depends(own_shelf)]


async def book_of_shelf(
    shelf: OwnShelf, book_id: Annotated[UUID, Path(alias="book")]
) -> StoredBook:
    book = db.books.get(book_id)
    if book is None or book.shelf != shelf.id:
        raise HTTPException(404, "no such book")
    return book


OwnBook = Annotated[StoredBook, Depends(book_of_shelf)]


def require_unused(label: str, owner: str, besides: int | None = None) -> None:
    if any(s.label == label and s.id != besides for s in db.shelves_of(owner)):
        raise HTTPException(409, "there is a shelf with this label")


# ------------------------------------------------------------------------------------ shelves

router = APIRouter(prefix="/api/shelves")


@router.get("")
async def list_shelves(
    member: Member,
    limit: Annotated[int, Query(ge=1, le=50)] = 10,
    offset: Annotated[int, Query(ge=0)] = 0,
    room: Annotated[Room | None, Query()] = None,
    sort: Literal["label", "-label", "-created"] = "-created",
) -> ShelfPage:
    found = db.shelves_of(member)
    if room is not None:
        found = [shelf for shelf in found if shelf.room == room]
    by = sort.removeprefix("-")
    found.sort(key=lambda s: (getattr(s, by), s.id), reverse=sort.startswith("-"))
    page = found[offset : offset + limit]
    return ShelfPage(shelves=page, count=len(found), more=offset + limit < len(found))


@router.post("", status_code=201)
async def add_shelf(
    member: Member,
    body: NewShelf,
    response: Response,
    idempotency_key: Annotated[str | None, Header(max_length=80)] = None,
) -> Shelf:
    reply = db.replies.get((member, idempotency_key)) if idempotency_key else None
    if reply is not None and reply.body != body:
        raise HTTPException(409, "this key was used for another request")
    if reply is not None:
        shelf = reply.shelf
    else:
        require_unused(body.label, member)
        shelf = db.add_shelf(member, body)
        if idempotency_key:
            db.replies[member, idempotency_key] = Reply(body, shelf)
    response.headers["Location"] = f"/api/shelves/{shelf.id}"
    return shelf


@router.get("/{shelf}")
async def get_shelf(shelf: OwnShelf) -> Shelf:
    return shelf


@router.patch("/{shelf}")
async def change_shelf(member: Member, shelf: OwnShelf, body: ShelfChange) -> Shelf:
    changes = body.model_dump(exclude_unset=True)
    if "label" in changes:
        require_unused(body.label, member, besides=shelf.id)
    changed = shelf.model_copy(update={**changes, "changed": datetime.now(UTC)})
    db.shelves[shelf.id] = changed
    return changed


@router.delete("/{shelf}", status_code=204)
async def remove_shelf(member: Member, shelf: OwnShelf) -> None:
    shelf.removed = True


# -------------------------------------------------------------------------------------- books


@router.get("/{shelf}/books")
async def list_books(
    shelf: OwnShelf,
    limit: Annotated[int, Query(ge=1, le=20)] = 5,
    after: UUID | None = None,
    title_contains: Annotated[str, Query(min_length=1)] | None = None,
) -> BookPage:
    found = db.books_on(shelf)
    if title_contains is not None:
        found = [book for book in found if title_contains in book.title]
    if after is not None:
        ids = [book.id for book in found]
        if after not in ids:
            raise HTTPException(400, "after is not one of the list")
        found = found[ids.index(after) + 1 :]
    page = found[:limit]
    return BookPage(books=page, next=page[-1].id if len(found) > limit else None)


@router.post("/{shelf}/books", status_code=201)
async def add_book(shelf: OwnShelf, body: NewBook) -> Book:
    book = StoredBook(**body.model_dump(), id=uuid4(), shelf=shelf.id)
    db.books[book.id] = book
    return book


@router.get("/{shelf}/books/{book}")
async def get_book(book: OwnBook) -> Book:
    return book


@router.put("/{shelf}/books/{book}")
async def replace_book(book: OwnBook, body: NewBook) -> Book:
    replaced = StoredBook(**body.model_dump(), id=book.id, shelf=book.shelf)
    db.books[book.id] = replaced
    return replaced


@router.delete("/{shelf}/books/{book}", status_code=204)
async def remove_book(book: OwnBook) -> None:
    del db.books[book.id]


# ------------------------------------------------------------------------------------ the app

app = FastAPI(title="Lending library", version="7")
app.include_router(router)


def problem(status: int, detail: str, headers: dict[str, str] | None = None) -> JSONResponse:
    content = {"title": "Problem", "status": status, "detail": detail}
    return JSONResponse(content, status, headers, media_type="application/problem+json")


@app.exception_handler(StarletteHTTPException)
async def refused(request: Request, error: StarletteHTTPException) -> JSONResponse:
    headers = dict(error.headers or {})
    if error.status_code == 405:
        # FastAPI names the methods of the first route with this path alone.
        here = [route for route in router.routes if route.path_regex.match(request.url.path)]
        headers["Allow"] = ", ".join(method for route in here for method in route.methods)
    return problem(error.status_code, error.detail, headers)


@app.exception_handler(RequestValidationError)
async def invalid(request: Request, error: RequestValidationError) -> JSONResponse:
    said = [f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors()]
    return problem(400, "; ".join(said))


@app.exception_handler(Exception)
async def failed(request: Request, error: Exception) -> JSONResponse:
    return problem(500, "this is our mistake")


def main() -> None:
    served = app
    if sys.argv[1:]:
        from library_bugs import seeded

        served = seeded(sys.argv[1:]).app
    listener = socket.create_server(("127.0.0.1", 0))
    print(f"http://127.0.0.1:{listener.getsockname()[1]}/api", flush=True)
    config = uvicorn.Config(served, log_level="critical", lifespan="off")
    uvicorn.Server(config).run(sockets=[listener])


if __name__ == "__main__":
    main()
