"""The second live figure of *Loss*: log loss and squared error over the same (w, b), a descent on each."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Final

import numpy as np

from explainer.maths.checks import BoolArray
from explainer.maths.descent import KINDS, Trajectory, verdicts
from explainer.maths.landscape import Landscape, lowest, stalled
from explainer.stage.cost_figures import cost_figure, least_cost, map_of, surface_beside, verdict_texts
from explainer.stage.path import flat, landmarks, path, raised
from explainer.stage.settings import IN_SIGHT
from explainer.stage.stage import Clock, Layout, Panel, Readout, Sentence, Stage, Table

NEAR: Final = 1.01
"""A last cost up to so many times that of the minimum counts as near it."""
READOUTS: Final = ("readout_log", "end_log", "readout_squared", "end_squared")
ON_ITS_WAY: Final = KINDS.index("still on its way")


@dataclass(frozen=True, eq=False)
class Side:
    """One cost's half of the figure: its landscape, and a run on it for each learning rate."""

    name: str
    landscape: Landscape
    runs: Trajectory

    @property
    def start(self) -> tuple[float, float, float]:
        """(w, b, J) at step 0."""
        return float(self.runs.w[0, 0, 0]), float(self.runs.b[0, 0]), float(self.runs.costs[0, 0])


def stage(sides: tuple[Side, Side], text: Mapping[str, str]) -> Stage:
    """Both costs with one clock and one start. `text` are the chapter's words for the figure."""
    steps = np.arange(sides[0].runs.num_iterations + 1, dtype=np.uint16)
    tables = {"step_number": Table(steps, ("step",))}
    for side in sides:
        tables |= _tables(side, text)
    return Stage(
        tables=tables,
        clock=Clock("step"),
        panels=tuple(chain.from_iterable(zip(*(_panels(side, text) for side in sides), strict=True))),
        layouts=tuple(
            Layout(
                tuple(f"{kind}_log {kind}_squared cost_{side.name}" for side in sides),
                columns="minmax(0,1.2fr) minmax(0,1.2fr) minmax(0,1fr)",
                when={"view": (view,)},
            )
            for kind, view in (("surface", "3-D"), ("map", "map"))
        ),
        readouts=tuple(
            Readout(text[name], lead=True)
            if name.startswith("readout")
            else Readout(text[name], when=IN_SIGHT)
            for name in READOUTS
        ),
        sentences=(
            Sentence(text["sentence_surfaces"], when=IN_SIGHT),
            Sentence(text["sentence_surfaces_so_far"]),
        ),
    )


def _tables(side: Side, text: Mapping[str, str]) -> dict[str, Table]:
    axes, runs, name = ("learning_rate", "step"), side.runs, side.name
    judged = verdicts(runs)
    last = judged.kind[:, -1]
    least = lowest(side.landscape.data.name, side.landscape.link).cost
    on_plateau = [stalled(runs[k], least) for k in range(len(runs.costs))]
    near = (last == ON_ITS_WAY) & _near_minimum(side)
    kind = np.where(on_plateau, len(KINDS), np.where(near, len(KINDS) + 1, last)).astype(np.uint8)
    labels = (*verdict_texts(f"{{since_{name}:d}}"), text["stalled"], text["near"])
    return {
        f"w_{name}": Table(runs.w[..., 0], axes),
        f"b_{name}": Table(runs.b, axes),
        f"cost_{name}": Table(runs.costs, axes),
        f"start_{name}": Table(runs.costs[0, 0]),
        f"end_{name}": Table(runs.costs[:, -1], axes[:1]),
        f"verdict_{name}": Table(kind, axes[:1], labels),
        f"since_{name}": Table(np.maximum(judged.step[:, -1], 0).astype(np.uint16), axes[:1]),
    }


def _near_minimum(side: Side) -> BoolArray:
    """Which runs (k,) end at a cost hardly above that of the minimum."""
    best = side.landscape.minimum
    return np.asarray(side.runs.costs[:, -1] <= (NEAR * best.cost if best else -np.inf))


def _panels(side: Side, text: Mapping[str, str]) -> Iterator[Panel]:
    """The surface, the map, and J by step."""
    name, data, model = side.name, side.landscape.data.name, side.landscape.link
    w, b, cost = f"w_{name}", f"b_{name}", f"cost_{name}"
    here, beyond = text["here"], text[f"beyond_{name}"]
    on_the_map = [*landmarks(side.landscape, side.start, text), *path(w, b, cost, here, beyond)]
    for kind, figure, layers, view, click in (
        ("surface", surface_beside(data, model), raised(on_the_map), "3-D", None),
        ("map", map_of(data, model), flat(on_the_map), "map", "start"),
    ):
        yield Panel(
            name=f"{kind}_{name}",
            title=text[f"{kind}_{name}"],
            tab=text[f"tab_{name}"],
            figure=figure,
            layers=layers,
            when={"view": (view,)},
            click=click,
        )
    yield Panel(
        name=f"cost_{name}",
        title=text[f"by_step_{name}"],
        tab=text[f"tab_cost_{name}"],
        figure=cost_figure(side.start[2], side.runs.num_iterations, text),
        layers=(
            *least_cost(side.landscape, text),
            *flat(path("step_number", cost, cost, here, beyond)),
        ),
    )
