"""The points of the chapter: those that were made up, and the drawings by two numbers."""

import numpy as np
import pytest

from explainer.chapters.hidden.points import MARKS, NAMES, axes, points_of, two_numbers
from explainer.chapters.hidden.widths import FEW
from explainer.maths.datasets import CURVED
from explainer.maths.decision import box_around
from explainer.pictures.chosen import drawings

SPLIT = drawings().split
DRAWN = points_of("drawings")


def test_made_up_points_are_the_data_sets() -> None:
    assert all(points_of(name) is CURVED[name] for name in CURVED)
    assert (*CURVED, "drawings") == NAMES


def test_the_drawings_are_split_by_families_and_standardised_by_those_to_learn_from() -> None:
    assert SPLIT.held_out is not None
    learned, held_out = two_numbers(SPLIT.training), two_numbers(SPLIT.held_out)
    mean, scale = learned.mean(axis=1, keepdims=True), learned.std(axis=1, keepdims=True)
    np.testing.assert_allclose(DRAWN.held_out_X, (held_out - mean) / scale)
    np.testing.assert_array_equal(DRAWN.held_out_Y, SPLIT.held_out.Y)
    both = np.vstack([(learned - mean) / scale, SPLIT.training.Y])
    found = np.vstack([DRAWN.X, DRAWN.Y])
    np.testing.assert_allclose(found[:, np.lexsort(found)], both[:, np.lexsort(both)], atol=1e-12)
    assert not DRAWN.X.flags.writeable and not DRAWN.held_out_X.flags.writeable


def test_both_classes_take_turns_while_both_last() -> None:
    cats = int(DRAWN.Y.sum())
    assert DRAWN.Y[0, : 2 * cats].tolist() == [0.0, 1.0] * cats and not DRAWN.Y[0, 2 * cats :].any()
    assert DRAWN.Y[0, :FEW].mean() == 0.5


@pytest.mark.parametrize("axis", [0, 1])
def test_marks_stand_where_the_numbers_are_that_they_say(axis: int) -> None:
    learned = two_numbers(SPLIT.training)[axis]
    shown = axes("drawings")[axis]
    for mark, place, text in zip(MARKS[axis], shown.places, shown.texts, strict=True):
        assert place * learned.std() + learned.mean() == pytest.approx(mark)
        number = float(text.replace("−", "-").removesuffix("%"))
        assert number == pytest.approx(100 * mark if "%" in text else mark)
    side = (box_around(DRAWN.X).x1, box_around(DRAWN.X).x2)[axis]
    assert sum(side[0] <= place <= side[1] for place in shown.places) >= 3, "enough of them can be seen"


def test_made_up_points_have_plain_axes_and_the_drawings_named_ones() -> None:
    assert all(axis.places == () for axis in axes("rings"))
    names = {axis.name for data in ("rings", "drawings") for axis in axes(data)}
    assert len(names) == 4 and all(names)
