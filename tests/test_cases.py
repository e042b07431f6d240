import pytest

from tests import harness


@pytest.mark.parametrize("case", harness.all_cases(), ids=str)
def test_case(case: harness.Case, accept: bool) -> None:
    harness.check(case, accept=accept)
