"""What the chapter *Why is NumPy fast?* declares itself: shapes as settings, and how far their clock goes."""

import math

import pytest

from explainer.chapters.vectorization.broadcasting_steps import CASES
from explainer.chapters.vectorization.chapter import SHAPE_1, SHAPE_2, ShapeSetting, stretch
from explainer.maths.broadcasting import LARGEST, LONGEST, MOST_AXES, compare
from explainer.stage.settings import SettingError


@pytest.mark.parametrize("setting", (SHAPE_1, SHAPE_2), ids=lambda setting: setting.name)
def test_a_shape_setting_reads_what_it_writes(setting: ShapeSetting) -> None:
    for shape in ((), (3,), (3, 4), (0, 1, 10**6, 2)):
        assert setting.read(setting.write(shape)) == shape
    for text in ("", "cat", "nan", "3x", "-1", "1e3", "2000000", "1x2x3x4x5", "9" * (LONGEST + 1), "3xx4"):
        with pytest.raises(SettingError) as problem:
            setting.read(text)
        assert problem.value.instead == setting.start
        assert "{" not in str(problem.value) and not str(problem.value).endswith(".")


def test_how_far_it_goes_depends_on_the_shapes() -> None:
    assert len(stretch((3, 4), (3,)).values) == 2
    for shape_1, shape_2 in CASES.values():
        fits = compare(shape_1, shape_2).result
        assert len(stretch(shape_1, shape_2).values) > (math.prod(fits) if fits is not None else 1)


def test_a_shape_setting_holds_what_can_be_read() -> None:
    for shape in ((), (0,), (LARGEST,) * MOST_AXES):
        assert SHAPE_1.holds(shape)
    for shape in ((LARGEST + 1,), (-1, 3), (1,) * (MOST_AXES + 1)):
        assert not SHAPE_1.holds(shape)
