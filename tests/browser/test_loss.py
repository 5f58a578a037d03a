"""The chapter *Loss*: two figures on one page, one address for both."""

import re
from typing import Any

import numpy as np
import pytest

from explainer.chapters.loss.chapter import (
    NUM_ITERATIONS,
    bias_slider,
    example_slider,
    start_of_both,
    weight_slider,
)
from explainer.maths.datasets import DATASETS, standardise
from explainer.maths.descent import descend, verdict
from explainer.maths.landscape import minimum
from explainer.maths.logistic import LOG_LOSS, SIGMOID_SQUARED_ERROR, cost, loss_from_z, sigmoid
from explainer.stage.layers import Marker
from explainer.words import words
from tests.browser.figure import Figure
from tests.browser.serving import Server

CHALLENGER = DATASETS["challenger"]
ORDER = np.argsort(CHALLENGER.X[0], kind="stable")
REAL_X, X, Y = CHALLENGER.X[0, ORDER], standardise(CHALLENGER.X).X[0, ORDER], CHALLENGER.Y[0, ORDER]
W, B = weight_slider("challenger"), bias_slider("challenger")
MINIMA = [found[2] for model in ("sigmoid", "squared") if (found := minimum("challenger", model))]
TONE = "(root, role) => getComputedStyle(root).getPropertyValue(`--${role}`).trim()"
PIXEL = """(panel, [name, x, y]) => {
    const canvas = panel.querySelector('canvas.moving'), ratio = canvas.width / canvas.clientWidth;
    const [px, py] = panel.closest('.live-root').player.project(name, x, y);
    return [...canvas.getContext('2d').getImageData(px * ratio, py * ratio, 1, 1).data];
}"""


PAGE = "loss?view=map"


@pytest.fixture
def examples(at_start: Figure) -> Figure:
    return at_start


@pytest.fixture
def both(at_start: Figure) -> tuple[Figure, Figure]:
    """Both figures, drawn."""
    return at_start, Figure(at_start.page, nth=1).wait_until_drawn()


def starts(data: str) -> dict[str, str]:
    """What the sliders of the first figure stand at first, as the address has it."""
    sliders = (weight_slider(data), bias_slider(data), example_slider(data))
    return {slider.name: slider.write(slider.start) for slider in sliders}


def losses_at(figure: Figure) -> np.ndarray[Any, Any]:
    state = figure.state
    return loss_from_z(float(state["w"]) * X + float(state["b"]), Y)


def numbers(text: str) -> list[float]:
    return [float(number.replace("−", "-")) for number in re.findall(r"[−-]?\d+\.?\d*", text)]


def colour(figure: Figure, panel: str, x: float, y: float) -> tuple[int, ...]:
    return tuple(figure.panel(panel).evaluate(PIXEL, [panel, x, y]))


def tone(figure: Figure, role: str) -> tuple[int, ...]:
    text = figure.root.evaluate(TONE, role)
    return (*(int(text[k : k + 2], 16) for k in (1, 3, 5)), 255)


def wait_for_another_start(figure: Figure, before: str) -> None:
    figure.page.wait_for_function(
        "(before) => new URLSearchParams(location.search).get('start') !== before", arg=before
    )
    figure.wait_for_server()


def test_the_point_of_the_first_and_the_last_step_is_whole(both: tuple[Figure, Figure]) -> None:
    _, figure = both
    for panel in ("cost_log", "cost_squared"):
        (left, right), (low, _) = figure.ranges(panel)
        places = [figure.project(panel, (step, low))[0] for step in (left, 0, NUM_ITERATIONS, right)]
        assert np.diff(places)[[0, 2]].min() > Marker.size


# ---- every example's loss


@pytest.mark.parametrize("place", [0, 20, len(W.values) - 1])
def test_the_line_of_J_says_what_numpy_says(examples: Figure, place: int) -> None:
    for name in ("w", "b"):
        examples.put(name, place)
        losses = losses_at(examples)
        first, second, third, last, m, J = numbers(examples.readouts()[0])
        assert [first, second, third, last] == pytest.approx(losses[[0, 1, 2, -1]], abs=0.0051)
        assert (m, J) == (X.size, pytest.approx(losses.mean(), abs=0.0051))


