"""The desk's page, what desks read of a talk, and the file that a rehearsal gives."""

import json
import re
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from explainer.chapters import CHAPTERS
from explainer.talk.desk import KEYS, told_to_desks
from explainer.talk.hub import MOST_BYTES
from explainer.talk.routes import routes
from explainer.talk.shelf import Shelf
from explainer.words import TALK

MINE = """title = "Mine"  # a comment
[[scenes]]
name = "one"
chapter = "descent"
sentence = "Less wrong."
notes = "Wait for hands."
minutes = 3
[scenes.question]
ask = "How?"
right = 1
options = [{ text = "up", reply = "No." }, { text = "down" }]
"""
HOST = {"host": "testserver", "origin": "http://testserver"}
MEETING = {"talk": "k7f-3mq", "secret": "s3cret"}


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    path = tmp_path / "mine.toml"
    path.write_text(MINE, encoding="utf-8")
    with TestClient(Starlette(routes=[*routes("base", Shelf(path, CHAPTERS), "127.0.0.1")])) as made:
        yield made


@contextmanager
def screen(client: TestClient, **first: str) -> Iterator[list[dict[str, Any]]]:
    """A talk that is being given; what a desk and its screen hear at first."""
    path = "/base/talk/socket"
    with client.websocket_connect(path, headers=HOST) as shown:
        shown.send_json({"as": "screen", "client": "s", **MEETING, **first})
        invited = shown.receive_json()
        with client.websocket_connect(path, headers=HOST) as desk:
            desk.send_json({"as": "desk", "client": "d", **MEETING})
            yield [invited, desk.receive_json()]


def test_the_desks_page_knows_no_talk_and_needs_no_other_server(client: TestClient) -> None:
    answer = client.get("/base/desk/anything")
    assert answer.status_code == 200
    assert "default-src 'self'" in answer.headers["content-security-policy"]
    assert answer.headers["cache-control"] == "no-cache"
    found = re.search(r'id="talk">(.*?)</script>', answer.text)
    assert found is not None
    assert json.loads(found[1]) == {"words": {key: TALK[key] for key in KEYS}, "root": "/base/"}
    assert not re.search(r"(src|href)=\"(https?:)?//", answer.text)


def test_a_desk_reads_the_notes_and_the_right_answer(client: TestClient) -> None:
    with screen(client, name="mine") as (invited, welcome):
        assert invited["kind"] == "invitation" and invited["isAlone"] is False
        assert invited["addresses"][0]["desk"] == "http://testserver/base/desk/k7f-3mq#s3cret"
        assert "Wait for hands." not in json.dumps(invited)
    talk = welcome["talk"]
    assert (talk["title"], talk["file"]) == ("Mine", "mine.toml")
    (scene,) = talk["scenes"]
    assert scene["notes"] == "Wait for hands." and scene["chapter"] == "Descent"
    assert scene["question"] == {"ask": "How?", "options": ["up", "down"], "right": 1}
    assert scene["steps"] == ["ask", "answer"]


def test_a_chapter_alone_and_a_talk_that_is_not_there(client: TestClient) -> None:
    with screen(client, page="graph", name="graph", query="present=1&view=x") as (_, welcome):
        chapter = next(one for one in CHAPTERS if one.name == "graph")
        assert len(welcome["talk"]["scenes"]) == len(chapter.figures)
        assert welcome["talk"]["file"] == ""
    with screen(client, name="gone") as (_, welcome):
        assert welcome["talk"] == {"title": "", "file": "", "scenes": []}


def test_a_plan_is_given_to_who_has_the_secret(client: TestClient) -> None:
    with screen(client, name="mine"):
        answer = client.post("/base/talk/plan", json={**MEETING, "minutes": {"one": 7.3}})
    assert answer.status_code == 200
    assert answer.text == MINE.replace("minutes = 3", "minutes = 7.5")
    assert answer.headers["content-disposition"] == 'attachment; filename="mine.toml"'
    assert tomllib.loads(answer.text)["scenes"][0]["minutes"] == 7.5


@pytest.mark.parametrize(
    ("body", "status", "said"),
    [
        ({"talk": "k7f-3mq", "secret": "wrong", "minutes": {}}, 403, "secret"),
        ({"talk": "other", "secret": "s3cret", "minutes": {}}, 403, "secret"),
        ({**MEETING}, 400, "no_plan"),
        ({**MEETING, "minutes": {"one": "7"}}, 400, "no_plan"),
        ({**MEETING, "minutes": {"one": True}}, 400, "no_plan"),
        ({**MEETING, "minutes": {"one": 1e400}}, 422, "no_plan"),
        ([], 403, "secret"),
        ({**MEETING, "minutes": {}, "more": "x" * MOST_BYTES}, 403, "secret"),
    ],
)
def test_other_plans_are_refused_in_words(client: TestClient, body: Any, status: int, said: str) -> None:
    with screen(client, name="mine"):
        answer = client.post("/base/talk/plan", content=json.dumps(body))
    assert answer.status_code == status
    assert answer.json() == {"said": TALK["hub"][said]}


def test_a_chapter_alone_has_no_file(client: TestClient) -> None:
    with screen(client, page="graph", name="graph"):
        answer = client.post("/base/talk/plan", json={**MEETING, "minutes": {}})
    assert answer.status_code == 404
    assert client.get("/base/talk/plan").status_code == 405


def test_all_that_desks_read_of_a_bundled_talk_is_small() -> None:
    shelf = Shelf(None, CHAPTERS)
    shelf.read_bundled()
    assert all(len(json.dumps(told_to_desks(talk))) < 20_000 for talk in shelf.values())
