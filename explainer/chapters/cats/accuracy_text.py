"""The chapter *Cats*, in words: how good the classifier is, what guessing scores, what the split is worth."""

from typing import Any

import numpy as np

from explainer.chapters.cats.learning import Learning, Marks
from explainer.maths import scores
from explainer.pictures import HELD_OUT_FAMILIES
from explainer.pictures import splits as holding_out
from explainer.ui.picture_caches import of_set
from explainer.ui.picture_sets import Chosen
from explainer.words import words

AS_MANY, FEWER, MORE = 0, 1, 2
"""Places of a task's options: how much of the pictures held out it gets right, beside the others."""


def _judged(learned: Learning) -> Marks:
    return learned.held_out or learned.training


def good(learned: Learning, iterations: int) -> str:
    """Its accuracy beside those of who never looks, and whether they can be told apart."""
    text, marks = words("cats").text, _judged(learned)
    right = int(marks.right[iterations])
    low, high = scores.wilson_interval(right, marks.m)
    guessed = scores.majority(marks.Y)
    always_cat = float(marks.Y.mean())
    verdict = "beats" if low > guessed.share else "worse" if high < guessed.share else "no_better"
    return text["baselines" if learned.held_out else "alone"].format(
        m=marks.m,
        judged=text["judged_held_out"],
        always_cat=always_cat,
        always_not_cat=1 - always_cat,
        iterations=f"{iterations:,}",
        right=right,
        accuracy=right / marks.m,
        low=float(low),
        high=float(high),
        verdict=text[verdict].format(guessed=guessed.share),
    )


def split(chosen: Chosen) -> str:
    """How these pictures are divided, and why not at random."""
    text = words("cats").text
    if chosen.split.held_out is None:
        return text["split_none"].format(m=len(chosen.split.training.names))
    if chosen.name == "drawings":
        return text["split_drawings"].format(families=", ".join(HELD_OUT_FAMILIES))
    families = set(chosen.split.held_out.families)
    return text["split_course" if families == {"test"} else "split_fifth"]


def duplicates(chosen: Chosen) -> str:
    """How many pictures held out were learned from, by name; nothing where none are held out."""
    held_out, text = chosen.split.held_out, words("cats").text
    if held_out is None:
        return ""
    found = _duplicates(chosen)
    if not found:
        return text["no_duplicates"]
    training = chosen.split.training.names
    names = "; ".join(f"{held_out.names[i]} = {training[j]}" for i, j in found[:3])
    return text["duplicate" if len(found) == 1 else "duplicates"].format(count=len(found), names=names)


@of_set(shared=8, own=2)
def _duplicates(chosen: Chosen) -> tuple[tuple[int, int], ...]:
    return holding_out.duplicates(chosen.split)


def rough(learned: Learning, iterations: int) -> str:
    """That J rises on the way, and what that means for the digits; nothing where it only falls."""
    rises = int(np.count_nonzero(np.diff(learned.run.costs[: iterations + 1]) > 0))
    return words("cats").text["rough"].format(rises=f"{rises:,}") if rises else ""


def _best_step(marks: Marks, iterations: int) -> int:
    """The best of steps 1 to `iterations`; at step 0 nobody has trained."""
    return 1 + int(np.argmax(marks.accuracies[1 : iterations + 1]))


def answers(learned: Learning, iterations: int) -> dict[str, Any]:
    """The numbers in the tasks' questions and answers; None where nothing is held out."""
    text, marks, held_out = words("cats").text, _judged(learned), learned.held_out
    guessed = scores.majority(marks.Y)
    known: dict[str, Any] = {
        "m_judged": marks.m,
        "judged": text["judged_held_out" if held_out else "judged_training"],
        "says": text["says_cat" if guessed.is_cat else "says_not_cat"],
        "guessed": guessed.share,
        "guessed_right": round(guessed.share * marks.m),
        "iterations": f"{iterations:,}",
        "m_training": learned.training.m,
        "right_training": int(learned.training.right[iterations]),
        "accuracy_training": float(learned.training.accuracies[iterations]),
    }
    unknown = (
        "m_held_out",
        "right_held_out",
        "accuracy_held_out",
        "low",
        "high",
        "verdict",
        "best_step",
        "best",
        "compared",
    )
    if held_out is None:
        return known | dict.fromkeys(unknown)
    return known | _held_out(held_out, iterations, known["accuracy_training"])


def _held_out(marks: Marks, iterations: int, in_training: float) -> dict[str, Any]:
    right, guessed = int(marks.right[iterations]), scores.majority(marks.Y).share
    low, high = scores.wilson_interval(right, marks.m)
    accuracy = right / marks.m
    step = _best_step(marks, iterations)
    verdict = "beats" if low > guessed else "worse" if high < guessed else "no_better"
    return {
        "m_held_out": marks.m,
        "right_held_out": right,
        "accuracy_held_out": accuracy,
        "low": float(low),
        "high": float(high),
        "verdict": words("cats").text[verdict].format(guessed=guessed),
        "best_step": f"{step:,}",
        "best": float(marks.accuracies[step]),
        "compared": AS_MANY if accuracy == in_training else FEWER if accuracy < in_training else MORE,
    }
