"""Mistakes the lending library can be started with: small edits of its source, each with its rules.

An edit is (what stands there, what stands there instead); what stands there must do so once.
"""

import types
from collections.abc import Iterable
from pathlib import Path

SERVICE = Path(__file__).with_name("library_service.py")

Edit = tuple[str, str]

BUGS: dict[str, tuple[set[str], list[Edit]]] = {
    # bug: (rules of which one must name it, edits)
    "change-not-stored": (
        {"update-visible", "update-echo"},
        [("    db.shelves[shelf.id] = changed\n", "")],
    ),
    "change-resets-room": (
        {"absent-keeps"},
        [
            (
                "changes = body.model_dump(exclude_unset=True)",
                'changes = {"room": "hall", **body.model_dump(exclude_unset=True)}',
            )
        ],
    ),
    "note-cannot-be-cleared": (
        {"null-clears"},
        [
            (
                "changes = body.model_dump(exclude_unset=True)",
                "changes = body.model_dump(exclude_unset=True, exclude_none=True)",
            )
        ],
    ),
    "topics-added-up": (
        {"list-replaces", "update-visible"},
        [
            (
                "    changed = shelf.model_copy(",
                '    changes["topics"] = [*shelf.topics, *changes.get("topics", [])][-4:]\n'
                "    changed = shelf.model_copy(",
            )
        ],
    ),
    "created-moves": (
        {"created-fixed"},
        [
            (
                '"changed": datetime.now(UTC)}',
                '"changed": (now := datetime.now(UTC)), "created": now}',
            )
        ],
    ),
    "changed-stays": ({"updated-moves"}, [(', "changed": datetime.now(UTC)}', "}")]),
    "removed-still-listed": (
        {"delete-unlisted"},
        [("if s.owner == owner and not s.removed]", "if s.owner == owner]")],
    ),
    "removed-still-readable": (
        {"delete-gone"},
        [
            (
                "async def get_shelf(shelf: OwnShelf) -> Shelf:\n",
                "async def get_shelf(\n"
                '    member: Member, shelf_id: Annotated[int, Path(alias="shelf", ge=1)]\n'
                ") -> Shelf:\n"
                "    shelf = db.shelves.get(shelf_id)\n"
                "    if shelf is None or shelf.owner != member:\n"
                '        raise HTTPException(404, "no such shelf")\n',
            )
        ],
    ),
    "remove-takes-neighbour": (
        {"delete-alone"},
        [
            (
                "    shelf.removed = True\n",
                "    shelf.removed = True\n"
                "    for other in db.shelves_of(member)[:1]:\n"
                "        other.removed = True\n",
            )
        ],
    ),
    "page-skips-one": (
        {"pages-partition"},
        [
            (
                "page = found[offset : offset + limit]",
                "page = found[offset + bool(offset) :][:limit]",
            )
        ],
    ),
    "page-overlaps": (
        {"pages-partition"},
        [
            (
                "page = found[offset : offset + limit]",
                "page = found[offset - bool(offset) :][:limit]",
            )
        ],
    ),
    "count-of-page": ({"page-numbers", "past-the-end"}, [("count=len(found)", "count=len(page)")]),
    "more-always-true": ({"page-numbers"}, [("more=offset + limit < len(found)", "more=True")]),
    "room-ignored": ({"filter-sound"}, [(" if shelf.room == room]", "]")]),
    "title-ignores-case": (
        {"filter-case"},
        [
            (
                "if title_contains in book.title]",
                "if title_contains.lower() in book.title.lower()]",
            )
        ],
    ),
    "title-as-pattern": (
        {"filter-literal"},
        [
            (
                "        found = [book for book in found if title_contains in book.title]",
                "        import re\n\n"
                "        like = re.escape(title_contains).replace('%', '.*').replace('_', '.')\n"
                "        found = [book for book in found if re.search(like, book.title)]",
            )
        ],
    ),
    "sort-as-added": ({"sort-monotone"}, [("    found.sort(", "    sorted(found, ")]),
    "label-up-to-61": ({"length-enforced"}, [("max_length=60", "max_length=61")]),
    "label-below-60": ({"bounds-accepted"}, [("max_length=60", "max_length=59")]),
    "capacity-as-text": (
        {"type-enforced"},
        [("Field(ge=0, le=500)", "Field(strict=False, ge=0, le=500)")],
    ),
    "code-not-anchored": ({"pattern-enforced"}, [("[0-9]{3}$", "[0-9]{3}")]),
    "label-twice": (
        {"unique-enforced"},
        [
            ("        require_unused(body.label, member)\n", ""),
            ("        require_unused(body.label, member, besides=shelf.id)\n", "        pass\n"),
        ],
    ),
    "label-raced": (
        {"unique-raced"},
        [
            (
                "        shelf = db.add_shelf(member, body)\n",
                "        import asyncio\n\n"
                "        await asyncio.sleep(0.02)\n"
                "        shelf = db.add_shelf(member, body)\n",
            )
        ],
    ),
    "extra-members-taken": ({"unknown-refused"}, [('extra="forbid"', 'extra="ignore"')]),
    "id-taken-from-caller": (
        {"owned-on-create", "unknown-refused"},
        [
            (
                "class NewShelf(ShelfChange):\n",
                "class NewShelf(ShelfChange):\n"
                "    id: int = Field(default_factory=lambda: next(db.shelf_ids))\n",
            ),
            ("            id=next(self.shelf_ids),\n", ""),
        ],
    ),
    "cards-not-compared": (
        {"auth-wrong"},
        [
            (
                "    if card not in CARDS:\n"
                '        raise HTTPException(401, "not one of our cards",'
                ' {"WWW-Authenticate": "APIKey"})\n'
                "    return CARDS[card]\n",
                '    return CARDS.get(card, "ada")\n',
            )
        ],
    ),
    "others-can-read": (
        {"tenant-read"},
        [("get_shelf(shelf: OwnShelf)", "get_shelf(shelf: ExistingShelf)")],
    ),
    "others-can-change": (
        {"tenant-update"},
        [
            (
                "change_shelf(member: Member, shelf: OwnShelf,",
                "change_shelf(member: Member, shelf: ExistingShelf,",
            )
        ],
    ),
    "others-listed": (
        {"tenant-list"},
        [
            (
                "    found = db.shelves_of(member)\n",
                "    found = [s for s in db.shelves.values() if not s.removed]\n",
            )
        ],
    ),
    "location-wrong": (
        {"location-leads"},
        [("/api/shelves/{shelf.id}", "/api/shelves/{shelf.id + 1}")],
    ),
    "key-ignored": (
        {"key-replays"},
        [("db.replies.get((member, idempotency_key)) if idempotency_key else None", "None")],
    ),
    "key-for-any-body": (
        {"key-conflicts"},
        [
            (
                "    if reply is not None and reply.body != body:\n"
                '        raise HTTPException(409, "this key was used for another request")\n',
                "",
            )
        ],
    ),
    "keys-of-everybody": (
        {"key-apart"},
        [
            ("get((member, idempotency_key))", 'get(("everybody", idempotency_key))'),
            ("db.replies[member, idempotency_key]", 'db.replies["everybody", idempotency_key]'),
        ],
    ),
    "emoji-fails": (
        {"no-server-error", "text-survived"},
        [
            (
                "        shelf = db.add_shelf(member, body)\n",
                "        if max(body.label) > '\\uffff':\n"
                "            raise RuntimeError('three bytes a character')\n"
                "        shelf = db.add_shelf(member, body)\n",
            )
        ],
    ),
    "refused-but-kept": (
        {"refused-creates-nothing"},
        [
            (
                "    said = [",
                "    member = CARDS.get(request.headers.get('X-Library-Card'))\n"
                "    label = error.body.get('label') if isinstance(error.body, dict) else None\n"
                "    if member and request.method == 'POST' and isinstance(label, str):\n"
                "        db.add_shelf(member, NewShelf.model_construct(label=label))\n"
                "    said = [",
            )
        ],
    ),
    "changes-lost": (
        {"updates-kept"},
        [
            (
                "    db.shelves[shelf.id] = changed\n",
                "    import asyncio\n\n"
                "    await asyncio.sleep(0.01)\n"
                "    db.shelves[shelf.id] = changed\n",
            )
        ],
    ),
    "replace-merges": (
        {"replace-whole"},
        [
            (
                "StoredBook(**body.model_dump(), id=book.id, shelf=book.shelf)",
                "book.model_copy(update=body.model_dump(exclude_unset=True))",
            )
        ],
    ),
    "default-wrong": ({"defaults-applied"}, [('room: Room = "hall"', 'room: Room = "attic"')]),
    "undocumented-status": (
        {"status-documented"},
        [
            (
                '    response.headers["Location"] =',
                '    response.status_code = 202 if shelf.room == "attic" else 201\n'
                '    response.headers["Location"] =',
            )
        ],
    ),
    "wrong-shape": (
        {"response-schema"},
        [
            (
                "class StoredShelf(Shelf):",
                "    from pydantic import field_serializer\n\n"
                "    @field_serializer('capacity')\n"
                "    def shown(self, capacity):\n"
                "        return str(capacity) if self.room == 'cellar' else capacity\n\n\n"
                "class StoredShelf(Shelf):",
            )
        ],
    ),
    "change-others-too": (
        {"update-alone"},
        [
            (
                "    db.shelves[shelf.id] = changed\n",
                "    db.shelves[shelf.id] = changed\n"
                "    common = {k: v for k, v in changes.items() if k in {'capacity', 'note'}}\n"
                "    for other in db.shelves_of(member):\n"
                "        db.shelves[other.id] = other.model_copy(update=common)\n",
            )
        ],
    ),
}


def seeded(bugs: Iterable[str]) -> types.ModuleType:
    """The service's module with these bugs in its source."""
    source = SERVICE.read_text(encoding="utf-8")
    for bug in bugs:
        if bug not in BUGS:
            raise ValueError(f"no such bug: {bug}")
        for before, after in BUGS[bug][1]:
            if source.count(before) != 1:
                raise ValueError(f"{bug}: not once in {SERVICE.name}: {before!r}")
            source = source.replace(before, after)
    module = types.ModuleType("library_with_bugs")
    exec(compile(source, str(SERVICE), "exec"), vars(module))
    return module
