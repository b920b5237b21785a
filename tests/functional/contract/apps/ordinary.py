"""What the applications here begin with: FastAPI, with errors that can always be written."""

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel


class Problem(BaseModel):
    detail: str


MISSING = {404: {"model": Problem}}


def application(title):
    app = FastAPI(title=title, version="1")
    app.router.redirect_slashes = False

    @app.exception_handler(RequestValidationError)
    def refused(request, error):
        # FastAPI's own handler repeats what was sent, and fails where that is NaN.
        told = [{"loc": e["loc"], "msg": e["msg"], "type": e["type"]} for e in error.errors()]
        return JSONResponse({"detail": told}, 422)

    return app
