"""Lines typed on the page: stages, replies, values, the whole training, the notebook."""

import json
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from explainer.chapters.numpy_basics.cards import CARDS
from explainer.chapters.numpy_basics.notebook import notebook
from explainer.chapters.numpy_basics.writing_view import LEARNING_RATE, NUM_ITERATIONS, exercise_of
from explainer.maths.assignment import EXERCISES
from explainer.maths.training import train
from explainer.maths.written_training import PARTS
from explainer.pictures import to_columns
from explainer.pictures.chosen import drawings
from explainer.ui.array_text import WRONG
from explainer.ui.written import Written, stages_of
from explainer.words import COMMON
from explainer.words.numbers import number
from tests.opening import clean, open_page

SAID = COMMON["writing"]
MISTAKES = COMMON["assignment"]["exercises"]


@pytest.fixture(autouse=True)
def open_boxes(monkeypatch: pytest.MonkeyPatch) -> None:
    """AppTest cannot open a box: those for writing are open from the start."""
    really = st.expander

    def expander(label: str, *args: Any, **given: Any) -> Any:
        return really(label, *args, **given | {"expanded": label in (SAID["box"], SAID["training"])})

    monkeypatch.setattr(st, "expander", expander)


def choose_stage(app: AppTest, name: str, stage: str) -> AppTest:
    return clean(app.segmented_control(key=f"stage-{name}").set_value(stage).run())


def write(app: AppTest, name: str, stage: str, text: str) -> AppTest:
    return clean(app.text_area(key=f"lines-{name}-{stage}").set_value(text).run())


def replies(app: AppTest) -> list[str]:
    return [box.value for box in (*app.success, *app.info)]


def texts(app: AppTest) -> str:
    return "\n".join(element.value for element in app.markdown)


def of_card(app: AppTest) -> str:
    """The texts up to the box of the training."""
    return texts(app).partition(SAID["training_lead"].partition("{")[0])[0]


def captions(app: AppTest) -> list[str]:
    return [caption.value for caption in app.caption]


def counted(count: int) -> str:
    return str(SAID["count_done"]).format(done=count, all=len(EXERCISES))


def done(app: AppTest) -> set[str]:
    kept: Written = app.session_state["written"]
    return kept.done


@pytest.mark.parametrize("function", CARDS)
def test_every_card_goes_from_the_worked_example_to_lines_of_ones_own(function: str) -> None:
    app, name = open_page("numpy_basics", f"function={function}"), exercise_of(function)
    exercise = EXERCISES[name]
    *head, last = exercise.lines.splitlines()
    assert exercise.lines in texts(app)
    assert f"`{exercise.wanted[0]}`" in texts(app)
    if "last" in stages_of(exercise):
        clean(app.button(key=f"go-{name}-read").click().run())
        assert "\n".join(head) in texts(app) and last not in texts(app)
        write(app, name, "last", last)
        assert replies(app)[:1] == [COMMON["assignment"]["right"]]
        assert name not in done(app)
        clean(app.button(key=f"go-{name}-last").click().run())
    else:
        clean(app.button(key=f"go-{name}-read").click().run())
    assert last not in texts(app), "nothing is given"
    for mistake, wrong in exercise.mistakes.items():
        write(app, name, "all", wrong)
        assert MISTAKES[name]["mistakes"][mistake] in " ".join(replies(app))
        assert name not in done(app)
    write(app, name, "all", exercise.lines)
    assert COMMON["assignment"]["right"] in replies(app)
    assert done(app) == {name}
    assert captions(app)[0] == f"{counted(1)} {SAID['this_done']}"
    assert (
        SAID["part_done"].format(name=SAID["stage_all"]) in app.segmented_control(key=f"stage-{name}").options
    )


def test_how_many_are_done_is_seen_before_a_box_is_opened() -> None:
    app = open_page("numpy_basics")
    assert counted(0) in captions(app)
    app.session_state["written"] = Written(done={"sigmoid", "softmax"})
    assert f"{counted(2)} {SAID['this_done']}" in captions(clean(app.run())), (
        "the first card is of the sigmoid"
    )
    app.session_state["written"] = Written(done=set(EXERCISES))
    assert SAID["all_done"].format(all=len(EXERCISES)) in captions(clean(app.run()))


