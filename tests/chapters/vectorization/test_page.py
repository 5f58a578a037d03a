"""The chapter *Why is NumPy fast?*: nothing measured unasked, a race in words, the queue and its mishaps."""

import json
import re
import struct
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from typing import Any

import pytest
import streamlit
from streamlit.runtime import Runtime
from streamlit.testing.v1 import AppTest

from explainer.chapters.vectorization import measuring_view as measuring
from explainer.chapters.vectorization import race_figure as race_drawn
from explainer.chapters.vectorization import race_view as chapter
from explainer.chapters.vectorization import trainings_figure as rungs_drawn
from explainer.chapters.vectorization.race_queue import MOST_WAITING, PATIENCE, Job, MeasuringError, Track
from explainer.chapters.vectorization.stopwatch import Race, Timing
from explainer.chapters.vectorization.trainings import NUM_ITERATIONS, NUM_PICTURES, Rung
from explainer.chapters.vectorization.twins import TWINS
from explainer.live import pack
from explainer.words import COMMON, words
from explainer.words.numbers import duration
from tests.opening import address_warnings, button, choice, clean, open_page, placeholders

SAID = words("vectorization")
TEXT, NAMES = SAID.text, SAID.figure
SETTINGS = {setting.name: setting for setting in (chapter.TWIN, chapter.N, chapter.TIME)}
SIZES = tuple(10**k for k in range(1, 7))
EVERY_SIZE: list[Job] = [("race", "dot", str(n)) for n in SIZES]
MEASURING = (TEXT["race"], TEXT["every_size"], TEXT["climb"])
AWAIT = 30.0  # seconds until what should have happened is given up


# ---- measurements that find what a test says, when it says so


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
        self.threads: list[threading.Thread] = []
        self.told: list[str] = []
        self.asked, self.now = 0, 0.0
        self.hears: Callable[[str], None] = lambda said: None
        self.queue = Track(self.measure, nullcontext, lambda: self.now)

    def finds(self, *results: Race | Rung) -> None:
        """As the process that measures would send them."""
        for result in results:
            job = ("climb", result.way) if isinstance(result, Rung) else ("race", result.twin, str(result.n))
            self.found[job] = json.loads(json.dumps(result.as_json()))

    def holds(self, *job: str) -> Held:
        self.held[job] = Held()
        return self.held[job]

    def measure(self, job: Job) -> Mapping[str, Any]:
        self.measured.append(job)
        self.threads.append(threading.current_thread())
        if job in self.held:
            self.held[job].begun.set()
            assert self.held[job].go.wait(AWAIT)
        if job not in self.found:
            raise MeasuringError("as it should")
        return self.found[job]

    def track(self) -> Track:
        self.asked += 1
        return self.queue

    def attend(self, places: Mapping[str, Any], done: Callable[[Job], None]) -> None:
        measuring.attend({kind: Heard(place, self) for kind, place in places.items()}, done)

    def breaks_off(self, said: str) -> None:
        """Interrupts the waiting for what is held, once it is under way."""
        job = measuring.measuring().jobs[0]
        if job in self.held:
            assert self.held[job].begun.wait(AWAIT)
            streamlit.stop()


class Heard:
    """A place on the page whose words a test hears."""

    def __init__(self, place: Any, stand: Stand) -> None:
        self.place, self.stand, self.warning = place, stand, place.warning

    def markdown(self, said: str) -> None:
        self.place.markdown(said)
        self.stand.told.append(said)
        self.stand.hears(said)


@pytest.fixture
def stand(monkeypatch: pytest.MonkeyPatch) -> Iterator[Stand]:
    """However a test ends, nothing is measured after it."""
    stand = Stand()
    monkeypatch.setattr(measuring, "track", stand.track)
    monkeypatch.setattr(chapter, "attend", stand.attend)
    yield stand
    for held in stand.held.values():
        held.go.set()
    for thread in stand.threads:
        thread.join(AWAIT)
        assert not thread.is_alive()


# ---- looking at the page


def press(app: AppTest, name: str) -> AppTest:
    return clean(button(app, TEXT[name]).click().run())


def choose_n(app: AppTest, n: int) -> AppTest:
    return clean(choice(app, "vectorization", "n").set_value(SIZES.index(n)).run())


