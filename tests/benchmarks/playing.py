"""In the browser: a slider until painted, and frames while it plays."""

from collections.abc import Iterator
from contextlib import contextmanager
from statistics import median, quantiles
from typing import Any, Final

from playwright.sync_api import Browser, Locator, Page

from tests.benchmarks.browsing import Shown, opened, slow_down, visitor
from tests.benchmarks.result import Result
from tests.browser.serving import serve

DESCENT: Final = (
    Shown("descent, all panels, with 3-D", "descent?view=both", 0, ("learning_rate", "iterations", "step")),
    Shown("descent, 2-D only", "descent?view=map"),
)
OTHERS: Final = (
    Shown("pixels", "pixels", 0, ("resolution", "index")),
    Shown("pixels, the matrix", "pixels", 1, ("m",)),
    Shown("sigmoid", "sigmoid", 0, ("outlier",)),
    Shown("sigmoid, the neuron", "sigmoid", 1, ("w", "b", "x")),
    Shown("loss", "loss", 0, ("w", "b", "example", "averaged")),
    Shown("loss, both surfaces, 3-D", "loss", 1, ("learning_rate", "step")),
    Shown("graph", "graph", 0, ("a",)),
    Shown("vectorization, broadcasting", "vectorization", 2, ("stretch",)),
    Shown("numpy_basics, softmax", "numpy_basics?function=softmax", 0, ("step",)),
    Shown("hidden, what the units say", "hidden?view=space&step=100", 0, ("learning_rate", "step")),
    Shown("cats", "cats?step=600", 0, ("step",)),  # a thumb at 0 would be held where it is to be moved to
)
SHARES: Final = tuple(0.05 + 0.7 * (5 * k % 13) / 13 for k in range(13))  # of a slider's way, all over
FEWER: Final = 5  # of them, for the chapters that came later
NEAR: Final = 0.1  # of its way, or one place: from where the thumb is taken to where it is moved
FRAMES: Final = 2
FACTOR: Final = 20

TURNS: Final = 5
FEWER_TURNS: Final = 3  # for the chapters that came later
SECONDS: Final = 2
SHARE, SHARE_THROTTLED = 0.95, 0.8
UNEVEN: Final = 1.5  # p95 of the frame times over their median
THROTTLE: Final = 4


def results(browser: Browser) -> Iterator[Result]:
    """Sliders first, then playing, on a server of its own."""
    with serve() as server:
        with serve(app="tests/benchmarks/apps/plotly_frames.py") as usual:
            yield from beside_plotly(browser, server, usual)
        for shown in DESCENT:
            yield from play(browser, server, shown, TURNS)
        for shown in OTHERS:
            with opened(browser, server, shown) as page:
                for name in shown.sliders:
                    yield scrubbed(shown, name, [drag(page, name, share) for share in SHARES[:FEWER]])
            yield from play(browser, server, shown, FEWER_TURNS)


def beside_plotly(browser: Browser, server: str, usual: str) -> Iterator[Result]:
    """The descent chapter's sliders; the first in turns with Plotly's in another page."""
    factors, plotly = [], []
    with opened(browser, server, DESCENT[0]) as page, plotly_frames(browser, usual) as other:
        page.evaluate("probe.root().player.goTo(100)")
        for name in DESCENT[0].sliders:
            answers = []
            for share in SHARES:
                answers.append(drag(page, name, share))
                if name == DESCENT[0].sliders[0]:
                    plotly.append(drag_plotly(other, share))
                    factors.append(plotly[-1] / answers[-1]["ms"])
            yield scrubbed(DESCENT[0], name, answers)
    yield Result(
        "slider learning_rate, against the same picture by st.plotly_chart with frames",
        f"{median(factors):.0f} x faster",
        f">= {FACTOR} x",
        f"Plotly's slider, dragged, to the paint after plotly_animated: {median(plotly):.0f} ms",
        median(factors) >= FACTOR,
    )


