"""Several widths: one unit is too few, and few points are learned by heart."""

from explainer.chapters.hidden.widths import widths_runs


def test_one_unit_is_too_few_and_twenty_learn_a_few_points_by_heart() -> None:
    every, few = (widths_runs("rings", 1, one) for one in ("all", "few"))
    assert every[1].training[-1] < 0.7 and every[20].held_out[-1] > 0.95
    assert few[20].training[-1] == 1 and few[20].held_out[-1] < 0.8
