import os

import pytest
from hypothesis import HealthCheck, settings

_SLOW_IS_FINE = (HealthCheck.too_slow, HealthCheck.data_too_large)
# The same examples for the same change: a push is not refused for what it did not touch. Soaking finds the rare ones.
settings.register_profile(
    "push", max_examples=500, deadline=None, suppress_health_check=_SLOW_IS_FINE, derandomize=True
)
settings.register_profile("quick", max_examples=20, deadline=None, suppress_health_check=_SLOW_IS_FINE)
settings.register_profile("soak", max_examples=2000, deadline=None, suppress_health_check=_SLOW_IS_FINE)
_PROFILE = os.environ.get("HYPOTHESIS_PROFILE", "push")
settings.load_profile(_PROFILE)

collect_ignore = [] if _PROFILE == "soak" else ["test_soak.py"]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--accept", action="store_true", help="rewrite what .case files expect; read the diff afterwards")


@pytest.fixture
def accept(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--accept"))
