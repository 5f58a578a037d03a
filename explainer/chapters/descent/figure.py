"""The live figure of the chapter *Gradient descent*: one walk down the cost, seen four ways."""

from collections.abc import Iterator, Mapping
from typing import Final

import numpy as np
import plotly.graph_objects as go

from explainer.maths.descent import SENTENCES, Trajectory, verdicts
from explainer.stage.landscape import Scenery, cost_figure, data_figure, map_figure, surface_figure
from explainer.stage.layers import Curve
from explainer.stage.path import Raisable, flat, landmarks, raised, walk
from explainer.stage.stage import Clock, Control, Layout, Panel, Readout, Sentence, Stage, Table, Toggle
from explainer.words.numbers import line

NUM_ITERATIONS: Final = 500
_DECADE: Final = (1.0, 1.2, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0)
LEARNING_RATES: Final[tuple[float, ...]] = (
    *(float(f"{digit * 10.0**power:.2g}") for power in range(-3, 2) for digit in _DECADE),
    100.0,
)
LEARNING_RATE_TEXTS: Final[tuple[str, ...]] = tuple(f"{rate:g}" for rate in LEARNING_RATES)
ITERATIONS: Final[tuple[int, ...]] = tuple(range(1, NUM_ITERATIONS + 1))
ITERATION_TEXTS: Final[tuple[str, ...]] = tuple(str(count) for count in ITERATIONS)
VIEWS: Final = ("both", "3-D", "map")
COMPARISONS: Final = ("one", "four")
ONE: Final[dict[str, tuple[str, ...]]] = {"compare": ("one",)}
FOUR: Final[dict[str, tuple[str, ...]]] = {"compare": ("four",)}


def stage(scenery: Scenery, runs: Trajectory, four: tuple[float, ...], text: Mapping[str, str]) -> Stage:
    """All panels over one clock. `runs` are those of `LEARNING_RATES`, one step longer than the clock.

    `four` are the learning rates to compare side by side, `text` the chapter's words for the figure.
    """
    start = (float(runs.w[0, 0, 0]), float(runs.b[0, 0]), float(runs.costs[0, 0]))
    on_the_map = [
        *landmarks(scenery, start, text),
        *walk("w", "b", "cost", text["here"], text["beyond"]),
    ]
    from_above = map_figure(scenery)
    return Stage(
        tables=_tables(scenery, runs),
        controls=_controls(text),
        clock=Clock("step", end="iterations"),
        toggles=_toggles(text),
        panels=(
            *_one(scenery, start[2], from_above, on_the_map, text),
            *_four(four, from_above, on_the_map, text),
        ),
        layouts=_layouts(),
        readouts=_readouts(scenery, text),
        sentences=(Sentence(text["sentence"], when=ONE), Sentence(text["sentence_four"], when=FOUR)),
    )


def _one(
    scenery: Scenery, start: float, from_above: go.Figure, on_the_map: list[Raisable], text: Mapping[str, str]
) -> tuple[Panel, ...]:
    """One walk, seen four ways; `start` is its cost at step 0."""
    return (
        Panel(
            name="surface",
            title=text["surface"],
            tab=text["tab_surface"],
            figure=surface_figure(scenery),
            layers=raised(on_the_map),
            when=ONE | {"view": ("both", "3-D")},
        ),
        Panel(
            name="map",
            title=text["map"],
            tab=text["tab_map"],
            figure=from_above,
            layers=flat(on_the_map),
            when=ONE | {"view": ("both", "map")},
            click="start",
        ),
        Panel(
            name="data",
            title=text["data"].format(title=scenery.data.title),
            tab=text["tab_data"],
            figure=data_figure(scenery.data, scenery.link, text),
            layers=(_curve(scenery),),
            when=ONE,
        ),
        Panel(
            name="cost",
            title=text["cost"],
            tab=text["tab_cost"],
            figure=cost_figure(scenery, start, NUM_ITERATIONS, text),
            layers=flat(walk("step_number", "cost", "cost", text["here"], text["beyond"])),
            when=ONE,
            follow_x="iterations",
        ),
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
            at={"learning_rate": LEARNING_RATES.index(rate)},
            when=FOUR,
            click="start",
        )


def _tables(scenery: Scenery, runs: Trajectory) -> dict[str, Table]:
    axes = ("learning_rate", "step")
    w, b = runs.w[..., 0], runs.b
    slope, intercept = scenery.standardised.to_real_units(w, b)
    judged = verdicts(runs)
    labels = tuple(
        sentence.replace("{step}", "{verdict_step@iterations:d}") for sentence in SENTENCES.values()
    )
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


def _toggles(text: Mapping[str, str]) -> tuple[Toggle, ...]:
    views = tuple((view, text[f"view_{view}"]) for view in VIEWS)
    comparisons = tuple((comparison, text[f"compare_{comparison}"]) for comparison in COMPARISONS)
    return (
        Toggle("view", text["view"], views, VIEWS[0], wide_only=True),
        Toggle("compare", text["compare"], comparisons, COMPARISONS[0]),
    )


def _controls(text: Mapping[str, str]) -> tuple[Control, ...]:
    steps = (0, *ITERATIONS)
    return (
        Control(
            "learning_rate",
            text["learning_rate"],
            LEARNING_RATES,
            LEARNING_RATE_TEXTS,
            when=ONE,
        ),
        Control("iterations", text["iterations"], ITERATIONS, ITERATION_TEXTS),
        Control("step", text["step"], steps, tuple(str(step) for step in steps)),
    )


def _layouts() -> tuple[Layout, ...]:
    return (
        Layout(("four0 four1 four2 four3",), when=FOUR),
        Layout(
            ("surface map data", "surface map cost"),
            columns="minmax(0,1.25fr) minmax(0,1.1fr) minmax(0,1fr)",
            when={"view": ("both",)},
        ),
        Layout(
            ("surface data", "surface cost"), columns="minmax(0,1.7fr) minmax(0,1fr)", when={"view": ("3-D",)}
        ),
        Layout(("map data", "map cost"), columns="minmax(0,1.7fr) minmax(0,1fr)", when={"view": ("map",)}),
    )


def _curve(scenery: Scenery) -> Curve:
    return Curve(
        slope="w",
        intercept="b",
        link="sigmoid" if scenery.link == "sigmoid" else "identity",
        shift=float(scenery.standardised.mean.item()),
        scale=float(scenery.standardised.scale.item()),
        colour="path",
        width=3.5,
    )


def _readouts(scenery: Scenery, text: Mapping[str, str]) -> tuple[Readout, ...]:
    published = scenery.data.published if scenery.link == "sigmoid" else None
    real = text["real"]
    if published is not None:
        real += text["published"].format(line=line(*published))
    return (
        Readout(text["readout_cost"], lead=True, when=ONE),
        Readout(text["readout_verdict"], lead=True, when=ONE),
        Readout(text["readout_w"], when=ONE),
        Readout(text["readout_b"], when=ONE),
        Readout(text["readout_gradient"], colour="gradient", when=ONE),
        Readout(real, when=ONE),
    )
