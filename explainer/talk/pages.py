"""The projector's pages: a middleware answers ``?present=…`` with a page of its own, before Streamlit does.

/?present=1                 the first talk there is
/?present=short             the talk of that name
/descent?present=1&step=9   one chapter's figures, in the state that the address names
"""

import json
import re
from collections.abc import Mapping
from functools import cache
from html import escape
from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qs

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from explainer.live.scripts import bundle, component_style, plotly_paths
from explainer.serving.published import accepts_gzip, publish, zipped
from explainer.stage.palette import TONES
from explainer.talk.alone import chapter_alone
from explainer.talk.shelf import Shelf
from explainer.talk.talks import Talk, TalkScene
from explainer.words import TALK

HERE: Final = Path(__file__).parent
PRESENT: Final = "present"
"""The name in an address that asks for the projector's page."""
THEME: Final = {"--st-background-color": "ground", "--st-text-color": "ink"}
POLICY: Final = (
    "default-src 'self'; script-src 'self' 'unsafe-eval'; style-src 'unsafe-inline';"
    " img-src 'self' data: blob:;"
    " connect-src 'self' ws: wss:; base-uri 'none'; form-action 'none'"
)


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
        html = self.html(page, asked[-1], query).encode()
        headers = {
            "Cache-Control": "no-cache",
            "Content-Security-Policy": POLICY,
            "Vary": "Accept-Encoding",
        }
        if accepts_gzip(Headers(scope=scope).get("accept-encoding", "")):
            html, headers["Content-Encoding"] = zipped(html), "gzip"
        await Response(html, media_type="text/html", headers=headers)(scope, receive, send)

    def html(self, page: str, asked: str, query: Mapping[str, list[str]]) -> str:
        """The page for a talk, or for a chapter alone where `page` names one."""
        if page:
            return self._filled(*chapter_alone(page, query))
        notices, names = self.talks.look_again(), list(self.talks)
        name = names[0] if asked in {"1", ""} else asked
        if name not in self.talks:
            notices.append(TALK["screen"]["no_talk"].format(name=name, known=", ".join(names)))
        return self._filled(self.talks.get(name, self.talks[names[0]]), notices)

    def _filled(self, talk: Talk, notices: list[str]) -> str:
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
            "root": f"{self.root}/",
        }
        parts = {
            "title": escape(talk.title),
            "icon": self.icon,
            "root": f"{self.root}/",
            "light": _tones("light"),
            "dark": _tones("dark"),
            "style": page_style(),
            "no_script": escape(words["no_script"]),
            "data": json.dumps(data).replace("<", "\\u003c"),
            "script": script_path(),
        }
        return _fill((HERE / "screen.html").read_text(encoding="utf-8"), parts)


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
        "block": scene.figure.block().path,
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
def script_path() -> str:
    """Where the page's script is served, below the app's own address."""
    code = bundle(HERE / "js" / "screen.js")
    return publish(f'(() => {{\n"use strict";\n{code}}})();\n'.encode(), "talk", "js")


@cache
def page_style() -> str:
    return component_style() + (HERE / "screen.css").read_text(encoding="utf-8")


def _tones(theme: str) -> str:
    return " ".join(f"{variable}: {TONES[role][theme]};" for variable, role in THEME.items())


def _fill(template: str, parts: Mapping[str, str]) -> str:
    return re.sub(r"\{\{(\w+)\}\}", lambda found: parts[found[1]], template)
