"""What all tests share.

Hypothesis draws the same examples for the same commit, unless it is asked to explore.
`make fuzz` sets HYPOTHESIS_PROFILE=explore: examples are drawn at random and failing ones are kept
in `.hypothesis/`. What it finds becomes a test with that example written out.
"""

import os
from collections.abc import Iterator

import pytest
from hypothesis import settings

# Without a deadline: how long an example takes on a busy machine says nothing about what is tested.
settings.register_profile("fixed", derandomize=True, print_blob=True, deadline=None)
settings.register_profile("explore", max_examples=1_000, print_blob=True, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "fixed"))


@pytest.fixture(scope="session", autouse=True)
def mypy_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """One cache for every mypy that tests start: what packages depend on is read once, not by each.

    It knows modules by their text, so that another package of the same name is checked anew.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MYPY_CACHE_DIR", str(tmp_path_factory.mktemp("mypy")))
        yield
