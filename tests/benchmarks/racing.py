"""The races of *Vectorization*: who wins, what another stopwatch says, and whether another visitor waits."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import monotonic
from typing import Final

from playwright.sync_api import Browser, Locator, Page, expect

from explainer.chapters.vectorization.race_queue import ONE_CORE, alone, measure
from explainer.chapters.vectorization.stopwatch import Race, race_from
from explainer.chapters.vectorization.twins import TWINS
from explainer.words import words
from tests.benchmarks.browsing import browser, visitor
from tests.benchmarks.result import Result
from tests.benchmarks.twins_benchmark import COMPARED
from tests.browser.figure import AT_REST
from tests.browser.serving import ROOT, Server, serve

SIZES: Final = (1_000, 10_000, 100_000, 1_000_000)
TURNS: Final = 3
APART: Final = 0.3
STOPWATCH: Final = (
    "--benchmark-disable-gc",
    "--benchmark-max-time=0.15",
    # Warmed up, or the first, slow call makes it take one call a round: then the clock's own time counts.
    "--benchmark-warmup=on",
    "--benchmark-warmup-iterations=10",
)

RACE: Final = "vectorization?twin=dot&n=1000000"
READ: Final = "loss"
PRESSES: Final = {"race": (4, 4.0), "train_three_ways": (2, 9.0)}
"""Buttons of the chapter: how often each is pressed, and in how many seconds all is measured and drawn."""
LONGEST: Final = 60_000  # milliseconds
LONGER: Final = 0.2  # seconds
RERUN: Final = """async (button) => {
    const answer = () => document.querySelector('[class*=st-key-questions-]')?.innerText;
    const before = answer(), start = performance.now();
    button.click();
    do await new Promise(requestAnimationFrame);
    while (answer() === before || document.querySelector('.stApp').dataset.testScriptState !== 'notRunning');
    await new Promise((painted) => setTimeout(painted));
    return (performance.now() - start) / 1000;
}"""
"""Clicks, and waits until the script has run, and another question stands there and is painted; seconds."""

Seconds = Mapping[tuple[str, str, int], float]
"""The median of one call, by twin, way and n."""


def results() -> Iterator[Result]:
    """Both stopwatches in turns, with no browser beside them; then two visitors of a server of their own."""
    races, others = [], []
    for turn in range(TURNS):
        races.append(
            {(twin, n): run(twin, n) for twin in TWINS for n in SIZES if not turn or n in COMPARED[twin]}
        )
        others.append(by_pytest_benchmark())
    for twin in TWINS:
        yield against_the_loops(twin, [race for turn in races for race in turn.values() if race.twin == twin])
    for twin in TWINS:
        yield against_pytest_benchmark(twin, races, others)
    with browser() as launched, serve() as server:
        yield from beside_a_reader(launched, server)


def run(twin: str, n: int) -> Race:
    """A race as the page runs it: in a process of its own, and the only one."""
    with alone():
        return race_from(measure(("race", twin, str(n))))


def by_pytest_benchmark() -> Seconds:
    """The other stopwatch, on one core like the race's, and its garbage collection off, too."""
    with TemporaryDirectory() as folder, alone():
        report = Path(folder) / "report.json"
        command = ("-m", "pytest", "-q", "tests/benchmarks/twins_benchmark.py", f"--benchmark-json={report}")
        subprocess.run(
            (sys.executable, *command, *STOPWATCH),
            cwd=ROOT,
            env=os.environ | ONE_CORE,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=True,
        )
        found = json.loads(report.read_text(encoding="utf-8"))["benchmarks"]
    return {
        tuple(one["params"][name] for name in ("twin", "way", "n")): one["stats"]["median"] for one in found
    }


def loops(twin: str) -> tuple[str, ...]:
    """The ways that NumPy's is compared with."""
    return tuple(way.name for way in TWINS[twin].ways[:-1])


def against_the_loops(twin: str, races: Sequence[Race]) -> Result:
    """How many times as fast as the quickest loop NumPy is, where that is least. An estimate counts, too."""
    ratios: dict[int, float] = {}
    for race in races:
        seconds = race.estimates | {timing.way: timing.median for timing in race.timings}
        quickest = min(seconds[way] for way in loops(twin)) / seconds["numpy"]
        ratios[race.n] = min(quickest, ratios.get(race.n, quickest))
    left_out = {f"{way} at n = {race.n:,}" for race in races for way in race.estimates}
    estimated = f"; by its estimate only: {', '.join(sorted(left_out))}" if left_out else "; no way left out"
    return Result(
        f"race, {twin}: NumPy against the quickest loop, the least of all n",
        f"{min(ratios.values()):.3g} x as fast",
        ">= 1 x",
        "; ".join(f"n = {n:,}: {ratio:.3g} x" for n, ratio in ratios.items()) + estimated,
        min(ratios.values()) >= 1 and all(race.agree for race in races),
    )


