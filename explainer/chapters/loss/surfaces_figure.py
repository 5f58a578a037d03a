"""The chapter *Loss*, second figure: log loss and squared error over the same (w, b), a walk down each."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Final

import numpy as np
import plotly.graph_objects as go

from explainer.maths.checks import BoolArray, IntArray
from explainer.maths.descent import KINDS, SENTENCES, Trajectory, verdicts
from explainer.maths.plateau import stalled
from explainer.stage.landscape import Scenery, cost_figure
from explainer.stage.path import flat, landmarks, raised, walk
from explainer.stage.stage import Clock, Control, Layout, Panel, Readout, Sentence, Stage, Table, Toggle

NUM_ITERATIONS: Final = 500
LEARNING_RATES: Final = (0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0)
LEARNING_RATE_TEXTS: Final = tuple(f"{rate:g}" for rate in LEARNING_RATES)
STEPS: Final = tuple(range(NUM_ITERATIONS + 1))
VIEWS: Final = ("3-D", "map")
NEAR: Final = 1.01  # times the minimum: as good as there


@dataclass(frozen=True, eq=False)
class Side:
    """One cost's half of the figure: its landscape, the walks of `LEARNING_RATES`, the least J known.

    `surface` and `from_above` are the landscape's figures: they are the same for every walk.
    """

    name: str
    scenery: Scenery
    surface: go.Figure
    from_above: go.Figure
    runs: Trajectory
    least: float

    @property
    def start(self) -> tuple[float, float, float]:
        """(w, b, J) at step 0."""
        return float(self.runs.w[0, 0, 0]), float(self.runs.b[0, 0]), float(self.runs.costs[0, 0])


def stage(sides: tuple[Side, Side], text: Mapping[str, str]) -> Stage:
    """Both costs over one clock, from one start. `text` are the chapter's words for the figure."""
    tables = {"step_number": Table(np.arange(NUM_ITERATIONS + 1, dtype=np.uint16), ("step",))}
    for side in sides:
        tables |= _tables(side, text)
    return Stage(
        tables=tables,
        controls=(
            Control("learning_rate", text["learning_rate"], LEARNING_RATES, LEARNING_RATE_TEXTS),
            Control("step", text["step"], STEPS, tuple(map(str, STEPS))),
        ),
        clock=Clock("step"),
        toggles=(
            Toggle("view", text["view"], tuple((view, text[f"view_{view}"]) for view in VIEWS), VIEWS[0]),
        ),
        panels=tuple(chain.from_iterable(zip(*(_panels(side, text) for side in sides), strict=True))),
        layouts=tuple(
            _layout(kind, view, sides) for kind, view in zip(("surface", "map"), VIEWS, strict=True)
        ),
        readouts=tuple(
            Readout(text[f"{what}_{side.name}"], lead=what == "readout")
            for side in sides
            for what in ("readout", "end")
        ),
        sentences=(Sentence(text["sentence_surfaces"]),),
    )


def _layout(kind: str, view: str, sides: tuple[Side, Side]) -> Layout:
    both = " ".join(f"{kind}_{side.name}" for side in sides)
    return Layout(
        tuple(f"{both} cost_{side.name}" for side in sides),
        columns="minmax(0,1.2fr) minmax(0,1.2fr) minmax(0,1fr)",
        when={"view": (view,)},
    )


def _tables(side: Side, text: Mapping[str, str]) -> dict[str, Table]:
    axes, runs, name = ("learning_rate", "step"), side.runs, side.name
    judged = verdicts(runs)
    # A walk that stands on a plateau is said to, whatever else could be said of it.
    stands = [stalled(runs[k], side.least) for k in range(len(LEARNING_RATES))]
    kind = np.where(stands, len(SENTENCES), judged.kind[:, -1])
    kind = np.where(_as_good_as_there(side, kind), len(SENTENCES) + 1, kind).astype(np.uint8)
    at_step = f"{{since_{name}:d}}"
    labels = (
        *(said.replace("{step}", at_step) for said in SENTENCES.values()),
        text["stalled"],
        text["near"],
    )
    return {
        f"w_{name}": Table(runs.w[..., 0], axes),
        f"b_{name}": Table(runs.b, axes),
        f"cost_{name}": Table(runs.costs, axes),
        f"start_{name}": Table(runs.costs[0, 0]),
        f"end_{name}": Table(runs.costs[:, -1], axes[:1]),
        f"verdict_{name}": Table(kind, axes[:1], labels),
        f"since_{name}": Table(np.maximum(judged.step[:, -1], 0).astype(np.uint16), axes[:1]),
    }


def _as_good_as_there(side: Side, kind: IntArray) -> BoolArray:
    """Which walks are still on their way (k,), but in the end at a cost hardly above the minimum's."""
    if side.scenery.minimum is None:
        return np.zeros(kind.shape, dtype=np.bool_)
    near: BoolArray = side.runs.costs[:, -1] <= NEAR * side.scenery.minimum[2]
    near &= kind == KINDS.index("still on its way")
    return near


def _panels(side: Side, text: Mapping[str, str]) -> Iterator[Panel]:
    """The surface, the same from above, and J by step."""
    name = side.name
    w, b, cost = f"w_{name}", f"b_{name}", f"cost_{name}"
    here, beyond = text["here"], text[f"beyond_{name}"]
    on_the_map = [*landmarks(side.scenery, side.start, text), *walk(w, b, cost, here, beyond)]
    yield Panel(
        name=f"surface_{name}",
        title=text[f"surface_{name}"],
        tab=text[f"tab_{name}"],
        figure=side.surface,
        layers=raised(on_the_map),
        when={"view": ("3-D",)},
    )
    yield Panel(
        name=f"map_{name}",
        title=text[f"map_{name}"],
        tab=text[f"tab_{name}"],
        figure=side.from_above,
        layers=flat(on_the_map),
        when={"view": ("map",)},
        click="start",
    )
    yield Panel(
        name=f"cost_{name}",
        title=text[f"by_step_{name}"],
        tab=text[f"tab_cost_{name}"],
        figure=cost_figure(side.scenery, side.start[2], NUM_ITERATIONS, text),
        layers=flat(walk("step_number", cost, cost, here, beyond)),
    )
