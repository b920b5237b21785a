"""Diaries of two people: what is the other's is forbidden, or not there; some of it is public."""

import itertools
from typing import Annotated

from fastapi import Depends, HTTPException, Response
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from ordinary import MISSING, Problem, application
from pydantic import BaseModel, Field

PEOPLE = {"key-of-ada": "ada", "key-of-bob": "bob"}
DENIED = {401: {"model": Problem}, 403: {"model": Problem, "description": "Somebody else's"}}
GUARDED = {**MISSING, **DENIED}

bearer = HTTPBearer(auto_error=False)
Shown = Annotated[HTTPAuthorizationCredentials | None, Depends(bearer)]


def somebody(shown: Shown):
    if shown is None or shown.credentials not in PEOPLE:
        raise HTTPException(401, "who are you?", headers={"WWW-Authenticate": "Bearer"})
    return PEOPLE[shown.credentials]


Person = Annotated[str, Depends(somebody)]


class NewEntry(BaseModel):
    model_config = {"strict": True}

    text: str = Field(min_length=1, max_length=500)
    public: bool = False


class Entry(NewEntry):
    id: str


class Front(BaseModel):
    entries: int
    reader: str | None


def make():
    app = application("Diaries")
    entries, owners, numbers = {}, {}, itertools.count(1)
    notes = {}

    def own(person, entry_id):
        """An entry of one's own; those of others are forbidden."""
        if entry_id not in entries:
            raise HTTPException(404, "no such entry")
        if owners[entry_id] != person:
            raise HTTPException(403, "that is not yours")
        return entries[entry_id]

    def note(person, note_id):
        """A note of one's own; nobody learns that others have some."""
        if (person, note_id) not in notes:
            raise HTTPException(404, "no such note")
        return notes[person, note_id]

    @app.get("/front", operation_id="front", openapi_extra={"security": [{}]})
    def front(shown: Shown) -> Front:
        """For everybody; who shows a key is greeted."""
        reader = PEOPLE.get(shown.credentials) if shown is not None else None
        return Front(entries=sum(one.public for one in entries.values()), reader=reader)

    @app.get("/entries", operation_id="list_entries", responses=DENIED)
    def list_entries(person: Person) -> list[Entry]:
        return [one for key, one in entries.items() if owners[key] == person]

    @app.post("/entries", operation_id="create_entry", status_code=201, responses=DENIED)
    def create_entry(person: Person, body: NewEntry) -> Entry:
        made = Entry(id=f"e{next(numbers):08d}", **body.model_dump())
        entries[made.id], owners[made.id] = made, person
        return made

    @app.get("/entries/{entry_id}", operation_id="get_entry", responses=GUARDED)
    def get_entry(person: Person, entry_id: str) -> Entry:
        return own(person, entry_id)

    @app.put("/entries/{entry_id}", operation_id="replace_entry", responses=GUARDED)
    def replace_entry(person: Person, entry_id: str, body: NewEntry) -> Entry:
        own(person, entry_id)
        entries[entry_id] = Entry(id=entry_id, **body.model_dump())
        return entries[entry_id]

    @app.delete(
        "/entries/{entry_id}", operation_id="delete_entry", status_code=204, responses=GUARDED
    )
    def delete_entry(person: Person, entry_id: str) -> Response:
        own(person, entry_id)
        del entries[entry_id], owners[entry_id]
        return Response(status_code=204)

    @app.post("/notes", operation_id="create_note", status_code=201, responses=DENIED)
    def create_note(person: Person, body: NewEntry) -> Entry:
        made = Entry(id=f"n{next(numbers):08d}", **body.model_dump())
        notes[person, made.id] = made
        return made

    @app.get("/notes/{note_id}", operation_id="get_note", responses=GUARDED)
    def get_note(person: Person, note_id: str) -> Entry:
        return note(person, note_id)

    @app.delete("/notes/{note_id}", operation_id="delete_note", status_code=204, responses=GUARDED)
    def delete_note(person: Person, note_id: str) -> Response:
        note(person, note_id)
        del notes[person, note_id]
        return Response(status_code=204)

    return app
