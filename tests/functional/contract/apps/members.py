"""Members of a club: who has left stays known, and is changed only as they were seen."""

import itertools
from typing import Annotated

from fastapi import Header, HTTPException, Response
from ordinary import Problem, application
from pydantic import BaseModel, Field

LEFT = {404: {"model": Problem}, 410: {"model": Problem, "description": "They have left"}}
CHANGED = {
    **LEFT,
    412: {"model": Problem, "description": "They were changed since"},
    428: {"model": Problem, "description": "If-Match is missing"},
}


class Details(BaseModel):
    model_config = {"strict": True}

    name: str = Field(min_length=1, max_length=60)
    phone: str | None = Field(default=None, max_length=20)


class Member(Details):
    id: str


IfMatch = Annotated[str | None, Header()]


def make():
    app = application("Members")
    members, versions, left, numbers = {}, {}, set(), itertools.count(1)

    def member(member_id):
        if member_id in left:
            raise HTTPException(410, "they have left")
        if member_id not in members:
            raise HTTPException(404, "no such member")
        return members[member_id]

    def check(member_id, if_match):
        member(member_id)
        if if_match is None:
            raise HTTPException(428, "If-Match is missing")
        wanted = {mark.strip() for mark in if_match.split(",")}
        if not wanted & {"*", versions[member_id]}:
            raise HTTPException(412, "they were changed since")

    def keep(one, response):
        members[one.id], versions[one.id] = one, f'"v{next(numbers)}"'
        response.headers["ETag"] = versions[one.id]
        return one

    @app.get("/members", operation_id="list_members")
    def list_members() -> list[Member]:
        return list(members.values())

    @app.post("/members", operation_id="create_member", status_code=201)
    def create_member(body: Details, response: Response) -> Member:
        return keep(Member(id=f"m{next(numbers):07d}", **body.model_dump()), response)

    @app.get("/members/{member_id}", operation_id="get_member", responses=LEFT)
    def get_member(member_id: str, response: Response) -> Member:
        found = member(member_id)
        response.headers["ETag"] = versions[member_id]
        return found

    @app.put("/members/{member_id}", operation_id="replace_member", responses=CHANGED)
    def replace_member(
        member_id: str, body: Details, response: Response, if_match: IfMatch = None
    ) -> Member:
        check(member_id, if_match)
        return keep(Member(id=member_id, **body.model_dump()), response)

    @app.delete(
        "/members/{member_id}", operation_id="delete_member", status_code=204, responses=CHANGED
    )
    def delete_member(member_id: str, if_match: IfMatch = None) -> Response:
        check(member_id, if_match)
        left.add(member_id)
        del members[member_id]
        return Response(status_code=204)

    return app
