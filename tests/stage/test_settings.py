"""Settings as the address carries them: what comes back, what is refused, what is used instead."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as some

from explainer.maths.surface import Window
from explainer.stage.settings import (
    MOST_PLACES,
    Choice,
    End,
    Number,
    Point,
    Setting,
    SettingError,
    Slider,
    Walk,
    held_inside,
    read_number,
)

LEARNING_RATE = Slider(
    "learning_rate", (0.001, 0.002, 0.005, 0.01, 0.1, 0.3, 0.4, 1.0, 100.0), start=1.0, log=True
)
ITERATIONS = Slider("iterations", range(1, 501), start=200)
STEP = Slider("step", range(501), until=End(ITERATIONS), beyond="the walk ends at step {end}")
DATA = Choice("data", ("challenger", "hours", "separable"), "hours")
MODEL = Choice("model", ("sigmoid", "line"))
WINDOW = Window(-8.0, 4.0, -7.0, 5.0)
START = Point("start", WINDOW, (3.0, 3.0))
SLIDERS = [LEARNING_RATE, ITERATIONS, STEP]
CHOICES = [DATA, MODEL]
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


def test_the_values_beside_one() -> None:
    assert ITERATIONS.beside(200) == (199, 201)
    assert ITERATIONS.beside(1) == (2,) and ITERATIONS.beside(500) == (499,)
    assert LEARNING_RATE.beside(0.01) == (0.005, 0.1)
    with pytest.raises(ValueError, match="learning_rate"):
        LEARNING_RATE.beside(0.02)


def refused(setting: Setting, text: str) -> SettingError:
    with pytest.raises(SettingError) as caught:
        setting.read(text)
    assert str(caught.value)
    return caught.value


@pytest.mark.parametrize("slider", SLIDERS, ids=lambda slider: slider.name)
def test_every_value_of_a_slider_comes_back(slider: Slider) -> None:
    for place, value in enumerate(slider.values):
        assert slider.read(slider.write(value)) == value
        assert slider.place(value) == place and slider.holds(value)
    assert slider.holds(slider.start)


@pytest.mark.parametrize("slider", SLIDERS, ids=lambda slider: slider.name)
@given(number=some.floats(allow_nan=False, allow_infinity=False))
def test_any_number_takes_the_nearest_value(slider: Slider, number: float) -> None:
    try:
        value = slider.read(repr(number))
    except SettingError as problem:
        value = problem.instead
    else:
        assert math.isclose(number, value, rel_tol=1e-9, abs_tol=1e-12)
    held = min(max(number, slider.values[0]), slider.values[-1])
    distance = {one: abs(math.log(held / one)) if slider.log else abs(held - one) for one in slider.values}
    assert distance[value] == pytest.approx(min(distance.values()), abs=1e-9)


@pytest.mark.parametrize("slider", SLIDERS, ids=lambda slider: slider.name)
@pytest.mark.parametrize("text", NO_NUMBERS)
def test_what_is_no_number_gives_the_start(slider: Slider, text: str) -> None:
    assert refused(slider, text).instead == slider.start


@pytest.mark.parametrize("value", [0.002 + 1e-9, -1.0, 1e9, "1", None, (1.0,)])
def test_what_is_none_of_its_values_has_no_place(value: object) -> None:
    assert not LEARNING_RATE.holds(value)


def test_values_that_do_not_rise_are_a_mistake() -> None:
    with pytest.raises(ValueError, match="rise"):
        Slider("w", (1.0, 1.0))


def test_a_first_place_may_stand_for_no_value() -> None:
    slider = Slider("outlier", (31.0, 50.5), none="none")
    assert slider.values == (None, 31.0, 50.5) and slider.texts == ("none", "31", "50.5")
    assert slider.start is None and slider.place(None) == 0 and slider.place(50.5) == 2
    assert slider.read("none") is None and slider.read("31") == 31.0
    assert refused(slider, "1000").instead == 50.5 and "from 31 to 50.5" in str(refused(slider, "1000"))
    assert refused(slider, "many").instead is None


def test_a_value_left_from_a_longer_slider_becomes_the_last() -> None:
    assert STEP.instead_of(900) == 500
    assert STEP.instead_of(-1) == STEP.instead_of(2.5) == STEP.start


def test_why_a_number_past_the_end_cannot_be_used() -> None:
    assert str(refused(Slider("which", range(1, 4), beyond="there are 3"), "9")) == "there are 3"
    assert "from 1 to 3" in str(refused(Slider("which", range(1, 4), beyond="there are 3"), "0"))
    assert "from 0 to 500" in str(
        refused(STEP, "501")
    )  # where another slider says the end, that is told later


def test_off_the_grid_goes_by_ratio_for_learning_rates() -> None:
    assert LEARNING_RATE.write(refused(LEARNING_RATE, "0.37").instead) == "0.4"
    assert LEARNING_RATE.write(refused(LEARNING_RATE, "0.0049").instead) == "0.005"
    assert LEARNING_RATE.write(refused(LEARNING_RATE, "0").instead) == "0.001"
    assert LEARNING_RATE.read("1e-1") == 0.1


@pytest.mark.parametrize("choice", CHOICES, ids=lambda choice: choice.name)
@given(text=some.text())
def test_a_choice_takes_its_options_and_nothing_else(choice: Choice, text: str) -> None:
    for option in choice.options:
        assert choice.read(choice.write(option)) == option
    assert choice.start in choice.options
    if text not in choice.options:
        problem = refused(choice, text)
        assert problem.instead == choice.start
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
    assert refused(START, text).instead == START.start


@given(number=some.floats(allow_nan=False, allow_infinity=False))
def test_numbers_come_back(number: float) -> None:
    assert read_number(repr(number), None) == number


@pytest.mark.parametrize(("text", "value"), [("1", 1.0), ("-2.5", -2.5), ("0.125", 0.12), ("-0", 0.0)])
def test_a_typed_number_keeps_two_decimals(text: str, value: float) -> None:
    number = Number("x1", 1.0, low=-3.0, high=3.0)
    assert number.read(text) == value and number.holds(value)
    assert number.read(number.write(value)) == value


@pytest.mark.parametrize(("text", "instead"), [("9", 3.0), ("-9", -3.0), ("x", 1.0), ("inf", 1.0)])
def test_a_typed_number_out_of_reach_takes_the_end(text: str, instead: float) -> None:
    assert refused(Number("x1", 1.0, low=-3.0, high=3.0), text).instead == instead


def test_a_setting_given_others_is_itself_whatever_they_are() -> None:
    step = STEP.given(DATA, MODEL)
    assert (step.name, step.on) == ("step", (DATA, MODEL))
    assert step.make("hours", "line") is STEP


def test_a_press_on_the_map_is_held_inside_and_rounded_to_what_a_pixel_tells() -> None:
    assert START.pressed(1.23456, -2.71828) == (1.23, -2.72)
    assert START.pressed(99.0, -99.0) == (4.0, -7.0)


MAP = Window(w_min=-4, w_max=4, b_min=-3, b_max=3)
HUNDREDTHS = some.tuples(
    some.integers(-400, 400).map(lambda w: w / 100), some.integers(-300, 300).map(lambda b: b / 100)
)


@given(some.lists(HUNDREDTHS, max_size=MOST_PLACES))
def test_a_walk_comes_back_as_written(places: list[tuple[float, float]]) -> None:
    walk = Walk("hand", MAP, begin=places[0] if places else (0.0, 0.0))
    assert walk.read(walk.write(tuple(places))) == tuple(places)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1",
        "0,0;1",
        "0,0;1,1,1",
        "0,0;x,1",
        "0,0;nan,1",
        "0,0;4.5,1",
        "1,1;0,0",
        ";".join(["0,0"] * (MOST_PLACES + 1)),
    ],
)
def test_what_is_no_walk_from_there_gives_none(text: str) -> None:
    with pytest.raises(SettingError) as problem:
        Walk("hand", MAP, begin=(0.0, 0.0)).read(text)
    assert problem.value.instead == ()
