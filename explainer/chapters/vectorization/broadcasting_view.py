"""The section *Broadcasting* of the chapter *Why is NumPy fast?*: two shapes, the verdict, the figure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import streamlit as st

from explainer.chapters.vectorization import broadcasting_figure as drawn
from explainer.chapters.vectorization.broadcasting_steps import moments
from explainer.chapters.vectorization.broadcasting_text import consequences, sentence, table
from explainer.live import pack
from explainer.maths import broadcasting
from explainer.maths.broadcasting import ShapeError, explain, read_shape, write_shape
from explainer.stage.settings import Grid, SettingError
from explainer.ui import controls, frame
from explainer.ui.typed_text import without_marks
from explainer.ui.visit import Visit
from explainer.words import Scene, words

FIGURE: Final = "broadcasting"
WORDS: Final = "vectorization"


@dataclass(frozen=True)
class Shape:
    """The shape of an array, written ``3x4``, or ``()`` for a number."""

    name: str
    default: broadcasting.Shape

    def read(self, text: str) -> broadcasting.Shape:
        """The shape; `SettingError` with the default for a text that is none."""
        try:
            return read_shape(text)
        except ShapeError as problem:
            raise SettingError(_sentence(problem).removesuffix("."), self.default) from None

    def write(self, value: broadcasting.Shape) -> str:
        """As the address has it."""
        return write_shape(value)


SHAPE_1, SHAPE_2 = Shape("shape_1", (3, 4)), Shape("shape_2", (1, 4))
SHAPES: Final = (SHAPE_1, SHAPE_2)
OWN: Final = frozenset(setting.name for setting in SHAPES)
"""Settings of the chapter that belong to this section."""
LIVE: Final = frozenset({drawn.CLOCK})
"""Settings that its live figure, called `FIGURE`, moves itself."""
CASES: Final[Mapping[str, tuple[broadcasting.Shape, broadcasting.Shape]]] = {
    "row": ((3, 4), (1, 4)),
    "column": ((3, 4), (3, 1)),
    "number": ((2, 3), ()),
    "bias": ((1, 4), ()),
    "both": ((3, 1), (1, 4)),
    "trap": ((3,), (3, 1)),
    "clash": ((3, 4), (3,)),
}


def shapes(visit: Visit) -> tuple[broadcasting.Shape, broadcasting.Shape]:
    """The two shapes. Reads all of the section's settings, so it comes before the page's notices."""
    chosen = visit.value(SHAPE_1), visit.value(SHAPE_2)
    steps = stretch(*chosen)
    if visit.value(steps) >= len(steps.texts):  # left over from other shapes
        visit.put(steps, len(steps.texts) - 1)
    return chosen


@st.cache_data(max_entries=64, show_spinner=False)
def stretch(shape_1: broadcasting.Shape, shape_2: broadcasting.Shape) -> Grid:
    """The figure's clock as a setting: how far it goes depends on the shapes."""
    places = tuple(range(len(moments(explain(shape_1, shape_2), words(WORDS).figure))))
    return Grid(drawn.CLOCK, places, tuple(map(str, places)), 0)


def settle(visit: Visit, scene: Scene) -> None:
    """Before a scene of this section is taken over: its shapes say how far the clock goes."""
    visit.settings[drawn.CLOCK] = stretch(*(setting.read(scene.state[setting.name]) for setting in SHAPES))


def section(visit: Visit) -> None:
    """Ask for two shapes, draw what happens, explain it."""
    text = words(WORDS).text
    chosen = shapes(visit)
    st.subheader(text["broadcast_question"], anchor=False)
    st.markdown(text["broadcast_lead"])
    with frame.row():
        for setting in SHAPES:
            _typed(visit, setting)
        _cases(visit, chosen)
    for setting in SHAPES:
        _trouble(visit, setting)
    controls.show(stage(*chosen), visit, FIGURE)
    _explain(chosen)


