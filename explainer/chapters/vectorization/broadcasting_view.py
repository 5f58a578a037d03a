"""Broadcasting on the page of *Why is NumPy fast?*: two shapes, typed or chosen, and their verdict."""

from typing import NamedTuple

import streamlit as st

from explainer.chapters.vectorization import broadcasting_steps as steps
from explainer.chapters.vectorization.chapter import SHAPE_1, SHAPE_2, ShapeSetting
from explainer.maths.broadcasting import Shape, ShapeError, compare, numpy_says, read_shape
from explainer.ui import frame
from explainer.ui.places import place, say
from explainer.ui.session import kept, value_of
from explainer.ui.visit import Visit


class Rejected(NamedTuple):
    """A typed text that is not a shape, why, and the shape that stays in use."""

    text: str
    problem: ShapeError
    used: Shape


def _rejected() -> dict[str, Rejected]:
    """The session's rejected texts, by setting."""
    return kept("rejected_shapes", dict[str, Rejected])


def _choose(visit: Visit, setting: ShapeSetting, shape: Shape) -> None:
    """Sets a shape and forgets a text that was rejected before."""
    visit.choose(setting, shape)
    _rejected().pop(setting.name, None)


def ask_shape(visit: Visit, setting: ShapeSetting) -> Shape:
    """A box for a shape. A text that is not a shape stays in the box, and the last shape stays in use."""
    key = f"{visit.chapter}-{setting.name}"
    used: Shape = visit.value(setting)

    def changed() -> None:
        visit.act()
        text = value_of(key)
        try:
            _choose(visit, setting, read_shape(text))
        except ShapeError as problem:
            _rejected()[setting.name] = Rejected(text, problem, used)

    rejected = _rejected().get(setting.name)
    if rejected is not None and rejected.used != used:  # an address or a scene brought another shape since
        del _rejected()[setting.name]
        rejected = None
    st.session_state[key] = str(used) if rejected is None else rejected.text
    label = visit.about.words.text[f"broadcast_{setting.name}"]
    st.text_input(label, key=key, on_change=changed, width=150)
    return used


def choose_case(visit: Visit) -> None:
    """Buttons for pairs of shapes. The figure waits: first the reader says whether they fit."""
    text, key = visit.about.words.text, f"{visit.chapter}-broadcast-case"

    def changed() -> None:
        visit.act()
        case = value_of(key)
        if case is not None:
            for setting, shape in zip((SHAPE_1, SHAPE_2), steps.CASES[case], strict=True):
                _choose(visit, setting, shape)

    st.session_state[key] = _case(visit.value(SHAPE_1), visit.value(SHAPE_2))
    st.segmented_control(
        text["broadcast_cases"],
        tuple(steps.CASES),
        key=key,
        format_func=lambda case: text[f"broadcast_case_{case}"],
        on_change=changed,
        wrap=True,
    )


def _case(shape_1: Shape, shape_2: Shape) -> str | None:
    return next((name for name, pair in steps.CASES.items() if pair == (shape_1, shape_2)), None)


def show_rejected(visit: Visit) -> None:
    """What is wrong with rejected texts, and which shape is drawn instead."""
    text = visit.about.words.text
    for setting in (SHAPE_1, SHAPE_2):
        said = ""
        if (rejected := _rejected().get(setting.name)) is not None:
            problem = steps.problem_text(rejected.problem)
            said = text["broadcast_kept"].format(problem=problem, shape=rejected.used)
        say(f"rejected-{setting.name}", said, st.warning)


def show_verdict(visit: Visit, shape_1: Shape, shape_2: Shape) -> None:
    """The verdict and its table, beside it NumPy's own message and remarks on the case: in a box.

    Another pair of shapes has a box of its own, which is closed again.
    """
    text, comparison = visit.about.words.text, compare(shape_1, shape_2)
    box = frame.reading_box(text["broadcast_verdict"], f"verdict-{shape_1}-{shape_2}")
    if not box.open:
        return
    verdict, more = box.columns([3, 2], gap="large")
    message, case = numpy_says(shape_1, shape_2), _case(shape_1, shape_2)
    remarks = (
        text["broadcast_numpy"].format(message=message) if message else "",
        text[f"broadcast_about_{case}"] if case else "",
        *steps.consequence_texts(comparison, text),
    )
    with verdict:
        say("verdict", steps.verdict_text(comparison, text))
        say("axes", steps.axes_text(comparison, text))
    with more, place("remarks", *remarks):
        for remark in filter(None, remarks):
            st.markdown(remark)
