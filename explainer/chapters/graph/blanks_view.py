"""*Your turn* on the page *Graph*: derivatives left blank, filled in one by one, each checked at once."""

from typing import Final

import streamlit as st

from explainer.chapters.graph.blanks import BLANKS, FORMS, RIGHT_FORM, Blank, hint_text
from explainer.chapters.graph.chapter import FOUND, TURN
from explainer.maths.typed import TypedError, read_number
from explainer.ui import typed_text
from explainer.ui.live_figure import show_figure
from explainer.ui.places import place, say
from explainer.ui.session import value_of
from explainer.ui.visit import Visit
from explainer.words import COMMON, words
from explainer.words.numbers import number

TEXT: Final = words("graph").text


def choose_turn(visit: Visit) -> str:
    """A button for other numbers; returns the name of those in use."""
    turn: str = visit.value(TURN)

    def pressed() -> None:
        visit.choose(TURN, TURN.options[(TURN.options.index(turn) + 1) % len(TURN.options)])

    st.button(TEXT["turn_other"], on_click=pressed)
    return turn


def ask_blanks(visit: Visit, graph: str, turn: str) -> None:
    """The graph and, beside it, its blanks: each appears when the one before is right."""
    asked = [Blank(graph, turn, name) for name in BLANKS[graph]]
    drawing, filling = st.columns([3, 2], gap="large")
    with filling:
        progress = st.container()
        found = _ask_in_turn(visit, asked)
        if graph == "neuron":
            _ask_short_form(visit, asked, found == len(asked))
    sentence = TEXT["turn_all" if found == len(asked) else "turn_progress"]
    text = sentence.format(done=found, count=len(asked))
    with progress, place(f"progress-{graph}", text):
        st.progress(found / len(asked), text)
    visit.supply(FOUND[graph], found)
    with drawing:
        show_figure(visit, f"turn_{graph}")


def _ask_in_turn(visit: Visit, asked: list[Blank]) -> int:
    """Shows the blanks up to the first that is not right yet; returns how many are right."""
    found = 0
    for at, blank in enumerate(asked):
        with place(f"blank-{blank.graph}-{blank.name}", blank.turn):
            if found == at and _is_filled(blank, _ask(visit, blank)):
                found += 1
    return found


def _is_filled(blank: Blank, typed: str) -> bool:
    """Whether the blank is filled in rightly; says so, or what is wrong with what stands there."""
    name = f"filled-{blank.graph}-{blank.name}"
    if not typed.strip():
        say(name, "")
        return False
    try:
        wrong = blank.mistake(read_number(typed))
    except TypedError as problem:
        say(name, typed_text.problem_text(problem), st.warning)
        return False
    if wrong:
        say(name, hint_text(blank, wrong), st.info)
    else:
        say(name, TEXT["turn_done"].format(name=blank.label, value=number(blank.right)))
    return not wrong


def _ask(visit: Visit, blank: Blank) -> str:
    """The text in a blank. The session keeps it, also while another chapter is open."""
    kept: dict[Blank, str] = st.session_state.setdefault("turn_typed", {})
    key = f"graph-turn-{blank.graph}-{blank.turn}-{blank.name}"

    def changed() -> None:
        visit.act()
        kept[blank] = value_of(key)

    st.session_state[key] = kept.get(blank, "")
    label = TEXT["turn_label"].format(name=blank.label)
    st.text_input(label, key=key, on_change=changed, width=240)
    return kept.get(blank, "")


def _ask_short_form(visit: Visit, asked: list[Blank], is_filled: bool) -> None:
    """Once all blanks are filled: which short formula dz always has."""
    key = f"graph-turn-form-{asked[0].turn}"
    forms = {form: TEXT[f"turn_form_{form}"] for form in FORMS}
    a, y, dz = (float(value) for value in (asked[0].values["a"], asked[0].values["y"], asked[2].right))
    question = TEXT["turn_short"].format(dz=number(dz))
    chosen = None
    with place("short-form", question if is_filled else ""):
        if is_filled:
            chosen = st.pills(question, FORMS, format_func=forms.__getitem__, key=key, on_change=visit.act)
    if chosen is None:
        return say("short-form-answer", "")
    right = chosen == RIGHT_FORM
    verdict = COMMON["frame"]["right" if right else "wrong"]
    why = TEXT["turn_form_yes" if right else "turn_form_no"].format(
        a=number(a), y=number(y), dz=number(dz), value=number(FORMS[chosen](a, y)), form=forms[chosen]
    )
    return say("short-form-answer", f"**{verdict}** {why}", st.info)
