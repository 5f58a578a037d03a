"""*Your turn* in the chapter *Graph*: derivatives left blank, filled in one by one, checked at once."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import streamlit as st

from explainer.chapters.graph import blanks_figure as blanks
from explainer.chapters.graph import figure as drawn
from explainer.chapters.graph.blanks import mistake, slope_mistake
from explainer.chapters.graph.chain_rule import in_names, slope_name, symbol
from explainer.chapters.graph.nodes_figure import Drawing
from explainer.live import pack
from explainer.maths.typed import TypedError, read_number
from explainer.stage.settings import Choice
from explainer.ui import controls
from explainer.ui import typed_text as typing
from explainer.ui.visit import Visit
from explainer.words import COMMON, words

TURN: Final = Choice("turn", ("1", "2", "3"), "1")
NUMBERS: Final[Mapping[str, Mapping[str, tuple[float, ...]]]] = {
    "course": {"1": (2, 4, -1), "2": (-3, 2, 5), "3": (1, -2, -4)},  # a, b, c
    "neuron": {  # x1, w1, x2, w2, b, y
        "1": (2, 1, 3, -1, 0.5, 1),
        "2": (-1, 0.5, 2, 1, -0.5, 0),
        "3": (3, -0.5, 1, 2, 1, 1),
    },
}
DRAWINGS: Final[Mapping[str, Drawing]] = {"course": drawn.COURSE, "neuron": drawn.NEURON}
SLOPE: Final = "slope"
"""Among the blanks: not a derivative of the output, but the sigmoid's own slope da/dz."""
BLANKS: Final = {"course": ("v", "u", "a", "b", "c"), "neuron": ("a", SLOPE, "z", "w1", "w2", "b")}
SPECIFIC: Final = frozenset({"near", "sign", "local", "arrived", "sum", "value", "other", "output"})


@dataclass(frozen=True)
class Blank:
    """One blank of a graph with the turn's numbers: its name, and what to call it."""

    graph: str
    turn: str
    name: str

    @property
    def inputs(self) -> dict[str, float]:
        """The numbers it is about."""
        return dict(zip(DRAWINGS[self.graph].graph.inputs, NUMBERS[self.graph][self.turn], strict=True))

    @property
    def values(self) -> dict[str, Any]:
        """Every node's value."""
        return DRAWINGS[self.graph].graph.forward(self.inputs)

    @property
    def label(self) -> str:
        """``dJ/db``, or ``da/dz`` for the sigmoid's slope."""
        over, under = ("a", "z") if self.name == SLOPE else (DRAWINGS[self.graph].graph.output, self.name)
        return slope_name(over, under)

    @property
    def right(self) -> float:
        """What belongs there."""
        graph = DRAWINGS[self.graph].graph
        if self.name == SLOPE:
            return float(graph.slope("a", "z", self.values))
        return float(graph.backward(self.values)[self.name])

    def mistake(self, typed: float) -> str | None:
        """Which mistake a number looks like, None if it is right."""
        if self.name == SLOPE:
            return slope_mistake(float(self.values["a"]), typed)
        return mistake(DRAWINGS[self.graph].graph, self.values, self.name, typed)


def number_of_turn(visit: Visit) -> str:
    """Which numbers, and a button for others."""
    turn = str(visit.value(TURN))

    def others() -> None:
        visit.act()
        visit.put(TURN, TURN.options[(TURN.options.index(turn) + 1) % len(TURN.options)])

    st.button(words(visit.chapter).text["turn_other"], on_click=others)
    return turn


def section(visit: Visit, graph: str, turn: str) -> None:
    """A graph with its values; the blanks beside it, the next one only once the last one is right."""
    text = words(visit.chapter).text
    asked = [Blank(graph, turn, name) for name in BLANKS[graph]]
    drawing, filling = st.columns([3, 2], gap="large")
    with filling:
        progress = st.empty()
        found = _fill_in(visit, asked)
        if found == len(asked) and graph == "neuron":
            _short_form(visit, asked)
    said = "turn_all" if found == len(asked) else "turn_progress"
    progress.progress(found / len(asked), text[said].format(done=found, count=len(asked)))
    output = DRAWINGS[graph].graph.output
    shown = frozenset({output, *(blank.name for blank in asked[:found])} - {SLOPE})
    with drawing:
        controls.show(_stage(graph, turn, shown), visit, f"turn_{graph}")


