"""The numbers in the questions and their replies, all computed here."""

from functools import lru_cache
from typing import Any, Final

import numpy as np

from explainer.chapters.recap.curves import CURVES, DATA, FIRST, walk
from explainer.chapters.recap.landing import landing
from explainer.maths import graph, linear, logistic, numpy_basics, scores, shallow
from explainer.maths.broadcasting import compare
from explainer.maths.datasets import CURVED, DATASETS, standardise
from explainer.maths.training import span, train_in_span
from explainer.pictures import SIDE, to_columns
from explainer.pictures.chosen import drawings
from explainer.pictures.columns import CHANNELS, index_of, n_x
from explainer.words.numbers import Share, number

SMALL_SIDE: Final = SIDE // 2
ROW, COLUMN, CHANNEL = 1, 2, 1
"""A pixel and its green part."""
COLD: Final = 50.0
"""°F, colder than it was at any launch before the last."""
DEAR: Final = 9
"""How many times as bad as a false alarm it is to miss a cat."""
CROSS: Final = 5.0, -2.0
"""w and b of a curve that is to be read."""
TIMID, BOLD = (0.6, 0.6, 0.6), (0.95, 0.95, 0.05)
"""What the two models say of cats."""
SURE: Final = 0.01
"""A model's answer that is sure and wrong, where y = 1."""
RATES: Final = {"next": 0.01, "larger": 0.1, "smaller": 0.001, "huge": 100.0}
NEXT_STEPS: Final = 100
INPUTS: Final = {"a": 2.0, "b": 4.0, "c": 5.0}
PULLS: Final = 0.1, 0.8
"""Two answers where y = 1."""
LEFT, RIGHT = (3, 1), (4,)
NUM_EXAMPLES: Final = 209
"""Of the course."""
ROWS: Final = (2, 3)
OFF: Final = 4, 1
"""How far the prediction of A is off in one example, and that of B in each of as many examples."""
TEST: Final = 35, 50, 33
"""Right answers, pictures and cats, as in the course's test."""
SMALL_TEST, LARGE_TEST = (42, 50), (4000, 5000)
"""Right answers and pictures."""
WANTED: Final = 0.75
PICTURE_RATE, PICTURE_STEPS = 0.005, 2000
UNITS, HIDDEN_STEPS, HIDDEN_RATE, SEED = 3, 2000, 1.0, 1
WIDTH: Final = 4


@lru_cache(maxsize=1)
def answers() -> dict[str, Any]:
    """By the names that stand in the chapter's words."""
    return {
        **_pixels(),
        **_sigmoid(),
        **_loss(),
        **_descent(),
        **_graph(),
        **_shapes(),
        **_cats(),
        **_hidden(),
    }


