"""Measured times as they are drawn: the race, time against n, the three trainings."""

import itertools
import json
import math
import random
from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import cache
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explainer.chapters.vectorization import race_figure as figure
from explainer.chapters.vectorization import trainings
from explainer.chapters.vectorization.chapter import TIME
from explainer.chapters.vectorization.race_figure import (
    CLOSEST,
    COLOURS,
    EMPTY,
    LONGEST,
    PLACES,
    SECONDS,
    SHORTEST,
    TRAINING_TICKS,
)
from explainer.chapters.vectorization.stopwatch import Race, Timing
from explainer.chapters.vectorization.trainings import Training
from explainer.chapters.vectorization.twins import TWINS
from explainer.live import pack
from explainer.stage.stage import Panel, Stage
from explainer.words import words
from explainer.words.numbers import duration

TEXT = words("vectorization").figure
WAYS = {name: tuple(way.name for way in twin.ways) for name, twin in TWINS.items()}
SIZES = tuple(10**k for k in range(1, 7))
END = 100  # percent
PACES = {
    "far apart": (0.29, 0.07, 0.001),
    "NumPy last": (5e-7, 4e-7, 2e-6),
    "close": (0.0123, 0.0124, 0.0119),
    "one loop slower than two": (2e-5, 9e-5, 7e-6),
    "alike": (0.25, 0.25, 0.25),
}
twins = pytest.mark.parametrize("twin", TWINS)
paces = pytest.mark.parametrize("pace", PACES.values(), ids=PACES)


def seconds(twin: str, pace: Sequence[float]) -> dict[str, float]:
    """Medians of a twin's ways; where there are two, the first and the last."""
    ways = WAYS[twin]
    return dict(zip(ways, pace if len(ways) == len(pace) else (pace[0], pace[-1]), strict=True))


def race(twin: str, n: int, pace: Sequence[float], estimates: Mapping[str, float] | None = None) -> Race:
    """A race of all ways but those that were only estimated."""
    timings = tuple(
        Timing(way, 0.9 * median, 0.95 * median, median, 1.25 * median, samples=7, repeats=3)
        for way, median in seconds(twin, pace).items()
        if way not in (estimates or {})
    )
    return Race(twin, n, timings, estimates or {}, agree=True)


def drawn(twin: str, found: Race | None, measured: Sequence[Race] = ()) -> Stage:
    return figure.race_stage(WAYS[twin], found, measured, TEXT)


@cache
def raced(twin: str, pace: tuple[float, ...]) -> Stage:
    """After a race of all ways for 1,000 numbers; several tests look at it."""
    return drawn(twin, race(twin, 1000, pace))


def panel(stage: Stage, name: str) -> Panel:
    return next(panel for panel in stage.panels if panel.name == name)


def said(stage: Stage, table: str, place: int) -> str:
    """The text that a table leads to at a position of the clock."""
    return stage.tables[table].labels[int(stage.tables[table].values[place])]


# ---- the race


@twins
@paces
def test_a_bar_is_as_long_as_the_share_of_the_work_that_is_done(twin: str, pace: tuple[float, ...]) -> None:
    medians, stage = seconds(twin, pace), raced(twin, pace)
    for way, median in medians.items():
        for place in range(PLACES):
            share = place / END * max(medians.values()) / median
            assert stage.tables[f"{way}_x"].values[place] == pytest.approx([0, min(1, share)], abs=1e-12)
            if abs(share - 1) > 1e-9:
                wanted = duration(median) if share > 1 else TEXT["running"]
                assert said(stage, f"{way}_state", place) == wanted
        assert stage.tables[f"{way}_x"].values[END, 1] == 1, "all are done at last"
        assert said(stage, f"{way}_state", END) == duration(median)


@twins
@paces
def test_every_way_has_a_lane_a_name_a_colour_and_its_text_at_the_end_of_its_bar(
    twin: str, pace: tuple[float, ...]
) -> None:
    stage, ways = raced(twin, pace), WAYS[twin]
    bars = panel(stage, "bars")
    layers: list[Any] = list(bars.layers)
    names = {note.text: note.y for note in bars.figure.layout.annotations}
    assert len(layers) == 2 * len(ways) and len(names) == len(ways)
    for lane, (way, line, text) in enumerate(zip(ways, layers[::2], layers[1::2], strict=True)):
        assert (line.x, text.text) == (f"{way}_x", f"{{{way}_state}}")
        assert line.y == text.y == len(ways) - 1 - lane
        assert line.y < names[f"<b>{TEXT[f'way_{way}']}</b>"] < line.y + 1
        gaps = stage.tables[text.x].values - stage.tables[line.x].values[:, 1]
        assert gaps == pytest.approx(gaps[0]) and 0 < gaps[0] < 0.1
        assert line.colour == text.colour
    assert len({layer.colour for layer in layers}) == len(ways)
    assert layers[-1].colour == COLOURS[-1], "NumPy's colour is the same in every race"
    low, high = bars.figure.layout.xaxis.range
    assert low < 0 and high > 1.3, "the times have room"


