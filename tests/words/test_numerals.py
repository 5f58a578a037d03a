"""Every numeral that a sentence of the app says outright, against what it comes from.

A number that can be computed is best a placeholder. One that stands in the words is in one of three tables:
`SAID`, all that one text says, in its order; `MEANT`, what a number stands for wherever else its file says
it; `AS_A_WORD`, where a numeral is a manner of speaking, with the reason: there a place may be a pattern.
"""

import math
import tomllib
from collections.abc import Callable, Mapping, Sequence
from fnmatch import fnmatchcase
from inspect import signature
from pathlib import Path
from typing import Any, Final

import numpy as np
import pytest

from explainer.chapters.cats.accuracy_text import SURE
from explainer.chapters.cats.chapter import HOLD
from explainer.chapters.cats.learning import FOUR, NUM_ITERATIONS
from explainer.chapters.descent import answers as descent
from explainer.chapters.descent.chapter import FOUR_RATES
from explainer.chapters.graph import blanks
from explainer.chapters.graph.chain_rule import NUDGE
from explainer.chapters.hidden import drawings_compared, more_views, trainings
from explainer.chapters.hidden.answers import TRIED
from explainer.chapters.hidden.points import points_of
from explainer.chapters.numpy_basics.cards import CARDS, LARGEST, MOST_OF_IMAGE, prepared
from explainer.chapters.numpy_basics.exercises import EXERCISES
from explainer.chapters.recap.answers import answers
from explainer.chapters.recap.curves import CURVES
from explainer.chapters.sigmoid.chapter import INPUT
from explainer.chapters.vectorization.broadcasting_steps import CASES
from explainer.chapters.vectorization.chapter import N
from explainer.chapters.vectorization.measured_text import FEWEST
from explainer.chapters.vectorization.stopwatch import BUDGET
from explainer.chapters.vectorization.trainings import NUM_PICTURES, WAYS
from explainer.maths import assignment, logistic, scores, written_training
from explainer.maths.datasets import CURVED, DATASETS
from explainer.maths.landscape import landscape
from explainer.pictures import HELD_OUT_FAMILIES, course, files, sets, zips
from explainer.pictures.columns import CHANNELS, SIDE, n_x
from explainer.talk import plan
from explainer.words import words
from explainer.words.progress import INTERVALS
from tests.words.numerals import SPELT, numerals, sources, texts

ABOUT: Final = type(pytest.approx(0))
Numbers = Callable[[], list[Any]]


def state(chapter: str, scene: str, *names: str) -> list[float]:
    """What a scene sets."""
    (found,) = [one for one in words(chapter).scenes if one.name == scene]
    return [float(found.state[name]) for name in names]


