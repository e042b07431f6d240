"""What pages are called, above all in a locked script."""

import pytest

from converter.layout.labels import page_labels


@pytest.mark.parametrize(
    ("locks", "labels"),
    [
        ([[], [], []], ["1", "2", "3"]),
        ([["1"], ["2"], ["3"]], ["1", "2", "3"]),
        ([["12"], [], [], ["13"]], ["12", "12A", "12B", "13"]),
        ([["12"], [], [], ["12A"], ["13"]], ["12", "A12A", "B12A", "12A", "13"]),
        ([["12A"], [], ["13"]], ["12A", "12B", "13"]),
        ([["12"], [], [], ["12B"], [], ["13"]], ["12", "12A", "A12B", "12B", "12C", "13"]),
        ([[], [], ["1"]], ["A1", "B1", "1"]),
        ([[], [], [], ["3"]], ["1", "2", "2A", "3"]),
        ([["12", "13"], ["14"]], ["12-13", "14"]),
        ([["12", "13"], [], ["14"]], ["12-13", "13A", "14"]),
        ([["12A", "13"]], ["13"]),
        ([["12"], [], []], ["12", "13", "14"]),
        ([["12A"], []], ["12A", "13"]),
        ([["A12"], [], ["12"]], ["A12", "B12", "12"]),
        ([["ii"], [], ["1"]], ["ii", "iiA", "1"]),
        ([["23-24"], [], [], ["25"]], ["23-24", "24A", "24B", "25"]),
        ([["23–24"], [], ["24A"], [], ["25"]], ["23–24", "A24A", "24A", "24B", "25"]),
        ([["23-24A"], [], ["25"]], ["23-24A", "24B", "25"]),
        ([["23-24"], [], []], ["23-24", "25", "26"]),
        ([["22"], [], ["23-24"], ["25"]], ["22", "22A", "23-24", "25"]),
        ([[], [], ["2-3"]], ["1", "1A", "2-3"]),
        ([["23-24", "25"], ["26"]], ["23-25", "26"]),
        ([["1-12"], [], ["1-13"]], ["1-12", "1-12A", "1-13"]),
        ([["101-12"], []], ["101-12", "101-12A"]),
    ],
)
def test_labels_of_a_locked_script(locks: list[list[str]], labels: list[str]) -> None:
    assert page_labels(locks, 1, skip=True) == labels


def test_the_first_page_may_have_any_number() -> None:
    assert page_labels([[], []], 7, skip=True) == ["7", "8"]


def test_i_and_o_are_left_out_on_request_and_z_is_followed_by_aa() -> None:
    locks: list[list[str]] = [["5"], *([[]] * 27), ["6"]]
    skipped, all_letters = page_labels(locks, 1, skip=True), page_labels(locks, 1, skip=False)
    assert skipped[8:10] == ["5H", "5J"] and skipped[24:27] == ["5Z", "5AA", "5AB"]
    assert all_letters[8:10] == ["5H", "5I"] and all_letters[26:28] == ["5Z", "5AA"]
