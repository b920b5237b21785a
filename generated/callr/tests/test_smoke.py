"""Every module imports, every model can be built, and the clients reach their resources."""

import importlib
import pkgutil
from types import ModuleType

import pydantic

import trunkline_callr as package


def _modules() -> list[ModuleType]:
    found = pkgutil.walk_packages(package.__path__, package.__name__ + ".")
    return [importlib.import_module(info.name) for info in found]


def test_every_module_imports() -> None:
    assert any(module.__name__.endswith(".client") for module in _modules())


def test_every_model_builds() -> None:
    for module in _modules():
        for value in vars(module).values():
            if value is pydantic.BaseModel:
                continue
            if isinstance(value, type) and issubclass(value, pydantic.BaseModel):
                value.model_rebuild()
                assert value.__pydantic_complete__, value


def test_clients_reach_their_resources() -> None:
    with package.Callr(
        username="secret", password="secret", api_key="secret", session="secret", login_as="secret"
    ) as client:
        assert getattr(client, "account") is not None
        assert getattr(client, "actions") is not None
        assert getattr(client, "analytics") is not None
        assert getattr(client, "api_key") is not None
        assert getattr(client, "session") is not None
        assert getattr(client, "apps") is not None
        assert getattr(client, "billing") is not None
        assert getattr(client, "calls") is not None
        assert getattr(client, "dialr") is not None
        assert getattr(client, "sendr") is not None
        assert getattr(client, "cdr") is not None
        assert getattr(client, "clicktocall") is not None
        assert getattr(client, "conference") is not None
        assert getattr(client, "did") is not None
        assert getattr(client, "jobs") is not None
        assert getattr(client, "list_") is not None
        assert getattr(client, "media") is not None
        assert getattr(client, "sms") is not None
        assert getattr(client, "system") is not None
        assert getattr(client, "webhooks") is not None
        assert "secret" not in repr(client)
    asynchronous = package.AsyncCallr(
        username="secret", password="secret", api_key="secret", session="secret", login_as="secret"
    )
    assert getattr(asynchronous, "account") is not None
    assert getattr(asynchronous, "actions") is not None
    assert getattr(asynchronous, "analytics") is not None
    assert getattr(asynchronous, "api_key") is not None
    assert getattr(asynchronous, "session") is not None
    assert getattr(asynchronous, "apps") is not None
    assert getattr(asynchronous, "billing") is not None
    assert getattr(asynchronous, "calls") is not None
    assert getattr(asynchronous, "dialr") is not None
    assert getattr(asynchronous, "sendr") is not None
    assert getattr(asynchronous, "cdr") is not None
    assert getattr(asynchronous, "clicktocall") is not None
    assert getattr(asynchronous, "conference") is not None
    assert getattr(asynchronous, "did") is not None
    assert getattr(asynchronous, "jobs") is not None
    assert getattr(asynchronous, "list_") is not None
    assert getattr(asynchronous, "media") is not None
    assert getattr(asynchronous, "sms") is not None
    assert getattr(asynchronous, "system") is not None
    assert getattr(asynchronous, "webhooks") is not None
    assert "secret" not in repr(asynchronous)