def scrubbed(shown: Shown, name: str, answers: list[Any]) -> Result:
    """Frames and milliseconds of a slider that was dragged so often."""
    frames, worst = median(a["frames"] for a in answers), max(a["frames"] for a in answers)
    changed = sum(answer["changed"] for answer in answers)
    return Result(
        f"{shown.name}, slider {name}, dragged: from its event to the paint of the last frame drawn for it",
        f"{frames:.0f} (at most {worst}) frames, {median(a['ms'] for a in answers):.1f} ms",
        f"<= {FRAMES} frames",
        f"the canvases changed {changed} of {len(answers)} times",
        frames <= FRAMES and changed == len(answers),
    )


def drag(page: Page, name: str, share: float) -> Any:
    """Takes a slider of the figure in sight; what the probe saw."""
    nth = page.evaluate("[...document.querySelectorAll('.live-root')].indexOf(probe.root())")
    slider = page.locator(".live-root").nth(nth).locator(f"input[name={name}]")
    near = max(NEAR, 1.2 / int(slider.get_attribute("max") or 1))
    return _drag(page, slider, share, near, "player")


def drag_plotly(page: Page, share: float) -> Any:
    """The same with Plotly's own slider."""
    return _drag(page, page.locator(".slider-rail-touch-rect").first, share, NEAR, "plotly")


def _drag(page: Page, slider: Locator, share: float, near: float, what: str) -> Any:
    """Moves the thumb, held already or not, to that share of its way."""
    slider.scroll_into_view_if_needed()
    box = slider.bounding_box()
    assert box is not None
    x, y = box["x"] + share * box["width"], box["y"] + box["height"] / 2
    page.bring_to_front()
    page.mouse.move(x + min(near, 0.97 - share) * box["width"], y)
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


def play(browser: Browser, server: str, shown: Shown, rounds: int) -> Iterator[Result]:
    """In one page: as it is, and with a slower CPU."""
    with opened(browser, server, shown) as page:
        share, uneven, reference = turns(page, rounds)
        yield Result(
            f"playing, {shown.name}: frames/s over those of an empty loop",
            f"{share:.3f}",
            f">= {SHARE}",
            reference,
            share >= SHARE,
        )
        yield Result(
            f"playing, {shown.name}: p95 of the frame times over their median",
            f"{uneven[0]:.2f}",
            f"<= {UNEVEN}",
            f"the empty loop: {uneven[1]:.2f}",
            uneven[0] <= UNEVEN,
        )
        slow_down(page, THROTTLE)
        share, _, reference = turns(page, rounds)
        yield Result(
            f"playing, {shown.name}, CPU throttled {THROTTLE} x: frames/s over those of an empty loop",
            f"{share:.3f}",
            f">= {SHARE_THROTTLED}",
            reference,
            share >= SHARE_THROTTLED,
        )


def turns(page: Page, rounds: int) -> tuple[float, tuple[float, float], str]:
    """Playing and an empty loop in turns: the share of frames, how uneven both are, the rates in words."""
    page.evaluate("probe.root().player.goTo(0)")
    shares, rates, uneven = [], [], []
    for _ in range(rounds):
        page.wait_for_timeout(500)
        empty = page.evaluate("probe.record", SECONDS)
        page.evaluate(
            "(async () => { const { player } = probe.root();"
            " player.goTo(0); player.play(); await new Promise(requestAnimationFrame); })()"
        )
        full = page.evaluate("probe.record", SECONDS)
        page.evaluate("probe.root().player.pause()")
        rates.append((full["drawn"] / full["elapsed"], len(empty["gaps"]) / empty["elapsed"]))
        shares.append(rates[-1][0] / rates[-1][1])
        uneven.append(tuple(quantiles(run["gaps"], n=20)[-1] / median(run["gaps"]) for run in (full, empty)))
    drawn, ceiling = (median(column) for column in zip(*rates, strict=True))
    unevenness = tuple(median(column) for column in zip(*uneven, strict=True))
    return median(shares), unevenness, f"{drawn:.1f} frames/s; empty loop in turns with it {ceiling:.1f}"
