"""A live figure as one HTML file: it plays by itself, without a server and without the network."""

from collections.abc import Mapping, Sequence
from html import escape
from itertools import starmap

from explainer.live.embedding import alone, as_code, as_data, plotly_elements, tones
from explainer.live.scripts import HERE, component_style, handout_script
from explainer.serving.templates import filled


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
    parts = {
        "title": escape(title),
        "light": tones("light"),
        "dark": tones("dark"),
        "style": component_style(),
        "notes": "\n".join([*map(_paragraph, notes), *starmap(_document, (documents or {}).items())]),
        "start": as_data({"name": name, "texts": dict(texts)}),
        "stage": alone(packed),
        "plotly": plotly_elements(packed),
        "script": as_code(handout_script()),
    }
    template = (HERE / "handout.html").read_text(encoding="utf-8")
    return filled(template, parts)


def _paragraph(note: str) -> str:
    return f"<p>{escape(note)}</p>"


def _document(title: str, text: str) -> str:
    return f"<details><summary>{escape(title)}</summary><pre>{escape(text)}</pre></details>"