@twins
@paces
def test_the_laps_are_those_that_numpy_could_have_finished(twin: str, pace: tuple[float, ...]) -> None:
    stage = raced(twin, pace)
    exact = [Fraction(str(median)) for median in seconds(twin, pace).values()]
    for place in range(PLACES):
        assert stage.tables["laps"].values[place] == math.floor(Fraction(place, END) * max(exact) / exact[-1])
        assert said(stage, "laps_said", place) == TEXT["laps"]
        assert said(stage, "said", place) == TEXT["over" if place == END else "racing"]
    longest = duration(float(max(exact)))
    assert said(stage, "pace_said", END) == TEXT["pace"].format(time=longest, seconds=f"{SECONDS:g}")


def test_a_lap_that_ends_now_counts() -> None:
    """300 times as fast, with times that a computer holds exactly: 3 laps at every percent."""
    unit = 2.0**-20
    stage = drawn("dot", race("dot", 1000, (300 * unit, 75 * unit, unit)))
    assert stage.tables["laps"].values.tolist() == [3 * place for place in range(PLACES)]


@twins
def test_before_a_race_nothing_is_known_and_nothing_plays(twin: str) -> None:
    stage = drawn(twin, None)
    for place in range(PLACES):
        for way in WAYS[twin]:
            assert said(stage, f"{way}_state", place) == "?"
            assert not stage.tables[f"{way}_x"].values.any()
        assert said(stage, "said", place) == TEXT["not_yet"]
        assert said(stage, "laps_said", place) == said(stage, "pace_said", place) == ""
    assert np.isnan(stage.tables["laps"].values).all()
    assert panel(stage, "bars").title == TEXT["bars"]


@twins
@pytest.mark.parametrize("place", [0, -2])
def test_a_way_that_was_left_out_says_so_and_has_no_bar_and_no_point(twin: str, place: int) -> None:
    out = WAYS[twin][place]
    before, found = race(twin, 1000, (0.3, 0.2, 0.001)), race(twin, 10**6, (9.0, 8.0, 1.0), {out: 95.0})
    stage = drawn(twin, found, (before, found))
    medians = {timing.way: timing.median for timing in found.timings}
    assert set(medians) == set(WAYS[twin]) - {out}
    for k in range(PLACES):
        assert said(stage, f"{out}_state", k) == TEXT["left_out"].format(time=duration(95.0))
        assert not stage.tables[f"{out}_x"].values[k].any()
        for way, median in medians.items():  # the others race in their own proportion
            share = min(1, k / END * max(medians.values()) / median)
            assert stage.tables[f"{way}_x"].values[k, 1] == pytest.approx(share)
    shown = points(twin, stage)
    assert set(shown[out]) == {1000} and all(set(shown[way]) == {1000, 10**6} for way in medians)


@twins
def test_a_stage_packs_and_its_tables_fit_the_clock(twin: str) -> None:
    every = [race(twin, n, (0.3, 0.2, 0.01)) for n in SIZES]
    left_out = race(twin, 10**6, (0.3, 0.2, 0.01), {WAYS[twin][0]: 7.0})
    for found in (None, every[2], left_out):
        stage = drawn(twin, found, every)
        assert stage.clock is not None and stage.clock.control == TIME.name
        assert TIME.values == tuple(range(PLACES)) and TIME.start == END
        assert TIME.texts == tuple(str(k) for k in range(END + 1))
        for name, table in stage.tables.items():
            ends = (2,) if name.endswith("_x") else ()
            assert table.axes == (TIME.name,) and table.values.shape == (PLACES, *ends)
            assert not table.labels or set(table.values.tolist()) <= set(range(len(table.labels)))
            assert all("{" not in label for label in table.labels if label != TEXT["laps"])
        title = panel(stage, "bars").title
        assert "{" not in title and (found is None or f"{found.n:,}" in title)
        assert len(pack(stage, (TIME,), TEXT)) < 30_000


# ---- time against n


def named(twin: str, stage: Stage) -> dict[str, Any]:
    """The names beside the points, by way."""
    notes = panel(stage, "times").figure.layout.annotations
    ways = {TEXT[f"short_{way}"]: way for way in WAYS[twin]}
    found = {ways[note.text]: note for note in notes}
    assert len(found) == len(notes)
    return found


def points(twin: str, stage: Stage) -> dict[str, dict[int, float]]:
    """What the plot of times shows, by way: a trace has the colour of its name."""
    traces = panel(stage, "times").figure.data
    ways = {note.font.color: way for way, note in named(twin, stage).items()}
    assert len(ways) == len(traces)
    return {ways[trace.line.color]: dict(zip(trace.x, trace.y, strict=True)) for trace in traces}


