"""A live figure as one HTML file: it plays by itself, without a server and without the network."""

import json
import re
from base64 import b64encode
from collections.abc import Mapping, Sequence
from functools import cache
from html import escape
from itertools import starmap
from typing import Any, Final

from explainer.live.pack import split, with_header
from explainer.live.scripts import HERE, PARTS, component_style, handout_script, zipped_plotly
from explainer.serving.published import zipped
from explainer.stage.palette import TONES

THEME: Final = {"--st-background-color": "ground", "--st-text-color": "ink"}
"""What the player asks of a page's theme -> the role of the tone that it has here."""
NEVER: Final[dict[str, tuple[str, ...]]] = {"": ()}
"""A condition that does not hold."""


def page(
    packed: bytes,
    name: str,
    title: str,
    texts: Mapping[str, str],
    notes: Sequence[str] = (),
    documents: Mapping[str, str] | None = None,
) -> str:
    """A packed stage as a page of HTML that needs nothing beside itself.

    `name` is for the pictures that are saved of it; it starts with the controls at `texts`; `notes` are plain
    paragraphs below, such as where its pictures come from, and `documents` longer texts by their titles, such
    as licences, to be opened.
    """
    header, body = split(packed)
    parts = {
        "title": escape(title),
        "light": _tones("light"),
        "dark": _tones("dark"),
        "style": component_style(),
        "notes": "\n".join([*map(_paragraph, notes), *starmap(_document, (documents or {}).items())]),
        "start": _as_data(json.dumps({"name": name, "texts": dict(texts)})),
        "stage": _zipped(with_header(_alone(header), body)),
        "plotly": "\n".join(_plotly(part) for part in PARTS if part == "flat" or _has_scene(header)),
        "script": _as_code(handout_script()),
    }
    template = (HERE / "handout.html").read_text(encoding="utf-8")
    return re.sub(r"\{\{(\w+)\}\}", lambda found: parts[found[1]], template)


def _paragraph(note: str) -> str:
    return f"<p>{escape(note)}</p>"


def _document(title: str, text: str) -> str:
    return f"<details><summary>{escape(title)}</summary><pre>{escape(text)}</pre></details>"


def _tones(theme: str) -> str:
    return " ".join(f"{variable}: {TONES[role][theme]};" for variable, role in THEME.items())


def _as_data(text: str) -> str:
    """JSON inside a script element, which only ``<`` could end."""
    return text.replace("<", "\\u003c")


def _as_code(code: str) -> str:
    """JavaScript inside a script element: what could end it stands in texts only, where this is the same."""
    return re.sub(r"<(?=/script|!--)", r"\\x3c", code, flags=re.IGNORECASE)


def _zipped(content: bytes) -> str:
    return b64encode(zipped(content)).decode()


@cache
def _plotly(part: str) -> str:
    code = b64encode(zipped_plotly(part)).decode()
    return f'<script type="text/plain" id="plotly-{part}">{code}</script>'


def _has_scene(header: Mapping[str, Any]) -> bool:
    """Does a figure of the stage stand in 3-D?"""
    return any(panel["scene"] for panel in header["panels"])


def _alone(header: dict[str, Any]) -> dict[str, Any]:
    """The header without what only Python could answer: clicks, and controls that no table follows."""
    followed = _followed(header)
    for panel in header["panels"]:
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
