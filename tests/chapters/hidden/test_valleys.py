"""The cost surface through two trained ends: each lies where its cost is, with a ridge between them."""

import numpy as np
import pytest

from explainer.chapters.hidden.answers import OTHER
from explainer.chapters.hidden.chapter import SEED
from explainer.chapters.hidden.trainings import RANDOM, run
from explainer.chapters.hidden.valleys import SAME, other_than, valleys


def test_two_ends_are_as_good_and_a_ridge_lies_between_them() -> None:
    found = valleys("rings", 3, 1, OTHER)
    assert found.first == run("rings", 3, RANDOM, 1, 1.0).costs[-1]
    assert found.second == run("rings", 3, RANDOM, OTHER, 1.0).costs[-1]
    assert found.first == pytest.approx(found.second, abs=0.005)
    assert found.ridge > 5 * max(found.first, found.second) and found.apart > 10 * SAME


def test_the_map_is_as_low_at_the_ends_as_they_are() -> None:
    found = valleys("xor", 4, 1, 3)
    plane = found.plane
    for (along, across), cost in zip(plane.places, (found.first, found.second, found.start), strict=True):
        row, column = np.abs(plane.across - across).argmin(), np.abs(plane.along - along).argmin()
        near = plane.costs[row - 1 : row + 2, column - 1 : column + 2]
        assert near.min() <= cost + 0.01 and near.max() >= cost - 0.01


@pytest.mark.parametrize(("seed", "other", "used"), [(1, 3, 3), (3, 3, 4), (10, 10, 1), (2, 1, 1)])
def test_a_training_is_never_compared_with_itself(seed: int, other: int, used: int) -> None:
    assert other_than(seed, other, SEED.values[-1]) == used
