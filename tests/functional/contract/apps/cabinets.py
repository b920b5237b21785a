"""Cabinets with drawers: unusual in many ways, and correct in all of them.

Callers choose names; what an address calls a drawer is its name, though drawers have ids as well.
The same stamp made twice is one stamp. Posting a letter answers with its first version. A feature
is switched off, credentials are described and not asked for, and the browser's application is
served for every other address.
"""

import itertools
import time
from typing import Annotated

from fastapi import Depends, FastAPI, HTTPException, Query, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse
from fastapi.security import APIKeyHeader
from pydantic import BaseModel, Field


class Strict(BaseModel):
    model_config = {"strict": True}


class NewCabinet(Strict):
    name: str = Field(min_length=1, max_length=60, pattern=r"^[a-z0-9]+$")


class Cabinet(NewCabinet):
    age: float


class Nothing(Strict):
    pass


class NewDrawer(Strict):
    name: str = Field(min_length=1, max_length=60, pattern=r"^[a-z0-9]+$")
    locked: bool = False


class DrawerChange(Strict):
    locked: bool | None = None


class Drawer(NewDrawer):
    id: str
    state: str


class Search(Strict):
    name: str | None = Field(default=None, max_length=60)


class NewStamp(Strict):
    picture: str = Field(min_length=1, max_length=60)


class Stamp(NewStamp):
    id: str


class NewLetter(Strict):
    subject: str = Field(min_length=1, max_length=60)
    text: str = Field(max_length=60)


class Letter(Strict):
    id: str
    subject: str


class Version(Strict):
    id: str
    text: str


class Problem(Strict):
    detail: str


MISSING = {404: {"model": Problem}}
TAKEN = {409: {"model": Problem}}
OFF = {403: {"model": Problem}}


