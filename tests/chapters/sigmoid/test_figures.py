"""The chapter's two live figures: tables against fits of their own, sentences against counts of their own."""

import math
import re

import numpy as np
import pytest

from explainer.chapters.sigmoid import neuron_figure, outlier_figure
from explainer.chapters.sigmoid.answers import unbounded_text
from explainer.chapters.sigmoid.chapter import (
    BIAS,
    CHAPTER,
    DATA,
    INPUT,
    WEIGHT,
    neuron,
    outlier,
    outlier_slider,
)
from explainer.chapters.sigmoid.examples import MOST_POSITIONS, REACH, both_fits, examples
from explainer.maths import linear, logistic
from explainer.stage.layers import Curve, Marker, Points
from explainer.stage.stage import Stage
from tests.chapters.packing import packed

REAL = ("challenger", "hours", "pictures")
EVERY = DATA.options


def some_places(data: str) -> list[int]:
    last = len(outlier_slider(data).texts) - 1
    return [0, 1, 2, last // 4, last // 2, last - 1, last]


def filled(stage: Stage, text: str, place: int) -> str:
    """A template as the browser fills it, with a sign that Python knows."""

    def value(found: re.Match[str]) -> str:
        table = stage.tables[found[1]]
        number = table.values[place] if table.axes else table.values
        if table.labels:
            return filled(stage, table.labels[number], place)
        return f"{int(number)}" if found[2] == "d" else f"{number:{found[2]}}"

    return re.sub(r"\{([a-z_]+):?([^}]*)\}", value, text)


def by_hand(data: str, place: int) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """x, y and both models' outputs of every example that is there, from fits made here."""
    chosen = examples(data)
    X, Y = chosen.X, chosen.Y
    if place:
        label = float(X[Y == 1].mean() > X[Y == 0].mean())
        X = np.append(X, float(outlier_slider(data).texts[place]))[None]
        Y = np.append(Y, label)[None]
    line, best = linear.fit(X, Y), logistic.fit(X, Y)
    return X[0], Y[0], (line.w * X + line.b)[0], logistic.sigmoid(best.w * X + best.b)[0]


# ---- the extra example


@pytest.mark.parametrize("data", EVERY)
def test_places_are_round_and_go_far_to_the_right(data: str) -> None:
    X, texts = examples(data).X, outlier_slider(data).texts
    places = np.array([float(text) for text in texts[1:]])
    reach, steps = REACH * np.ptp(X), np.diff(places)
    assert texts[0] == "none" and 40 <= len(texts) <= MOST_POSITIONS + 2
    assert X.max() < places[0] <= X.max() + 1.01 * steps[0]
    assert X.max() + reach - 1.01 * steps[0] <= places[-1] <= X.max() + reach + 1e-9
    assert np.allclose(steps, steps[0]) and len(set(texts)) == len(texts)
    assert max(map(len, texts)) <= 5
    if data == "pictures":
        assert places[-1] <= 255  # no picture has more


@pytest.mark.parametrize("data", REAL)
def test_tables_hold_the_fits(data: str) -> None:
    stage = outlier(data)
    for place in some_places(data):
        x, y, line, sigmoid = by_hand(data, place)
        table = {name: stage.tables[name].values for name in stage.tables}
        assert np.allclose(table["line_w"][place] * x + table["line_b"][place], line)
        assert np.allclose(
            logistic.sigmoid(table["sigmoid_w"][place] * x + table["sigmoid_b"][place]), sigmoid
        )
        assert np.allclose(table["line_w"][place] * table["line_cut"][place] + table["line_b"][place], 0.5)
        for name, outputs in (("line_wrong", line), ("sigmoid_wrong", sigmoid)):
            ringed = table[name][place]
            assert sorted(ringed[~np.isnan(ringed)]) == sorted(x[(outputs > 0.5) != (y == 1)])
        drawn = table["outside_outputs"][place]
        assert np.allclose(np.sort(drawn[~np.isnan(drawn)]), np.sort(line[(line < 0) | (line > 1)]))


@pytest.mark.parametrize("data", REAL)
def test_the_sentence_counts_what_is_there(data: str) -> None:
    stage = outlier(data)
    for place in range(len(outlier_slider(data).texts)):
        x, y, line, sigmoid = by_hand(data, place)
        said = filled(stage, stage.sentences[0].text, place)
        outside = sum(not 0 <= output <= 1 for output in line)
        numbers = [float(number) for number in re.findall(r"-?\d+\.?\d*(?:e-\d+)?", said)]
        mistakes = [sum((a > 0.5) != (label == 1) for a, label in zip(outputs, y, strict=True))
                    for outputs in (line, sigmoid)]  # fmt: skip
        assert [int(number) for number in numbers[-2:]] == mistakes
        if outside == 0:
            assert numbers[0] == x.size and "between" in said
            continue
        assert numbers[:2] == [outside, x.size]
        assert ("is not a probability" in said) == (outside == 1)
        extremes = [extreme for extreme in (line.max(), line.min()) if not 0 <= extreme <= 1]
        assert numbers[2 : 2 + len(extremes)] == [float(f"{extreme:.3g}") for extreme in extremes]
        assert not {0.0, 1.0} & set(numbers[2 : 2 + len(extremes)])  # the text must show that it is outside
        assert ("largest" in said) == (line.max() > 1 and outside > 1)
        assert ("smallest" in said) == (line.min() < 0 and outside > 1)


def test_every_saying_is_said_somewhere_or_can_be() -> None:
    kinds = {kind for data in EVERY for kind in outlier(data).tables["outside_said"].values.tolist()}
    assert len(kinds) >= 4
    assert len(outlier("hours").tables["outside_said"].labels) == len(outlier_figure.OUTSIDE)


@pytest.mark.parametrize("data", EVERY)
def test_the_sigmoid_stays_between_0_and_1_and_the_line_does_not(data: str) -> None:
    both = both_fits(data)
    for place in some_places(data):
        there = ~np.isnan(both.X[place])
        z = (both.sigmoid.w[place] * both.X[place] + both.sigmoid.b[place])[there]
        a = both.sigmoid.outputs[place, there]
        assert ((a > 0) & (a < 1))[np.abs(z) < 36].all()
        assert both.line.outside[place] > 0


@pytest.mark.parametrize("data", EVERY)
def test_the_line_tips_and_the_sigmoid_stays(data: str) -> None:
    both = both_fits(data)
    moved = abs(both.line.cut - both.line.cut[0])[-1]
    assert moved > 0.05 * np.ptp(examples(data).X)
    assert abs(both.sigmoid.cut - both.sigmoid.cut[0])[-1] < 0.02 * moved


def test_without_an_end_to_w_the_sentence_says_so() -> None:
    for data in EVERY:
        stops = "No end to its w" in outlier(data).sentences[0].text
        assert stops == (data == "separable") == bool(unbounded_text(both_fits(data)))


@pytest.mark.parametrize("data", EVERY)
def test_rings_stand_on_the_drawn_examples(data: str) -> None:
    stage, chosen = outlier(data), examples(data)
    spots = stage.tables["spots"].values
    drawn = sorted(
        (x, y) for trace in stage.panels[0].figure.data[:2] for x, y in zip(trace.x, trace.y, strict=True)
    )
    assert sorted(zip(chosen.X[0], spots[:-1], strict=True)) == drawn
    assert np.array_equal(spots > 0.5, both_fits(data).Y > 0.5)


@pytest.mark.parametrize("data", EVERY)
def test_each_crossing_is_named_once_and_on_its_own_side(data: str) -> None:
    table = {name: found.values for name, found in outlier(data).tables.items()}
    for model, other in (("line", "sigmoid"), ("sigmoid", "line")):
        less, more, cut = (table[f"{model}_{name}"] for name in ("less", "more", "cut"))
        assert (np.isnan(less) != np.isnan(more)).all()
        assert np.array_equal(np.fmax(less, more), cut)
        assert np.array_equal(np.isnan(more), cut < table[f"{other}_cut"])


@pytest.mark.parametrize("data", EVERY)
def test_the_plot_holds_the_extra_example_and_the_crossings(data: str) -> None:
    stage, both = outlier(data), both_fits(data)
    left, right = stage.panels[0].figure.layout.xaxis.range
    for values in (both.positions[1:], both.line.cut, both.sigmoid.cut):
        assert left < values.min() and values.max() < right
    highest, lowest = stage.tables["highest"].values, stage.tables["lowest"].values
    assert np.nanmax(np.append(highest, 0)) < outlier_figure.HIGH
    assert np.nanmin(np.append(lowest, 0)) > outlier_figure.LOW


def test_both_models_and_all_marks_are_drawn() -> None:
    layers = outlier("challenger").panels[0].layers
    assert [layer.link for layer in layers if isinstance(layer, Curve)] == ["sigmoid", "identity"]
    assert [layer.dash for layer in layers if isinstance(layer, Curve)] == [(), outlier_figure.DASH]
    assert {layer.symbol for layer in layers if isinstance(layer, Points)} == {
        "circle",
        "square",
        "ring",
        "cross",
    }
    extra = next(layer for layer in layers if isinstance(layer, Marker) and layer.x == "position")
    assert (extra.colour, extra.symbol, extra.y) == ("not-cat", "square", 0.0)


# ---- the sigmoid itself


@pytest.mark.parametrize(
    ("w", "b", "x"), [(2.0, 0.0, 0.5), (-3.0, 5.0, 4.0), (0.25, -1.5, -4.0), (0.0, 0.0, 1.0)]
)
def test_the_neuron_is_the_sigmoid(w: float, b: float, x: float) -> None:
    tables = neuron().tables
    at = WEIGHT.place(w), BIAS.place(b), INPUT.place(x)
    z = w * x + b
    a = 1 / (1 + math.exp(-z))
    assert tables["z"].values[at] == pytest.approx(z)
    assert tables["a"].values[at] == pytest.approx(a)
    assert tables["slope"].values[at] == pytest.approx(a * (1 - a))
    assert tables["slope"].values[at] * z + tables["tangent"].values[at] == pytest.approx(a)


def test_saturated_is_a_small_slope() -> None:
    edge, bend = (
        neuron_figure.where_slope_is(neuron_figure.SATURATED),
        neuron_figure.where_slope_is(neuron_figure.STEEP),
    )
    assert logistic.sigmoid_derivative(edge) == pytest.approx(neuron_figure.SATURATED * 0.25)
    assert logistic.sigmoid_derivative(bend) == pytest.approx(neuron_figure.STEEP * 0.25)
    z = np.array([-9, -edge - 0.01, -edge + 0.01, -bend - 0.01, -bend + 0.01, 0, bend + 0.01, edge + 0.01])
    said = [neuron_figure.KINDS[kind] for kind in neuron_figure.kinds(z)]
    assert said == ["saturated_low", "saturated_low", "between", "between", "steep", "steep", "between",
                    "saturated_high"]  # fmt: skip


def test_what_is_shaded_is_what_is_called_saturated() -> None:
    edge = neuron_figure.where_slope_is(neuron_figure.SATURATED)
    shapes = [shape for panel in neuron().panels for shape in panel.figure.layout.shapes]
    assert sorted({shape.x0 for shape in shapes} | {shape.x1 for shape in shapes}) == pytest.approx(
        [-neuron_figure.Z_END, -edge, edge, neuron_figure.Z_END]
    )


def test_both_figures_leave_room_for_the_page() -> None:
    for data in EVERY:
        sizes = [len(packed(CHAPTER, name, data=data)) for name in ("outlier", "neuron")]
        assert sum(sizes) < 500_000
