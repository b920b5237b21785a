"""`pytest tests/unit/render --regenerate` writes the reference page anew."""

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """Known when this folder is named on the command line, unless another folder added it."""
    try:
        parser.addoption("--regenerate", action="store_true", help="write expected files anew")
    except ValueError:
        return


@pytest.fixture
def regenerate(request: pytest.FixtureRequest) -> bool:
    """Whether the page is to be written."""
    return bool(request.config.getoption("--regenerate", default=False))
