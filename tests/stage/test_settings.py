"""Settings as the address carries them: what comes back, what is refused, what is used instead."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as some

from explainer.chapters.descent.descent_view import (
    COMPARE,
    DATA,
    ITERATIONS,
    LEARNING_RATE,
    MODEL,
    STEP,
    VIEW,
)
from explainer.maths.surface import Window
from explainer.stage.settings import Choice, Grid, Point, SettingError, held_inside, read_number

WINDOW = Window(-8.0, 4.0, -7.0, 5.0)
START = Point("start", WINDOW, (3.0, 3.0))
GRIDS = [LEARNING_RATE, ITERATIONS, STEP]
CHOICES = [DATA, MODEL, VIEW, COMPARE]
NO_NUMBERS = [
    "",
    " ",
    "nan",
    "-nan",
    "inf",
    "-inf",
    "infinity",
    "1e999",
    "a",
    "1,5",
    "0x10",
    "1_000",
    "١٢",
    "--1",
]
INSIDE = some.tuples(some.floats(WINDOW.w_min, WINDOW.w_max), some.floats(WINDOW.b_min, WINDOW.b_max))


def refused(setting: Choice | Grid | Point, text: str) -> SettingError:
    with pytest.raises(SettingError) as caught:
        setting.read(text)
    assert str(caught.value)
    return caught.value


@pytest.mark.parametrize("grid", GRIDS, ids=lambda grid: grid.name)
def test_every_place_of_a_grid_comes_back(grid: Grid) -> None:
    for place in range(len(grid.values)):
        assert grid.read(grid.write(place)) == place
    assert 0 <= grid.default < len(grid.values)


@pytest.mark.parametrize("grid", GRIDS, ids=lambda grid: grid.name)
@given(number=some.floats(allow_nan=False, allow_infinity=False))
def test_any_number_takes_the_nearest_place(grid: Grid, number: float) -> None:
    try:
        place = grid.read(repr(number))
    except SettingError as problem:
        place = problem.instead
    else:
        assert math.isclose(number, grid.values[place], rel_tol=1e-9, abs_tol=1e-12)
    held = min(max(number, grid.values[0]), grid.values[-1])
    distance = [abs(math.log(held / value)) if grid.log else abs(held - value) for value in grid.values]
    assert distance[place] == pytest.approx(min(distance), abs=1e-9)


@pytest.mark.parametrize("grid", GRIDS, ids=lambda grid: grid.name)
@pytest.mark.parametrize("text", NO_NUMBERS)
def test_what_is_no_number_gives_the_default(grid: Grid, text: str) -> None:
    assert refused(grid, text).instead == grid.default


def test_off_the_grid_goes_by_ratio_for_learning_rates() -> None:
    assert LEARNING_RATE.write(refused(LEARNING_RATE, "0.37").instead) == "0.4"
    assert LEARNING_RATE.write(refused(LEARNING_RATE, "0.0049").instead) == "0.005"
    assert LEARNING_RATE.write(refused(LEARNING_RATE, "0").instead) == "0.001"
    assert LEARNING_RATE.write(LEARNING_RATE.read("1e-1")) == "0.1"


def test_learning_rates_are_a_readable_rising_grid() -> None:
    assert list(LEARNING_RATE.values) == sorted(set(LEARNING_RATE.values))
    assert len(set(LEARNING_RATE.texts)) == len(LEARNING_RATE.values)
    assert {"0.001", "0.1", "0.2", "0.5", "1", "100"} <= set(LEARNING_RATE.texts)


@pytest.mark.parametrize("choice", CHOICES, ids=lambda choice: choice.name)
@given(text=some.text())
def test_a_choice_takes_its_options_and_nothing_else(choice: Choice, text: str) -> None:
    for option in choice.options:
        assert choice.read(choice.write(option)) == option
    assert choice.default in choice.options
    if text not in choice.options:
        problem = refused(choice, text)
        assert problem.instead == choice.default
        assert all(option in str(problem) for option in choice.options)


@given(point=INSIDE)
def test_a_written_point_comes_back_as_written(point: tuple[float, float]) -> None:
    """Four digits are kept, so what is written is a little off, and from then on stays."""
    once = START.read(START.write(point))
    assert once == pytest.approx(point, rel=1e-3, abs=1e-300)
    assert START.read(START.write(once)) == once
    assert START.write(once) == START.write(point)


@given(
    w=some.floats(allow_nan=False, allow_infinity=False), b=some.floats(allow_nan=False, allow_infinity=False)
)
def test_a_point_outside_moves_to_the_edge(w: float, b: float) -> None:
    held = (min(max(w, -8.0), 4.0), min(max(b, -7.0), 5.0))
    assert held_inside(WINDOW, w, b) == held
    if held == (w, b):
        assert START.read(f"{w!r},{b!r}") == held
    else:
        assert refused(START, f"{w!r},{b!r}").instead == held


@pytest.mark.parametrize("text", ["", "1", "1,2,3", ",", "1,", "a,b", "nan,1", "1,inf", "(1,2)", "1;2"])
def test_what_is_no_point_gives_the_default(text: str) -> None:
    assert refused(START, text).instead == START.default


@given(number=some.floats(allow_nan=False, allow_infinity=False))
def test_numbers_come_back(number: float) -> None:
    assert read_number(repr(number), None) == number
