"""Loop, vectorise, think: the time of a whole training, three ways, as bars by decades."""

import math
from collections.abc import Mapping, Sequence
from typing import Any, Final

import plotly.graph_objects as go

from explainer.chapters.vectorization.race_figure import COLOURS
from explainer.chapters.vectorization.trainings import NUM_ITERATIONS, WAYS, Rung
from explainer.stage.palette import INK, template
from explainer.stage.stage import Layout, Panel, Sentence, Stage
from explainer.words.numbers import duration

SHORTEST, LONGEST = 0.01, 10_000.0
"""Ends of the axis, in seconds."""
ROOM: Final = 12  # times as far to the right as the longest bar, for its time
THICK: Final = 0.4  # of a lane
TICKS: Final[Mapping[str, float]] = {"ms": 0.01, "s": 1.0, "min": 60.0, "h": 3600.0}
NOTE: Final[dict[str, Any]] = {"showarrow": False, "xanchor": "left", "font": {"color": INK, "size": 15}}


def whole(rung: Rung) -> float | None:
    """Seconds of all iterations: measured, or as many times one iteration's; None if none was run."""
    if rung.per_iteration is not None:
        return rung.seconds if rung.iterations == NUM_ITERATIONS else rung.per_iteration * NUM_ITERATIONS
    return None if rung.estimate is None else rung.estimate * NUM_ITERATIONS


def stage(rungs: Sequence[Rung], text: Mapping[str, str]) -> Stage:
    """A bar for each way that was measured, "?" for the others."""
    found = {rung.way: whole(rung) for rung in rungs}
    figure = _decades(text)
    for lane, way in enumerate(WAYS):
        y, seconds = len(WAYS) - 1 - lane, found.get(way)
        above = {"x": _log10(SHORTEST), "y": y + 0.55 * THICK, "yanchor": "bottom"}
        figure.add_annotation(NOTE | above | {"text": f"<b>{text[f'rung_{way}']}</b>"})
        beside = {"x": _log10(seconds or SHORTEST), "y": y, "xshift": 6}
        figure.add_annotation(NOTE | beside | {"text": "?" if seconds is None else duration(seconds)})
        if seconds is not None:
            figure.add_bar(
                x=[seconds - SHORTEST],
                y=[y],
                base=SHORTEST,
                orientation="h",
                width=THICK,
                marker={"color": f"var(--{COLOURS[lane]})"},
            )
    return Stage(
        tables={},
        controls=(),
        clock=None,
        panels=(Panel(name="rungs", title=text["rungs"], tab=text["rungs"], figure=figure),),
        layouts=(Layout(("rungs",)),),
        sentences=(Sentence(text["rungs_said"]),),
    )


def _decades(text: Mapping[str, str]) -> go.Figure:
    """The axis of seconds, by factors, without bars."""
    figure = go.Figure()
    figure.update_layout(
        template=template(),
        uirevision="rungs",
        margin={"l": 20, "r": 10, "t": 6, "b": 40},
        xaxis={
            "type": "log",
            "range": [_log10(SHORTEST), _log10(LONGEST * ROOM)],
            "tickvals": list(TICKS.values()),
            "ticktext": [text[f"rung_tick_{unit}"] for unit in TICKS],
            "title": {"text": text["rung_axis"].format(count=f"{NUM_ITERATIONS:,}")},
            "fixedrange": True,
        },
        yaxis={"visible": False, "range": [-0.5, len(WAYS) - 0.3], "fixedrange": True},
    )
    return figure


def _log10(seconds: float) -> float:
    return math.log10(max(seconds, SHORTEST))
