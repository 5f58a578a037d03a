"""In the browser: a slider until painted, and frames while it plays."""

from collections.abc import Iterator
from contextlib import contextmanager
from statistics import median, quantiles
from typing import Any, Final

from playwright.sync_api import Browser, Page

from tests.benchmarks.browsing import chapter, slow_down, visitor
from tests.benchmarks.result import Result
from tests.browser.serving import serve

SLIDERS: Final = ("learning_rate", "iterations", "step")
SHARES: Final = tuple(0.15 + 0.7 * (5 * k % 13) / 13 for k in range(13))  # of a slider's way, all over
NEAR: Final = 0.1  # of its way: from where the thumb is taken to where it is moved
FRAMES: Final = 2
FACTOR: Final = 20

TURNS: Final = 5
SECONDS: Final = 2
SHARE, SHARE_THROTTLED = 0.95, 0.8
UNEVEN: Final = 1.5  # p95 of the frame times over their median
THROTTLE: Final = 4


def results(browser: Browser) -> Iterator[Result]:
    """Sliders first, then playing, in the chapter of a server of its own."""
    with serve() as server:
        with serve(app="tests/benchmarks/apps/plotly_frames.py") as usual:
            yield from sliders(browser, server, usual)
        for view in ("both", "map"):
            yield from play(browser, server, view)


def sliders(browser: Browser, server: str, usual: str) -> Iterator[Result]:
    """The chapter's sliders, each with Plotly's in another page in turns; the pointer drags them."""
    factors, plotly = [], []
    with chapter(browser, server) as page, plotly_frames(browser, usual) as other:
        page.evaluate("document.querySelector('.live-root').player.goTo(100)")
        for name in SLIDERS:
            answers = []
            for share in SHARES:
                answers.append(drag(page, f".live-root input[name={name}]", share, "player"))
                if name == SLIDERS[0]:
                    plotly.append(drag(other, ".slider-rail-touch-rect", share, "plotly"))
                    factors.append(plotly[-1] / answers[-1]["ms"])
            frames, worst = median(a["frames"] for a in answers), max(a["frames"] for a in answers)
            changed = sum(answer["changed"] for answer in answers)
            yield Result(
                f"slider {name}, dragged: from its event to the paint of the last frame drawn for it",
                f"{frames:.0f} (at most {worst}) frames, {median(a['ms'] for a in answers):.1f} ms",
                f"<= {FRAMES} frames",
                f"the canvases changed {changed} of {len(answers)} times",
                frames <= FRAMES and changed == len(answers),
            )
    yield Result(
        "slider learning_rate, against the same picture by st.plotly_chart with frames",
        f"{median(factors):.0f} x faster",
        f">= {FACTOR} x",
        f"Plotly's slider, dragged, to the paint after plotly_animated: {median(plotly):.0f} ms",
        median(factors) >= FACTOR,
    )


def drag(page: Page, slider: str, share: float, what: str) -> Any:
    """Moves the slider's thumb, held already or not, to that share of its way; what the probe saw."""
    box = page.locator(slider).first.bounding_box()
    assert box is not None
    x, y = box["x"] + share * box["width"], box["y"] + box["height"] / 2
    page.bring_to_front()
    page.mouse.move(x + NEAR * box["width"], y)
    page.mouse.down()
    page.wait_for_timeout(600)
    page.evaluate("what => probe.watch(what)", what)
    page.mouse.move(x, y)
    seen = page.evaluate("probe.watched()")
    page.mouse.up()
    return seen


@contextmanager
def plotly_frames(browser: Browser, server: str) -> Iterator[Page]:
    """The same picture the usual way, drawn."""
    page = visitor(browser)
    page.goto(server)
    page.wait_for_selector(".slider-rail-touch-rect", state="attached")
    page.wait_for_timeout(3000)
    yield page
    page.context.close()


def play(browser: Browser, server: str, view: str) -> Iterator[Result]:
    """In one page: as it is, and with a slower CPU."""
    shown = {"both": "all panels, with 3-D", "map": "2-D only"}[view]
    with chapter(browser, server, view) as page:
        share, uneven, reference = turns(page)
        yield Result(
            f"playing, {shown}: frames/s over those of an empty loop",
            f"{share:.3f}",
            f">= {SHARE}",
            reference,
            share >= SHARE,
        )
        yield Result(
            f"playing, {shown}: p95 of the frame times over their median",
            f"{uneven[0]:.2f}",
            f"<= {UNEVEN}",
            f"the empty loop: {uneven[1]:.2f}",
            uneven[0] <= UNEVEN,
        )
        slow_down(page, THROTTLE)
        share, _, reference = turns(page)
        yield Result(
            f"playing, {shown}, CPU throttled {THROTTLE} x: frames/s over those of an empty loop",
            f"{share:.3f}",
            f">= {SHARE_THROTTLED}",
            reference,
            share >= SHARE_THROTTLED,
        )


def turns(page: Page) -> tuple[float, tuple[float, float], str]:
    """Playing and an empty loop in turns: the share of frames, how uneven both are, the rates in words."""
    page.evaluate("document.querySelector('.live-root').player.goTo(0)")
    shares, rates, uneven = [], [], []
    for _ in range(TURNS):
        page.wait_for_timeout(500)
        empty = page.evaluate("probe.record", SECONDS)
        page.evaluate(
            "(async () => { const { player } = document.querySelector('.live-root');"
            " player.goTo(0); player.play(); await new Promise(requestAnimationFrame); })()"
        )
        full = page.evaluate("probe.record", SECONDS)
        page.evaluate("document.querySelector('.live-root').player.pause()")
        rates.append((full["drawn"] / full["elapsed"], len(empty["gaps"]) / empty["elapsed"]))
        shares.append(rates[-1][0] / rates[-1][1])
        uneven.append(tuple(quantiles(run["gaps"], n=20)[-1] / median(run["gaps"]) for run in (full, empty)))
    drawn, ceiling = (median(column) for column in zip(*rates, strict=True))
    unevenness = tuple(median(column) for column in zip(*uneven, strict=True))
    return median(shares), unevenness, f"{drawn:.1f} frames/s; empty loop in turns with it {ceiling:.1f}"