def values_of(app: AppTest) -> dict[str, Any]:
    values: dict[str, Any] = app.session_state["stays"]["vectorization"].values
    return values


def mine(app: AppTest) -> measuring.Measuring:
    kept: measuring.Measuring = app.session_state["measuring"]
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
    rows = [list(block.children.values()) for block in app.main if hasattr(block, "children")]
    label = TEXT[name]
    row = next(row for row in rows if any(getattr(one, "label", "") == label for one in row))
    return [one.value for one in row if one.type in ("markdown", "alert", "warning")]


def shown(app: AppTest, nth: int) -> tuple[dict[str, Any], bytes]:
    """What the browser is sent for a figure: what is this visitor's, and the packed stage."""
    data: bytes = app.get("bidi_component")[nth].proto.bytes
    end = 4 + struct.unpack_from("<I", data)[0]
    return json.loads(data[4:end]), data[end:]


def as_drawn(name: str, found: Race | None, *measured: Race) -> bytes:
    return pack(race_drawn.stage([way.name for way in TWINS[name].ways], found, measured, NAMES))


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


# ---- before anything is measured


def test_opening_the_page_measures_nothing(stand: Stand) -> None:
    app = open_page("vectorization")
    for _ in range(2):
        assert shown(app, 0)[1] == as_drawn("dot", None)
        assert shown(app, 1)[1] == pack(rungs_drawn.stage([], NAMES))
        assert len(app.get("bidi_component")) == 3 and not app.warning
        assert TEXT["guess"] in on_page(app) and TEXT["published"] not in on_page(app)
        assert table(app, "timings_head") == []
        assert [row[1:] for row in table(app, "rungs_head")] == [["?"] * 3] * 3
        assert not shown(app, 0)[0]["play"] and is_idle(app)
        clean(app.run())
    assert stand.asked == 0 and stand.measured == []


@pytest.mark.parametrize("scene", SAID.scenes, ids=lambda scene: scene.name)
def test_a_scene_sets_its_state_and_measures_nothing(stand: Stand, scene: Any) -> None:
    app = open_page("vectorization", "twin=sigmoid&n=100&time=7&shape_1=2x3")
    clean(button(app, scene.name).click().run())
    for name, text in scene.state.items():
        assert values_of(app)[name] == SETTINGS[name].read(text)
        assert SETTINGS[name].write(SETTINGS[name].read(text)) == text
    assert any(scene.sentence.strip()[:40] in info.value for info in app.info)
    assert values_of(app)["shape_1"] == (2, 3) and not app.warning
    visitor, _ = shown(app, 0)
    assert visitor["play"] == scene.plays and "time" in visitor["told"] and stand.asked == 0


def test_scenes_are_whole() -> None:
    for scene in SAID.scenes:
        assert set(scene.state) == chapter.CHAPTER.figures[scene.figure] | {"twin", "n"}


def test_what_races_and_for_how_many_numbers_is_chosen(stand: Stand) -> None:
    app = open_page("vectorization")
    for twin, n, shape in (("step", 10**6, (1000, 1000)), ("sigmoid", 10, None), ("step", 1000, (10, 100))):
        clean(choice(app, "vectorization", "twin").set_value(twin).run())
        choose_n(app, n)
        n_x, m = shape or ("", "")
        what = TEXT[f"what_{twin}"].format(n=f"{n:,}", n_x=f"{n_x:,}" if n_x else "", m=f"{m:,}" if m else "")
        assert what in on_page(app)
        assert values_of(app)["twin"] == twin and values_of(app)["n"] == SIZES.index(n)
        visitor, drawn = shown(app, 0)
        assert visitor["address"]["twin"] == twin and visitor["address"]["n"] == str(n)
        assert drawn == as_drawn(twin, None)
    assert stand.asked == 0 and not app.warning


