"""A talk on the projector: by keys alone, readable from the last row, and back after a reload."""

from functools import cache
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from explainer.chapters import CHAPTERS
from explainer.talk import talks
from explainer.talk.talks import Talk, read_talk
from explainer.words import TALK
from tests.browser.conftest import visitor_context
from tests.browser.labels import faults
from tests.browser.serving import Server
from tests.browser.talk import LEAST_TICK, LEAST_TYPE, MEASURE, RECORD_TYPE, Projector

SCREENS = ((1280, 720), (1366, 768), (1920, 1080))
WORDS = TALK["screen"]


@cache
def talk_named(name: str) -> Talk:
    return read_talk(Path(talks.__file__).with_name(f"{name}.toml"), CHAPTERS)


def test_keys_alone_go_through_a_talk_and_back(projector: Projector) -> None:
    expect(projector.page.get_by_role("heading", level=1)).to_have_text(talk_named("short").title)
    scenes = talk_named("short").scenes
    for scene in scenes:
        for step, doing in enumerate(scene.steps):
            projector.press("PageDown")
            projector.wait_for_step(scene.name, step)
            if doing in {"ask", "show"}:
                assert projector.state == scene.figure.texts
            clock = scene.figure.stage.clock
            if doing in {"answer", "play"} and clock is not None:
                assert projector.ask("screen.figures.player.clock.progress") == 1
    projector.press("PageDown")
    expect(projector.page.get_by_role("heading", name=WORDS["end_title"])).to_be_visible()
    projector.press("PageDown", "PageUp")
    projector.wait_for_step(scenes[-1].name, len(scenes[-1].steps) - 1)
    assert projector.ask("screen.figures.player.clock.progress") == 1
    for _ in range(sum(len(scene.steps) for scene in scenes)):
        projector.press("PageUp")
    projector.wait_for("screen.told().place === -1")
    assert projector.errors == []


def test_a_question_comes_before_its_answer(projector: Projector) -> None:
    scene = next(scene for scene in talk_named("short").scenes if scene.question)
    assert scene.question is not None
    projector.ask("screen.goTo(it)", talk_named("short").scenes.index(scene))
    projector.wait_for_step(scene.name, 0)
    page, said = projector.page, projector.page.locator(".said")
    height = said.bounding_box()
    expect(said.get_by_role("heading")).to_have_text(scene.question.ask)
    expect(said.get_by_text(scene.sentence)).to_be_hidden()
    assert not said.locator(".right").count()
    page.keyboard.press("2")
    expect(said.locator(".chosen")).to_have_count(1)
    page.keyboard.press(" ")
    expect(said.locator(".right")).to_contain_text(scene.question.options[2].text)
    expect(said.get_by_text(scene.question.options[1].reply)).to_be_visible()
    page.keyboard.press("2")  # taken back
    expect(said.get_by_text(scene.sentence)).to_be_visible()
    projector.wait_until_drawn()
    assert said.bounding_box() == height
    assert projector.ask("screen.figures.player.clock.progress") == 1


def test_keys_that_remotes_send_belong_to_the_talk_and_letters_of_the_browser_do_not(
    projector: Projector,
) -> None:
    page = projector.page
    page.evaluate("window.heard = []; addEventListener('keydown', (event) => heard.push(event.key))")
    page.evaluate(
        "void (window.dispatched = (key, more) => !document.body.dispatchEvent(new KeyboardEvent('keydown',"
        " { key, bubbles: true, cancelable: true, ...more })))"
    )
    for key in ("F5", "PageDown", "PageUp", "b", ".", "Escape", "o", "?", "Escape"):
        assert page.evaluate("(key) => dispatched(key)", key), key
    assert page.evaluate("dispatched('F5', { shiftKey: true })")
    for more in ({"ctrlKey": True}, {"metaKey": True}, {"altKey": True}):
        assert not page.evaluate("(more) => dispatched('r', more)", more)
    assert not page.evaluate("dispatched('q')")
    assert page.evaluate("heard") == ["r", "r", "r", "q"]  # nobody else hears of the others


def test_one_press_from_the_start_page_to_the_first_scene(projector: Projector) -> None:
    button = projector.page.get_by_role("button", name=WORDS["start"])
    expect(button).to_be_focused()
    projector.press("Enter")
    projector.wait_for("screen.told().place === 0")
    projector.press("Home", "ArrowLeft")
    button.click()
    projector.wait_for_step(talk_named("short").scenes[0].name, 0)


def test_black_and_what_lies_over_a_scene(projector: Projector) -> None:
    page = projector.press("n").page
    projector.wait_for_step(talk_named("short").scenes[0].name, 0)
    for key in ("b", "."):
        projector.press(key)
        expect(page.locator(".black")).to_be_visible()
        projector.press("PageDown")  # only brings the picture back
        expect(page.locator(".black")).to_be_hidden()
        assert projector.ask("screen.told().place") == 0
    projector.press("?")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text(WORDS["actions"]["black"])
    assert WORDS["actions"]["answers"] not in dialog.inner_text()  # this scene asks nothing
    projector.press("Escape")
    expect(dialog).to_be_hidden()
    projector.press("j")
    expect(dialog).to_contain_text(page.url.partition("?")[0])
    projector.press("o")
    expect(dialog.get_by_role("button")).to_have_count(len(talk_named("short").scenes))
    count = len(talk_named("short").scenes)
    page.wait_for_function(f"document.querySelectorAll('.overview img[src^=blob]').length === {count}")
    assert projector.ask("screen.figures.made.size") <= 3  # what was drawn for its picture is gone again
    dialog.get_by_role("button").nth(2).click()
    projector.wait_for_step(talk_named("short").scenes[2].name, 0)
    expect(dialog).to_be_hidden()


