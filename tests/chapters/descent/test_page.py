"""The chapter *Gradient descent*: its widgets, its scenes, its sentences, addresses that make no sense."""

import re

import pytest

from explainer.chapters.descent import descent_view as chapter
from explainer.chapters.descent.answers import Bound, Leap, TenfoldRate
from explainer.chapters.descent.descent_view import start_setting
from explainer.maths.datasets import DATASETS
from explainer.stage.settings import Setting
from explainer.ui import landscapes as cached
from explainer.words import COMMON, words
from tests.opening import address_warnings, button, choice, clean, open_page, placeholders

DEFAULT = start_setting("challenger", "sigmoid")
START = DEFAULT.write(DEFAULT.default)
NO_STEPS = (
    TenfoldRate(1.0, 0.1, None, None),
    Leap(100.0, None, float("nan"), float("nan")),
    Bound(100.0, 100, 1.0, 0.8, 1.2, float("inf")),
)
SETTINGS = {
    setting.name: setting
    for setting in (
        chapter.DATA,
        chapter.MODEL,
        chapter.LEARNING_RATE,
        chapter.ITERATIONS,
        chapter.STEP,
        chapter.VIEW,
        chapter.COMPARE,
    )
}


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


@pytest.mark.parametrize("scene", words("descent").scenes, ids=lambda scene: scene.name)
def test_a_scene_sets_its_state(scene) -> None:
    app = open_page("descent", "data=hours&model=line")
    button(app, scene.name).click()
    clean(app.run())
    assert [choice(app, "descent", name).value for name in ("data", "model")] == [
        scene.state["data"],
        scene.state["model"],
    ]
    assert any(scene.sentence.strip()[:40] in info.value for info in app.info)
    assert not app.warning


@pytest.mark.parametrize("data", DATASETS)
def test_tasks_answer_right_and_wrong(data: str) -> None:
    app = open_page("descent", f"data={data}")
    tasks = words("descent").tasks
    assert len(app.pills) == len(tasks)
    before = len(app.info)
    for pills, task in zip(app.pills, tasks, strict=True):
        assert pills.value is None
        for place, option in enumerate(task.options):
            clean(app.pills(key=pills.key).set_value(option).run())
            said = app.info[-1].value if len(app.info) > before else ""
            verdicts = [COMMON["frame"]["right"], COMMON["frame"]["wrong"]]
            wanted = verdicts[0 if place == task.right else 1]
            answers = [info.value for info in app.info]
            assert any(answer.startswith(f"**{wanted}**") for answer in answers) or task.otherwise, said
            assert not any("{" in answer or "None" in answer or "nan" in answer for answer in answers)


@pytest.mark.parametrize(
    ("query", "name", "used"),
    [
        ("learning_rate=nan", "learning_rate", "1"),
        ("learning_rate=inf", "learning_rate", "1"),
        ("learning_rate=quick", "learning_rate", "1"),
        ("learning_rate=-1", "learning_rate", "0.001"),
        ("learning_rate=1e9", "learning_rate", "100"),
        ("learning_rate=0.37", "learning_rate", "0.4"),
        ("learning_rate=1_0", "learning_rate", "1"),
        ("learning_rate=1&learning_rate=2", "learning_rate", "1"),
        ("iterations=0", "iterations", "1"),
        ("iterations=501", "iterations", "500"),
        ("iterations=12.4", "iterations", "12"),
        ("step=-3", "step", "0"),
        ("step=nan", "step", "0"),
        ("step=450", "step", "200"),
        ("step=150&iterations=100", "step", "100"),
        ("start=1", "start", START),
        ("start=a,b", "start", START),
        ("start=nan,1", "start", START),
        ("data=kittens", "data", "challenger"),
        ("data=", "data", "challenger"),
        ("model=cubic", "model", "sigmoid"),
        ("view=4-D", "view", "both"),
        ("compare=five", "compare", "one"),
        ("data=%3Cscript%3Ealert(1)%3C/script%3E", "data", "challenger"),
        ("data=" + "x" * 5000, "data", "challenger"),
    ],
)
def test_what_is_wrong_in_the_address_is_said_and_mended(query: str, name: str, used: str) -> None:
    app = open_page("descent", query)
    warnings = address_warnings(app)
    assert len(warnings) == 1
    assert name.replace("_", r"\_") in warnings[0] or name in warnings[0]
    assert f"Using **{used}** instead" in warnings[0]
    assert len(warnings[0]) < 400
    # The sentence stays while other things change.
    clean(app.pills[0].set_value(words("descent").tasks[0].options[0]).run())
    assert address_warnings(app) == warnings


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
    assert stay.values["start"] == start_setting("challenger", "line").default


def test_a_stranger_in_the_address_is_named_and_left_aside() -> None:
    app = open_page("descent", "colour=red&embed=true")
    assert ["colour" in warning for warning in address_warnings(app)] == [True]


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


def test_scenes_are_valid_states() -> None:
    scenes = words("descent").scenes
    assert scenes and len({scene.name for scene in scenes}) == len(scenes)
    for scene in scenes:
        assert scene.sentence.strip()
        assert set(scene.state) <= chapter.CHAPTER.own | chapter.CHAPTER.live
        assert {"data", "model", "start", "learning_rate", "iterations", "step"} <= set(scene.state)
        start = chapter.start_setting(scene.state["data"], scene.state["model"])
        for name, text in scene.state.items():
            setting: Setting = SETTINGS.get(name, start)
            assert setting.write(setting.read(text)) == text
        assert int(scene.state["step"]) <= int(scene.state["iterations"])


@pytest.mark.parametrize("data", DATASETS)
def test_every_task_of_descent_can_be_filled(data: str) -> None:
    start = chapter.start_setting(data, "sigmoid").default
    for answers in (chapter.answers(data, start), NO_STEPS):
        numbers = chapter.answers_in_words(*answers)
        for task in words("descent").tasks:
            for text in (task.ask, task.answer, task.otherwise):
                assert placeholders(text) <= set(numbers)
            assert not any(numbers[name] is None for name in placeholders(task.ask))
            if any(numbers[name] is None for name in placeholders(task.answer)):
                assert task.otherwise.strip()
                assert not any(numbers[name] is None for name in placeholders(task.otherwise))


@pytest.mark.parametrize("model", ["sigmoid", "line"])
@pytest.mark.parametrize("data", DATASETS)
def test_the_sentences_of_descent_can_be_filled(data: str, model: str) -> None:
    text = chapter.units(cached.landscape(data, model))
    assert "{" not in text and "nan" not in text
    assert "{" not in chapter.lead()


def test_the_figure_of_descent_asks_only_for_what_is_there() -> None:
    """Its texts are templates for the browser: ``{name+1@control:format}``."""
    tables = ("w", "b", "cost", "dw", "db", "slope", "intercept", "verdict", "verdict_step", "start_cost")
    known = {"learning_rate", "iterations", "step", "line", "title", *tables}
    for text in words("descent").figure.values():
        for name in re.findall(r"\{([^{}]*)\}", text):
            found = re.fullmatch(r"([a-z_0-9]+)(\+\d+)?(@([a-z_0-9]+))?(:p?\+?(\.\d+)?[fgd]?)?", name)
            assert found, text
            assert found.group(1) in known, text
            assert found.group(4) in {None, "iterations"}, text
