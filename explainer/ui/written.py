"""Asks for lines of NumPy: first a worked example, then the last line of it, then all lines.

What is written is computed for the example that is shown and held against hidden inputs
(`explainer.maths.assignment`); what it gives is shown line by line.
"""

from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import starmap
from typing import Final

import streamlit as st

from explainer.maths.assignment import EXERCISES, RIGHT, Exercise, check, shown_values, wrong_places
from explainer.maths.written_lines import Assigned, LineError, lines
from explainer.ui.array_text import value_text
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
    """An exercise in a closed box: what shows lines of code is loaded once somebody opens it.

    Above it stands how many of all exercises are done, and whether this one is.
    """
    say("written-done", done_text(name), st.caption)
    box = st.expander(COMMON["writing"]["box"], on_change="rerun", key=f"{visit.chapter}-write")
    if box.open:
        with box, place("write", name):
            ask_lines(visit, name)


def done_text(name: str) -> str:
    """How many exercises are written without anything given, and whether the one of that name is."""
    said, done = COMMON["writing"], written().done
    if len(done) == len(EXERCISES):
        return str(said["all_done"]).format(all=len(EXERCISES))
    count = str(said["count_done"]).format(done=len(done), all=len(EXERCISES))
    return f"{count} {said['this_done']}" if name in done else count


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
    say(f"reply-{name}", reply if own else "", st.success if right else st.info)
    _offer_next_stage(visit, exercise, stage, right)
    _show_values(exercise, text if is_written else "")


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
            format_func=lambda stage: _stage_text(stage, exercise.name in kept.done),
            on_change=changed,
            label_visibility="collapsed",
        )
    return chosen or "read"


def _stage_text(stage: str, is_done: bool) -> str:
    """A stage's name; the last one is marked once it is done."""
    said = COMMON["writing"]
    name = str(said[f"stage_{stage}"])
    return str(said["part_done"]).format(name=name) if is_done and stage == "all" else name


def _ask(visit: Visit, exercise: Exercise, stage: str) -> str:
    """The box for one's own lines, and a button, though leaving the box is enough."""
    said, kept, key = COMMON["writing"], written(), f"lines-{exercise.name}-{stage}"

    def changed() -> None:
        visit.act()
        kept.texts[exercise.name, stage] = text = value_of(key)
        if stage == "all" and _judge(exercise, text)[0]:
            kept.done.add(exercise.name)

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


# ---- what the lines give


def _show_values(exercise: Exercise, text: str) -> None:
    """The values given in the exercise's example, and what the lines make of them, one after the other.

    Side by side stands what one statement has assigned, and beside a wrong value what it should be.
    """
    rows = [_given(exercise), *_filled(exercise, text)]
    with place(f"values-{exercise.name}", rows):
        for row in rows:
            with st.container(horizontal=True, gap="medium"):
                for value in row:
                    st.markdown(value, width="content")


def _given(exercise: Exercise) -> list[str]:
    case, given = next(iter(exercise.cases.items()))
    heading = COMMON["writing"]["given"].format(case=COMMON["assignment"]["cases"][case])
    return _headed(heading, starmap(value_text, given.items()))


def _filled(exercise: Exercise, text: str) -> list[list[str]]:
    """The values of each statement, up to the one that cannot be computed."""
    given = next(iter(exercise.cases.values()))
    done: list[Assigned] = []
    with suppress(LineError):  # the reply says it
        done.extend(lines(text, given).by_statement(given))
    last = {name: place for place, one in enumerate(done) for name in one.names}
    return [
        _headed(_heading(one), _value_texts(exercise, one, {name for name in one.names if last[name] == k}))
        for k, one in enumerate(done)
        if one.names
    ]


def _headed(heading: str, values: Iterable[str]) -> list[str]:
    first, *others = values
    return [f"{heading} {first}", *others]


def _heading(one: Assigned) -> str:
    said = COMMON["writing"]
    kind = "line" if one.first == one.last else "lines"
    return str(said[f"found_{kind}"].format(line=one.first, last=one.last))


def _value_texts(exercise: Exercise, one: Assigned, final: Collection[str]) -> Iterator[str]:
    """Each value, and beside one that is not as it should be at the end what it should be."""
    expected = shown_values(exercise)
    for name, value in one.names.items():
        if name not in final or name not in expected:
            yield value_text(name, value)
            continue
        wrong = wrong_places(expected[name], value)
        yield value_text(name, value, wrong)
        if wrong is not None:
            yield f"{COMMON['writing']['expected']} {value_text(name, expected[name])}"
