"""What the tests do with a live figure on a page: look at it, wait for it, touch it."""

import math
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from playwright.sync_api import Locator, Page

from explainer.words import COMMON, words

RUNS = (Path(__file__).parent / "runs.js").read_text(encoding="utf-8")
"""For the pages' contexts: with this, `AT_REST` knows of a run from the moment in which it is asked for."""
AT_REST = (
    "(document.querySelector('.stApp')?.dataset.testScriptState === 'notRunning'"
    " && !window.pageRuns?.underWay() && !document.querySelector('.live.asking, .live.coming')"
    " && ![...document.querySelectorAll('.live-root')].some(({ player }) => player?.settling.isAsked()))"
)
NOTHING_FOLLOWS = (
    f"{AT_REST} && !document.querySelector('.stMain [data-testid=stSkeleton]')"
    " && ![...document.querySelectorAll('.live-root')].some(({ player }) => player?.isPlaying())"
)
"""And nothing is still being loaded, and no figure plays, which may ask for a run when it ends."""
NUM_FRAMES = 2
TURNS = 12
DOUBLE_CLICK = 350  # milliseconds; Plotly's own limit is 300


class Figure:
    """The live figure of the page that `page` shows, or the `nth` one of several, counted from 0."""

    def __init__(self, page: Page, nth: int = 0) -> None:
        self.page = page
        self.nth = nth
        self.player = f"document.querySelectorAll('.live-root')[{nth}]?.player"
        self.errors: list[str] = []
        page.on("pageerror", lambda error: self.errors.append(str(error)))

    # ---- looking

    def open(self, address: str) -> "Figure":
        """Goes to `address` and waits until the figure is drawn and the script has ended."""
        self.page.goto(address)
        return self.wait_until_drawn()

    def open_from_home(self, home: str, chapter: str = "Descent") -> "Figure":
        """Goes to `home` and from there to a chapter by its link, so that no address is loaded."""
        self.page.goto(home)
        self.wait_for_home()
        self.page.get_by_role("link", name=chapter, exact=True).first.click()
        return self.wait_until_drawn()

    def choose_scene(self, name: str) -> None:
        """Presses a scene of the page, and asks to be told where it has a question."""
        self.page.get_by_role("button", name=name, exact=True).click()
        asked = self.page.get_by_text(COMMON["questions"]["of_scene"].format(name=name), exact=True)
        asked.wait_for()
        self.page.get_by_role("button", name=COMMON["questions"]["tell"], exact=True).nth(self.nth).click()

    def wait_for_home(self) -> None:
        """Waits until Home is shown. Titles of chapters and of first words do not count."""
        page = self.page.get_by_test_id("stMainBlockContainer")
        page.get_by_role("heading", level=1, name=COMMON["title"], exact=True).wait_for()

    def go_back_to(self, query: Mapping[str, str]) -> "Figure":
        """Takes the page to the address `query` names: as Back does if only figures moved, else by a load."""
        self.wait_until_drawn()
        figures = "[...document.querySelectorAll('.live-root')].map((root) => root.player)"
        live = self.page.evaluate(f"Object.assign({{}}, ...{figures}.map((player) => player.state()))")
        if any(self.address.get(name) != text for name, text in query.items() if name not in live):
            return self.open(f"{self.page.url.partition('?')[0]}?{urlencode(query)}")
        self.page.evaluate(
            f"""query => {{
                {figures}.forEach((player) => player.pause());
                document.querySelectorAll('.live .speed').forEach((speed) => {{
                    speed.value = 1;
                    speed.dispatchEvent(new Event('change'));
                }});
                document.querySelector('[data-testid=stMain]').scrollTo(0, 0);
                history.pushState(null, '', '?' + new URLSearchParams(query));
                window.dispatchEvent(new PopStateEvent('popstate'));
            }}""",
            dict(query),
        )
        self.wait_for_state(**{name: text for name, text in query.items() if name in self.state})
        self.wait_for_server()
        self.wait_for_address(**query)
        return self

    def go_to_address(self, query: Mapping[str, str]) -> "Figure":
        """Takes the page to another address of the same chapter, as Back does: without a load."""
        self.page.evaluate(
            """query => {
                history.pushState(null, '', '?' + new URLSearchParams(query));
                window.dispatchEvent(new PopStateEvent('popstate'));
            }""",
            dict(query),
        )
        return self.wait_until_drawn()

    def wait_until_drawn(self) -> "Figure":
        """Waits for the page's own figure, not one of the page before, and until it is drawn.

        One that is out of sight is drawn once somebody scrolls to it.
        """
        self.page.wait_for_function(
            "(nth) => document.querySelectorAll('.live-root')[nth]?.id.startsWith("
            " `figure-${location.pathname.replace(/\\/$/, '').split('/').pop() || 'home'}-`)",
            arg=self.nth,
        )
        if self.nth:
            self.root.scroll_into_view_if_needed()
        self.page.wait_for_function(f"{self.player}?.ready === true && {AT_REST}")
        return self

    @property
    def root(self) -> Locator:
        return self.page.locator(".live-root").nth(self.nth)

    def wait_for(self, condition: str, argument: Any = None) -> None:
        """Waits for a condition in JavaScript, in which ``player`` is the player, ``it`` the argument."""
        self.page.wait_for_function(
            f"(it) => {{ const player = {self.player}; return player && ({condition}); }}",
            arg=argument,
        )

    def wait_for_state(self, **texts: str) -> None:
        """Waits until the controls and toggles stand so."""
        self.wait_for("Object.entries(it).every(([name, text]) => player.state()[name] === text)", texts)

    def wait_for_address(self, **texts: str) -> None:
        """Waits until the address says so."""
        self.page.wait_for_function(
            "(it) => Object.entries(it).every(([name, text]) =>"
            " new URLSearchParams(location.search).get(name) === text)",
            arg=texts,
        )

    def wait_for_server(self) -> None:
        """Waits until the page's script has ended."""
        self.page.wait_for_function(AT_REST)

    def wait_until_nothing_follows(self) -> None:
        """Waits until all that was done has had its answer, and all that followed from it."""
        self.page.wait_for_function(NOTHING_FOLLOWS)

    def ask(self, expression: str, argument: Any = None) -> Any:
        """The value of an expression in JavaScript, in which ``player`` is the player."""
        return self.page.evaluate(
            f"(it) => {{ const player = {self.player}; return ({expression}); }}",
            argument,
        )

    @property
    def state(self) -> dict[str, str]:
        state: dict[str, str] = self.ask("player.state()")
        return state

    @property
    def step(self) -> int:
        return int(self.state["step"])

    @property
    def address(self) -> dict[str, str]:
        query: dict[str, str] = self.page.evaluate("Object.fromEntries(new URLSearchParams(location.search))")
        return query

    @property
    def warnings(self) -> list[str]:
        """What the page says about its address, a sentence each."""
        return self.page.get_by_test_id("stAlertContentWarning").locator("p").all_inner_texts()

    def wait_for_warnings(self, count: int) -> None:
        """Waits until the page says so many things about its address."""
        self.page.wait_for_function(
            "(count) => document.querySelectorAll('[data-testid=stAlertContentWarning] p').length === count",
            arg=count,
        )
        self.wait_for_server()

    def readouts(self) -> list[str]:
        """The numbers beside the picture as they stand after the next frames, hidden ones as well."""
        self.wait_for_frames()
        return self.root.locator(".readouts > span").all_inner_texts()

    def wait_for_frames(self) -> None:
        """Waits until the browser has painted what was asked for."""
        self.page.evaluate(
            f"new Promise((done) => {{ let left = {NUM_FRAMES + 1};"
            " const next = () => (left-- ? requestAnimationFrame(next) : done()); next(); })"
        )

    # ---- panels

    def panel(self, name: str) -> Locator:
        return self.root.locator(f'[data-panel="{name}"]')

    def plot(self, name: str, expression: str, argument: Any = None) -> Any:
        """The value of an expression in JavaScript, in which ``gd`` is the panel's Plotly figure."""
        return self.panel(name).evaluate(
            f"(panel, it) => {{ const gd = panel.querySelector('.plot'); return ({expression}); }}", argument
        )

    def ranges(self, name: str) -> list[list[float]]:
        """The ends of the x and the y axis of a flat panel."""
        ranges: list[list[float]] = self.plot(
            name, "[gd._fullLayout.xaxis.range, gd._fullLayout.yaxis.range].map((range) => [...range])"
        )
        return ranges

    def camera(self, name: str = "surface") -> list[float]:
        """Where the camera of a 3-D panel stands: its eye, then what it looks at."""
        camera: list[float] = self.plot(
            name,
            "(({ eye, center }) => [eye.x, eye.y, eye.z, center.x, center.y, center.z])"
            "(gd._fullLayout.scene._scene.getCamera())",
        )
        return camera

    def project(self, name: str, point: Sequence[float]) -> tuple[float, float]:
        """Where the canvas draws a point, in pixels of the page's window."""
        x, y = self.panel(name).evaluate(
            "(panel, [name, point]) => { const { player } = panel.closest('.live-root');"
            " const [x, y] = player.project(name, ...point);"
            " const stack = panel.querySelector('.stack').getBoundingClientRect();"
            " return [x + stack.left, y + stack.top]; }",
            [name, list(point)],
        )
        return x, y

    # ---- touching

    def drag(self, name: str, start: tuple[float, float], end: tuple[float, float]) -> None:
        """Drags the mouse over a flat panel, between two places given as shares of its width and height."""
        mouse = self.page.mouse
        mouse.move(*self.place_in(name, *start))
        mouse.down()
        mouse.move(*self.place_in(name, *end), steps=6)
        mouse.up()

    def turn(self, name: str, start: tuple[float, float], end: tuple[float, float], enough: float) -> None:
        """Drags the mouse over a scene, until its camera has moved so far; at most from `start` to `end`.

        Where there is no graphics card, a scene takes a second for every move of the mouse.
        """
        (x, y), (last_x, last_y) = self.place_in(name, *start), self.place_in(name, *end)
        before = self.camera(name)
        self.page.mouse.move(x, y)
        self.page.mouse.down()
        for share in (k / TURNS for k in range(1, TURNS + 1)):
            self.page.mouse.move(x + share * (last_x - x), y + share * (last_y - y))
            self.wait_for_frames()
            if math.dist(before, self.camera(name)) > enough:
                break
        self.page.mouse.up()

    def place_in(self, name: str, x: float, y: float) -> tuple[float, float]:
        """A place of a panel, given as shares of its width and height, in pixels of the page's window."""
        box = self.panel(name).locator(".stack").bounding_box()
        assert box is not None
        return box["x"] + box["width"] * x, box["y"] + box["height"] * y

    def swipe(self, x: float, y: float, right: float = 0.0, down: float = 0.0) -> None:
        """A finger put down at (x, y) of the window, moved so many pixels, and lifted."""
        session = self.page.context.new_cdp_session(self.page)
        session.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
        for k in range(1, 11):
            at = {"x": x + right * k / 10, "y": y + down * k / 10}
            session.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [at]})
        session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})

    def wait_until_no_double_click(self) -> None:
        """Soon after another press Plotly takes a press for a double click, which undoes a zoom."""
        now = self.page.evaluate("performance.now()")
        self.page.wait_for_function(f"performance.now() > {now + DOUBLE_CLICK}")

    def click_map(self, w: float, b: float, **options: Any) -> None:
        """Clicks on the map at (w, b)."""
        x, y = self.project("map", (w, b))
        self.page.mouse.click(x, y, **options)

    def choose(self, name: str, option: str) -> None:
        """Picks the data or the model: one of the page's own buttons."""
        self.wait_for_server()
        self.choice(name, option).click()

    def choice(self, name: str, option: str, chapter: str = "descent") -> Locator:
        text = words(chapter).text[f"{name}_{option}"]
        return self.page.get_by_role("radio", name=text, exact=True)

    def slider(self, name: str) -> Locator:
        return self.root.locator(f'input[name="{name}"]')

    def slide(self, name: str, key: str, times: int = 1) -> None:
        """Moves a slider by keys."""
        for _ in range(times):
            self.slider(name).press(key)

    def put(self, name: str, place: int) -> None:
        """Puts a slider to a place, as a finger would that jumps there and lets go."""
        self.slider(name).evaluate(
            "(input, place) => { input.value = place; for (const type of ['input', 'change'])"
            " input.dispatchEvent(new Event(type, { bubbles: true })); }",
            place,
        )

    def button(self, name: str) -> Locator:
        return self.root.get_by_role("button", name=name, exact=True)


Open = Callable[..., Figure]


def open_all(page: Page, address: str) -> list[Figure]:
    """All figures of a page, none of them drawn yet if it is out of sight; their number is known at rest."""
    page.goto(address)
    page.locator(".live-root").first.wait_for()
    page.wait_for_function(AT_REST)
    return [Figure(page, nth) for nth in range(page.locator(".live-root").count())]
