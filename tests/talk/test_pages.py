"""The projector's pages as the server sends them: which talk, what is told of it, and what is not."""

import gc
import gzip
import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from explainer.chapters import CHAPTERS, ORDER
from explainer.serving import published
from explainer.talk.alone import KEPT
from explainer.talk.pages import TalkPages, shown
from explainer.talk.shelf import Shelf
from explainer.words import TALK

EVIL = "</script><script>alert(1)</script><b>bold</b>"
MINE = f"""
title = "Mine"
[[scenes]]
name = "one"
chapter = "descent"
sentence = "{EVIL}"
notes = "a secret for the speaker"
minutes = 3
[scenes.state]
learning_rate = "0.1"
"""
PREVIEWS = {name: f"live/{name}.png" for name in ORDER}


@cache
def bundled() -> Shelf:
    shelf = Shelf(None, CHAPTERS)
    shelf.read_bundled()
    return shelf


def own(tmp_path: Path, source: str = MINE) -> tuple[Path, Shelf]:
    path = tmp_path / "mine.toml"
    path.write_text(source, encoding="utf-8")
    return path, Shelf(path, CHAPTERS)


def client(talks: Shelf, base: str = "") -> TestClient:
    async def other(request: Any) -> PlainTextResponse:
        return PlainTextResponse("Streamlit's")

    pages = Middleware(TalkPages, talks, PREVIEWS, "live/icon.png", base)
    routes = [Route("/{path:path}", other, methods=["GET", "POST"])]
    return TestClient(Starlette(routes=routes, middleware=[pages]))


def told(html: str) -> dict[str, Any]:
    """The data in a page."""
    (found,) = re.findall(r'<script type="application/json" id="talk">(.*?)</script>', html)
    data: dict[str, Any] = json.loads(found)
    return data


@pytest.mark.parametrize(("asked", "title"), [("1", "evening"), ("", "evening"), ("short", "short")])
def test_the_first_talk_or_the_one_that_is_named(asked: str, title: str) -> None:
    answer = client(bundled()).get(f"/?present={asked}")
    assert told(answer.text)["talk"]["name"] == title
    assert answer.headers["content-type"].startswith("text/html")
    assert "unsafe-inline" not in answer.headers["content-security-policy"].split("style-src")[0]


def test_an_unknown_talk_is_said_to_be_unknown() -> None:
    data = told(client(bundled()).get("/?present=long").text)
    assert data["talk"]["name"] == "evening"
    assert data["notices"] == [TALK["screen"]["no_talk"].format(name="long", known="evening, short")]


@pytest.mark.parametrize(
    "path", ["/", "/descent", "/descent?step=3", "/live/x?present=1", "/elsewhere?present=1"]
)
def test_all_else_is_streamlits(path: str) -> None:
    assert client(bundled()).get(path).text == "Streamlit's"
    assert client(bundled()).post("/?present=1").text == "Streamlit's"


def test_each_scene_has_its_block_and_no_notes() -> None:
    html = client(bundled()).get("/?present=short").text
    for scene, said in zip(bundled()["short"].scenes, told(html)["talk"]["scenes"], strict=True):
        publication = published.find(said["block"])
        assert publication is not None and publication.content
        assert (
            said["texts"].items()
            >= {k: v for k, v in scene.figure.given.items() if k in said["texts"]}.items()
        )
        assert scene.notes and scene.notes not in json.dumps(said)
        assert shown(scene, PREVIEWS)["block"] == said["block"]


def test_it_lives_below_a_base_path_and_is_sent_compressed() -> None:
    answer = client(bundled(), base="cats/app").get(
        "/cats/app/?present=short", headers={"Accept-Encoding": "gzip"}
    )
    assert answer.headers["content-encoding"] == "gzip"
    assert told(answer.text)["root"] == "/cats/app/"
    assert 'src="/cats/app/live/talk-' in answer.text
    assert len(gzip.compress(answer.content)) < 40_000


def test_markup_in_a_talk_stays_text(tmp_path: Path) -> None:
    html = client(own(tmp_path)[1]).get("/?present=1").text
    assert "<script>alert" not in html
    assert told(html)["talk"]["scenes"][0]["sentence"] == EVIL
    assert "a secret" not in html


def test_an_edited_talk_is_read_again_and_a_mistake_in_it_changes_nothing(tmp_path: Path) -> None:
    path, shelf = own(tmp_path)
    pages = client(shelf)
    path.write_text(MINE.replace("Mine", "Edited"), encoding="utf-8")
    assert told(pages.get("/?present=1").text)["talk"]["title"] == "Edited"
    path.write_text(MINE.replace("minutes = 3", "minutes = 0"), encoding="utf-8")
    for _ in range(2):  # it is said as long as it is so
        data = told(pages.get("/?present=mine").text)
        assert data["talk"]["title"] == "Edited"
        assert "mine.toml, line 8" in data["notices"][0]
    path.unlink()
    assert told(pages.get("/?present=mine").text)["talk"]["title"] == "Edited"


def test_ones_own_talk_comes_before_those_that_come_along(tmp_path: Path) -> None:
    shelf = own(tmp_path)[1]
    shelf.read_bundled()
    assert list(shelf) == ["mine", "evening", "short"]
    assert told(client(shelf).get("/?present=1").text)["talk"]["name"] == "mine"


@pytest.mark.parametrize(
    "chapter", [chapter for chapter in CHAPTERS if chapter.figures], ids=lambda one: one.name
)
def test_a_chapter_can_be_presented_alone(chapter: Any) -> None:
    data = told(client(bundled()).get(f"/{chapter.name}?present=1").text)
    scenes = data["talk"]["scenes"]
    assert [scene["page"] for scene in scenes] == [chapter.name] * len(chapter.figures)
    assert not data["notices"]


def test_a_chapter_alone_is_in_the_state_of_its_address() -> None:
    pages = client(bundled())
    data = told(pages.get("/loss?present=1&learning_rate=5&data=hours&example=3").text)
    assert data["talk"]["scenes"][0]["texts"]["example"] == "3"
    assert data["talk"]["scenes"][1]["texts"]["learning_rate"] == "5"
    data = told(pages.get("/loss?present=1&learning_rate=5").text)
    assert data["talk"]["scenes"][0]["name"] == "surfaces"
    assert not data["notices"]


def test_what_an_address_cannot_mean_is_said_and_left_aside() -> None:
    data = told(client(bundled()).get("/descent?present=1&learning_rate=fast&stranger=1&step=7&step=8").text)
    assert data["talk"]["scenes"][0]["texts"]["learning_rate"] == "1"
    assert data["notices"] == [
        "The address asks for learning_rate = fast: that is no number. It is left aside."
    ]


def test_chapters_that_are_opened_in_ever_other_states_fill_no_memory() -> None:
    pages, before = client(bundled()), len(published._published)
    for k in range(2 * KEPT):
        assert pages.get(f"/descent?present=1&start=1,{k / 100:.2f}").status_code == 200
    last = told(pages.get("/descent?present=1&start=1,0.63").text)["talk"]["scenes"][0]["block"]
    gc.collect()
    assert published.find(last) is not None
    assert len(published._published) <= before + KEPT
