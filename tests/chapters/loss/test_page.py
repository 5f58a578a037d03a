"""The chapter *Loss*: its widgets, its scenes, its sentences, addresses that make no sense."""

import numpy as np
import pytest

from explainer.chapters.loss.answers import answers, bowls_text, convexity_on_map
from explainer.chapters.loss.chapter import (
    BIAS,
    CHAPTER,
    EXAMPLE,
    NUM_ITERATIONS,
    START,
    WEIGHT,
    bias_slider,
    weight_slider,
)
from explainer.maths.datasets import DATASETS, standardise
from explainer.maths.descent import Trajectory, descend, verdict
from explainer.maths.landscape import lowest, stalled
from explainer.maths.logistic import LOG_LOSS, SIGMOID_SQUARED_ERROR, cost
from explainer.stage.chapter import concrete, starting_values
from explainer.stage.settings import Given, Setting
from explainer.words import Scene, words
from explainer.words.numbers import percent
from tests.opening import address_warnings, choice, clean, open_page

SAID = words("loss")
OF_DATA = (WEIGHT, BIAS, EXAMPLE, START)


def of(data: str, declared: Given) -> Setting:
    """A setting that depends on the data, as it is with these."""
    return concrete(declared, {"data": data})


def start_text(declared: Given) -> str:
    setting = of("challenger", declared)
    return setting.write(setting.start)


def settings_of(data: str) -> dict[str, Setting]:
    known = starting_values(CHAPTER, data=data)
    return {name: concrete(setting, known) for name, setting in CHAPTER.settings.items()}


def named(name: str) -> Scene:
    return next(scene for scene in SAID.scenes if scene.name == name)


@pytest.mark.parametrize("data", DATASETS)
def test_every_data_set(data: str) -> None:
    app = open_page("loss")
    choice(app, "loss", "data").set_value(data)
    clean(app.run())
    assert choice(app, "loss", "data").value == data
    texts = " ".join(element.value for element in app.markdown)
    assert "{" not in texts and "nan" not in texts
    assert SAID.text["cost_log"] in texts and SAID.text["cost_squared"] in texts
    assert not app.warning


def test_both_figures_are_there() -> None:
    assert len(open_page("loss").get("bidi_component")) == 2


def test_other_data_begin_anew_where_their_sliders_reach() -> None:
    app = open_page("loss", "data=challenger&w=2.5&b=3.5&example=23&averaged=100&start=-7.5,-6.5&step=9")
    assert not app.warning
    for data in ("overlap", "separable", "hours"):
        choice(app, "loss", "data").set_value(data)
        clean(app.run())
        values = app.session_state["stays"]["loss"].values
        for declared in OF_DATA:
            assert values[declared.name] == of(data, declared).start
        assert values["averaged"] == values["step"] == 0


def test_an_address_with_other_data_counts_as_a_whole() -> None:
    """Back or Forward may bring it: what it names is used, all else that depends on the data begins anew."""
    app = open_page("loss", "data=challenger&w=2.5&step=9")
    app.query_params["data"] = "overlap"
    clean(app.run())
    values = app.session_state["stays"]["loss"].values
    assert (values["w"], values["step"]) == (2.5, 9) and not app.warning
    del app.query_params["w"], app.query_params["step"]
    app.query_params["data"] = "hours"
    clean(app.run())
    values = app.session_state["stays"]["loss"].values
    for declared in OF_DATA:
        assert values[declared.name] == of("hours", declared).start


# ---- scenes


def test_scenes_are_valid_states() -> None:
    assert len({scene.name for scene in SAID.scenes}) == len(SAID.scenes) >= 5
    for scene in SAID.scenes:
        assert scene.sentence.strip()
        controls = CHAPTER.figures[scene.figure].controls
        assert set(scene.state) <= {setting.name for setting in (*CHAPTER.own, *controls)}
        settings = settings_of(scene.state["data"])
        for name, text in scene.state.items():
            assert settings[name].write(settings[name].read(text)) == text


def examples_at(scene: Scene) -> tuple[float, np.ndarray, np.ndarray]:
    """J there, the losses in the order of x, and J at all places of the sliders."""
    data = scene.state["data"]
    dataset, ws, bs = DATASETS[data], weight_slider(data).values, bias_slider(data).values
    X, w, b = standardise(dataset.X).X, float(scene.state["w"]), float(scene.state["b"])
    losses, _ = LOG_LOSS.pointwise(w * X + b, dataset.Y)
    costs = np.array([[cost([[p]], q, X, dataset.Y) for q in bs] for p in ws])
    return float(losses.mean()), losses[0, np.argsort(dataset.X[0], kind="stable")], costs


