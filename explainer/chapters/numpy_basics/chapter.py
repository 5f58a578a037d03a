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
    return Slider("step", range(last + 1))


FUNCTION: Final = Choice("function", tuple(CARDS))
EXAMPLE: Final = Given("example", (FUNCTION,), examples)
SHAPE: Final = Choice("shape", ("hidden", "shown")).given(FUNCTION, EXAMPLE)
"""Whether the shapes of what is computed are told, and the result: the reader is to say them first."""
ARGUMENTS: Final = Supplied("arguments", lambda: prepared(FUNCTION.start, first_example(FUNCTION.start)))
STEP: Final = Given("step", (FUNCTION, EXAMPLE, ARGUMENTS), steps)


def card(function: str, arguments: Arguments, shape: str) -> Stage:
    """The live figure of a function, called with these arguments; its shapes hidden or shown."""
    text = words("numpy_basics").figure
    return figure.stage(function, work(function, arguments.values, text), text, shape == "shown")


CHAPTER: Final = Chapter(
    "numpy_basics",
    own=(FUNCTION, EXAMPLE, SHAPE),
    figures={
        "card": Figure(
            card,
            controls=(STEP,),
            of=(FUNCTION, ARGUMENTS, SHAPE),
            ready_for=tuple(
                {"function": name, "arguments": prepared(name, first_example(name))} for name in CARDS
            ),
        )
    },
)
