"""The extra example: both fits one by one, the counts by hand, what far away does to them.

Where a fit has no end: the flattest sigmoid of a stated cost, against descents of its own.
"""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explainer.maths import linear, logistic
from explainer.maths.datasets import DATASETS
from explainer.maths.outlier import STOP_COST, costs, fit_with_outlier, stop_at_cost

REAL = [DATASETS["challenger"], DATASETS["hours"]]
EVERY = list(DATASETS.values())
X, Y = DATASETS["hours"].X, DATASETS["hours"].Y
SEPARABLE = DATASETS["separable"]
PLACES = [np.nan, 9.5, 14.0, 24.0, 200.0]

steadily = settings(deadline=None, derandomize=True, max_examples=60)


def named(data):
    return data.name


def from_the_edge(data, ranges=3.0, count=31):
    """From the rightmost example to so many ranges of the data beyond it."""
    return data.X.max() + np.linspace(0, ranges, count) * np.ptp(data.X)


def by_hand(data, position, label):
    if math.isnan(position):
        return data.X, data.Y
    return np.append(data.X, position)[None], np.append(data.Y, label)[None]


@pytest.mark.parametrize("data", EVERY, ids=named)
def test_every_position_is_the_two_fits_by_hand(data):
    positions = [math.nan, data.X.max(), data.X.min(), *from_the_edge(data, 50.0, 4)[::-1]]
    result = fit_with_outlier(data.X, data.Y, positions)
    for i, position in enumerate(positions):
        x, y = by_hand(data, position, result.label)
        m = x.size
        line, sigmoid = linear.fit(x, y), logistic.fit(x, y)
        assert result.line.w[i] == pytest.approx(line.w.item(), rel=1e-10)
        assert result.line.b[i] == pytest.approx(line.b, rel=1e-10, abs=1e-12)
        assert (result.sigmoid.w[i], result.sigmoid.b[i]) == (sigmoid.w.item(), sigmoid.b)
        assert result.converged[i] == sigmoid.converged
        line_outputs = (line.w * x + line.b)[0]
        sigmoid_outputs = logistic.sigmoid(sigmoid.w * x + sigmoid.b)[0]
        np.testing.assert_allclose(result.line.outputs[i, :m], line_outputs, atol=1e-11)
        np.testing.assert_allclose(result.sigmoid.outputs[i, :m], sigmoid_outputs, rtol=1e-12)
        np.testing.assert_array_equal(result.X[i, :m], x[0])
        np.testing.assert_array_equal(result.Y[:m], y[0])


@pytest.mark.parametrize("data", EVERY, ids=named)
def test_the_counts_are_those_of_a_loop(data):
    positions = [math.nan, *from_the_edge(data, 5.0, 9)]
    result = fit_with_outlier(data.X, data.Y, positions)
    for i, position in enumerate(positions):
        x, y = by_hand(data, position, result.label)
        outside = line_mistakes = sigmoid_mistakes = 0
        for j in range(x.size):
            line = float(result.line.w[i] * x[0, j] + result.line.b[i])
            z = float(result.sigmoid.w[i] * x[0, j] + result.sigmoid.b[i])
            outside += line < 0 or line > 1
            line_mistakes += (line > 0.5) != (y[0, j] == 1)
            sigmoid_mistakes += (z > 0) != (y[0, j] == 1)
        counts = result.line.outside[i], result.line.mistakes[i], result.sigmoid.mistakes[i]
        assert counts == (outside, line_mistakes, sigmoid_mistakes)
        assert result.line.smallest[i] == np.nanmin(result.line.outputs[i])
        assert result.line.largest[i] == np.nanmax(result.line.outputs[i])


