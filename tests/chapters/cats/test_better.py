"""What helps one neuron: against training on all views with w itself; nothing held out is learned from."""

import threading
from dataclasses import fields, replace

import numpy as np
import pytest

from explainer.chapters.cats import better
from explainer.chapters.cats.better import (
    BLOCK,
    BOTH,
    HELPS,
    MEAN,
    VIEWS,
    Lesson,
    Outcome,
    as_they_are,
    lesson,
    outcome,
    train_by_parts,
)
from explainer.chapters.cats.chapter import ITERATIONS, LEARNING_RATE
from explainer.chapters.cats.learning import FIRST_ITERATIONS, FIRST_RATE, finished_runs
from explainer.maths.descent import descend
from explainer.maths.scores import rank_pairs, wilson_interval
from explainer.pictures import PictureSet, to_columns
from explainer.pictures.chosen import ChosenSet, Split, chosen_set, drawings
from explainer.pictures.results import bytes_of
from explainer.pictures.views import MOVES, mirrored, moved

SPLIT = drawings().split
CATS, OTHERS = np.flatnonzero(SPLIT.training.labels), np.flatnonzero(~SPLIT.training.labels)
FEW = SPLIT.training.at([int(place) for place in (*CATS[:3], *OTHERS[:4])])
ASIDE = SPLIT.held_out.at([0, 5, 50, 100])
STEPS = 40


def small(held_out: PictureSet | None = ASIDE, own: bool = False, training: PictureSet = FEW) -> ChosenSet:
    return chosen_set("zip", Split(training, held_out), own=own)


@pytest.fixture
def soon_done(monkeypatch: pytest.MonkeyPatch) -> None:
    """So few steps that w itself can take them, and blocks smaller than the pictures."""
    monkeypatch.setattr(better, "STRETCH", STEPS // better.STRETCHES)
    monkeypatch.setattr(better, "BLOCK", 3)


def examples(how: str) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """X and Y as somebody would make them who has all the memory that it takes, and what is subtracted."""
    copies = [FEW.pictures]
    if how in {VIEWS, BOTH}:
        copies = [
            copy for move in MOVES for one in [moved(FEW.pictures, *move)] for copy in (one, mirrored(one))
        ]
    X, Y = to_columns(np.concatenate(copies)), np.tile(FEW.Y, len(copies))
    mean = X.mean(axis=1, keepdims=True) if how in {MEAN, BOTH} else np.zeros((X.shape[0], 1))
    return X - mean, Y, mean


@pytest.mark.usefixtures("soon_done")
@pytest.mark.parametrize("how", HELPS[1:])
def test_it_is_training_on_all_views_with_w_itself(how: str) -> None:
    X, Y, mean = examples(how)
    walked = descend(X, Y, FIRST_RATE, STEPS)
    w, b = walked.w[-1][:, None], float(walked.b[-1])
    one = Lesson(FEW, ASIDE, how)
    while one.outcome is None:
        one.go_on()
    assert np.abs(one.outcome.classifier.w - w).max() <= 1e-10
    Z = w.T @ (to_columns(ASIDE.pictures) - mean) + b
    assert pytest.approx(Z, abs=1e-8) == one.outcome.Z
    assert pytest.approx(Z, abs=1e-8) == one.outcome.classifier.z(ASIDE.pictures)


@pytest.mark.parametrize("how", [VIEWS, BOTH])
def test_with_mirrored_views_w_is_its_own_mirror_image(how: str) -> None:
    w = outcome(small(), how).classifier.w.reshape(64, 64, 3)
    assert np.array_equal(w, w[:, ::-1]) and np.ptp(w) > 0


def test_as_they_are_is_the_figures_own_first_run() -> None:
    assert (LEARNING_RATE.start, ITERATIONS.start) == (FIRST_RATE, FIRST_ITERATIONS)
    learned = finished_runs(drawings(), FIRST_RATE).learned
    found = as_they_are(drawings())
    assert found.right == learned.held_out.right[FIRST_ITERATIONS]
    assert pytest.approx(learned.held_out.Z[[FIRST_ITERATIONS]], abs=1e-8) == found.Z


def test_the_drawings_are_told_apart_better() -> None:
    before, after = as_they_are(drawings()), outcome(drawings(), BOTH)
    assert after.right / after.m > 0.88 and after.pairs.share > 0.94
    assert before.right < after.right and before.pairs.share < after.pairs.share


def test_nothing_depends_on_what_the_held_out_pictures_are() -> None:
    other = replace(ASIDE, pictures=255 - ASIDE.pictures, labels=~ASIDE.labels)
    for how in HELPS[1:]:
        one, two = outcome(small(), how), outcome(small(other), how)
        assert np.array_equal(one.classifier.w, two.classifier.w)
        assert one.classifier.b == two.classifier.b


def test_its_numbers_are_counts_of_the_pictures_held_out() -> None:
    found = outcome(small(), MEAN)
    right = sum((z > 0) == is_cat for z, is_cat in zip(found.Z[0], ASIDE.labels, strict=True))
    assert (found.right, found.m) == (right, len(ASIDE.names))
    assert found.interval == tuple(float(bound) for bound in wilson_interval(right, found.m))
    assert found.pairs == rank_pairs(found.Z, ASIDE.Y)
    assert outcome(small(ASIDE.at([0, 2])), MEAN).pairs is None, "both are of one kind"


def test_the_parts_add_up_and_are_done_once() -> None:
    chosen = small(own=True)
    shares = list(train_by_parts(chosen, VIEWS))
    assert shares == sorted(set(shares)) and shares[0] > 0 and shares[-1] == 1
    assert list(train_by_parts(chosen, VIEWS)) == []
    assert outcome(chosen, VIEWS) is outcome(chosen, VIEWS)
    assert lesson(chosen, VIEWS).go_on() == 1


def test_two_who_ask_at_once_share_the_work() -> None:
    chosen, found = small(own=True), []
    threads = [threading.Thread(target=lambda: found.append(outcome(chosen, BOTH))) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found[0] is found[1]
    assert found[0].right == outcome(small(), BOTH).right


def test_what_is_kept_is_small_and_what_is_needed_meanwhile_is_bounded() -> None:
    chosen = small(own=True)
    one = lesson(chosen, VIEWS)
    one.go_on()
    m = len(FEW.names) * len(MOVES)
    assert one.K.shape == (m, m), "the mirror images need no rows of their own"
    outcome(chosen, VIEWS)
    kept = [getattr(one, part.name) for part in fields(one) if part.name not in {"training", "held_out"}]
    assert bytes_of(kept) < 200_000
    largest = (500 * len(MOVES)) ** 2 * 8 + 2 * BLOCK * (12288 // 2) * 8
    assert largest < 60e6


@pytest.mark.parametrize("which", [as_they_are, lambda chosen: outcome(chosen, VIEWS)])
def test_without_held_out_pictures_there_is_nothing_to_compare(which) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(ValueError, match="held out"):
        which(small(held_out=None))


def test_pictures_that_are_all_the_same_teach_nothing() -> None:
    grey = replace(FEW, pictures=np.full_like(FEW.pictures, 99))
    found: Outcome = outcome(small(training=grey), BOTH)
    assert np.abs(found.classifier.w).max() <= 1e-9
    assert np.isfinite(found.Z).all()
