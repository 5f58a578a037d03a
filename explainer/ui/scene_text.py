"""What is seen as a scene of a talk: a part of its TOML file."""

import json
from collections.abc import Mapping
from typing import Final

MINUTES: Final = 3
"""How long a scene takes until somebody has rehearsed it."""


def scene_text(name: str, chapter: str, figure: str, state: Mapping[str, str]) -> str:
    """A scene with an empty sentence and empty notes; `state` is what differs from the settings' starts."""
    texts = {"name": name, "chapter": chapter, "figure": figure, "sentence": "", "notes": ""}
    lines = ["[[scenes]]", *_lines(texts), f"minutes = {MINUTES}"]
    return "\n".join([*lines, "[scenes.state]", *_lines(state)] if state else lines) + "\n"


def toml_string(text: str) -> str:
    """A text as TOML has it: like JSON, which only leaves the character DEL as it is."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _lines(texts: Mapping[str, str]) -> list[str]:
    return [f"{name} = {toml_string(text)}" for name, text in texts.items()]