def against_pytest_benchmark(
    twin: str, races: Sequence[Mapping[tuple[str, int], Race]], others: Sequence[Seconds]
) -> Result:
    """How far a ratio that is shown is from the other stopwatch's; of each, the median of all turns."""
    found, single = [], 0.0
    for n in COMPARED[twin]:
        for way in loops(twin):
            shown = [race[twin, n].ratio(way, "numpy") or 0.0 for race in races]
            other = [seconds[twin, way, n] / seconds[twin, "numpy", n] for seconds in others]
            single = max(single, *(abs(a / b - 1) for a, b in zip(shown, other, strict=True)))
            found.append((abs(median(shown) / median(other) - 1), way, n, median(shown), median(other)))
    apart, way, n, shown_then, other_then = max(found)
    return Result(
        f"race, {twin}: the ratios shown against pytest-benchmark's, the furthest apart of {len(found)}",
        f"{apart:.1%} apart",
        f"<= {APART:.0%}",
        f"{way} over numpy, n = {n:,}: {shown_then:.3g} x shown, {other_then:.3g} x; "
        f"medians of {len(races)} turns, in a single one at most {single:.1%}",
        apart <= APART,
    )


def beside_a_reader(launched: Browser, server: Server) -> Iterator[Result]:
    """One visitor measures; another, on another chapter, makes its script run again and again."""
    reader = visitor(launched)
    reader.goto(f"{server}/{READ}")
    others = renderers(launched)
    racer = visitor(launched)
    racer.goto(f"{server}/{RACE}")
    options = [reader.get_by_role("radio", name=number, exact=True).first for number in ("1", "2")]
    for page, awaited in ((racer, racer.locator(".live-root").first), (reader, options[1])):
        awaited.wait_for()
        page.wait_for_function(AT_REST)
    drawing = renderers(launched) - others
    for _ in range(5):
        rerun(options)
    for name, (presses, lasts) in PRESSES.items():
        button = racer.get_by_role("button", name=words("vectorization").text[name], exact=True)
        without, during = [], []
        for _ in range(presses):
            beside = while_measured(button, lasts, drawing, options)
            during += beside
            pause(racer)
            without += [rerun(options) for _ in beside]
        later = max(during) - median(without)
        yield Result(
            f"while another visitor presses “{button.inner_text()}”: a page's slowest rerun, from the click "
            f"to the paint, over the median without",
            f"{max(later, 0):.3f} s longer",
            f"<= {LONGER} s",
            f"{len(during)} reruns each, {presses} presses in turns: median {median(during):.3f}, "
            f"slowest {max(during):.3f} s; without: {median(without):.3f}, {max(without):.3f} s",
            later <= LONGER and "Traceback" not in server.log(),
        )
    for page in (racer, reader):
        page.context.close()


def while_measured(button: Locator, lasts: float, drawing: set[int], options: list[Locator]) -> list[float]:
    """The reader's reruns for so many seconds from when the racer's page says that it measures."""
    found: list[float] = []
    button.click()
    expect(button).to_be_disabled()
    with standing_still(drawing):
        start = monotonic()
        while monotonic() < start + lasts:
            found.append(rerun(options))
    expect(button).to_be_enabled(timeout=LONGEST)
    return found


def renderers(launched: Browser) -> set[int]:
    """The processes that draw the browser's pages."""
    session = launched.new_browser_cdp_session()
    processes = session.send("SystemInfo.getProcessInfo")["processInfo"]
    session.detach()
    return {process["id"] for process in processes if process["type"] == "renderer"}


@contextmanager
def standing_still(processes: set[int]) -> Iterator[None]:
    """What draws the racer's page waits: on a computer of the racer's own it would take no core from here.

    What the server does for that page is not held.
    """
    for process in processes:
        os.kill(process, signal.SIGSTOP)
    try:
        yield
    finally:
        for process in processes:
            os.kill(process, signal.SIGCONT)


def rerun(options: list[Locator]) -> float:
    """Chooses the other of two questions: the script runs, and asks it. In seconds."""
    options.reverse()
    seconds: float = options[0].evaluate(RERUN)
    return seconds


def pause(racer: Page) -> None:
    """The result's figure plays in this computer's browser, too; a visitor's own computer would draw it."""
    racer.wait_for_function(AT_REST)
    racer.evaluate("document.querySelectorAll('.live-root').forEach((root) => root.player?.pause())")
