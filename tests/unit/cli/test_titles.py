"""What a description calls itself becomes the name of its package, where that says anything."""

import json

import pytest

from trunkline.pipeline.find import spec_name
from trunkline.pipeline.titles import name_of, title_name


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Shop", "shop"),
        ("The Shop API", "shop"),
        ("GitHub v3 REST API", "github"),
        ("Swagger Petstore - OpenAPI 3.0", "swagger-petstore"),
        ("Größe & Café", "grosse-cafe"),
        ("Bob's books", "bobs-books"),
        ("One two three four five six", "one-two-three-four-five"),
        ("a" * 60, "a" * 40),
        ("API", None),
        ("Version 1", "version"),
        ("", None),
        ("!!!", None),
        ("商店", None),
        ("商店管理系统 v2", None),
        ("3scale", None),
        (7, None),
        (None, None),
    ],
)
def test_names(title: object, name: str | None) -> None:
    assert name_of(title) == name


@pytest.mark.parametrize(
    "text",
    [
        "openapi: 3.1.0\ninfo:\n  version: '1'\n\n  # the name\n  title: Shop\npaths: {}\n",
        "openapi: 3.1.0\ninfo: {title: Shop, version: '1'}\npaths: {}\n",
        "openapi: 3.1.0\ninfo: {version: '1',\n  title: Shop}\npaths: {}\n",
        "\ufeffpaths:\n  info: {title: Wrong}\n'info':\n    title: 'Shop'",
        "info:\r\n  title: Shop\r\npaths: {}\r\n",
        json.dumps({"info": {"title": "Shop", "version": "1"}, "paths": {}}),
    ],
)
def test_titles_in_files(text: str, tmp_path) -> None:
    path = tmp_path / "openapi.yaml"
    path.write_bytes(text.encode())
    assert title_name(path) == "shop"


@pytest.mark.parametrize("text", ["", "info: [", "info: 7", "{", "info:\n  title: [a]", "a: b"])
def test_the_file_where_there_is_no_title(text: str, tmp_path) -> None:
    path = tmp_path / "store.yaml"
    path.write_text(text)
    assert title_name(path) is None
    assert spec_name(path) == "store"


def test_descriptions_in_specs_are_called_as_their_folder(tmp_path, monkeypatch) -> None:
    path = tmp_path / "specs" / "store" / "openapi.yaml"
    path.parent.mkdir(parents=True)
    path.write_text("openapi: 3.1.0\ninfo: {title: Shop, version: '1'}\npaths: {}\n")
    monkeypatch.chdir(tmp_path)
    assert spec_name("store") == "store"
    monkeypatch.chdir("/")
    assert spec_name(path) == "shop"
    path.with_name("package.toml").touch()
    assert spec_name(path) == "store"