@twins
def test_before_a_race_the_plot_has_axes_and_nothing_in_it(twin: str) -> None:
    times = panel(drawn(twin, None), "times").figure
    assert not times.data and not times.layout.annotations and not times.layout.shapes
    low, high = times.layout.yaxis.range
    assert low <= EMPTY[0] < EMPTY[1] <= high
    assert sum(low <= math.log10(tick) <= high for tick in times.layout.yaxis.tickvals) >= 5


@twins
@pytest.mark.parametrize("sizes", [(1000,), (10**6, 10), (100, 10**5, 10, 1000, 10**6, 10**4)])
def test_the_plot_has_the_medians_of_all_races_and_nothing_else(twin: str, sizes: tuple[int, ...]) -> None:
    rng = random.Random(0)
    paces = {n: [n * 10 ** rng.uniform(-9, -7) for _ in range(3)] for n in sizes}
    stage = drawn(twin, None, [race(twin, n, paces[n]) for n in sizes])
    shown = points(twin, stage)
    for way in WAYS[twin]:
        wanted = {n: seconds(twin, paces[n])[way] for n in sizes}
        assert shown[way] == wanted and list(shown[way]) == sorted(sizes)
    times = panel(stage, "times").figure
    assert not times.layout.shapes
    for trace in times.data:
        assert np.array(trace.error_y.array) == pytest.approx(0.25 * np.array(trace.y))
        assert np.array(trace.error_y.arrayminus) == pytest.approx(0.05 * np.array(trace.y))
    assert len({trace.marker.symbol for trace in times.data}) == len(WAYS[twin])
    (left, right), (low, high) = times.layout.xaxis.range, times.layout.yaxis.range
    for way, note in named(twin, stage).items():
        assert left < note.x == math.log10(max(sizes)) < right - 0.5, "beside its last point, with room"
        assert note.font.color == f"var(--{colour(twin, stage, way)})", "as in the race"
        assert all(low < math.log10(median) < high for median in shown[way].values())


def colour(twin: str, stage: Stage, way: str) -> str:
    """The colour of a way's bar."""
    return panel(stage, "bars").layers[2 * WAYS[twin].index(way)].colour


@given(st.sampled_from(list(TWINS)), st.lists(st.lists(st.floats(-8, 1), min_size=3, max_size=3), max_size=3))
@settings(max_examples=40, deadline=None, derandomize=True)
def test_names_keep_apart_and_as_low_as_they_can(twin: str, logs: list[list[float]]) -> None:
    measured = [
        race(twin, n, [10**log for log in pace]) for n, pace in zip((10, 10**4, 10**6), logs, strict=False)
    ]
    stage = drawn(twin, None, measured)
    low, high = panel(stage, "times").figure.layout.yaxis.range
    last = {way: math.log10(list(found.values())[-1]) for way, found in points(twin, stage).items()}
    order = sorted(last, key=last.__getitem__)
    names = named(twin, stage)
    heights = [names[way].y for way in order]
    assert heights[:1] == pytest.approx([last[way] for way in order[:1]])
    for (lower, upper), way in zip(itertools.pairwise(heights), order[1:], strict=True):
        assert upper - lower >= CLOSEST * (high - low) - 1e-9
        assert upper == pytest.approx(max(last[way], lower + CLOSEST * (high - low)))


@twins
@paces
@pytest.mark.parametrize("n", [10, 10**6])
def test_names_of_one_race_are_within_the_plot(twin: str, pace: tuple[float, ...], n: int) -> None:
    stage = drawn(twin, None, [race(twin, n, pace)])
    low, high = panel(stage, "times").figure.layout.yaxis.range
    assert all(low < note.y < high for note in named(twin, stage).values())
    assert len(named(twin, stage)) == len(WAYS[twin])
    assert json.loads(panel(stage, "times").figure.to_json())


def test_without_numpy_there_are_no_laps_but_the_loops_race() -> None:
    found = race("dot", 1000, (0.4, 0.1, 0.001), {"numpy": 9.0})
    stage = drawn("dot", found, [found])
    assert np.isnan(stage.tables["laps"].values).all() and said(stage, "laps_said", END) == ""
    assert said(stage, "said", 50) == TEXT["racing"]
    assert said(stage, "pace_said", 0) == TEXT["pace"].format(time=duration(0.4), seconds=f"{SECONDS:g}")
    assert stage.tables["list_loop_x"].values[10, 1] == pytest.approx(0.4)


def test_where_all_were_left_out_nothing_is_said_to_be_unmeasured() -> None:
    stage = drawn("dot", race("dot", 10**6, (1, 1, 1), dict.fromkeys(WAYS["dot"], 9.0)))
    assert {said(stage, name, 7) for name in ("said", "laps_said", "pace_said")} == {""}


