"""Questions that are asked before something is shown: what they ask, what can be answered, what is replied.

They are data of one kind, written in a chapter's words: under a figure, with a scene, and later in other
places. Nothing here knows how they are asked.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from string import Formatter
from typing import Any, Final

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
class Step:
    """One of the steps that are to be put in order, and the reply to whoever takes it too early."""

    text: str
    reply: str = ""


@dataclass(frozen=True)
class OrderAsked:
    """An answer that is an order: `steps` as they belong; their places are `offered` in another order."""

    steps: tuple[Step, ...]
    offered: tuple[int, ...]


@dataclass(frozen=True)
class WrongShape:
    """A computed shape to which a known mistake leads, by its name, and the reply to it."""

    shape: str
    reply: str


@dataclass(frozen=True)
class ShapeAsked:
    """An answer that is a shape: `right` names a computed one, a tuple of sizes.

    `other` is the reply to a shape to which none of the `mistakes` leads.
    """

    right: str
    other: str
    mistakes: tuple[WrongShape, ...] = ()


@dataclass(frozen=True)
class LinesAsked:
    """An answer that is lines of NumPy, for an `exercise` of the assignment (`maths.assignment`)."""

    exercise: str


KINDS: Final = ("number", "place", "order", "shape", "lines")
"""What a question may ask for instead of a choice between options."""


@dataclass(frozen=True)
class Question:
    """What is asked, about which `figure`, and what is said after the answer.

    It has `options`, one of them `right` (its place, or the name of a computed number that holds it), or asks
    for one of the `KINDS`. Whoever answers sees the figure go to `state`, everything else as it is, and
    play until the step `stop`, or to its "end"; then `because` says what happened and why. Texts may hold
    ``{placeholders}`` for computed numbers; `otherwise` is said where one of these does not exist. `belief`
    is the mistaken belief that it is to find. `gives_away` are texts that would tell the answer beforehand.

    One that is asked again after the evening says which `chapter` it is about, which of that chapter's
    questions it `repeats`, and which `scene` shows it there, or which settings do that one has to `see`. It
    may ask to decide between things or to compare them: it `decides`.
    """

    name: str
    ask: str
    because: str
    figure: str = ""
    options: tuple[Option, ...] = ()
    right: int | str = 0
    number: NumberAsked | None = None
    place: PlaceAsked | None = None
    order: OrderAsked | None = None
    shape: ShapeAsked | None = None
    lines: LinesAsked | None = None
    state: Mapping[str, str] = field(default_factory=dict)
    stop: str = ""
    otherwise: str = ""
    belief: str = ""
    gives_away: tuple[str, ...] = ()
    chapter: str = ""
    repeats: tuple[str, ...] = ()
    scene: str = ""
    see: Mapping[str, str] = field(default_factory=dict)
    decides: bool = False

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
        if self.order is not None:
            texts += [text for step in self.order.steps for text in (step.text, step.reply)]
        if self.shape is not None:
            texts += [self.shape.other, *(mistake.reply for mistake in self.shape.mistakes)]
            computed |= {self.shape.right, *(mistake.shape for mistake in self.shape.mistakes)}
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
        if "order" in given:
            steps = tuple(Step(**step) for step in given["order"]["steps"])
            given["order"] = OrderAsked(
                **given["order"] | {"steps": steps, "offered": tuple(given["order"]["offered"])}
            )
        if "shape" in given:
            wrong = tuple(WrongShape(**mistake) for mistake in given["shape"].get("mistakes", ()))
            given["shape"] = ShapeAsked(**given["shape"] | {"mistakes": wrong})
        if "lines" in given:
            given["lines"] = LinesAsked(**given["lines"])
        for name in ("gives_away", "repeats"):
            given[name] = tuple(given.get(name, ()))
        question = Question(**given)
    except (TypeError, KeyError) as error:
        raise QuestionError(f"question {given['name']!r}: {error}") from error
    _check(question)
    return question


def _check(question: Question) -> None:
    kinds = [bool(question.options), *(getattr(question, kind) is not None for kind in KINDS)]
    if sum(kinds) != 1:
        raise QuestionError(f"question {question.name!r} has options or one of {', '.join(KINDS)}")
    if question.order is not None:
        _check_order(question.name, question.order)
    if question.options:
        _check_options(question)


def _check_order(name: str, order: OrderAsked) -> None:
    places = range(len(order.steps))
    if len(places) < 3 or sorted(order.offered) != [*places] or list(order.offered) == [*places]:
        raise QuestionError(f"question {name!r}: at least three steps are offered, once each, out of order")
    if not all(step.reply for step in order.steps[1:]):
        raise QuestionError(f"question {name!r}: a step that can come too early has no reply")


def _check_options(question: Question) -> None:
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