def confidence() -> float:
    """The percentage behind Wilson's interval, from its width for very many pictures."""
    m = 10**8
    low, high = scores.wilson_interval(m // 2, m)
    return float(100 * math.erf((high - low) * math.sqrt(m) / math.sqrt(2)))


def guessing() -> float:
    """Pairs of a hundred that somebody gets right who gives every picture the same."""
    return 100 * scores.rank_pairs([0.5, 0.5, 0.5], [1, 0, 0]).share


def nudged() -> list[float]:
    """How far b, u, v and J move, as multiples of what moved them."""
    graph = blanks.GRAPHS["course"]
    back = graph.backward(graph.forward(blanks.FIRST_INPUTS))
    return [NUDGE, back["b"] / back["u"], back["u"], back["b"]]


def mistakes_at_best() -> list[Any]:
    """How many examples the best curve gets wrong, and their share of all losses."""
    shown, (w, b) = landscape("challenger", "sigmoid"), state("loss", "as good as it gets", "w", "b")
    Z, Y = w * shown.standardised.X + b, shown.data.Y
    losses, wrong = logistic.loss_from_z(Z, Y)[0], ((Z > 0) != (Y == 1))[0]
    return [int(wrong.sum()), pytest.approx(losses[wrong].sum() / losses.sum(), rel=0.15)]


def shapes_of(name: str) -> list[int]:
    return [size for argument in EXERCISES[name].arguments for size in np.shape(argument)]


def values_of(name: str) -> list[float]:
    return [float(value) for argument in EXERCISES[name].arguments for value in np.ravel(argument)]


def dot_terms() -> list[float]:
    """1 × 4 + 2 × 5 + 3 × 6, without the 1."""
    x1, x2 = EXERCISES["dot"].arguments
    return [value for pair in zip(x1, x2, strict=True) for value in pair if value != 1]


def trap() -> list[int]:
    shape_1, shape_2 = CASES["trap"]
    return [max(shape_2), math.prod(np.broadcast_shapes(shape_1, shape_2))]


def examples_of(function: str, example: str) -> list[int]:
    """How many numbers each prepared argument holds along its last axis."""
    return [np.shape(value)[-1] for value in prepared(function, example).values]


def shape_in(question: str, setting: str) -> list[int]:
    """The sizes of a shape that a question of *Vectorization* sets, without the 1."""
    (found,) = [one for one in words("vectorization").questions if one.name == question]
    return [int(size) for size in found.state[setting].split("x") if size != "1"]


def times_the_course(scene: str) -> float:
    """The learning rate of a scene of *Cats*, as a multiple of the course's."""
    return state("cats", scene, RATE)[0] / state("cats", "the course's own", RATE)[0]


def thousand() -> list[float]:
    """The number in the first row of an example, and how many times it is there."""
    row = prepared("softmax", "thousand").values[0][0]
    assert len(set(row)) == 1
    return [float(row[0]), len(row)]


def small_side() -> list[float]:
    return state("pixels", "8 × 8", "resolution")


def half_the_side() -> list[float]:
    (found,) = [one for one in words("pixels").questions if one.name == "half the side"]
    return [int(found.state["resolution"]) / SIDE]


def moved_curve() -> list[float]:
    """w and the size of b."""
    w, b = state("sigmoid", "b = −3", "w", "b")
    return [w, -b]


def crossing() -> float:
    w, minus_b = moved_curve()
    return minus_b / w


def given(exercise: str, case: str) -> list[Any]:
    """What an exercise of the assignment gives in one of its cases."""
    return list(assignment.EXERCISES[exercise].cases[case].values())


def image(case: str) -> list[int]:
    """The sizes of an image of the assignment, without the 1."""
    return [size for size in np.shape(given("image2vector", case)[0]) if size != 1]


def threshold() -> float:
    """The probability at which the prediction of the course's lines turns, which is their last number."""
    return float(assignment.EXERCISES["predict"].lines.split(" > ")[1].split(")")[0])


def units(scene: str) -> int:
    """The hidden units of a scene."""
    return int(state("hidden", scene, "units")[0])


def oldest_python() -> float:
    """The version that the project says it needs."""
    text = (Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8")
    return float(tomllib.loads(text)["project"]["requires-python"].removeprefix(">="))


def sizes() -> list[int]:
    """How many numbers W1, b1 and W2 of the first hidden layer hold."""
    start = trainings.start(2, units("three units"), trainings.RANDOM, 1)
    return [start.W1.size, start.b1.size, start.W2.size]


NUM_PARAMETERS: Final = len(landscape("challenger", "sigmoid").standardised.X) + 1
COURSE: Final = [99, 70, 50]
"""The course's published result: 99 % in training, 70 % on its 50 test pictures."""
CHALLENGER: Final = [28, 1986]
"""The day in January, and the year, of the launch."""
MEGABYTE: Final = 1_000_000
RATE: Final = "learning_rate"
SAID: Final[Mapping[str, Mapping[str, Numbers]]] = {
    "talk": {"rehearsal.hint": lambda: [plan.LEAST]},
    "course": {"whole_app_text": lambda: [oldest_python()]},
    "common": {
        "own_picture.upload": lambda: [files.MAX_BYTES / MEGABYTE],
        "sets.upload": lambda: [course.MAX_BYTES / MEGABYTE, zips.MAX_BYTES / MEGABYTE],
        "sets.expected": lambda: [
            len({"cat", "non-cat"}), sets.MIN_PICTURES, sets.MAX_PICTURES, SPELT[HOLD.options[1]],
        ],
        "lines.large_number": lambda: [np.iinfo(np.int64).bits],
        "assignment.unfinished": lambda: [len(written_training.PARTS)],
        "assignment.cases.three and three": lambda: [np.size(given("dot", "three and three")[0])],
        "assignment.cases.two and two": lambda: [np.size(given("dot", "two and two")[0])],
        "assignment.cases.three and four": lambda: [np.size(one) for one in given("outer", "three and four")],
        "assignment.cases.two rows of three": lambda: np.shape(given("general_dot", "two rows of three")[0]),
        "assignment.cases.three numbers": lambda: [np.size(given("sigmoid", "three numbers")[0])],
        "assignment.cases.3 x 3 x 2": lambda: image("3 x 3 x 2"),
        "assignment.cases.2 x 2 x 3": lambda: image("2 x 2 x 3"),
        "assignment.cases.one row": lambda: image("one row"),
        "assignment.cases.two rows": lambda: [len(given("softmax", "two rows")[0])],
        "assignment.cases.a thousand": lambda: [np.max(given("softmax", "a thousand")[0])],
        "assignment.cases.five": lambda: [np.size(given("L1", "five")[0])],
        "assignment.cases.two features": lambda: given("initialize", "two features"),
        "assignment.cases.five features": lambda: given("initialize", "five features"),
        "assignment.cases.three examples": lambda: np.shape(given("propagate", "three examples")[2]),
        "assignment.cases.as many features as examples": lambda: np.shape(
            given("propagate", "as many features as examples")[2]
        ),
        "assignment.cases.one step": lambda: given("optimize", "one step")[-1:],
        "assignment.cases.a larger rate": lambda: given("optimize", "a larger rate")[-1:],
        "assignment.cases.nothing is known": lambda: [float(logistic.sigmoid(0.0))],
        "assignment.exercises.image2vector.mistakes.hard_coded": lambda: [math.prod(image("3 x 3 x 2"))],
        "assignment.exercises.softmax.mistakes.no_maximum": lambda: [
            np.max(given("softmax", "a thousand")[0])
        ],
        "assignment.exercises.predict.task": lambda: [threshold()],
        "assignment.exercises.predict.mistakes.probability": lambda: [threshold()],
        "assignment.exercises.predict.mistakes.at_zero": lambda: [threshold()],
        "assignment.exercises.predict.mistakes.at_half": lambda: [threshold()],
        "assignment.exercises.predict.mistakes.no_sigmoid": lambda: [threshold()],
        "notebook.intro": lambda: [len(assignment.EXERCISES)],
        "notebook.training_task": lambda: [
            len(written_training.PARTS), DATASETS["hours"].Y.size,
        ],
    },
    "cats": {
        "letters.95\u00a0%": lambda: [pytest.approx(confidence(), abs=0.01), 100],
        "scenes.the course's own.sentence": lambda: [NUM_PICTURES, *COURSE],
        "scenes.the course's own.question.ask": lambda: state("cats", "the course's own", RATE),
        "scenes.rate 0.01.name": lambda: state("cats", "rate 0.01", RATE),
        "scenes.rate 0.01.question.ask": lambda: [times_the_course("rate 0.01")],
        "scenes.rate 0.0001.name": lambda: state("cats", "rate 0.0001", RATE),
        "scenes.rate 0.0001.sentence": lambda: [times_the_course("rate 0.0001")],
        "scenes.rate 0.0001.question.ask": lambda: [times_the_course("rate 0.0001")],
        "scenes.3,000 steps.name": lambda: state("cats", "3,000 steps", "iterations"),
        "questions.pairs.because": lambda: [100, pytest.approx(confidence(), abs=0.01)],
        "questions.pairs.ask": lambda: [100, guessing()],
        "figure.readout_pairs": lambda: [100, guessing()],
        "text.help_head": lambda: [100],
        "text.help_found": lambda: [100],
        "questions.sure of it.ask": lambda: [1 - SURE, 100 * SURE],
        "text.split_drawings": lambda: [len(HELD_OUT_FAMILIES)],
    },
    "descent": {
        "scenes.rate 25.name": lambda: state("descent", "rate 25", RATE),
        "scenes.rate 25.question.ask": lambda: state("descent", "rate 25", RATE),
        "scenes.a line.question.ask": lambda: state("descent", "a line", RATE),
        "questions.a tenth of the rate.ask": lambda: [100 * descent.WITHIN],
        "text.arrived": lambda: [100 * descent.WITHIN],
        "questions.a tenth of the rate.because": lambda: [
            *[descent.SLOW_RATE / descent.FAST_RATE] * 2, descent.FAST_RATE / descent.SLOW_RATE,
        ],
        "questions.a tenth of the rate.number.low": lambda: [descent.FAST_RATE / descent.SLOW_RATE],
        "questions.a tenth of the rate.number.high": lambda: [descent.FAST_RATE / descent.SLOW_RATE] * 2,
    },
    "graph": {
        "scenes.the course's numbers.sentence": lambda: state("graph", "the course's numbers", "c", "c"),
        "scenes.the course's numbers.question.ask": lambda: list(blanks.FIRST_INPUTS.values()),
        "scenes.backward.sentence": lambda: [len(blanks.FIRST_INPUTS)],
        "scenes.nudge b.sentence": lambda: nudged()[1:3],
        "scenes.all the way.question.ask": lambda: [
            *state("graph", "all the way", "x2"), len(blanks.FIRST_WEIGHTS) - 1,
        ],
        "questions.which input.ask": lambda: [nudged()[2], *blanks.FIRST_INPUTS.values()],
        "questions.which input.because": lambda: [blanks.FIRST_INPUTS["b"], nudged()[2]],
        "questions.which input.options.0.reply": lambda: [nudged()[2]],
        "questions.which input.options.1.reply": lambda: [blanks.FIRST_INPUTS["c"], nudged()[2]],
        "text.hint_output": lambda: [NUDGE, 1 / NUDGE],
    },
    "hidden": {
        "letters.X": lambda: [len(CURVED["rings"].X)],
        "letters.W1, b1": lambda: [len(CURVED["rings"].X)],
        "scenes.three units.name": lambda: [units("three units")],
        "scenes.three units.sentence": lambda: [units("three units") - 1, 2],
        "scenes.three units.question.options.1.text": lambda: [units("three units")],
        "scenes.all zeros.question.ask": lambda: [units("all zeros")],
        "scenes.all alike.sentence": lambda: [units("all alike")],
        "scenes.all alike.question.ask": lambda: [units("all alike")],
        "scenes.an unlucky start.sentence": lambda: [units("an unlucky start")],
        "scenes.an unlucky start.question.ask": lambda: [units("an unlucky start")] * 2,
        "scenes.rate 10.name": lambda: state("hidden", "rate 10", RATE),
        "scenes.rate 10.sentence": lambda: [1 / state("hidden", "rate 10", RATE)[0]],
        "scenes.rate 10.question.ask": lambda: [*state("hidden", "rate 10", RATE), units("rate 10")],
        "scenes.twenty units.name": lambda: [units("twenty units")],
        "scenes.twenty units.question.ask": lambda: [units("twenty units")],
        "questions.a new space.ask": lambda: [units("an unlucky start")] * 2,
        "questions.how many numbers.ask": lambda: [len(CURVED["rings"].X), units("three units")],
        "questions.how many numbers.because": sizes,
        "questions.two ends.ask": lambda: [2, units("three units")],
        "questions.better at cats.ask": lambda: [drawings_compared.WIDTHS[-1]],
        "questions.better at cats.options.0.reply": lambda: [n_x(SIDE)],
        "questions.the drawings.because": lambda: [pytest.approx(confidence(), abs=0.01)],
        "questions.the drawings.ask": lambda: [TRIED["drawings_3"][1]],
        "questions.more views.ask": lambda: [more_views.UNITS],
        "text.drawings_views": lambda: [more_views.UNITS],
        "text.points_are": lambda: [len(points_of("drawings").X)],
        "text.drawings_4": lambda: [drawings_compared.WIDTHS[0]],
        "text.drawings_16": lambda: [drawings_compared.WIDTHS[1]],
        "text.cell_held_out": lambda: [pytest.approx(confidence(), abs=0.01)],
        "text.cell_pairs": lambda: [pytest.approx(confidence(), abs=0.01)],
        "figure.space_2": lambda: [2],
        "figure.axis_space_2_y": lambda: [2],
    },
    "home": {"text.rockets": lambda: [DATASETS["challenger"].Y.size, CHALLENGER[1]]},
    "loss": {"scenes.as good as it gets.sentence": mistakes_at_best},
    "numpy_basics": {
        "letters.e": lambda: [pytest.approx(math.e, abs=1e-3)],
        "scenes.four times 1,000.name": lambda: thousand()[::-1],
        "scenes.four times 1,000.sentence": thousand,
        "scenes.four times 1,000.question.ask": lambda: thousand() * 2,
        "scenes.3 and 4.name": lambda: examples_of("outer", "small"),
        "scenes.3 and 4.question.ask": lambda: examples_of("outer", "small"),
        "questions.a column and (n,).ask": lambda: [
            value for value in prepared("outer", "column").values[0].ravel() if value != 1
        ],
        "questions.which axis.because": lambda: [len(prepared("softmax", "course").values[0])],
        "text.example_three": lambda: [prepared("basic_sigmoid", "three").values[0]],
        "text.example_thousand": lambda: thousand()[:1],
        "text.note_overflow": lambda: [pytest.approx(np.finfo(float).max / 1e308, abs=0.01), 10],
        "cards.sigmoid_derivative.right": lambda: [float(logistic.sigmoid(0.0))] * 3,
        "cards.dot.right": dot_terms,
        "cards.l1.right": lambda: list(np.abs(np.subtract(*EXERCISES["l1"].arguments))),
        "cards.general_dot.right": lambda: shapes_of("general_dot"),
        "cards.softmax.wrong.divided": lambda: [values_of("softmax")[0], shapes_of("softmax")[1]],
    },
    "pixels": {
        "scenes.8 × 8.name": lambda: small_side() * 2,
        "scenes.8 × 8.sentence": lambda: [(SIDE / small_side()[0]) ** 2, *[small_side()[0] / SIDE] * 2],
        "scenes.8 × 8.question.ask": lambda: [SIDE, SIDE, *small_side() * 2],
        "scenes.8 × 8.question.options.1.reply": lambda: [*small_side(), SIDE, small_side()[0] / SIDE],
        "scenes.8 × 8.question.options.2.text": lambda: [(SIDE / small_side()[0]) ** 2],
        "questions.half the side.ask": half_the_side,
        "questions.half the side.because": lambda: [*half_the_side() * 2, CHANNELS],
        "questions.half the side.options.0.reply": lambda: half_the_side() * 2,
        "questions.half the side.options.1.text": lambda: [half_the_side()[0] ** 2],
    },
    "recap": {
        "lead": lambda: INTERVALS[1:],
        "questions.which-curve.ask": lambda: [len(CURVES)],
        "questions.how-fast.ask": lambda: [nudged()[2]],
        "questions.shape-of-the-sum.because": lambda: [
            answers()["right"][0], answers()["right"][0], *[answers()["left"][0]] * 2,
        ],
        "figure.curves": lambda: [len(CURVES)],
    },
    "sigmoid": {
        "scenes.walk along.question.ask": lambda: [-INPUT.values[0], INPUT.values[-1]],
        "scenes.b = −3.name": lambda: [-bias for bias in state("sigmoid", "b = −3", "b")],
        "scenes.b = −3.sentence": lambda: [float(logistic.sigmoid(0.0)), *moved_curve(), crossing()],
        "scenes.b = −3.question.ask": lambda: moved_curve(),
        "scenes.b = −3.question.options.0.reply": lambda: [*moved_curve(), float(logistic.sigmoid(0.0))],
        "scenes.w = 0.25.name": lambda: state("sigmoid", "w = 0.25", "w"),
        "scenes.w = 0.25.sentence": lambda: [float(logistic.sigmoid_derivative(0.0))],
        "scenes.w = 0.25.question.ask": lambda: [
            *state("sigmoid", "w = 0.25", "w"), -INPUT.values[0], INPUT.values[-1],
        ],
        "questions.steepest place.because": lambda: [
            float(logistic.sigmoid(0.0)), float(logistic.sigmoid_derivative(0.0)),
        ],
        "text.number_challenger": lambda: CHALLENGER,
    },
    "vectorization": {
        "questions.two loops.options.0.reply": lambda: [FEWEST],
        "questions.two loops.options.2.reply": lambda: [FEWEST],
        "questions.a row and a column.options.3.reply": lambda: shape_in("a row and a column", "shape_1"),
        "questions.three sums.ask": lambda: trap()[:1],
        "questions.three sums.because": lambda: trap()[1:],
        "questions.three sums.options.0.reply": lambda: [trap()[0], len(CASES["trap"][1])],
        "questions.three sums.options.2.text": lambda: trap()[1:],
        "questions.three for three rows.ask": lambda: [shape_in("three for three rows", "shape_1")[0]],
        "questions.three for three rows.because": lambda: [
            *shape_in("three for three rows", "shape_2"), shape_in("three for three rows", "shape_1")[1],
        ],
        "questions.how many additions.because": lambda: shape_in("how many additions", "shape_1"),
        "text.lead_trainings": lambda: [1 / len(WAYS), BUDGET],
        "text.broadcast_about_trap": trap,
        "text.broadcast_about_bias": lambda: [CASES["bias"][0][1]],
        "text.broadcast_about_clash": lambda: [*CASES["clash"][1], *CASES["clash"][0]],
    },
}  # fmt: skip
MEANT: Final[Mapping[str, Numbers]] = {
    "common": lambda: [CHANNELS, np.iinfo(np.uint8).max],
    "cats": lambda: [
        n_x(SIDE), SIDE, np.iinfo(np.uint8).max, NUM_ITERATIONS, len(FOUR), SPELT[HOLD.options[1]],
        signature(scores.confusion).parameters["threshold"].default, round(confidence()),
    ],
    "descent": lambda: [NUM_PARAMETERS, len(FOUR_RATES["sigmoid"])],
    "graph": lambda: [nudged()[2], NUDGE, len(blanks.FIRST_WEIGHTS) - 1],
    "home": lambda: [signature(scores.confusion).parameters["threshold"].default],
    "loss": lambda: [NUM_PARAMETERS, float(logistic.sigmoid(0.0))],
    "numpy_basics": lambda: [
        SIDE, CHANNELS, values_of("softmax")[0], shapes_of("softmax")[1], len(CARDS["dot"].arguments),
        sum(shapes_of("dot")),
    ],
    "pixels": lambda: [CHANNELS, np.iinfo(np.uint8).max],
    "sigmoid": lambda: [
        SIDE, CHANNELS, np.iinfo(np.uint8).max, float(logistic.sigmoid(0.0)), SIDE // 4 / SIDE, 1 / 3,
    ],
    "vectorization": lambda: [N.values[0], N.values[-1], n_x(SIDE), NUM_PICTURES, len(WAYS)],
}  # fmt: skip
AS_A_WORD: Final[Mapping[str, Mapping[str, tuple[set[float], str]]]] = {
    "common": {
        "problems.point": ({2}, "w and b"),
        "shapes.*": ({3, 2}, "how to type a shape; two commas"),
        "lines.underscore": ({2}, "how Python spells its own names"),
        "assignment.exercises.image2vector.mistakes.flat": ({2}, "rows and columns"),
        "typed.*": ({1000, 4, 3, 2, 0.5}, "how to write numbers and arrays"),
        "files.pixels*": ({1000000}, "the unit of the number before it"),
        "files.neither_kind": ({2}, "cats and others"),
        "files.zip_unclear": ({2}, "cats and others"),
        "files.wanted.*": ({2}, "cats and others"),
    },
    "cats": {
        "scenes.3,000 steps.question.options.*": ({2}, "the two curves: of training and of held out"),
        "scenes.the way down.sentence": ({2}, "a plane has two directions"),
        "scenes.the way down.question.options.*": ({2}, "a plane has two directions"),
        "questions.more from the same.options.0.reply": ({2}, "the two curves: of training and of held out"),
        "questions.never seen.options.*": ({2}, "the two curves: of training and of held out"),
        "questions.stop at the best.because": ({3}, "the three sets are named one by one"),
        "text.rough": ({2}, "a count or two"),
        "text.readme_leaping": ({100, 16, 2}, "the 16th digit is float64's last; a hundred steps, roughly"),
        "figure.surface": ({2}, "a plane has two directions"),
    },
    "descent": {
        "deeper.*": ({3}, "a rule of thumb: rates about that many times apart"),
        "questions.where the gradient lives.options.0.reply": ({1 / 3}, "the third, after dw and db"),
    },
    "graph": {
        "text.lead_turn": ({75, 4, 3, 2, 0.75}, "how to type a number"),
        "text.hint_near": ({2}, "how to type a number"),
        "text.hint_da": ({2}, "the two terms of the loss"),
        "figure.nudge_*": ({2, 0.001}, "before and after"),
    },
    "hidden": {
        "deeper.0.text": ({2}, "through both layers; the derivative of tanh, held by tests of maths.shallow"),
        "deeper.1.text": ({2, 0.5}, "an identity, held by a test below; the sigmoid of 0"),
        "scenes.three units.question.options.0.reply": ({2}, "what if"),
        "questions.a new space.options.1.reply": ({2}, "one for each unit"),
        "questions.without tanh.ask": ({100}, "any number of them"),
        "questions.two ends.because": ({2}, "any two units"),
        "text.data_xor": ({4}, "the corners of a square"),
        "text.valleys_lead": ({3, 2}, "two ends and a start"),
        "text.column_pairs": ({100}, "pairs are counted in hundreds"),
        "text.views_neuron_*": ({100}, "pairs are counted in hundreds"),
        "text.views_both_no_difference": ({2}, "one neuron and the hidden layer"),
        "questions.more views.because": ({2}, "one neuron and the hidden layer"),
        "text.drawings_no_difference": ({2}, "one neuron and the hidden layer"),
    },
    "home": {
        "text.sources_text": ({1989, 408, 84, 2}, "a week of the course; year, volume and number of a paper"),
    },
    "loss": {
        "questions.steeper.because": ({2}, "a factor of a formula, held by the slopes beside it"),
        "text.lead_surfaces": ({2}, "one on each cost"),
    },
    "numpy_basics": {
        "scenes.a picture.question.options.3.reply": ({2}, "rows and columns"),
        "questions.a column and (n,).*": ({2}, "rows and columns"),
        "questions.twice as far off.because": ({2}, "the derivative of a square"),
        "cards.dot.other": ({3, 1 / 3}, "the first, the second, the third"),
        "text.example_column": ({2}, "the same twice"),
        "text.reach": ({10}, "powers of ten, held by a test below"),
        "text.no_image": ({3}, "length, height, depth"),
        "text.note_one_row": ({2}, "the brackets of a matrix"),
        "text.note_commas": ({2, 1.5}, "how to write a decimal"),
        "text.note_filled": ({2}, "counting"),
        "text.unreadable_*": ({4, 3, 0.25}, "how to type a number or a shape"),
    },
    "pixels": {
        "letters.channel": ({2}, "the channels, counted from 0"),
        "questions.one below the other.ask": ({2}, "any two pixels"),
    },
    "recap": {
        "questions.which-loss.because": ({2}, "the derivative of a square, held by the slopes beside it"),
    },
    "sigmoid": {
        "promise": ({2}, "line and sigmoid"),
        "scenes.a warm launch.question.ask": ({2}, "line and sigmoid"),
        "scenes.long whiskers.question.options.1.reply": ({2}, "what if"),
        "questions.which cut moves.options.*": ({2}, "line and sigmoid"),
        "questions.shape of the boundary.ask": ({2}, "x₁ and x₂"),
        "questions.yes or no at 0.4.*": ({10, 4, 0.5, 0.4, 0.1}, "an answer and another cut, made up"),
        "text.unbounded": ({2}, "the sigmoid at w, b is computed anew for twice that"),
        "text.nearly_0": ({0.001}, "the bound of three decimals"),
        "text.nearly_1": ({0.999}, "the bound of three decimals"),
    },
    "talk": {
        "problems.not_text": ({8}, "the name of an encoding"),
        "problems.question_kind": ({2, 4}, "as a question of any chapter, held by tests of words.questions"),
    },
    "vectorization": {
        "lead": ({1000, 100, 10}, "guesses"),
        "scenes.a million.question.options.*": (
            {100, 2},
            "two numbers make a product; a bound on what is published",
        ),
        "scenes.one gradient step.question.ask": ({2}, "two loops, one, none"),
        "questions.two loops.ask": ({2}, "over a list, over an array"),
        "questions.how many fewer.*": ({2, 1 / 3}, "formulas; the third rung"),
        "text.timings_head": ({0.5}, "the middle half, between the quartiles"),
        "text.what_*": ({2}, "two vectors; two loops"),
        "text.trainings_*": ({2}, "those that are compared"),
        "text.derivation*": ({5, 4, 3, 2, 1 / 3}, "the third rung, its numbered lines, and formulas"),
        "text.published": ({1000000, 300}, "the lecture's own measurement, on another computer"),
        "text.broadcast_question": ({2}, "a and b"),
        "text.broadcast_lead": ({2}, "a and b"),
        "text.broadcast_cases": ({2}, "a and b"),
        "text.broadcast_too_big": ({2}, "rows and columns"),
        "text.broadcast_case_clash": ({3}, "the name of the case"),
        "figure.times": ({10}, "the axis has a tick for each power of ten"),
        "figure.*_double_loop": ({2}, "two loops"),
    },
}


@pytest.mark.parametrize("source", sources())
def test_every_numeral_is_what_it_comes_from(source: str) -> None:
    said, meant = SAID.get(source, {}), MEANT.get(source, list)()
    for place, text in texts(source):
        found = numerals(text)
        if place in said:
            expected = said[place]()
            assert len(found) == len(expected), (place, found)
            for number, value in zip(found, expected, strict=True):
                assert number == (value if isinstance(value, ABOUT) else pytest.approx(value)), place
        else:
            known = as_a_word(source, place) or meant
            strange = [one for one in found if not is_meant(one, known)]
            assert not strange, f"{source}, {place}: where do these come from? {strange}"


def as_a_word(source: str, place: str) -> list[float]:
    """The numerals that are a manner of speaking at that place."""
    found = (table for pattern, table in AS_A_WORD.get(source, {}).items() if fnmatchcase(place, pattern))
    return [number for numbers, _ in found for number in numbers]


def is_meant(number: float, meant: Sequence[float]) -> bool:
    return any(number == pytest.approx(value) for value in meant)


@pytest.mark.parametrize("source", sources())
def test_the_tables_name_only_what_is_there(source: str) -> None:
    found = {place: numerals(text) for place, text in texts(source) if numerals(text)}
    assert SAID.get(source, {}).keys() <= found.keys()
    for pattern, (numbers, _) in AS_A_WORD.get(source, {}).items():
        there = [number for place in found if fnmatchcase(place, pattern) for number in found[place]]
        assert all(is_meant(number, there) for number in numbers), pattern
    elsewhere = [
        number
        for place, numbers in found.items()
        if place not in SAID.get(source, {}) and not as_a_word(source, place)
        for number in numbers
    ]
    for value in MEANT.get(source, list)():
        assert is_meant(value, elsewhere), f"{value} is said nowhere else"


def test_tanh_is_the_sigmoid_stretched() -> None:
    z = np.linspace(-5, 5, 41)
    np.testing.assert_allclose(np.tanh(z), 2 * logistic.sigmoid(2 * z) - 1, atol=1e-12)


def test_a_numeral_in_a_question_needs_a_source_as_well() -> None:
    places = {place for source in sources() for place, _ in texts(source)}
    assert {"questions.uphill.ask", "questions.uphill.options.0.reply", "text.rockets"} <= places
    assert "questions.uphill.options.0.text" not in places, "a wrong option says what is wrong"
    assert "questions.uphill.options.1.text" in places


def test_numerals_are_found_in_words_and_digits() -> None:
    text = "Eleven of 12,288 numbers, half of {m} and twice 0.5; (3, 1) is a shape, `2` code, 1 a label."
    assert numerals(text) == [11, 12288, 0.5, 2, 0.5]


def test_what_no_float64_reaches() -> None:
    """As the scene of the softmax says."""
    assert math.log(np.finfo(np.float64).max) < max(values_of("softmax"))


def test_what_can_be_typed_and_drawn_is_what_is_said() -> None:
    text = words("numpy_basics").text
    assert n_x(SIDE) == MOST_OF_IMAGE and "64 × 64 × 3" in text["large_image"]
    assert float("1e15") == LARGEST and "10⁻¹⁵ and 10¹⁵" in text["reach"]
