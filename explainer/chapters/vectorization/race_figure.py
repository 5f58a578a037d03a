"""The live figures of measured times: the race, time against n, and the three trainings as bars.

In the race each bar advances in proportion to the measured speed of its way.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import numpy as np
import plotly.graph_objects as go

from explainer.chapters.vectorization.stopwatch import Race, Timing
from explainer.chapters.vectorization.trainings import NUM_ITERATIONS, WAYS
from explainer.maths.checks import FloatArray
from explainer.stage.layers import Layer, Line, Text
from explainer.stage.palette import INK, template
from explainer.stage.stage import Clock, Layout, Panel, Readout, Sentence, Stage, Table
from explainer.words.numbers import duration, percent

AXES: Final = ("time",)
PLACES: Final = 101  # positions of the clock: 0 to 100 percent of the slowest way's time
SECONDS: Final = 6.0  # playing time of the slowest bar
TICKS: Final = (0, 0.5, 1)
ROOM: Final = 1.42  # right end of the work axis: a bar ends at 1, and its time stands to the right of it
COLOURS: Final = ("slowest", "slow", "path")
SYMBOLS: Final = ("square", "diamond", "circle")
EMPTY: Final = (-7.0, 0.0)  # log10 of the seconds that are shown before anything is measured
SIZES: Final = (0.7, 7.8)  # log10 of the n that are shown, with room for the names
CLOSEST: Final = 0.08  # least distance of two names, as a share of the height: closer ones would overlap
SHORTEST, LONGEST = 0.01, 10_000.0  # ends of the trainings' time axis, in seconds
TRAINING_ROOM: Final = 12  # the axis ends at this many times LONGEST, for the text beside the bar
TRAINING_TICKS: Final[Mapping[str, float]] = {"ms": 0.01, "s": 1.0, "min": 60.0, "h": 3600.0}
THICKNESS: Final = 0.4  # of a training's bar, in lanes
NAME: Final[dict[str, Any]] = {"showarrow": False, "xanchor": "left", "font": {"color": INK, "size": 15}}


# ---- the race


def race_stage(
    ways: Sequence[str], race: Race | None, measured: Sequence[Race], text: Mapping[str, str]
) -> Stage:
    """The present race, None before it is run, and all races `measured` with these `ways`, slowest first."""
    return Stage(
        tables=_tables(ways, race, text),
        clock=Clock("time", seconds=SECONDS, idle=not _medians(ways, race)),
        panels=(
            Panel(
                name="bars",
                title=text["bars"] if race is None else text["bars_n"].format(n=f"{race.n:,}"),
                tab=text["tab_bars"],
                figure=_lanes(ways, text),
                layers=tuple(_layers(ways)),
            ),
            Panel(
                name="times", title=text["times"], tab=text["tab_times"], figure=times(ways, measured, text)
            ),
        ),
        layouts=(Layout(("bars times",), "1.15fr 1fr"),),
        readouts=(Readout("{laps_said}", lead=True), Readout("{pace_said}")),
        sentences=(Sentence("{said}"),),
    )


def colour_of(ways: Sequence[str], way: str) -> int:
    """The index of a way's colour and symbol; NumPy, the last way, has the last ones."""
    return len(COLOURS) - len(ways) + list(ways).index(way)


def _medians(ways: Sequence[str], race: Race | None) -> dict[str, float]:
    """The median seconds of each way that was run."""
    found = {way: race.timing(way) for way in ways} if race else {}
    return {way: timing.median for way, timing in found.items() if timing is not None}


def _tables(ways: Sequence[str], race: Race | None, text: Mapping[str, str]) -> dict[str, Table]:
    medians = _medians(ways, race)
    slowest = max(medians.values(), default=0.0)
    clock = np.linspace(0, slowest, PLACES)
    tables: dict[str, Table] = {}
    for way in ways:
        done = np.minimum(1.0, clock / medians[way]) if way in medians else np.zeros(PLACES)
        estimate = race.estimates.get(way) if race else None
        tables[f"{way}_x"] = Table(np.stack([np.zeros(PLACES), done], axis=1), AXES)
        tables[f"{way}_end"] = Table(done + 0.03, AXES)
        states: tuple[str, ...] = text["running"], duration(medians.get(way, 0.0))
        if way not in medians:
            states = ("?" if estimate is None else text["left_out"].format(time=duration(estimate)),)
        tables[f"{way}_state"] = Table((done >= 1).astype(np.uint8), AXES, states)
    return tables | _sentences(ways, medians, clock, race, text)


