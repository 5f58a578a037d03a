"""Which questions are asked, and in which order."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Final

from explainer.words.progress import Progress
from explainer.words.questions import Question

CHAPTER: Final = "recap"
NOT_KNOWN, DUE, NEW, LATER = range(4)
"""The ranks of questions: what was not known comes first, then what is due again, then what is new."""


def key(question: Question) -> str:
    """The name of one of the chapter's questions in a visitor's progress."""
    return f"{CHAPTER}/{question.name}"


def rank(question: Question, progress: Progress, today: date) -> int:
    """How urgent a question is; one that was never asked here is as urgent as what it repeats."""
    own = progress.answers.get(key(question))
    if own is not None:
        return LATER if own.due > today else DUE if own.right_days else NOT_KNOWN
    repeated = [f"{question.chapter}/{name}" for name in question.repeats]
    missed = any(progress.answers[name].right_days == 0 for name in repeated if name in progress.answers)
    return NOT_KNOWN if missed else NEW


def order(
    questions: Sequence[Question],
    progress: Progress,
    today: date,
    passed: Sequence[str] = (),
    also_later: bool = False,
) -> tuple[Question, ...]:
    """The questions to ask today: within each rank one of each chapter, then one more of each, and so on.

    Those `passed` by in this visit, by their names, come after all others, in the same order; a chapter with
    many of them waits for the others. Questions that are not due yet are left out, unless they are asked for
    as well.
    """
    chapters = [question.chapter for question in questions]
    ranks = {question.name: rank(question, progress, today) for question in questions}
    times = Counter(passed)
    rounds: Counter[tuple[str, int, int]] = Counter()
    asked: Counter[str] = Counter()
    for question in questions:
        asked[question.chapter] += times[question.name]
    places = {}
    for question in questions:
        often, urgent = times[question.name], ranks[question.name]
        group = question.chapter, often, urgent
        turn = rounds[group] + asked[question.chapter]
        places[question.name] = often, urgent, turn, chapters.index(question.chapter)
        rounds[group] += 1
    due = [question for question in questions if also_later or ranks[question.name] != LATER]
    return tuple(sorted(due, key=lambda question: places[question.name]))


def num_due(questions: Sequence[Question], progress: Progress, today: date) -> int:
    """How many questions are to be asked again: not those that nobody has asked yet."""
    return sum(rank(question, progress, today) in (NOT_KNOWN, DUE) for question in questions)


def days_until_due(questions: Sequence[Question], progress: Progress, today: date) -> int:
    """In how many days the next question is due; 0 where one can be asked now."""
    owns = [progress.answers.get(key(question)) for question in questions]
    return min((0 if own is None else max(0, (own.due - today).days) for own in owns), default=0)