@pytest.mark.parametrize(
    ("query", "name", "used"),
    [
        ("twin=foo", "twin", "dot"),
        ("twin=dot&twin=step", "twin", "dot"),
        ("n=7", "n", "10"),
        ("n=1e9", "n", "1000000"),
        ("n=40", "n", "100"),  # the nearest by ratio
        ("n=nan", "n", "100000"),
        ("n=10&n=1000", "n", "100000"),
        ("time=999", "time", "100"),
        ("time=12.4", "time", "12"),
    ],
)
def test_what_is_wrong_in_the_address_is_said_and_mended(query: str, name: str, used: str) -> None:
    app = open_page("vectorization", query)
    warnings = address_warnings(app)
    assert len(warnings) == 1
    assert f"**{name} = " in warnings[0] and f"Using **{used}** instead" in warnings[0]
    assert SETTINGS[name].write(values_of(app)[name]) == used


# ---- tasks


def test_tasks_are_answered_before_anything_is_measured(stand: Stand) -> None:
    app = open_page("vectorization")
    keys = [pill.key for pill in app.pills if "task" in pill.key]
    assert len(keys) == len(SAID.tasks) == 3
    for place, (key, task) in enumerate(zip(keys, SAID.tasks, strict=True)):
        for number, option in enumerate(app.pills(key=key).options):
            clean(app.pills(key=key).set_value(option).run())
            said = app.info[place].value
            assert not any(mark in said for mark in ("{", "None", "nan"))
            if task.otherwise:
                assert said == task.otherwise.format(**chapter_numbers(None)).strip()
            else:
                verdict = COMMON["frame"]["right" if number == task.right else "wrong"]
                assert said.startswith(f"**{verdict}**")
    assert stand.asked == 0


def test_what_is_asked_and_offered_has_its_numbers(stand: Stand) -> None:
    for pill in open_page("vectorization").pills:
        assert not any("{" in text for text in (pill.label, *pill.options))


def chapter_numbers(loops: tuple[int, str] | None) -> dict[str, Any]:
    """The numbers of the tasks, for the course's 209 pictures of 64 x 64 x 3 numbers."""
    n, ratio = loops or (None, None)
    return {
        "loops_n": None if n is None else f"{n:,}",
        "loops_ratio": ratio,
        "n_x": "12,288",
        "m": 209,
        "often": "5,136,384",
        "seldom": "43,681",
        "fewer": "118",
    }


def test_the_answer_about_the_loops_waits_for_a_race_that_can_tell(stand: Stand) -> None:
    """For 1,000 numbers or more, of the dot product, with results that agree; then the largest."""
    (task, *_), key = SAID.tasks, "vectorization-task-1"
    assert placeholders(task.answer) == {"loops_n", "loops_ratio"}
    stand.finds(
        race("dot", 100, (4e-6, 1e-6, 5e-7)),
        race("dot", 10**4, (4e-3, 1e-3, 5e-6), agree=False),
        race("dot", 1000, (3.2e-4, 1e-4, 2e-6)),
        race("dot", 10**5, (0.026, 0.01, 5e-5)),
        race("dot", 10**6, (1.0, 0.3, 1e-3), out={"array_loop": 9.0}),
    )
    app = open_page("vectorization")
    clean(app.pills(key=key).set_value(task.options[task.right]).run())
    told = []
    for n in (100, 10**4, 1000, 10**5, 10**6):
        press(choose_n(app, n), "race")
        told.append(app.info[0].value)
    right, otherwise = COMMON["frame"]["right"], task.otherwise.strip()
    small, large = (
        f"**{right}** {task.answer.format(**chapter_numbers(loops))}".strip()
        for loops in ((1000, "3.2"), (10**5, "2.6"))
    )
    assert told == [otherwise, otherwise, small, large, large]


# ---- a race in words

LOOPS, LEFT_OUT, PUBLISHED = TEXT["loops"], TEXT["left_out"], TEXT["published"]


