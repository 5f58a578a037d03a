"""What was wrong with a text that a visitor typed, as a sentence."""

from collections.abc import Mapping
from typing import Any

from explainer.maths.checks import InputError
from explainer.words import COMMON, plain_details


def problem_text(problem: InputError, said: Mapping[str, Any] = COMMON["typed"], prefix: str = "") -> str:
    """What was wrong, where, and what can be typed: the sentence that `said` has for the problem's kind."""
    details = plain_details(problem.details)
    where = COMMON["typed"]["where"].format(**problem.details) if "place" in details else ""
    return str(said[prefix + problem.kind]).format(**details, where=where)
