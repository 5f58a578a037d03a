"""A scene's TOML says what it was given, whatever that is."""

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explainer.chapters import CHAPTERS
from explainer.talk.talks import parse_talk
from explainer.ui.scene_text import MINUTES, scene_text, toml_string

TEXTS = st.text(st.characters(exclude_categories=["Cs"]))  # halves of pairs stand in no text of UTF-8
NAMES = st.from_regex(r"[a-z][a-z0-9_]{0,12}", fullmatch=True)


@given(TEXTS)
def test_any_text_is_read_back_as_it_was(text: str) -> None:
    assert tomllib.loads(f"text = {toml_string(text)}") == {"text": text}


@pytest.mark.parametrize(
    "text", ['say "yes"', "C:\\new\\table", "\x00\x07\x1f\x7f\u0085", "l1\r\nl2\t.", "ä 猫 🐈", ""]
)
def test_marks_and_other_alphabets_are_read_back(text: str) -> None:
    assert tomllib.loads(f"text = {toml_string(text)}") == {"text": text}


@given(TEXTS, st.dictionaries(NAMES, TEXTS))
def test_scenes_stand_one_below_the_other(name: str, state: dict[str, str]) -> None:
    both = scene_text(name, "descent", "walk", state) + scene_text("another", "loss", "examples", {})
    first, second = tomllib.loads(both)["scenes"]
    assert first.pop("state", {}) == state
    assert first == {
        "name": name, "chapter": "descent", "figure": "walk", "sentence": "", "notes": "", "minutes": MINUTES,
    }  # fmt: skip
    assert second["chapter"] == "loss" and "state" not in second


@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda chapter: chapter.name)
def test_a_talk_takes_a_scene_of_each_figure(chapter) -> None:  # type: ignore[no-untyped-def]
    scenes = [
        scene_text(f"{chapter.name} {number}", chapter.name, figure, {})
        for number, figure in enumerate(chapter.figures)
    ]
    talk = parse_talk('title = "a talk"\n' + "\n".join(scenes), "talk.toml", CHAPTERS)
    assert [scene.figure.name for scene in talk.scenes] == list(chapter.figures)
