"""The chapter *Gradient descent*: its widgets, its scenes, its sentences, addresses that make no sense."""

import re

import pytest

from explainer.chapters.descent.answers import Bound, Rise, answer_texts, units_text
from explainer.maths.datasets import DATASETS
from explainer.stage.cost_figures import start_on_map
from explainer.words import words
from tests.opening import address_warnings, choice, clean, open_page

NO_STEPS = (None, None), Rise(), Bound(1.0, 0.8, float("inf"))


@pytest.mark.parametrize("model", ["sigmoid", "line"])
@pytest.mark.parametrize("data", DATASETS)
def test_every_data_set_with_every_model(data: str, model: str) -> None:
    app = open_page("descent")
    choice(app, "descent", "data").set_value(data)
    clean(app.run())
    choice(app, "descent", "model").set_value(model)
    clean(app.run())
    assert [choice(app, "descent", name).value for name in ("data", "model")] == [data, model]
    texts = " ".join(element.value for element in app.markdown)
    assert "{" not in texts and "nan" not in texts
    assert DATASETS[data].source.rstrip(".") in texts or words("descent").text["no_minimum"].strip() in texts


def test_scenes_are_whole() -> None:
    for scene in words("descent").scenes:
        assert {"data", "model", "start", "learning_rate", "iterations", "step"} <= set(scene.state)
        assert int(scene.state["step"]) <= int(scene.state["iterations"])


def test_a_message_stays_while_other_things_change() -> None:
    app = open_page("descent", "learning_rate=0.37")
    warnings = address_warnings(app)
    assert len(warnings) == 1 and "Using **0.4** instead" in warnings[0]
    clean(app.segmented_control(key="descent-walk-question").set_value(4).run())
    clean(app.pills[0].set_value(0).run())
    assert address_warnings(app) == warnings


@pytest.mark.parametrize(("query", "used"), [("step=450", "200"), ("step=150&iterations=100", "100")])
def test_a_step_past_the_end_of_the_walk_is_brought_back_to_it(query: str, used: str) -> None:
    (warning,) = address_warnings(open_page("descent", query))
    assert f"the walk ends at step {used}. Using **{used}** instead." in warning


def test_a_start_outside_the_map_moves_to_its_edge() -> None:
    warnings = address_warnings(open_page("descent", "start=99,-99"))
    assert len(warnings) == 1
    assert "99" in warnings[0] and "edge" in warnings[0]


def test_another_map_begins_with_its_own_start() -> None:
    app = open_page("descent", "data=challenger&model=sigmoid&start=-7.5,-6.5&step=9")
    assert not app.warning
    choice(app, "descent", "model").set_value("line")
    clean(app.run())
    assert not app.warning
    stay = app.session_state["stays"]["descent"]
    assert stay.values["start"] == start_on_map("challenger", "line").start


def test_a_message_goes_with_its_own_control_only() -> None:
    app = open_page("descent", "data=kittens&model=cubic")
    assert len(address_warnings(app)) == 2
    choice(app, "descent", "data").set_value("hours")
    clean(app.run())
    assert ["model" in warning for warning in address_warnings(app)] == [True]
    choice(app, "descent", "model").set_value("line")
    clean(app.run())
    assert not app.warning


def test_the_figure_is_there() -> None:
    app = open_page("descent")
    component = [element for element in app.main if element.type == "bidi_component"] or app.get(
        "bidi_component"
    )
    assert len(component) == 1


def test_a_walk_that_never_arrives_leaves_no_number_to_ask_for() -> None:
    numbers = answer_texts(*NO_STEPS)
    assert [name for name, value in numbers.items() if value is None] == [
        "steps_fast",
        "steps_slow",
        "ratio",
        "leap_step",
    ]


@pytest.mark.parametrize("model", ["sigmoid", "line"])
@pytest.mark.parametrize("data", DATASETS)
def test_the_sentences_of_descent_can_be_filled(data: str, model: str) -> None:
    text = units_text(data, model)
    assert "{" not in text and "nan" not in text


def test_the_figure_of_descent_asks_only_for_what_is_there() -> None:
    """Its texts are templates for the browser: ``{name+1@control:format}``."""
    tables = ("w", "b", "cost", "dw", "db", "slope", "intercept", "verdict", "verdict_step", "start_cost")
    known = {"learning_rate", "iterations", "step", "line", "title", "hand_moves", "hand_cost", *tables}
    for text in words("descent").figure.values():
        for name in re.findall(r"\{([^{}]*)\}", text):
            found = re.fullmatch(r"([a-z_0-9]+)(\+\d+)?(@([a-z_0-9]+))?(:p?\+?(\.\d+)?[fgd]?)?", name)
            assert found, text
            assert found.group(1) in known, text
            assert found.group(4) in {None, "iterations"}, text


def test_a_walk_by_hand_comes_by_the_address() -> None:
    assert not address_warnings(open_page("descent", "start=1,1&hand=1,1;0.5,0.25;-1,-1"))


@pytest.mark.parametrize(
    "hand", ["words", "1,1;2", "1,1;nan,0", "2,2;1,1", "1,1;99,0", ";".join(["1,1"] * 41)]
)
def test_a_walk_that_cannot_be_used_is_left_aside_with_one_sentence(hand: str) -> None:
    (warning,) = address_warnings(open_page("descent", f"start=1,1&hand={hand}"))
    assert "hand" in warning and "Using **none** instead." in warning
