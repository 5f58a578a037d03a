"""What a page that is a file holds inside: data, code, tables and Plotly.js, as elements of HTML."""

import json
import re
from base64 import b64encode
from collections.abc import Mapping
from functools import cache
from typing import Any, Final

from explainer.live.pack import split, with_header
from explainer.live.scripts import PARTS, zipped_plotly
from explainer.serving.published import zipped
from explainer.stage.palette import TONES

THEME: Final = {"--st-background-color": "ground", "--st-text-color": "ink"}
"""What the player asks of a page's theme -> the role of the tone that it has here."""
NEVER: Final[dict[str, tuple[str, ...]]] = {"": ()}
"""A condition that does not hold."""


def tones(theme: str) -> str:
    """The theme's colours as CSS sets them."""
    return " ".join(f"{variable}: {TONES[role][theme]};" for variable, role in THEME.items())


def as_data(data: Any) -> str:
    """JSON inside a script element, which only ``<`` could end."""
    return json.dumps(data).replace("<", "\\u003c")


def as_code(code: str) -> str:
    """JavaScript inside a script element: what could end it stands in texts only, where this is the same."""
    return re.sub(r"<(?=/script|!--)", r"\\x3c", code, flags=re.IGNORECASE)


def alone(packed: bytes, takes_presses: bool = False) -> str:
    """A packed stage without what only Python could answer, zipped, as a text.

    Presses on its panels stay where the page `takes_presses` itself.
    """
    header, body = split(packed)
    return _zipped(with_header(without_python(header, takes_presses), body))


@cache
def plotly_element(part: str) -> str:
    """A part of Plotly.js, zipped, as an element that js/embedded.js finds."""
    code = b64encode(zipped_plotly(part)).decode()
    return f'<script type="text/plain" id="plotly-{part}">{code}</script>'


def plotly_elements(*packed: bytes) -> str:
    """The parts of Plotly.js that some packed stages are drawn with."""
    has_scene = any(panel["scene"] for one in packed for panel in split(one)[0]["panels"])
    return "\n".join(plotly_element(part) for part in PARTS if part == "flat" or has_scene)


def _zipped(content: bytes) -> str:
    return b64encode(zipped(content)).decode()


def without_python(header: dict[str, Any], takes_presses: bool = False) -> dict[str, Any]:
    """The header without presses on panels, and without controls that no table follows."""
    followed = _followed(header)
    for panel in header["panels"]:
        if not takes_presses:
            panel.pop("click", None)
    for control in header["controls"]:
        if control["name"] not in followed:
            control["when"] = NEVER
    return header


def _followed(stage: Mapping[str, Any]) -> set[str]:
    """The controls by which the browser alone can move something."""
    clock = stage["clock"] or {}
    names = {axis for table in stage["tables"].values() for axis in table["axes"]}
    names |= {clock.get("control"), clock.get("end")} - {None}
    for panel in stage["panels"]:
        names |= {panel.get("follow_x"), *panel.get("pick", ())} - {None}
    return names
