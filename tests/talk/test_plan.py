"""A rehearsal's minutes in a talk's file: they are there, and nothing else has changed."""

import copy
import tomllib
from itertools import cycle
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explainer.chapters import CHAPTERS
from explainer.talk import talks
from explainer.talk.plan import PlanError, rounded, with_minutes
from explainer.talk.talks import MOST_MINUTES, parse_talk

OWN = {path.stem: path.read_text("utf-8") for path in Path(talks.__file__).parent.glob("*.toml")}
TRICKY = '''# minutes = 1
title = "minutes = 2"
[[scenes]] # minutes = 3
name = "one"
chapter = "descent"
"minutes" = 4.5 # minutes = 5
sentence = """
minutes = 6
[[scenes]]
minutes = 7
"""
notes = \'\'\'it's minutes = 8, and "minutes" = 9\'\'\'
[scenes.state]
iterations = "20"

[[scenes]]
name = "two"
chapter = "descent"
sentence = "Bye-minutes = 10."
\t'minutes'=1_0.5e0
'''
INLINE = (
    'title = "t"\nscenes = [{ name = "one", chapter = "descent", sentence = "minutes = 1, ", minutes = 2 },\n'
    '{minutes=+3.5,name = "two", chapter = "descent", sentence = ""}]\n'
)
SOURCES = {**OWN, "tricky": TRICKY, "inline": INLINE, "windows": TRICKY.replace("\n", "\r\n")}
MEASURED = st.floats(0, 1000, allow_nan=False)


def names_in(source: str) -> list[str]:
    return [scene["name"] for scene in tomllib.loads(source)["scenes"]]


@given(st.sampled_from(sorted(SOURCES)), st.data())
def test_everything_but_minutes_reads_back_the_same(name: str, data: st.DataObject) -> None:
    source = SOURCES[name]
    names = names_in(source)
    minutes = data.draw(st.dictionaries(st.sampled_from(names), MEASURED))
    wanted = copy.deepcopy(tomllib.loads(source))
    for scene in wanted["scenes"]:
        if scene["name"] in minutes:
            scene["minutes"] = rounded(minutes[scene["name"]])
    changed = with_minutes(source, minutes)
    assert tomllib.loads(changed) == wanted
    lines = list(zip(source.split("\n"), changed.split("\n"), strict=True))
    assert sum(before != after for before, after in lines) <= len(minutes)
    assert all("minutes" in before for before, after in lines if before != after)


@pytest.mark.parametrize("name", sorted(SOURCES))
def test_it_is_a_talk_still(name: str) -> None:
    """Apart from the property above: a talk draws the figures of all its scenes when it is read."""
    minutes = dict(zip(names_in(SOURCES[name]), cycle((0, 3.2, 1000)), strict=False))
    scenes = parse_talk(with_minutes(SOURCES[name], minutes), "mine.toml", CHAPTERS).scenes
    assert {scene.name: scene.minutes for scene in scenes} == {
        name: rounded(measured) for name, measured in minutes.items()
    }


def test_comments_and_texts_stay_where_they_are() -> None:
    changed = with_minutes(TRICKY, {"one": 2.2, "two": 7})
    assert changed == TRICKY.replace("= 4.5 #", "= 2 #").replace("1_0.5e0", "7")


@pytest.mark.parametrize(
    ("minutes", "plan"),
    [(0, 0.5), (0.1, 0.5), (0.8, 1), (1.2, 1), (1.3, 1.5), (3.76, 4), (1000, MOST_MINUTES)],
)
def test_a_plan_goes_by_half_minutes(minutes: float, plan: float) -> None:
    assert rounded(minutes) == plan


def test_a_scene_that_is_not_there_changes_nothing() -> None:
    assert with_minutes(TRICKY, {"three": 9}) == TRICKY


def test_minutes_that_cannot_be_found_are_refused() -> None:
    escaped = TRICKY.replace('"minutes" = 4.5', '"minut\\u0065s" = 4.5')
    assert parse_talk(escaped, "mine.toml", CHAPTERS).scenes[0].minutes == 4.5
    with pytest.raises(PlanError):
        with_minutes(escaped, {"one": 2})
    assert with_minutes(escaped, {"two": 2}) == escaped.replace("1_0.5e0", "2")