@pytest.mark.parametrize(
    ("found", "says", "says_not"),
    [
        (
            race("dot", 10**6, (0.3, 0.075, 0.001)),
            [against("array_loop", "300"), against("list_loop", "75"), LOOPS.format(factor="4"), PUBLISHED],
            ["slower"],
        ),
        (
            race("dot", 10, (2e-6, 5e-7, 1e-6)),
            [against("array_loop", "2"), against("list_loop", "2", "slower"), PUBLISHED],
            [],
        ),
        (race("sigmoid", 1000, (1.234e-4, 1e-6)), [against("math_loop", "123")], ["published", "loops"]),
        (
            race("step", 10**5, (9.0, 0.05, 0.001), {"double_loop": 9.0}),
            [LEFT_OUT.format(way=NAMES["way_double_loop"], time=duration(9)), against("example_loop", "50")],
            ["published", "loops"],
        ),
        (
            race("dot", 10**5, (9.0, 0.05, 0.001), {"array_loop": 9.0}),
            [LEFT_OUT.format(way=NAMES["way_array_loop"], time=duration(9)), PUBLISHED],
            ["loops"],
        ),
    ],
    ids=["NumPy wins", "NumPy loses", "two ways", "two loops left out", "one loop left out"],
)  # fmt: skip
def test_a_race_is_told(stand: Stand, found: Race, says: list[str], says_not: list[str]) -> None:
    stand.finds(found)
    app = press(open_page("vectorization", f"twin={found.twin}&n={found.n}"), "race")
    said = on_page(app)
    assert all(sentence in said for sentence in says)
    assert not any(is_said(name, app) for name in says_not)
    assert TEXT["now"].format(samples=min(timing.samples for timing in found.timings)) in said
    assert TEXT["guess"] not in said and "{" not in said
    assert table(app, "timings_head") == [
        [
            NAMES[f"short_{timing.way}"],
            duration(timing.median),
            TEXT["timings_half"].format(lower=duration(timing.lower), upper=duration(timing.upper)),
            duration(timing.best),
        ]
        for timing in found.timings
    ]
    visitor, drawn = shown(app, 0)
    assert drawn == as_drawn(found.twin, found, found)
    assert visitor["play"] and visitor["places"]["time"] == 0 and "time" in visitor["told"]
    assert not shown(clean(app.run()), 0)[0]["play"], "once"
    assert stand.measured == [("race", found.twin, str(found.n))] and is_idle(app) and not app.warning


def test_results_that_differ_have_no_ratio(stand: Stand) -> None:
    stand.finds(race("dot", 1000, (3e-4, 1e-4, 1e-6), agree=False))
    app = press(open_page("vectorization", "n=1000"), "race")
    assert TEXT["differ"] in on_page(app)
    assert table(app, "timings_head") == []
    assert shown(app, 0)[1] == as_drawn("dot", None), "the picture gives none either"
    assert not any(is_said(name, app) for name in ("ratio", "slower", "loops", "published", "now"))


# ---- the queue


def test_all_sizes_are_raced_in_order_and_the_one_on_the_page_plays(stand: Stand) -> None:
    paces = {n: (3e-8 * n, 1e-8 * n, 1e-6) for n in SIZES}
    found = [race("dot", n, paces[n]) for n in SIZES]
    stand.finds(*found)
    app = press(open_page("vectorization", "n=1000&time=40"), "every_size")
    assert stand.measured == list(mine(app).results) == EVERY_SIZE
    assert shown(app, 0)[1] == as_drawn("dot", found[2], *found)
    assert against("array_loop", "30") in on_page(app) and is_idle(app)
    assert values_of(app)["time"] == 0
    for n, ratio in ((10, None), (10**6, "30,000")):
        choose_n(app, n)
        assert TEXT["guess"] not in on_page(app)
        assert ratio is None or against("array_loop", ratio) in on_page(app)
    assert stand.measured == EVERY_SIZE


def test_a_second_press_starts_nothing_more(stand: Stand) -> None:
    stand.finds(race("dot", 10**5, (3e-3, 1e-3, 1e-5)))
    held, stand.hears = stand.holds("race", "dot", "100000"), stand.breaks_off
    app = open_page("vectorization")
    for label in MEASURING:  # one right after the other, before the page is drawn anew
        button(app, label).click()
    clean(app.run())
    assert mine(app).jobs == [("race", "dot", "100000")]
    assert TEXT["queue_now"] in told_beside(app, "race")
    assert all(button(app, label).disabled for label in MEASURING)
    stand.hears = lambda said: held.go.set()
    clean(app.run())
    assert against("array_loop", "300") in on_page(app) and is_idle(app)
    assert stand.measured == list(mine(app).results) == [("race", "dot", "100000")]


