"""The desk: a page for the speaker's own phone, tablet or second window. It hears of the talk from the hub.

The page itself knows no talk and no secret: the secret stands behind the # of its address, and that part no
browser sends to a server.
"""

from html import escape
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response

from explainer import ASSETS
from explainer.live.embedding import as_data
from explainer.serving.published import publish
from explainer.talk.html_pages import page_html, page_response, read_part, script_path
from explainer.talk.talks import Talk, TalkScene
from explainer.words import TALK, words

KEYS: Final = ("desk", "rehearsal")
"""The tables of words that the page is given."""


def desk_response(request: Request, root: str) -> Response:
    """The page of every desk. `root` is the app's path, without a slash at its end."""
    return page_response(desk_html(f"{root}/"), request.scope)


def desk_html(root: str) -> str:
    """The page, for an app that lives below the path `root`."""
    data = {"words": {key: TALK[key] for key in KEYS}, "root": root}
    parts = {
        "title": escape(TALK["desk"]["title"]),
        "icon": publish((ASSETS / "icon.png").read_bytes(), "icon", "png"),
        "root": root,
        "style": read_part("desk.css"),
        "no_script": escape(TALK["screen"]["no_script"]),
        "data": as_data(data),
        "script": script_path("desk.js", "desk", plays=False),
    }
    return page_html(read_part("screen.html"), parts)


def told_to_desks(talk: Talk) -> dict[str, Any]:
    """What desks read of a talk, with the speaker's notes. `file` is "" for a talk that has none."""
    scenes = [_told(scene) for scene in talk.scenes]
    return {"title": talk.title, "file": f"{talk.name}.toml" if talk.source else "", "scenes": scenes}


def _told(scene: TalkScene) -> dict[str, Any]:
    question = scene.question
    return {
        "name": scene.name,
        "chapter": words(scene.chapter).nav,
        "sentence": scene.sentence,
        "notes": scene.notes,
        "minutes": scene.minutes,
        "steps": scene.steps,
        "question": question
        and {
            "ask": question.ask,
            "options": [option.text for option in question.options],
            "right": question.right,
        },
    }