def test_as_good_as_it_gets_is_the_best_the_sliders_can_do() -> None:
    scene = named("as good as it gets")
    J, losses, costs = examples_at(scene)
    assert pytest.approx(costs.min()) == J
    assert int(scene.state["example"]) == 1 + np.argmax(losses)
    mistakes = losses[losses > np.log(2)]  # less than one half for what happened
    assert mistakes.size == 3 and 0.45 < mistakes.sum() / losses.sum() < 0.55


def test_nothing_known_costs_everybody_the_same() -> None:
    J, losses, _ = examples_at(named("nothing known"))
    assert pytest.approx(np.log(2)) == J
    assert losses == pytest.approx(np.full(losses.size, np.log(2)))


def test_sure_and_wrong_shows_the_costliest_mistake() -> None:
    scene = named("sure and wrong")
    J, losses, costs = examples_at(scene)
    assert int(scene.state["example"]) == 1 + np.argmax(losses)
    assert losses.max() > 4 and 3 * costs.min() < J


def runs_of(scene: Scene) -> tuple[Trajectory, Trajectory]:
    """The scene's descents of log loss and squared error."""
    dataset = DATASETS[scene.state["data"]]
    X, (w, b) = standardise(dataset.X).X, map(float, scene.state["start"].split(","))
    rate = float(scene.state["learning_rate"])
    log, squared = (
        descend(X, dataset.Y, rate, NUM_ITERATIONS, [w], b, objective)
        for objective in (LOG_LOSS, SIGMOID_SQUARED_ERROR)
    )
    return log, squared


def test_from_the_wrong_side_the_squared_error_stalls_while_the_log_loss_arrives() -> None:
    scene = named("from the wrong side")
    log, squared = runs_of(scene)
    least = lowest(scene.state["data"], "squared").cost
    assert stalled(squared, least)
    assert not stalled(log, lowest(scene.state["data"], "sigmoid").cost)
    assert verdict(log).kind == "converged"
    assert squared.costs[-1] > 2 * least


def test_from_this_side_both_arrive() -> None:
    log, squared = runs_of(named("from this side"))
    assert verdict(log).kind == verdict(squared).kind == "converged"


# ---- questions and sentences


@pytest.mark.parametrize("data", DATASETS)
def test_the_right_answers_are_right(data: str) -> None:
    numbers = answers(data)
    assert numbers["zero_cost"] == numbers["half"] == "0.693"
    assert float(numbers["slope_log"]) > 5 * float(numbers["slope_squared"])
    if numbers["share"] is not None:
        assert float(numbers["share"].rstrip("%")) > 50
        assert 4 * numbers["count"] <= numbers["m"]


def test_where_the_data_can_be_separated_there_is_no_best_to_ask_about() -> None:
    assert answers("separable")["share"] is None


@pytest.mark.parametrize("data", DATASETS)
def test_the_page_says_which_cost_is_a_bowl_with_its_numbers(data: str) -> None:
    said = bowls_text(data)
    assert "{" not in said and "nan" not in said
    lines = said.split("\n")
    log, squared = convexity_on_map(data, "sigmoid"), convexity_on_map(data, "squared")
    assert log.convex and f"{log.smallest:.2g}" in lines[1]
    assert (
        not squared.convex and f"−{-squared.smallest:.2g}" in lines[2] and percent(squared.share) in lines[2]
    )


def test_a_lower_place_than_the_minimum_is_told_where_there_is_one() -> None:
    assert "at the star" in bowls_text("challenger")
    assert "at the star" not in bowls_text("hours")


# ---- addresses


@pytest.mark.parametrize(
    ("query", "name", "used"),
    [
        ("w=0.3", "w", "0.25"),
        ("w=0&w=1", "w", start_text(WEIGHT)),
        ("b=99", "b", of("challenger", BIAS).write(bias_slider("challenger").values[-1])),
        ("example=0", "example", "1"),
        ("example=24", "example", "23"),
        ("example=first", "example", start_text(EXAMPLE)),
        ("data=separable&example=17", "example", "16"),
        ("data=overlap&w=0.25", "w", "0"),
        ("averaged=52", "averaged", "50"),
        ("learning_rate=4", "learning_rate", "5"),
        ("step=501", "step", "500"),
        ("start=nan,1", "start", start_text(START)),
        ("start=99,-99", "start", "4,-7"),
    ],
)
def test_what_is_wrong_in_the_address_is_said_and_mended(query: str, name: str, used: str) -> None:
    app = open_page("loss", query)
    warnings = address_warnings(app)
    assert len(warnings) == 1
    assert f"**{name} = " in warnings[0]
    assert f"Using **{used}** instead" in warnings[0]
    assert len(warnings[0]) < 400


def test_a_sentence_about_the_address_stays_while_other_things_change() -> None:
    app = open_page("loss", "w=nan&start=99,-99")
    warnings = address_warnings(app)
    assert len(warnings) == 2
    clean(app.segmented_control(key="loss-examples-question").set_value(2).run())
    clean(app.pills[0].set_value(0).run())
    assert address_warnings(app) == warnings