def test_the_page_can_be_used_while_something_is_measured(stand: Stand) -> None:
    """A rerun interrupts the waiting, not the measurement; the result is kept where it belongs."""
    found = race("dot", 10**5, (3e-3, 1e-3, 1e-5))
    stand.finds(found)
    held, stand.hears = stand.holds("race", "dot", "100000"), stand.breaks_off
    app = press(open_page("vectorization", "time=40"), "race")
    choose_n(app, 100)
    app.switch_page("../pages/home.py").run()
    app.query_params.clear()  # as Streamlit does, which AppTest leaves out
    clean(app.switch_page("../pages/vectorization.py").run())
    assert mine(app).jobs and stand.told == [TEXT["queue_now"]] * 3
    stand.hears = lambda said: held.go.set()
    clean(app.run())
    assert TEXT["guess"] in on_page(app) and values_of(app)["n"] == SIZES.index(100)
    assert shown(app, 0)[1] == as_drawn("dot", None, found)
    assert values_of(app)["time"] == 40 and not shown(app, 0)[0]["play"], (
        "another race than the one on the page"
    )
    choose_n(app, 10**5)
    assert against("array_loop", "300") in on_page(app)
    assert stand.measured == [("race", "dot", "100000")] and is_idle(app)


def test_stopping_takes_back_what_has_not_begun(stand: Stand) -> None:
    """The third of six runs: it is awaited and kept, the others are not begun."""
    found = [race("dot", n, (3e-8 * n, 1e-8 * n, 1e-6)) for n in SIZES]
    stand.finds(*found)
    held, stand.hears = stand.holds(*EVERY_SIZE[2]), stand.breaks_off
    app = press(open_page("vectorization", "n=1000"), "every_size")
    assert stand.told[-1] == TEXT["queue_more"].format(left=3)
    assert list(mine(app).results) == EVERY_SIZE[:2] and mine(app).jobs == EVERY_SIZE[2:]
    stand.hears = lambda said: held.go.set()
    press(app, "stop")
    assert stand.measured == list(mine(app).results) == EVERY_SIZE[:3] and is_idle(app)
    assert stand.told[-1] == TEXT["queue_now"]
    assert shown(app, 0)[1] == as_drawn("dot", found[2], *found[:3])


def test_stopping_while_another_visitor_is_measured_leaves_the_queue(stand: Stand) -> None:
    other, held = ("race", "step", "10"), stand.holds("race", "step", "10")
    stand.finds(race("step", 10, (3e-6, 2e-6, 1e-6)), race("dot", 10**5, (3e-3, 1e-3, 1e-5)))
    ticket = stand.queue.submit(other)
    assert held.begun.wait(AWAIT)
    stand.hears = lambda said: streamlit.stop()
    app = press(open_page("vectorization"), "every_size")
    assert stand.told == [TEXT["queue_ahead"].format(count=1)]
    press(app, "stop")
    assert is_idle(app) and TEXT["guess"] in on_page(app) and len(stand.told) == 1
    stand.hears = lambda said: held.go.set()
    press(app, "race")
    assert stand.told[1] == TEXT["queue_ahead"].format(count=1)
    assert stand.measured == [other, ("race", "dot", "100000")] and ticket.state == "done"
    assert list(mine(app).results) == [("race", "dot", "100000")], "the other visitor's is not shown"
    assert against("array_loop", "300") in on_page(app)


def test_who_comes_back_late_is_queued_again(stand: Stand) -> None:
    held = stand.holds("race", "step", "10")
    stand.finds(race("step", 10, (3e-6, 2e-6, 1e-6)), race("dot", 10**5, (3e-3, 1e-3, 1e-5)))
    stand.queue.submit(("race", "step", "10"))
    stand.hears = lambda said: streamlit.stop()
    app = press(open_page("vectorization"), "race")
    kept = mine(app).ticket
    stand.now = PATIENCE + 1
    stand.queue.submit(("race", "step", "10"))  # finds that somebody has left
    assert kept is not None and kept.state == "skipped"
    stand.hears = lambda said: held.go.set()
    clean(app.run())
    assert stand.measured == 2 * [("race", "step", "10")] + [("race", "dot", "100000")]
    assert against("array_loop", "300") in on_page(app) and is_idle(app)


