"""A talk as one file: figures play with the network cut, answers unfold, and it prints a scene a page."""

import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import BrowserContext, Page, expect

from explainer.chapters import CHAPTERS
from explainer.export.talk_page import talk_page
from explainer.talk.shelf import bundled_talk
from explainer.words import TALK
from tests.browser.conftest import PATIENCE

READY = """(patience) => new Promise((done, fail) => {
  const end = performance.now() + patience;
  const look = () => {
    if (document.documentElement.dataset.isReady) return done();
    if (performance.now() > end) return fail(new Error("not ready"));
    requestAnimationFrame(look);
  };
  look();
})"""
"""Playwright's own way of waiting is forbidden by the page's policy."""


def opened(context: BrowserContext, path: Path) -> tuple[Page, list[str]]:
    """The file in a browser without a network, once all is drawn, and what went wrong in it."""
    troubles: list[str] = []
    context.set_offline(True)
    page = context.new_page()
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on("console", lambda said: troubles.append(said.text) if said.type == "error" else None)
    page.on(
        "request",
        lambda request: (
            None if request.url.startswith(("file:", "data:", "blob:")) else troubles.append(request.url)
        ),
    )
    page.goto(path.as_uri())
    page.evaluate(READY, 2 * PATIENCE)
    return page, troubles


def test_a_talk_in_one_file_plays_and_prints(
    new_context: Callable[..., BrowserContext], tmp_path: Path
) -> None:
    talk = bundled_talk("short", CHAPTERS)
    path = tmp_path / "talk.html"
    path.write_text(talk_page(talk), encoding="utf-8")
    page, troubles = opened(new_context(), path)
    players = "[...document.querySelectorAll('.live-root')].map((root) => root.player)"
    states = page.evaluate(f"{players}.map((player) => player.state())")
    assert states == [scene.figure.texts for scene in talk.scenes]
    assert page.evaluate(f"{players}.every((player) => player.ready)")
    assert page.locator("img.still[src^=blob]").count() == len(talk.scenes)

    place = next(k for k, scene in enumerate(talk.scenes) if scene.question)
    scene = page.locator(f"#scene-{place + 1}")
    expect(scene.get_by_text(talk.scenes[place].sentence)).to_be_hidden()
    scene.get_by_text(TALK["handout"]["answer"], exact=True).click()
    expect(scene.get_by_text(talk.scenes[place].sentence)).to_be_visible()
    assert page.evaluate(f"{players}[{place}].isPlaying()")

    pages = re.findall(rb"/Type\s*/Page\b(?!s)", page.pdf(prefer_css_page_size=True))
    assert len(pages) == len(talk.scenes) + 1
    assert troubles == []