@steadily
@given(st.integers(0, 2**32 - 1), st.integers(2, 30), st.floats(-1e3, 1e3))
def test_residuals_of_the_line_sum_to_0_and_the_cut_is_where_the_output_is_one_half(seed, m, position):
    rng = np.random.default_rng(seed)
    x, y = rng.normal(size=(1, m)), (np.arange(m) % 2)[None]
    result = fit_with_outlier(x, y, [position])
    residuals = result.line.outputs[0] - result.Y
    assert residuals.sum() == pytest.approx(0, abs=1e-9)
    assert residuals @ (result.X[0] - result.X[0].mean()) / max(1, abs(position)) == pytest.approx(
        0, abs=1e-9
    )
    for w, b, cut, level in (
        (result.line.w[0], result.line.b[0], result.line.cut[0], 0.5),
        (result.sigmoid.w[0], result.sigmoid.b[0], result.sigmoid.cut[0], 0.0),
    ):
        if abs(w) > 1e-6:
            assert w * cut + b == pytest.approx(level, abs=1e-9)


@steadily
@given(st.integers(0, 2**32 - 1), st.floats(-5, 5), st.floats(0.1, 100))
def test_a_change_of_units_changes_no_output(seed, shift, scale):
    rng = np.random.default_rng(seed)
    x, y = rng.normal(size=(1, 20)), (np.arange(20) % 2)[None]
    positions = np.array([2.0, np.nan, 7.0])
    here, there = (
        fit_with_outlier(x, y, positions),
        fit_with_outlier(scale * x + shift, y, scale * positions + shift),
    )
    assert here.label == there.label
    np.testing.assert_allclose(there.line.outputs, here.line.outputs, atol=1e-9)
    np.testing.assert_allclose(there.sigmoid.outputs, here.sigmoid.outputs, atol=1e-9)


def test_the_extra_example_is_of_the_class_on_the_right():
    assert (
        fit_with_outlier(DATASETS["challenger"].X, DATASETS["challenger"].Y, [90.0]).label == 0
    )  # warm launches: no harm
    assert fit_with_outlier(X, Y, [9.0]).label == 1
    assert fit_with_outlier(X, 1 - Y, [9.0]).label == 0
    assert fit_with_outlier([[1.0, 1.0]], [[0, 1]], [2.0]).label == 1


@pytest.mark.parametrize("data", REAL, ids=named)
def test_the_sigmoid_stays_between_0_and_1_and_the_line_never_does(data):
    result = fit_with_outlier(data.X, data.Y, [math.nan, *from_the_edge(data)])
    outputs = result.sigmoid.outputs[~np.isnan(result.sigmoid.outputs)]
    assert np.all((outputs > 0) & (outputs < 1))
    assert result.converged.all()
    # Without the extra example 3 of the line's outputs are outside already; far out only the extra one's.
    assert result.line.outside[0] == 3
    assert np.all(result.line.outside >= 1)
    assert result.line.outside[-1] == 1
    assert not 0 <= result.line.outputs[-1, -1] <= 1
    assert not (result.line.smallest[0] >= 0 and result.line.largest[0] <= 1)


@pytest.mark.parametrize(
    ("data", "line_moves"), [(REAL[0], 20.0), (REAL[1], 0.35)], ids=["challenger", "hours"]
)
def test_the_far_example_moves_the_cut_of_the_line_and_hardly_that_of_the_sigmoid(data, line_moves):
    result = fit_with_outlier(data.X, data.Y, from_the_edge(data))
    line, sigmoid = np.ptp(result.line.cut), np.ptp(result.sigmoid.cut)
    assert line > line_moves
    assert line > 50 * sigmoid
    toward = (
        1 if result.label else -1
    )  # hours: to the right; challenger: to the left; away from the easy class
    assert np.all(np.diff(toward * result.line.cut) > 0)


def test_on_challenger_the_line_ends_up_missing_every_damaged_launch():
    data = DATASETS["challenger"]
    result = fit_with_outlier(data.X, data.Y, [math.nan, *from_the_edge(data)])
    assert result.line.mistakes[0] == 3
    assert result.line.mistakes[-1] == 7
    assert np.all(np.diff(result.line.mistakes) >= 0)
    np.testing.assert_array_equal(result.line.wrong[-1], result.Y == 1)
    np.testing.assert_array_equal(result.sigmoid.mistakes, 3)


