"""The chapter *Where do the gradients come from?*: its settings, its figures for one visitor, its numbers."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import streamlit as st

from explainer.chapters.graph import blanks_view as turn
from explainer.chapters.graph import columns_figure as columns
from explainer.chapters.graph import figure as drawn
from explainer.chapters.graph.chain_rule import Walk
from explainer.live import pack
from explainer.stage.settings import Choice, Grid, SettingError, read_number
from explainer.ui import controls
from explainer.ui.visit import Chapter, Visit
from explainer.words import COMMON, words
from explainer.words.numbers import number


@dataclass(frozen=True)
class Typed:
    """A number that is typed, with at most two decimals, from `low` to `high`."""

    name: str
    default: float
    low: float = -3.0
    high: float = 3.0

    def read(self, text: str) -> float:
        """The number; `SettingError` with the nearest that can be had for another."""
        value = read_number(text, self.default)
        if not self.low <= value <= self.high:
            reason = COMMON["problems"]["range"].format(low=f"{self.low:g}", high=f"{self.high:g}")
            raise SettingError(reason, min(max(value, self.low), self.high))
        return round(value, 2) + 0.0  # no -0

    def write(self, value: float) -> str:
        """As the address has it."""
        return f"{value:g}"


def _grids(walk: Walk) -> tuple[Grid, ...]:
    counted = tuple(range(len(walk.steps)))
    return (
        *(
            Grid(control, values, tuple(f"{value:g}" for value in values), start)
            for control, values, start in walk.sliders.values()
        ),
        Grid(walk.step, counted, tuple(map(str, counted)), 0),
    )


FIGURES: Final = {drawing.walk.name: drawing for drawing in (drawn.COURSE, drawn.NEURON)}
GRIDS: Final = {name: _grids(drawing.walk) for name, drawing in FIGURES.items()}
NUDGES: Final = {
    name: Choice(drawing.walk.nudge, ("none", *drawing.walk.sliders), "none")
    for name, drawing in FIGURES.items()
}
X1, X2 = Typed("x1", 1.0), Typed("x2", 2.0)
Y: Final = Choice("y", ("0", "1"), "1")
_places = tuple(range(len(columns.STEPS)))
COLUMN_STEP: Final = Grid("column_step", _places, tuple(map(str, _places)), 0)
CHAPTER: Final = Chapter(
    "graph",
    own=frozenset({"x1", "x2", "y", turn.TURN.name}),
    figures={name: frozenset({NUDGES[name].name, *(grid.name for grid in GRIDS[name])}) for name in FIGURES}
    | {f"turn_{name}": frozenset[str]() for name in FIGURES}
    | {"columns": frozenset({COLUMN_STEP.name})},
)


def figures(visit: Visit) -> None:
    """The live figures' own controls."""
    for name in FIGURES:
        for setting in GRIDS[name]:
            visit.value(setting)
        visit.value(NUDGES[name])
    visit.value(COLUMN_STEP)


def example(visit: Visit) -> dict[str, float]:
    """The example that goes through the neuron: its features are typed, its label is chosen."""
    typed = {setting.name: _typed(visit, setting) for setting in (X1, X2)}
    return typed | {"y": float(controls.choose(visit, Y))}


def _typed(visit: Visit, setting: Typed) -> float:
    key = f"{visit.chapter}-{setting.name}"

    def changed() -> None:
        visit.act()
        visit.put(setting, round(st.session_state[key], 2))

    st.session_state[key] = visit.value(setting)
    st.number_input(
        words(visit.chapter).text[setting.name],
        min_value=setting.low, max_value=setting.high, step=0.5, format="%.4g", key=key,
        on_change=changed, width=150,
    )  # fmt: skip
    return float(visit.stay.values[setting.name])


def show_course(visit: Visit) -> None:
    """J = 3 (a + b c)."""
    controls.show(course_stage(), visit, "course")


def show_neuron(visit: Visit, chosen: Mapping[str, float]) -> None:
    """Logistic regression on the chosen example."""
    controls.show(neuron_stage(chosen["x1"], chosen["x2"], chosen["y"]), visit, "neuron")


def show_columns(visit: Visit) -> None:
    """The same step for m examples at once."""
    controls.show(columns_stage(), visit, "columns")


@st.cache_data(max_entries=1, show_spinner=False)
def columns_stage() -> bytes:
    """The last figure, packed: the same for everybody."""
    return pack(columns.stage(words("graph").figure))


@st.cache_data(max_entries=1, show_spinner=False)
def course_stage() -> bytes:
    """The first figure, packed: the same for everybody."""
    return pack(drawn.stage(drawn.COURSE, {}, words("graph").figure))


@st.cache_data(max_entries=32, show_spinner=False)
def neuron_stage(x1: float, x2: float, y: float) -> bytes:
    """The second figure for one example, packed."""
    return pack(drawn.stage(drawn.NEURON, {"x1": x1, "x2": x2, "y": y}, words("graph").figure))


def warm() -> None:
    """What the first visit asks for."""
    course_stage()
    neuron_stage(X1.default, X2.default, float(Y.default))
    columns_stage()


def answers(chosen: Mapping[str, float]) -> dict[str, Any]:
    """The numbers for the chapter's tasks, from the graphs themselves."""
    course, neuron = drawn.COURSE.graph, drawn.NEURON.graph
    published = course.backward(course.forward({"a": 5.0, "b": 3.0, "c": 2.0}))
    wrong = neuron.forward({"x1": 2, "x2": -1, "y": 0, "w1": 1.5, "w2": -1, "b": 1})
    back = neuron.backward(wrong)
    start = {name: values[first] for name, (_, values, first) in drawn.NEURON.walk.sliders.items()}
    first = neuron.backward(neuron.forward({**chosen, **start}))
    return {f"course_{name}": number(float(published[name])) for name in "abc"} | {
        "wrong_a": number(float(wrong["a"])),
        "wrong_slope": number(float(neuron.slope("a", "z", wrong))),
        "wrong_da": number(float(back["a"])),
        "wrong_dz": number(float(back["z"])),
        "zero_dw": "0",
        "first_x": number(chosen["x1"]),
        "first_dz": number(float(first["z"])),
        "first_dw": number(float(first["w1"])),
    }
