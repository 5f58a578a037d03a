"""The live figure of the chapter *Vectorization*: the ways race in true proportion; time against n."""

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import numpy as np
import plotly.graph_objects as go

from explainer.chapters.vectorization.stopwatch import Race, Timing
from explainer.maths.checks import FloatArray
from explainer.stage.layers import Layer, Line, Text
from explainer.stage.palette import INK, template
from explainer.stage.stage import Clock, Control, Layout, Panel, Readout, Sentence, Stage, Table
from explainer.words.numbers import duration

CLOCK: Final = "time"
AXES: Final = (CLOCK,)
PLACES: Final = 101  # the clock in percent of the slowest way's time
SECONDS: Final = 6.0  # in which the slowest way is shown to do its work
TICKS: Final = (0, 0.5, 1)
ROOM: Final = 1.42  # right end of the axis: at 1 the work is done, then there is its time to read
COLOURS: Final = ("slowest", "slow", "path")
SYMBOLS: Final = ("square", "diamond", "circle")
EMPTY: Final = (-7.0, 0.0)  # decades of seconds that are shown before anything is measured
SIZES: Final = (0.7, 7.8)  # decades of n, and room for the names
CLOSEST: Final = 0.08  # of the height: two names' distance, or they would overlap


def stage(ways: Sequence[str], race: Race | None, measured: Sequence[Race], text: Mapping[str, str]) -> Stage:
    """The present race, None before it is run, and all `measured` of the same twin; `ways` slowest first."""
    places = tuple(range(PLACES))
    return Stage(
        tables=_tables(ways, race, text),
        controls=(Control(CLOCK, text["time"], places, tuple(map(str, places)), start=PLACES - 1),),
        clock=Clock(CLOCK, seconds=SECONDS),
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
    """The place of a way's colour and symbol: NumPy's is always the last."""
    return len(COLOURS) - len(ways) + list(ways).index(way)


def _medians(ways: Sequence[str], race: Race | None) -> dict[str, float]:
    """Seconds of every way that was run."""
    found = {way: race.timing(way) for way in ways} if race else {}
    return {way: timing.median for way, timing in found.items() if timing is not None}


def _tables(ways: Sequence[str], race: Race | None, text: Mapping[str, str]) -> dict[str, Table]:
    medians = _medians(ways, race)
    slowest = max(medians.values(), default=0.0)
    clock = np.linspace(0, slowest, PLACES)
    tables: dict[str, Table] = {}
    for way in ways:
        done = progress(clock, medians.get(way))
        tables[f"{way}_x"] = Table(np.stack([np.zeros(PLACES), done], axis=1), AXES)
        tables[f"{way}_end"] = Table(done + 0.03, AXES)
        ended = (done >= 1).astype(np.uint8)
        tables[f"{way}_state"] = Table(ended, AXES, (text["running"], duration(medians.get(way, 0.0))))
        if way not in medians:
            left_out = race.estimates.get(way) if race else None
            said = "?" if left_out is None else text["left_out"].format(time=duration(left_out))
            tables[f"{way}_state"] = Table(np.zeros(PLACES, np.uint8), AXES, (said,))
    return tables | _said(ways, medians, clock, race, text)


def progress(clock: FloatArray, seconds: float | None) -> FloatArray:
    """The share of its work, 0 to 1, that a way has done by each time; 0 if it was not run."""
    if seconds is None:
        return np.zeros_like(clock)
    return np.minimum(1.0, clock / seconds)


def _said(
    ways: Sequence[str],
    medians: Mapping[str, float],
    clock: FloatArray,
    race: Race | None,
    text: Mapping[str, str],
) -> dict[str, Table]:
    """The texts beside the bars, at each time."""
    always, over = np.zeros(PLACES, np.uint8), (np.arange(PLACES) == PLACES - 1).astype(np.uint8)
    fastest = medians.get(ways[-1])
    said = {"laps": Table(np.full(PLACES, np.nan), AXES), "laps_said": Table(always, AXES, ("",))}
    if fastest is not None and len(medians) > 1:  # alone there is no meanwhile
        laps = np.floor(clock / fastest + 1e-9)
        said = {"laps": Table(laps, AXES), "laps_said": Table(always, AXES, (text["laps"],))}
    if not medians:
        waits = "" if race else text["not_yet"]
        return said | {"pace_said": Table(always, AXES, ("",)), "said": Table(always, AXES, (waits,))}
    pace = text["pace"].format(time=duration(max(medians.values())), seconds=f"{SECONDS:g}")
    return said | {
        "pace_said": Table(always, AXES, (pace,)),
        "said": Table(over, AXES, (text["racing"], text["over"])),
    }


def _layers(ways: Sequence[str]) -> Iterator[Layer]:
    for lane, way in enumerate(ways):
        y, colour = float(len(ways) - 1 - lane), COLOURS[colour_of(ways, way)]
        yield Line(x=f"{way}_x", y=y, colour=colour, width=26, ends="butt")
        yield Text(x=f"{way}_end", y=y, text=f"{{{way}_state}}", colour=colour)


def _lanes(ways: Sequence[str], text: Mapping[str, str]) -> go.Figure:
    """A lane for each way, with its name above; the axis counts the work that is done."""
    figure = go.Figure()
    names = [
        {"x": 0, "y": len(ways) - 1 - lane + 0.27, "text": f"<b>{text[f'way_{way}']}</b>", "showarrow": False,
         "xanchor": "left", "yanchor": "bottom", "font": {"color": INK, "size": 15}}
        for lane, way in enumerate(ways)
    ]  # fmt: skip
    figure.update_layout(
        template=template(),
        uirevision="lanes",
        margin={"l": 22, "r": 8, "t": 4, "b": 40},
        xaxis={
            "range": [-0.04, ROOM],
            "tickvals": TICKS,
            "ticktext": [f"{share:.0%}" for share in TICKS],
            "title": {"text": text["work"]},
            "fixedrange": True,
        },
        yaxis={"range": [-0.5, len(ways) - 0.2], "visible": False, "fixedrange": True},
        annotations=names,
    )
    return figure


def times(ways: Sequence[str], measured: Sequence[Race], text: Mapping[str, str]) -> go.Figure:
    """Time against n, both by decades: medians, with the middle half of the samples as thin bars."""
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
    """Each way's name to the right of its last point; where two meet, the upper one makes room."""
    names, last = [], -math.inf
    for way, points in sorted(found.items(), key=lambda named: named[1][-1][1].median):
        n, timing = points[-1]
        last = max(math.log10(timing.median), last + closest)
        names.append(
            {"x": math.log10(n), "y": last, "text": text[f"short_{way}"], "showarrow": False,
             "xanchor": "left", "xshift": 10,
             "font": {"color": f"var(--{COLOURS[colour_of(ways, way)]})", "size": 14}}
        )  # fmt: skip
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