def test_on_hours_the_tipped_line_happens_to_miss_no_more():
    # The cut moves from 2.79 h to 3.19 h: over one student who failed, at 3 h, and no one else.
    data = DATASETS["hours"]
    result = fit_with_outlier(data.X, data.Y, [math.nan, *from_the_edge(data)])
    assert result.line.mistakes[0] == 5
    assert result.line.mistakes.max() == 5
    assert result.line.mistakes[-1] == 4
    np.testing.assert_array_equal(result.sigmoid.mistakes, 4)


def test_separable_data_never_converge():
    data = DATASETS["separable"]
    result = fit_with_outlier(data.X, data.Y, [math.nan, *from_the_edge(data)])
    assert not result.converged.any()
    assert not result.sigmoid.wrong.any()
    assert np.isfinite(result.sigmoid.w).all()
    # On the wrong side of the cut the extra example makes a minimum.
    assert fit_with_outlier(data.X, data.Y, [data.X.min()]).converged.all()


def test_without_the_extra_example_its_column_is_nan_and_never_wrong():
    result = fit_with_outlier(X, Y, [math.nan])
    m = X.size
    for table in (result.X, result.line.outputs, result.sigmoid.outputs):
        assert table.shape == (1, m + 1)
        assert np.isnan(table[0]).tolist() == [False] * m + [True]
    assert not result.line.wrong[0, m]
    assert not result.sigmoid.wrong[0, m]


def test_positions_may_come_in_any_order_and_twice():
    positions = np.array([20.0, math.nan, 6.0, 20.0, -3.0])
    result = fit_with_outlier(X, Y, positions)
    np.testing.assert_array_equal(result.positions, positions)
    for i, position in enumerate(positions):
        alone = fit_with_outlier(X, Y, [position])
        for model in ("line", "sigmoid"):
            for name in ("w", "b", "outputs", "cut", "outside", "wrong"):
                both, one = (getattr(getattr(fits, model), name) for fits in (result, alone))
                np.testing.assert_array_equal(both[i], one[0], err_msg=f"{model}.{name}")


def test_a_line_without_a_slope_has_no_cut():
    result = fit_with_outlier([[0.1, 0.1, 0.1]], [[0, 1, 1]], [math.nan, 0.1, 0.4])
    assert result.line.w[:2].tolist() == [0, 0]
    assert np.isnan(result.line.cut).tolist() == [True, True, False]
    assert result.line.b[0] == pytest.approx(2 / 3)
    assert np.isnan(result.sigmoid.cut[0]) or abs(result.sigmoid.w[0]) < 1e-12


def test_outputs_on_the_edge_are_not_outside():
    result = fit_with_outlier([[0.1, 0.7]], [[0, 1]], [math.nan])
    np.testing.assert_allclose(result.line.outputs[0, :2], [0, 1], atol=1e-15)
    assert result.line.outside[0] == 0


def test_the_result_cannot_be_written_to_and_the_arguments_still_can():
    positions = np.array([7.0, 8.0])
    result = fit_with_outlier(X, Y, positions)
    for part in (result, result.line, result.sigmoid):
        arrays = {name: value for name, value in vars(part).items() if isinstance(value, np.ndarray)}
        assert len(arrays) >= 4
        for name, array in arrays.items():
            assert not array.flags.writeable, name
    positions[0] = 9.0
    assert result.positions[0] == 7


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"X": np.ones((2, 20))}, "X must have one row.*got n_x = 2"),
        ({"X": X[0]}, "X must have shape"),
        ({"Y": Y[:, :3]}, "Y must have shape"),
        ({"Y": np.ones_like(Y)}, r"Y must hold both classes, 0 and 1; got 1\.0 only"),
        ({"Y": np.zeros_like(Y)}, r"Y must hold both classes, 0 and 1; got 0\.0 only"),
        ({"positions": []}, r"positions must be a 1-D array, not empty; got shape \(0,\)"),
        ({"positions": 3.0}, r"positions must be a 1-D array.*got shape \(\)"),
        ({"positions": [1.0, np.inf]}, "positions must be finite, or nan .*infinite"),
        ({"positions": ["far"]}, "positions must be numbers"),
    ],
)
def test_bad_input_is_named(change, message):
    with pytest.raises(ValueError, match=message):
        fit_with_outlier(**({"X": X, "Y": Y, "positions": [7.0]} | change))