def test_a_reload_comes_back_to_the_step_and_an_unknown_scene_is_said(
    projector: Projector, server: Server
) -> None:
    scene = talk_named("short").scenes[2]
    projector.ask("screen.goTo(2, 1)")
    projector.wait_for_step(scene.name, 1)
    projector.page.reload()
    projector.wait_for_step(scene.name, 1)
    assert projector.ask("screen.figures.player.clock.progress") == 1
    projector.open(server, "short", at="nowhere.3")
    expect(projector.page.get_by_text(WORDS["no_scene"].format(name="nowhere.3"))).to_be_visible()
    expect(projector.page.get_by_role("button", name=WORDS["start"])).to_be_visible()


def test_a_focused_slider_keeps_its_arrows_and_the_talk_its_page_keys(projector: Projector) -> None:
    projector.ask("screen.goTo(0)")
    first, second = talk_named("short").scenes[:2]
    projector.wait_for_step(first.name, 0)
    slider = projector.page.locator(".live-root:not(.behind) input:visible")
    expect(slider).to_have_count(1)
    slider.focus()
    before = projector.state[first.control]
    projector.press("ArrowLeft")
    assert projector.state[first.control] != before
    assert projector.ask("screen.told().control.text") == projector.state[first.control]
    projector.press("PageDown")
    projector.wait_for_step(second.name, 0)
    projector.press("PageUp")
    projector.wait_for_step(first.name, 0)
    assert projector.state == first.figure.texts  # as it was planned, whatever was tried in between


def test_markup_in_a_scene_does_nothing(projector: Projector) -> None:
    evil = "<img src=x onerror='window.harmed = 1'><script>window.harmed = 1</script>"
    projector.ask("Object.assign(screen.talk.scenes[0], { sentence: it, name: it })", evil)
    projector.press("n")
    expect(projector.page.get_by_role("heading", level=1)).to_have_text(evil)
    projector.press("o")
    expect(projector.page.get_by_role("dialog")).to_contain_text(evil)
    assert projector.page.evaluate("window.harmed") is None


@pytest.mark.parametrize(
    ("name", "screen"),
    [
        pytest.param(name, screen, marks=pytest.mark.whole if screen != (1280, 720) else ())
        for name in ("evening", "short")
        for screen in SCREENS
    ],
)
def test_every_scene_can_be_read_from_the_last_row(
    browser: Browser, server: Server, name: str, screen: tuple[int, int]
) -> None:
    context = visitor_context(browser, viewport=dict(zip(("width", "height"), screen, strict=True)))
    context.add_init_script(RECORD_TYPE)
    projector = Projector(context).open(server, name)
    found = []
    for place, scene in enumerate(talk_named(name).scenes):
        for step in range(len(scene.steps)):
            projector.ask("screen.goTo(...it)", [place, step])
            projector.wait_for_step(scene.name, step)
            found += [f"{scene.name}.{step}: {fault}" for fault in faults_of(projector)]
    context.close()
    assert found == []
    assert projector.errors == []


def faults_of(projector: Projector) -> list[str]:
    """What of the present scene cannot be read: a line for each fault."""
    seen = projector.page.evaluate(MEASURE)
    found = [*faults(seen["labels"]), *(f"{text!r} is cut" for text in seen["cut"])]
    found += ["it scrolls"] if seen["scrolls"] else []
    width, height = seen["screen"]
    for text in seen["texts"]:
        least = LEAST_TICK if text["kind"] == "tick" else LEAST_TYPE
        if text["size"] < least - 0.01:
            found.append(f"{text['text']!r} has {text['size']:.1f} px")
        if text.get("right", 0) > width + 1 or text.get("bottom", 0) > height + 1 or text.get("left", 0) < -1:
            found.append(f"{text['text']!r} is beyond the screen")
    return found


def test_a_figure_that_could_not_be_loaded_is_asked_for_again(projector: Projector) -> None:
    place, scene = next((k, scene) for k, scene in enumerate(talk_named("short").scenes) if scene.plays)
    block = f"**/{scene.figure.block.path.lstrip('/')}"
    projector.page.route(block, lambda route: route.abort())
    projector.ask("screen.goTo(it)", place)
    missing = projector.page.get_by_text(WORDS["missing"], exact=True)
    expect(missing).to_be_visible()
    projector.page.unroute(block)
    projector.press("r")
    projector.wait_for_step(scene.name, 0)
    expect(missing).to_be_hidden()
    assert projector.state == scene.figure.texts
