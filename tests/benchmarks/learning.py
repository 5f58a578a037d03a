"""The chapter *Cats*: a changed learning rate until its curves are drawn, the plane, w, a file."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any, Final

import h5py
import numpy as np
from playwright.sync_api import Browser, Page

from explainer.maths.surface import principal_plane
from explainer.maths.training import Run, Span, span, walk
from explainer.pictures import bundled, to_columns
from tests.benchmarks.browsing import Shown, opened
from tests.benchmarks.maths import seconds
from tests.benchmarks.result import Result
from tests.benchmarks.spanning import NUM_ITERATIONS, NUM_PICTURES, straightforward
from tests.browser.serving import Server, serve

RATE: Final = 0.001
POINTS: Final = 61
SAMPLE: Final = 20  # places of the plane that are computed with w itself; all of them would take minutes
REPEATS: Final = 5
PLANE, ANSWER, FOUR, CACHED, UPLOAD = 0.050, 0.5, 0.7, 0.15, 2.0  # seconds
PICTURES_A_SECOND: Final = 10
SHARES: Final = (0.7, 0.45, 0.8, 0.2, 0.6)  # of the slider's way, away from where its thumb is
TURNS: Final = 3
SIZE: Final = f"12,288 x {NUM_PICTURES}"


def results(browser: Browser) -> Iterator[Result]:
    """The maths first, then in the browser, with as many pictures as the course has."""
    X, Y = _pictures()
    spanned = span(to_columns(X), Y[None])
    yield plane(spanned)
    loop = seconds(straightforward, spanned.X, spanned.Y, RATE, NUM_ITERATIONS)
    with _course_file() as file:
        with serve(args=["--", "--pictures", str(file.parent)]) as server:
            yield from answers(browser, server, loop)
            yield weights(browser, server)
        yield from four(browser, file, loop)
        with serve() as server:
            yield upload(browser, server, file)


def plane(spanned: Span) -> Result:
    """J over 61 x 61 places, beside the same by w itself at a few of them."""
    (run,) = walk(spanned, [RATE], NUM_ITERATIONS)
    principal_plane(run, spanned, POINTS)
    times = [seconds(principal_plane, run, spanned, POINTS) for _ in range(REPEATS)]
    by_w = median(seconds(_costs_by_w, run, spanned) for _ in range(REPEATS)) * POINTS**2 / SAMPLE
    return Result(
        f"the plane of a run on {SIZE}: directions, and J at {POINTS} x {POINTS} places",
        f"{median(times) * 1000:.0f} ms",
        f"<= {PLANE * 1000:.0f} ms",
        f"J alone by w at every place: {by_w:.1f} s (reckoned from {SAMPLE} places)",
        median(times) <= PLANE,
    )


def _costs_by_w(run: Run, spanned: Span) -> list[float]:
    """J with w itself at a few places."""
    w, costs = run.w, []
    for k in range(SAMPLE):
        Z = (w * k / SAMPLE).T @ spanned.X + run.b
        costs.append(float(np.mean(np.logaddexp(0, Z) - spanned.Y * Z)))
    return costs


def answers(browser: Browser, server: Server, loop: float) -> Iterator[Result]:
    """From the slider's change until the curves are drawn: runs that are new, then the same again."""
    with opened(browser, server, Shown("cats", f"cats?data=course&learning_rate={RATE:g}&step=600")) as page:
        first = [press(page, share) for share in SHARES]
        again = [press(page, share) for _ in range(TURNS) for share in SHARES]
    yield Result(
        f"a changed learning rate, {SIZE}, 3,000 iterations: until all curves are drawn",
        f"{median(first):.2f} s",
        f"<= {ANSWER} s",
        f"slowest {max(first):.2f} s; the vectorised loop alone, {NUM_ITERATIONS:,} iterations: {loop:.2f} s",
        median(first) <= ANSWER,
    )
    yield Result(
        "a learning rate that was there before: until all curves are drawn",
        f"{median(again):.2f} s",
        f"<= {CACHED} s",
        f"quickest {min(again):.2f} s, slowest {max(again):.2f} s",
        median(again) <= CACHED,
    )


