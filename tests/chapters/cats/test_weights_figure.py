"""Weights as pictures: back from the values come the weights, as far as 8 bits go."""

import numpy as np
import pytest

from explainer.chapters.cats.weights_figure import kept_steps, weight_pictures
from explainer.maths.training import train
from explainer.pictures import bundled, to_columns

FAMILY = bundled().of_families("fluent-emoji")
(RUN,) = train(to_columns(FAMILY.pictures), FAMILY.Y, [0.001], 30)


def test_the_values_are_the_weights() -> None:
    seen = weight_pictures(RUN, np.array([0, 1, 30]))
    assert seen.pictures.shape == (3, 64, 64, 3) and seen.pictures.dtype == np.uint8
    assert (seen.pictures[0] == 128).all() and seen.scales[0] == 0
    for picture, scale, step in zip(seen.pictures[1:], seen.scales[1:], (1, 30), strict=True):
        w = RUN.w_at(step)[:, 0]
        back = (picture.reshape(-1).astype(float) - 128) / 127 * scale
        within = np.abs(w) <= scale
        assert within.mean() == pytest.approx(0.995, abs=0.001)
        assert np.abs(back - w)[within].max() <= 0.51 * scale / 127
        assert np.allclose(np.abs(back[~within]), scale)
        assert (np.sign(back[~within]) == np.sign(w[~within])).all()


def test_steps_are_kept_from_the_first_to_the_last_and_densely_at_first() -> None:
    steps = kept_steps(3000)
    assert steps[0] == 0 and steps[-1] == 3000 and steps.size <= 20
    gaps = np.diff(steps)
    assert (gaps > 0).all() and (np.diff(gaps) >= -1).all() and gaps[0] < 10 < 100 < gaps[-1]
    assert kept_steps(3).tolist() == [0, 1, 2, 3]


def test_what_is_no_square_is_refused() -> None:
    (run,) = train(np.ones((10, 4)), [[0, 1, 0, 1]], [0.1], 2)
    with pytest.raises(ValueError, match="3 s\\^2"):
        weight_pictures(run, np.array([0]))
