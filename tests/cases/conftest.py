"""`pytest tests/cases --regenerate` writes the expected files anew."""

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """The one option; known when `tests/cases` is named on the command line."""
    try:
        parser.addoption("--regenerate", action="store_true", help="write expected files anew")
    except ValueError:
        return


@pytest.fixture(scope="session")
def regenerate(request: pytest.FixtureRequest) -> bool:
    """Whether expected files are to be written."""
    return bool(request.config.getoption("--regenerate", default=False))