def _pixels() -> dict[str, Any]:
    size = n_x(SIDE)
    return {
        "side": SIDE,
        "small": SMALL_SIDE,
        "channels": CHANNELS,
        "n_x": size,
        "small_share": f"1/{size // n_x(SMALL_SIDE)}",
        "column": (size, 1),
        "as_row": (1, size),
        "flat": (size,),
        "picture": (SIDE, SIDE, CHANNELS),
        "grey": (size // CHANNELS, 1),
        "row": ROW,
        "pixel_column": COLUMN,
        "index": index_of(ROW, COLUMN, CHANNEL, SIDE),
        "pixels_before": ROW * SIDE + COLUMN,
    }


def _sigmoid() -> dict[str, Any]:
    launches = DATASETS[DATA]
    scaled = standardise(launches.X)
    x = (COLD - scaled.mean.item()) / scaled.scale.item()
    straight, curved = linear.fit(scaled.X, launches.Y), logistic.fit(scaled.X, launches.Y)
    w, b = CROSS
    return {
        "cold": number(COLD),
        "line_cold": number(straight.w.item() * x + straight.b, 3),
        "sigmoid_cold": number(float(logistic.sigmoid(curved.w.item() * x + curved.b)), 3),
        "dear": DEAR,
        "cut": number(1 / (1 + DEAR)),
        "cut_other": number(DEAR / (1 + DEAR)),
        "half": number(float(logistic.sigmoid(0.0))),
        "cross_w": number(w),
        "cross_b": number(b),
        "cross": -b / w,
    }


def _loss() -> dict[str, Any]:
    timid, bold = (logistic.loss(np.array(said), np.ones(len(said))) for said in (TIMID, BOLD))
    at = np.zeros((1, 1)), _z(SURE).item(), np.ones((1, 1)), np.ones((1, 1))
    log, squared = logistic.LOG_LOSS, logistic.SIGMOID_SQUARED_ERROR
    return {
        "timid": ", ".join(map(number, TIMID)),
        "bold": ", ".join(map(number, BOLD)),
        "timid_cost": number(float(timid.mean()), 2),
        "bold_cost": number(float(bold.mean()), 2),
        "bold_worst": number(min(BOLD)),
        "bold_loss": number(float(bold.max()), 2),
        "sure": number(SURE),
        "pull_log": number(log.gradients(*at)[1], 2),
        "pull_squared": number(squared.gradients(*at)[1], 2),
        "no_idea": float(logistic.loss(0.5, 1)),
        "no_idea_text": number(float(logistic.loss(0.5, 1)), 3),
    }


def _descent() -> dict[str, Any]:
    found: dict[str, Any] = {"next_steps": NEXT_STEPS}
    for name, rate in RATES.items():
        costs = walk(FIRST, rate, NEXT_STEPS).costs
        found |= {f"{name}_rate": number(rate), f"{name}_to": number(float(costs[-1]), 3)}
        found["next_from"] = number(float(costs[0]), 3)
    found |= {f"rate_{letter}": number(rate) for letter, rate in CURVES.items()}
    return found | landing()


def _graph() -> dict[str, Any]:
    course = graph.course()
    back = course.backward(course.forward(INPUTS))
    small, large = (float(logistic.loss_and_slope(_z(a), np.array([[1.0]]))[1].item()) for a in PULLS)
    return {
        **{f"graph_{name}": number(value) for name, value in INPUTS.items()},
        "graph_u": number(float(back["u"])),
        "graph_slope": float(back["b"]),
        "graph_slope_text": number(float(back["b"])),
        "pull_a": number(PULLS[0]),
        "pull_b": number(PULLS[1]),
        "dz_a": number(small, 2),
        "dz_b": number(large, 2),
    }


def _z(a: float) -> np.ndarray[Any, Any]:
    """The z whose sigmoid is a, (1, 1)."""
    return np.array([[np.log(a / (1 - a))]])


def _shapes() -> dict[str, Any]:
    m, (rows, columns) = NUM_EXAMPLES, ROWS
    result, wrong = compare(LEFT, RIGHT).result, compare((1, m), (m, 1)).result
    assert result is not None and wrong is not None
    y = np.zeros(OFF[0])
    once, each = np.array([float(OFF[0]), *y[1:]]), np.full(OFF[0], float(OFF[1]))
    losses = (("l1", numpy_basics.l1), ("l2", numpy_basics.l2))
    return {
        "left": LEFT,
        "right": RIGHT,
        "sum": result,
        "sum_turned": result[::-1],
        "answers_shape": (1, m),
        "labels_flat": (m,),
        "labels_column": (m, 1),
        "wrong_shape": wrong,
        "wrong_count": f"{wrong[0] * wrong[1]:,}",
        "rows_shape": ROWS,
        "row_lengths": (rows, 1),
        "row_lengths_flat": (rows,),
        "column_lengths": (1, columns),
        "off_once": OFF[0],
        "off_each": OFF[1],
        "off_count": OFF[0],
        **{f"{name}_a": number(loss(once, y)) for name, loss in losses},
        **{f"{name}_b": number(loss(each, y)) for name, loss in losses},
    }


def _cats() -> dict[str, Any]:
    right, m, cats = TEST
    split = drawings().split
    assert split.held_out is not None
    training, held_out = split.training, split.held_out
    (run,) = train_in_span(span(to_columns(training.pictures), training.Y), (PICTURE_RATE,), PICTURE_STEPS)
    said = logistic.predict(run.w, run.b, to_columns(held_out.pictures))
    found: dict[str, Any] = {
        "test_m": m,
        "test_right": Share(right / m),
        "test_always": Share(cats / m),
        "wanted": Share(WANTED),
        "learned": Share(np.mean((run.Z[-1] > 0) == (training.Y[0] == 1))),
        "unseen": Share(np.mean(said == held_out.Y)),
    }
    for name, (share, of) in {"test": (right, m), "small": SMALL_TEST, "large": LARGE_TEST}.items():
        low, high = scores.wilson_interval(share, of)
        found |= {f"{name}_low": Share(low), f"{name}_high": Share(high)}
    for name, (share, of) in {"small": SMALL_TEST, "large": LARGE_TEST}.items():
        found |= {f"{name}_right": Share(share / of), f"{name}_m": f"{of:,}"}
    return found


def _hidden() -> dict[str, Any]:
    data = CURVED["rings"]
    neuron = logistic.fit(data.X, data.Y)
    layer = shallow.train(data.X, data.Y, UNITS, HIDDEN_RATE, HIDDEN_STEPS, SEED)
    end, zeros = layer.parameters, shallow.Parameters(
        np.zeros((UNITS, 2)), np.zeros((UNITS, 1)), np.zeros((1, UNITS)), np.zeros((1, 1))
    )  # fmt: skip
    alone = walk((0.0, 0.0), HIDDEN_RATE, NEXT_STEPS).costs
    layered = shallow.descend(zeros, data.X, data.Y, HIDDEN_RATE, NEXT_STEPS)
    W1 = shallow.initialize(2, WIDTH, SEED).W1
    found: dict[str, Any] = {
        "units": UNITS,
        "width": WIDTH,
        "inputs": 2,
        "W1": W1.shape,
        "W1_turned": W1.shape[::-1],
        "W2": (1, WIDTH),
        "b1": (WIDTH, 1),
        "zeros_from": number(float(alone[0]), 3),
        "zeros_to": number(float(alone[-1]), 3),
        "layer_from": number(float(layered.costs[0]), 3),
        "layer_to": number(float(layered.costs[-1]), 3),
    }
    for name, X, Y in (("", data.X, data.Y), ("_new", data.held_out_X, data.held_out_Y)):
        found[f"one{name}"] = Share(np.mean(logistic.predict(neuron.w, neuron.b, X) == Y))
        found[f"layer{name}"] = Share(np.mean((shallow.forward(end, X).A2 > 0.5) == (Y == 1)))
    return found