def _sentences(
    ways: Sequence[str],
    medians: Mapping[str, float],
    clock: FloatArray,
    race: Race | None,
    text: Mapping[str, str],
) -> dict[str, Table]:
    """The read-outs and the sentence, at each time of the clock."""
    always, over = np.zeros(PLACES, np.uint8), (np.arange(PLACES) == PLACES - 1).astype(np.uint8)
    laps, laps_text, pace = np.full(PLACES, np.nan), "", ""
    said = Table(always, AXES, ("" if race else text["not_yet"],))
    fastest = medians.get(ways[-1])
    if fastest is not None and len(medians) > 1:  # a single way has nothing to be compared with
        laps, laps_text = np.floor(clock / fastest + 1e-9), text["laps"]
    if medians:
        pace = text["pace"].format(time=duration(max(medians.values())), seconds=f"{SECONDS:g}")
        said = Table(over, AXES, (text["racing"], text["over"]))
    return {
        "laps": Table(laps, AXES),
        "laps_said": Table(always, AXES, (laps_text,)),
        "pace_said": Table(always, AXES, (pace,)),
        "said": said,
    }


def _layers(ways: Sequence[str]) -> Iterator[Layer]:
    for lane, way in enumerate(ways):
        y, colour = float(len(ways) - 1 - lane), COLOURS[colour_of(ways, way)]
        yield Line(x=f"{way}_x", y=y, colour=colour, width=26, ends="butt")
        yield Text(x=f"{way}_end", y=y, text="{" + way + "_state}", colour=colour)


def _lanes(ways: Sequence[str], text: Mapping[str, str]) -> go.Figure:
    """A lane for each way, with its name above; the axis is the share of its work that is done."""
    above = [{"x": 0, "y": len(ways) - 1 - lane + 0.27, "yanchor": "bottom"} for lane in range(len(ways))]
    return go.Figure(
        layout={
            "template": template(),
            "uirevision": "lanes",
            "margin": {"l": 22, "r": 8, "t": 4, "b": 40},
            "xaxis": {
                "range": [-0.04, ROOM],
                "tickvals": TICKS,
                "ticktext": [percent(share) for share in TICKS],
                "title": {"text": text["work"]},
                "fixedrange": True,
            },
            "yaxis": {"range": [-0.5, len(ways) - 0.2], "visible": False, "fixedrange": True},
            "annotations": [
                NAME | place | {"text": f"<b>{text[f'way_{way}']}</b>"}
                for way, place in zip(ways, above, strict=True)
            ],
        }
    )


# ---- time against n


def times(ways: Sequence[str], measured: Sequence[Race], text: Mapping[str, str]) -> go.Figure:
    """Time against n on logarithmic axes: the medians, and the quartiles as thin bars."""
    figure = go.Figure()
    found = {way: points for way in ways if (points := _points(way, measured))}
    for way, points in found.items():
        figure.add_scatter(**_trace(points, colour_of(ways, way)))
    every = [math.log10(timing.median) for points in found.values() for _, timing in points]
    low, high = (min(every), max(every)) if every else EMPTY
    low, high = math.floor(low) - 0.2, max(math.ceil(high), math.floor(low) + 1) + 0.4
    figure.update_layout(
        template=template(),
        uirevision="times",
        margin={"l": 64},
        xaxis={
            "type": "log",
            "range": SIZES,
            "tickvals": [10**k for k in range(1, 7)],
            "ticktext": [text[f"n_{k}"] for k in range(1, 7)],
            "title": {"text": text["n"]},
            "fixedrange": True,
        },
        yaxis={
            "type": "log",
            "range": [low, high],
            "tickvals": [10.0**k for k in range(-8, 3)],
            "ticktext": [text[f"tick_{-k}" if k < 0 else f"tick_plus_{k}"] for k in range(-8, 3)],
            "fixedrange": True,
        },
        annotations=_names(ways, found, CLOSEST * (high - low), text),
    )
    return figure


