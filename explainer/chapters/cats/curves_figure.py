"""Curves by step: cost and accuracy of a run, alone and beside other learning rates."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, Final, Literal

import plotly.graph_objects as go

from explainer.chapters.cats.learning import Learning, Marks
from explainer.maths.checks import FloatArray
from explainer.maths.scores import Majority
from explainer.stage.layers import NUMBER, Band, Layer, Level, Marker, Trail
from explainer.stage.palette import template
from explainer.stage.settings import Choice
from explainer.stage.stage import Panel
from explainer.words import fill, placeholder
from explainer.words.numbers import Share, percent

GUESSING: Final = Choice("guessing", ("hidden", "shown"), when={"view": ("learning", "four")})
"""Whether it is shown what always giving one answer scores: readers are asked beforehand."""
GUESSED: Final[dict[str, tuple[str, ...]]] = {GUESSING.name: ("shown",)}
HEIGHTS: Final = (0.9, 1.8)
"""The possible ends of the axis of J: only two, so that the plot seldom has to be drawn anew.

A larger J is shown as an arrow at the upper edge.
"""
COLOURS: Final = ("slowest", "slow", "path", "gradient")
"""The colours of the compared learning rates."""


def one_run(learning: Learning, majority: Majority, text: Mapping[str, str]) -> Iterator[Panel]:
    """J and accuracy of one run, on the training pictures and on those held out."""
    kinds = {"training": learning.training} | ({"held_out": learning.held_out} if learning.held_out else {})
    costs = [marks.costs for marks in kinds.values()]
    # The confidence interval of the accuracy: on training pictures it would mean nothing.
    band = [Band(x="step_number", low="low", high="high", colour="held-out")] if learning.held_out else []
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
        figure=_accuracy_plot(list(kinds.values()), text, room=0.29),
        layers=(*band, _guessing(majority, text), *_points_last(_curves("accuracy", kinds, text))),
        follow_x="iterations",
    )


def side_by_side(runs: Sequence[Learning], majority: Majority, text: Mapping[str, str]) -> Iterator[Panel]:
    """J in training and the accuracy on held-out pictures, a line for each learning rate."""
    judged = [run.judged for run in runs]
    plots = {
        "cost": _cost_plot([run.training.costs for run in runs], text),
        "accuracy": _accuracy_plot(judged, text, room=0.1),
    }
    which = "held_out" if runs[0].held_out else "training"
    levels = {"cost": (), "accuracy": (_guessing(majority, text),)}
    for what, figure in plots.items():
        yield Panel(
            name=f"{what}_four",
            title=fill(text[f"{what}_four"], which=text[which]),
            tab=text[f"tab_{what}"],
            figure=figure,
            layers=(
                *levels[what],
                *_points_last(layer for k in range(len(runs)) for layer in _line(f"{what}_{k}", COLOURS[k])),
            ),
            follow_x="iterations",
        )


def _points_last(layers: Iterable[Layer]) -> tuple[Layer, ...]:
    """Points after curves, so that no curve is drawn over another's point or its name."""
    return tuple(sorted(layers, key=lambda layer: isinstance(layer, Marker)))


def _curves(what: str, kinds: Mapping[str, Marks], text: Mapping[str, str]) -> Iterator[Layer]:
    for kind in kinds:
        name, beyond = text[kind], text[f"beyond_{what}"]
        # Training mostly has the lower J and the higher accuracy, so names placed like this do not overlap.
        place: Literal["above", "below"] = (
            "above" if (what == "accuracy") == (kind == "training") else "below"
        )
        yield from _line(f"{what}_{kind}", kind.replace("_", "-"), name, f"{name} {beyond}", place)


def _line(
    y: str,
    colour: str,
    name: str = "",
    beyond: str = "",
    place: Literal["above", "below"] = "above",
) -> Iterator[Layer]:
    """The curve so far, with its name at the present point; as far as it is known beyond, it is faint."""
    yield Trail(x="step_number", y=y, colour=colour, width=1, until="end")
    yield Trail(x="step_number", y=y, colour=colour, width=3)
    beyond = fill(beyond, value=placeholder(y, ".3g"))
    yield Marker(
        x="step_number", y=y, colour=colour, size=6, text=name, place=place, beyond=beyond, importance=NUMBER
    )


def _cost_plot(costs: Sequence[FloatArray], text: Mapping[str, str]) -> go.Figure:
    highest = max(float(one.max()) for one in costs)
    return _high(next((height for height in HEIGHTS if highest <= height), HEIGHTS[-1]), text["step"])


@lru_cache(maxsize=8)
def _high(height: float, step: str) -> go.Figure:
    """An empty plot of J, up to `height`. Figures share it, so it must not be changed."""
    return _by_step(step, {"title": {"text": "J"}, "range": [0.0, height]})


def _accuracy_plot(marks: Sequence[Marks], text: Mapping[str, str], room: float) -> go.Figure:
    """`room` is left above 100 %, for a name, as a share of the axis below."""
    lowest = max(0, 10 * int(10 * min(float(one.accuracies.min()) for one in marks) - 0.5))
    return _percent(lowest, 100 + room * (100 - lowest), text["step"])


@lru_cache(maxsize=32)
def _percent(lowest: int, highest: float, step: str) -> go.Figure:
    """An empty plot of accuracies. Figures share it, so it must not be changed."""
    ticks = [tick for tick in range(0, 101, 10 if lowest > 40 else 20) if tick >= lowest]
    labels = {"tickvals": ticks, "ticktext": [percent(tick / 100) for tick in ticks]}
    return _by_step(step, {"range": [lowest, highest]} | labels)


def _guessing(majority: Majority, text: Mapping[str, str]) -> Level:
    """A line at what always giving the same answer scores."""
    always = text["always_cat" if majority.is_cat else "always_not_cat"].format(share=Share(majority.share))
    return Level(y=100 * majority.share, text=always, colour="ink", when=GUESSED)


def _by_step(step: str, values: Mapping[str, Any]) -> go.Figure:
    """An empty plot by step; `values` describes its vertical axis."""
    return go.Figure(
        layout={
            "template": template(),
            "margin": {"l": 54, "r": 12, "t": 6, "b": 38},
            "xaxis": {"title": {"text": step}},
            "yaxis": dict(values),
        }
    )
