"""A talk on the projector: from a key until the next scene is drawn."""

from collections.abc import Iterator
from itertools import pairwise
from statistics import median, quantiles
from typing import Final

from playwright.sync_api import Browser, BrowserContext, Page

from tests.benchmarks.browsing import visitor
from tests.benchmarks.result import Result
from tests.browser.serving import serve

TURNS: Final = 3
PRESSES: Final = 100
CUTS: Final = 5
CUT: Final = 60  # seconds
MOVED, BACK = 0.1, 1.0  # seconds until the projector has heard of a press, until both are back after a cut
SAME, OTHER = 0.3, 0.7  # seconds until a scene of the same, of another chapter is drawn
DRAWN: Final = (
    "player?.ready && player.page.panels.visible.every(({ figure }) => figure.isReady && figure.isDrawn)"
)
PRESS: Final = f"""async () => {{
  const began = performance.now();
  const place = talkScreen.course.place;
  dispatchEvent(new KeyboardEvent("keydown", {{ key: "PageDown", cancelable: true }}));
  for (;;) {{
    await new Promise((done) => requestAnimationFrame(done));
    const {{ player }} = talkScreen.figures;
    if (talkScreen.course.place !== place && {DRAWN}) break;
    if (talkScreen.course.place === place) return null; // another step of the same scene
  }}
  await new Promise((done) => requestAnimationFrame(done));
  return (performance.now() - began) / 1000;
}}"""
AT_REST: Final = (
    f"() => [...talkScreen.figures.made.values()].every(({{ player }}) => {DRAWN} && !player.isPlaying())"
)


def results(browser: Browser) -> Iterator[Result]:
    """With the next scene drawn beforehand, as after a few seconds, and with one key after the other."""
    with serve() as server:
        chapters: list[str] = []
        waited: list[list[float]] = []
        hurried: list[list[float]] = []
        for _ in range(TURNS):
            page = visitor(browser)
            page.goto(f"{server}/?present=evening")
            page.wait_for_function("window.talkScreen !== undefined")
            chapters = page.evaluate("talkScreen.talk.scenes.map(({ page }) => page)")
            waited.append(through(page, rests=True))
            page.goto(f"{server}/?present=evening")
            page.wait_for_function("window.talkScreen !== undefined")
            hurried.append(through(page, rests=False))
            page.context.close()
        yield from moved_by_a_desk(browser, server)
        yield from rows("next scene", chapters, waited, has_target=True)
        yield from rows("next scene, pressed at once", chapters, hurried, has_target=False)


def moved_by_a_desk(browser: Browser, server: str) -> Iterator[Result]:
    """From a button of the desk until the projector is elsewhere; and until both are back after a cut line.

    The two pages are in one browser, whose clock is the same for both.
    """
    context = visitor(browser).context
    screen, desk = context.new_page(), context.new_page()
    screen.goto(f"{server}/?present=short")
    screen.locator(".invitation a").wait_for()
    desk.goto(screen.locator(".invitation a").get_attribute("href") or "")
    desk.wait_for_function("talkDesk.isReady")
    screen.evaluate("void (talkScreen.press = () => { window.pressed = Date.now(); })")
    times: list[float] = []
    for _ in range(PRESSES):
        screen.evaluate("window.pressed = 0")
        began = desk.evaluate("document.querySelector('.next').click(), Date.now()")
        screen.wait_for_function("window.pressed > 0")
        times.append((screen.evaluate("window.pressed") - began) / 1000)
    p95 = quantiles(times, n=20)[-1]
    yield Result(
        "desk's button until the projector's page does it",
        f"{median(times):.3f} s, p95 {p95:.3f}",
        f"<= {MOVED} s",
        f"{PRESSES} presses, two tabs of one browser",
        p95 <= MOVED,
    )
    yield back_after(context, screen, desk)


def back_after(context: BrowserContext, screen: Page, desk: Page) -> Result:
    """The network is cut, and comes again, of which browsers tell their pages."""
    times = []
    for k in range(CUTS):
        context.set_offline(True)
        for page, channel in ((screen, "talkScreen.remote.channel"), (desk, "talkDesk.channel")):
            page.evaluate(f"{channel}.lose()")
            page.wait_for_function(f"!{channel}.isConnected")
        desk.wait_for_timeout(CUT * 1000 if k == 0 else 3000)
        began = desk.evaluate("Date.now()")
        context.set_offline(False)
        desk.wait_for_function("talkDesk.isReady")
        times.append((desk.evaluate("Date.now()") - began) / 1000)
    return Result(
        f"desk and projector back after a cut, one of them {CUT} s long",
        f"{median(times):.3f} s, slowest {max(times):.3f}",
        f"<= {BACK:g} s",
        f"{CUTS} cuts",
        max(times) <= BACK,
    )


def through(page: Page, rests: bool) -> list[float]:
    """Seconds until each scene but the first is drawn; with a rest, all neighbours are drawn before a key."""
    times: list[float] = []
    for _ in range(page.evaluate("talkScreen.talk.scenes.reduce((sum, { steps }) => sum + steps.length, 0)")):
        if rests:
            page.wait_for_function(AT_REST)
        taken = page.evaluate(PRESS)
        if taken is not None:
            times.append(taken)
    return times[1:]


def rows(name: str, chapters: list[str], times: list[list[float]], has_target: bool) -> Iterator[Result]:
    """The times to scenes of the same chapter and of another one."""
    kinds = [before == after for before, after in pairwise(chapters)]
    for is_same, kind, target in ((True, "the same", SAME), (False, "another", OTHER)):
        found = [one for turn in times for one, same in zip(turn, kinds, strict=True) if same == is_same]
        p95 = quantiles(found, n=20)[-1]
        yield Result(
            f"{name}, {kind} chapter",
            f"{median(found):.3f} s, p95 {p95:.3f}",
            f"<= {target} s" if has_target else "(no target)",
            f"{len(found)} steps; two frames are 0.033 s",
            p95 <= target or not has_target,
        )