def test_the_examples_own_numbers_follow_its_slider(examples: Figure) -> None:
    for place in (0, 9, 22):
        examples.put("example", place)
        state, readouts = examples.state, examples.readouts()
        a = sigmoid(float(state["w"]) * X[place] + float(state["b"]))
        assert readouts[1].startswith(f"example {place + 1}: x = {REAL_X[place]:g}, y = {Y[place]:g}")
        assert numbers(readouts[1])[-1] == pytest.approx(float(a), abs=0.0006)
        assert numbers(readouts[2])[-1] == pytest.approx(losses_at(examples)[place], abs=0.0051)
        assert numbers(readouts[3])[-1] == pytest.approx(float(a - Y[place]) ** 2, abs=0.0051)


def test_the_bars_even_out_to_J(examples: Figure) -> None:
    figure = examples.go_back_to(examples.address | {"w": "2", "b": "-1", "example": "23"})
    losses = losses_at(figure)
    J = losses.mean()
    # A little beside the middle, where each bar keeps a dot at its own height.
    off_J = [k for k in range(3, X.size - 1) if abs(losses[k] - J) > 0.5 and losses[k] < 3.5]
    assert {losses[k] > J for k in off_J} == {True, False}
    for place, full in ((0, lambda k: losses[k] > J), (20, lambda k: losses[k] < J)):
        figure.ask("player.goTo(it)", place)
        figure.wait_for_frames()
        for k in off_J:
            between = colour(figure, "bars", k + 1.27, (losses[k] + J) / 2)
            assert between == (tone(figure, "cat" if Y[k] else "not-cat") if full(k) else (0, 0, 0, 0))


def test_play_averages_all_the_way(examples: Figure) -> None:
    examples.button("play").click()
    examples.wait_for_state(averaged="100")
    examples.wait_for_address(averaged="100")


@pytest.mark.parametrize("example", [1, 8, 23])
def test_a_press_on_a_bar_picks_its_example(examples: Figure, example: int) -> None:
    x, y = examples.project("bars", (example, 0.1))
    examples.page.mouse.click(x, y)
    assert examples.state["example"] == str(example)
    examples.wait_for_address(example=str(example))


def test_a_press_on_a_point_picks_its_example(examples: Figure) -> None:
    for place in (0, 22):
        x, y = examples.project("data", (REAL_X[place], Y[place]))
        examples.page.mouse.click(x, y)
        assert examples.state["example"] == str(place + 1)


def test_a_press_on_the_map_takes_w_and_b_there(examples: Figure) -> None:
    for w, b in ((2.0, -3.0), (-5.25, 1.5)):
        x, y = examples.project("map", (w, b))
        examples.page.mouse.click(x, y)
        state = examples.state
        # A small map: a pixel is a tenth of a unit.
        assert (float(state["w"]), float(state["b"])) == (
            pytest.approx(w, abs=0.26),
            pytest.approx(b, abs=0.26),
        )
        assert numbers(examples.readouts()[0])[-1] == pytest.approx(losses_at(examples).mean(), abs=0.0051)
    examples.wait_for_address(w=state["w"], b=state["b"])


# ---- two surfaces


def test_a_click_on_either_map_is_a_new_start_for_both(both: tuple[Figure, Figure]) -> None:
    _, surfaces = both
    for panel, place in (("map_squared", (-2.0, 3.0)), ("map_log", (1.0, -3.0))):
        surfaces.ask("player.goTo(7)")
        surfaces.wait_for_address(step="7")
        surfaces.wait_until_no_double_click()
        before = surfaces.address["start"]
        surfaces.page.mouse.click(*surfaces.project(panel, place))
        wait_for_another_start(surfaces, before)
        surfaces.wait_for_state(step="0")
        w, b = (float(part) for part in surfaces.address["start"].split(","))
        assert (w, b) == pytest.approx(place, abs=0.05)
        log, squared = (numbers(line)[0] for line in surfaces.readouts()[::2])
        assert log == pytest.approx(cost([[w]], b, X[None], Y[None]), abs=0.0001)
        assert squared == pytest.approx(
            SIGMOID_SQUARED_ERROR.cost(np.array([[w]]), b, X[None], Y[None]), abs=0.0001
        )


