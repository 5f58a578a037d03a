"""Asks for lines of NumPy: first a worked example, then the last line of it, then all lines.

What is written is computed for the example that is shown and held against hidden inputs
(`explainer.maths.assignment`); what it gives is shown line by line.
"""

from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
import streamlit as st

from explainer.maths.assignment import EXERCISES, RIGHT, Exercise, check
from explainer.maths.written_lines import LineError, evaluate
from explainer.ui.places import place, say
from explainer.ui.reply_text import reply_text
from explainer.ui.session import kept, value_of
from explainer.ui.typed_text import problem_text
from explainer.ui.visit import Visit
from explainer.words import COMMON

STAGES: Final = ("read", "last", "all")
"""The lines are given; the last one is missing; all are missing. With one line the last is all."""
LINE, AROUND = 28, 34
"""Pixels of a box: each line, and above and below."""
MOST_SHOWN: Final = 200
"""Numbers of an array, or signs of another value, that are shown."""


@dataclass
class Written:
    """What somebody has written in this visit, by exercise and stage, and the exercises that are done."""

    texts: dict[tuple[str, str], str] = field(default_factory=dict)
    stages: dict[str, str] = field(default_factory=dict)
    done: set[str] = field(default_factory=set)

    def lines_of(self, exercise: str) -> str:
        """The lines of the last stage, where nothing is given; "" for none."""
        return self.texts.get((exercise, "all"), "")


def written() -> Written:
    """The session's `Written`."""
    return kept("written", Written)


def stages_of(exercise: Exercise) -> tuple[str, ...]:
    """The stages of an exercise, in their order."""
    return STAGES if len(exercise.lines.splitlines()) > 1 else ("read", "all")


def offer_lines(visit: Visit, name: str) -> None:
    """An exercise in a closed box: what shows lines of code is loaded once somebody opens it."""
    box = st.expander(COMMON["writing"]["box"], on_change="rerun", key=f"{visit.chapter}-write")
    if box.open:
        with box, place("write", name):
            ask_lines(visit, name)


def ask_lines(visit: Visit, name: str) -> None:
    """One exercise: its task, the stage, the lines, what is said of them, and what they give."""
    said, exercise = COMMON["writing"], EXERCISES[name]
    stage = _choose_stage(visit, exercise)
    task = COMMON["assignment"]["exercises"][name]["task"]
    given, wanted = (", ".join(f"`{one}`" for one in names) for names in (exercise.given, exercise.wanted))
    say(f"task-{name}", f"{task} {said['names'].format(given=given, wanted=wanted)}")
    head = exercise.lines.rpartition("\n")[0]
    shown = {"read": exercise.lines, "last": head, "all": ""}[stage]
    with place(f"given-lines-{name}", shown):
        if shown:
            st.markdown(f"```\n{shown}\n```")
    own = "" if stage == "read" else _ask(visit, exercise, stage)
    text = {"read": exercise.lines, "last": f"{head}\n{own}", "all": own}[stage]
    is_written = stage == "read" or bool(own.strip())
    right, reply = _judge(exercise, text) if is_written else (False, "")
    if right and stage == "all":
        written().done.add(name)
    say(f"reply-{name}", reply if own else "", st.success if right else st.info)
    _offer_next_stage(visit, exercise, stage, right)
    say(f"values-{name}", values_text(exercise, text if is_written else ""))


def _choose_stage(visit: Visit, exercise: Exercise) -> str:
    said, kept, key = COMMON["writing"], written(), f"stage-{exercise.name}"

    def changed() -> None:
        visit.act()
        kept.stages[exercise.name] = value_of(key) or "read"

    st.session_state[key] = kept.stages.get(exercise.name, "read")
    with place(f"stage-{exercise.name}", exercise.name):
        chosen = st.segmented_control(
            said["stage"],
            stages_of(exercise),
            key=key,
            format_func=lambda stage: said[f"stage_{stage}"],
            on_change=changed,
            label_visibility="collapsed",
        )
    return chosen or "read"


def _ask(visit: Visit, exercise: Exercise, stage: str) -> str:
    """The box for one's own lines, and a button, though leaving the box is enough."""
    said, kept, key = COMMON["writing"], written(), f"lines-{exercise.name}-{stage}"

    def changed() -> None:
        visit.act()
        kept.texts[exercise.name, stage] = value_of(key)

    count = 1 if stage == "last" else len(exercise.lines.splitlines()) + 1
    st.session_state[key] = kept.texts.get((exercise.name, stage), "")
    with place(f"lines-{exercise.name}", stage):
        text = st.text_area(
            said["own_line"] if count == 1 else said["own_lines"],
            key=key,
            on_change=changed,
            height=AROUND + LINE * max(2, count),
            placeholder=f"{exercise.wanted[-1]} = ",
        )
        st.button(said["check"], key=f"check-{exercise.name}-{stage}", on_click=visit.act)
    return text or ""


def _judge(exercise: Exercise, text: str) -> tuple[bool, str]:
    """Whether lines are right, and the sentence about them."""
    try:
        reply = check(exercise, text)
    except LineError as problem:
        return False, problem_text(problem, COMMON["lines"])
    return reply.kind == RIGHT, reply_text(exercise.name, reply)


def _offer_next_stage(visit: Visit, exercise: Exercise, stage: str, right: bool) -> None:
    said, stages = COMMON["writing"], stages_of(exercise)
    following = stages[stages.index(stage) + 1 :][:1]

    def go_on() -> None:
        visit.act()
        written().stages[exercise.name] = following[0]

    with place(f"next-stage-{exercise.name}", stage, right):
        if right and following:
            st.button(said[f"go_{following[0]}"], key=f"go-{exercise.name}-{stage}", on_click=go_on)


def values_text(exercise: Exercise, text: str) -> str:
    """The values of the names given in the exercise's example, and of those that the lines assign, if any."""
    said, (case, given) = COMMON["writing"], next(iter(exercise.cases.items()))
    try:
        found = evaluate(text, given)
    except LineError:
        found = {}
    shown = [said["given"].format(case=COMMON["assignment"]["cases"][case]), *map(_value_text, given.items())]
    if found:
        shown += [said["found"], *map(_value_text, found.items())]
    return "\n\n".join(shown)


def _value_text(named: tuple[str, Any]) -> str:
    """A name and its value as a block of text: of an array its shape, and its numbers if there are few."""
    name, value = named
    if not isinstance(value, np.ndarray):
        return f"`{name}`\n```\n{str(value)[:MOST_SHOWN]}\n```"
    kind = str(COMMON["writing"]["shape"].format(name=name, shape=value.shape))
    if value.size > MOST_SHOWN:
        return kind
    numbers = np.array2string(value, precision=4, suppress_small=True, max_line_width=70)
    return f"{kind}\n```\n{numbers}\n```"
