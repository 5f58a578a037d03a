"""Loading the chapter: what is sent, the page's own script, the first load, and ten first visitors."""

from collections.abc import Iterator
from statistics import median
from time import perf_counter
from typing import Any, Final

from playwright.sync_api import Browser, Page
from streamlit.testing.v1 import AppTest
from threadpoolctl import threadpool_limits

from explainer.chapters import ORDER
from tests.benchmarks.browsing import PATIENCE, moments, visitor
from tests.benchmarks.result import Result
from tests.browser.serving import ROOT, Server, serve

BYTES: Final = 1_000_000
SCRIPT: Final = 0.060  # seconds
RUNS: Final = 30
LOADS: Final = 7
SLOW: Final = 4.0  # Mbit/s
LATENCY: Final = 40  # milliseconds, on a slow line
MOMENTS: Final = (
    ("first words to be read", "map", "words", (0.3, None)),
    ("title and controls usable", "map", "controls", (1.0, 0.7)),
    ("view=map: painted and movable", "map", "figure", (1.3, 1.0)),
    ("default view: the map", "both", "panel", (1.5, None)),
    ("view=3-D: painted and movable", "3-D", "figure", (2.3, None)),
)
"""What, in which view, which moment of the probe, and its limits on this computer and on a slow line."""
TRANSFERRED: Final = {"map": 2.3e6, "both": 2.6e6}
AGAIN: Final = 1e5  # bytes of a repeated visit
NEXT: Final = 0.4
AS_IT_COMES: Final = ("--runner.postScriptGC=true", "--server.fileWatcherType=auto")
"""Streamlit's own settings, for the app that this one is held against."""
VISITORS: Final = 10


def results(browser: Browser) -> Iterator[Result]:
    """On servers of their own."""
    for chapter in ORDER:
        yield script(chapter)
    apps = "tests/benchmarks/apps"
    with serve() as server, serve(app=f"{apps}/bare.py", args=AS_IT_COMES) as bare:
        for chapter in ORDER:
            yield sent(browser, server, chapter)
        yield from first_load(browser, server, bare, None)
        yield from first_load(browser, server, bare, SLOW)
        yield repeated(browser, server)
        yield from next_chapter(browser, server)
    with serve() as server:
        yield from first_visitors(browser, server)


def script(chapter: str) -> Result:
    """The entry script and the chapter's, with warm caches, in this process: Streamlit's AppTest, whose own
    work (parsing what the script has sent) counts too; so it is an upper bound."""
    threadpool_limits(limits=1, user_api="blas")  # as the server does
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


def first_load(browser: Browser, server: str, bare: str, mbits: float | None) -> Iterator[Result]:
    """New visitors with empty caches on warm servers; chapter and bare app in turns, also over a slow line.

    Everything is over the moment at which the bare app, a title and a slider, can be used.
    """
    line = f"at {mbits:g} Mbit/s" if mbits else "on this computer"
    addresses = {view: f"{server}/descent?view={view}" for view in ("map", "both", "3-D")}
    for address in (bare, *addresses.values()):
        visit(browser, address, "controls")
    rounds = [
        {"bare": visit(browser, bare, "controls", mbits)}
        | {view: visit(browser, address, "figure", mbits) for view, address in addresses.items()}
        for _ in range(LOADS)
    ]
    usable = median(row["bare"]["controls"] for row in rounds)
    for what, view, moment, limits in MOMENTS:
        ratio = median(row[view][moment] / row["bare"]["controls"] for row in rounds)
        seconds = median(row[view][moment] for row in rounds)
        limit = limits[1 if mbits else 0]
        yield Result(
            f"first load {line}, {what}",
            f"{ratio:.2f} x ({seconds:.2f} s)",
            f"<= {limit} x" if limit else "-",
            f"an app of a title and a slider can be used after {usable:.2f} s",
            limit is None or ratio <= limit,
        )
    if mbits:
        return
    for view, limit in TRANSFERRED.items():
        size = median(row[view]["bytes"] for row in rounds)
        yield Result(
            f"first load, view={view}: bytes over the wire, with the websocket",
            f"{size / 1e6:.2f} MB",
            f"<= {limit / 1e6:g} MB",
            f"Plotly.js itself {median(row[view]['executing'] for row in rounds):.2f} s from its last byte",
            size <= limit,
        )


def repeated(browser: Browser, server: str) -> Result:
    """What a browser that was here before takes: its cache has all that bears its content's name."""
    page, sizes = visitor(browser), []
    page.on("websocket", lambda socket: socket.on("framereceived", lambda frame: sizes.append(len(frame))))
    rounds = []
    for _ in range(1 + LOADS):
        sizes.clear()
        load(page, f"{server}/descent", "figure")
        rounds.append(page.evaluate("probe.fetched()") + sum(sizes))
    page.context.close()
    return Result(
        "a repeated visit: bytes over the wire, with the websocket",
        f"{median(rounds[1:]) / 1e6:.3f} MB",
        f"<= {AGAIN / 1e6:g} MB",
        f"the first visit {rounds[0] / 1e6:.2f} MB",
        median(rounds[1:]) <= AGAIN,
    )


def next_chapter(browser: Browser, server: str) -> Iterator[Result]:
    """Another chapter after the first, by its link, until its figure is painted."""
    ratios = []
    for _ in range(LOADS):
        page = visitor(browser)
        load(page, f"{server}/sigmoid", "figure")
        first = page.evaluate("probe.moments.figure")
        start = page.evaluate("performance.now()")
        page.get_by_role("link", name="Loss", exact=True).first.click()
        page.wait_for_function("location.pathname.endsWith('/loss') && probe.root()?.player?.ready")
        ratios.append((page.evaluate("performance.now()") - start) / first)
        page.context.close()
    yield Result(
        "another chapter after the first, until its figure is painted, over the first",
        f"{median(ratios):.2f} x",
        f"<= {NEXT} x",
        f"from {min(ratios):.2f} to {max(ratios):.2f} x",
        median(ratios) <= NEXT,
    )


def visit(browser: Browser, address: str, moment: str, mbits: float | None = None) -> dict[str, Any]:
    """A new visitor's load: its moments, how long Plotly.js took, both in seconds, and the bytes it took."""
    page, sizes = visitor(browser), [0]
    page.on("websocket", lambda socket: socket.on("framereceived", lambda frame: sizes.append(len(frame))))
    if mbits:
        conditions = {"offline": False, "latency": LATENCY, "uploadThroughput": -1}
        conditions["downloadThroughput"] = mbits * 1e6 / 8
        page.context.new_cdp_session(page).send("Network.emulateNetworkConditions", conditions)
    load(page, address, moment)
    executing, fetched = page.evaluate("[probe.executing(), probe.fetched()]")
    noted = moments(page) | {"executing": executing and executing / 1000, "bytes": fetched + sum(sizes)}
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
