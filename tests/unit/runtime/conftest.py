"""A client package as it is generated: the target beside a copy of the runtime."""

from __future__ import annotations

import importlib
import shutil
import sys
from pathlib import Path
from types import ModuleType

import pytest

import trunkline.runtime


@pytest.fixture(scope="session")
def target_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that holds the package `target_client`."""
    root = tmp_path_factory.mktemp("target")
    package = root / "target_client"
    skip = shutil.ignore_patterns("__pycache__")
    shutil.copytree(Path(__file__).parent / "target_client", package, ignore=skip)
    runtime = Path(trunkline.runtime.__file__).parent
    shutil.copytree(runtime, package / "_runtime", ignore=skip)
    return root


@pytest.fixture(scope="session")
def target(target_folder: Path) -> ModuleType:
    """The package `target_client`, imported."""
    sys.path.insert(0, str(target_folder))
    try:
        return importlib.import_module("target_client")
    finally:
        sys.path.remove(str(target_folder))
