"""The chapter *NumPy basics*: its cards, what is typed, exercises and progress, links."""

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from explainer.chapters.numpy_basics.cards import CARDS, first_example, prepared
from explainer.chapters.numpy_basics.chapter import CHAPTER, STEP
from explainer.chapters.numpy_basics.exercises import EXERCISES, answers
from explainer.stage.chapter import concrete, starting_values
from explainer.words import COMMON, words
from tests.opening import address_warnings, button, clean, open_page

SAID = words("numpy_basics")
NAMES = list(CARDS)


def box(app: AppTest, argument: str):
    boxes = [*app.text_input, *app.text_area]
    return next(element for element in boxes if element.key.endswith(f"-{argument}"))


def values(app: AppTest) -> dict:
    return app.session_state["stays"]["numpy_basics"].values


def texts(app: AppTest) -> str:
    return " ".join(element.value for element in app.markdown)


def answer(app: AppTest, name: str, text: str) -> AppTest:
    key = f"numpy_basics-answer-{name}"
    widget = app.radio(key=key) if EXERCISES[name].kind == "line" else app.text_input(key=key)
    return clean(widget.set_value(text).run())


def right(name: str) -> str:
    exercise = EXERCISES[name]
    if exercise.kind == "line":
        return next(line for line in exercise.others if exercise.is_right_line(line))
    return str(exercise.answer)


def show(app: AppTest) -> AppTest:
    """Asks for the result and its shape."""
    return clean(app.segmented_control(key="numpy_basics-shape").set_value("shown").run())


def typed(app: AppTest, argument: str, text: str) -> AppTest:
    return clean(box(app, argument).set_value(text).run())


# ---- the whole way


def test_all_twelve_cards_one_after_the_other() -> None:
    app = open_page("numpy_basics")
    for count, name in enumerate(NAMES):
        assert values(app)["function"] == name
        shown = texts(app)
        assert SAID.cards[name]["what"] in shown and "{" not in SAID.cards[name]["what"]
        assert f"`{name}(" in shown
        assert app.get("progress")[0].proto.text == SAID.text["progress"].format(done=count, all=12)
        assert not app.warning and not app.info
        assert len(app.get("bidi_component")) == 1
        answer(app, name, right(name))
        assert app.info[0].value.startswith(f"**{COMMON['frame']['right']}**")
        if name != NAMES[-1]:
            button(app, SAID.text["next"].format(name=NAMES[count + 1])).click()
            clean(app.run())
    assert app.get("progress")[0].proto.text == SAID.text["all_done"].format(all=12)
    assert app.get("progress")[0].proto.value == 100
    assert not [one for one in app.button if one.label.startswith("next")]
    # The progress survives another chapter, and a wrong answer afterwards.
    clean(app.switch_page("../pages/descent.py").run())
    clean(app.switch_page("../pages/numpy_basics.py").run())
    assert values(app)["function"] == NAMES[-1]
    assert app.radio(key="numpy_basics-answer-l2").value == right("l2")
    answer(app, "l2", "rooted")
    assert SAID.cards["l2"]["wrong"]["rooted"] in app.info[0].value
    assert app.get("progress")[0].proto.value == 100


def test_a_wrong_answer_is_explained_and_does_not_count() -> None:
    app = open_page("numpy_basics", "function=image2vector")
    assert "(64, 64, 3)" in texts(app)
    for text, told in (
        ("(12288,)", SAID.cards["image2vector"]["wrong"]["flat"]),
        ("1 x 2", SAID.cards["image2vector"]["other"]),
        ("one column", SAID.text["unreadable_shape"]),
    ):
        answer(app, "image2vector", text)
        assert told in app.info[0].value
        assert app.text_input(key="numpy_basics-answer-image2vector").value == text
    assert app.get("progress")[0].proto.value == 0
    answer(app, "image2vector", "12288 x 1")
    assert app.get("progress")[0].proto.value == 8


# ---- what is typed


def test_typed_numbers_are_used() -> None:
    app = open_page("numpy_basics", "function=dot&step=4&shape=shown")
    typed(app, "x1", "[2, 3]")
    assert any(SAID.text["stays"] in warning.value for warning in app.warning)
    assert "(2,) and (3,)" in app.warning[0].value.replace("\\", "")
    assert "`32`" in texts(app)
    typed(app, "x2", "10, 100")
    assert not app.warning
    assert "`320`" in texts(app)
    assert values(app)["step"] == 3, "fewer cells: the last one is shown"
    # It is still there after another card and another chapter.
    clean(app.pills(key="numpy_basics-function").set_value("outer").run())
    clean(app.switch_page("../pages/descent.py").run())
    clean(app.switch_page("../pages/numpy_basics.py").run())
    clean(app.pills(key="numpy_basics-function").set_value("dot").run())
    assert (box(app, "x1").value, box(app, "x2").value) == ("[2, 3]", "10, 100")
    assert "`320`" in texts(app)
    button(app, SAID.text["back"]).click()
    clean(app.run())
    assert (box(app, "x1").value, box(app, "x2").value) == CARDS["dot"].examples["small"]
    assert "`32`" in texts(app)


