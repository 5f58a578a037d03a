"""Every number in the questions, computed a second time by other means: loops, formulas, plain NumPy."""

import math
from itertools import pairwise, product
from typing import Any

import numpy as np
import pytest

from explainer.chapters.recap import answers as chosen
from explainer.chapters.recap.answers import answers
from explainer.chapters.recap.curves import CURVE_STEPS, CURVES, FIRST, curves, walk
from explainer.chapters.recap.landing import BEGIN, NEAR
from explainer.maths.datasets import CHALLENGER, CURVED
from explainer.maths.shallow import initialize
from explainer.pictures import to_columns
from explainer.pictures.chosen import drawings
from explainer.words import words

NUMBERS = answers()
QUESTIONS = {question.name: question for question in words("recap").questions}


def launches() -> tuple[list[float], list[int]]:
    """x, standardised by hand, and y."""
    xs, ys = [float(x) for x, _ in CHALLENGER], [int(y) for _, y in CHALLENGER]
    mean = sum(xs) / len(xs)
    scale = math.sqrt(sum((x - mean) ** 2 for x in xs) / len(xs))
    return [(x - mean) / scale for x in xs], ys


def sigmoid(z: float) -> float:
    return 1 / (1 + math.exp(-z)) if z > -700 else 0.0


def cost(w: float, b: float) -> float:
    x, y = launches()
    return sum(math.log1p(math.exp(-(w * p + b) * (2 * q - 1))) for p, q in zip(x, y, strict=True)) / len(x)


def slopes(w: float, b: float) -> tuple[float, float]:
    x, y = launches()
    dz = [sigmoid(w * p + b) - q for p, q in zip(x, y, strict=True)]
    return sum(d * p for d, p in zip(dz, x, strict=True)) / len(x), sum(dz) / len(x)


def descended(start: tuple[float, float], rate: float, steps: int) -> list[tuple[float, float]]:
    places = [start]
    for _ in range(steps):
        (w, b), (dw, db) = places[-1], slopes(*places[-1])
        places.append((w - rate * dw, b - rate * db))
    return places


def said(name: str) -> float:
    """A number as its text says it."""
    return float(str(NUMBERS[name]).replace("−", "-").replace(",", ""))


def is_said(name: str, value: float, digits: int = 3) -> bool:
    return said(name) == pytest.approx(value, rel=0.6 * 10 ** (1 - digits), abs=1e-12)


def test_the_column_and_a_place_in_it() -> None:
    side = NUMBERS["side"]
    order = [(row, column, channel) for row, column, channel in product(range(side), range(side), range(3))]
    assert len(order) == NUMBERS["n_x"] and NUMBERS["column"] == (len(order), 1)
    assert NUMBERS["as_row"] == (1, len(order)) and NUMBERS["flat"] == (len(order),)
    assert NUMBERS["picture"] == (side, side, 3) and NUMBERS["grey"] == (side * side, 1)
    green = order.index((NUMBERS["row"], NUMBERS["pixel_column"], 1))
    assert NUMBERS["index"] == green == 3 * NUMBERS["pixels_before"] + 1
    assert NUMBERS["small_share"] == f"1/{side**2 // NUMBERS['small'] ** 2}"


def test_the_line_leaves_what_a_probability_can_be() -> None:
    x, y = [float(one) for one, _ in CHALLENGER], [int(one) for _, one in CHALLENGER]
    slope, intercept = np.polyfit(x, y, 1)
    assert is_said("line_cold", slope * chosen.COLD + intercept) and said("line_cold") > 1
    published = 15.0429 - 0.2322 * chosen.COLD  # Dalal, Fowlkes and Hoadley (1989)
    assert said("sigmoid_cold") == pytest.approx(sigmoid(published), abs=0.001)
    assert 0 < said("sigmoid_cold") < 1
    assert sum(temperature < chosen.COLD for temperature in x) == 0


def test_the_cut_where_both_mistakes_cost_the_same() -> None:
    cuts = np.linspace(0, 1, 10_001)
    first = cuts[np.argmax(NUMBERS["dear"] * cuts >= 1 - cuts)]
    assert is_said("cut", first) and is_said("cut_other", 1 - first)
    w, b, x = said("cross_w"), said("cross_b"), NUMBERS["cross"]
    assert sigmoid(w * x + b) == said("half") == 0.5


