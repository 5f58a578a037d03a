"""Questions that are asked before something is shown: what they ask, what can be answered, what is replied.

They are data of one kind, written in a chapter's words: under a figure, with a scene, and later in other
places. Nothing here knows how they are asked.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from string import Formatter
from typing import Any

TRIES = 2
"""After so many wrong answers the right one is told."""


class QuestionError(ValueError):
    """A mistake in the words: a question that cannot be asked as it is written."""


@dataclass(frozen=True)
class Option:
    """One of the answers that can be chosen: its text, and the reply to whoever chose it though it is wrong.

    `state` are settings that show why it is wrong, where they are others than the question's.
    """

    text: str
    reply: str = ""
    state: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class NumberAsked:
    """An answer that is a number: right when it is no further from `right` than the part `within` of it.

    `low` and `high` are the replies to a number that is too small or too large.
    """

    right: str
    low: str
    high: str
    within: float = 0.0


@dataclass(frozen=True)
class Mistake:
    """A computed place (x, y) where a known mistake leads, by its name, and the reply to a press there."""

    place: str
    reply: str


@dataclass(frozen=True)
class PlaceAsked:
    """An answer that is a place pressed on the figure, where a press is otherwise the setting `point`.

    `right` names a computed place (x, y), and `radius` the computed distance up to which a press means it.
    `far` is the reply to a press elsewhere, unless one of the `mistakes` is as near to it.
    """

    point: str
    right: str
    radius: str
    far: str
    mistakes: tuple[Mistake, ...] = ()


@dataclass(frozen=True)
class Question:
    """What is asked, about which `figure`, and what is said after the answer.

    It has `options`, one of them `right` (its place, or the name of a computed number that holds it), or asks
    for a `number` or a `place`. Whoever answers sees the figure go to `state`, everything else as it is, and
    play until the step `stop`, or to its "end"; then `because` says what happened and why. Texts may hold
    ``{placeholders}`` for computed numbers; `otherwise` is said where one of these does not exist. `belief`
    is the mistaken belief that it is to find. `gives_away` are texts that would tell the answer beforehand.
    """

    name: str
    ask: str
    because: str
    figure: str = ""
    options: tuple[Option, ...] = ()
    right: int | str = 0
    number: NumberAsked | None = None
    place: PlaceAsked | None = None
    state: Mapping[str, str] = field(default_factory=dict)
    stop: str = ""
    otherwise: str = ""
    belief: str = ""
    gives_away: tuple[str, ...] = ()

    @property
    def plays(self) -> bool:
        """Whether the figure shows the answer by playing."""
        return bool(self.stop)

    def needs(self) -> set[str]:
        """The computed numbers that its texts and its right answer ask for."""
        texts = [self.ask, self.because, self.stop, *self.state.values(), *self.gives_away]
        for option in self.options:
            texts += [option.text, option.reply, *option.state.values()]
        computed: set[str] = {self.right} if isinstance(self.right, str) and self.options else set()
        if self.number is not None:
            texts += [self.number.low, self.number.high]
            computed |= {self.number.right}
        if self.place is not None:
            texts += [self.place.far, *(mistake.reply for mistake in self.place.mistakes)]
            computed |= {self.place.right, self.place.radius}
            computed |= {mistake.place for mistake in self.place.mistakes}
        return computed | {name for text in texts for _, name, _, _ in Formatter().parse(text) if name}

    def can_be_answered(self, numbers: Mapping[str, Any]) -> bool:
        """Whether all the numbers exist that it asks for, on the data in use."""
        return all(numbers[name] is not None for name in self.needs())

    def right_place(self, numbers: Mapping[str, Any]) -> int:
        """The place of the right option."""
        place = numbers[self.right] if isinstance(self.right, str) else self.right
        return int(place)


def read_question(raw: Mapping[str, Any], figure: str = "") -> Question:
    """A question from its table in the words; `QuestionError` where something is missing or unknown.

    One without a name is called by what it asks, and one without a figure is about `figure`.
    """
    given: dict[str, Any] = {"name": raw.get("ask"), "figure": figure} | dict(raw)
    try:
        given["options"] = tuple(Option(**option) for option in given.get("options", ()))
        if "number" in given:
            given["number"] = NumberAsked(**given["number"])
        if "place" in given:
            mistakes = tuple(Mistake(**mistake) for mistake in given["place"].get("mistakes", ()))
            given["place"] = PlaceAsked(**given["place"] | {"mistakes": mistakes})
        given["gives_away"] = tuple(given.get("gives_away", ()))
        question = Question(**given)
    except TypeError as error:
        raise QuestionError(f"question {given['name']!r}: {error}") from error
    _check(question)
    return question


def _check(question: Question) -> None:
    kinds = [bool(question.options), question.number is not None, question.place is not None]
    if sum(kinds) != 1:
        raise QuestionError(f"question {question.name!r} has options, a number or a place, and one of these")
    if not question.options:
        return
    if not 2 <= len(question.options) <= 4:
        raise QuestionError(
            f"question {question.name!r} has {len(question.options)} options, not two to four"
        )
    if isinstance(question.right, int):
        if not 0 <= question.right < len(question.options):
            raise QuestionError(f"question {question.name!r}: there is no option {question.right}")
        wrong = [option for place, option in enumerate(question.options) if place != question.right]
    else:
        wrong = list(question.options)
    if not all(option.reply for option in wrong):
        raise QuestionError(f"question {question.name!r}: a wrong option has no reply")