def test_a_race_that_fails_is_said_beside_its_button_and_loses_nothing(stand: Stand) -> None:
    found = [race("dot", n, (3e-8 * n, 1e-8 * n, 1e-6)) for n in SIZES]
    stand.finds(*found[:2])
    app = press(open_page("vectorization", "n=100"), "every_size")
    assert stand.measured == EVERY_SIZE[:3] and is_idle(app)
    assert [warning.value for warning in app.warning] == [TEXT["queue_failed"]]
    assert TEXT["queue_failed"] in told_beside(app, "race")
    assert shown(app, 0)[1] == as_drawn("dot", found[1], *found[:2])
    stand.finds(found[5])
    press(choose_n(app, 10**6), "race")
    assert not app.warning and is_idle(app)
    assert shown(app, 0)[1] == as_drawn("dot", found[5], *found[:2], found[5])


def test_a_full_queue_is_said_and_the_next_press_works(stand: Stand) -> None:
    stand.finds(race("dot", 10**5, (3e-3, 1e-3, 1e-5)), race("step", 10, (3e-6, 2e-6, 1e-6)))
    held = stand.holds("race", "step", "10")
    stand.queue.submit(("race", "step", "10"))
    assert held.begun.wait(AWAIT)
    others = [stand.queue.submit(("race", "step", "10")) for _ in range(MOST_WAITING)]
    app = press(open_page("vectorization"), "race")
    assert [warning.value for warning in app.warning] == [TEXT["queue_full"]]
    assert TEXT["queue_full"] in told_beside(app, "race")
    assert is_idle(app) and TEXT["guess"] in on_page(app)
    assert all(other.leave() for other in others)
    stand.hears = lambda said: held.go.set()
    press(app, "race")
    assert not app.warning and against("array_loop", "300") in on_page(app)


