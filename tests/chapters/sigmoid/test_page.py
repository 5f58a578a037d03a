"""The chapter *Why not a straight line?*: its widgets, scenes, sentences, addresses that make no sense."""

import numpy as np
import pytest

from explainer.chapters.sigmoid.answers import about_text, answers, table
from explainer.chapters.sigmoid.chapter import CHAPTER, DATA, outlier_slider
from explainer.chapters.sigmoid.examples import both_fits, examples
from explainer.maths import logistic
from explainer.pictures.chosen import COURSE, DRAWINGS, ZIP
from explainer.stage.settings import SettingError
from explainer.words import COMMON, words
from tests.opening import address_warnings, choice, clean, open_page

EVERY = DATA.options
SAID = words("sigmoid")


def expander(app, label):
    return next(element for element in app.expander if element.label == label)


@pytest.mark.parametrize("data", EVERY)
def test_every_data_set(data: str) -> None:
    app = open_page("sigmoid", f"data={data}&outlier={outlier_slider(data).texts[-1]}&w=-1.5&b=2.5&x=-4")
    assert choice(app, "sigmoid", "data").value == data
    assert not app.warning
    texts = " ".join(element.value for element in app.markdown)
    assert "{" not in texts and "nan" not in texts
    assert SAID.text[f"number_{data}"].strip()[:60] in texts
    assert examples(data).source.rstrip(".") in texts
    assert ("No end to w" in texts) == (data == "separable")
    assert len(app.get("bidi_component")) == 2


def test_other_data_begin_without_the_extra_example() -> None:
    app = open_page("sigmoid", "data=challenger&outlier=120&w=-1")
    for data in ("hours", "separable", "pictures", "challenger"):
        choice(app, "sigmoid", "data").set_value(data)
        clean(app.run())
        assert not app.warning
        values = app.session_state["stays"]["sigmoid"].values
        assert (values["data"], values["outlier"]) == (data, None)
        assert values["w"] == -1.0


def test_scenes_are_whole() -> None:
    assert len({scene.name for scene in SAID.scenes}) == len(SAID.scenes)
    for scene in SAID.scenes:
        controls = {control.name for control in CHAPTER.figures[scene.figure].controls}
        assert set(scene.state) == (controls | {"data"} if scene.figure == "outlier" else controls)


@pytest.mark.parametrize("data", EVERY)
def test_the_right_answers_are_right(data: str) -> None:
    both, numbers = both_fits(data), answers(both_fits(data))
    for question in SAID.all_questions():
        assert question.needs() <= set(numbers)
    moved = [abs(np.diff(cut[[0, -1]])).item() for cut in (both.line.cut, both.sigmoid.cut)]
    assert moved[0] > 10 * moved[1]
    assert both.line.w.all()
    value = {
        name: float(str(number).replace("−", "-")) for name, number in numbers.items() if number is not None
    }
    w, b = both.line.w[0], both.line.b[0]
    assert w * value["line_zero"] + b == pytest.approx(0, abs=0.01)
    assert w * value["line_one"] + b == pytest.approx(1, abs=0.01)
    x = value["steep_x"] + np.array([-1e-6, 0, 1e-6]) * np.ptp(examples(data).X)
    a = logistic.sigmoid(both.sigmoid.w[0] * x + both.sigmoid.b[0])
    assert a[1] == pytest.approx(0.5, abs=0.01)
    assert (a[2] - a[0]) / (x[2] - x[0]) == pytest.approx(value["steepest"], rel=0.01)
    assert abs(value["flattest"]) < 1e-3 * abs(value["steepest"])
    assert numbers["line_mistakes_added"] in (
        None,
        value["line_mistakes_after"] - value["line_mistakes_before"],
    )
    assert value["line_mistakes_after"] == np.count_nonzero(both.line.wrong[-1])


@pytest.mark.parametrize("data", EVERY)
def test_the_table_is_the_pages_own_fits(data: str) -> None:
    both = both_fits(data)
    columns = table(both)
    assert list(columns) == [SAID.text[f"column_{name}"] for name in
                           ("x", "y", "line", "sigmoid", "line_far", "sigmoid_far")]  # fmt: skip
    columns = list(columns.values())
    assert {len(column) for column in columns} == {both.Y.size}
    for column, place, outputs, wrong in (
        (columns[2], 0, both.line.outputs, both.line.wrong),
        (columns[3], 0, both.sigmoid.outputs, both.sigmoid.wrong),
        (columns[4], -1, both.line.outputs, both.line.wrong),
        (columns[5], -1, both.sigmoid.outputs, both.sigmoid.wrong),
    ):
        there = column if place else column[:-1]
        shown = [
            float(text.removeprefix("< ").removeprefix("> ").split()[0].replace("−", "-")) for text in there
        ]
        assert np.allclose(shown, outputs[place, : len(shown)], atol=0.001)
        if outputs is both.sigmoid.outputs:
            assert not {"0.000", "1.000"} & {text.split()[0] for text in there}
        assert sum("wrong" in text for text in column) == np.count_nonzero(wrong[place])
        is_outside = (outputs[place] < -1e-9) | (outputs[place] > 1 + 1e-9)
        assert sum("!" in text for text in column) == np.count_nonzero(is_outside)
    assert columns[2][-1] == columns[3][-1] == SAID.text["not_there"]


def test_table_and_code_come_when_they_are_opened() -> None:
    app = open_page("sigmoid")
    assert not app.table and not app.code
    for label in (SAID.text["table"], COMMON["frame"]["code"]):
        assert expander(app, label).label == label


@pytest.mark.parametrize(
    ("query", "name", "used"),
    [
        ("outlier=nan", "outlier", "none"),
        ("outlier=None", "outlier", "none"),
        ("outlier=3", "outlier", "82"),
        ("outlier=90&outlier=95", "outlier", "none"),
        ("data=hours&outlier=100", "outlier", "15.4"),
        ("data=pictures&outlier=151", "outlier", "150"),
        ("data=overlap", "data", "challenger"),
    ],
)
def test_what_is_wrong_in_the_address_is_said_and_mended(query: str, name: str, used: str) -> None:
    app = open_page("sigmoid", query)
    warnings = address_warnings(app)
    assert len(warnings) == 1
    assert f"**{name} = " in warnings[0]
    assert f"Using **{used}** instead" in warnings[0]
    # The sentence stays while other things change.
    clean(app.segmented_control(key="sigmoid-outlier-question").set_value(3).run())
    clean(app.pills[0].set_value(0).run())
    assert address_warnings(app) == warnings


def test_a_stranger_in_the_address_is_named_and_left_aside() -> None:
    app = open_page("sigmoid", "learning_rate=1&outlier=100")
    assert ["learning" in warning for warning in address_warnings(app)] == [True]
    assert app.session_state["stays"]["sigmoid"].values["outlier"] == 100.0


@pytest.mark.parametrize("data", EVERY)
def test_every_place_reads_what_it_writes(data: str) -> None:
    slider = outlier_slider(data)
    assert slider.values[0] is None and slider.texts[0] == "none"
    for value, text in zip(slider.values, slider.texts, strict=True):
        assert slider.write(value) == text and slider.read(text) == value
    with pytest.raises(SettingError) as caught:
        slider.read("elsewhere")
    assert caught.value.instead is slider.start is None


def test_other_pictures_in_use_are_said_not_to_count_here() -> None:
    other = SAID.text["drawings_only"]
    for data in EVERY:
        for pictures in (DRAWINGS, COURSE, ZIP):
            said = about_text(data, both_fits(data), pictures)
            assert (other in said) == (data == "pictures" and pictures != DRAWINGS)
