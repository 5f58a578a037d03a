"""A figure as one HTML file: all of it inside, nothing that could end a part early, nothing from outside."""

import gzip
import json
import re
from base64 import b64decode
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser
from typing import Any

import numpy as np
import plotly.graph_objects as go
import pytest

from explainer.live import handout, scripts
from explainer.live.embedding import as_code
from explainer.live.pack import pack, split
from explainer.stage.layers import Line, Marker
from explainer.stage.palette import TONES
from explainer.stage.settings import Slider
from explainer.stage.stage import Clock, Layout, Panel, Stage, Table

EVIL = '</script><script>alert("&")</script><!-- <script>'


CONTROLS = tuple(Slider(name, range(4), label=name) for name in ("rate", "slope", "step", "end", "seen"))
STAGE = Stage(
    tables={"y": Table(np.arange(16.0).reshape(4, 4), ("slope", "step")), "x": Table(np.arange(3.0))},
    clock=Clock("step", end="end"),
    panels=(
        Panel(
            name="plot",
            title=EVIL,
            tab="y",
            figure=go.Figure(layout={"xaxis": {"range": [0, 3]}}),
            click="start",
            follow_x="seen",
            layers=(Marker(x=1.0, y="y", colour="cat", text="{rate}"), Line(x="x", y="x", colour="cat")),
        ),
    ),
    layouts=(Layout(("plot",)),),
)


class Page(HTMLParser):
    """The elements of a page: tags with attributes, and what stands in scripts."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.scripts: list[tuple[dict[str, str | None], str]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag == "script":
            self.scripts.append((dict(attrs), ""))

    def handle_data(self, data: str) -> None:
        if self.lasttag == "script" and data.strip():
            attrs, before = self.scripts[-1]
            self.scripts[-1] = (attrs, before + data)

    def script(self, name: str) -> str:
        return next(text for attrs, text in self.scripts if attrs.get("id") == name)


@pytest.fixture(scope="module")
def text() -> str:
    return page_of(STAGE)


def page_of(stage: Stage) -> str:
    start = {"step": "2", "view": EVIL}
    return handout.page(pack(stage, CONTROLS, {}), "cats-training", EVIL, start, [EVIL, "two"], {"MIT": EVIL})


def unzipped(text: str) -> bytes:
    return gzip.decompress(b64decode(text, validate=True))


def test_everything_is_inside_and_nothing_ends_early(text: str) -> None:
    page = Page(text)
    kinds = [(attrs.get("id"), attrs.get("type")) for attrs, _ in page.scripts]
    assert kinds == [
        ("start", "application/json"),
        ("stage", "text/plain"),
        ("plotly-flat", "text/plain"),
        (None, None),
    ]
    assert json.loads(page.script("start")) == {"name": "cats-training", "texts": {"step": "2", "view": EVIL}}
    assert unzipped(page.script("plotly-flat")) == scripts.plotly_script("flat")
    assert page.scripts[-1][1].strip() == scripts.handout_script().strip()
    assert scripts.component_style() in text
    assert unescape(re.search(r"<h1>(.*?)</h1>", text)[1]) == EVIL
    assert text.count("<h1>") == text.count("<title>") == 1
    assert [unescape(note) for note in re.findall(r"<p>(.*?)</p>", text)][-2:] == [EVIL, "two"]
    assert unescape(re.search(r"<pre>(.*?)</pre>", text)[1]) == EVIL
    assert ("html", {"lang": "en"}) in page.tags
    assert "{{" not in text


def test_the_part_of_plotly_for_scenes_is_there_where_a_figure_has_one() -> None:
    panel = replace(STAGE.panels[0], figure=go.Figure(go.Surface(z=[[0, 1], [1, 0]])), layers=(), follow_x="")
    page = Page(page_of(replace(STAGE, panels=(panel,))))
    assert unzipped(page.script("plotly-scene")) == scripts.plotly_script("scene")
    assert unzipped(page.script("plotly-flat")) == scripts.plotly_script("flat")


def test_nothing_comes_from_outside(text: str) -> None:
    page = Page(text)
    (policy,) = [attrs["content"] for _, attrs in page.tags if "http-equiv" in attrs]
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert rules["default-src"] == "'none'"
    assert rules["script-src"] == rules["style-src"] == "'unsafe-inline'"
    assert rules["img-src"] == "data: blob:"
    assert {source for rule in rules.values() for source in rule.split()} <= {
        *("'none'", "'unsafe-inline'", "data:", "blob:")
    }
    for _, attrs in page.tags:
        assert not attrs.get("src")
        assert attrs.get("href") in {None, "data:,"}
    for tag, attrs in page.tags[: [tag for tag, _ in page.tags].index("style")]:
        assert tag in {"html", "head", "meta", "link", "title"}, attrs


def test_what_only_python_could_answer_is_left_out(text: str) -> None:
    sent, sent_tables = split(pack(STAGE, CONTROLS, {}))
    header, tables = split(unzipped(Page(text).script("stage")))
    assert tables == sent_tables
    conditions: dict[str, Any] = {control["name"]: control.get("when") for control in header["controls"]}
    assert conditions["rate"] is not None and not any(conditions["rate"].values())
    assert [conditions[name] for name in ("slope", "step", "end", "seen")] == [None] * 4
    assert "click" in sent["panels"][0] and "click" not in header["panels"][0]
    for name in ("figures", "tables", "tones", "clock", "layouts"):
        assert header[name] == sent[name]


def test_both_themes_have_their_ground_and_ink(text: str) -> None:
    light, _, dark = text.partition("@media (prefers-color-scheme: dark)")
    for role in ("ground", "ink"):
        assert TONES[role]["light"] in light
        assert TONES[role]["dark"] in dark.partition("</style>")[0]


@pytest.mark.parametrize("code", ['a = "</script>"', "b = `</SCRIPT >`", 'c = "<!-- x"'])
def test_code_cannot_end_its_element(code: str) -> None:
    guarded = as_code(code)
    assert not re.search(r"</script|<!--", guarded, re.IGNORECASE)
    assert guarded.replace("\\x3c", "<") == code


def test_the_same_figure_is_the_same_page() -> None:
    packed = pack(STAGE, CONTROLS, {})
    assert handout.page(packed, "a", "b", {}) == handout.page(packed, "a", "b", {})