def test_another_visitors_page_does_not_wait_for_a_measurement(
    stand: Stand, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The whole second visit happens while the first waits, in the middle of its own script."""
    held, seen = stand.holds("race", "dot", "100000"), []
    stand.finds(race("dot", 10**5, (3e-3, 1e-3, 1e-5)), race("step", 10, (3e-6, 2e-6, 1e-6)))

    def second_visit(said: str) -> None:
        stand.hears = lambda said: held.go.set()
        seen.append((said, held.begun.wait(AWAIT)))
        runtime = Runtime._instance  # AppTest's own: it forgets it after each run, and here one is in another
        app = open_page("vectorization", "twin=step")
        choose_n(app, 10)
        seen.append((len(app.get("bidi_component")), TEXT["guess"] in on_page(app), is_idle(app)))
        seen.append(len(open_page("graph").get("bidi_component")))
        seen.append((held.go.is_set(), list(stand.measured)))
        seen.append(press(app, "race"))
        Runtime._instance = runtime

    stand.hears = second_visit
    first = press(open_page("vectorization"), "race")
    (said, begun), page, graph, while_held, second = seen
    assert said == TEXT["queue_now"] and begun
    assert page == (3, True, True) and graph == 5
    assert while_held == (False, [("race", "dot", "100000")]), (
        "still measuring, when the second page was done"
    )
    assert stand.told[:2] == [TEXT["queue_now"], TEXT["queue_ahead"].format(count=1)]
    assert stand.measured == [("race", "dot", "100000"), ("race", "step", "10")]
    assert list(mine(first).results) == stand.measured[:1]
    assert list(mine(second).results) == stand.measured[1:]
    assert against("array_loop", "300") in on_page(first)
    assert against("double_loop", "3") in on_page(second)


def test_a_real_race_agrees() -> None:
    app = press(open_page("vectorization", "n=10"), "race")
    (found,) = mine(app).results.values()
    assert found["agree"] and not found["estimates"] and not app.warning
    rows = table(app, "timings_head")
    assert [row[0] for row in rows] == [NAMES[f"short_{way.name}"] for way in TWINS["dot"].ways]
    assert all(0 < timing["best"] <= timing["median"] for timing in found["timings"])
    assert is_said("ratio", app) or is_said("slower", app)
    assert is_said("now", app) and is_said("loops", app) and is_idle(app)
    assert shown(app, 0)[1] == as_drawn("dot", *2 * [chapter.race_from(found)])


# ---- the third rung

COSTS = tuple(0.7 / k for k in range(1, NUM_ITERATIONS + 1))
LOOP = Rung("loop", (), 0.0, 3.1)
VECTORISED = Rung("vectorised", (*COSTS[:5], COSTS[5] + 2e-12, *COSTS[6:40]), 2.0)
SPAN = Rung("span", COSTS, 0.5)
CLIMBS: list[Job] = [("climb", "span"), ("climb", "vectorised"), ("climb", "loop")]


def test_three_trainings_are_measured_or_told(stand: Stand) -> None:
    stand.finds(LOOP, VECTORISED, SPAN)
    app = press(open_page("vectorization"), "climb")
    assert stand.measured == CLIMBS and is_idle(app) and not app.warning
    loop, vectorised, span = table(app, "rungs_head")
    assert [loop[0], vectorised[0], span[0]] == [
        NAMES[f"rung_{way}"] for way in ("loop", "vectorised", "span")
    ]
    assert loop[1:3] == ["0", duration(3.1)] and duration(6200) in loop[3]
    assert vectorised[1:] == ["40", duration(0.05), TEXT["rung_told"].format(time=duration(100))]
    assert span[1:] == ["2,000", duration(0.00025), TEXT["rung_measured"].format(time=duration(0.5))]
    assert TEXT["rungs_apart"].format(gap="2.0e−12", count="40") in on_page(app)
    assert shown(app, 1)[1] == pack(rungs_drawn.stage([LOOP, VECTORISED, SPAN], NAMES))
    assert shown(app, 0)[1] == as_drawn("dot", None) and values_of(app)["time"] == 100
    assert TEXT["lead_rungs"].format(m=NUM_PICTURES, count="2,000").strip() in on_page(app)


def test_a_training_that_fails_is_said_beside_its_button_and_loses_nothing(stand: Stand) -> None:
    stand.finds(SPAN, race("dot", 10**5, (3e-3, 1e-3, 1e-5)))
    app = press(open_page("vectorization"), "climb")
    assert stand.measured == CLIMBS[:2] and is_idle(app)
    assert [warning.value for warning in app.warning] == [TEXT["queue_failed"]]
    assert TEXT["queue_failed"] in told_beside(app, "climb")
    assert [row[1] for row in table(app, "rungs_head")] == ["?", "?", "2,000"]
    assert not is_said("rungs_apart", app), "there is nothing to compare yet"
    press(app, "race")
    assert not app.warning and against("array_loop", "300") in on_page(app)
    assert shown(app, 1)[1] == pack(rungs_drawn.stage([SPAN], NAMES))
    stand.finds(LOOP, VECTORISED)
    press(app, "climb")
    assert not app.warning and "?" not in str(table(app, "rungs_head"))


def test_trainings_whose_costs_differ_are_not_called_the_same(stand: Stand) -> None:
    wrong = Rung("vectorised", (0.7, 0.75), 2.0)
    stand.finds(LOOP, wrong, SPAN)
    app = press(open_page("vectorization"), "climb")
    assert is_said("rungs_differ", app) and not is_said("rungs_apart", app)


def test_a_result_is_taken_once_though_runs_of_the_page_overlap(stand: Stand) -> None:
    """An interrupted run goes on until it next calls Streamlit: it may see the same ticket end."""
    stand.finds(race("dot", 10, (3e-6, 2e-6, 1e-6)))
    job = ("race", "dot", "10")
    kept = measuring.Measuring(jobs=[job, ("race", "dot", "100")])
    kept.ticket = ticket = stand.queue.submit(job)
    while not ticket.over:
        ticket.wait(AWAIT)
    assert kept.hand_over(ticket) and not kept.hand_over(ticket)
    assert kept.jobs == [("race", "dot", "100")] and list(kept.results) == [job]
    kept.jobs = []
    assert measuring._ticket(kept) is None


def test_a_way_that_ran_alone_is_compared_with_nothing(stand: Stand) -> None:
    stand.finds(race("dot", 10**6, (9.0, 8.0, 0.001), {"array_loop": 9.0, "list_loop": 8.0}))
    app = press(open_page("vectorization", "n=1000000"), "race")
    assert is_said("now_alone", app) and not is_said("now", app)


def test_what_is_taken_back_while_it_fails_leaves_no_trouble(stand: Stand) -> None:
    kept = measuring.Measuring()
    measuring._give_up(kept, "why")
    assert kept.trouble == {} and kept.jobs == []
