"""Trainings of several widths, on all points or on a few."""

from typing import Final

from explainer.chapters.hidden.trainings import RANDOM, Run, run

FEW: Final = 20
COUNTS: Final = {"all": None, "few": FEW}
"""How many points are learned from; None for all that there are."""
WIDTHS: Final = (1, 2, 3, 4, 8, 20)
RATE: Final = 1.0


def widths_runs(data: str, seed: int, learned_from: str) -> dict[int, Run]:
    """The trainings of all widths from starts with that seed, on so many of the points."""
    return {units: run(data, units, RANDOM, seed, RATE, COUNTS[learned_from]) for units in WIDTHS}
