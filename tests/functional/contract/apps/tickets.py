"""Tickets of a help desk that takes so many calls at once, and says when to call again."""

import itertools
import time

from fastapi import HTTPException, Response
from fastapi.responses import JSONResponse
from ordinary import MISSING, Problem, application
from pydantic import BaseModel, Field

CALLS = 60
"""In one second."""
BUSY = {429: {"model": Problem, "description": "Too many calls"}}


class NewTicket(BaseModel):
    model_config = {"strict": True}

    subject: str = Field(min_length=1, max_length=100)
    urgent: bool = False


class Ticket(NewTicket):
    id: int


def make():
    app = application("Tickets")
    tickets, numbers, calls = {}, itertools.count(1), []

    @app.middleware("http")
    async def limited(request, call_next):
        now = time.monotonic()
        calls[:] = [then for then in calls if now - then < 1]
        left = CALLS - len(calls) - 1
        quota = {"X-RateLimit-Limit": str(CALLS), "X-RateLimit-Remaining": str(max(0, left))}
        if left < 0:
            return JSONResponse(
                {"detail": "too many calls"}, 429, headers={"Retry-After": "1", **quota}
            )
        calls.append(now)
        response = await call_next(request)
        response.headers.update(quota)
        return response

    def ticket(ticket_id):
        if ticket_id not in tickets:
            raise HTTPException(404, "no such ticket")
        return tickets[ticket_id]

    @app.get("/tickets", operation_id="list_tickets", responses=BUSY)
    def list_tickets() -> list[Ticket]:
        return list(tickets.values())

    @app.post("/tickets", operation_id="open_ticket", status_code=201, responses=BUSY)
    def open_ticket(body: NewTicket) -> Ticket:
        made = Ticket(id=next(numbers), **body.model_dump())
        tickets[made.id] = made
        return made

    @app.get("/tickets/{ticket_id}", operation_id="get_ticket", responses={**MISSING, **BUSY})
    def get_ticket(ticket_id: int) -> Ticket:
        return ticket(ticket_id)

    @app.delete(
        "/tickets/{ticket_id}",
        operation_id="close_ticket",
        status_code=204,
        responses={**MISSING, **BUSY},
    )
    def close_ticket(ticket_id: int) -> Response:
        ticket(ticket_id)
        del tickets[ticket_id]
        return Response(status_code=204)

    return app