def test_what_lines_give_is_shown_and_a_line_that_cannot_be_computed_is_said() -> None:
    app = choose_stage(open_page("numpy_basics", "function=normalize_rows"), "normalize_rows", "all")
    write(app, "normalize_rows", "all", "n = x.sum(axis=1)")
    assert SAID["shape"].format(name="n", shape=(2,)) in texts(app)
    assert SAID["found_line"].format(line=1) in of_card(app)
    write(app, "normalize_rows", "all", "n = [1, [2, 3]]")
    assert "[1, [2, 3]]" in texts(app)
    write(app, "normalize_rows", "all", "n = __import__('os')")
    (said,) = [text for text in replies(app) if text.startswith("Line 1")]
    assert "quotation mark" in said or "two underscores" in said
    assert SAID["found_line"].format(line=1) not in of_card(app)


def test_every_line_fills_its_arrays_and_wrong_numbers_are_marked_beside_what_they_should_be() -> None:
    app, exercise = open_page("numpy_basics", "function=normalize_rows"), EXERCISES["normalize_rows"]
    choose_stage(app, "normalize_rows", "all")
    write(app, "normalize_rows", "all", exercise.mistakes["other_axis"])
    said = of_card(app)
    places = [said.index(SAID["found_line"].format(line=line)) for line in (1, 2)]
    assert places == sorted(places)
    assert SAID["shape"].format(name="n", shape=(1, 3)) in said[places[0] : places[1]]
    assert WRONG in said[places[1] :] and SAID["expected"] in said[places[1] :]
    assert WRONG not in said[: places[1]], "only what is asked for is compared"
    write(app, "normalize_rows", "all", exercise.lines)
    assert WRONG not in of_card(app) and SAID["expected"] not in of_card(app)


def test_what_was_computed_before_a_line_that_goes_wrong_is_drawn() -> None:
    app = choose_stage(open_page("numpy_basics", "function=softmax"), "softmax", "all")
    write(app, "softmax", "all", "e = np.exp(x)\ns = e / np.sum(e, axis=1)")
    assert SAID["found_line"].format(line=1) in of_card(app)
    assert SAID["found_line"].format(line=2) not in of_card(app)


def test_the_step_is_written_in_descent_too_and_counts_for_the_visit() -> None:
    app = choose_stage(open_page("descent"), "optimize", "all")
    write(app, "optimize", "all", EXERCISES["optimize"].mistakes["uphill"])
    assert MISTAKES["optimize"]["mistakes"]["uphill"] in " ".join(replies(app))
    write(app, "optimize", "all", EXERCISES["optimize"].lines)
    assert done(app) == {"optimize"}


def test_four_exercises_are_a_training_on_the_drawings() -> None:
    app = open_page("numpy_basics")
    for name in PARTS:
        clean(app.segmented_control(key="numpy_basics-part").set_value(name).run())
        assert "numpy_basics-train" not in [button.key for button in app.button]
        choose_stage(app, name, "all")
        write(app, name, "all", EXERCISES[name].lines)
    clean(app.button(key="numpy_basics-train").click().run())
    training = drawings().split.training
    (run,) = train(to_columns(training.pictures), training.Y, [LEARNING_RATE], NUM_ITERATIONS)
    (said,) = [text for text in replies(app) if "J went" in text]
    right = int(((run.Z[-1] > 0) == (training.Y[0] > 0)).sum())
    assert f"from {number(float(run.costs[0]), 3)} to {number(float(run.costs[-1]), 3)}" in said
    assert f"{right} of the {training.Y.size}" in said


def test_the_notebook_is_offered() -> None:
    app = open_page("numpy_basics")
    assert SAID["home_lead"] in [caption.value for caption in app.caption]
    assert json.loads(notebook())["nbformat"] == 4
