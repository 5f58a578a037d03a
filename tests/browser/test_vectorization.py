"""The chapter *Vectorization* in a browser: a race that is really run, and then played."""

import re
from collections.abc import Callable

from playwright.sync_api import BrowserContext, Locator, expect

from explainer.words import words
from tests.browser.figure import AT_REST, Figure
from tests.browser.serving import Server

PAGE = "vectorization"
SAID = words("vectorization")
TEXT = SAID.text
BROADCASTING = 2
# Takes a step, and says where that led and whether the page still says `it` then, two frames later.
MOVED_MEANWHILE = """(player.goTo(1), new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(
    () => done([player.state().stretch, document.body.innerText.includes(it)])))))"""


def press(figure: Figure, label: str) -> None:
    figure.page.get_by_role("button", name=TEXT[label], exact=True).click()


def ratios(figure: Figure) -> Locator:
    """The sentences that say how many times as fast NumPy was, or, on a busy computer, as slow."""
    said = [TEXT[name].split("{ratio}")[1].split("{")[0].strip() for name in ("ratio", "slower")]
    return figure.page.get_by_text(re.compile("|".join(said)))


def guess(figure: Figure) -> Locator:
    """What is said before anything is measured."""
    return figure.page.get_by_text(TEXT["guess"].strip("*").partition("*")[0].strip())


def test_a_race_is_run_and_plays_to_its_end(at_start: Figure) -> None:
    figure = at_start
    figure.page.get_by_role("radio", name="1,000", exact=True).click()
    figure.wait_for_address(n="1000")
    figure.wait_for_server()
    assert ratios(figure).count() == 0
    expect(figure.button("play")).to_be_hidden()
    other, status = Figure(figure.page, nth=BROADCASTING).wait_until_drawn(), TEXT["queue_now"].strip("*")
    press(figure, "race")
    expect(figure.page.get_by_text(status)).to_be_visible()
    expect(figure.page.get_by_role("button", name=TEXT["race"], exact=True)).to_be_disabled()
    # Meanwhile the rest of the page answers: the figure of the broadcasting is its own.
    assert other.ask(MOVED_MEANWHILE, status) == ["1", True]
    expect(ratios(figure).first).to_be_visible()
    expect(figure.page.get_by_text(status)).to_have_count(0)
    figure.wait_for("player.isPlaying()")
    figure.wait_for("!player.isPlaying()")
    figure.wait_for_state(time="100")
    figure.wait_for_server()
    assert (
        figure.page.locator("[data-testid=stMarkdownContainer] table").first.locator("tbody tr").count() == 3
    )
    bars, times = figure.panel("bars"), figure.panel("times")
    expect(bars.get_by_text("n = 1,000")).to_be_visible()
    assert figure.plot("times", "gd.data.map((trace) => trace.x.length)") == [1, 1, 1]
    expect(times).to_be_visible()
    expect(figure.button("play")).to_be_visible()
    laps = int("".join(filter(str.isdigit, figure.readouts()[0])))
    assert laps >= 1
    # Dragged back to the start, all bars are at work but NumPy's, whose share is larger by the ratio.
    figure.ask("player.goTo(1)")
    figure.wait_for_state(time="1")
    assert abs(laps / 100 - int("".join(filter(str.isdigit, figure.readouts()[0])))) <= 1


def test_another_size_is_not_measured_yet(at_start: Figure) -> None:
    figure = at_start
    assert figure.page.locator(".live-root").count() == BROADCASTING + 1
    figure.page.get_by_role("radio", name="10", exact=True).click()
    figure.wait_for_address(n="10")
    expect(guess(figure)).to_be_visible()
    figure.wait_for_server()
    assert ratios(figure).count() == 0


def test_a_reload_keeps_the_settings_and_measures_nothing(
    server: Server, new_context: Callable[..., BrowserContext]
) -> None:
    """On a phone, where nothing may be wider than the screen."""
    page = new_context(viewport={"width": 390, "height": 844}, has_touch=True).new_page()
    figure = Figure(page).open(f"{server}/vectorization?twin=sigmoid&n=100")
    press(figure, "race")
    page.reload()
    figure.wait_for("player.ready")
    page.wait_for_function(AT_REST)
    figure.wait_for_address(twin="sigmoid", n="100")
    expect(page.get_by_role("button", name=TEXT["race"], exact=True)).to_be_enabled()
    expect(guess(figure)).to_be_visible()
    press(figure, "race")
    expect(ratios(figure).first).to_be_visible()
    figure.wait_for_server()
    wide = "[...document.querySelectorAll('[data-testid=stMain], table')]"
    assert page.evaluate(f"{wide}.every((part) => part.scrollWidth <= part.clientWidth + 1)")
    assert figure.errors == []
