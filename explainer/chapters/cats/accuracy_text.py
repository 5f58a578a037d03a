"""How good the classifier of *Cats* is, in words: beside mere guessing, and how its pictures are divided."""

from typing import Any, Final

import numpy as np

from explainer.chapters.cats.learning import Learning, Marks, Runs
from explainer.maths import scores
from explainer.maths.logistic import sigmoid
from explainer.pictures import HELD_OUT_FAMILIES
from explainer.pictures.chosen import DRAWINGS, ChosenSet
from explainer.words import words
from explainer.words.numbers import Share, number

TEXT: Final = words("cats").text
SURE: Final = 0.9
FAST_STEPS: Final = 600
"""Steps of the scene with the largest of the four rates."""
COURSE_STEPS: Final = 2000
"""Steps of the course's run, and of the one with the smallest rate."""
AS_MANY, FEWER, MORE = 0, 1, 2
"""The places of a task's options: how many held-out pictures it gets right, compared with training."""


def accuracy_text(learned: Learning, iterations: int) -> str:
    """Its accuracy beside that of always giving the same answer, and whether they can be told apart."""
    marks = learned.judged
    always_cat = float(marks.Y.mean())
    return TEXT["baselines" if learned.held_out else "alone"].format(
        m=marks.m,
        judged=TEXT["judged_held_out"],
        always_cat=Share(always_cat),
        always_not_cat=Share(1 - always_cat),
        iterations=f"{iterations:,}",
        **_score(marks, iterations),
    )


def _score(marks: Marks, iterations: int) -> dict[str, Any]:
    """How many answers are right after so many iterations, what that tells, and how guessing does."""
    right, guessed = int(marks.right[iterations]), scores.majority(marks.Y).share
    low, high = (float(bound) for bound in scores.wilson_interval(right, marks.m))
    verdict = "beats" if low > guessed else "worse" if high < guessed else "no_better"
    return {
        "right": right,
        "accuracy": Share(right / marks.m),
        "low": Share(low),
        "high": Share(high),
        "verdict": TEXT[verdict].format(guessed=Share(guessed)),
    }


def split_text(chosen: ChosenSet) -> str:
    """How these pictures are divided, and why not at random."""
    if chosen.split.held_out is None:
        return TEXT["split_none"].format(m=len(chosen.split.training.names))
    if chosen.name == DRAWINGS:
        return TEXT["split_drawings"].format(families=", ".join(HELD_OUT_FAMILIES))
    return TEXT["split_course" if set(chosen.split.held_out.families) == {"test"} else "split_fifth"]


def duplicates_text(chosen: ChosenSet) -> str:
    """How many held-out pictures are also in the training set, with names; empty if none are held out."""
    held_out, found = chosen.split.held_out, chosen.duplicates
    if held_out is None:
        return ""
    if not found:
        return TEXT["no_duplicates"]
    training = chosen.split.training.names
    names = "; ".join(f"{held_out.names[i]} = {training[j]}" for i, j in found[:3])
    return TEXT["duplicate" if len(found) == 1 else "duplicates"].format(count=len(found), names=names)


def rises_text(learned: Learning, iterations: int) -> str:
    """At how many steps J rises, and what that means for the digits; empty if it only falls."""
    rises = int(np.count_nonzero(np.diff(learned.run.costs[: iterations + 1]) > 0))
    return TEXT["rough"].format(rises=f"{rises:,}") if rises else ""


def answers(runs: Runs, iterations: int) -> dict[str, Any]:
    """The numbers in the questions and their replies; None where these pictures have none."""
    alike = TEXT["alike_drawings" if runs.chosen.name == DRAWINGS else "alike_else"]
    return learned_numbers(runs.learned, iterations) | _four_rates(runs) | {"alike": alike}


