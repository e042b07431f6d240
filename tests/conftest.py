import os
import tempfile

import pytest
from hypothesis import HealthCheck, settings

from tests.examples import PROFILES

_SLOW_IS_FINE = (HealthCheck.too_slow, HealthCheck.data_too_large)
# The same examples for the same change: a push is not refused for what it did not touch. Soaking finds the rare ones.
for _name, _count in PROFILES.items():
    settings.register_profile(
        _name,
        max_examples=_count,
        deadline=None,
        suppress_health_check=_SLOW_IS_FINE,
        derandomize=_name in {"test", "push"},
    )
_PROFILE = os.environ.get("HYPOTHESIS_PROFILE", "test")
settings.load_profile(_PROFILE)

collect_ignore = [] if _PROFILE == "soak" else ["test_soak.py"]

# No test depends on the fonts of the machine or leaves an index of them behind; MATCHCUT_FONTS tries others.
os.environ.setdefault("MATCHCUT_FONTS", "")
os.environ["XDG_CONFIG_HOME"] = os.devnull  # no settings of whoever runs the tests
os.environ["XDG_CACHE_HOME"] = tempfile.gettempdir() + os.sep + "matchcut-tests"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--accept", action="store_true", help="rewrite what .case files expect; read the diff afterwards")


@pytest.fixture
def accept(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--accept"))
