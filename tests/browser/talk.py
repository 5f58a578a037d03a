"""What the tests do with a talk on the projector: go through it, and measure what is written there."""

from pathlib import Path
from typing import Any, Final

from playwright.sync_api import BrowserContext, Page

from tests.browser.labels import FITTED

LEAST_TYPE: Final = 24.0
LEAST_TICK: Final = 20.0  # the numbers along axes
FASTEST: Final = 4
"""As fast as a visitor can have a figure play. What plays is waited for to its end."""
HERE: Final = Path(__file__).parent
RECORD_TYPE: Final = (HERE / "canvas_type.js").read_text(encoding="utf-8")
"""For a context: notes the size of every text that is written on a canvas of the page."""
MEASURE: Final = (HERE / "measure_scene.js").read_text(encoding="utf-8")
"""What is written in the present scene, as `texts` with their sizes and places, and what of it is `cut`."""


class Projector:
    """A talk on a page of a context."""

    def __init__(self, context: BrowserContext) -> None:
        self.page: Page = context.new_page()
        self.errors: list[str] = []
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))

    def open(self, server: str, talk: str = "1", **query: str) -> "Projector":
        extra = "".join(f"&{name}={value}" for name, value in query.items())
        self.page.goto(f"{server}/?present={talk}{extra}")
        self.page.wait_for_function("window.talkScreen !== undefined")
        return self

    def ask(self, question: str, argument: Any = None) -> Any:
        return self.page.evaluate(f"(it) => {{ const screen = talkScreen; return {question}; }}", argument)

    def wait_for(self, condition: str, argument: Any = None) -> None:
        self.page.wait_for_function(
            f"(it) => {{ const screen = talkScreen; return {condition}; }}", arg=argument
        )

    def press(self, *keys: str) -> "Projector":
        for key in keys:
            self.page.keyboard.press(key)
        return self

    def wait_for_step(self, scene: str, step: int) -> None:
        """Waits until the talk is there, and its figure is drawn and at rest."""
        self.wait_for("screen.told().scene === it[0] && screen.told().step === it[1]", [scene, step])
        self.ask("screen.figures.player && (screen.figures.player.clock.speed = it)", FASTEST)
        self.wait_until_drawn()

    def wait_until_drawn(self) -> None:
        ready = f"(({{ player }}) => player && !player.isPlaying() && {FITTED})(screen.figures)"
        self.wait_for(ready)

    @property
    def state(self) -> dict[str, str]:
        """The controls of the present figure."""
        texts: dict[str, str] = self.ask("screen.figures.player.state()")
        return texts