def make(*, forgetful=False, everywhere=False, careless=False):
    """The application; `forgetful`, `everywhere` and `careless` are mistakes."""
    key = APIKeyHeader(name="X-Key", auto_error=False)
    app = FastAPI(title="Cabinets", version="1", dependencies=[Depends(key)])
    app.state.cabinets = cabinets = {"theirs": time.monotonic()}
    app.state.drawers = drawers = {
        ("theirs", "socks"): Drawer(id="d0", name="socks", locked=False, state="open")
    }
    app.state.stamps = stamps = {}
    app.state.letters = letters = {"1": Letter(id="1", subject="to somebody else")}
    numbers = itertools.count(2)
    calls = itertools.count(1)

    @app.middleware("http")
    async def busy(request: Request, forward):
        # Too much to do, now and then.
        if next(calls) % 250 == 0:
            return JSONResponse({"detail": "come again"}, 503)
        return await forward(request)

    @app.exception_handler(RequestValidationError)
    def refused(request, error):
        told = [{"loc": e["loc"], "msg": e["msg"], "type": e["type"]} for e in error.errors()]
        return JSONResponse({"detail": told}, 422)

    def cabinet_of(name):
        if name not in cabinets:
            raise HTTPException(404, "no such cabinet")
        return Cabinet(name=name, age=time.monotonic() - cabinets[name])

    def drawer_of(cabinet, name):
        cabinet_of(cabinet)
        if (cabinet, name) not in drawers:
            raise HTTPException(404, "no such drawer")
        return drawers[cabinet, name]

    @app.post("/cabinets", operation_id="create_cabinet", responses=TAKEN)
    def create_cabinet(new: NewCabinet) -> Nothing:
        if new.name in cabinets:
            raise HTTPException(409, "there is one of this name")
        cabinets[new.name] = time.monotonic()
        return Nothing()

    @app.get("/cabinets/{cabinet_name}", operation_id="get_cabinet", responses=MISSING)
    def get_cabinet(cabinet_name: str) -> Cabinet:
        return cabinet_of(cabinet_name)

    @app.delete(
        "/cabinets/{cabinet_name}",
        operation_id="delete_cabinet",
        status_code=204,
        responses=MISSING,
        response_class=Response,
    )
    def delete_cabinet(cabinet_name: str):
        cabinet_of(cabinet_name)
        if not forgetful:
            del cabinets[cabinet_name]
        for known in [known for known in drawers if known[0] == cabinet_name]:
            del drawers[known]

    @app.get("/cabinets/{cabinet}/drawers", operation_id="list_drawers", responses=MISSING)
    def list_drawers(cabinet: str) -> list[Drawer]:
        cabinet_of(cabinet)
        return [d for (c, _), d in drawers.items() if c == cabinet or everywhere]

    @app.post(
        "/cabinets/{cabinet}/drawers",
        operation_id="create_drawer",
        status_code=201,
        responses=MISSING | TAKEN,
    )
    def create_drawer(cabinet: str, new: NewDrawer) -> Drawer:
        cabinet_of(cabinet)
        if (cabinet, new.name) in drawers:
            raise HTTPException(409, "there is one of this name")
        state = "closed" if new.locked else "open"
        made = Drawer(id=f"d{next(numbers)}", state=state, **new.model_dump())
        drawers[cabinet, new.name] = made
        return made

    @app.post(
        "/cabinets/{cabinet}/drawers/search", operation_id="search_drawers", responses=MISSING
    )
    def search_drawers(cabinet: str, search: Search) -> list[Drawer]:
        cabinet_of(cabinet)
        mine = [d for (c, _), d in drawers.items() if c == cabinet]
        return [d for d in mine if search.name is None or search.name in d.name]

    @app.get("/cabinets/{cabinet}/drawers/{drawer}", operation_id="get_drawer", responses=MISSING)
    def get_drawer(cabinet: str, drawer: str) -> Drawer:
        return drawer_of(cabinet, drawer)

    @app.patch(
        "/cabinets/{cabinet}/drawers/{drawer}", operation_id="update_drawer", responses=MISSING
    )
    def update_drawer(cabinet: str, drawer: str, change: DrawerChange) -> Drawer:
        # Looked at first: something has to be named.
        if change.locked is None:
            raise RequestValidationError(
                [{"loc": ("body",), "msg": "nothing to change", "type": "value_error"}]
            )
        known = drawer_of(cabinet, drawer)
        if careless:
            return known
        known.locked = change.locked
        known.state = "closed" if change.locked else "open"
        return known

    @app.delete(
        "/cabinets/{cabinet}/drawers/{drawer}",
        operation_id="delete_drawer",
        status_code=204,
        responses=MISSING,
        response_class=Response,
    )
    def delete_drawer(cabinet: str, drawer: str):
        drawer_of(cabinet, drawer)
        del drawers[cabinet, drawer]

    @app.post("/stamps", operation_id="create_stamp")
    def create_stamp(new: NewStamp) -> Stamp:
        known = next((s for s in stamps.values() if s.picture == new.picture), None)
        made = known or Stamp(id=f"s{next(numbers)}", picture=new.picture)
        stamps[made.id] = made
        return made

    @app.get("/stamps/{stamp}", operation_id="get_stamp", responses=MISSING)
    def get_stamp(stamp: str) -> Stamp:
        if stamp not in stamps:
            raise HTTPException(404, "no such stamp")
        return stamps[stamp]

    @app.delete(
        "/stamps/{stamp}",
        operation_id="delete_stamp",
        status_code=204,
        responses=MISSING,
        response_class=Response,
    )
    def delete_stamp(stamp: str):
        get_stamp(stamp)
        del stamps[stamp]

    @app.get("/letters", operation_id="list_letters")
    def list_letters() -> list[Letter]:
        return list(letters.values())

    @app.post("/letters", operation_id="create_letter", status_code=201)
    def create_letter(new: NewLetter) -> Version:
        made = Letter(id=str(next(numbers)), subject=new.subject)
        letters[made.id] = made
        return Version(id=f"v{next(numbers)}", text=new.text)

    @app.delete(
        "/letters/{letter}",
        operation_id="delete_letter",
        status_code=204,
        responses=MISSING,
        response_class=Response,
    )
    def delete_letter(letter: str):
        if letter not in letters:
            raise HTTPException(404, "no such letter")
        del letters[letter]

    @app.get("/reports", operation_id="list_reports", responses=OFF)
    def list_reports(limit: Annotated[int, Query(ge=1, le=100)] = 10) -> list[Stamp]:
        raise HTTPException(403, "reports are switched off")

    @app.post("/reports", operation_id="create_report", status_code=201, responses=OFF)
    def create_report(new: NewStamp) -> Stamp:
        raise HTTPException(403, "reports are switched off")

    @app.get("/reports/{report}", operation_id="get_report", responses=OFF)
    def get_report(report: str) -> Stamp:
        raise HTTPException(403, "reports are switched off")

    @app.get("/events", operation_id="list_events", responses=OFF)
    def list_events(page_token: Annotated[str, Query(max_length=60)] = "first") -> list[Stamp]:
        if page_token != "first":
            raise HTTPException(403, "no such page")
        return []

    @app.get("/{path:path}", include_in_schema=False)
    def browser(path: str) -> HTMLResponse:
        return HTMLResponse("<!doctype html><title>Cabinets</title>")

    return app


app = make()
