"""What is said of lines that a reader has written for an exercise, as a sentence."""

from typing import Any

from explainer.maths.assignment import RIGHT, Difference, Reply
from explainer.words import COMMON, without_marks
from explainer.words.numbers import number


def reply_text(exercise: str, reply: Reply) -> str:
    """A known mistake by its own sentence, any other by what differs, and for which input."""
    said = COMMON["assignment"]
    if reply.kind == RIGHT:
        return str(said["right"])
    mistakes = said["exercises"][exercise]["mistakes"]
    if reply.kind in mistakes:
        text = str(mistakes[reply.kind])
    else:
        assert reply.difference is not None  # only a known mistake has none
        text = said["of_name"].format(name=f"`{reply.name}`", said=difference_text(reply.difference))
    return str(said["where"].format(case=said["cases"][reply.case], said=text))


def difference_text(difference: Difference) -> str:
    """What differs, without the name and the input."""
    details = dict(difference.details)
    template = COMMON["assignment"]["differences"][_key(difference.kind, details)]
    return str(template.format(**{name: _written(value) for name, value in details.items()}))


def _key(kind: str, details: dict[str, Any]) -> str:
    if kind == "warning":
        return f"warning_{details['warning']}"
    if kind == "axis" and details["wanted"] == details["found"]:
        return "axis_same"
    if kind != "value":
        return kind
    if "factor" in details:
        return "value_sign" if details["factor"] == -1 else "value_factor"
    return "value" if details["place"] else "value_number"


def _written(value: Any) -> str:
    return number(value) if isinstance(value, float) else without_marks(str(value))
