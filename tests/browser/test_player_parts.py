"""The player's parts that know no page: clock, settings, tables, texts, blocks, picking, geometry, kinds.

They run alone in an empty page of the browser; what they are to say is computed here, or by numpy.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np
import plotly.graph_objects as go
import pytest
from playwright.sync_api import Browser, Page

from explainer.live import scripts
from explainer.live.pack import pack
from explainer.stage import layers
from explainer.stage.settings import Choice, Slider
from explainer.stage.stage import Clock, Layout, Panel, Readout, Stage, Table

SECONDS, SLOWEST, END = 4.0, 3.0, 20
STEPS, SLOPES, LENGTHS = np.arange(6.0), np.array([-0.5, 1.0, 2.0]), np.array([2.0, 4.0, 5.0])
Y = SLOPES[:, None] * STEPS + 0.25  # (slope, step)
CURVES = np.arange(24.0).reshape(6, 4) ** 2  # (step, points)
PICTURES = np.arange(2 * 2 * 3 * 3, dtype=np.uint8).reshape(2, 2, 3, 3)
KIND = np.array([0, 1, 1, 2, 2, 2], dtype=np.uint8)  # (step)


CONTROLS = (
    Slider("slope", tuple(SLOPES), start=1.0),
    Slider("end", tuple(LENGTHS), start=5.0, label="steps"),
    Slider("view", (0.0, 1.0), texts=("a", "b")),
    Slider("step", range(6)),
    Choice("shown", ("one", "both"), labels={"one": "One", "both": "Both"}),
    Choice("beside", ("yes", "no"), "no", wide_only=True, labels={"yes": "Yes", "no": "No"}),
)
WORDS = {name: name for name in ("slope", "view", "step", "shown", "beside")}


def stage() -> Stage:
    tables = {
        "x": Table(STEPS, ("step",)),
        "y": Table(Y, ("slope", "step")),
        "curve": Table(CURVES, ("step",)),
        "gap": Table(np.array([1.0, np.nan, 3.0, np.inf, 5.0, 6.0]), ("step",)),
        "kind": Table(KIND, ("step",), ("low", "y is {y:.2f}", "nested {kind}")),
        "picture": Table(PICTURES, ("view",)),
        "count": Table(np.array([0, 1, 65535], dtype=np.uint16), ("slope",)),
        "last": Table(np.array([7.0, 8.0, 9.0, 10.0, 11.0, 12.0]), ("step",)),
    }
    return Stage(
        tables=tables,
        clock=Clock("step", end="end", seconds=SECONDS, slowest=SLOWEST),
        panels=(Panel(name="plot", title="t", tab="t", figure=go.Figure()),),
        layouts=(Layout(("plot",)),),
        readouts=(Readout("{y}"),),
    )


MAKE = """(bytes) => {
    globalThis.stage = in_block.readStage(new Uint8Array(bytes));
    globalThis.clock = new in_clock.Clock();
    globalThis.settings = new in_settings.Settings(clock);
    globalThis.mayGlide = true;
    settings.describe(stage);
    globalThis.tables = new in_tables.Tables(stage.tables, settings, () => mayGlide);
}"""


@pytest.fixture(scope="module")
def parts(browser: Browser) -> Iterator[Page]:
    """An empty page with all modules of the player, each as `in_<its name>`."""
    page = browser.new_page()
    page.goto("about:blank")
    page.add_script_tag(content=scripts.bundle(scripts.JS / "player.js"))
    yield page
    page.close()


@dataclass(frozen=True)
class Parts:
    """Runs JavaScript where `stage`, `clock`, `settings` and `tables` are made anew for each test."""

    page: Page

    def run(self, body: str, argument: Any = None) -> Any:
        """The result of the last expression; what stands before it ends in semicolons."""
        *before, last = body.split(";")
        return self.page.evaluate(f"(it) => {{ {';'.join(before)}; return ({last}); }}", argument)


@pytest.fixture
def js(parts: Page) -> Parts:
    parts.evaluate(MAKE, list(pack(stage(), CONTROLS, WORDS)))
    return Parts(parts)


def close(found: Any, expected: Any) -> bool:
    """Equal to the precision of float32; NaN equals NaN."""
    return bool(
        np.allclose(np.array(found, dtype=float), np.asarray(expected, float), rtol=1e-6, equal_nan=True)
    )


# ---- the clock

A_CLOCK = """const clock = new in_clock.Clock();
    clock.describe({ control: "step", seconds: 4, slowest: 3 }); clock.limit(20); """
STATE = "[clock.position, clock.step, clock.playing]"


@pytest.mark.parametrize(
    ("position", "step", "fraction"),
    [(0, 0, 0), (2.25, 2, 0.25), (2.9999999999, 3, 0), (3 + 1e-7, 3, 0), (2.999, 2, 0.999), (20, 20, 0)],
)
def test_the_step_is_whole_and_the_rest_a_fraction(
    js: Parts, position: float, step: int, fraction: float
) -> None:
    found = js.run(A_CLOCK + "clock.position = it; [clock.step, clock.fraction, clock.progress]", position)
    assert found[0] == step
    assert found[1:] == pytest.approx([fraction, position / END], abs=1e-12)


@pytest.mark.parametrize(("end", "speed"), [(20, 1), (20, 0.25), (20, 4), (8, 1), (8, 2)])
def test_it_moves_by_its_pace(js: Parts, end: int, speed: float) -> None:
    pace = max(end / SECONDS, SLOWEST) * speed  # steps a second
    times = [1000, 1016, 1032, 1080]
    found = js.run(
        A_CLOCK + "clock.limit(it.end); clock.speed = it.speed; clock.play();"
        "it.times.map((time) => (clock.advance(time), clock.position))",
        {"end": end, "speed": speed, "times": times},
    )
    assert found == pytest.approx([pace * (time - times[0]) / 1000 for time in times])


def test_a_page_that_was_away_does_not_leap(js: Parts) -> None:
    found = js.run(A_CLOCK + "clock.play(); clock.advance(1000); clock.advance(9000); clock.position")
    assert found == pytest.approx(0.1 * END / SECONDS)


def test_it_stops_at_its_end_and_starts_again_from_there(js: Parts) -> None:
    run = A_CLOCK + "clock.goTo(19.9); clock.play(); clock.advance(1000); clock.advance(1100);"
    assert js.run(run + STATE) == [END, END, False]
    assert js.run(run + "clock.play();" + STATE) == [0, 0, True]


def test_it_rests_at_its_end_before_it_loops(js: Parts) -> None:
    run = A_CLOCK + "clock.looping = true; clock.goTo(19.9); clock.play();"
    run += "for (const time of [1000, 1100].concat(it)) clock.advance(time);"
    assert js.run(run + STATE, []) == [END, END, True]
    assert js.run(run + STATE, [1200, 1999]) == [END, END, True]
    position, step, playing = js.run(run + STATE, [1990, 2010])
    assert position == pytest.approx(0.020 * END / SECONDS)
    assert (step, playing) == (0, True)


def test_pause_goes_back_to_the_last_whole_step(js: Parts) -> None:
    run = A_CLOCK + "clock.play(); clock.position = 3.7; clock.pause();"
    assert js.run(run + STATE) == [3, 3, False]
    assert js.run(A_CLOCK + "clock.position = 3.7; clock.pause();" + STATE) == [3.7, 3, False], (
        "at rest already"
    )


@pytest.mark.parametrize(("to", "at"), [(-3, 0), (7, 7), (99, END)])
def test_it_goes_nowhere_beyond_its_ends(js: Parts, to: float, at: float) -> None:
    assert js.run(A_CLOCK + "clock.play(); clock.goTo(it);" + STATE, to) == [at, at, False]


def test_an_end_that_shrinks_and_grows_again_gives_the_place_back(js: Parts) -> None:
    run = A_CLOCK + "clock.goTo(15);"
    moves = "[5, 12, 18, 3].map((end) => (clock.moveEnd(end), clock.position))"
    assert js.run(run + moves) == [5, 12, 15, 3]
    assert js.run(run + "clock.limit(5); clock.limit(18); clock.position") == 5, "another stage does not"
    assert js.run(run + "clock.play(); clock.position = 6; clock.moveEnd(18); clock.position") == 6


def test_it_stops_where_it_is_told_to(js: Parts) -> None:
    run = A_CLOCK + "clock.goTo(2); clock.looping = true; clock.play(it);"
    run += "for (let time = 1000; time < 9000; time += 50) clock.advance(time);"
    assert js.run(run + STATE, 5) == [5, 5, False]
    assert js.run(run + "clock.play();" + STATE, 5) == [5, 5, True], "the next time it plays on"
    assert js.run(A_CLOCK + "clock.goTo(9); clock.play(5);" + STATE) == [0, 0, True]
    assert js.run(
        A_CLOCK + "clock.goTo(19.9); clock.play(99); clock.advance(1); clock.advance(99);" + STATE
    ) == [
        END,
        END,
        False,
    ]


def test_it_knows_how_far_it_has_been(js: Parts) -> None:
    run = A_CLOCK + "clock.goTo(7); clock.goTo(3);"
    assert js.run(run + "clock.reached") == 7
    assert js.run(run + "clock.forgetWay(); clock.reached") == 3
    assert (
        js.run(run + "clock.play(); clock.position = 9.8; clock.advance(1); clock.advance(99); clock.reached")
        == 10
    )


# ---- settings


def test_controls_begin_at_their_starts(js: Parts) -> None:
    assert js.run("settings.asPlaces()") == {
        "slope": 1,
        "end": 2,
        "view": 0,
        "step": 0,
        "shown": "one",
        "beside": "no",
    }
    assert js.run("settings.asTexts()") == {
        "slope": "1",
        "end": "5",
        "view": "a",
        "step": "0",
        "shown": "one",
        "beside": "no",
    }


def test_the_end_of_the_clock_is_what_its_control_says(js: Parts) -> None:
    assert js.run("[0, 1, 2].map((place) => (settings.move('end', place), clock.end))") == [2, 4, 5]
    found = js.run("settings.move('step', 5); settings.move('end', 0); [clock.step, settings.count('step')]")
    assert found == [2, 3]


def test_what_is_not_there_is_not_taken_over(js: Parts) -> None:
    found = js.run(
        "settings.take({ slope: 3, view: 1, nothing: 2, shown: 'both', step: 9 }); settings.asPlaces()"
    )
    assert found == {"slope": 1, "end": 2, "view": 1, "step": 5, "shown": "both", "beside": "no"}


def test_texts_are_understood_where_they_are_known(js: Parts) -> None:
    query = "slope=-0.5&end=3&step=4&shown=all&beside=yes&other=1"
    found = js.run("settings.understood(new URLSearchParams(it))", query)
    assert found == {"slope": 0, "step": 4, "beside": "yes"}


def test_another_stage_keeps_what_it_has_too(js: Parts) -> None:
    found = js.run(
        "settings.take({ slope: 2, view: 1, step: 4, shown: 'both' });"
        "settings.describe({ ...stage, clock: null, toggles: stage.toggles.slice(1), controls:"
        " [{ ...stage.controls[0], values: [1, 2], texts: ['1', '2'] }, ...stage.controls.slice(1)] });"
        "[settings.places.slope, settings.places.view, settings.clockEnd(), clock.position]"
    )
    assert found == [1, 1, 0, 0]


def test_without_scenes_what_is_flat_stands_in_unless_a_hand_chooses(js: Parts) -> None:
    found = js.run(
        "const flat = new in_settings.Settings(clock, true);"
        "flat.describe({ ...stage, toggles: [{ ...stage.toggles[0], flat: 'both' }, stage.toggles[1]] });"
        "const first = flat.asTexts(); flat.take({ shown: 'one', beside: 'yes' });"
        "const then = flat.asTexts(); flat.values.shown = 'one';"
        "[first, then, flat.asTexts()].map(({ shown, beside }) => [shown, beside])"
    )
    assert found == [["both", "no"], ["both", "yes"], ["one", "yes"]]


@pytest.mark.parametrize(
    ("when", "holds", "in_tabs"),
    [
        ({}, True, True),
        ({"shown": ["one"]}, True, True),
        ({"shown": ["both"]}, False, False),
        ({"beside": ["yes"]}, False, True),
        ({"shown": ["one", "both"], "beside": ["no"]}, True, True),
        ({"": []}, False, False),
    ],
)
def test_conditions(js: Parts, when: dict[str, list[str]], holds: bool, in_tabs: bool) -> None:
    assert js.run("settings.holds(it)", when) is holds
    assert js.run("settings.oneAtATime = true; settings.holds(it)", when) is in_tabs


# ---- what lies ahead

AHEAD = (
    "settings.describe({ ...stage, toggles: [...stage.toggles,"
    " { name: 'ahead', options: [['hidden', ''], ['shown', '']], start: 'hidden' }] });"
)
SEES = "[settings.horizon, settings.holds({ ahead: ['shown'] }), settings.holds({ ahead: ['hidden'] })]"


def test_a_figure_without_that_toggle_shows_all(js: Parts) -> None:
    assert js.run("settings.horizon") == 5


@pytest.mark.parametrize(
    ("moves", "sees"),
    [
        ("", [0, False, True]),
        ("settings.choose('ahead', 'shown');", [5, True, False]),
        ("settings.move('step', 3);", [3, False, True]),
        ("settings.move('step', 3); settings.move('step', 1);", [3, False, True]),
        ("settings.move('step', 5); settings.move('step', 1);", [5, True, False]),
        ("settings.move('step', 3); settings.move('step', 1); settings.move('slope', 2);", [1, False, True]),
        ("settings.move('step', 3); settings.move('step', 1); settings.move('slope', 1);", [3, False, True]),
        ("settings.move('step', 3); settings.move('step', 1); settings.move('end', 1);", [3, False, True]),
        ("settings.move('step', 3); settings.move('step', 0); settings.move('end', 0);", [2, True, False]),
        (
            "settings.move('step', 3); settings.move('step', 1); settings.choose('shown', 'both');",
            [1, False, True],
        ),
        (
            "settings.move('step', 3); settings.move('step', 1); settings.choose('beside', 'yes');",
            [3, False, True],
        ),
        ("settings.take({ step: 4 }); settings.take({ step: 2, slope: 0 });", [2, False, True]),
        (
            "settings.move('step', 3); settings.move('step', 1); settings.describe(stage);" + AHEAD,
            [1, False, True],
        ),
    ],
)
def test_what_is_ahead_is_seen_once_it_was_played_or_asked_for(
    js: Parts, moves: str, sees: list[Any]
) -> None:
    assert js.run(AHEAD + moves + SEES) == sees


def test_trails_and_texts_end_where_one_may_see(js: Parts) -> None:
    run = AHEAD + "settings.take({ slope: 2 }); settings.move('step', 3); settings.move('step', 1);"
    found = js.run(run + "const way = tables.path(['x'], 'end'); [way.count, way.point(way.count - 1)[0]]")
    assert found == [4, 3]
    assert js.run(run + "tables.path(['x'], 'next').point(1)[0]") == 2, "the coming step is no secret"
    assert js.run(run + "tables.fill('{last@end:d}')") == "10"
    assert js.run(run + "settings.choose('ahead', 'shown'); tables.fill('{last@end:d}')") == "12"


# ---- tables


@pytest.mark.parametrize(("slope", "step"), list(product(range(3), range(6))))
def test_a_number_is_that_of_the_places(js: Parts, slope: int, step: int) -> None:
    found = js.run(
        "settings.take(it);"
        "[tables.number('y'), tables.number('y', 1), tables.number(2.5), tables.number('x')]",
        {"slope": slope, "step": step},
    )
    after = Y[slope, step + 1] if step < 5 else math.nan
    assert close(
        [math.nan if value is None else value for value in found], [Y[slope, step], after, 2.5, step]
    )


def test_held_controls_stay(js: Parts) -> None:
    found = js.run(
        "settings.take({ slope: 2, step: 4 }); const held = tables.holding({ slope: 0 });"
        "const both = held.holding({ step: 1 }); const one = both.number('y'); both.hold('step', 3);"
        "[tables.number('y'), held.number('y'), one, both.number('y'), both.number('y', 1), held.number('y')]"
    )
    assert close(found, [Y[2, 4], Y[0, 4], Y[0, 1], Y[0, 3], Y[0, 3], Y[0, 4]])


@pytest.mark.parametrize("fraction", [0.0, 0.25, 0.875])
def test_numbers_glide_between_two_steps(js: Parts, fraction: float) -> None:
    run = "clock.position = 2 + it;"
    found = js.run(run + "[tables.now('y'), tables.now('x'), tables.now(7), tables.now('count')]", fraction)
    assert close(found, [Y[1, 2] + fraction * (Y[1, 3] - Y[1, 2]), 2 + fraction, 7, 1])
    assert close(js.run(run + "tables.holding({ step: 1 }).now('y')", fraction), Y[1, 1])
    assert close(js.run("mayGlide = false;" + run + "tables.now('y')", fraction), Y[1, 2])
    row = js.run(
        "mayGlide = true;" + run + "const row = tables.rowOf('curve'); [0, 1, 2, 3, 9].map((k) => row.at(k))",
        fraction,
    )
    assert close(row, (CURVES[2] + fraction * (CURVES[3] - CURVES[2]))[[0, 1, 2, 3, 3]])


def test_what_is_not_finite_does_not_glide(js: Parts) -> None:
    found = js.run("[0, 1, 2, 3].map((step) => ((clock.position = step + 0.5), String(tables.now('gap'))))")
    assert found == ["1", "NaN", "3", "Infinity"]


def test_rows(js: Parts) -> None:
    found = js.run(
        "settings.take({ step: 2, slope: 0 });"
        "const rows = ['curve', 'y', 4].map((name) => tables.rowOf(name));"
        "rows.map((row) => [row.length, row.at(0), row.at(1), row.at(7)])"
    )
    assert close(found, [[4, *CURVES[2, [0, 1, 3]]], [1, *[Y[0, 2]] * 3], [1, 4, 4, 4]])


def test_a_row_as_texts_does_not_glide(js: Parts) -> None:
    found = js.run("clock.position = 1.5; [0, 2].map(tables.rowOfTexts('curve', '.1f'))")
    assert found == [f"{CURVES[1, k]:.1f}" for k in (0, 2)]
    assert js.run("clock.goTo(1); tables.rowOfTexts('kind', '')(3)") == f"y is {Y[1, 1]:.2f}"


@pytest.mark.parametrize("coordinate", ["y", "x", "count", 3.0])
def test_along_the_clock(js: Parts, coordinate: str | float) -> None:
    found = js.run(
        "settings.take({ slope: 2, step: 3 }); const along = tables.alongClock(it);"
        "[0, 1, 2, 3, 4, 5].map(along)",
        coordinate,
    )
    expected = {"y": Y[2], "x": STEPS, "count": [65535] * 6, 3.0: [3.0] * 6}[coordinate]
    assert close(found, expected)


@pytest.mark.parametrize(
    ("until", "position", "xs"),
    [
        ("now", 3.0, [0, 1, 2, 3]),
        ("now", 3.5, [0, 1, 2, 3, 3.5]),
        ("end", 1.5, [0, 1, 2, 3, 4]),
        ("next", 1.0, [1, 2]),
        ("next", 4.0, [4]),
    ],
)
def test_the_path_along_the_clock(js: Parts, until: str, position: float, xs: list[float]) -> None:
    found = js.run(
        "settings.move('end', 1); clock.position = it.position;"
        "const { first, count, point } = tables.path(['x', 'y'], it.until);"
        "[first, Array.from({ length: count }, (_, k) => point(k))]",
        {"until": until, "position": position},
    )
    assert found[0] == int(xs[0])
    assert close(found[1], [[x, np.interp(x, STEPS, Y[1])] for x in xs])


def test_the_path_ends_at_a_step_for_those_who_want_no_motion(js: Parts) -> None:
    assert js.run("mayGlide = false; clock.position = 2.5; tables.path(['x'], 'now').count") == 3


@pytest.mark.parametrize(
    ("text", "filled"),
    [
        ("y = {y:.2f}", "y = 3.25"),
        ("{y+1:.2f}, {step+1}", "4.25, 4"),
        ("{last@end:d}", "12"),
        ("{slope}{slope:x}", "11"),
        ("{nothing}", "?"),
        ("{gap:.1f}", "∞"),
        ("a {b c} {", "a {b c} {"),
        ("{count:d}", "1"),
    ],
)
def test_templates(js: Parts, text: str, filled: str) -> None:
    assert js.run("settings.take({ step: 3, slope: 1 }); tables.fill(it)", text) == filled


def test_labels_are_templates_and_do_not_nest_for_ever(js: Parts) -> None:
    found = js.run("[0, 1, 3].map((step) => (clock.goTo(step), tables.fill('{kind}')))")
    assert found[:2] == ["low", f"y is {Y[1, 1]:.2f}"]
    assert found[2].endswith("?")


def test_beyond_the_last_step_there_is_nothing(js: Parts) -> None:
    assert (
        js.run("settings.take({ step: 5, slope: 0 }); tables.fill('{y+1} {kind+1} {step+1} {slope}')")
        == "? ? ? −0.5"
    )


# ---- texts


@pytest.mark.parametrize(
    ("value", "spec", "text"),
    [
        (1.23456, ".3f", "1.235"),
        (-1.5, ".1f", "−1.5"),
        (-1.5, "p.1f", "(−1.5)"),
        (1.5, "p.1f", "1.5"),
        (1.5, "+.1f", "+ 1.5"),
        (-1.5, "+.1f", "− 1.5"),
        (2.6, "d", "3"),
        (0.000012345, ".3g", "0.0000123"),
        (123456.789, ".3g", "123000"),
        (12345.678, ".4f", "12345.68"),
        (1234567.8, ".2f", "1.23e6"),
        (1.5e-9, ".2g", "1.5e−9"),
        (2.5e7, "", "2.50e7"),
        (0.1, "", "0.1"),
    ],
)
def test_numbers_as_texts(js: Parts, value: float, spec: str, text: str) -> None:
    assert js.run("in_texts.formatNumber(it.value, it.spec)", {"value": value, "spec": spec}) == text


def test_what_is_no_number(js: Parts) -> None:
    found = js.run(
        "[NaN, undefined, Infinity, -Infinity].map((value) => in_texts.formatNumber(value, '.1f'))"
    )
    assert found == ["?", "?", "∞", "−∞"]


@pytest.mark.parametrize(
    ("text", "spoken"), [("-0.5", "−0.5"), ("non-cat", "non-cat"), ("-x", "-x"), ("3", "3")]
)
def test_a_hyphen_before_a_number_is_a_minus_sign(js: Parts, text: str, spoken: str) -> None:
    assert js.run("in_texts.spoken(it)", text) == spoken


# ---- blocks


def test_a_block_comes_back_as_it_was_packed(js: Parts) -> None:
    described = js.run(
        "Object.fromEntries(Object.entries(stage.tables).map(([name, { data, shape, strides }]) =>"
        " [name, { type: data.constructor.name, shape, strides, data: Array.from(data, String) }]))"
    )
    types = {"float64": "Float32Array", "uint8": "Uint8Array", "uint16": "Uint16Array"}
    for name, table in stage().tables.items():
        found, values = described[name], table.values
        assert found["type"] == types[values.dtype.name]
        assert found["shape"] == list(values.shape)
        contiguous = np.ascontiguousarray(values)
        assert found["strides"] == [stride // contiguous.itemsize for stride in contiguous.strides]
        assert close([float(text.replace("Infinity", "inf")) for text in found["data"]], values.ravel())
    assert js.run("stage.controls.find(({ name }) => name === 'step').texts") == list("012345")


# ---- picking


@pytest.mark.parametrize("place", [(0.0, 0.0), (3.2, 1.4), (2.5, 1.5), (99.0, -7.0)])
def test_the_nearest_place_is_that_of_all(js: Parts, place: tuple[float, float]) -> None:
    counts = [4, 3]
    found = js.run(
        "in_picking.nearestPlaces(it.counts, it.place, ([i, j]) => [i * 1.5 - j, 0.5 * i + j])",
        {"counts": counts, "place": place},
    )
    places = list(product(*map(range, counts)))
    distances = [math.hypot(1.5 * i - j - place[0], 0.5 * i + j - place[1]) for i, j in places]
    assert tuple(found) == places[int(np.argmin(distances))]


def test_of_equals_the_first_and_of_none_nothing(js: Parts) -> None:
    assert js.run("in_picking.nearestPlaces([3], [0, 0], () => [1, 1])") == [0]
    assert js.run("in_picking.nearestPlaces([3], [0, 0], () => [NaN, NaN])") is None


# ---- geometry


def test_matrices_as_numpy_has_them(js: Parts) -> None:
    random = np.random.default_rng(7)
    a, b, point = random.normal(size=(4, 4)), random.normal(size=(4, 4)), random.normal(size=3)
    found = js.run(
        "const { multiply, inverse, transform } = in_geometry;"
        "[multiply(it.a, it.b), inverse(it.a), transform(it.a, ...it.point)].map((row) => [...row])",
        {"a": a.T.ravel().tolist(), "b": b.T.ravel().tolist(), "point": point.tolist()},
    )
    np.testing.assert_allclose(np.reshape(found[0], (4, 4)).T, a @ b, rtol=1e-12)
    np.testing.assert_allclose(np.reshape(found[1], (4, 4)).T, np.linalg.inv(a), rtol=1e-9)
    np.testing.assert_allclose(found[2], a @ [*point, 1])
    assert js.run("in_geometry.inverse(new Array(16).fill(1))") is None


@pytest.mark.parametrize(
    ("p", "q", "ends"),
    [
        ([1, 1], [2, 3], [[1, 1], [2, 3]]),
        ([-5, 2], [5, 2], [[0, 2], [4, 2]]),
        ([-2, -2], [6, 6], [[0, 0], [4, 4]]),
        ([-1, 2], [2, 5], [[0, 3], [1, 4]]),
        ([-3, 1], [-1, 3], None),
        ([5, 0], [5, 4], None),
        ([-1, 3], [1, 5], [[0, 4], [0, 4]]),
        ([2, 2], [2, 2], [[2, 2], [2, 2]]),
    ],
)
def test_a_segment_is_cut_at_the_box(js: Parts, p: list[int], q: list[int], ends: Any) -> None:
    run = "in_geometry.clipSegment(it.p, it.q, [0, 0], [4, 4])"
    found = js.run(run, {"p": p, "q": q})
    assert (found is None) == (ends is None)
    assert ends is None or close(found, ends)
    turned = js.run(run, {"p": q, "q": p})
    assert ends is None or close(turned, ends[::-1])


HILL = """const axis = Array.from({ length: 41 }, (_, k) => -2 + 0.1 * k);
    const z = axis.map((y) => axis.map((x) => Math.exp(-x * x - y * y)));
    const surface = in_geometry.heightField({ x: axis, y: axis, z }); """


@pytest.mark.parametrize(
    ("point", "eye", "hidden"),
    [
        ((1.5, 0, 0.3), (9, 0, 0.3), False),
        ((-1.5, 0, 0.3), (9, 0, 0.3), True),
        ((-1.5, 0, 0.3), (-1.5, 0, 9), False),
        ((-1.5, 0, 1.2), (9, 0, 1.2), False),
        ((0, 0, 0.5), (0, 0, 9), True),
    ],
)
def test_a_hill_hides_what_is_behind_it(
    js: Parts, point: tuple[float, ...], eye: tuple[float, ...], hidden: bool
) -> None:
    found = js.run(
        HILL + "in_geometry.crossesSurface(it.point, it.eye, [[-2, 2], [-2, 2], [0, 1.5]], surface)",
        {"point": point, "eye": eye},
    )
    assert found is hidden


def test_heights_between_the_points_of_a_grid(js: Parts) -> None:
    grid = "{ x: [0, 1, 2], y: [0, 2, 4], z: [[0, 1, 2], [4, 5, 6], [8, 9, 10]] }"
    run = f"const surface = in_geometry.heightField({grid});"
    found = js.run(run + "[[0, 0], [0.5, 1], [1.25, 3.5]].map(([x, y]) => surface(x, y))")
    assert close(found, [0, 2.5, 8.25])  # x + 2 y
    assert js.run(run + "[[-1, 0], [0, 5]].map(([x, y]) => Number.isNaN(surface(x, y)))") == [True, True]


def test_a_flat_view_maps_to_the_plot_and_back(js: Parts) -> None:
    view = """const axis = (offset, length, low, high) => ({ type: "linear", _offset: offset, _length: length,
            l2p: (v) => (length * (v - low)) / (high - low), p2l: (p) => low + (p * (high - low)) / length });
        const log = { ...axis(5, 100, 3, 0), type: "log" };
        const _fullLayout = { xaxis: axis(30, 200, 0, 10), yaxis: log };
        const view = new in_projection.FlatView({ _fullLayout }); """
    assert js.run(view + "[view.project(5, 10), view.project(11, 1), view.toData(130, 105)]") == [
        [130, pytest.approx(5 + 100 * 2 / 3), True],
        [250, 105, False],
        [5, 1],
    ]
    assert close(js.run(view + "view.segment([-10, 1], [20, 1])"), [[14, 105], [246, 105]])
    assert js.run(view + "[view.contains(30, 5), view.contains(29, 5), view.contains(29, 5, 1)]") == [
        True,
        False,
        True,
    ]


# ---- kinds of layers

KINDS = [kind.__name__ for kind in layers.Layer.__subclasses__()]


@pytest.mark.parametrize("kind", KINDS)
def test_every_layer_can_be_drawn(js: Parts, kind: str) -> None:
    assert js.run("typeof in_kinds.kindOf({ kind: it }).draw", kind) == "function"


def test_what_a_kind_says_of_itself(js: Parts) -> None:
    run = "it.filter((kind) => in_kinds.kindOf({ kind }).WHICH)"
    assert set(js.run(run.replace("WHICH", "picked"), KINDS)) == {"Marker", "Frame"}
    assert set(js.run(run.replace("WHICH", "leaving"), KINDS)) == {"Marker"}
    marker = "in_kinds.kindOf({ kind: 'Marker' })"
    assert js.run(f"{marker}.picked({{ x: 'a', y: 2 }})") == ["a", 2]
    assert js.run(f"{marker}.leaving({{ x: 'a', y: 2, z: 'c', beyond: 'off' }})") == ["a", 2, "c"]
    assert js.run(f"{marker}.leaving({{ x: 'a', y: 2 }})") is None
