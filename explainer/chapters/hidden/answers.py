"""The numbers in the chapter's sentences, from the trainings that they speak of."""

from functools import lru_cache
from typing import Any, Final

from explainer.chapters.hidden.drawings_compared import counts
from explainer.chapters.hidden.points import points_of
from explainer.chapters.hidden.trainings import NUM_ITERATIONS, RANDOM, alone_right, run
from explainer.chapters.hidden.valleys import valleys
from explainer.chapters.hidden.widths import FEW, WIDTHS
from explainer.maths.scores import wilson_interval
from explainer.pictures.chosen import DRAWINGS
from explainer.pictures.views import NUM_VIEWS
from explainer.words.numbers import Share, number

RATE: Final = 1.0
UNLUCKY, LUCKY = 1, 3
"""Starts from which two units do not find, and find, how to separate the four corners."""
OTHER: Final = 3
"""A start from which three units end elsewhere than from the first, and as well."""
TRIED: Final = {
    "rings_1": ("rings", 1, 1),
    "rings_2": ("rings", 2, 1),
    "rings_3": ("rings", 3, 1),
    "rings_other": ("rings", 3, OTHER),
    "xor_unlucky": ("xor", 2, UNLUCKY),
    "xor_lucky": ("xor", 2, LUCKY),
    "moons_20": ("moons", 20, 1),
    "drawings_3": ("drawings", 3, 1),
}
"""Trainings that are spoken of: data, hidden units, seed."""


@lru_cache(maxsize=1)
def answers() -> dict[str, Any]:
    """The numbers in the questions and their replies, by name."""
    known: dict[str, Any] = {
        "steps": f"{NUM_ITERATIONS:,}",
        "m": points_of("rings").Y.size,
        "count": num_parameters(n_x=2, n_h=3),
        "lucky": LUCKY,
        "other": OTHER,
        "ridge": number(valleys("rings", 3, 1, OTHER).ridge, 2),
    }
    known |= {"few": FEW, "widest": WIDTHS[-1]} | counts()
    for name, (data, units, seed) in TRIED.items():
        found = run(data, units, RANDOM, seed, RATE)
        known |= {
            f"{name}_cost": number(float(found.costs[-1]), 2),
            f"{name}_training": Share(found.training[-1]),
            f"{name}_held_out": Share(found.held_out[-1]),
        }
    few = run("rings", WIDTHS[-1], RANDOM, 1, RATE, FEW)
    known |= {"few_training": Share(few.training[-1]), "few_held_out": Share(few.held_out[-1])}
    return known | {"views": NUM_VIEWS} | _of_the_drawings(known["drawings_3_held_out"])


def _of_the_drawings(with_units: float) -> dict[str, Share]:
    """How many one neuron gets right by two numbers of each drawing, intervals, and what *no* alone gets."""
    points = points_of(DRAWINGS)
    training, held_out = alone_right(DRAWINGS, RATE)
    found = {"neuron_training": training, "neuron_held_out": held_out}
    for name, share in (("drawings_3", with_units), ("neuron", held_out)):
        m = points.held_out_Y.size
        found[f"{name}_low"], found[f"{name}_high"] = map(float, wilson_interval(round(share * m), m))
    found["always"] = 1 - float(points.held_out_Y.mean())
    return {name: Share(value) for name, value in found.items()}


def num_parameters(n_x: int, n_h: int) -> int:
    """How many numbers are learned: W1, b1, W2 and b2."""
    return n_h * n_x + n_h + n_h + 1
