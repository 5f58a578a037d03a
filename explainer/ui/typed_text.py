"""What strangers typed: shown as it is, and what was wrong with it as a sentence."""

from explainer.maths.typed import TypedError
from explainer.words import COMMON


def sentence(problem: TypedError) -> str:
    """What was wrong, where, and what can be typed."""
    said = COMMON["typed"]
    where = said["where"].format(**problem.details) if "place" in problem.details else ""
    details = {
        name: f"{value:,}" if isinstance(value, int) else without_marks(value)
        for name, value in problem.details.items()
    }
    return str(said[problem.kind]).format(**details, where=where)


def without_marks(text: str) -> str:
    """A stranger's text, its marks kept from formatting it."""
    return "".join(f"\\{mark}" if mark in r"\`*_{}[]()#+-.!|<>$~:" else mark for mark in text)