def test_the_read_outs_are_the_two_walks(both: tuple[Figure, Figure]) -> None:
    _, surfaces = both
    w, b = start_of_both("challenger").start
    for place, step in ((0, 500), (3, 40), (5, 12)):
        surfaces.put("learning_rate", place)
        surfaces.ask("player.goTo(it)", step)
        rate = float(surfaces.state["learning_rate"])
        lines = surfaces.readouts()
        for k, objective in enumerate((LOG_LOSS, SIGMOID_SQUARED_ERROR)):
            run = descend(X[None], Y[None], rate, NUM_ITERATIONS, [w], b, objective)
            assert numbers(lines[2 * k])[0] == pytest.approx(run.costs[step], abs=0.0001)
            near = words("loss").figure["near"]
            assert lines[2 * k + 1] in {f"in the end: {verdict(run)}", f"in the end: {near}"}
            assert (near in lines[2 * k + 1]) == (
                verdict(run).kind == "still on its way" and run.costs[-1] <= 1.01 * MINIMA[k]
            )


def test_from_the_wrong_side_one_arrives_and_one_stands(examples: Figure) -> None:
    examples.go_back_to(examples.address | {"view": "3-D"})
    surfaces = Figure(examples.page, nth=1).wait_until_drawn()
    surfaces.page.get_by_label("speed").nth(1).select_option("4")
    surfaces.choose_scene("from the wrong side")
    surfaces.wait_for("player.isPlaying()")
    surfaces.wait_for("!player.isPlaying()")
    surfaces.wait_for_state(step="500", learning_rate="1")
    log, log_end, _, squared_end = surfaces.readouts()
    assert "converged" in log_end and squared_end.endswith(words("loss").figure["stalled"])
    assert numbers(log)[0] < LOG_LOSS.cost(np.array([[0.0]]), 0.0, X[None], Y[None])


# ---- one address


def test_the_address_carries_both_figures_and_a_reload_restores_them(both: tuple[Figure, Figure]) -> None:
    examples, surfaces = both
    examples.put("w", 7)
    examples.put("b", 30)
    examples.put("example", 4)
    examples.ask("player.goTo(6)")
    surfaces.put("learning_rate", 5)
    surfaces.ask("player.goTo(123)")
    wanted = {
        "data": "challenger",
        "w": W.texts[7],
        "b": B.texts[30],
        "example": "5",
        "averaged": "30",
        "learning_rate": "5",
        "step": "123",
        "view": "map",
        "start": "3,3",
        "lowest": "hidden",
        "ahead": "hidden",
    }
    surfaces.wait_for_address(**wanted)
    examples.page.reload()
    examples.wait_until_drawn()
    examples.wait_for_state(w=W.texts[7], b=B.texts[30], example="5", averaged="30")
    surfaces.wait_until_drawn()
    surfaces.wait_for_state(learning_rate="5", step="123", view="map")
    assert examples.address == wanted
    assert not examples.warnings


def test_other_data_bring_their_own_sliders(examples: Figure) -> None:
    examples.put("w", len(W.values) - 1)
    examples.put("example", 22)
    examples.choice("data", "overlap", chapter="loss").click()
    first = starts("overlap")
    examples.wait_for_state(**first)
    examples.wait_for_address(data="overlap", w=first["w"])
    assert numbers(examples.readouts()[0])[-2] == 60
    assert not examples.warnings


def test_a_click_on_a_map_leaves_the_first_figure_as_it_is(both: tuple[Figure, Figure]) -> None:
    examples, surfaces = both
    examples.put("w", 3)
    examples.put("example", 11)
    before = examples.state
    start = surfaces.address["start"]
    surfaces.page.mouse.click(*surfaces.project("map_log", (-4.0, 2.0)))
    wait_for_another_start(surfaces, start)
    assert examples.state == before
    examples.wait_for_address(w=before["w"], example="12")


def test_what_was_left_beside_other_data_is_not_taken_over(figure: Figure, server: Server) -> None:
    """`overlap` has 60 examples, the data that come back without it only 23."""
    figure.open(f"{server}/loss?data=overlap&example=55&w=2")
    figure.put("example", 57)
    figure.wait_for_address(example="58")
    figure.open(f"{server}/loss")
    first = starts("challenger")
    figure.wait_for_state(**first)
    figure.wait_for_address(data="challenger", **first)
    assert not figure.warnings