def _explain(chosen: tuple[broadcasting.Shape, broadcasting.Shape]) -> None:
    """The verdict and its table; beside it NumPy's own words, and what there is to say about the case."""
    text = words(WORDS).text
    verdict = explain(*chosen)
    told, more = st.columns([3, 2], gap="large")
    told.markdown(sentence(verdict, text))
    if verdict.axes:
        told.markdown(table(verdict, text))
    if says := broadcasting.numpy_says(*chosen):
        more.markdown(text["broadcast_numpy"].format(message=says))
    if case := _case(chosen):
        more.markdown(text[f"broadcast_about_{case}"])
    for part in consequences(verdict, text):
        more.markdown(part)


@st.cache_data(max_entries=64, show_spinner=False)
def stage(shape_1: broadcasting.Shape, shape_2: broadcasting.Shape) -> bytes:
    """The figure for two shapes, packed."""
    return pack(drawn.stage(shape_1, shape_2, words(WORDS).figure))


def warm() -> None:
    """What the first visit asks for."""
    stage(SHAPE_1.default, SHAPE_2.default)
    stretch(SHAPE_1.default, SHAPE_2.default)


# ---- choosing


def _choose(visit: Visit, chosen: Mapping[str, broadcasting.Shape]) -> None:
    """New shapes, seen from the beginning; what was typed before makes room for them."""
    visit.act()
    for setting in SHAPES:
        if setting.name in chosen:
            visit.put(setting, chosen[setting.name])
            _typing().pop(setting.name, None)
    visit.forget(drawn.CLOCK)


def _case(chosen: tuple[broadcasting.Shape, broadcasting.Shape]) -> str | None:
    return next((name for name, pair in CASES.items() if pair == chosen), None)


def _cases(visit: Visit, chosen: tuple[broadcasting.Shape, broadcasting.Shape]) -> None:
    """Pairs of shapes that are one press away, and play."""
    text, key = words(WORDS).text, f"{WORDS}-broadcast-case"

    def changed() -> None:
        visit.act()
        if st.session_state[key] is not None:
            _choose(visit, dict(zip((SHAPE_1.name, SHAPE_2.name), CASES[st.session_state[key]], strict=True)))
            visit.stay.play = FIGURE

    st.session_state[key] = _case(chosen)
    st.segmented_control(
        text["broadcast_cases"],
        tuple(CASES),
        key=key,
        format_func=lambda case: text[f"broadcast_case_{case}"],
        on_change=changed,
        wrap=True,
    )


def _typing() -> dict[str, tuple[broadcasting.Shape, str, ShapeError]]:
    """What was typed and is no shape, beside the shape that stays in use. Lasts as long as the session."""
    kept: dict[str, tuple[broadcasting.Shape, str, ShapeError]]
    kept = st.session_state.setdefault("broadcasting_typed", {})
    return kept


def _typed(visit: Visit, setting: Shape) -> None:
    """A shape as text. What is no shape stays in the box, and the last good shape stays in use."""
    key, used = f"{WORDS}-{setting.name}", visit.stay.values[setting.name]

    def changed() -> None:
        visit.act()
        typed = st.session_state[key]
        try:
            _choose(visit, {setting.name: read_shape(typed)})
        except ShapeError as problem:
            _typing()[setting.name] = used, typed, problem

    kept = _typing().get(setting.name)
    if kept is not None and kept[0] != used:  # an address or a scene brought another shape since
        del _typing()[setting.name]
        kept = None
    st.session_state[key] = str(used) if kept is None else kept[1]
    st.text_input(words(WORDS).text[f"broadcast_{setting.name}"], key=key, on_change=changed, width=150)


def _trouble(visit: Visit, setting: Shape) -> None:
    if (kept := _typing().get(setting.name)) is not None:
        text = words(WORDS).text["broadcast_kept"]
        st.warning(text.format(problem=_sentence(kept[2]), shape=kept[0]))


def _sentence(problem: ShapeError) -> str:
    """What is wrong with a text that is no shape."""
    details = {
        name: f"{value:,}" if isinstance(value, int) else without_marks(value)
        for name, value in problem.details.items()
    }
    return words(WORDS).text[f"broadcast_problem_{problem.kind}"].format(**details)