@st.cache_data(max_entries=64, show_spinner=False)
def _stage(graph: str, turn: str, found: frozenset[str]) -> bytes:
    inputs = Blank(graph, turn, "").inputs
    return pack(blanks.stage(DRAWINGS[graph], inputs, found, words("graph").figure))


def _fill_in(visit: Visit, asked: list[Blank]) -> int:
    """The blanks up to the first that is not right yet; how many are."""
    text = words(visit.chapter).text
    for found, blank in enumerate(asked):
        typed = _typed(visit, blank)
        if not typed.strip():
            return found
        try:
            wrong = blank.mistake(read_number(typed))
        except TypedError as problem:
            st.warning(typing.sentence(problem))
            return found
        if wrong:
            st.info(hint(blank, wrong))
            return found
        st.markdown(text["turn_done"].format(name=blank.label, value=_say(blank.right)))
    return len(asked)


def _typed(visit: Visit, blank: Blank) -> str:
    """What stands in a blank; kept for the visit, also while another chapter is open."""
    kept: dict[Blank, str] = st.session_state.setdefault("turn_typed", {})
    key = f"graph-turn-{blank.graph}-{blank.turn}-{blank.name}"

    def changed() -> None:
        visit.act()
        kept[blank] = st.session_state[key]

    st.session_state[key] = kept.get(blank, "")
    label = words(visit.chapter).text["turn_label"].format(name=blank.label)
    st.text_input(label, key=key, on_change=changed, width=240)
    return kept.get(blank, "")


def hint(blank: Blank, wrong: str) -> str:
    """What to look at, for a mistake that was made in a blank."""
    text, values = words("graph").text, blank.values
    graph = DRAWINGS[blank.graph].graph
    if blank.name == SLOPE:
        kind = {"value": "da_dz_value", "half": "da_dz_half", "near": "near"}.get(wrong, "da_dz")
        return text[f"hint_{kind}"].format(a=_say(values["a"]))
    (child,) = graph.children(blank.name)
    last = child.name == graph.output
    if wrong not in SPECIFIC or (last and wrong in ("local", "arrived", "sum", "other")):
        kind = (
            "da" if (blank.graph, blank.name) == ("neuron", "a") else "general_output" if last else "general"
        )
    else:
        kind = wrong
    slopes = child.slopes[blank.name]
    return text[f"hint_{kind}"].format(
        name=symbol(blank.name),
        output=graph.output,
        child=symbol(child.name),
        formula=in_names(child.formula, graph),
        slope=f"{slope_name(child.name, blank.name)} = {in_names(slopes.formula, graph)}",
        arrived=slope_name(graph.output, child.name),
        arrived_value=_say(graph.backward(values)[child.name]),
        y=_say(values.get("y", 0)),
    )


def _short_form(visit: Visit, asked: list[Blank]) -> None:
    """The end of the way: which short form dz always has."""
    text, key = words(visit.chapter).text, f"graph-turn-form-{asked[0].turn}"
    a, y, dz = (float(number) for number in (asked[0].values["a"], asked[0].values["y"], asked[2].right))
    chosen = st.pills(
        text["turn_short"].format(dz=_say(dz)), FORMS, format_func=_form, key=key, on_change=visit.act
    )
    if chosen is None:
        return
    right = chosen == RIGHT_FORM
    verdict = COMMON["frame"]["right" if right else "wrong"]
    said = text["turn_form_yes" if right else "turn_form_no"]
    value = _say(FORMS[chosen](a, y))
    st.info(
        f"**{verdict}** " + said.format(a=_say(a), y=_say(y), dz=_say(dz), value=value, form=_form(chosen))
    )


FORMS: Final[Mapping[str, Callable[[float, float], float]]] = {
    "y_a": lambda a, y: y - a,
    "a_y": lambda a, y: a - y,
    "slope": lambda a, y: a * (1 - a),
    "both": lambda a, y: (a - y) * a * (1 - a),
    "sum": lambda a, y: a + y,
}
RIGHT_FORM: Final = "a_y"


def _form(form: str) -> str:
    return str(words("graph").text[f"turn_form_{form}"])


def _say(value: Any) -> str:
    """A number as a reader writes it: two decimals are enough."""
    return f"{float(value):.4g}".replace("-", "−")
