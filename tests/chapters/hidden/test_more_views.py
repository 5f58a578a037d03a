"""More views for the hidden layer: against the plain training on every view."""

from types import SimpleNamespace

import numpy as np
import pytest

from explainer.chapters.hidden import drawings_compared, more_views
from explainer.chapters.hidden.drawings_compared import NUM_ITERATIONS, RATE, SEED
from explainer.maths import logistic, shallow
from explainer.maths.descent import descend
from explainer.pictures import to_columns
from explainer.pictures.chosen import Split, drawings
from explainer.pictures.views import MOVES, Copies, mirrored, moved

SPLIT = drawings().split
CATS, OTHERS = np.flatnonzero(SPLIT.training.labels), np.flatnonzero(~SPLIT.training.labels)
FEW = SPLIT.training.at([int(place) for place in (*CATS[:3], *OTHERS[:4])])


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Few drawings to learn from, and all the others as they are."""
    small = SimpleNamespace(split=Split(FEW, SPLIT.held_out))
    for module in (drawings_compared, more_views):
        monkeypatch.setattr(module, "drawings", lambda: small)


def every_view() -> tuple[np.ndarray, np.ndarray]:
    """X and Y as somebody would make them who has all the memory that it takes."""
    copies = [moved(FEW.pictures, *move) for move in MOVES]
    X = np.hstack([to_columns(some) for some in (*copies, *map(mirrored, copies))])
    return X, np.tile(FEW.Y, 2 * len(MOVES))


@pytest.mark.usefixtures("few")
def test_both_are_the_plain_trainings_on_every_view() -> None:
    X, Y = every_view()
    end = shallow.train(X, Y, more_views.UNITS, RATE, NUM_ITERATIONS, SEED).parameters
    walked = descend(X, Y, RATE, NUM_ITERATIONS)
    w, b = walked.w[-1][:, None], float(walked.b[-1])
    found = list(more_views._learn(Copies(FEW.pictures, MOVES, 3)))
    assert found == [None] * (3 * len(MOVES) + more_views.STRETCHES), "a part for each block and each stretch"
    results = _returned(more_views._learn(Copies(FEW.pictures, MOVES, 3)))
    for units, plain in (
        (0, drawings_compared.judged(lambda some: logistic.sigmoid(w.T @ some + b))),
        (more_views.UNITS, drawings_compared.judged(lambda some: shallow.forward(end, some).A2)),
    ):
        assert (results[units].training, results[units].held_out) == (plain.training, plain.held_out)
        assert results[units].pairs.share == pytest.approx(plain.pairs.share, abs=1e-3)


def _returned(parts):  # type: ignore[no-untyped-def]
    while True:
        try:
            next(parts)
        except StopIteration as end:
            return end.value


def test_there_are_as_many_parts_as_the_bar_counts() -> None:
    work = more_views.both()
    shares = list(work.shares())
    assert shares == sorted(shares) and shares[-1:] in ([], [1])
    assert set(work.result) == {0, more_views.UNITS}


def test_what_is_said_of_the_drawings_with_more_views_is_so() -> None:
    m, held_out = drawings_compared.counts().values()
    for units in (0, more_views.UNITS):
        found = more_views.result(units)
        assert found.training <= m and found.held_out <= held_out
        assert found.pairs.share > drawings_compared.result(units).pairs.low
