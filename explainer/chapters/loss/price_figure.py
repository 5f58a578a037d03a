"""What an answer a costs, for either outcome: the log loss, and the squared error under it."""

from collections.abc import Mapping
from typing import Final

import numpy as np
import plotly.graph_objects as go

from explainer.maths.logistic import loss
from explainer.stage.palette import CAT, NOT_CAT, template

HIGHEST: Final = 4.0
"""The upper end of axes of losses: what a = 0.018 costs where y = 1. Beyond, an arrow points up."""


def price_figure(text: Mapping[str, str]) -> go.Figure:
    """-log(a) and -log(1 - a), and dashed under them (a - 1)^2 and a^2, each with its word beside it."""
    a = np.concatenate([np.geomspace(1e-3, 0.1, 40), np.linspace(0.1, 0.9, 40)[1:-1]])
    a = np.concatenate([a, 1 - a[a <= 0.1][::-1]])
    figure = go.Figure()
    for label, colour in ((1, CAT), (0, NOT_CAT)):
        Y = np.full_like(a, label)
        line = {"color": colour, "width": 3}
        figure.add_scatter(x=a, y=loss(a, Y), mode="lines", line=line)
        figure.add_scatter(x=a, y=(a - Y) ** 2, mode="lines", line=line | {"dash": "dash", "width": 2})
        side = {"showarrow": False, "xanchor": "left" if label else "right", "font": {"color": colour}}
        figure.add_annotation(x=0.24 if label else 0.76, y=3.2, text=text[f"curve_{label}"], **side)
        figure.add_annotation(x=0.0 if label else 1.0, y=1.6, text=text[f"square_{label}"], **side)
    figure.update_layout(
        template=template(),
        uirevision="why",
        xaxis={"title": {"text": text["a"]}, "range": [-0.03, 1.03], "tickvals": [0, 0.5, 1]},
        yaxis={"title": {"text": text["loss"]}, "range": [-0.15, HIGHEST]},
    )
    return figure