def press(page: Page, share: float) -> float:
    """Presses the learning rate's slider there; seconds until the figure has the new run."""
    box = page.locator(".live input[name=learning_rate]").first.bounding_box()
    assert box is not None
    return answered(
        page,
        lambda: page.mouse.click(box["x"] + share * box["width"], box["y"] + box["height"] / 2),
        "change",
        "[data-panel=cost] .title",
    )


def answered(page: Page, act: Callable[[], Any], event: str, selector: str) -> float:
    """Seconds from the event that `act` causes until the figure says something else there, painted."""
    page.evaluate("([event, selector]) => probe.watch('answer', event, selector)", [event, selector])
    act()
    taken: float = page.evaluate("probe.watched()") / 1000
    page.wait_for_timeout(500)  # milliseconds, for what the page does after its figure
    return taken


def four(browser: Browser, file: Path, loop: float) -> Iterator[Result]:
    """Other pictures, a press away on a fresh server: trained, and drawn, at all four learning rates."""
    times = []
    for _ in range(TURNS):
        with (
            serve(args=["--", "--pictures", str(file.parent)]) as server,
            opened(browser, server, Shown("cats", "cats?view=four&step=600")) as page,
        ):
            course = page.get_by_text("the course's", exact=True).first
            times.append(answered(page, course.click, "pointerup", ".sentence"))
    yield Result(
        f"other pictures, {SIZE}: until the curves of four learning rates are drawn",
        f"{median(times):.2f} s",
        f"<= {FOUR} s",
        f"slowest {max(times):.2f} s; the vectorised loop alone for four: {4 * loop:.1f} s",
        median(times) <= FOUR,
    )


def weights(browser: Browser, server: Server) -> Result:
    """The step's slider drawn over its whole way in two seconds."""
    with opened(browser, server, Shown("cats", "cats?data=course")) as page:
        rates = [page.evaluate("probe.scrub('step', 'whole', 2)") for _ in range(TURNS)]
        frames = page.evaluate("probe.record", 2)
    return Result(
        "w as a picture while the step is scrubbed: different pictures a second",
        f"{median(rates):.0f}",
        f">= {PICTURES_A_SECOND}",
        f"an empty loop: {len(frames['gaps']) / frames['elapsed']:.0f} frames/s, every second looked at",
        median(rates) >= PICTURES_A_SECOND,
    )


def upload(browser: Browser, server: Server, file: Path) -> Result:
    """The file is chosen; until the figure has its curves."""
    times = []
    for _ in range(TURNS):
        with opened(browser, server, Shown("cats", "cats")) as page:
            page.get_by_role("button", name="your own").click()
            chooser = page.locator("input[type=file]").first
            chooser.wait_for(state="attached")
            start = perf_counter()
            page.evaluate("probe.watch('answer', 'change', '.sentence')")
            chooser.set_input_files(str(file))
            page.evaluate("probe.watched()")
            times.append(perf_counter() - start)
    megabytes = file.stat().st_size / 1e6
    return Result(
        f"a course file of {megabytes:.1f} MB: from choosing it to its first curves",
        f"{median(times):.2f} s",
        f"<= {UPLOAD:g} s",
        f"slowest {max(times):.2f} s; after the first time its runs are there already",
        times[0] <= UPLOAD,
    )


def _pictures() -> tuple[Any, Any]:
    """As many drawings as the course has photographs: pictures (209, 64, 64, 3), labels (209,)."""
    every = bundled()
    return every.pictures[:NUM_PICTURES], every.labels[:NUM_PICTURES].astype(np.int64)


@contextmanager
def _course_file() -> Iterator[Path]:
    """A file in the course's structure, of drawings, in a folder of its own."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "train_catvnoncat.h5"
        pictures, labels = _pictures()
        with h5py.File(path, "w") as file:
            file["list_classes"] = np.array([b"non-cat", b"cat"])
            file["train_set_x"], file["train_set_y"] = pictures, labels
        yield path
