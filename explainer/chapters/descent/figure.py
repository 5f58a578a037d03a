"""The live figure of *Gradient descent*: the run of one learning rate in four plots, or four runs."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

import numpy as np
import plotly.graph_objects as go

from explainer.maths.descent import Trajectory, verdicts
from explainer.maths.landscape import OBJECTIVES, Landscape
from explainer.stage.cost_figures import (
    cost_figure,
    data_figure,
    least_cost,
    map_figure,
    surface_figure,
    verdict_texts,
)
from explainer.stage.layers import Curve, Line, Marker
from explainer.stage.path import Raisable, flat, landmarks, path, raised
from explainer.stage.settings import IN_SIGHT
from explainer.stage.stage import Clock, Layout, Panel, Readout, Sentence, Stage, Table
from explainer.words.numbers import line

ONE: Final[dict[str, tuple[str, ...]]] = {"compare": ("one",)}
FOUR: Final[dict[str, tuple[str, ...]]] = {"compare": ("four",)}


def stage(
    shown: Landscape,
    runs: Trajectory,
    four: tuple[float, ...],
    text: Mapping[str, str],
    hand: tuple[tuple[float, float], ...] = (),
) -> Stage:
    """The figure of `runs`, one for each learning rate, which are one step longer than the clock.

    `four` are the learning rates to compare side by side, `text` the chapter's words for the figure.
    `hand` are the places (w, b) of a walk by hand, which is drawn beside the run where there is one.
    """
    start = (float(runs.w[0, 0, 0]), float(runs.b[0, 0]), float(runs.costs[0, 0]))
    marks = landmarks(shown, start, text)
    on_the_map = [
        *marks,
        *(_by_hand(text) if hand else ()),
        *path("w", "b", "cost", text["here"], text["beyond"]),
    ]
    from_above = map_figure(shown)
    return Stage(
        tables=_tables(shown, runs) | (_hand_tables(shown, hand) if hand else {}),
        clock=Clock("step", end="iterations"),
        panels=(
            *_one(shown, runs, from_above, on_the_map, text),
            *_four(four, from_above, on_the_map, text),
        ),
        layouts=_layouts(),
        readouts=(
            *_readouts(shown, text),
            *((Readout(text["readout_hand"], colour="held-out", when=ONE),) if hand else ()),
        ),
        sentences=(
            Sentence(text["sentence"], when=ONE | IN_SIGHT),
            Sentence(text["sentence_so_far"], when=ONE),
            Sentence(text["sentence_four"], when=FOUR),
        ),
    )


def _one(
    shown: Landscape,
    runs: Trajectory,
    from_above: go.Figure,
    on_the_map: list[Raisable],
    text: Mapping[str, str],
) -> tuple[Panel, ...]:
    """One run in four plots."""
    start, last = float(runs.costs[0, 0]), runs.num_iterations - 1  # the clock's last step
    by_step = flat(path("step_number", "cost", "cost", text["here"], text["beyond"]))
    surface, map_, data, cost = (
        Panel(name=name, title=text[name], tab=text[f"tab_{name}"], figure=figure, layers=layers, when=ONE)
        for name, figure, layers in (
            ("surface", surface_figure(shown), raised(on_the_map)),
            ("map", from_above, flat(on_the_map)),
            ("data", data_figure(shown.data, shown.link, text), (_curve(shown),)),
            ("cost", cost_figure(start, last, text), (*least_cost(shown, text), *by_step)),
        )
    )
    return (
        replace(surface, when=ONE | {"view": ("both", "3-D")}),
        replace(map_, when=ONE | {"view": ("both", "map")}, click="start"),
        replace(data, title=text["data"].format(title=shown.data.title)),
        replace(cost, follow_x="iterations"),
    )


def _four(
    rates: tuple[float, ...], from_above: go.Figure, on_the_map: list[Raisable], text: Mapping[str, str]
) -> Iterator[Panel]:
    """The same map once for each learning rate."""
    for number, rate in enumerate(rates):
        yield Panel(
            name=f"four{number}",
            title=text["four"],
            tab="{learning_rate}",
            figure=from_above,
            layers=flat(on_the_map),
            at={"learning_rate": rate},
            when=FOUR,
            click="start",
        )


def _tables(shown: Landscape, runs: Trajectory) -> dict[str, Table]:
    axes = ("learning_rate", "step")
    w, b = runs.w[..., 0], runs.b
    slope, intercept = shown.standardised.to_real_units(w, b)
    judged = verdicts(runs)
    labels = verdict_texts("{verdict_step@iterations:d}")
    return {
        "w": Table(w, axes),
        "b": Table(b, axes),
        "cost": Table(runs.costs, axes),
        "dw": Table(runs.dw[..., 0], axes),
        "db": Table(runs.db, axes),
        "slope": Table(slope, axes),
        "intercept": Table(intercept, axes),
        "start_cost": Table(runs.costs[0, 0]),
        "step_number": Table(np.arange(runs.costs.shape[-1], dtype=np.uint16), ("step",)),
        "verdict": Table(judged.kind.astype(np.uint8), axes, labels),
        "verdict_step": Table(np.maximum(judged.step, 0).astype(np.uint16), axes),
    }


def _by_hand(text: Mapping[str, str]) -> list[Raisable]:
    """The walk by hand, dashed, with its word at the place where it ends."""
    end = Marker(x="hand_end_w", y="hand_end_b", colour="held-out", symbol="square", text=text["hand"])
    return [
        (Line(x="hand_w", y="hand_b", colour="held-out", dash=(6, 4)), "hand_costs"),
        (end, "hand_cost"),
    ]


def _hand_tables(shown: Landscape, hand: tuple[tuple[float, float], ...]) -> dict[str, Table]:
    """The places of a walk by hand, J at each, where it ends, and how many moves it took."""
    w, b = np.array(hand).T
    X, Y, objective = shown.standardised.X, shown.data.Y, OBJECTIVES[shown.link]
    costs = np.array([objective.cost(np.array([[one]]), other, X, Y) for one, other in hand])
    return {
        "hand_w": Table(w),
        "hand_b": Table(b),
        "hand_costs": Table(costs),
        "hand_end_w": Table(w[-1]),
        "hand_end_b": Table(b[-1]),
        "hand_cost": Table(costs[-1]),
        "hand_moves": Table(np.array(len(hand) - 1, dtype=np.uint16)),
    }


def _layouts() -> tuple[Layout, ...]:
    two = "minmax(0,1.7fr) minmax(0,1fr)"
    three = "minmax(0,1.25fr) minmax(0,1.1fr) minmax(0,1fr)"
    views = (("both", "surface map", three), ("3-D", "surface", two), ("map", "map", two))
    return (
        Layout(("four0 four1 four2 four3",), when=FOUR),
        *(
            Layout((f"{left} data", f"{left} cost"), columns=columns, when={"view": (view,)})
            for view, left, columns in views
        ),
    )


def _curve(shown: Landscape) -> Curve:
    return Curve(
        slope="w",
        intercept="b",
        link="sigmoid" if shown.link == "sigmoid" else "identity",
        shift=float(shown.standardised.mean.item()),
        scale=float(shown.standardised.scale.item()),
        colour="path",
        width=3.5,
    )


def _readouts(shown: Landscape, text: Mapping[str, str]) -> tuple[Readout, ...]:
    real, published = text["real"], shown.data.published
    if published and shown.link == "sigmoid":
        real += text["published"].format(line=line(*published))
    return (
        *(Readout(text[f"readout_{name}"], lead=True, when=ONE) for name in ("cost", "verdict")),
        *(Readout(text[f"readout_{name}"], when=ONE) for name in ("w", "b")),
        Readout(text["readout_gradient"], colour="gradient", when=ONE),
        Readout(real, when=ONE),
    )