def learned_numbers(learned: Learning, iterations: int) -> dict[str, Any]:
    """Those of one run alone."""
    marks, guessed = learned.judged, scores.majority(learned.judged.Y)
    known = {
        "m_judged": marks.m,
        "judged": TEXT["judged_held_out" if learned.held_out else "judged_training"],
        "says": TEXT["says_cat" if guessed.is_cat else "says_not_cat"],
        "guessed": Share(guessed.share),
        "untrained_right": int(marks.right[0]),
        "untrained": Share(marks.accuracies[0]),
        "iterations": f"{iterations:,}",
        "m_training": learned.training.m,
        "most_iterations": f"{learned.num_iterations:,}",
    }
    return (
        known | _mistakes(marks, iterations) | _on_held_out(learned, iterations) | _pairs(learned, iterations)
    )


def _pairs(learned: Learning, iterations: int) -> dict[str, Any]:
    """In how many of 100 pairs of a cat and another, both new to it, the cat has the larger a."""
    marks = learned.held_out
    found = scores.rank_pairs(marks.Z[[iterations]], marks.Y) if marks else None
    counted = found.per_hundred if found else dict.fromkeys(("share", "low", "high"))
    return {f"pairs_{name}": count for name, count in counted.items()}


def _mistakes(marks: Marks, iterations: int) -> dict[str, Any]:
    """How many cats it misses, and how much else it calls a cat; which of them is more is a right place."""
    is_cat, called = marks.Y[0] > 0, marks.Z[iterations] > 0
    missed, false = int(np.count_nonzero(is_cat & ~called)), int(np.count_nonzero(~is_cat & called))
    return {
        "cats": int(np.count_nonzero(is_cat)),
        "others": int(np.count_nonzero(~is_cat)),
        "missed": missed,
        "false_alarms": false,
        "more_often": 0 if missed > false else 1 if false > missed else 2,
    }


def _on_held_out(learned: Learning, iterations: int) -> dict[str, Any]:
    """How it does on pictures that it has never seen."""
    marks, training, score = learned.judged, learned.training, _score(learned.judged, iterations)
    best_step = 1 + int(np.argmax(marks.accuracies[1 : iterations + 1]))  # at step 0 nothing is trained
    difference = marks.accuracies[iterations] - training.accuracies[iterations]
    A = sigmoid(marks.Z[iterations])
    sure = A < 1 - SURE
    wrong, expected = int(np.count_nonzero(sure & (marks.Y[0] > 0))), float(A[sure].sum())
    held_out = {
        "m_held_out": marks.m,
        "right_training": int(training.right[iterations]),
        "accuracy_training": Share(training.accuracies[iterations]),
        "right_held_out": score["right"],
        "accuracy_held_out": score["accuracy"],
        **{name: score[name] for name in ("low", "high", "verdict")},
        "best_step": f"{best_step:,}",
        "best": Share(marks.accuracies[best_step]),
        "compared": AS_MANY if difference == 0 else FEWER if difference < 0 else MORE,
        "sure": int(np.count_nonzero(sure)),
        "expected": number(expected, 2),
        "sure_and_wrong": wrong if wrong > expected else None,
    }
    return held_out if learned.held_out else dict.fromkeys(held_out)


def _four_rates(runs: Runs) -> dict[str, Any]:
    """What the scenes' runs come to, which are among the four that are compared."""
    slow, _, course, fast = runs.four
    rises = int(np.count_nonzero(np.diff(fast.run.costs[: FAST_STEPS + 1]) > 0))
    aside = course.held_out
    least = int(np.argmin(aside.costs)) if aside else 0
    parts = aside is not None and aside.costs[-1] > aside.costs[least]
    return {
        "fast_steps": FAST_STEPS,
        "fast_rises": rises or None,
        "fast_end": number(fast.run.costs[FAST_STEPS], 2),
        "slow_from": number(slow.run.costs[0], 3),
        "slow_to": number(slow.run.costs[COURSE_STEPS], 3),
        "course_steps": f"{COURSE_STEPS:,}",
        "course_right": int(aside.right[COURSE_STEPS]) if aside else None,
        "course_training": Share(course.training.accuracies[COURSE_STEPS]),
        "long_training": number(course.training.costs[-1], 2),
        "least_step": f"{least:,}" if parts else None,
        "least_held_out": number(aside.costs[least], 2) if aside else None,
        "long_held_out": number(aside.costs[-1], 2) if aside else None,
    }
