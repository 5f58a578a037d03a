"""The figure of the cards: the last step is the function's result, and every calculation shown is true."""

import math
import re
from functools import cache

import numpy as np
import pytest

from explainer.chapters.numpy_basics import figure
from explainer.chapters.numpy_basics.cards import CARDS, prepared
from explainer.chapters.numpy_basics.cells import MOST, Worked, steps
from explainer.chapters.numpy_basics.chapter import STEP, Arguments
from explainer.chapters.numpy_basics.worked_examples import WORKED, work
from explainer.live.pack import pack
from explainer.maths import numpy_basics as basics
from explainer.stage.stage import Stage
from explainer.words import words

TEXT = words("numpy_basics").figure
EVERY = [(name, example) for name, card in CARDS.items() for example in card.examples]
READ = {"−": "-", "×": "*", "²": "**2", "√": "math.sqrt", "e^(": "math.exp(", "…": "nan"}


@cache
def worked(name: str, example: str) -> Worked:
    return work(name, prepared(name, example).values, TEXT)


@cache
def shown(name: str, example: str) -> Stage:
    return figure.stage(name, worked(name, example), TEXT)


def packed(name: str, arguments: tuple[np.ndarray, ...], stage: Stage) -> bytes:
    return pack(stage, (STEP.make(name, "", Arguments(arguments, "typed", own=True)),), TEXT)


def evaluate(expression: str) -> float:
    for sign, meaning in READ.items():
        expression = expression.replace(sign, meaning)
    expression = re.sub(r"\|([^|]*)\|", r"abs(\1)", expression)
    return float(eval(expression, {"math": math, "nan": math.nan, "abs": abs}))


def test_every_function_has_its_figure() -> None:
    assert list(WORKED) == list(CARDS)
    for name, card in CARDS.items():
        assert card.function is getattr(basics, name)


@pytest.mark.parametrize(("name", "example"), EVERY)
def test_the_last_step_is_the_functions_result(name: str, example: str) -> None:
    result = np.asarray(CARDS[name].function(*prepared(name, example).values))
    last = list(steps(worked(name, example)))[-1].part
    assert last.shape == result.shape
    rows, columns = last.drawn.shape
    whole = result.reshape(last.values.shape)
    values = shown(name, example).tables[f"{last.name}_values"].values
    assert np.array_equal(values[-1].reshape(rows, columns), whole[:rows, :columns])
    assert np.isnan(values[0]).all()


@pytest.mark.parametrize(("name", "example"), EVERY)
def test_one_cell_after_the_other_becomes_known(name: str, example: str) -> None:
    stage, done = shown(name, example), list(steps(worked(name, example)))
    tables = stage.tables
    computed = sorted({step.part.name for step in done})
    known = sum((~np.isnan(tables[f"{part}_values"].values)).sum(axis=1) for part in computed)
    new = sum((~np.isnan(tables[f"{part}_new"].values)).sum(axis=1) for part in computed)
    assert known.tolist() == list(range(len(done) + 1))
    assert new.tolist() == [0] + [1] * len(done)
    step = STEP.make(name, example, prepared(name, example))
    assert len(step.values) == len(done) + 1 == figure.count(worked(name, example)) + 1
    # What a cell is made of is known before it.
    for part in computed:
        used, values = tables[f"{part}_used"].values, tables[f"{part}_values"].values
        assert not np.isnan(values[:-1][~np.isnan(used[1:])]).any()


@pytest.mark.parametrize(("name", "example"), EVERY)
def test_every_calculation_is_true(name: str, example: str) -> None:
    tables = shown(name, example).tables
    said = tables["calculation"].labels
    done = list(steps(worked(name, example)))
    assert said[0] == TEXT["nothing"]
    for step, text in zip(done, said[1:], strict=True):
        assert "{" not in text and "nan" not in text
        assert text.startswith(step.part.name)
        value = step.part.drawn[step.row, step.column]
        if ":" in text.replace("[:, :", ""):  # "0: a row of length 0 ..."
            assert value == 0
            continue
        *middle, shown_value = text.split(" = ")[1:]
        assert evaluate(shown_value) == pytest.approx(value, rel=0.005)
        if "image" in text or "…" in text or ("1000" in text and "e^(" in text):
            continue
        assert evaluate(middle[0]) == pytest.approx(value, rel=0.02, abs=0.002)


def test_the_rows_that_are_summed_are_shaded() -> None:
    tables = shown("normalize_rows", "course").tables
    assert (~np.isnan(tables["x_used"].values)).astype(int).tolist()[:4] == [
        [0, 0, 0, 0, 0, 0],
        [1, 1, 1, 0, 0, 0],
        [0, 0, 0, 1, 1, 1],
        [1, 0, 0, 0, 0, 0],
    ]
    assert tables["calculation"].labels[4] == "out[0, 1] = 3 / √(0² + 3² + 4²) = 0.6"
    tables = shown("general_dot", "small").tables
    assert (~np.isnan(tables["w_used"].values)).astype(int).tolist()[1:] == [
        [1, 1, 1, 0, 0, 0],
        [0, 0, 0, 1, 1, 1],
    ]


