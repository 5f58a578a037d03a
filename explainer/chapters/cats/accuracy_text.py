"""How good the classifier of *Cats* is, in words: beside mere guessing, and how its pictures are divided."""

from typing import Any, Final

import numpy as np

from explainer.chapters.cats.learning import Learning, Marks
from explainer.maths import scores
from explainer.pictures import HELD_OUT_FAMILIES
from explainer.pictures.chosen import DRAWINGS, ChosenSet
from explainer.words import words
from explainer.words.numbers import Share

TEXT: Final = words("cats").text
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


def answers(learned: Learning, iterations: int) -> dict[str, Any]:
    """The numbers in the tasks' questions and answers; about held-out pictures None if there are none."""
    marks, training = learned.judged, learned.training
    guessed, score = scores.majority(marks.Y), _score(marks, iterations)
    best_step = 1 + int(np.argmax(marks.accuracies[1 : iterations + 1]))  # at step 0 nothing is trained
    difference = marks.accuracies[iterations] - training.accuracies[iterations]
    held_out = {
        "m_held_out": marks.m,
        "right_held_out": score["right"],
        "accuracy_held_out": score["accuracy"],
        **{name: score[name] for name in ("low", "high", "verdict")},
        "best_step": f"{best_step:,}",
        "best": Share(marks.accuracies[best_step]),
        "compared": AS_MANY if difference == 0 else FEWER if difference < 0 else MORE,
    }
    known = {
        "m_judged": marks.m,
        "judged": TEXT["judged_held_out" if learned.held_out else "judged_training"],
        "says": TEXT["says_cat" if guessed.is_cat else "says_not_cat"],
        "guessed": Share(guessed.share),
        "guessed_right": round(guessed.share * marks.m),
        "iterations": f"{iterations:,}",
        "m_training": training.m,
        "right_training": int(training.right[iterations]),
        "accuracy_training": Share(training.accuracies[iterations]),
    }
    return known | (held_out if learned.held_out else dict.fromkeys(held_out))
