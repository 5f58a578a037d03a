"""What too few and too many hidden units do: maps of several widths, from all points or from a few."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

from explainer.chapters.hidden.network_figure import both_classes, heat, plane_figure, point_tables
from explainer.chapters.hidden.points import axes, points_of
from explainer.chapters.hidden.trainings import NUM_ITERATIONS, Run, first_points
from explainer.chapters.hidden.widths import COUNTS, WIDTHS, widths_runs
from explainer.maths.decision import box_around, decision_maps
from explainer.stage.stage import Layout, Panel, Readout, Sentence, Stage, Table
from explainer.words import fill
from explainer.words.numbers import percent

SIZES: Final = {"all": 2.2, "few": 4.5}
"""How large a point is drawn, in pixels."""
IN_A_ROW: Final = 3


def stage(data: str, seed: int, learned_from: str, text: Mapping[str, str]) -> Stage:
    """A map for each width, of its last step; how many answers are right is in its title."""
    runs, shown = widths_runs(data, seed, learned_from), first_points(points_of(data), COUNTS[learned_from])
    rows = (WIDTHS[first : first + IN_A_ROW] for first in range(0, len(WIDTHS), IN_A_ROW))
    return Stage(
        tables=point_tables("learned", shown.X, shown.Y) | _maps(data, runs),
        clock=None,
        panels=tuple(_panels(data, runs, SIZES[learned_from], text)),
        layouts=(Layout(tuple(" ".join(f"width{units}" for units in row) for row in rows)),),
        readouts=(Readout(text["readout_widths"].format(shares=_all_shares(runs, text)), colour="held-out"),),
        sentences=(Sentence(_sentence(runs, shown.Y.size, text)),),
    )


def _maps(data: str, runs: Mapping[int, Run]) -> dict[str, Table]:
    box = box_around(points_of(data).X)
    return {f"map{units}": Table(decision_maps([one.end], box)[0]) for units, one in runs.items()}


def _panels(data: str, runs: Mapping[int, Run], size: float, text: Mapping[str, str]) -> Iterator[Panel]:
    box = box_around(points_of(data).X)
    figure = plane_figure(box, tuple(replace(axis, name="") for axis in axes(data)))
    figure.update_layout(margin={"l": 46 if axes(data)[1].places else 34, "r": 6, "t": 4, "b": 26})
    for units, one in runs.items():
        yield Panel(
            name=f"width{units}",
            title=text["width"].format(units=units, **_shares(one)),
            tab=f"{units}",
            figure=figure,
            layers=(heat(box, f"map{units}"), *both_classes("learned", {}, size)),
        )


def _shares(one: Run) -> dict[str, str]:
    return {"training": percent(float(one.training[-1])), "held_out": percent(float(one.held_out[-1]))}


def _all_shares(runs: Mapping[int, Run], text: Mapping[str, str]) -> str:
    """How many of the held-out points each width gets right: on a phone one map is seen at a time."""
    return ", ".join(
        text["width_share"].format(units=units, held_out=_shares(one)["held_out"])
        for units, one in runs.items()
    )


def _sentence(runs: Mapping[int, Run], m: int, text: Mapping[str, str]) -> str:
    """How the narrowest, the best and the widest do on points that they have not seen."""
    held_out = {units: float(one.held_out[-1]) for units, one in runs.items()}
    best = max(held_out, key=lambda units: (held_out[units], -units))
    return fill(
        text["sentence_widths"],
        m=m,
        steps=f"{NUM_ITERATIONS:,}",
        least=percent(held_out[WIDTHS[0]]),
        best=best,
        best_held_out=percent(held_out[best]),
        most=WIDTHS[-1],
        **{f"most_{name}": share for name, share in _shares(runs[WIDTHS[-1]]).items()},
    )