def _points(way: str, measured: Sequence[Race]) -> list[tuple[int, Timing]]:
    """A way's timings with their n, the smallest first."""
    found = [(race.n, timing) for race in measured if (timing := race.timing(way)) is not None]
    return sorted(found, key=lambda point: point[0])


def _names(
    ways: Sequence[str],
    found: Mapping[str, Sequence[tuple[int, Timing]]],
    closest: float,
    text: Mapping[str, str],
) -> list[dict[str, Any]]:
    """Each way's name to the right of its last point; where two would overlap, the upper one moves up."""
    names, last = [], -math.inf
    for way, points in sorted(found.items(), key=lambda named: named[1][-1][1].median):
        n, timing = points[-1]
        last = max(math.log10(timing.median), last + closest)
        font = {"color": f"var(--{COLOURS[colour_of(ways, way)]})", "size": 14}
        place = {"x": math.log10(n), "y": last, "xshift": 10}
        names.append(NAME | place | {"text": text[f"short_{way}"], "font": font})
    return names


def _trace(found: Sequence[tuple[int, Timing]], look: int) -> dict[str, Any]:
    colour = f"var(--{COLOURS[look]})"
    medians = [timing.median for _, timing in found]
    return {
        "x": [n for n, _ in found],
        "y": medians,
        "error_y": {
            "type": "data",
            "array": [timing.upper - timing.median for _, timing in found],
            "arrayminus": [timing.median - timing.lower for _, timing in found],
            "color": colour,
            "thickness": 1.5,
        },
        "mode": "lines+markers",
        "line": {"color": colour, "width": 3},
        "marker": {"color": colour, "size": 10, "symbol": SYMBOLS[look]},
    }


# ---- the three trainings


def trainings_stage(times: Mapping[str, float | None], text: Mapping[str, str]) -> Stage:
    """A bar for each way of training on a logarithmic axis; `times` in seconds by way, "?" where none is."""
    figure = _decades(text)
    for lane, way in enumerate(WAYS):
        y, seconds = len(WAYS) - 1 - lane, times.get(way)
        above = {"x": _log10(SHORTEST), "y": y + 0.55 * THICKNESS, "yanchor": "bottom"}
        figure.add_annotation(NAME | above | {"text": f"<b>{text[f'training_{way}']}</b>"})
        beside = {"x": _log10(seconds or SHORTEST), "y": y, "xshift": 6}
        figure.add_annotation(NAME | beside | {"text": "?" if seconds is None else duration(seconds)})
        if seconds is not None:
            bar = {"x": [seconds - SHORTEST], "y": [y], "base": SHORTEST, "width": THICKNESS}
            figure.add_bar(**bar, orientation="h", marker={"color": f"var(--{COLOURS[lane]})"})
    return Stage(
        tables={},
        clock=None,
        panels=(Panel(name="trainings", title=text["trainings"], tab=text["trainings"], figure=figure),),
        layouts=(Layout(("trainings",)),),
        sentences=(Sentence(text["trainings_said"]),),
    )


def _decades(text: Mapping[str, str]) -> go.Figure:
    """The logarithmic axis of seconds, without bars."""
    return go.Figure(
        layout={
            "template": template(),
            "uirevision": "trainings",
            "margin": {"l": 20, "r": 10, "t": 6, "b": 40},
            "xaxis": {
                "type": "log",
                "range": [_log10(SHORTEST), _log10(LONGEST * TRAINING_ROOM)],
                "tickvals": list(TRAINING_TICKS.values()),
                "ticktext": [text[f"training_tick_{unit}"] for unit in TRAINING_TICKS],
                "title": {"text": text["training_axis"].format(count=f"{NUM_ITERATIONS:,}")},
                "fixedrange": True,
            },
            "yaxis": {"visible": False, "range": [-0.5, len(WAYS) - 0.3], "fixedrange": True},
        }
    )


def _log10(seconds: float) -> float:
    return math.log10(max(seconds, SHORTEST))
