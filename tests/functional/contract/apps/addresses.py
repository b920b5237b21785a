"""Responses that hold what begins like an address and is none."""

from starlette.applications import Starlette
from starlette.responses import JSONResponse
from starlette.routing import Route


def answers(operation_id, text):
    schema = {"type": "object", "properties": {"link": {"type": "string"}}}
    content = {"application/json": {"schema": schema}}
    return {
        "operationId": operation_id,
        "description": text,
        "responses": {"200": {"description": "A link.", "content": content}},
    }


DESCRIPTION = {
    "openapi": "3.1.0",
    "info": {"title": "Addresses", "version": "1"},
    "security": [],
    "paths": {
        "/odd": {"get": answers("odd", "Its link has a bracket that is never closed.")},
        "/ordinary": {"get": answers("ordinary", "Its link is one.")},
    },
}
app = Starlette(
    routes=[
        Route("/odd", lambda request: JSONResponse({"link": "http://[1"})),
        Route("/ordinary", lambda request: JSONResponse({"link": "http://127.0.0.1/x"})),
    ]
)
