"""The chapter's main figure: its tables are the trainings', and its block stays small."""

import numpy as np
import pytest

from explainer.chapters.hidden.chapter import CHAPTER, UNITS
from explainer.chapters.hidden.network_figure import NAMED_AT, stage
from explainer.chapters.hidden.trainings import KEPT, RANDOM, RATES, learned
from explainer.maths import shallow
from explainer.maths.decision import GRID, box_around, grid
from explainer.words import words
from tests.chapters.packing import packed

TEXT = words("hidden").figure
MEGABYTE = 1_000_000


@pytest.mark.parametrize("units", [1, 3, UNITS.values[-1]])
def test_the_block_is_at_most_a_megabyte(units: int) -> None:
    assert len(packed(CHAPTER, "network", units=units)) <= MEGABYTE


@pytest.mark.parametrize("data", ["rings", "xor"])
def test_maps_and_numbers_are_those_of_the_network(data: str) -> None:
    shown = learned(data, 3, RANDOM, 2)
    tables = stage(shown, TEXT).tables
    points = grid(box_around(shown.data.X))
    for place in ((0, 0), (1, 30), (len(RATES) - 1, len(KEPT) - 1)):
        rate, step = place
        parameters = shown.runs[rate].kept[step]
        A2 = shallow.forward(parameters, points).A2.reshape(GRID, GRID)
        assert np.abs(tables["map"].values[place] / 255 - A2).max() <= 0.5 / 255 + 1e-12
        assert tables["cost"].values[place] == pytest.approx(
            shallow.cost(parameters, shown.data.X, shown.data.Y)
        )
        assert tables["right_held_out"].values[place] == 100 * shown.runs[rate].held_out[step]


def test_each_unit_says_0_along_its_line_and_its_name_stands_on_it() -> None:
    shown = learned("rings", 3, RANDOM, 1)
    tables = stage(shown, TEXT).tables
    parameters = shown.runs[1].kept[-1]
    x, y = (tables[f"unit_{axis}"].values[1, -1] for axis in "xy")
    for k in range(3):
        ends = np.array([x[3 * k : 3 * k + 2], y[3 * k : 3 * k + 2]])
        assert np.abs(parameters.W1[k] @ ends + parameters.b1[k]).max() < 1e-9
        assert np.isnan(x[3 * k + 2]), "the pen is lifted"
        name = [tables[f"name_{k}_{axis}"].values[1, -1] for axis in "xy"]
        np.testing.assert_allclose(name, ends @ [1 - NAMED_AT, NAMED_AT])


def test_many_units_have_no_names() -> None:
    assert "name_0_x" not in stage(learned("rings", 5, RANDOM, 1), TEXT).tables


def test_bytes_are_what_the_units_say() -> None:
    shown = learned("xor", 2, RANDOM, 3)
    tables, A1 = stage(shown, TEXT).tables, shallow.forward(shown.runs[1].kept[-1], shown.data.X).A1
    is_cat = shown.data.Y[0] > 0
    for kind, some in (("cat", is_cat), ("not_cat", ~is_cat)):
        found = np.array([tables[f"space_{kind}_{axis}"].values[1, -1] for axis in "xy"])
        reach = 1.15
        np.testing.assert_allclose(found / 255 * 2 * reach - reach, A1[:, some], atol=reach / 255 + 1e-9)


@pytest.mark.parametrize("begin", ["zeros", "alike"])
def test_starts_without_luck_are_drawn_as_well(begin: str) -> None:
    assert len(packed(CHAPTER, "network", begin=begin, units=4)) <= MEGABYTE
