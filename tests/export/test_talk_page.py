"""A talk as one file: all of it inside, shared figures once, notes only where they are asked for."""

import re
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import pytest

from explainer.chapters import CHAPTERS
from explainer.export.__main__ import main
from explainer.export.talk_page import code_of, talk_page
from explainer.talk.shelf import bundled_talk
from explainer.talk.talks import Talk, parse_talk
from explainer.words import TALK

LARGEST = 6_000_000  # bytes
EVIL = "</script><script>alert(1)</script><b>bold</b>"
SCENE = """
[[scenes]]
name = "{name}"
chapter = "descent"
sentence = "{sentence}"
notes = "only for the speaker"
minutes = 3
"""


def made_talk(*sentences: str) -> Talk:
    scenes = [SCENE.format(name=f"scene {k}", sentence=sentence) for k, sentence in enumerate(sentences)]
    return parse_talk('title = "Mine"\n' + "".join(scenes), "mine.toml", CHAPTERS)


@cache
def evening() -> Talk:
    return bundled_talk("evening", CHAPTERS)


class Tags(HTMLParser):
    """All tags with their attributes, and the text outside scripts and styles."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        if self.tags and self.tags[-1][0] not in {"script", "style"}:
            self.text += data


def test_the_evening_fits_into_one_file_that_asks_for_nothing() -> None:
    html = talk_page(evening())
    assert len(html.encode()) <= LARGEST
    seen = Tags(html)
    assert not [one for tag, one in seen.tags if "src" in one or one.get("href", "data:,") != "data:,"]
    assert [one["id"] for tag, one in seen.tags if tag == "section"] == [
        f"scene-{k}" for k in range(1, len(evening().scenes) + 1)
    ]
    for scene in evening().scenes:
        assert scene.name in seen.text and scene.sentence in seen.text
        assert scene.notes.splitlines()[0] not in seen.text


def test_notes_stand_there_where_they_are_asked_for() -> None:
    assert "only for the speaker" not in talk_page(made_talk("A sentence."))
    assert "only for the speaker" in Tags(talk_page(made_talk("A sentence."), notes=True)).text


def test_scenes_of_one_figure_share_its_tables() -> None:
    html = talk_page(made_talk("One.", "Two.", "Three."))
    assert len(re.findall(r'<script type="text/plain" id="block-\d+">', html)) == 1
    assert html.count('"block": "block-1"') == 3


def test_markup_in_a_talk_stays_text() -> None:
    seen = Tags(talk_page(made_talk(EVIL)))
    assert EVIL in seen.text
    assert not [tag for tag, _ in seen.tags if tag == "b"]


def test_what_needs_somebody_s_own_pictures_is_said() -> None:
    source = 'title = "Mine"\n' + SCENE.format(name="ours", sentence="Ours.").replace("descent", "cats")
    talk = parse_talk(source + '[scenes.state]\ndata = "own"\nstep = "40"\n', "mine.toml", CHAPTERS)
    assert talk.scenes[0].figure.texts["step"] == "40"
    said = TALK["scene_left_out"].format(settings="data = own")
    assert said in Tags(talk_page(talk)).text
    assert said not in Tags(talk_page(made_talk("Ours."))).text


def test_links_lead_to_the_running_app_where_there_is_one() -> None:
    links = [
        one["href"]
        for tag, one in Tags(talk_page(made_talk("One."), app="http://cats.example/")).tags
        if tag == "a"
    ]
    assert links == [f"http://cats.example/descent?data=challenger&model=sigmoid&start={start()}"]


def start() -> str:
    own = made_talk("One.").scenes[0].figure
    return "&".join(
        [f"{own.own['start']}&hand=none", *(f"{name}={text}" for name, text in own.texts.items())]
    )


@pytest.mark.parametrize("chapter", sorted({scene.chapter for scene in evening().scenes}))
def test_every_scene_has_the_code_that_ran(chapter: str) -> None:
    assert code_of(chapter)
    assert all(re.match(r"(@|def )", source) for source in code_of(chapter))


def test_it_is_written_by_one_command_that_says_where_it_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source, target = tmp_path / "mine.toml", tmp_path / "mine.html"
    source.write_text(made_talk("A sentence.").source, encoding="utf-8")
    assert main(["--talk", str(source), "--out", str(target)]) == 0
    assert "A sentence." in target.read_text(encoding="utf-8")
    said = capsys.readouterr().out
    assert TALK["handout"]["at"].format(place=1, count=1, scene="scene 0") in said
    assert str(target) in said


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (["--talk", "/no/such/talk.toml"], "talk.toml cannot be read"),
        (["--name", "long"], "no talk called “long”. Known: evening, short."),
        (["--name", "short", "--out", "/no/such/place.html"], "place.html cannot be written"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(
    arguments: list[str], problem: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 1
    assert problem in capsys.readouterr().err
