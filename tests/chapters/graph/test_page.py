"""The chapter *Graph*: its widgets, scenes, blanks and hints, addresses that make no sense."""

import pytest

from explainer.chapters.graph import blanks
from explainer.chapters.graph.blanks import Blank, answers
from explainer.chapters.graph.chapter import CHAPTER, TURN
from explainer.words import COMMON, words
from tests.opening import button, choice, clean, open_page

SAID = words("graph")


def values_of(app):
    return app.session_state["stays"]["graph"].values


def fill(app, blank: Blank, text: str):
    field = app.text_input(key=f"graph-turn-{blank.graph}-{blank.turn}-{blank.name}")
    return clean(field.set_value(text).run())


def test_scenes_are_whole() -> None:
    for scene in SAID.scenes:
        own = {"x1", "x2", "y"} if scene.figure == "neuron" else set()
        controls = {control.name for control in CHAPTER.figures[scene.figure].controls}
        assert set(scene.state) == controls | own


def test_the_example_is_typed_and_chosen() -> None:
    app = open_page("graph", "x1=-1.5")
    assert app.number_input(key="graph-x1").value == -1.5
    clean(app.number_input(key="graph-x2").set_value(0.25).run())
    clean(choice(app, "graph", "y").set_value("0").run())
    assert [values_of(app)[name] for name in ("x1", "x2", "y")] == [-1.5, 0.25, "0"]
    assert len(app.get("bidi_component")) == 5


@pytest.mark.parametrize(
    ("graph", "number"), [(graph, number) for graph in blanks.BLANKS for number in TURN.options]
)
def test_right_numbers_lead_on_and_wrong_ones_to_a_hint(graph: str, number: str) -> None:
    app = open_page("graph", f"turn={number}")
    asked = [Blank(graph, number, name) for name in blanks.BLANKS[graph]]
    for place, blank in enumerate(asked):
        fields = [field.key for field in app.text_input if f"-{graph}-" in field.key]
        assert len(fields) == place + 1, "one after another"
        app = fill(app, blank, "99999")
        assert any(blanks.hint_text(blank, blank.mistake(99999.0)) == info.value for info in app.info)
        app = fill(app, blank, f"{blank.right:.2f}".replace(".", ","))
        assert not app.info
        assert any(f"✓ **{blank.label}" in element.value for element in app.markdown)
    if graph == "neuron":
        assert asked[2].right == pytest.approx(asked[2].values["a"] - asked[2].values["y"])
        for form in blanks.FORMS:
            clean(app.pills(key=f"graph-turn-form-{number}").set_value(form).run())
            verdict = COMMON["frame"]["right" if form == blanks.RIGHT_FORM else "wrong"]
            assert app.info[0].value.startswith(f"**{verdict}**")


@pytest.mark.parametrize("text", ["cat", "3/4", "nan", "inf", "1e999", "__import__('os')"])
def test_what_is_no_number_is_said_and_kept(text: str) -> None:
    app = open_page("graph")
    app = fill(app, Blank("course", "1", "v"), text)
    assert len(app.warning) == 1
    clean(button(app, SAID.text["turn_other"]).click().run())
    assert values_of(app)["turn"] == "2" and not app.warning
    for _ in range(2):
        clean(button(app, SAID.text["turn_other"]).click().run())
    assert app.text_input(key="graph-turn-course-1-v").value == text


def test_every_hint_is_whole_and_says_something_of_its_own() -> None:
    every = (
        Blank(graph, number, name)
        for graph, names in blanks.BLANKS.items()
        for number in TURN.options
        for name in names
    )
    for blank in every:
        kinds = (
            ["value", "half", "sign", "near", "general"]
            if blank.name == blanks.SLOPE
            else [*blanks.SPECIFIC, "general"]
        )
        for kind in kinds:
            said = blanks.hint_text(blank, kind)
            assert said and "{" not in said and "nan" not in said
        assert blank.mistake(blank.right) is None


def test_the_questions_numbers_are_the_graphs() -> None:
    numbers = answers()
    assert [numbers[f"course_{name}"] for name in "abcuJ"] == ["3", "6", "9", "3", "33"]
    assert (numbers["nudge"], numbers["course_moved"]) == ("0.001", "0.006")
    value = {name: float(text.replace("−", "-")) for name, text in numbers.items()}
    assert value["wrong_dz"] == pytest.approx(value["wrong_a"] - 0, abs=0.01)
    assert value["right_dz"] == pytest.approx(value["wrong_a"] - 1, abs=0.01)
    assert value["wrong_da"] * value["wrong_slope"] == pytest.approx(value["wrong_dz"], rel=0.01)


def test_a_question_leaves_the_other_inputs_as_they_are() -> None:
    app = open_page("graph", "x2=-0.5&w1=2")
    clean(app.segmented_control(key="graph-neuron-question").set_value(2).run())
    clean(app.pills(key="graph-question-a feature that is 0").set_value(0).run())
    assert [values_of(app)[name] for name in ("x1", "x2", "w1", "neuron_step")] == [0.0, -0.5, 2.0, 0]


def test_other_numbers_have_other_answers() -> None:
    for name, asked in blanks.BLANKS.items():
        graph = blanks.GRAPHS[name]
        names = ("a", "b", "c") if name == "course" else ("x1", "w1", "x2", "w2", "b", "y")
        found = []
        for numbers in blanks.NUMBERS[name].values():
            values = graph.forward(dict(zip(names, map(float, numbers), strict=True)))
            back = graph.backward(values)
            found.append([back[blank] for blank in asked if blank != blanks.SLOPE])
        alike = 3 if name == "course" else 0  # dJ/dv, dJ/du and dJ/da are 3 whatever the numbers
        for k, one in enumerate(found):
            for other in found[:k]:
                assert sum(a == pytest.approx(b) for a, b in zip(one, other, strict=True)) == alike
