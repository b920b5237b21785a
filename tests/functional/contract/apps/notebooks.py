"""Notebooks and their pages: an application as people write them, correct as far as is known."""

import itertools
from typing import Annotated

from fastapi import FastAPI, HTTPException, Path, Query, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field

app = FastAPI(title="Notebooks", version="1")
app.router.redirect_slashes = False
counter = itertools.count(1)
notebooks = {}
pages = {}


@app.exception_handler(RequestValidationError)
def refused(request, error):
    # FastAPI's own handler repeats what was sent, and fails where that is NaN.
    return JSONResponse(
        {
            "detail": [
                {"loc": one["loc"], "msg": one["msg"], "type": one["type"]}
                for one in error.errors()
            ]
        },
        422,
    )


class NewNotebook(BaseModel):
    model_config = {"strict": True}

    title: str = Field(min_length=1, max_length=40)
    price: float | None = Field(default=None, ge=0, le=1000)


class Notebook(NewNotebook):
    id: int


class NewPage(BaseModel):
    model_config = {"strict": True}

    text: str = Field(max_length=200)


class Page(NewPage):
    id: int


class Problem(BaseModel):
    detail: str


MISSING = {404: {"model": Problem}}
Id = Annotated[int, Path(ge=1, le=2**53)]


def notebook(notebook_id):
    if notebook_id not in notebooks:
        raise HTTPException(404, "no such notebook")
    return notebooks[notebook_id]


def page(notebook_id, page_id):
    notebook(notebook_id)
    if (notebook_id, page_id) not in pages:
        raise HTTPException(404, "no such page")
    return pages[notebook_id, page_id]


def parent(notebook_id):
    return notebook(notebook_id)


def below(notebook_id):
    return [one for key, one in pages.items() if key[0] == notebook_id]


@app.get("/notebooks", operation_id="list_notebooks")
def list_notebooks(
    offset: Annotated[int, Query(ge=0, le=10**6)] = 0,
    limit: Annotated[int, Query(ge=1, le=50)] = 10,
) -> list[Notebook]:
    return sorted(notebooks.values(), key=lambda one: one.id)[offset : offset + limit]


@app.post("/notebooks", operation_id="create_notebook", status_code=201)
def create_notebook(body: NewNotebook) -> Notebook:
    made = Notebook(id=next(counter), **body.model_dump())
    notebooks[made.id] = made
    return made


@app.get("/notebooks/{notebook_id}", operation_id="get_notebook", responses=MISSING)
def get_notebook(notebook_id: Id) -> Notebook:
    return notebook(notebook_id)


@app.put("/notebooks/{notebook_id}", operation_id="replace_notebook", responses=MISSING)
def replace_notebook(notebook_id: Id, body: NewNotebook) -> Notebook:
    notebook(notebook_id)
    notebooks[notebook_id] = Notebook(id=notebook_id, **body.model_dump())
    return notebooks[notebook_id]


@app.delete(
    "/notebooks/{notebook_id}", operation_id="delete_notebook", status_code=204, responses=MISSING
)
def delete_notebook(notebook_id: Id) -> Response:
    notebook(notebook_id)
    del notebooks[notebook_id]
    for key in [key for key in pages if key[0] == notebook_id]:
        del pages[key]
    return Response(status_code=204)


@app.get("/notebooks/{notebook_id}/pages", operation_id="list_pages", responses=MISSING)
def list_pages(notebook_id: Id) -> list[Page]:
    notebook(notebook_id)
    return below(notebook_id)


@app.post(
    "/notebooks/{notebook_id}/pages",
    operation_id="create_page",
    status_code=201,
    responses=MISSING,
)
def create_page(notebook_id: Id, body: NewPage) -> Page:
    parent(notebook_id)
    made = Page(id=next(counter), text=body.text)
    pages[notebook_id, made.id] = made
    return made


@app.get("/notebooks/{notebook_id}/pages/{page_id}", operation_id="get_page", responses=MISSING)
def get_page(notebook_id: Id, page_id: Id) -> Page:
    return page(notebook_id, page_id)


@app.delete(
    "/notebooks/{notebook_id}/pages/{page_id}",
    operation_id="delete_page",
    status_code=204,
    responses=MISSING,
)
def delete_page(notebook_id: Id, page_id: Id) -> Response:
    page(notebook_id, page_id)
    del pages[notebook_id, page_id]
    return Response(status_code=204)


@app.delete("/notebooks", operation_id="delete_everything", status_code=204)
def delete_everything() -> Response:
    """Nobody may call this by accident."""
    notebooks.clear()
    return Response(status_code=204)


@app.post("/reset", operation_id="reset", status_code=204)
def reset() -> Response:
    pages.clear()
    notebooks.clear()
    return Response(status_code=204)


def make():
    return app


def plain(environ, start_response):
    """A WSGI application, below /v1."""
    ok = environ["PATH_INFO"] == "/v1/time" and environ["REQUEST_METHOD"] == "GET"
    body = b'{"now": "2026-01-02T03:04:05Z"}' if ok else b'{"detail": "no"}'
    if ok:
        status = "200 OK"
    else:
        status = "405 Method Not Allowed" if environ["PATH_INFO"] == "/v1/time" else "404 Not Found"
    headers = [("Content-Type", "application/json"), ("Content-Length", str(len(body)))]
    if status.startswith("405"):
        headers.append(("Allow", "GET"))
    start_response(status, headers)
    return [body]