def test_timid_and_bold() -> None:
    timid, bold = ([float(one) for one in NUMBERS[name].split(", ")] for name in ("timid", "bold"))
    costs = [sum(-math.log(a) for a in said) / len(said) for said in (timid, bold)]
    assert is_said("timid_cost", costs[0], 2) and is_said("bold_cost", costs[1], 2) and costs[0] < costs[1]
    worst, others = -math.log(min(bold)), sum(-math.log(a) for a in bold if a > min(bold))
    assert is_said("bold_worst", min(bold)) and is_said("bold_loss", worst, 2)
    assert worst > sum(-math.log(a) for a in timid) - others, "more than all that it gained"


def test_what_pulls_at_a_sure_mistake() -> None:
    a, step = said("sure"), 1e-6
    z = math.log(a / (1 - a))
    log = (-math.log(sigmoid(z + step)) + math.log(sigmoid(z - step))) / (2 * step)
    squared = ((sigmoid(z + step) - 1) ** 2 - (sigmoid(z - step) - 1) ** 2) / (2 * step)
    assert is_said("pull_log", log, 2) and is_said("pull_squared", squared, 2)
    assert abs(log) > 20 * abs(squared)
    assert NUMBERS["no_idea"] == pytest.approx(math.log(2)) and is_said("no_idea_text", math.log(2))


@pytest.mark.parametrize("name", chosen.RATES)
def test_trainings_at_four_rates(name: str) -> None:
    places = descended(FIRST, chosen.RATES[name], NUMBERS["next_steps"])
    assert is_said("next_from", cost(*places[0]))
    assert is_said(f"{name}_to", cost(*places[-1])) and is_said(f"{name}_rate", chosen.RATES[name])
    falls = all(cost(*later) < cost(*sooner) for sooner, later in pairwise(places))
    assert falls == (name != "huge"), "evenly, or leaping"


def test_of_the_rates_to_go_on_with_the_larger_one_is_best() -> None:
    ends = {name: said(f"{name}_to") for name in ("smaller", "larger", "huge")}
    assert min(ends, key=ends.__getitem__) == "larger"


@pytest.mark.parametrize("letter", CURVES)
def test_curves_are_what_is_said_of_them(letter: str) -> None:
    costs = [cost(*place) for place in descended(FIRST, CURVES[letter], CURVE_STEPS)]
    assert curves()[letter] == pytest.approx(costs, rel=1e-6)
    rises = sum(later > sooner for sooner, later in pairwise(costs))
    kind = {"A": rises == 0 and costs[20] < 0.2 * costs[0], "B": rises > 5, "C": costs[-1] > 0.8 * costs[0]}
    assert kind[letter]
    assert is_said(f"rate_{letter}", CURVES[letter])


def test_where_the_walk_rests_and_where_mistakes_lead() -> None:
    places = descended(BEGIN, 1.0, 400)
    assert NUMBERS["rest"] == pytest.approx(places[-1], abs=0.01)
    assert (walk(BEGIN).w[-1, 0], walk(BEGIN).b[-1]) == pytest.approx(NUMBERS["rest"], abs=0.05)
    dw, db = slopes(*BEGIN)
    ahead = [(BEGIN[0] - t * dw, BEGIN[1] - t * db) for t in np.linspace(0, 40, 2001)]
    lowest = min(ahead, key=lambda place: cost(*place))
    assert NUMBERS["rest_ahead"] == pytest.approx(lowest, abs=0.1)
    places_to_press = [NUMBERS[name] for name in ("rest", "rest_zero", "rest_ahead")]
    for one, other in ((0, 1), (0, 2), (1, 2)):
        assert math.dist(places_to_press[one], places_to_press[other]) > 2 * NEAR
    assert math.dist(BEGIN, NUMBERS["rest"]) > 2 * NEAR
    assert NUMBERS["rest_from"] == "-7,3"
    assert is_said("rest_to_w", NUMBERS["rest"][0], 2) and is_said("rest_to_b", NUMBERS["rest"][1], 2)


def test_how_fast_and_how_hard() -> None:
    a, b, c = (said(f"graph_{name}") for name in "abc")
    nudged = (3 * (a + (b + 1e-6) * c) - 3 * (a + b * c)) / 1e-6
    assert NUMBERS["graph_slope"] == said("graph_slope_text") == pytest.approx(nudged, rel=1e-6)
    assert said("graph_u") * c == NUMBERS["graph_slope"]
    for name in "ab":
        assert is_said(f"dz_{name}", said(f"pull_{name}") - 1, 2)
    assert abs(said("dz_a")) > abs(said("dz_b"))


