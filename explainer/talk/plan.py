"""A rehearsal's minutes put into a talk's file: nothing else of its text changes."""

import re
import tomllib
from collections.abc import Mapping
from typing import Any, Final

from explainer.talk.talks import MOST_MINUTES

LEAST: Final = 0.5
"""Minutes; a plan goes by half minutes."""
_SAID: Final = re.compile(r"""(?<![\w"'.-])(["']?)minutes\1[ \t]*=[ \t]*([+-]?\d[\w.+-]*)""")
_MARK: Final = 10**9


class PlanError(ValueError):
    """A file of which nobody can tell where it says the minutes of a scene."""


def rounded(minutes: float) -> float:
    """To half a minute, at least one half, and at most what a talk's file may say."""
    return min(float(MOST_MINUTES), max(LEAST, round(minutes * 2) / 2))


def with_minutes(source: str, minutes: Mapping[str, float]) -> str:
    """The text of a talk's file with new minutes for the scenes of these names; others keep theirs.

    A `PlanError` if the file would then say anything else than that.
    """
    wanted = tomllib.loads(source)
    new: dict[int, str] = {}
    said = _where_said(source)
    for place, scene in enumerate(wanted["scenes"]):
        if scene["name"] not in minutes:
            continue
        scene["minutes"] = rounded(minutes[scene["name"]])
        if place not in said:
            raise PlanError(scene["name"])
        new[said[place]] = f"{scene['minutes']:g}"
    matches = list(_SAID.finditer(source))
    for which in sorted(new, reverse=True):
        source = _put_in(source, matches[which], new[which])
    if tomllib.loads(source) != wanted:
        raise PlanError
    return source


def _where_said(source: str) -> dict[int, int]:
    """The place of a scene -> which of all that looks like minutes are its own.

    What looks so may stand in a comment or in a text. So each gets a number of its own, and what the file
    then says of a scene tells.
    """
    marked = source
    for which, match in reversed(list(enumerate(_SAID.finditer(source)))):
        marked = _put_in(marked, match, str(_MARK + which))
    scenes: list[Mapping[str, Any]] = tomllib.loads(marked)["scenes"]
    found = {place: scene["minutes"] - _MARK for place, scene in enumerate(scenes)}
    return {place: which for place, which in found.items() if which >= 0}


def _put_in(text: str, match: re.Match[str], number: str) -> str:
    return f"{text[: match.start(2)]}{number}{text[match.end(2) :]}"
