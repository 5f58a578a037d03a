"""The texts of the page *Why is NumPy fast?* about the race and the three trainings."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import combinations
from typing import Any, Final

import numpy as np

from explainer.chapters.vectorization.stopwatch import Race
from explainer.chapters.vectorization.trainings import (
    NUM_ITERATIONS,
    NUM_PICTURES,
    WAYS,
    Training,
    largest_gap,
)
from explainer.chapters.vectorization.twins import TWINS, flat, step_shape
from explainer.pictures.columns import n_x
from explainer.words import words
from explainer.words.numbers import duration, minus, number

SAME: Final = 1e-9
"""Costs of two trainings that differ by no more than this are called the same."""
GAP_N: Final = 1000
"""For so many numbers the results of the gradient step are compared."""
FEWEST: Final = 1000
"""Races of fewer numbers than this say little about the two loops."""
TEXT, NAMES = words("vectorization").text, words("vectorization").figure


def work_text(twin: str, n: int) -> str:
    """What is computed, for arrays of which shapes."""
    rows, m = step_shape(n)
    return TEXT[f"what_{twin}"].format(n=f"{n:,}", n_x=f"{rows:,}", m=f"{m:,}")


# ---- the race


def race_text(race: Race | None) -> str:
    """The measured ratios, the published one, and all timings; before a race, what to press."""
    if race is None:
        return TEXT["guess"]
    if not race.agree:
        return TEXT["differ"]
    *others, fastest = (way.name for way in TWINS[race.twin].ways)
    # Each sentence once: if the fastest was left out, all comparisons with it say the same.
    paragraphs = [" ".join(dict.fromkeys(_ratio_text(race, way, fastest) for way in others))]
    loops = race.ratio("array_loop", "list_loop")
    if loops is not None:
        paragraphs.append(TEXT["loops"].format(factor=number(loops, 2)))
    if race.twin == "dot":
        paragraphs.append(TEXT["published"])
    now = TEXT["now" if len(race.timings) > 1 else "now_alone"].format(samples=race.samples)
    return "\n\n".join([*paragraphs, "\n".join(_timing_rows(race)), now])


def _ratio_text(race: Race, slow: str, fast: str) -> str:
    ratio = race.ratio(slow, fast)
    if ratio is None:
        way = slow if slow in race.estimates else fast
        return TEXT["left_out"].format(way=NAMES[f"way_{way}"], time=duration(race.estimates[way]))
    return TEXT["ratio" if ratio >= 1 else "slower"].format(
        ratio=number(max(ratio, 1 / ratio), 3), fast=NAMES[f"way_{fast}"], slow=NAMES[f"way_{slow}"]
    )


def _timing_rows(race: Race) -> Iterator[str]:
    """The rows of a Markdown table of all timings."""
    yield TEXT["timings_head"]
    yield TEXT["timings_rule"]
    for timing in race.timings:
        half = TEXT["timings_half"].format(lower=duration(timing.lower), upper=duration(timing.upper))
        cells = [NAMES[f"short_{timing.way}"], duration(timing.median), half, duration(timing.best)]
        yield f"| {' | '.join(cells)} |"


# ---- the three trainings


def trainings_lead_text(available: int) -> str:
    """What is trained, on how many of the `available` pictures."""
    return TEXT["lead_trainings"].format(m=min(NUM_PICTURES, available), count=f"{NUM_ITERATIONS:,}")


def trainings_text(trainings: Sequence[Training]) -> str:
    """The trainings as a Markdown table: measured and extrapolated times, and how far the costs are apart."""
    found = {training.way: training for training in trainings}
    rows = [TEXT["trainings_head"], TEXT["trainings_rule"]]
    for way in WAYS:
        cells = _cells(found[way]) if way in found else ["?"] * 3
        rows.append(f"| {' | '.join([NAMES[f'training_{way}'], *cells])} |")
    gap, shared = largest_gap(trainings)
    if shared:
        sentence = TEXT["trainings_apart" if gap <= SAME else "trainings_differ"]
        rows += ["", sentence.format(gap=minus(f"{gap:.1e}"), count=f"{shared:,}")]
    return "\n".join(rows)


def _cells(training: Training) -> list[str]:
    """How many iterations were run, the time of one, and of all."""
    one = training.per_iteration or training.estimate or 0.0
    cell = TEXT["training_measured" if training.iterations == NUM_ITERATIONS else "training_told"]
    return [f"{training.iterations:,}", duration(one), cell.format(time=duration(training.whole or 0.0))]


# ---- the questions


def answers(races: Sequence[Race]) -> dict[str, Any]:
    """The numbers in the questions; what is said of the two loops comes from the dot product's `races`."""
    features = n_x(64)
    return {
        "loops_said": _loops_text(races),
        "gap_n": f"{GAP_N:,}",
        "gap": minus(f"{largest_difference():.1e}"),
        "n_x": f"{features:,}",
        "m": NUM_PICTURES,
        "often": f"{2 * features * NUM_PICTURES:,}",
        "seldom": f"{NUM_PICTURES**2:,}",
        "fewer": number(2 * features / NUM_PICTURES, 3),
    }


@lru_cache(maxsize=1)
def largest_difference() -> float:
    """How far the three ways' gradients of `GAP_N` numbers are apart at most."""
    twin = TWINS["step"]
    found = [flat(way.function(*twin.arguments(way, GAP_N))) for way in twin.ways]
    return max(float(np.abs(one - other).max()) for one, other in combinations(found, 2))


def _loops_text(races: Sequence[Race]) -> str:
    """What the largest of the races that can tell has measured about the two loops, or how to find out."""
    loops = [(race.n, race.ratio("array_loop", "list_loop")) for race in races if race.n >= FEWEST]
    n, ratio = max(((n, ratio) for n, ratio in loops if ratio is not None), default=(0, None))
    if ratio is None:
        return TEXT["loops_unknown"].format(fewest=f"{FEWEST:,}")
    return TEXT["loops_known"].format(n=f"{n:,}", ratio=number(ratio, 2))
