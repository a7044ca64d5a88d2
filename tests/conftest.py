"""Settings for all tests."""

import os

from hypothesis import settings
from hypothesis.internal.conjecture import providers

# The same examples every time, so that what passes here passes elsewhere. HYPOTHESIS_PROFILE=explore looks for others.
settings.register_profile("fixed", derandomize=True, deadline=None)
settings.register_profile("explore", deadline=None)
chosen = os.environ.get("HYPOTHESIS_PROFILE", "fixed")
settings.load_profile(chosen)
if chosen == "fixed":
    # Hypothesis also tries constants of the modules that happen to be loaded: examples would hang on which tests ran
    # before in the same process, and on every line of the sources.
    assert hasattr(providers, "is_local_module_file"), "Hypothesis looks for constants in another way now"
    providers.is_local_module_file = lambda path: False
