"""Loading the chapter: what is sent, the page's own script, the first load, and ten first visitors."""

from collections.abc import Iterator
from statistics import median
from time import perf_counter
from typing import Any, Final

from playwright.sync_api import Browser, Page
from streamlit.testing.v1 import AppTest

from explainer.chapters import ORDER
from tests.benchmarks.browsing import PATIENCE, moments, visitor
from tests.benchmarks.result import Result
from tests.browser.serving import ROOT, Server, serve

BYTES: Final = 1_000_000
SCRIPT: Final = 0.060  # seconds
RUNS: Final = 30
LOADS: Final = 7
SLOWER: Final = 1.2
MOVABLE: Final = {"map": 0.5, "3-D": 1.2}  # seconds after Plotly.js is there
VISITORS: Final = 10


def results(browser: Browser) -> Iterator[Result]:
    """On servers of their own."""
    for chapter in ORDER:
        yield script(chapter)
    apps = "tests/benchmarks/apps"
    with serve() as server, serve(app=f"{apps}/bare.py") as bare, serve(app=f"{apps}/bare_page.py") as page:
        for chapter in ORDER:
            yield sent(browser, server, chapter)
        yield from first_load(browser, server, bare, f"{page}/descent")
    with serve() as server:
        yield from first_visitors(browser, server)


def script(chapter: str) -> Result:
    """The entry script and the chapter's, with warm caches, in this process: Streamlit's AppTest, whose own
    work (parsing what the script has sent) counts too; so it is an upper bound."""
    app = AppTest.from_file(str(ROOT / "explainer" / "app.py"), default_timeout=30)
    app.run().switch_page(f"../pages/{chapter}.py")
    app.run()
    times = [_seconds(app.run) for _ in range(RUNS)]
    return Result(
        f"{chapter}: its script with warm caches (AppTest.run, an upper bound)",
        f"{median(times) * 1000:.0f} ms",
        f"<= {SCRIPT * 1000:.0f} ms",
        f"quickest {min(times) * 1000:.0f}, slowest {max(times) * 1000:.0f} ms",
        median(times) <= SCRIPT and not app.exception,
    )


def sent(browser: Browser, server: str, chapter: str) -> Result:
    """What the server sends over the websocket until the figure is painted."""
    page, sizes = visitor(browser), []
    page.on("websocket", lambda socket: socket.on("framereceived", lambda frame: sizes.append(len(frame))))
    load(page, f"{server}/{chapter}", "figure")
    page.wait_for_timeout(1000)
    page.context.close()
    return Result(
        f"{chapter}: bytes on the websocket, its first load",
        f"{sum(sizes) / 1e6:.3f} MB",
        f"<= {BYTES / 1e6:g} MB",
        f"{len(sizes)} messages, the largest {max(sizes) / 1e6:.3f} MB",
        sum(sizes) <= BYTES,
    )


def first_load(browser: Browser, server: str, bare: str, bare_page: str) -> Iterator[Result]:
    """Each time a new visitor with empty caches; chapter and bare apps in turns, on warm servers."""
    visit(browser, bare, "controls"), visit(browser, bare_page, "controls")
    visit(browser, f"{server}/descent", "figure")
    rounds = [
        (
            visit(browser, bare, "controls"),
            visit(browser, f"{server}/descent", "figure"),
            *(visit(browser, f"{server}/descent?view={view}", "figure") for view in MOVABLE),
            visit(browser, bare_page, "controls"),
        )
        for _ in range(LOADS)
    ]
    chapters, bares = (
        median(row[1]["controls"] for row in rounds),
        median(row[0]["controls"] for row in rounds),
    )
    ratio = median(row[1]["controls"] / row[0]["controls"] for row in rounds)
    detour = median(row[-1]["controls"] / row[0]["controls"] for row in rounds)
    beside = median(row[1]["controls"] / row[-1]["controls"] for row in rounds)
    yield Result(
        "first load: title and controls to be seen, over an app of a title and a slider",
        f"{ratio:.2f} x ({chapters:.2f} s)",
        f"<= {SLOWER} x",
        f"that app: {bares:.2f} s; the same as a page at its own address takes {detour:.2f} x of it already, "
        f"and over that the chapter takes {beside:.2f} x",
        ratio <= SLOWER,
    )
    for column, (view, limit) in enumerate(MOVABLE.items(), start=2):
        loads = [row[column] for row in rounds]
        after = median(load["figure"] - load["plotly"] for load in loads)
        executing = median(load["executing"] for load in loads)
        yield Result(
            f"first load, view={view}: from Plotly.js being there to all panels painted and movable",
            f"{after:.2f} s",
            f"<= {limit} s",
            f"Plotly.js itself {executing:.2f} s from its last byte; "
            f"figure {median(load['figure'] for load in loads):.2f} s after the navigation began",
            after <= limit,
        )


def visit(browser: Browser, address: str, moment: str) -> dict[str, Any]:
    """A new visitor's load: its moments, and how long Plotly.js took, in seconds."""
    page = visitor(browser)
    load(page, address, moment)
    executing = page.evaluate("probe.executing()")
    noted = moments(page) | {"executing": executing and executing / 1000}
    page.context.close()
    return noted


def load(page: Page, address: str, moment: str) -> None:
    """Goes there and waits for that moment."""
    page.goto(address, wait_until="commit")
    page.wait_for_function(f"window.probe?.moments.{moment}")


def first_visitors(browser: Browser, server: Server) -> Iterator[Result]:
    """All at once, the first the server sees: who gets title and figure, and what went wrong."""
    pages = [visitor(browser) for _ in range(VISITORS)]
    start = perf_counter()
    for page in pages:
        page.evaluate("address => void setTimeout(() => location.assign(address))", f"{server}/descent")
    shown = sum(_shows(page) for page in pages)
    last = perf_counter() - start
    failed = sum(page.locator('[data-testid="stException"]').count() for page in pages)
    traces = server.log().count("Traceback")
    for page in pages:
        page.context.close()
    yield Result(
        f"{VISITORS} first visitors at once, right after the server's start",
        f"{shown} of {VISITORS} see title and figure",
        "no error",
        f"{failed} errors on pages, {traces} tracebacks in the log; the last figure after {last:.1f} s",
        shown == VISITORS and not failed and not traces,
    )


def _shows(page: Page) -> bool:
    try:
        page.wait_for_function("window.probe?.moments.controls && probe.moments.figure", timeout=PATIENCE)
    except Exception:  # whatever it was, this visitor saw no figure
        return False
    return True


def _seconds(function: Any) -> float:
    start = perf_counter()
    function()
    return perf_counter() - start
