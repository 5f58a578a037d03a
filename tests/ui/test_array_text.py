"""Arrays as tables: every number at its row and column, in the colour of its sign, cut where it is large."""

import numpy as np
import pytest

from explainer.ui.array_text import CUT, MOST, MOST_LAYERS, WRONG, cell_text, value_text
from explainer.words import COMMON

SAID = COMMON["writing"]


def rows(text: str) -> list[list[str]]:
    """The cells of the tables in a text, without the lines below their heads."""
    lines = [line for line in text.splitlines() if line.startswith("|") and "---" not in line]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def numbers(cells: list[str]) -> list[str]:
    return [cell.partition("[")[2].removesuffix("]") for cell in cells]


def test_a_matrix_has_the_numbers_of_its_rows_and_columns() -> None:
    text = value_text("A", np.array([[1.5, -2.0, 0.0], [0.25, 1e-9, 12345.678]]))
    assert text.startswith(SAID["shape"].format(name="A", shape=(2, 3)))
    head, first, second = rows(text)
    assert head == ["", "0", "1", "2"]
    assert [first[0], second[0]] == ["**0**", "**1**"]
    assert numbers(first[1:]) == ["1.5", "−2", "0"]
    assert numbers(second[1:]) == ["0.25", "1e−09", "12,300"]


def test_an_array_with_one_axis_has_no_row_number() -> None:
    head, row = rows(value_text("v", np.array([1, -20000])))
    assert head == ["", "0", "1"] and row[0] == "" and numbers(row[1:]) == ["1", "−20000"]


@pytest.mark.parametrize(
    ("value", "colour", "text"),
    [
        (2.0, "orange", "2"),
        (-2.0, "blue", "−2"),
        (0, "gray", "0"),
        (np.nan, "gray", "nan"),
        (np.inf, "orange", "∞"),
        (-np.inf, "blue", "−∞"),
        (np.True_, "orange", "True"),
        (False, "gray", "False"),
        (np.int64(3), "orange", "3"),
    ],
)
def test_a_number_has_the_colour_of_its_sign(value: float, colour: str, text: str) -> None:
    assert cell_text(value) == f":{colour}-background[{text}]"
    assert cell_text(value, True) == f":red-background[{text}{WRONG}]"


def test_wrong_numbers_are_marked_where_they_stand() -> None:
    wrong = np.array([[False, True], [False, False]])
    _, first, second = rows(value_text("A", np.ones((2, 2)), wrong))
    assert [WRONG in cell for cell in (*first, *second)] == [False, False, True, False, False, False]


def test_large_arrays_are_cut_and_say_so() -> None:
    head, *body = rows(value_text("X", np.arange(4000.0).reshape(40, 100)))
    assert head[1:] == [*map(str, range(MOST)), CUT]
    assert len(body) == MOST + 1 and set(body[-1]) == {CUT}
    assert all(row[-1] == CUT and len(row) == MOST + 2 for row in body)
    assert numbers(body[1][1:3]) == ["100", "101"]


def test_an_image_is_drawn_layer_by_layer() -> None:
    image = np.arange(2 * 2 * 5).reshape(2, 2, 5)
    text = value_text("image", image)
    assert [f"`image[:, :, {k}]`" in text for k in range(5)] == [k < MOST_LAYERS for k in range(5)]
    assert text.endswith(CUT)
    assert numbers(rows(text)[4][1:]) == ["1", "6"]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.5, "`s` = :orange-background[0.5]"),
        (np.float64(-1.25), "`s` = :blue-background[−1.25]"),
        ((3, 1), "`s`\n```\n(3, 1)\n```"),
        (np.zeros((0, 3)), "`s` of shape (0, 3)"),
        (np.zeros((1, 1, 1, 1)), "`s` of shape (1, 1, 1, 1)"),
        (np.array(2.5), "`s` of shape ()\n\n:orange-background[2.5]"),
    ],
)
def test_other_values_are_said(value: object, text: str) -> None:
    assert value_text("s", value) == text
