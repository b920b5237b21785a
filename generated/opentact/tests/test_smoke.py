"""Every module imports, every model can be built, and the clients reach their resources."""

import importlib
import pkgutil
from types import ModuleType

import pydantic

import trunkline_opentact as package


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
    with package.OpenTact(api_key="secret", username="secret", password="secret") as client:
        assert getattr(client, "auth") is not None
        assert getattr(client, "outbound_voice_profiles") is not None
        assert "secret" not in repr(client)
    asynchronous = package.AsyncOpenTact(api_key="secret", username="secret", password="secret")
    assert getattr(asynchronous, "auth") is not None
    assert getattr(asynchronous, "outbound_voice_profiles") is not None
    assert "secret" not in repr(asynchronous)
