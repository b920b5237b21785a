"""A small service in memory, and its description: for tests of the suite without a socket."""

import json


def shown(schema, status="200", media="application/json"):
    return {status: {"description": "done", "content": {media: {"schema": schema}}}}


def taken(schema, media="application/json"):
    return {"required": True, "content": {media: {"schema": schema}}}


ID = {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}
ITEM = {
    "type": "object",
    "required": ["id", "name"],
    "properties": {
        "id": {"type": "string", "readOnly": True},
        "name": {"type": "string"},
        "shelf_id": {"type": "string"},
    },
}
NEW = {
    "type": "object",
    "required": ["name"],
    "properties": {"name": {"type": "string"}, "shelf_id": {"type": "string"}},
}
GONE = {"204": {"description": "done"}, "404": {"description": "nothing there"}}


def items(media="application/json"):
    """Items in a collection, with actions, a bulk operation and a singleton beside them."""
    missing = {"404": {"description": "nothing there"}}
    return {
        "/items": {
            "get": {
                "operationId": "listItems",
                "responses": shown({"type": "array", "items": ITEM}, media=media),
            },
            "post": {
                "operationId": "createItem",
                "requestBody": taken(NEW, media),
                "responses": shown(ITEM, "201", media),
            },
            "delete": {"operationId": "clearItems", "responses": GONE},
        },
        "/items/{id}": {
            "parameters": [ID],
            "get": {"operationId": "getItem", "responses": {**shown(ITEM, media=media), **missing}},
            "put": {
                "operationId": "putItem",
                "requestBody": taken(NEW, media),
                "responses": {**shown(ITEM, media=media), **missing},
            },
            "delete": {"operationId": "dropItem", "responses": GONE},
        },
        "/items/{id}/archive": {
            "parameters": [ID],
            "post": {"operationId": "archiveItem", "responses": GONE},
        },
        "/items/bulk": {
            "post": {
                "operationId": "bulkDrop",
                "requestBody": taken({"type": "object"}),
                "responses": GONE,
            }
        },
        "/shelves": {
            "get": {
                "operationId": "listShelves",
                "responses": shown({"type": "array", "items": ITEM}),
            },
            "post": {
                "operationId": "createShelf",
                "requestBody": taken(NEW),
                "responses": shown(ITEM, "201"),
            },
        },
        "/shelves/{id}": {
            "parameters": [ID],
            "get": {"operationId": "getShelf", "responses": {**shown(ITEM), **missing}},
        },
        "/settings": {"put": {"operationId": "putSettings", "responses": GONE}},
        "/reset": {"post": {"operationId": "reset", "tags": ["danger"], "responses": GONE}},
    }


class Store:
    """Items and shelves of several people, kept in memory; correct in all it does."""

    def __init__(self):
        self.kept = {"items": {"1": {"id": "1", "name": "theirs"}}, "shelves": {}}
        self.kept["shelves"]["7"] = {"id": "7", "name": "theirs"}
        self.count = 100

    def __call__(self, method, path, query, headers, body):
        name, *rest = path.strip("/").split("/")
        table = self.kept.get(name)
        if table is None:
            return 204, {}, None
        if not rest:
            return self.collection(method, table, body)
        if rest[0] not in table:
            return 404, {}, {"message": "none"}
        if method == "GET" and len(rest) == 1:
            return 200, {}, table[rest[0]]
        if method == "DELETE" and len(rest) == 1:
            del table[rest[0]]
            return 204, {}, None
        if method == "PUT" and len(rest) == 1:
            table[rest[0]] = {"id": rest[0], **json.loads(body)}
            return 200, {}, table[rest[0]]
        return (204, {}, None) if rest[1:] == ["archive"] else (405, {"allow": "GET"}, {})

    def collection(self, method, table, body):
        if method == "GET":
            return 200, {}, list(table.values())
        if method == "POST":
            self.count += 1
            made = {"id": str(self.count), **json.loads(body)}
            table[made["id"]] = made
            return 201, {}, made
        if method == "DELETE":
            table.clear()
        return 204, {}, None
