"""What a request may do is told before it is sent; what is not this run's own is left alone."""

import types

import pytest
from memory_service import Store, items

from trunkline.contract.fuzzing import FuzzingHooks
from trunkline.contract.model import collections
from trunkline.contract.session import Effect, ForeignRequestError
from trunkline.contract.session.safety import Safety
from trunkline.pipeline import load_api


@pytest.fixture
def session(described, opened):
    return opened(described(items()), Store())


@pytest.fixture
def own(session, context):
    """An item and a shelf of this run's."""
    ctx = context(session)
    made = {}
    for collection in session.collections:
        if collection.name in {"items", "shelves"}:
            made[collection.name] = ctx.objects.create(collection).id
    return made


def effect(session, method, path, body=None):
    return session.safety.effect(method, path, body, session.sender.is_absent)


@pytest.mark.parametrize(
    ("method", "path", "expected"),
    [
        ("GET", "/items", Effect.READS),
        ("GET", "/items/1", Effect.READS),
        ("POST", "/items", Effect.OWN),
        ("DELETE", "/items", Effect.FOREIGN),
        ("POST", "/reset", Effect.FOREIGN),
        ("PUT", "/settings", Effect.FOREIGN),
        ("POST", "/items/bulk", Effect.FOREIGN),
        ("PUT", "/items/1", Effect.FOREIGN),
        ("DELETE", "/items/1", Effect.FOREIGN),
        ("POST", "/items/1/archive", Effect.FOREIGN),
        ("DELETE", "/items/404", Effect.OWN),
        ("PATCH", "/items/1", Effect.FOREIGN),
        ("PATCH", "/items", Effect.FOREIGN),
        ("DELETE", "/nowhere", Effect.FOREIGN),
        ("DELETE", "/nowhere/1", Effect.FOREIGN),
    ],
)
def test_whose_it_is(session, method, path, expected):
    assert effect(session, method, path) is expected


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_what_this_run_made_is_its_own(session, own, method):
    assert effect(session, method, f"/items/{own['items']}") is Effect.OWN
    assert effect(session, "POST", f"/items/{own['items']}/archive") is Effect.OWN


def test_an_id_of_one_collection_is_not_one_of_another(session, own):
    session.sender.client.service.kept["shelves"][own["items"]] = {"id": own["items"]}
    assert effect(session, "DELETE", f"/shelves/{own['items']}") is Effect.FOREIGN


def test_a_body_that_refers_to_somebody_elses_object_is_foreign(session, own):
    theirs, ours = b'{"name": "x", "shelf_id": "7"}', b'{"name": "x", "shelf_id": "%s"}'
    assert effect(session, "POST", "/items", theirs) is Effect.FOREIGN
    assert effect(session, "POST", "/items", ours % own["shelves"].encode()) is Effect.OWN
    assert effect(session, "POST", "/items", b'{"shelf_id": "unheard"}') is Effect.OWN
    assert effect(session, "POST", "/items", b"name=x&shelf_id=7") is Effect.FOREIGN


def test_a_foreign_request_never_leaves(session):
    with pytest.raises(ForeignRequestError):
        session.send("DELETE", "/items")
    with pytest.raises(ForeignRequestError):
        session.send("DELETE", "/items/1")
    assert [c for c in session.client.calls if c[0] == "DELETE"] == []
    assert session.safety.left_out == {"clearItems": 1, "dropItem": 1}


@pytest.mark.parametrize("name", ["reset", "danger", "/reset", "POST /reset", "re*", "*"])
def test_foreign_requests_are_sent_where_asked_for_by_name(described, opened, name):
    session = opened(described(items()), Store(), include_unsafe=(name,))
    assert session.send("POST", "/reset").status == 204


