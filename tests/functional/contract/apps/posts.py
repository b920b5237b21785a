"""Posts on a site whose lists are read from a copy that is a moment behind."""

import itertools
import time
from typing import Annotated

from fastapi import HTTPException, Query, Response
from ordinary import MISSING, application
from pydantic import BaseModel, Field

BEHIND = 0.2


class NewPost(BaseModel):
    model_config = {"strict": True}

    title: str = Field(min_length=1, max_length=80)
    text: str = ""


class Post(NewPost):
    id: str


class Page(BaseModel):
    posts: list[Post]
    next_cursor: str | None = None


def make():
    app = application("Posts")
    posts, made, gone, numbers = {}, {}, {}, itertools.count(1)

    def post(post_id):
        if post_id not in posts:
            raise HTTPException(404, "no such post")
        return posts[post_id]

    def copied():
        """The posts as they were a moment ago."""
        then = time.monotonic() - BEHIND
        known = {**{key: one for key, (one, when) in gone.items() if when > then}, **posts}
        return [known[key] for key in sorted(known) if made[key] <= then]

    @app.get("/posts", operation_id="list_posts")
    def list_posts(
        cursor: Annotated[str | None, Query(max_length=40)] = None,
        limit: Annotated[int, Query(ge=1, le=100)] = 20,
    ) -> Page:
        after = [one for one in copied() if cursor is None or one.id > cursor]
        shown = after[:limit]
        return Page(posts=shown, next_cursor=shown[-1].id if len(after) > limit else None)

    @app.post("/posts", operation_id="create_post", status_code=201)
    def create_post(body: NewPost) -> Post:
        one = Post(id=f"post-{next(numbers):08d}", **body.model_dump())
        posts[one.id], made[one.id] = one, time.monotonic()
        return one

    @app.get("/posts/{post_id}", operation_id="get_post", responses=MISSING)
    def get_post(post_id: str) -> Post:
        return post(post_id)

    @app.delete("/posts/{post_id}", operation_id="delete_post", status_code=204, responses=MISSING)
    def delete_post(post_id: str) -> Response:
        gone[post_id] = (post(post_id), time.monotonic())
        del posts[post_id]
        return Response(status_code=204)

    return app