def test_a_cell_of_the_vector_comes_from_its_pixel_and_channel() -> None:
    stage = shown("image2vector", "course")
    for k in range(12):
        row, column, channel = np.unravel_index(k, (3, 3, 2))
        used = stage.tables[f"channel_{channel}_used"].values[k + 1]
        assert np.flatnonzero(~np.isnan(used)).tolist() == [3 * row + column]
        assert np.isnan(stage.tables[f"channel_{1 - channel}_used"].values[k + 1]).all()


def test_axes_are_named_with_the_shapes_they_give() -> None:
    assert shown("normalize_rows", "course").panels[0].title == "axis=1, keepdims: (2, 3) → (2, 1)"
    assert shown("softmax", "course").panels[0].title == "axis=1, keepdims: (2, 5) → (2, 1)"
    for name in ("normalize_rows", "softmax", "general_dot"):
        annotations = shown(name, next(iter(CARDS[name].examples))).panels[0].figure.layout.annotations
        assert TEXT["axis_1"] in {annotation.text for annotation in annotations}


@pytest.mark.parametrize(("name", "example"), EVERY)
def test_a_hidden_shape_stands_nowhere_and_no_cell_shows_it(name: str, example: str) -> None:
    stage = figure.stage(name, worked(name, example), TEXT, told=False)
    computed = [part for part in worked(name, example).parts if part.uses is not None]
    titles = {note.text for note in stage.panels[0].figure.layout.annotations}
    assert stage.panels[0].title == TEXT["title_hidden"].format(function=name)
    for part in computed:
        assert f"<b>{TEXT['shape_hidden'].format(title=part.title)}</b>" in titles
    drawn = [layer for layer in stage.panels[0].layers if layer.values]
    for part in computed:
        (grid,) = [layer for layer in drawn if layer.values == f"{part.name}_values"]
        cells = ~np.isnan(stage.tables[grid.x].values)
        assert not cells[0].any() and cells[-1].all()
        assert np.array_equal(cells, ~np.isnan(stage.tables[f"{part.name}_values"].values))


def test_what_is_too_large_is_drawn_in_part_and_says_so() -> None:
    arguments = np.arange(400.0), np.arange(400.0)
    at_work = work("outer", arguments, TEXT)
    stage = figure.stage("outer", at_work, TEXT)
    assert stage.tables["table_values"].values.shape == (MOST * MOST + 1, MOST * MOST)
    assert stage.sentences[0].text == TEXT["sentence_cut"]
    titles = {annotation.text for annotation in stage.panels[0].figure.layout.annotations}
    assert f"<b>{TEXT['cut'].format(title='table (400, 400)')}</b>" in titles
    assert len(packed("outer", arguments, stage)) < 200_000
    assert shown("outer", "small").sentences[0].text == TEXT["sentence"]


@pytest.mark.parametrize("shape", [(1, 1, 1), (2, 1, 5), (64, 64, 3), (1, 12288, 1)])
def test_images_of_any_shape_can_be_drawn(shape: tuple[int, int, int]) -> None:
    image = np.arange(math.prod(shape), dtype=np.float64).reshape(shape)
    stage = figure.stage("image2vector", work("image2vector", (image,), TEXT), TEXT)
    assert stage.tables["v_values"].values[-1].tolist() == list(range(min(12, image.size)))
    packed("image2vector", (image,), stage)


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("sigmoid", (np.arange(6.0).reshape(2, 3),)),
        ("sigmoid_derivative", (np.arange(100.0),)),
        ("normalize_rows", (np.array([3.0, 4.0]),)),
        ("normalize_rows", (np.zeros((20, 20)),)),
        ("softmax", (np.full((9, 9), 1e15),)),
        ("dot", (np.array([1e15]), np.array([-1e15]))),
        ("general_dot", (np.ones((1, 20)), -np.ones(20))),
        ("l2", (np.array([-1e15]), np.array([1e-15]))),
    ],
)
def test_whatever_is_typed_can_be_drawn(name: str, arguments: tuple[np.ndarray, ...]) -> None:
    stage = figure.stage(name, work(name, arguments, TEXT), TEXT)
    for label in stage.tables["calculation"].labels:
        assert "nan" not in label and "inf" not in label
    packed(name, arguments, stage)


def test_the_point_stands_on_its_curve() -> None:
    for name, over in (("sigmoid", basics.sigmoid), ("sigmoid_derivative", basics.sigmoid_derivative)):
        tables = shown(name, "wide").tables
        x, y = tables["last_x"].values, tables["last_y"].values
        there = ~np.isnan(x)
        assert there.sum() == 5 and there[-1] and np.array_equal(y[there], over(x[there]))
        assert np.array_equal(tables["known_on_curve"].values[-1], over(tables["x_on_curve"].values))