def test_shapes_are_numpys_own() -> None:
    P, Q = np.zeros(NUMBERS["left"]), np.zeros(NUMBERS["right"])
    assert NUMBERS["sum"] == (P + Q).shape and NUMBERS["sum_turned"] == (P + Q).T.shape
    A = np.zeros(NUMBERS["answers_shape"])
    assert (A - np.zeros(NUMBERS["labels_flat"])).shape == A.shape
    wrong = A - np.zeros(NUMBERS["labels_column"])
    assert wrong.shape == NUMBERS["wrong_shape"] and said("wrong_count") == wrong.size


def test_row_lengths_are_numpys_own() -> None:
    x = np.ones(NUMBERS["rows_shape"])
    assert np.linalg.norm(x, axis=1, keepdims=True).shape == NUMBERS["row_lengths"]
    assert np.linalg.norm(x, axis=0, keepdims=True).shape == NUMBERS["column_lengths"]
    flat = np.linalg.norm(x, axis=1)
    assert flat.shape == NUMBERS["row_lengths_flat"]
    with pytest.raises(ValueError, match="broadcast"):
        x / flat


def test_l1_sees_no_difference_and_l2_does() -> None:
    a = [NUMBERS["off_once"]]
    b = [NUMBERS["off_each"]] * NUMBERS["off_count"]
    assert said("l1_a") == sum(a) == said("l1_b") == sum(b)
    assert said("l2_a") == sum(one**2 for one in a) > said("l2_b") == sum(one**2 for one in b)


def wilson(right: int, m: int) -> tuple[float, float]:
    """Where |share - p| is 1.96 standard deviations of p, by halving."""
    z, share = 1.959964, right / m

    def end(inside: float, outside: float) -> float:
        for _ in range(60):
            middle = (inside + outside) / 2
            is_in = abs(share - middle) <= z * math.sqrt(middle * (1 - middle) / m)
            inside, outside = (middle, outside) if is_in else (inside, middle)
        return inside

    return end(share, 0.0), end(share, 1.0)


def test_intervals_and_the_baseline() -> None:
    right, m, cats = chosen.TEST
    tests = {"test": (right, m), "small": chosen.SMALL_TEST, "large": chosen.LARGE_TEST}
    for name, (share, of) in tests.items():
        assert (NUMBERS[f"{name}_low"], NUMBERS[f"{name}_high"]) == pytest.approx(wilson(share, of), abs=1e-5)
        assert float(NUMBERS[f"{name}_right"]) == share / of
    assert float(NUMBERS["test_always"]) == max(cats, m - cats) / m and NUMBERS["test_m"] == m
    assert said("small_m") == chosen.SMALL_TEST[1] and said("large_m") == chosen.LARGE_TEST[1]
    assert NUMBERS["test_low"] < NUMBERS["test_always"] < NUMBERS["test_right"] < NUMBERS["test_high"]
    assert NUMBERS["small_low"] < NUMBERS["wanted"] < NUMBERS["large_low"]
    assert NUMBERS["small_right"] > NUMBERS["large_right"] > NUMBERS["wanted"]


def test_a_neuron_on_the_drawings_by_products_of_drawings() -> None:
    """w is X c: so w and its step need no more than the products of drawings with each other."""
    split = drawings().split
    assert split.held_out is not None
    X, Y = to_columns(split.training.pictures), split.training.Y
    others = to_columns(split.held_out.pictures)
    products, with_others = X.T @ X, others.T @ X
    c, b = np.zeros(Y.size), 0.0
    for _ in range(2000):
        dz = 1 / (1 + np.exp(-(products @ c + b))) - Y[0]
        c, b = c - 0.005 * dz / Y.size, b - 0.005 * float(dz.mean())
    learned = ((products @ c + b > 0) == (Y[0] == 1)).mean()
    unseen = ((with_others @ c + b > 0) == (split.held_out.Y[0] == 1)).mean()
    assert float(NUMBERS["learned"]) == pytest.approx(learned, abs=1e-9)
    assert float(NUMBERS["unseen"]) == pytest.approx(unseen, abs=1e-9)
    assert NUMBERS["learned"] - NUMBERS["unseen"] > 0.1


