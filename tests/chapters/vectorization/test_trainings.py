"""Training three ways: the same costs as the other walks of the descent, and no longer than the budget."""

import dataclasses
import gc
import io
import json
import math
import zipfile
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explainer.chapters.vectorization import trainings
from explainer.chapters.vectorization.trainings import (
    LEARNING_RATE,
    NUM_ITERATIONS,
    PART,
    WAYS,
    Training,
    largest_gap,
    train_one_way,
    training_from,
)
from explainer.maths.descent import descend
from explainer.maths.training import train
from explainer.pictures import PictureSet, bundled, to_columns

EXACT = 1e-10
steadily = settings(deadline=None, derandomize=True, max_examples=40)


def examples(n_x: int, m: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    return rng.uniform(0, 1, (n_x, m)), rng.integers(2, size=(1, m)).astype(float)


def first(walk: Iterator[float], count: int) -> list[float]:
    return list(islice(walk, count))


@steadily
@given(st.integers(1, 40), st.integers(1, 12), st.integers(1, 30), st.integers(0, 2**32 - 1))
def test_all_ways_walk_the_same_descent(n_x: int, m: int, count: int, seed: int) -> None:
    X, Y = examples(n_x, m, seed)
    (run,) = train(X, Y, [LEARNING_RATE], count - 1)
    walked = descend(X, Y, LEARNING_RATE, count - 1).costs
    for costs in (
        first(trainings.loop(X.tolist(), Y[0].tolist()), count),
        first(trainings.vectorised(X, Y), count),
        run.costs,
    ):
        assert len(costs) == count
        assert costs[0] == pytest.approx(math.log(2), rel=1e-12)
        assert np.abs(np.array(costs) - walked).max() <= EXACT


def test_costs_move_as_a_step_by_hand_says() -> None:
    """One example x = 3, y = 1: dw = -3/2 and db = -1/2 at the zeros, so z = (9/2 + 1/2) learning_rate."""
    z = 5 * LEARNING_RATE
    for walk in (trainings.loop([[3.0]], [1.0]), trainings.vectorised(np.array([[3.0]]), np.array([[1.0]]))):
        assert first(walk, 2) == pytest.approx([math.log(2), math.log1p(math.exp(-z))], rel=1e-12)


def test_a_walk_leaves_its_data_alone() -> None:
    X, Y = examples(4, 3, 0)
    lists, labels = X.tolist(), Y[0].tolist()
    first(trainings.loop(lists, labels), 3)
    first(trainings.vectorised(X, Y), 3)
    assert np.array_equal(X, examples(4, 3, 0)[0]) and np.array_equal(Y, examples(4, 3, 0)[1])
    assert lists == X.tolist() and labels == Y[0].tolist()


def test_the_pictures_are_as_many_and_as_large_as_the_courses() -> None:
    X, Y = trainings.pictures()
    assert X.shape == (12_288, 209) and Y.shape == (1, 209)
    assert (X.dtype, Y.dtype) == (np.float64, np.float64)
    assert set(np.unique(Y)) == {0.0, 1.0}
    for k in (0, 100, 208):
        assert np.array_equal(np.rint(255 * X[:, k]), bundled().pictures[k].ravel())
    assert np.array_equal(Y[0], bundled().labels[:209])
    assert X.min() >= 0 and X.max() == 1


def a_set(m: int, seed: int = 0) -> PictureSet:
    rng = np.random.default_rng(seed)
    return PictureSet(
        rng.integers(0, 256, (m, 64, 64, 3), dtype=np.uint8),
        rng.integers(2, size=m) == 1,
        tuple(map(str, range(m))),
        ("a",) * m,
    )


def test_other_pictures_are_given_as_bytes() -> None:
    some = a_set(6)
    (run,) = train(to_columns(some.pictures), some.Y, [LEARNING_RATE], 3)
    seconds = iter(range(100))
    found = train_one_way("vectorised", 4.0, lambda: next(seconds), given=trainings.pictures_as_bytes(some))
    assert found.costs == pytest.approx(run.costs[: found.iterations], abs=EXACT)
    assert found.iterations == 4
    assert train_one_way("span", 2.0, lambda: 0.0, given=trainings.pictures_as_bytes(some)).costs[
        :4
    ] == pytest.approx(found.costs, abs=EXACT)


@pytest.mark.parametrize(("m", "taken"), [(5, 5), (209, 209), (210, 209), (500, 209)])
def test_of_many_pictures_some_are_given_from_first_to_last(m: int, taken: int) -> None:
    every = a_set(m)
    with np.load(io.BytesIO(trainings.pictures_as_bytes(every))) as arrays:
        pictures, labels = arrays["pictures"], arrays["labels"]
    assert pictures.shape == (taken, 64, 64, 3) and labels.shape == (taken,)
    for ours, theirs in ((0, 0), (-1, -1)):
        assert np.array_equal(pictures[ours], every.pictures[theirs])
    if taken == m:
        assert np.array_equal(labels, every.labels)


@pytest.mark.parametrize("given", [b"no arrays", b"PK\x03\x04"])
def test_what_is_given_and_no_pictures_is_an_error(given: bytes) -> None:
    with pytest.raises((ValueError, zipfile.BadZipFile)):
        train_one_way("span", given=given)


def training(way: str, *costs: float) -> Training:
    return Training(way, costs, 1.0)


@pytest.mark.parametrize(
    ("trained", "wanted"),
    [
        ([], (0.0, 0)),
        ([training("loop", 0.7, 0.6)], (0.0, 0)),
        ([training("loop", 0.7), training("span", 0.7)], (0.0, 1)),
        ([training("loop", 0.7, 0.6), training("span", 0.7, 0.5, 0.1)], (0.1, 2)),
        ([training("span", 0.7, 0.5, 0.1), training("loop", 0.7, 0.6)], (0.1, 2)),
        ([training("loop"), training("vectorised", 0.7, 0.5), training("span", 0.7, 0.5, 0.1)], (0.0, 2)),
        (
            [training("loop", 0.75), training("vectorised", 0.7, 0.5), training("span", 0.7, 0.25, 9.0)],
            (0.25, 2),
        ),
        ([training("loop", 0.7, 0.5), training("vectorised", 0.7), training("span", 0.7, 0.1)], (0.4, 2)),
        ([training("loop", 0.5), training("vectorised", 0.7, 0.5), training("span", 0.6, 0.5)], (0.2, 2)),
    ],
)
def test_how_far_apart_the_costs_are_where_they_are_shared(
    trained: list[Training], wanted: tuple[float, int]
) -> None:
    assert largest_gap(trained) == (pytest.approx(wanted[0]), wanted[1])


def test_what_a_training_knows_of_itself() -> None:
    some, none = Training("loop", (0.7, 0.6, 0.5, 0.4), 2.0), Training("loop", (), 0.0, 3.5)
    assert (some.iterations, some.per_iteration, some.estimate) == (4, 0.5, None)
    assert (none.iterations, none.per_iteration, none.estimate) == (0, None, 3.5)


class Stand:
    """Small pictures, and a clock that goes on only while a way works on them.

    An iteration takes `seconds` for the whole of X, and in proportion for a part of it. In the span it takes
    `step`, and each training `product` before its first.
    """

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now, self.seconds, self.product, self.step = 100.0, 0.0, 0.0, 0.0
        self.X, self.Y = examples(PART, 3, 5)
        self.walked: list[tuple[str, int]] = []
        self.collecting: list[bool] = []
        self.patch = monkeypatch.setattr
        self.patch(trainings, "pictures", lambda: (self.X, self.Y))
        self.patch(trainings, "train", self.trains)
        for way in ("loop", "vectorised"):
            self.patch(trainings, way, self.slowed(way, getattr(trainings, way)))

    def clock(self) -> float:
        return self.now

    @property
    def passed(self) -> float:
        return self.now - 100.0

    def slowed(self, way: str, walk: Callable[..., Iterator[float]]) -> Callable[..., Iterator[float]]:
        def slow(X: Any, Y: Any) -> Iterator[float]:
            for cost in walk(X, Y):
                self.now += self.seconds * len(X) / len(self.X)
                self.walked.append((way, len(X)))
                self.collecting.append(gc.isenabled())
                yield cost

        return slow

    def trains(self, X: Any, Y: Any, learning_rates: Any, num_iterations: int) -> Any:
        self.now += self.product + (num_iterations + 1) * self.step
        self.walked.append(("span", num_iterations))
        self.collecting.append(gc.isenabled())
        return train(X, Y, learning_rates, num_iterations)

    def costs(self, count: int) -> list[float]:
        """What the first iterations must cost."""
        return descend(self.X, self.Y, LEARNING_RATE, count).costs[:count].tolist()

    def trains_one(self, way: str, budget: float) -> Training:
        return train_one_way(way, budget, self.clock)


@pytest.fixture
def stand(monkeypatch: pytest.MonkeyPatch) -> Stand:
    return Stand(monkeypatch)


@pytest.mark.parametrize("way", ["loop", "vectorised"])
@pytest.mark.parametrize(("seconds", "wanted"), [(0.5, 4), (0.75, 2), (1 / 64, 128), (2 / 3, 3)])
def test_as_many_iterations_as_fit(stand: Stand, way: str, seconds: float, wanted: int) -> None:
    stand.seconds = seconds
    found = stand.trains_one(way, 2.0 + 1e-9)
    assert (found.way, found.iterations, found.estimate) == (way, wanted, None)
    assert found.seconds == pytest.approx(wanted * seconds) and found.seconds <= 2.0 + 1e-9
    assert found.per_iteration == pytest.approx(seconds)
    assert found.costs == pytest.approx(stand.costs(wanted), abs=EXACT)
    assert stand.passed <= 2.0 + 1e-9 + seconds / PART  # what told the loop that it fits


@pytest.mark.parametrize("way", WAYS)
def test_there_are_no_more_iterations_than_the_course_has(stand: Stand, way: str) -> None:
    found = stand.trains_one(way, 2.0)
    assert found.iterations == NUM_ITERATIONS == 2000
    assert found.costs == pytest.approx(stand.costs(NUM_ITERATIONS), abs=EXACT)
    assert (found.seconds, found.estimate) == (0.0, None)


@pytest.mark.parametrize("seconds", [1.6, 2.0, 50.0])
def test_a_loop_that_would_not_get_through_one_iteration_is_estimated(stand: Stand, seconds: float) -> None:
    """It is told from one in 64 rows of X; 1.6 s might be 1.3 times as much, which does not fit."""
    stand.seconds = seconds
    found = stand.trains_one("loop", 2.0)
    assert (found.costs, found.seconds, found.per_iteration) == ((), 0.0, None)
    assert found.estimate == pytest.approx(seconds)
    assert stand.walked == [("loop", 1)]
    assert stand.passed == pytest.approx(seconds / PART)


def test_an_iteration_that_took_longer_is_reckoned_with(stand: Stand) -> None:
    """1 s and then 0.5 s each: after 3 s another second might be needed, and 4 s are not there."""
    quick = trainings.vectorised

    def first_is_slow(X: Any, Y: Any) -> Iterator[float]:
        stand.now += 0.5
        yield from quick(X, Y)

    stand.seconds = 0.5
    stand.patch(trainings, "vectorised", first_is_slow)
    found = stand.trains_one("vectorised", 3.9)
    assert (found.iterations, found.seconds) == (5, 3.0)


def test_in_the_span_all_iterations_fit(stand: Stand) -> None:
    stand.product, stand.step = 0.0, 2.0**-12
    found = stand.trains_one("span", 2.0)
    assert (found.iterations, found.estimate) == (NUM_ITERATIONS, None)
    assert found.seconds == pytest.approx((NUM_ITERATIONS + 1) * 2.0**-12)
    assert stand.walked == [("span", NUM_ITERATIONS // PART), ("span", NUM_ITERATIONS)]


@pytest.mark.parametrize(
    ("product", "step", "least"), [(0.0, 0.004, 250), (0.3, 0.001, 80), (0.1, 0.02, 10), (0.8, 0.0, 10)]
)
def test_in_the_span_fewer_iterations_where_all_do_not_fit(
    stand: Stand, product: float, step: float, least: int
) -> None:
    stand.product, stand.step = product, step
    found = stand.trains_one("span", 2.0)
    assert least <= found.iterations < NUM_ITERATIONS
    assert found.costs == pytest.approx(stand.costs(found.iterations), abs=EXACT)
    assert found.seconds == pytest.approx(product + (found.iterations + 1) * step)
    assert stand.passed <= 2.0


@pytest.mark.parametrize("step", [0.0625, 0.5])
def test_in_the_span_an_iteration_that_does_not_fit_is_estimated(stand: Stand, step: float) -> None:
    stand.step = step
    found = stand.trains_one("span", 2.0)
    assert (found.costs, found.seconds) == ((), 0.0)
    assert found.estimate == pytest.approx(step, rel=0.05)  # of 31 iterations and the cost after them
    assert stand.walked == [("span", NUM_ITERATIONS // PART)]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("before", [True, False])
def test_garbage_waits_while_a_way_trains(stand: Stand, way: str, before: bool) -> None:
    (gc.enable if before else gc.disable)()
    try:
        stand.trains_one(way, 2.0)
        assert stand.collecting and not any(stand.collecting)
        assert gc.isenabled() is before
    finally:
        gc.enable()


@pytest.mark.parametrize("way", ["", "Loop", "numpy", "train"])
def test_another_way_is_refused(stand: Stand, way: str) -> None:
    with pytest.raises(ValueError, match=f"way must be one of .*got '{way}'"):
        stand.trains_one(way, 2.0)
    assert stand.walked == []


def test_a_training_survives_the_way_through_json(stand: Stand) -> None:
    stand.seconds, stand.step = 0.25, 0.01
    made_up = Training("loop", (), 0.0, 12.5)
    for found in (made_up, *(stand.trains_one(way, 2.0) for way in WAYS)):
        read = json.loads(json.dumps(dataclasses.asdict(found)))
        assert training_from(read) == found
        assert type(training_from(read).costs) is tuple


COSTS = tuple(0.7 / k for k in range(1, NUM_ITERATIONS + 1))


@pytest.mark.parametrize(
    ("training", "wanted"),
    [
        (Training("span", COSTS, 0.5), 0.5),
        (Training("loop", COSTS[:1], 4.0), 8000.0),
        (Training("vectorised", COSTS[:500], 2.0), 8.0),
        (Training("vectorised", COSTS[:-1], 1.999), 2.0),
        (Training("loop", (), 0.0, 3.0), 6000.0),
        (Training("loop", COSTS[:4], 2.0, 99.0), 1000.0),
        (Training("loop", (), 0.0), None),
    ],
)
def test_the_whole_is_measured_or_told_from_what_was_run(training: Training, wanted: float | None) -> None:
    assert training.whole == (None if wanted is None else pytest.approx(wanted))