@pytest.mark.parametrize(
    ("name", "argument", "bad", "said"),
    [
        ("softmax", "x", ("1 2\n3", "1 cat", "nan", "inf 1", "", "[[[1]]]"),
         ("Row 2", "cat", "no number at all", "not a finite number", "nothing to read", "two levels")),
        ("softmax", "x", ("1 " * 1_000, "7 " * 10_000_000, "1e16"), ("numbers", "characters", "too large")),
        ("basic_sigmoid", "x", ("1 2", "three", "__import__('os')", "1e-200"),
         ("1 2", "three", "import", "too small")),
        ("image2vector", "image", ("3 3", "0 1 1", "2.5 2 2", "64 64 4", "1e300 1e300 1e300"),
         ("no shape of an image",) * 3 + ("more than 12,288",) * 2),
        ("general_dot", "W", ("1 2", "1 2\n3 4"), ("(2,)", "(2, 2)")),
        ("l1", "y", ("1 0", "1 0 0 1 1; 1 0 0 1 1"), ("(2,)", "(2, 5)")),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_said_and_kept(
    name: str, argument: str, bad: tuple[str, ...], said: tuple[str, ...]
) -> None:
    app = open_page("numpy_basics", f"function={name}&shape=shown")
    before = [
        element.value
        for element in app.markdown
        if element.value.startswith("`[") or "gives" in element.value
    ]
    for text, told in zip(bad, said, strict=True):
        typed(app, argument, text)
        assert len(app.warning) == 1
        warning = app.warning[0].value.replace("\\", "")
        assert told in warning and SAID.text["stays"] in warning
        assert len(warning) < 400
        assert box(app, argument).value == text, "nothing typed is lost"
        assert [element.value for element in app.markdown
                if element.value.startswith("`[") or "gives" in element.value] == before  # fmt: skip


# ---- scenes and questions


def test_scenes_set_their_state() -> None:
    app = open_page("numpy_basics", "function=softmax&example=thousand")
    typed(app, "x", "5 5")
    for scene in SAID.scenes:
        assert set(scene.state) == {"function", "example", "step", "shape"} and scene.figure == "card"
        button(app, scene.name).click()
        clean(app.run())
        name, example = scene.state["function"], scene.state["example"]
        assert (values(app)["function"], values(app)["example"]) == (name, example)
        assert values(app)["step"] == int(scene.state["step"])
        assert [box(app, argument).value for argument in CARDS[name].arguments] == list(
            CARDS[name].examples[example]
        )
        assert any(scene.question.ask in element.value for element in app.markdown)
        assert not app.warning


def test_the_questions_numbers_are_numpys() -> None:
    numbers = answers()
    x = np.arange(12).reshape(4, 3)
    assert numbers["by_rows"] == np.array([row.sum() for row in x]).shape
    assert numbers["both"] == (3, 3) and numbers["multiplied"][2] == [3, 6, 9]
    assert (numbers["times_l1"], numbers["times_l2"]) == ("2", "4")
    assert numbers["quarter"] == "0.25" and numbers["pixels"] == (12288, 1)


def test_the_result_is_told_when_it_is_asked_for() -> None:
    for name, card in CARDS.items():
        app = open_page("numpy_basics", f"function={name}")
        result = np.shape(card.function(*prepared(name, first_example(name)).values))
        told = SAID.text["kind_array"].format(shape=result) if result else SAID.text["kind_number"]
        assert f"**{told}**" not in texts(app)
        assert f"**{told}**" in texts(show(app))


# ---- addresses


@pytest.mark.parametrize(
    ("query", "name", "used"),
    [
        ("function=l2&example=thousand", "example", "course"),
        ("function=normalize_rows&step=99", "step", "8"),
        ("function=dot&example=course&step=-1", "step", "0"),
        ("step=nan", "step", "0"),
    ],
)
def test_what_another_card_has_is_said_and_mended(query: str, name: str, used: str) -> None:
    app = open_page("numpy_basics", query)
    warnings = address_warnings(app)
    assert len(warnings) == 1
    assert f"**{name} = " in warnings[0] and f"Using **{used}** instead" in warnings[0]


def test_a_link_says_it_all_and_a_stranger_is_named() -> None:
    app = open_page("numpy_basics", "function=softmax&example=thousand&step=18&shape=shown&speed=2")
    assert ["speed" in warning for warning in address_warnings(app)] == [True]
    assert (values(app)["function"], values(app)["example"], values(app)["step"]) == (
        "softmax",
        "thousand",
        18,
    )
    assert "Taking 1000 away" in texts(app)
    clean(app.pills(key="numpy_basics-function").set_value("outer").run())
    assert (values(app)["function"], values(app)["example"], values(app)["step"]) == ("outer", "small", 0)
    clean(app.segmented_control(key="numpy_basics-example").set_value("course").run())
    assert values(app)["example"] == "course" and "(15, 15)" not in texts(app)
    assert "(15, 15)" in texts(show(app))


# ---- what is declared


def test_every_card_is_ready_before_the_first_visit() -> None:
    states = CHAPTER.figures["card"].ready_for
    assert [state["function"] for state in states] == NAMES
    for state in states:
        known = starting_values(CHAPTER, **state)
        assert known["example"] == next(iter(CARDS[known["function"]].examples))
        assert known["arguments"] is state["arguments"] and not known["arguments"].own
        assert known["step"] == concrete(STEP, known).start == 0


def test_the_starts_are_the_first_card() -> None:
    known = starting_values(CHAPTER)
    assert (known["function"], known["example"], known["step"]) == ("basic_sigmoid", "three", 0)
    assert known["arguments"].values == (3.0,)
