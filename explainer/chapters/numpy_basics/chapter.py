"""The chapter *NumPy basics*: its settings and its live figure."""

from typing import Final

from explainer.chapters.numpy_basics import figure
from explainer.chapters.numpy_basics.cards import CARDS, Arguments, first_example, prepared
from explainer.chapters.numpy_basics.worked_examples import work
from explainer.stage.chapter import Chapter, Figure
from explainer.stage.settings import Choice, Given, Slider, Supplied
from explainer.stage.stage import Stage
from explainer.words import words


def examples(function: str) -> Choice:
    """The prepared numbers to choose from: each function has its own."""
    return Choice("example", tuple(CARDS[function].examples))


def steps(function: str, example: str, arguments: Arguments) -> Slider:
    """How many cells are computed, from 0 to all."""
    last = figure.count(work(function, arguments.values, words("numpy_basics").figure))
    return Slider("step", range(last + 1), start=min(1, last))


FUNCTION: Final = Choice("function", tuple(CARDS))
EXAMPLE: Final = Given("example", (FUNCTION,), examples)
ARGUMENTS: Final = Supplied("arguments", lambda: prepared(FUNCTION.start, first_example(FUNCTION.start)))
STEP: Final = Given("step", (FUNCTION, EXAMPLE, ARGUMENTS), steps)


def card(function: str, arguments: Arguments) -> Stage:
    """The live figure of a function, called with these arguments."""
    text = words("numpy_basics").figure
    return figure.stage(function, work(function, arguments.values, text), text)


CHAPTER: Final = Chapter(
    "numpy_basics",
    own=(FUNCTION, EXAMPLE),
    figures={
        "card": Figure(
            card,
            controls=(STEP,),
            of=(FUNCTION, ARGUMENTS),
            ready_for=tuple(
                {"function": name, "arguments": prepared(name, first_example(name))} for name in CARDS
            ),
        )
    },
)
