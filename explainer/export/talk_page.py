"""A talk as one file of HTML: each scene with its figure, which plays without a server and a network.

Figures that several scenes share are stored once. The speaker's notes are left out unless they are asked for.
"""

from collections.abc import Callable, Iterator
from functools import cache
from html import escape
from inspect import getsource
from pathlib import Path
from textwrap import dedent
from typing import Any, Final
from urllib.parse import urlencode

from explainer.chapters import CHAPTERS
from explainer.live.embedding import alone, as_code, as_data, plotly_elements, tones
from explainer.live.scripts import bundle, component_style
from explainer.serving.published import find
from explainer.serving.templates import filled
from explainer.talk.talks import Talk, TalkScene, left_out_text
from explainer.words import TALK

HERE: Final = Path(__file__).parent
SCRIPT: Final = HERE.parent / "talk" / "js" / "handout.js"
WORDS: Final = TALK["handout"]


def talk_page(
    talk: Talk,
    notes: bool = False,
    app: str = "",
    tell: Callable[[int, str], None] = lambda place, name: None,
) -> str:
    """The talk's page. `app` is the address at which the whole app is running, for links, if there is one.

    `tell` is called with the place of each scene, counted from 1, and its name, before it is packed.
    """
    blocks = _blocks(talk, tell)
    packed = {name: _packed(path) for path, name in blocks.items()}
    parts = {
        "title": escape(talk.title),
        "lead": escape(WORDS["lead"]),
        "no_script": escape(WORDS["no_script"]),
        "missing": escape(WORDS["missing"]),
        "light": tones("light"),
        "dark": tones("dark"),
        "style": component_style() + (HERE / "talk_page.css").read_text(encoding="utf-8"),
        "scenes": "\n".join(_scene(k, scene, notes, app) for k, scene in enumerate(talk.scenes)),
        "footer": escape(WORDS["footer"]),
        "data": as_data([_data(scene, blocks) for scene in talk.scenes]),
        "blocks": "\n".join(_block(name, content) for name, content in packed.items()),
        "plotly": plotly_elements(*packed.values()),
        "script": as_code(_script()),
    }
    template = (HERE / "talk_page.html").read_text(encoding="utf-8")
    return filled(template, parts)


def _blocks(talk: Talk, tell: Callable[[int, str], None]) -> dict[str, str]:
    """The path of each block that the talk needs -> its element's name in the page."""
    blocks: dict[str, str] = {}
    for place, scene in enumerate(talk.scenes, start=1):
        tell(place, scene.name)
        blocks.setdefault(scene.figure.block.path, f"block-{place}")
    return blocks


def _packed(path: str) -> bytes:
    publication = find(path)
    assert publication is not None, "it was published a moment ago"
    return publication.content


def _block(name: str, content: bytes) -> str:
    return f'<script type="text/plain" id="{name}">{alone(content)}</script>'


def _data(scene: TalkScene, blocks: dict[str, str]) -> dict[str, Any]:
    question = scene.question
    return {
        "name": f"{scene.chapter}-{scene.name}",
        "block": blocks[scene.figure.block.path],
        "texts": scene.figure.texts,
        "answer": question and {"state": dict(question.state), "stop": question.stop},
    }


def _scene(k: int, scene: TalkScene, notes: bool, app: str) -> str:
    parts = [f"<h2>{k + 1} · {escape(scene.name)}</h2>"]
    if scene.question is None:
        parts.append(f"<p>{escape(scene.sentence)}</p>")
    else:
        parts.append(f"<p>{escape(scene.question.ask)}</p>")
    if said := left_out_text(scene):
        parts.append(f'<p class="without">{escape(said)}</p>')
    parts.append('<div class="live-root"></div><img class="still" alt="">')
    parts += _answer(scene)
    if notes and scene.notes:
        parts.append(_folded("notes", WORDS["notes"], f"<p>{escape(scene.notes)}</p>"))
    code = "".join(f"<pre>{escape(source)}</pre>" for source in code_of(scene.chapter))
    if code:
        parts.append(_folded("code", WORDS["code"], code))
    if app:
        parts.append(f'<p class="app"><a href="{escape(_link(app, scene))}">{escape(WORDS["app"])}</a></p>')
    return f'<section class="scene" id="scene-{k + 1}">{"".join(parts)}</section>'


def _answer(scene: TalkScene) -> Iterator[str]:
    """The answers to the scene's question, folded, with the right one and the reasons."""
    question = scene.question
    if question is None:
        return
    options = []
    for place, option in enumerate(question.options):
        is_right = place == question.right
        reply = f" – {escape(option.reply)}" if option.reply and not is_right else ""
        mark = ' class="right"' if is_right else ""
        options.append(f"<li{mark}>{escape(option.text)}{' ✓' if is_right else ''}{reply}</li>")
    yield "<ol>" + "".join(f"<li>{escape(option.text)}</li>" for option in question.options) + "</ol>"
    answer = f"<ol>{''.join(options)}</ol><p>{escape(question.because)}</p>"
    yield _folded("answer", WORDS["answer"], answer)


def _folded(kind: str, title: str, html: str) -> str:
    return f'<details class="{kind}"><summary>{escape(title)}</summary>{html}</details>'


def _link(app: str, scene: TalkScene) -> str:
    query = urlencode({**scene.figure.own, **scene.figure.texts}, safe=",;:/")
    return f"{app.rstrip('/')}/{scene.chapter}?{query}"


@cache
def code_of(chapter: str) -> tuple[str, ...]:
    """The sources of the functions that a chapter computes with."""
    (found,) = (one for one in CHAPTERS if one.name == chapter)
    return tuple(dedent(getsource(function)) for function in found.code if function is not None)


@cache
def _script() -> str:
    return f'(() => {{\n"use strict";\n{bundle(SCRIPT)}\n}})();\n'
