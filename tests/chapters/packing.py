"""A chapter's live figure as bytes, as the first visitor gets it, without Streamlit."""

from typing import Any

from explainer.live import pack
from explainer.stage.chapter import Chapter, concrete, starting_values


def packed(chapter: Chapter, name: str, **values: Any) -> bytes:
    """The figure called `name` for these values, the others being the chapter's starts."""
    known, figure = starting_values(chapter, **values), chapter.figures[name]
    controls = [concrete(control, known) for control in figure.controls]
    return pack(figure.stage(*(known[part.name] for part in figure.of)), controls, chapter.words.figure)
