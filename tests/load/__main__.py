"""`make load`: a full room on this computer, in numbers; ``python -m tests.load --help`` for other rooms."""

import argparse
import asyncio
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

from playwright.sync_api import Browser

from tests.benchmarks.browsing import browser, moments, visitor
from tests.benchmarks.loading import AS_IT_COMES
from tests.browser.serving import Server, serve
from tests.load.process import Watch, cpu_seconds
from tests.load.room import Findings, Plan, fill, spread
from tests.load.visitor import Visitor

OPENINGS = 20
COSTED = ("descent", "graph", "cats")
BARE = "tests/benchmarks/apps/bare.py"


def main() -> None:
    options = _options()
    plan = Plan(options.visitors, options.seconds, options.arriving, tuple(options.pause))
    if options.server:
        show(f"{plan.visitors} visitors of {options.server}", asyncio.run(fill(options.server, plan)))
        return
    with serve() as app, serve(app=BARE, args=AS_IT_COMES) as bare:
        cost_of_opening("an app of one title and a slider", bare, "")
        for page in COSTED:
            cost_of_opening(page, app, page)
        in_a_room(f"{plan.visitors} visitors", app, plan)
        if options.browsers:
            beside_browsers(app, plan, options.browsers)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.load", description=__doc__)
    parser.add_argument("--visitors", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=120)
    parser.add_argument("--arriving", type=float, default=10, help="seconds in which all arrive")
    parser.add_argument("--pause", type=float, nargs=2, default=(1, 3), help="seconds between two pages")
    parser.add_argument(
        "--browsers", type=int, default=2, help="real browsers beside them, in a second phase"
    )
    parser.add_argument("--server", help="a server that runs already, such as a proxy before several")
    return parser.parse_args()


def in_a_room(title: str, server: Server, plan: Plan) -> None:
    """A room of visitors, with what it costs the server."""
    process = server.handle.process.pid
    with Watch(process) as watch:
        findings = asyncio.run(fill(server, plan))
    show(title, findings)
    count = sum(map(len, findings.waits.values()))
    print(f"  {watch}")
    each = 1000 * watch.cpu / max(1, count)
    print(f"  {watch.cpu:.1f} s of processor time for {count} pages and changes: {each:.0f} ms each")
    print(f"  tracebacks in the log: {server.log().count('Traceback')}")


def show(title: str, findings: Findings) -> None:
    """A line for each page and change: how long half, 95 and 99 of 100 waited at most."""
    print(f"\n{title}")
    print(f"  {'':34}{'count':>6}{'p50':>8}{'p95':>8}{'p99':>8}  seconds")
    for what, waits in sorted(findings.waits.items()):
        _line(what, waits)
    _line("all but arriving", findings.pages)
    print(f"  errors: {len(findings.errors)}")
    for error in sorted(set(findings.errors))[:5]:
        print(f"    {error}")


def _line(what: str, waits: Sequence[float]) -> None:
    half, most, nearly_all = spread(list(waits))
    print(f"  {what:34}{len(waits):>6}{half:>8.3f}{most:>8.3f}{nearly_all:>8.3f}")


def cost_of_opening(name: str, server: Server, page: str) -> None:
    """Processor time of the server for a new visitor's first page, and for a run in a session."""
    first, again = asyncio.run(_open_some(server, page))
    print(f"{name}, processor time: a new visitor {first:.0f} ms, a run in a session {again:.0f} ms")


async def _open_some(server: Server, page: str) -> tuple[float, float]:
    process = server.handle.process.pid
    visitors = [Visitor(server) for _ in range(OPENINGS + 1)]
    await _open(visitors[0], page)
    before = cpu_seconds(process)
    for one in visitors[1:]:
        await _open(one, page)
    between = cpu_seconds(process)
    for _ in range(OPENINGS):
        await visitors[0].run()
    after = cpu_seconds(process)
    for one in visitors:
        await one.leave()
    return 1000 * (between - before) / OPENINGS, 1000 * (after - between) / OPENINGS


async def _open(one: Visitor, page: str) -> None:
    await one.connect()
    await one.go(page)


def beside_browsers(server: Server, plan: Plan, count: int) -> None:
    """The same room, and real browsers that open a chapter again and again on the same processor cores."""
    with ExitStack() as stack:
        launched = stack.enter_context(browser())
        room = stack.enter_context(ThreadPoolExecutor(1)).submit(lambda: asyncio.run(fill(server, plan)))
        waits: list[float] = []
        while not room.done():
            waits += opened_at_once(launched, server, count)
        show(f"{plan.visitors} visitors and {count} browsers beside them", room.result())
        _line("a browser's figure of Descent", waits)


def opened_at_once(launched: Browser, server: str, count: int) -> list[float]:
    """Seconds until each of so many new tabs shows its figure."""
    pages = [visitor(launched) for _ in range(count)]
    for page in pages:
        page.goto(f"{server}/descent?view=map", wait_until="commit")
    for page in pages:
        page.wait_for_function("window.probe?.moments.figure")
    shown = [moments(page)["figure"] for page in pages]
    for page in pages:
        page.context.close()
    return shown


if __name__ == "__main__":
    main()
