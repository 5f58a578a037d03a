"""What the tests of the page share: measurements that find what a test says, and looking at the page."""

import dataclasses
import json
import re
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from typing import Any

import streamlit
from streamlit.testing.v1 import AppTest

from explainer.chapters.vectorization import measuring_view, race_figure
from explainer.chapters.vectorization.chapter import TIME
from explainer.chapters.vectorization.measuring_view import Measurements
from explainer.chapters.vectorization.race_queue import Job, MeasuringError, MeasuringQueue
from explainer.chapters.vectorization.stopwatch import Race, Timing
from explainer.chapters.vectorization.trainings import Training
from explainer.chapters.vectorization.twins import TWINS
from explainer.live import pack
from explainer.serving.published import find
from explainer.ui.places import say
from explainer.words import words
from tests.opening import button, choice, clean

SAID = words("vectorization")
TEXT, NAMES = SAID.text, SAID.figure
SIZES = tuple(10**k for k in range(1, 7))
MEASURING = (TEXT["race"], TEXT["every_size"], TEXT["train_three_ways"])
AWAIT = 30.0  # seconds until what should have happened is given up


# ---- measurements


def race(
    twin: str, n: int, pace: Sequence[float], out: Mapping[str, float] | None = None, agree: bool = True
) -> Race:
    """A race by the medians of its ways; those that are `out` have only their estimates."""
    ways = [way.name for way in TWINS[twin].ways]
    timings = tuple(
        Timing(way, 0.8 * median, 0.9 * median, median, 1.5 * median, samples=7 + place, repeats=3)
        for place, (way, median) in enumerate(zip(ways, pace, strict=True))
        if way not in (out or {})
    )
    return Race(twin, n, timings, out or {}, agree)


class Held:
    """A measurement that has begun when it says so and ends when told."""

    def __init__(self) -> None:
        self.begun, self.go = threading.Event(), threading.Event()


class Stand:
    """The server's queue: what it measures is there at once, unless it is held; what is not `found` fails.

    What a waiting visitor is told comes to `hears` as well. There a test lets a measurement go on, or
    breaks the waiting off, as a rerun does: by `streamlit.stop()`.
    """

    def __init__(self) -> None:
        self.found: dict[Job, Mapping[str, Any]] = {}
        self.held: dict[Job, Held] = {}
        self.measured: list[Job] = []
        self.given: list[bytes] = []
        self.threads: list[threading.Thread] = []
        self.told: list[str] = []
        self.asked, self.now = 0, 0.0
        self.hears: Callable[[str], None] = lambda said: None
        self.queue = MeasuringQueue(self.measure, nullcontext, lambda: self.now)

    def finds(self, *results: Race | Training) -> None:
        """As the process that measures would send them."""
        for result in results:
            job = (
                ("train_three_ways", result.way)
                if isinstance(result, Training)
                else ("race", result.twin, str(result.n))
            )
            self.found[job] = json.loads(json.dumps(dataclasses.asdict(result)))

    def holds(self, *job: str) -> Held:
        self.held[job] = Held()
        return self.held[job]

    def measure(self, job: Job, given: bytes = b"") -> Mapping[str, Any]:
        self.measured.append(job)
        self.given.append(given)
        self.threads.append(threading.current_thread())
        if job in self.held:
            self.held[job].begun.set()
            assert self.held[job].go.wait(AWAIT)
        if job not in self.found:
            raise MeasuringError("as it should")
        return self.found[job]

    def measuring_queue(self) -> MeasuringQueue:
        self.asked += 1
        return self.queue

    def say(self, name: str, text: str, show: Callable[[str], object] = streamlit.markdown) -> None:
        say(name, text, show)
        if name.startswith("waiting-") and show is streamlit.markdown:
            self.told.append(text)
            self.hears(text)

    def breaks_off(self, said: str) -> None:
        """Interrupts the waiting for what is held, once it is under way."""
        job = measuring_view.measurements().jobs[0]
        if job in self.held:
            assert self.held[job].begun.wait(AWAIT)
            streamlit.stop()


# ---- the page


def press(app: AppTest, name: str) -> AppTest:
    return clean(button(app, TEXT[name]).click().run())


def choose_n(app: AppTest, n: int) -> AppTest:
    return clean(choice(app, "vectorization", "n").set_value(n).run())


def values_of(app: AppTest) -> dict[str, Any]:
    values: dict[str, Any] = app.session_state["stays"]["vectorization"].values
    return values


def mine(app: AppTest) -> Measurements:
    kept: Measurements = app.session_state["measurements"]
    return kept


def on_page(app: AppTest) -> str:
    return "\n\n".join(element.value for element in app.markdown)


def table(app: AppTest, head: str) -> list[list[str]]:
    """The rows of the table with that head, cell by cell."""
    found = on_page(app).split(TEXT[head] + "\n", 1)
    if len(found) == 1:
        return []
    _, *rows = found[1].split("\n\n")[0].splitlines()
    return [row.strip("| ").split(" | ") for row in rows if row.startswith("|")]


def told_beside(app: AppTest, name: str) -> list[str]:
    """What is said in the same row as a button."""
    rows = [list(block) for block in app.main if hasattr(block, "children")]
    label = TEXT[name]
    row = min((row for row in rows if any(getattr(one, "label", "") == label for one in row)), key=len)
    return [one.value for one in row if one.type in ("markdown", "alert", "warning")]


def shown(app: AppTest, nth: int) -> tuple[dict[str, Any], bytes]:
    """What the browser is sent for a figure: what is this visitor's, and the packed stage."""
    (sent,) = json.loads(app.get("bidi_component")[nth].proto.json)
    publication = find(sent["block"])
    assert publication is not None
    return sent, publication.content


def as_drawn(name: str, found: Race | None, *measured: Race) -> bytes:
    stage = race_figure.race_stage([way.name for way in TWINS[name].ways], found, measured, NAMES)
    return pack(stage, (TIME,), NAMES)


def is_idle(app: AppTest) -> bool:
    """Whether everything can be pressed, and nothing can be stopped."""
    enabled = {one.label for one in app.button if not one.disabled}
    return enabled >= {*MEASURING} and TEXT["stop"] not in enabled and not mine(app).jobs


def is_said(name: str, app: AppTest) -> bool:
    """Whether a text is on the page, with whatever numbers."""
    parts = re.split(r"\{.*?\}", TEXT[name])
    return re.search(".+?".join(map(re.escape, parts)), on_page(app)) is not None


def against(slow: str, ratio: str, text: str = "ratio") -> str:
    return TEXT[text].format(ratio=ratio, fast=NAMES["way_numpy"], slow=NAMES[f"way_{slow}"])
