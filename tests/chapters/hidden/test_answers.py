"""The numbers in the chapter's sentences, and that what is said of the trainings is so."""

import numpy as np
import pytest

from explainer.chapters.hidden.answers import LUCKY, RATE, TRIED, UNLUCKY, answers, num_parameters
from explainer.chapters.hidden.trainings import ALIKE, RANDOM, alone, run, start
from explainer.words import words

SAID = words("hidden")


def test_the_numbers_are_those_of_the_trainings_that_are_spoken_of() -> None:
    known = answers()
    for name, (data, units, seed) in TRIED.items():
        found = run(data, units, RANDOM, seed, RATE)
        assert known[f"{name}_held_out"] == pytest.approx(found.held_out[-1])
        assert float(known[f"{name}_cost"]) == pytest.approx(found.costs[-1], rel=0.05)
    for question in SAID.all_questions():
        assert question.needs() <= set(known)


@pytest.mark.parametrize("units", [1, 3, 20])
def test_so_many_numbers_are_learned(units: int) -> None:
    parts = start(2, units, RANDOM, 1)
    total = parts.W1.size + parts.b1.size + parts.W2.size + parts.b2.size
    assert num_parameters(2, units) == total


def test_the_scenes_show_what_is_said_of_them() -> None:
    for scene in SAID.scenes:
        state = scene.state
        spoken = {
            name: (data, units, seed) for name, (data, units, seed) in TRIED.items()
            if (data, str(units), str(seed)) == (state["data"], state["units"], state["seed"])
        }  # fmt: skip
        assert spoken or state["begin"] != RANDOM, scene.name


def test_three_units_fence_in_what_two_do_not() -> None:
    two, three = (run("rings", units, RANDOM, 1, RATE).held_out[-1] for units in (2, 3))
    assert two < 0.8 and three > 0.95


def test_two_units_depend_on_their_start_and_four_hardly_do() -> None:
    ends = {seed: run("xor", 2, RANDOM, seed, RATE).costs[-1] for seed in (UNLUCKY, LUCKY)}
    assert ends[UNLUCKY] > 3 * ends[LUCKY]
    assert max(run("xor", 4, RANDOM, seed, RATE).costs[-1] for seed in range(1, 11)) < ends[LUCKY]


def test_the_unlucky_start_has_come_to_rest() -> None:
    costs = run("xor", 2, RANDOM, UNLUCKY, RATE).costs
    assert costs[-10] - costs[-1] < 0.01 * costs[-1]


def test_rate_10_leaps_and_is_no_better_in_the_end() -> None:
    costs = run("rings", 3, RANDOM, 1, 10.0).costs
    assert np.count_nonzero(np.diff(costs) > 0) > 5
    assert costs[-1] > run("rings", 3, RANDOM, 1, RATE).costs[-1]


def test_units_that_begin_alike_are_no_better_than_one() -> None:
    assert run("rings", 3, ALIKE, 1, RATE).held_out[-1] < 0.7


def test_twenty_units_do_no_harm() -> None:
    found = run("moons", 20, RANDOM, 1, RATE)
    assert found.training[-1] - found.held_out[-1] < 0.02


def test_one_neuron_alone_draws_a_border_that_is_hardly_better_than_none() -> None:
    assert alone("rings").kept[1, -1] > 0.65
