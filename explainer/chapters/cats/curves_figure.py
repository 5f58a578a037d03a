"""Curves by step: what a run costs and how often it is right, alone and beside other learning rates."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, Final, Literal

import plotly.graph_objects as go

from explainer.chapters.cats.learning import Learning, Marks
from explainer.maths.checks import FloatArray
from explainer.maths.scores import Majority
from explainer.stage.layers import Band, Layer, Marker, Trail
from explainer.stage.palette import INK, template
from explainer.stage.stage import Panel

HEIGHTS: Final = (0.9, 1.8)
"""How high a plot of J is: few heights, so that it seldom has to be drawn anew.

What leaves the highest stands at its edge, as an arrow.
"""
COLOURS: Final = ("slowest", "slow", "path", "gradient")
"""Of learning rates side by side."""


def one_run(learning: Learning, majority: Majority, text: Mapping[str, str]) -> Iterator[Panel]:
    """J and accuracy of one run, on the pictures it learns from and on those held out."""
    kinds = {"training": learning.training} | ({"held_out": learning.held_out} if learning.held_out else {})
    costs = [marks.costs for marks in kinds.values()]
    yield Panel(
        name="cost",
        title=text["cost"],
        tab=text["tab_cost"],
        figure=_cost_plot(costs, text),
        layers=_points_last(_curves("cost", kinds, text)),
        follow_x="iterations",
    )
    yield Panel(
        name="accuracy",
        title=text["accuracy"],
        tab=text["tab_accuracy"],
        figure=_accuracy_plot(list(kinds.values()), majority, text, room=0.29),
        layers=(*_band(learning), *_points_last(_curves("accuracy", kinds, text))),
        follow_x="iterations",
    )


def _band(learning: Learning) -> list[Layer]:
    """Where the true accuracy may lie. On pictures that were learned from, none is true."""
    return [Band(x="step_number", low="low", high="high", colour="held-out")] if learning.held_out else []


def side_by_side(runs: Sequence[Learning], majority: Majority, text: Mapping[str, str]) -> Iterator[Panel]:
    """J on the training pictures and accuracy on those held out, a line for each learning rate."""
    judged = [run.held_out or run.training for run in runs]
    plots = {
        "cost": _cost_plot([run.training.costs for run in runs], text),
        "accuracy": _accuracy_plot(judged, majority, text, room=0.1),
    }
    which = "held_out" if runs[0].held_out else "training"
    for what, figure in plots.items():
        yield Panel(
            name=f"{what}_four",
            title=text[f"{what}_four"].replace("{which}", text["training" if what == "cost" else which]),
            tab=text[f"tab_{what}"],
            figure=figure,
            layers=_points_last(
                layer for k in range(len(runs)) for layer in _line(f"{what}_{k}", COLOURS[k])
            ),
            follow_x="iterations",
        )


def _points_last(layers: Iterable[Layer]) -> tuple[Layer, ...]:
    """No curve is drawn over the point of another and its name."""
    return tuple(sorted(layers, key=lambda layer: isinstance(layer, Marker)))


def _colour(kind: str) -> str:
    return kind.replace("_", "-")


def _curves(what: str, kinds: Mapping[str, Marks], text: Mapping[str, str]) -> Iterator[Layer]:
    for kind in kinds:
        name, beyond = text[kind], text[f"beyond_{what}"]
        # Mostly training is the lower J and the higher accuracy: so placed, names keep apart.
        place: Literal["above", "below"] = (
            "above" if (what == "accuracy") == (kind == "training") else "below"
        )
        # How right it will be on pictures it never saw is what a visitor is asked: no line tells it before.
        ahead = what == "cost" or kind == "training"
        yield from _line(f"{what}_{kind}", _colour(kind), name, f"{name} {beyond}", place, ahead)


def _line(
    y: str,
    colour: str,
    name: str = "",
    beyond: str = "",
    place: Literal["above", "below"] = "above",
    ahead: bool = True,
) -> Iterator[Layer]:
    """The curve so far and its name at its point; also what is ahead of it, faintly."""
    if ahead:
        yield Trail(x="step_number", y=y, colour=colour, width=1, until="end")
    yield Trail(x="step_number", y=y, colour=colour, width=3)
    beyond = beyond.replace("{value}", f"{{{y}:.3g}}")
    yield Marker(x="step_number", y=y, colour=colour, size=6, text=name, place=place, beyond=beyond)


def _cost_plot(costs: Sequence[FloatArray], text: Mapping[str, str]) -> go.Figure:
    highest = max(float(one.max()) for one in costs)
    return _high(next((height for height in HEIGHTS if highest <= height), HEIGHTS[-1]), text["step"])


@lru_cache(maxsize=8)
def _high(height: float, step: str) -> go.Figure:
    """An empty plot of J, so high. Shared by all who ask for it: nobody changes it."""
    return _by_step(step, {"title": {"text": "J"}, "range": [0.0, height]})


def _accuracy_plot(
    marks: Sequence[Marks], majority: Majority, text: Mapping[str, str], room: float
) -> go.Figure:
    """`room` above 100 %, for a name, as a part of what is below."""
    lowest = max(0, 10 * int(10 * min(float(one.accuracies.min()) for one in marks) - 0.5))
    guessing = text["always_cat" if majority.is_cat else "always_not_cat"].format(share=majority.share)
    return _percent(lowest, 100 + room * (100 - lowest), majority.share, guessing, text["step"])


@lru_cache(maxsize=32)
def _percent(lowest: int, highest: float, guessed: float, guessing: str, step: str) -> go.Figure:
    """An empty plot of shares, with what somebody scores who says the same of every picture. Shared."""
    ticks = [tick for tick in range(0, 101, 10 if lowest > 40 else 20) if tick >= lowest]
    percent = {"tickvals": ticks, "ticktext": [f"{tick} %" for tick in ticks]}
    figure = _by_step(step, {"range": [lowest, highest]} | percent)
    figure.add_hline(
        y=100 * guessed,
        line={"color": INK, "width": 1.5, "dash": "dot"},
        # In the middle, for at either end the names of the curves' points come to rest.
        annotation={"text": guessing, "font": {"color": INK, "size": 13}, "x": 0.5, "xanchor": "center"},
        annotation_position="bottom",
    )
    return figure


def _by_step(step: str, values: Mapping[str, Any]) -> go.Figure:
    """An empty plot of something by step; `values` is its axis."""
    return go.Figure(
        layout={
            "template": template(),
            "margin": {"l": 54, "r": 12, "t": 6, "b": 38},
            "xaxis": {"title": {"text": step}},
            "yaxis": dict(values),
        }
    )
