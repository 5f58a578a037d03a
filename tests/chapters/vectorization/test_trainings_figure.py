"""Loop, vectorise, think, as bars: each ends at the time of its whole training, measured or told."""

import itertools
import math
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explainer.chapters.vectorization import trainings_figure as figure
from explainer.chapters.vectorization.trainings import NUM_ITERATIONS, WAYS, Rung
from explainer.chapters.vectorization.trainings_figure import LONGEST, SHORTEST, TICKS, whole
from explainer.live import pack
from explainer.words import words
from explainer.words.numbers import duration

TEXT = words("vectorization").figure
COSTS = tuple(0.7 / k for k in range(1, NUM_ITERATIONS + 1))
ESTIMATED = Rung("loop", (), 0.0, 3.1)
TOLD = Rung("vectorised", COSTS[:40], 2.0)
MEASURED = Rung("span", COSTS, 0.5)
TIMES = {"loop": 3.1 * 2000, "vectorised": 2.0 / 40 * 2000, "span": 0.5}


def drawn(rungs: list[Rung]) -> Any:
    """The still figure, from a stage that packs and has nothing else."""
    stage = figure.stage(rungs, TEXT)
    assert len(pack(stage)) < 15_000
    assert not stage.tables and not stage.controls and stage.clock is None
    (panel,) = stage.panels
    assert not panel.layers
    return panel.figure


def ends(figure: Any) -> dict[str, float]:
    """Seconds at which each way's bar ends: its length is counted from its base."""
    for bar in figure.data:
        assert (bar.orientation, bar.base) == ("h", SHORTEST)
    return {WAYS[len(WAYS) - 1 - bar.y[0]]: bar.base + bar.x[0] for bar in figure.data}


def beside(figure: Any) -> dict[str, tuple[float, str]]:
    """Where each bar's text stands, in decades, and what it says; it is in the middle of its lane."""
    notes = [note for note in figure.layout.annotations if note.y == int(note.y)]
    return {WAYS[len(WAYS) - 1 - int(note.y)]: (note.x, note.text) for note in notes}


@pytest.mark.parametrize(
    "rungs",
    [list(chosen) for k in range(4) for chosen in itertools.permutations([ESTIMATED, TOLD, MEASURED], k)],
    ids=lambda rungs: " ".join(rung.way for rung in rungs) or "nothing",
)
def test_bars_end_at_the_time_of_the_whole_training(rungs: list[Rung]) -> None:
    shown = drawn(rungs)
    run = {rung.way for rung in rungs}
    assert ends(shown) == pytest.approx({way: TIMES[way] for way in run})
    for way, (decades, text) in beside(shown).items():
        if way in run:
            assert decades == pytest.approx(math.log10(TIMES[way])) and text == duration(TIMES[way])
        else:
            assert (decades, text) == (math.log10(SHORTEST), "?")
    assert set(beside(shown)) == set(WAYS)


def test_every_lane_has_its_name_above_its_bar_and_a_colour() -> None:
    shown = drawn([ESTIMATED, TOLD, MEASURED])
    names = {note.text: note for note in shown.layout.annotations if note.y != int(note.y)}
    assert len(names) == len(WAYS)
    for lane, way in enumerate(WAYS):
        name, y = names[f"<b>{TEXT[f'rung_{way}']}</b>"], len(WAYS) - 1 - lane
        assert name.x == math.log10(SHORTEST) and y + figure.THICK / 2 < name.y < y + 0.5
        assert name.yanchor == "bottom"
    assert len({bar.marker.color for bar in shown.data}) == len(WAYS)


@given(st.floats(math.log10(SHORTEST), math.log10(LONGEST)))
@settings(max_examples=15, deadline=None, derandomize=True)
def test_a_bar_is_on_the_axis_and_its_time_has_room(decades: float) -> None:
    shown = drawn([Rung("span", COSTS, 10**decades)])
    low, high = shown.layout.xaxis.range
    assert shown.layout.xaxis.type == "log" and low == math.log10(SHORTEST)
    assert math.log10(ends(shown)["span"]) == pytest.approx(decades, abs=1e-9)
    assert beside(shown)["span"][0] == pytest.approx(decades) and decades < high - 1
    for unit, seconds in TICKS.items():
        assert low <= math.log10(seconds) <= high
        assert TEXT[f"rung_tick_{unit}"] in shown.layout.xaxis.ticktext
    assert f"{NUM_ITERATIONS:,}" in shown.layout.xaxis.title.text


def test_a_time_off_the_axis_is_written_at_its_end() -> None:
    shown = drawn([Rung("span", COSTS, 1e-6)])
    assert beside(shown)["span"] == (shown.layout.xaxis.range[0], duration(1e-6))


@pytest.mark.parametrize(
    ("rung", "wanted"),
    [
        (Rung("span", COSTS, 0.5), 0.5),
        (Rung("loop", COSTS[:1], 4.0), 8000.0),
        (Rung("vectorised", COSTS[:500], 2.0), 8.0),
        (Rung("vectorised", COSTS[:-1], 1.999), 2.0),
        (Rung("loop", (), 0.0, 3.0), 6000.0),
        (Rung("loop", COSTS[:4], 2.0, 99.0), 1000.0),
        (Rung("loop", (), 0.0), None),
    ],
)
def test_the_whole_is_measured_or_told_from_what_was_run(rung: Rung, wanted: float | None) -> None:
    assert whole(rung) == (None if wanted is None else pytest.approx(wanted))
