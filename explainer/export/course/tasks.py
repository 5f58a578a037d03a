"""The questions as the course's script asks them: every text written out, the answers beside them."""

from collections.abc import Callable, Mapping
from typing import Any

from explainer.export.course.markup import html_of, line_of
from explainer.ui.question_kinds import right_text
from explainer.words import COMMON, COURSE
from explainer.words.questions import Question

Show = Callable[[Mapping[str, str], str | None], dict[str, Any] | None]
"""Gives what a figure is to show, for settings by their texts and the step at which it stops."""
Numbers = Mapping[str, Any]


def task(question: Question, numbers: Numbers, show: Show) -> dict[str, Any]:
    """A question with all that is replied; where it cannot be answered on these data, only why."""
    if not question.can_be_answered(numbers):
        known = {name: value for name, value in numbers.items() if value is not None}
        return {"name": question.name, "otherwise": html_of(question.otherwise.format(**known))}
    because = question.because.format(**numbers)
    return {
        "name": question.name,
        "ask": html_of(question.ask.format(**numbers)),
        "yes": html_of(f"**{COMMON['questions']['right']}** {because}"),
        "told": html_of(f"{right_text(question, numbers)} {because}"),
        "show": _shown(question, question.state, numbers, show),
        **_by_kind(question, numbers, show),
    }


def _shown(
    question: Question, state: Mapping[str, str], numbers: Numbers, show: Show
) -> dict[str, Any] | None:
    filled = {name: text.format(**numbers) for name, text in state.items()}
    stop = question.stop.format(**numbers) if question.plays else None
    return show(filled, stop) if filled or stop is not None else None


def _by_kind(question: Question, numbers: Numbers, show: Show) -> dict[str, Any]:
    """How it is answered, and what is replied to which answer."""
    if question.number is not None:
        return _number(question, numbers)
    if question.place is not None:
        return _place(question, numbers)
    if question.order is not None:
        return {
            "kind": "order",
            "offered": question.order.offered,
            "steps": [_option(step.text, step.reply, numbers) for step in question.order.steps],
        }
    if question.shape is not None:
        return _shape(question, numbers)
    if question.lines is not None:
        return {"kind": "lines", "needs": html_of(COURSE["lines_need_python"])}
    return {
        "kind": "choice",
        "right": question.right_place(numbers),
        "options": [
            _option(option.text, option.reply, numbers)
            | {"show": _shown(question, option.state, numbers, show) if option.state else None}
            for option in question.options
        ],
    }


def _option(text: str, reply: str, numbers: Numbers) -> dict[str, Any]:
    return {"text": line_of(text.format(**numbers)), "reply": _reply(reply, numbers)}


def _reply(text: str, numbers: Numbers) -> str:
    return line_of(text.format(**numbers))


def _number(question: Question, numbers: Numbers) -> dict[str, Any]:
    asked = question.number
    assert asked is not None
    right = float(numbers[asked.right])
    return {
        "kind": "number",
        "right": right,
        "within": asked.within * abs(right),
        "low": _reply(asked.low, numbers),
        "high": _reply(asked.high, numbers),
    }


def _place(question: Question, numbers: Numbers) -> dict[str, Any]:
    asked = question.place
    assert asked is not None
    return {
        "kind": "place",
        "point": asked.point,
        "right": [float(part) for part in numbers[asked.right]],
        "radius": float(numbers[asked.radius]),
        "far": _reply(asked.far, numbers),
        "mistakes": [
            {
                "at": [float(part) for part in numbers[mistake.place]],
                "reply": _reply(mistake.reply, numbers),
            }
            for mistake in asked.mistakes
        ],
    }


def _shape(question: Question, numbers: Numbers) -> dict[str, Any]:
    asked = question.shape
    assert asked is not None
    return {
        "kind": "shape",
        "right": list(numbers[asked.right]),
        "other": _reply(asked.other, numbers),
        "mistakes": [
            {"shape": list(numbers[mistake.shape]), "reply": _reply(mistake.reply, numbers)}
            for mistake in asked.mistakes
        ],
    }
