"""The projector's pages: a middleware answers ``?present=…`` with a page of its own, before Streamlit does.

/?present=1                 the first talk there is
/?present=short             the talk of that name
/descent?present=1&step=9   one chapter's figures, in the state that the address names
"""

from collections.abc import Mapping
from functools import cache
from html import escape
from typing import Any, Final
from urllib.parse import parse_qs

from starlette.types import ASGIApp, Receive, Scope, Send

from explainer.live.embedding import as_data
from explainer.live.scripts import component_style, plotly_paths
from explainer.talk.alone import chapter_alone
from explainer.talk.html_pages import page_html, page_response, read_part, script_path
from explainer.talk.shelf import Shelf
from explainer.talk.talks import Talk, TalkScene, left_out_text
from explainer.words import TALK

PRESENT: Final = "present"
"""The name in an address that asks for the projector's page."""


class TalkPages:
    """ASGI middleware that answers for pages with ``present`` in their address; all else passes through.

    The first of the `talks` is the usual one; `previews` are paths of pictures by chapter,
    and `icon` that of the app's.
    """

    def __init__(
        self,
        app: ASGIApp,
        talks: Shelf,
        previews: Mapping[str, str],
        icon: str,
        base_path: str = "",
    ) -> None:
        self.app = app
        self.talks = talks
        self.previews = previews
        self.icon = icon
        self.root = f"/{base_path}" if base_path else ""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        query = parse_qs(scope.get("query_string", b"").decode("latin-1"), keep_blank_values=True)
        asked = query.get(PRESENT)
        page = scope.get("path", "").removeprefix(self.root).strip("/")
        is_page = (
            scope["type"] == "http" and scope["method"] in {"GET", "HEAD"} and page in {"", *self.previews}
        )
        if not asked or not is_page:
            await self.app(scope, receive, send)
            return
        await page_response(self.html(page, asked[-1], query), scope)(scope, receive, send)

    def html(self, page: str, asked: str, query: Mapping[str, list[str]]) -> str:
        """The page for a talk, or for a chapter alone where `page` names one."""
        if page:
            return self._filled(*chapter_alone(page, query), page)
        notices, names = self.talks.look_again(), list(self.talks)
        name = names[0] if asked in {"1", ""} else asked
        if name not in self.talks:
            notices.append(TALK["screen"]["no_talk"].format(name=name, known=", ".join(names)))
        talk = self.talks.get(name, self.talks[names[0]])
        told = {scene.name: said for scene in talk.scenes if (said := left_out_text(scene))}
        notices += [
            TALK["screen"]["scene_notice"].format(name=name, said=said) for name, said in told.items()
        ]
        return self._filled(talk, notices)

    def _filled(self, talk: Talk, notices: list[str], page: str = "") -> str:
        words = TALK["screen"]
        data = {
            "talk": {
                "name": talk.name,
                "title": talk.title,
                "scenes": [shown(scene, self.previews) for scene in talk.scenes],
            },
            "words": words,
            "plotly": plotly_paths(),
            "notices": notices,
            "page": page,
            "root": f"{self.root}/",
        }
        parts = {
            "title": escape(talk.title),
            "icon": self.icon,
            "root": f"{self.root}/",
            "style": page_style(),
            "no_script": escape(words["no_script"]),
            "data": as_data(data),
            "script": script_path("screen.js", "talk"),
        }
        return page_html(read_part("screen.html"), parts)


def shown(scene: TalkScene, previews: Mapping[str, str]) -> dict[str, Any]:
    """What the projector's page is told of a scene: all but the speaker's notes."""
    question = scene.question
    return {
        "name": scene.name,
        "sentence": scene.sentence,
        "minutes": scene.minutes,
        "steps": scene.steps,
        "panels": scene.panels,
        "control": scene.control,
        "block": scene.figure.block.path,
        "texts": scene.figure.texts,
        "own": scene.figure.own,
        "page": scene.chapter,
        "preview": previews[scene.chapter],
        "question": question
        and {
            "ask": question.ask,
            "options": [{"text": option.text, "reply": option.reply} for option in question.options],
            "right": question.right,
            "because": question.because,
            "state": dict(question.state),
            "stop": question.stop,
        },
    }


@cache
def page_style() -> str:
    return component_style() + read_part("screen.css")
