"""The drawn graphs: every step shows what the engine computed, and boxes keep apart."""

import itertools
import json

import numpy as np
import pytest

from explainer.chapters.graph import chapter
from explainer.chapters.graph import columns_figure as columns
from explainer.chapters.graph.figure import Controls, stage
from explainer.chapters.graph.nodes_figure import COURSE, NEURON, WIDE, Drawing, blanks_stage, ends, ground
from explainer.maths.logistic import gradients, sigmoid
from explainer.stage.stage import Stage, Table
from explainer.words import words

TEXT = words("graph").figure
EXAMPLE = {"x1": 1.0, "x2": 2.0, "y": 1.0}
DRAWINGS = {
    "course": (COURSE, chapter.COURSE_CONTROLS, {}),
    "neuron": (NEURON, chapter.NEURON_CONTROLS, EXAMPLE),
}
drawings = pytest.mark.parametrize(("drawing", "controls", "fixed"), DRAWINGS.values(), ids=DRAWINGS)


def at(table: Table, places: dict[str, int]) -> float:
    return float(table.values[tuple(places[axis] for axis in table.axes)])


def shown(stage: Stage, name: str, places: dict[str, int]) -> float | None:
    """The number that a gated table leads to, None for "?"."""
    table = stage.tables[name]
    label = table.labels[int(at(table, places))]
    if label == "?":
        return None
    inner = label.strip("{}").partition(":")[0]
    if inner.startswith("show_"):
        inner = inner.replace("show_", "value_", 1)
    return at(stage.tables[inner], places)


@drawings
def test_every_step_shows_what_the_engine_computes(
    drawing: Drawing, controls: Controls, fixed: dict[str, float]
) -> None:
    walk, made = drawing.walk, stage(drawing, controls, fixed, TEXT)
    rng = np.random.default_rng(0)
    for _ in range(4):
        chosen = {name: int(rng.integers(len(slider.values))) for name, slider in controls.sliders.items()}
        inputs = fixed | {name: controls.sliders[name].values[place] for name, place in chosen.items()}
        values = walk.graph.forward(inputs)
        derivatives = walk.graph.backward(values)
        places = {controls.sliders[name].name: place for name, place in chosen.items()}
        known, back = set(walk.graph.inputs), set()
        for step, (way, name) in enumerate(walk.steps):
            known |= {name} if way == "forward" else set()
            back |= {name} if way == "backward" else set()
            for node in walk.graph.nodes:
                here = places | {controls.step.name: step}
                value = shown(made, f"say_{node.name.lower()}", here)
                slope = shown(made, f"said_{node.name.lower()}", here)
                assert value == (pytest.approx(values[node.name]) if node.name in known else None)
                if node.name not in walk.data:  # nobody asks for those derivatives, and none is drawn
                    assert slope == (pytest.approx(derivatives[node.name]) if node.name in back else None)
        assert known == {node.name for node in walk.graph.nodes} and back == known - set(walk.data)


@drawings
def test_a_nudge_is_measured_not_predicted(
    drawing: Drawing, controls: Controls, fixed: dict[str, float]
) -> None:
    walk, made = drawing.walk, stage(drawing, controls, fixed, TEXT)
    start = {slider.name: slider.place(slider.start) for slider in controls.sliders.values()}
    inputs = fixed | {name: slider.start for name, slider in controls.sliders.items()}
    before = walk.graph.forward(inputs)
    for name in controls.sliders:
        after = walk.graph.forward(inputs | {name: inputs[name] + 0.001})[walk.graph.output]
        moved = at(made.tables[f"moved_{name}"], start)
        assert moved == pytest.approx(after - before[walk.graph.output], rel=1e-9)
        predicted = at(made.tables[f"predicted_{name}"], start)
        assert predicted == pytest.approx(0.001 * walk.graph.backward(before)[name])
        assert moved == pytest.approx(predicted, rel=2e-3)


@drawings
def test_boxes_keep_apart_and_arrows_join_parent_and_child(
    drawing: Drawing, controls: Controls, fixed: dict[str, float]
) -> None:
    boxes = [drawing.places[name] for name in drawing.places]
    boxes += [drawing.derivative_place(name) for name in drawing.places if name not in drawing.walk.data]
    for (x0, y0), (x1, y1) in itertools.combinations(boxes, 2):
        assert abs(x0 - x1) >= WIDE or abs(y0 - y1) >= drawing.high - 1e-9
    figure = ground(drawing)
    drawn = {((note.ax, note.ay), (note.x, note.y)) for note in figure.layout.annotations if note.showarrow}
    wanted = {ends(drawing, parent, node.name) for node in drawing.graph.nodes for parent in node.slopes}
    assert drawn == wanted
    (low, high), (bottom, top) = figure.layout.xaxis.range, figure.layout.yaxis.range
    for x, y in boxes:
        assert low < x - WIDE / 2 < x + WIDE / 2 < high
        assert bottom < y - drawing.high / 2 < y + drawing.high / 2 < top
    assert json.loads(figure.to_json())


def test_the_blanks_hide_what_is_not_found_yet() -> None:
    inputs = {"a": 2.0, "b": 4.0, "c": -1.0}
    made = blanks_stage(COURSE, inputs, frozenset({"J", "v"}), TEXT)
    slopes = {name: float(made.tables[f"slope_{name.lower()}"].values) for name in "abcuvJ"}
    assert slopes["J"] == 1 and slopes["v"] == 3
    assert all(np.isnan(slopes[name]) for name in "abcu")
    assert float(made.tables["value_j"].values) == -6


# ---- m examples


def test_the_columns_are_logistic_regressions_own() -> None:
    found = columns.arrays()
    Z = columns.W.T @ columns.X + columns.B
    assert np.array_equal(found["A"], sigmoid(Z))
    assert np.array_equal(found["dZ"], sigmoid(Z) - columns.Y)
    dw, db = gradients(columns.W, columns.B, columns.X, columns.Y)
    assert found["dw"] == pytest.approx(columns.X @ found["dZ"].T / columns.Y.size)
    assert found["dw"] == pytest.approx(dw) and found["db"].item() == pytest.approx(db)


def test_the_columns_appear_step_by_step() -> None:
    made = columns.stage(TEXT)
    for name, array in columns.arrays().items():
        values = made.tables[f"{name.lower()}_values"].values
        for step, row in enumerate(values):
            if name == "dw":
                known = np.arange(2) <= step - columns.STEPS.index("dw1")
            else:
                known = np.full(array.size, name not in columns.STEPS or step >= columns.STEPS.index(name))
            assert np.array_equal(np.isnan(row), ~known)
            assert np.array_equal(row[known], array.ravel()[known])


def test_each_calculation_of_the_columns_is_right() -> None:
    lines = columns.stage(TEXT).tables["calculation"].labels
    for line in lines[1:]:
        *_, formula, result = line.replace("−", "-").split(" = ")
        if "sigmoid" in formula:
            value = float(sigmoid(float(formula[8:-1])))
        elif formula.endswith("/ 5"):
            value = sum(_product(term) for term in formula[1:-5].split(" + ")) / 5
        elif " - " in formula:
            left, right = formula.split(" - ")
            value = float(left) - float(right)
        else:
            value = sum(_product(term) for term in formula.split(" + "))
        assert value == pytest.approx(float(result), abs=0.005)


def _product(term: str) -> float:
    return float(np.prod([float(factor.strip("()")) for factor in term.split(" × ")]))