def case(method, template, body=None, **parameters):
    """What Schemathesis hands to a hook, as far as that looks at it."""
    operation = types.SimpleNamespace(method=method.lower(), path=template)
    return types.SimpleNamespace(
        id="case", method=method, operation=operation, path_parameters=parameters, body=body
    )


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize(
    ("method", "template"),
    [("PUT", "/items/{id}"), ("DELETE", "/items/{id}"), ("POST", "/items/{id}/archive")],
)
def test_fuzzing_is_turned_away_from_other_peoples_objects(
    described, opened, method, template, seed
):
    session = opened(described(items()), Store(), seed=seed)
    made = case(method, template, {"name": "x"}, id="1")
    FuzzingHooks(session).before_call(None, made, {})
    path = template.replace("{id}", made.path_parameters["id"])
    assert made.path_parameters["id"] != "1"
    assert effect(session, method, path) is Effect.OWN


def test_fuzzing_lets_go_of_other_peoples_ids_in_bodies(session):
    made = case("POST", "/items", {"name": "x", "shelf_id": "7"})
    hooks = FuzzingHooks(session)
    hooks.before_call(None, made, {})
    assert made.body == {"name": "x"}
    assert hooks.changed == {"case"}


def test_fuzzing_leaves_what_reads_as_it_is(session):
    made = case("GET", "/items/{id}", id="1")
    FuzzingHooks(session).before_call(None, made, {})
    assert made.path_parameters == {"id": "1"}


def test_only_what_can_be_harmless_is_fuzzed(session):
    names = {o.id for o in session.api.operations if session.safety.callable(o)}
    assert names == {
        "listItems", "createItem", "getItem", "putItem", "dropItem", "archiveItem",
        "listShelves", "createShelf", "getShelf",
    }  # fmt: skip


SPOKEN = """
openapi: 3.1.0
info: {title: Kites, version: '1'}
paths:
  /kites/create: {post: {requestBody: {content: {application/json: {schema: {type: object,
    properties: {colour: {type: string}}}}}}, responses: {'200': {description: d, content:
    {application/json: {schema: {$ref: '#/components/schemas/Kite'}}}}}}}
  /kites/list: {get: {responses: {'200': {description: d, content: {application/json: {schema:
    {type: array, items: {$ref: '#/components/schemas/Kite'}}}}}}}}
  /kites/get/{id}: {get: {parameters: [{name: id, in: path, required: true,
    schema: {type: string}}], responses: {'200': {description: d, content: {application/json:
    {schema: {$ref: '#/components/schemas/Kite'}}}}, '404': {description: none}}}}
  /kites/delete/{id}: {delete: {parameters: [{name: id, in: path, required: true,
    schema: {type: string}}], responses: {'204': {description: d}, '404': {description: none}}}}
  /kites/{id}/update: {post: {parameters: [{name: id, in: path, required: true,
    schema: {type: string}}], requestBody: {content: {application/json: {schema: {type: object,
    properties: {colour: {type: string}}}}}}, responses: {'200': {description: d, content:
    {application/json: {schema: {$ref: '#/components/schemas/Kite'}}}}}}}
  /kites/remove: {post: {requestBody: {content: {application/json: {schema: {type: object,
    required: [id], properties: {id: {type: string}}}}}}, responses: {'204': {description: d}}}}
components:
  schemas:
    Kite: {type: object, properties: {id: {type: string, readOnly: true}, colour: {type: string}}}
"""


def test_paths_that_say_what_is_done(tmp_path):
    """They name the same object; and that nothing can be read at the path that deletes it does not
    make it nobody's."""
    file = tmp_path / "kites.yaml"
    file.write_text(SPOKEN)
    api = load_api(file).api
    (kites,) = collections(api)
    safety = Safety(api, (kites,))
    safety.made(kites, {"id": "7"})

    def found(method, path):
        return safety.effect(method, path, b"{}", lambda item: item != "/kites/get/8")

    for method, path in (("DELETE", "/kites/delete/{}"), ("POST", "/kites/{}/update")):
        assert found(method, path.format(7)) is Effect.OWN
        assert found(method, path.format(8)) is Effect.FOREIGN
        assert found(method, path.format(9)) is Effect.OWN
    assert found("POST", "/kites/create") is Effect.OWN
    assert found("POST", "/kites/remove") is Effect.FOREIGN
