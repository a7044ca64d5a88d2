"""Settings for all tests."""

import os

from hypothesis import settings

# The same examples every time, so that what passes here passes elsewhere. HYPOTHESIS_PROFILE=explore looks for others.
settings.register_profile("fixed", derandomize=True, deadline=None)
settings.register_profile("explore", deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "fixed"))
