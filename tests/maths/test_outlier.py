"""The extra example: both fits one by one, the counts by hand, and what far away does to them."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explainer.maths import linear, logistic
from explainer.maths.datasets import DATASETS
from explainer.maths.outlier import tip

REAL = [DATASETS["challenger"], DATASETS["hours"]]
EVERY = list(DATASETS.values())
X, Y = DATASETS["hours"].X, DATASETS["hours"].Y

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
    result = tip(data.X, data.Y, positions)
    for i, position in enumerate(positions):
        x, y = by_hand(data, position, result.label)
        m = x.size
        line, sigmoid = linear.fit(x, y), logistic.fit(x, y)
        assert result.line_w[i] == pytest.approx(line.w.item(), rel=1e-10)
        assert result.line_b[i] == pytest.approx(line.b, rel=1e-10, abs=1e-12)
        assert (result.sigmoid_w[i], result.sigmoid_b[i]) == (sigmoid.w.item(), sigmoid.b)
        assert result.converged[i] == sigmoid.converged
        line_outputs = (line.w * x + line.b)[0]
        sigmoid_outputs = logistic.sigmoid(sigmoid.w * x + sigmoid.b)[0]
        np.testing.assert_allclose(result.line_outputs[i, :m], line_outputs, atol=1e-11)
        np.testing.assert_allclose(result.sigmoid_outputs[i, :m], sigmoid_outputs, rtol=1e-12)
        np.testing.assert_array_equal(result.X[i, :m], x[0])
        np.testing.assert_array_equal(result.Y[:m], y[0])


@pytest.mark.parametrize("data", EVERY, ids=named)
def test_the_counts_are_those_of_a_loop(data):
    positions = [math.nan, *from_the_edge(data, 5.0, 9)]
    result = tip(data.X, data.Y, positions)
    for i, position in enumerate(positions):
        x, y = by_hand(data, position, result.label)
        outside = line_mistakes = sigmoid_mistakes = 0
        for j in range(x.size):
            line = float(result.line_w[i] * x[0, j] + result.line_b[i])
            z = float(result.sigmoid_w[i] * x[0, j] + result.sigmoid_b[i])
            outside += line < 0 or line > 1
            line_mistakes += (line > 0.5) != (y[0, j] == 1)
            sigmoid_mistakes += (z > 0) != (y[0, j] == 1)
        counts = result.outside[i], result.line_mistakes[i], result.sigmoid_mistakes[i]
        assert counts == (outside, line_mistakes, sigmoid_mistakes)
        assert result.smallest[i] == np.nanmin(result.line_outputs[i])
        assert result.largest[i] == np.nanmax(result.line_outputs[i])


@steadily
@given(st.integers(0, 2**32 - 1), st.integers(2, 30), st.floats(-1e3, 1e3))
def test_residuals_of_the_line_sum_to_0_and_the_cut_is_where_the_output_is_one_half(seed, m, position):
    rng = np.random.default_rng(seed)
    x, y = rng.normal(size=(1, m)), (np.arange(m) % 2)[None]
    result = tip(x, y, [position])
    residuals = result.line_outputs[0] - result.Y
    assert residuals.sum() == pytest.approx(0, abs=1e-9)
    assert residuals @ (result.X[0] - result.X[0].mean()) / max(1, abs(position)) == pytest.approx(
        0, abs=1e-9
    )
    for w, b, cut, level in (
        (result.line_w[0], result.line_b[0], result.line_cut[0], 0.5),
        (result.sigmoid_w[0], result.sigmoid_b[0], result.sigmoid_cut[0], 0.0),
    ):
        if abs(w) > 1e-6:
            assert w * cut + b == pytest.approx(level, abs=1e-9)


@steadily
@given(st.integers(0, 2**32 - 1), st.floats(-5, 5), st.floats(0.1, 100))
def test_a_change_of_units_changes_no_output(seed, shift, scale):
    rng = np.random.default_rng(seed)
    x, y = rng.normal(size=(1, 20)), (np.arange(20) % 2)[None]
    positions = np.array([2.0, np.nan, 7.0])
    here, there = tip(x, y, positions), tip(scale * x + shift, y, scale * positions + shift)
    assert here.label == there.label
    np.testing.assert_allclose(there.line_outputs, here.line_outputs, atol=1e-9)
    np.testing.assert_allclose(there.sigmoid_outputs, here.sigmoid_outputs, atol=1e-9)


def test_the_extra_example_is_of_the_class_on_the_right():
    assert (
        tip(DATASETS["challenger"].X, DATASETS["challenger"].Y, [90.0]).label == 0
    )  # warm launches: no harm
    assert tip(X, Y, [9.0]).label == 1
    assert tip(X, 1 - Y, [9.0]).label == 0
    assert tip([[1.0, 1.0]], [[0, 1]], [2.0]).label == 1


@pytest.mark.parametrize("data", REAL, ids=named)
def test_the_sigmoid_stays_between_0_and_1_and_the_line_never_does(data):
    result = tip(data.X, data.Y, [math.nan, *from_the_edge(data)])
    outputs = result.sigmoid_outputs[~np.isnan(result.sigmoid_outputs)]
    assert np.all((outputs > 0) & (outputs < 1))
    assert result.converged.all()
    # Without the extra example 3 of the line's outputs are outside already; far out only the extra one's.
    assert result.outside[0] == 3
    assert np.all(result.outside >= 1)
    assert result.outside[-1] == 1
    assert not 0 <= result.line_outputs[-1, -1] <= 1
    assert not (result.smallest[0] >= 0 and result.largest[0] <= 1)


@pytest.mark.parametrize(
    ("data", "line_moves"), [(REAL[0], 20.0), (REAL[1], 0.35)], ids=["challenger", "hours"]
)
def test_the_far_example_moves_the_cut_of_the_line_and_hardly_that_of_the_sigmoid(data, line_moves):
    result = tip(data.X, data.Y, from_the_edge(data))
    line, sigmoid = np.ptp(result.line_cut), np.ptp(result.sigmoid_cut)
    assert line > line_moves
    assert line > 50 * sigmoid
    toward = (
        1 if result.label else -1
    )  # hours: to the right; challenger: to the left; away from the easy class
    assert np.all(np.diff(toward * result.line_cut) > 0)


def test_on_challenger_the_line_ends_up_missing_every_damaged_launch():
    data = DATASETS["challenger"]
    result = tip(data.X, data.Y, [math.nan, *from_the_edge(data)])
    assert result.line_mistakes[0] == 3
    assert result.line_mistakes[-1] == 7
    assert np.all(np.diff(result.line_mistakes) >= 0)
    np.testing.assert_array_equal(result.line_wrong[-1], result.Y == 1)
    np.testing.assert_array_equal(result.sigmoid_mistakes, 3)


def test_on_hours_the_tipped_line_happens_to_miss_no_more():
    # The cut moves from 2.79 h to 3.19 h: over one student who failed, at 3 h, and no one else.
    data = DATASETS["hours"]
    result = tip(data.X, data.Y, [math.nan, *from_the_edge(data)])
    assert result.line_mistakes[0] == 5
    assert result.line_mistakes.max() == 5
    assert result.line_mistakes[-1] == 4
    np.testing.assert_array_equal(result.sigmoid_mistakes, 4)


def test_separable_data_never_converge():
    data = DATASETS["separable"]
    result = tip(data.X, data.Y, [math.nan, *from_the_edge(data)])
    assert not result.converged.any()
    assert not result.sigmoid_wrong.any()
    assert np.isfinite(result.sigmoid_w).all()
    # On the wrong side of the cut the extra example makes a minimum.
    assert tip(data.X, data.Y, [data.X.min()]).converged.all()


def test_without_the_extra_example_its_column_is_nan_and_never_wrong():
    result = tip(X, Y, [math.nan])
    m = X.size
    for table in (result.X, result.line_outputs, result.sigmoid_outputs):
        assert table.shape == (1, m + 1)
        assert np.isnan(table[0]).tolist() == [False] * m + [True]
    assert not result.line_wrong[0, m]
    assert not result.sigmoid_wrong[0, m]


def test_positions_may_come_in_any_order_and_twice():
    positions = np.array([20.0, math.nan, 6.0, 20.0, -3.0])
    result = tip(X, Y, positions)
    np.testing.assert_array_equal(result.positions, positions)
    for i, position in enumerate(positions):
        alone = tip(X, Y, [position])
        for name in ("line_w", "line_b", "sigmoid_w", "line_cut", "sigmoid_cut", "outside", "line_wrong"):
            np.testing.assert_array_equal(getattr(result, name)[i], getattr(alone, name)[0], err_msg=name)


def test_a_line_without_a_slope_has_no_cut():
    result = tip([[0.1, 0.1, 0.1]], [[0, 1, 1]], [math.nan, 0.1, 0.4])
    assert result.line_w[:2].tolist() == [0, 0]
    assert np.isnan(result.line_cut).tolist() == [True, True, False]
    assert result.line_b[0] == pytest.approx(2 / 3)
    assert np.isnan(result.sigmoid_cut[0]) or abs(result.sigmoid_w[0]) < 1e-12


def test_outputs_on_the_edge_are_not_outside():
    result = tip([[0.1, 0.7]], [[0, 1]], [math.nan])
    np.testing.assert_allclose(result.line_outputs[0, :2], [0, 1], atol=1e-15)
    assert result.outside[0] == 0


def test_the_result_cannot_be_written_to_and_the_arguments_still_can():
    positions = np.array([7.0, 8.0])
    result = tip(X, Y, positions)
    for name, value in vars(result).items():
        if name != "label":
            assert not value.flags.writeable, name
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
        tip(**({"X": X, "Y": Y, "positions": [7.0]} | change))
