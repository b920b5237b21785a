"""Hypothesis for all tests: the same examples for the same commit, unless it is asked to explore.

`make fuzz` sets HYPOTHESIS_PROFILE=explore: examples are drawn at random and failing ones are kept
in `.hypothesis/`. What it finds becomes a test with that example written out.
"""

import os

from hypothesis import settings

# Without a deadline: how long an example takes on a busy machine says nothing about what is tested.
settings.register_profile("fixed", derandomize=True, print_blob=True, deadline=None)
settings.register_profile("explore", max_examples=1_000, print_blob=True, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "fixed"))
