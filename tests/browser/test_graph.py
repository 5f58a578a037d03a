"""The chapter *Graph*: walked step by step, nudged, filled in."""

import re

import pytest

from explainer.chapters.graph.blanks import Blank
from explainer.chapters.graph.chapter import CHAPTER
from explainer.chapters.graph.nodes_figure import COURSE, NEURON
from explainer.words import words
from tests.browser.figure import Figure

PAGE = "graph"
WALK = COURSE.walk
INPUTS = {"course": {"a": "a", "b": "b", "c": "c"}, "neuron": {"w1": "w1", "w2": "w2", "b": "neuron_b"}}
STEPS = {"course": "step", "neuron": "neuron_step"}
"""Of each graph: its sliders by the nodes' names, and the slider of its steps."""


def plain(text: str) -> str:
    return text.replace("−", "-")


def last_number(text: str) -> float:
    return float(re.findall(r"-?\d+\.?\d*(?:e-?\d+)?", plain(text))[-1])


@pytest.mark.parametrize("nth", [0, 1])
def test_the_step_button_walks_every_step_and_says_what_the_engine_says(at_start: Figure, nth: int) -> None:
    walk = (COURSE, NEURON)[nth].walk
    figure = Figure(at_start.page, nth=nth).wait_until_drawn()
    inputs = {name: CHAPTER.settings[slider].start for name, slider in INPUTS[walk.name].items()}
    if nth:
        inputs |= {"x1": 1.0, "x2": 2.0, "y": 1.0}
    values = walk.graph.forward(inputs)
    derivatives = walk.graph.backward(values)
    for step, (way, name) in enumerate(walk.steps[1:], start=1):
        figure.button("step").click()
        figure.wait_for_state(**{STEPS[walk.name]: str(step)})
        said = " ".join(line for line in figure.readouts()[:2] if line.strip())
        wanted = (values if way == "forward" else derivatives)[name]
        assert last_number(said) == pytest.approx(float(wanted), rel=6e-4)
        assert "?" not in said
    figure.button("step back").click()
    figure.wait_for_state(**{STEPS[walk.name]: str(len(walk.steps) - 2)})


def test_a_press_on_a_number_goes_to_its_step(at_start: Figure) -> None:
    for way, name, place in (
        ("backward", "b", COURSE.derivative_place("b")),
        ("forward", "v", COURSE.places["v"]),
    ):
        at_start.page.mouse.click(*at_start.project("course", place))
        at_start.wait_for_state(step=str(WALK.first_step(way, name)))
    at_start.wait_for_address(step=str(WALK.first_step("forward", "v")))


def test_a_nudge_moves_the_output_by_the_derivative(at_start: Figure) -> None:
    at_start.ask("player.goTo(it)", len(WALK.steps) - 1)
    at_start.root.get_by_role("button", name="b", exact=True).click()
    at_start.wait_for_address(nudge="b")
    shown = at_start.root.locator(".readouts > span:visible")
    assert "b: 3 → 3.001 moves J from 33 to 33.006: by 0.006" in shown.all_inner_texts()
    assert shown.last.inner_text().endswith("6 × 0.001 = 0.006")
    at_start.put("c", 3)  # c = -2
    at_start.wait_for_frames()
    assert "b: 3 → 3.001 moves J from −3 to −3.006: by −0.006" in shown.all_inner_texts()


def test_a_blank_is_filled_in_and_the_drawing_shows_it(at_start: Figure) -> None:
    page, blank = at_start.page, Blank("course", "1", "v")
    field = page.get_by_label(words("graph").text["turn_label"].format(name=blank.label), exact=True)
    field.fill("7")
    field.press("Enter")
    page.get_by_text("By how much does it move", exact=False).wait_for()
    field.fill("3")
    field.press("Enter")
    page.get_by_text("1 of 5", exact=True).wait_for()
    figure = Figure(page, nth=2).wait_until_drawn()
    assert figure.ask("player.isPlaying()") is False
