"""What a creation responds with, where it is not the object: its id alone, or where it is."""

import httpx2
import pytest
import yaml

from trunkline.emulator import running
from trunkline.pipeline.load import load_api

BIN = {"type": "object", "properties": {"binId": {"type": "integer"}, "code": {"type": "string"}}}
NAMED = {**BIN, "properties": {**BIN["properties"], "binId": {"type": "string"}}}
NEW = {"type": "object", "properties": {"code": {"type": "string"}}}


def json_of(schema):
    return {"application/json": {"schema": schema}}


@pytest.fixture
def bins(tmp_path):
    """Starts an emulator of bins whose creation responds as given."""

    def start(creation, item=BIN):
        id_ = item["properties"]["binId"]
        number = {"name": "id", "in": "path", "required": True, "schema": id_}
        listed = {"type": "object", "properties": {"items": {"type": "array", "items": item}}}
        document = {
            "openapi": "3.1.0",
            "info": {"title": "Depot", "version": "1"},
            "paths": {
                "/bins": {
                    "get": {"responses": {"200": {"description": "", "content": json_of(listed)}}},
                    "post": {
                        "requestBody": {"required": True, "content": json_of(NEW)},
                        "responses": {"201": {"description": "made", **creation}},
                    },
                },
                "/bins/{id}": {
                    "parameters": [number],
                    "get": {"responses": {"200": {"description": "", "content": json_of(item)}}},
                },
            },
        }
        file = tmp_path / "openapi.yaml"
        file.write_text(yaml.safe_dump(document))
        return running(load_api(file).api)

    return start


@pytest.mark.parametrize("media_type", ["application/json", "text/plain"])
def test_an_id_alone_leads_to_the_object(bins, media_type):
    number = {"schema": {"type": "integer", "format": "int32"}}
    shown = {"content": {"text/plain": number, "application/json": number}}
    asked = {"Accept": media_type}
    with bins(shown) as server, httpx2.Client(base_url=server.url, headers=asked) as client:
        first = client.post("/bins", json={"code": "a"})
        second = client.post("/bins", json={"code": "b"})
        assert first.headers["content-type"].startswith(media_type)
        assert first.text != second.text
        for made, code in ((first, "a"), (second, "b")):
            found = client.get(f"/bins/{made.text}", headers={"Accept": "*/*"})
            assert found.json() == {"binId": int(made.text), "code": code}
        assert [
            bin_["code"] for bin_ in client.get("/bins", headers={"Accept": "*/*"}).json()["items"]
        ] == ["a", "b"]


@pytest.mark.parametrize(
    "said",
    [{"description": "The id of the new bin"}, {"title": "Bin identifier"}, {"format": "uuid"}],
)
def test_a_text_that_is_described_as_an_id_leads_to_the_object(bins, said):
    shown = {"content": json_of({"type": "string", **said})}
    with bins(shown, NAMED) as server, httpx2.Client(base_url=server.url) as client:
        made = client.post("/bins", json={"code": "a"}).json()
        assert client.get(f"/bins/{made}").json() == {"binId": made, "code": "a"}


def test_a_text_of_which_nothing_is_said_is_no_id(bins):
    shown = {"content": json_of({"type": "string", "examples": ["Thank you"]})}
    with bins(shown, NAMED) as server, httpx2.Client(base_url=server.url) as client:
        assert client.post("/bins", json={"code": "a"}).json() == "Thank you"


@pytest.mark.parametrize(
    ("form", "start"), [("uri", "http://127.0.0.1:"), ("uri-reference", "/bins/")]
)
def test_location_is_written_as_it_is_described(bins, form, start):
    shown = {
        "headers": {"Location": {"schema": {"type": "string", "format": form}}},
        "content": json_of(BIN),
    }
    with bins(shown) as server, httpx2.Client(base_url=server.url) as client:
        made = client.post("/bins", json={"code": "a"})
        assert made.headers["location"].startswith(start)
        address = made.request.url.join(made.headers["location"])
        assert client.get(address).json() == made.json()