# ---- where one cut separates the labels


@pytest.fixture(scope="module")
def both():
    return fit_with_outlier(SEPARABLE.X, SEPARABLE.Y, PLACES)


def test_real_data_with_a_minimum_stay_as_they_are():
    hours = DATASETS["hours"]
    whole = fit_with_outlier(hours.X, hours.Y, [np.nan, 8.0])
    assert stop_at_cost(whole) is whole


@pytest.mark.parametrize("cost", [0.3, 0.05, STOP_COST, 0.001])
def test_the_cost_is_the_one_asked_for(both, cost):
    stopped = stop_at_cost(both, cost)
    for i, position in enumerate(PLACES):
        there = ~np.isnan(both.X[i])
        X, Y = both.X[i][None, there], both.Y[None, there]
        own = logistic.cost(stopped.sigmoid.w[i : i + 1], stopped.sigmoid.b[i], X, Y)
        assert own == pytest.approx(cost, rel=1e-9), position
        assert costs(stopped.sigmoid.w, stopped.sigmoid.b, both.X, both.Y)[i] == pytest.approx(own)


def test_no_other_bias_does_better_and_no_flatter_one_is_as_good(both):
    stopped = stop_at_cost(both)
    for i in range(len(PLACES)):
        there = ~np.isnan(both.X[i])
        X, Y = both.X[i][None, there], both.Y[None, there]
        w, b = stopped.sigmoid.w[i], stopped.sigmoid.b[i]
        assert abs(logistic.gradients([w], b, X, Y).db) < 1e-12
        flatter = 0.999 * w
        nearby = [logistic.cost([flatter], other, X, Y) for other in b + np.linspace(-0.2, 0.2, 81)]
        assert min(nearby) > STOP_COST


def test_a_far_example_leaves_the_stopped_sigmoid_where_it_is(both):
    stopped = stop_at_cost(both)
    assert np.ptp(stopped.sigmoid.cut[1:]) < 0.01
    assert np.ptp(stopped.line.cut[1:]) > 0.5
    assert not stopped.sigmoid.wrong.any()
    assert stopped.sigmoid.outputs[0, -1:].tolist() != stopped.sigmoid.outputs[1, -1:].tolist()
    assert not stopped.converged.any()


def test_mirrored_data_give_the_mirrored_sigmoid(both):
    right, left = stop_at_cost(both), stop_at_cost(fit_with_outlier(SEPARABLE.X, 1 - SEPARABLE.Y, PLACES))
    assert np.allclose(left.sigmoid.w, -right.sigmoid.w)
    assert np.allclose(left.sigmoid.b, -right.sigmoid.b)


def test_data_that_only_touch_are_left_alone():
    touching = fit_with_outlier([[0.0, 1.0, 1.0, 2.0]], [[0, 0, 1, 1]], [np.nan])
    assert not touching.converged.any()
    assert stop_at_cost(touching) is touching


@pytest.mark.parametrize("cost", [0.0, -1.0, 0.7, np.nan])
def test_a_cost_that_cannot_be_is_refused(both, cost):
    with pytest.raises(ValueError, match="cost must be above 0"):
        stop_at_cost(both, cost)
