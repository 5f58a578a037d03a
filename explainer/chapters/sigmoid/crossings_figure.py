"""Where line and sigmoid say 0.5: marks with their words for any panel, and a panel of their own."""

from collections.abc import Iterator, Mapping
from typing import Final, Literal

import numpy as np
import plotly.graph_objects as go

from explainer.maths.checks import FloatArray
from explainer.maths.datasets import Dataset
from explainer.maths.outlier import Tipping
from explainer.stage.layers import Marker
from explainer.stage.palette import INK, template
from explainer.stage.stage import Table

AXES: Final = ("outlier",)

Place = Literal["left", "right", "above", "below"]


def tables(tipping: Tipping) -> dict[str, Table]:
    """Each model's crossing, and the same only where it is less than the other's, and where it is more."""
    both = {"line": tipping.line_cut, "sigmoid": tipping.sigmoid_cut}
    is_less = {"line": both["line"] < both["sigmoid"], "sigmoid": both["sigmoid"] < both["line"]}
    made = {}
    for model, cut in both.items():
        made[f"{model}_cut"] = Table(cut, AXES)
        made[f"{model}_less"] = Table(np.where(is_less[model], cut, np.nan), AXES)
        made[f"{model}_more"] = Table(np.where(is_less[model], np.nan, cut), AXES)
    return made


def markers(
    x: str | None, y: float | None, places: tuple[Place, Place], text: Mapping[str, str]
) -> Iterator[Marker]:
    """Both crossings, given as x or as y, whichever is None; the smaller one's word stands in places[0]."""
    for model in ("line", "sigmoid"):
        for side, place in zip(("less", "more"), places, strict=True):
            cut = f"{model}_{side}"
            said = text[f"{model}_cut" if x is None else f"cuts_{model}"]
            yield Marker(
                x=cut if x is None else x,
                y=cut if y is None else y,
                colour="path",
                size=6,
                text=said,
                place=place,
            )


def figure(data: Dataset, tipping: Tipping, text: Mapping[str, str]) -> go.Figure:
    """The crossings by the position of the extra example."""
    drawn = go.Figure()
    for cuts, dash, width in ((tipping.line_cut, "dash", 1.5), (tipping.sigmoid_cut, "solid", 2)):
        drawn.add_scatter(
            x=tipping.positions[1:],
            y=cuts[1:],
            mode="lines",
            line={"color": INK, "dash": dash, "width": width},
        )
    room = 0.25 * float(np.ptp(data.X))  # so that a shift looks as large as it is beside the data
    cuts = np.concatenate([tipping.line_cut, tipping.sigmoid_cut])
    drawn.update_layout(
        template=template(),
        uirevision=data.name,
        xaxis={"title": {"text": text["cuts_x"]}, "range": _with_room(tipping.positions[1:]), "nticks": 5},
        yaxis={"title": {"text": text["cuts_y"]}, "range": [cuts.min() - room, cuts.max() + room]},
    )
    return drawn


def _with_room(values: FloatArray) -> list[float]:
    """From the least to the largest value, and an eighth of that more at both ends, for a word."""
    room = float(np.ptp(values)) / 8
    return [float(values.min()) - room, float(values.max()) + room]
