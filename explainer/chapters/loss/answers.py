"""What the page of *Loss* says in numbers, computed from the data that the visitor is looking at."""

from functools import lru_cache
from typing import Any, Final

import numpy as np

from explainer.maths import logistic
from explainer.maths.checks import FloatArray
from explainer.maths.curvature import Convexity, convexity
from explainer.maths.datasets import DATASETS
from explainer.maths.landscape import GRID, OBJECTIVES, Landscape, landscape
from explainer.maths.surface import highest_corner
from explainer.words import words
from explainer.words.numbers import number, percent

SIDES: Final = {"log": "sigmoid", "squared": "squared"}
"""The two costs of the second figure -> the models for which `landscape` has them."""


def about_text(data: str) -> str:
    """What x and y are, and where the data come from."""
    text, shown = words("loss").text["about"], DATASETS[data]
    return text.format(feature=shown.feature, outcome=shown.outcome, source=shown.source.rstrip("."))


# ---- the two costs


@lru_cache(maxsize=16)
def convexity_on_map(data: str, model: str) -> Convexity:
    """Whether the cost is a bowl, at every place of the map."""
    shown = landscape(data, model)
    return convexity(shown.standardised.X, shown.data.Y, shown.w, shown.b, OBJECTIVES[model])


def bowls_text(data: str) -> str:
    """Which of the two costs is a bowl, with the numbers, and whether the map has a lower place."""
    text = words("loss").text
    lines = [text["bowls"].format(grid=GRID)]
    for name, model in SIDES.items():
        found = convexity_on_map(data, model)
        numbers = {key: number(getattr(found, key), 2) for key in ("smallest", "w", "b")}
        sentence = text["bowl" if found.convex else "no_bowl"]
        lines.append(sentence.format(what=text[f"cost_{name}"], share=percent(found.share), **numbers))
    lines.append(_lower_place_text(landscape(data, SIDES["squared"])))
    return "\n".join(line.strip() for line in lines if line)


def _lower_place_text(shown: Landscape) -> str:
    """Where the map is lower than at the minimum; "" if it is nowhere."""
    row, column = np.unravel_index(np.argmin(shown.costs), shown.costs.shape)
    lower = shown.costs[row, column]
    if shown.minimum is None or lower >= shown.minimum.cost:
        return ""
    text = words("loss").text["lower_elsewhere"]
    w, b = number(shown.w[column], 2), number(shown.b[row], 2)
    return text.format(cost=number(shown.minimum.cost, 3), w=w, b=b, lower=number(lower, 3))


# ---- the tasks


@lru_cache(maxsize=8)
def answers(data: str) -> dict[str, Any]:
    """The numbers in the tasks' questions and answers; None where these data have none."""
    shown = landscape(data, "sigmoid")
    X, Y = shown.standardised.X, shown.data.Y
    return {
        "m": Y.size,
        "half": number(float(logistic.loss(0.5, 1)), 3),
        "zero_cost": number(logistic.cost([[0.0]], 0.0, X, Y), 3),
        **_at_highest_corner(shown, X, Y),
        **_at_minimum(shown, X, Y),
    }


def _at_highest_corner(shown: Landscape, X: FloatArray, Y: FloatArray) -> dict[str, Any]:
    """The slopes of both costs in the highest corner of the map, and the share of wrong examples there."""
    row, column = highest_corner(shown.costs)
    w, b = shown.w[[column]][:, None], float(shown.b[row])
    both = {name: OBJECTIVES[model].gradients(w, b, X, Y) for name, model in SIDES.items()}
    slope = {name: float(np.hypot(dw.item(), db)) for name, (dw, db) in both.items()}
    return {
        "far_w": number(w.item()),
        "far_b": number(b),
        "far_wrong": percent(np.mean((w * X + b > 0) != (Y == 1))),
        "slope_log": number(slope["log"], 2),
        "slope_squared": number(slope["squared"], 2),
        "steeper": number(slope["log"] / slope["squared"], 2),
    }


def _at_minimum(shown: Landscape, X: FloatArray, Y: FloatArray) -> dict[str, Any]:
    """How much of J the costliest examples make up at the minimum; None for each number if there is none."""
    if shown.minimum is None:
        return dict.fromkeys(("count", "share", "worst_x", "worst_y", "worst", "times"))
    w, b, cost = shown.minimum
    losses = logistic.loss_from_z(w * X + b, Y)[0]
    worst, count = int(np.argmax(losses)), max(1, Y.size // 4)
    return {
        "count": count,
        "share": percent(np.sort(losses)[-count:].sum() / losses.sum()),
        "worst_x": number(shown.data.X[0, worst]),
        "worst_y": int(Y[0, worst]),
        "worst": number(losses[worst], 3),
        "times": number(losses[worst] / cost, 2),
    }