def layer(X: Any, Y: Any, W1: Any, b1: Any, W2: Any, b2: Any, steps: int) -> tuple[Any, list[float]]:
    """Trains a hidden layer at rate 1 by the course's lines; the parameters and every J."""
    m, costs = X.shape[1], []
    for step in range(steps + 1):
        A1 = np.tanh(W1 @ X + b1)
        A2 = 1 / (1 + np.exp(-(W2 @ A1 + b2)))
        costs.append(float(-np.mean(Y * np.log(A2) + (1 - Y) * np.log(1 - A2))))
        if step == steps:
            break
        dZ2 = A2 - Y
        dZ1 = W2.T @ dZ2 * (1 - A1**2)
        W2, b2 = W2 - dZ2 @ A1.T / m, b2 - dZ2.mean(axis=1, keepdims=True)
        W1, b1 = W1 - dZ1 @ X.T / m, b1 - dZ1.mean(axis=1, keepdims=True)
    return (W1, b1, W2, b2), costs


def test_one_neuron_cannot_part_the_rings_and_a_hidden_layer_can() -> None:
    data = CURVED["rings"]
    start = initialize(2, NUMBERS["units"], chosen.SEED)
    end, _ = layer(data.X, data.Y, start.W1, start.b1, start.W2, start.b2, chosen.HIDDEN_STEPS)
    w, b = np.zeros((2, 1)), 0.0
    for _ in range(20_000):
        dZ = 1 / (1 + np.exp(-(w.T @ data.X + b))) - data.Y
        w, b = w - data.X @ dZ.T / data.Y.size, b - float(dZ.mean())
    W1, b1, W2, b2 = end
    for name, X, Y in (("", data.X, data.Y), ("_new", data.held_out_X, data.held_out_Y)):
        layered = ((W2 @ np.tanh(W1 @ X + b1) + b2 > 0) == (Y == 1)).mean()
        assert float(NUMBERS[f"layer{name}"]) == pytest.approx(layered, abs=1e-9)
        assert float(NUMBERS[f"one{name}"]) == pytest.approx(((w.T @ X + b > 0) == (Y == 1)).mean(), abs=1e-9)
    assert NUMBERS["one"] < 0.6 < 0.9 < NUMBERS["layer_new"]


def test_from_zeros_a_neuron_learns_and_a_hidden_layer_does_not() -> None:
    data, n_h, steps = CURVED["rings"], NUMBERS["units"], NUMBERS["next_steps"]
    zeros = np.zeros((n_h, 2)), np.zeros((n_h, 1)), np.zeros((1, n_h)), np.zeros((1, 1))
    _, costs = layer(data.X, data.Y, *zeros, steps)
    assert is_said("layer_from", costs[0]) and is_said("layer_to", costs[-1])
    assert costs[-1] == pytest.approx(costs[0], abs=1e-12)
    places = descended((0.0, 0.0), 1.0, steps)
    assert is_said("zeros_from", cost(*places[0])) and is_said("zeros_to", cost(*places[-1]))
    assert cost(*places[-1]) < 0.7 * cost(*places[0])


def test_shapes_of_the_layer() -> None:
    W1, b1, W2 = (np.zeros(NUMBERS[name]) for name in ("W1", "b1", "W2"))
    X = np.zeros((NUMBERS["inputs"], 7))
    assert W1.shape[0] == NUMBERS["width"] and (W2 @ np.tanh(W1 @ X + b1)).shape == (1, 7)
    assert NUMBERS["W1_turned"] == W1.T.shape


def test_right_options_are_those_that_the_numbers_say() -> None:
    right = {name: one.options[one.right].text for name, one in QUESTIONS.items() if one.options}
    assert right["smaller-pictures"].format(**NUMBERS) == f"about {NUMBERS['small_share']} of it"
    assert right["whose-number"] == "{line_cold}" and right["which-cut"] == "{cut}"
    assert right["which-rate-next"] == "{larger_rate}"
    assert right["which-curve"] == "A {rate_A}, B {rate_B}, C {rate_C}"
    assert right["which-labels"] == "Y of shape {labels_column}"
    assert right["timid-or-bold"] == "A" and right["which-test"] == "of B"
    assert NUMBERS["units"] and isinstance(QUESTIONS["shape-of-w1"].shape.right, str)  # type: ignore[union-attr]