@twins
def test_a_way_that_ran_alone_has_no_laps(twin: str) -> None:
    stage = drawn(twin, race(twin, 10**6, (0.3, 0.2, 0.001), dict.fromkeys(WAYS[twin][:-1], 9.0)))
    assert np.isnan(stage.tables["laps"].values).all() and said(stage, "laps_said", END) == ""
    assert stage.tables["numpy_x"].values[END, 1] == 1


# ---- the three trainings

COSTS = tuple(0.7 / k for k in range(1, trainings.NUM_ITERATIONS + 1))
ESTIMATED = Training("loop", (), 0.0, 3.1)
TOLD = Training("vectorised", COSTS[:40], 2.0)
MEASURED = Training("span", COSTS, 0.5)
TIMES = {"loop": 3.1 * 2000, "vectorised": 2.0 / 40 * 2000, "span": 0.5}


def drawn_trainings(chosen: list[Training]) -> Any:
    """The still figure, from a stage that packs and has nothing else."""
    stage = figure.trainings_stage({training.way: training.whole for training in chosen}, TEXT)
    assert len(pack(stage, (), TEXT)) < 15_000
    assert not stage.tables and stage.clock is None
    (only,) = stage.panels
    assert not only.layers
    return only.figure


def ends(shown: Any) -> dict[str, float]:
    """Seconds at which each way's bar ends: its length is counted from its base."""
    for bar in shown.data:
        assert (bar.orientation, bar.base) == ("h", SHORTEST)
    return {trainings.WAYS[len(trainings.WAYS) - 1 - bar.y[0]]: bar.base + bar.x[0] for bar in shown.data}


def beside(shown: Any) -> dict[str, tuple[float, str]]:
    """Where each bar's text stands (log10 of seconds) and what it says; it is in the middle of its lane."""
    notes = [note for note in shown.layout.annotations if note.y == int(note.y)]
    return {trainings.WAYS[len(trainings.WAYS) - 1 - int(note.y)]: (note.x, note.text) for note in notes}


@pytest.mark.parametrize(
    "chosen",
    [list(some) for k in range(4) for some in itertools.permutations([ESTIMATED, TOLD, MEASURED], k)],
    ids=lambda chosen: " ".join(one.way for one in chosen) or "nothing",
)
def test_bars_end_at_the_time_of_the_whole_training(chosen: list[Training]) -> None:
    shown = drawn_trainings(chosen)
    run = {training.way for training in chosen}
    assert ends(shown) == pytest.approx({way: TIMES[way] for way in run})
    for way, (decades, text) in beside(shown).items():
        if way in run:
            assert decades == pytest.approx(math.log10(TIMES[way])) and text == duration(TIMES[way])
        else:
            assert (decades, text) == (math.log10(SHORTEST), "?")
    assert set(beside(shown)) == set(trainings.WAYS)


def test_every_lane_has_its_name_above_its_bar_and_a_colour() -> None:
    shown = drawn_trainings([ESTIMATED, TOLD, MEASURED])
    names = {note.text: note for note in shown.layout.annotations if note.y != int(note.y)}
    assert len(names) == len(trainings.WAYS)
    for lane, way in enumerate(trainings.WAYS):
        name, y = names[f"<b>{TEXT[f'training_{way}']}</b>"], len(trainings.WAYS) - 1 - lane
        assert name.x == math.log10(SHORTEST) and y + figure.THICKNESS / 2 < name.y < y + 0.5
        assert name.yanchor == "bottom"
    assert len({bar.marker.color for bar in shown.data}) == len(trainings.WAYS)


@given(st.floats(math.log10(SHORTEST), math.log10(LONGEST)))
@settings(max_examples=15, deadline=None, derandomize=True)
def test_a_bar_is_on_the_axis_and_its_time_has_room(decades: float) -> None:
    shown = drawn_trainings([Training("span", COSTS, 10**decades)])
    low, high = shown.layout.xaxis.range
    assert shown.layout.xaxis.type == "log" and low == math.log10(SHORTEST)
    assert math.log10(ends(shown)["span"]) == pytest.approx(decades, abs=1e-9)
    assert beside(shown)["span"][0] == pytest.approx(decades) and decades < high - 1
    for unit, tick in TRAINING_TICKS.items():
        assert low <= math.log10(tick) <= high
        assert TEXT[f"training_tick_{unit}"] in shown.layout.xaxis.ticktext
    assert f"{trainings.NUM_ITERATIONS:,}" in shown.layout.xaxis.title.text


def test_a_time_off_the_axis_is_written_at_its_end() -> None:
    shown = drawn_trainings([Training("span", COSTS, 1e-6)])
    assert beside(shown)["span"] == (shown.layout.xaxis.range[0], duration(1e-6))
