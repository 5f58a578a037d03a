"""A plot without axes, for pictures and boxes to lie on."""

from functools import lru_cache

import plotly.graph_objects as go

from explainer.stage.palette import template


@lru_cache(maxsize=32)
def bare(width: float, height: float, square: bool, top: float = 0.0) -> go.Figure:
    """An empty plot without ticks from the upper left, as pictures have it, to `width` and `height`.

    Shared by all who ask for the same: nobody changes it.
    """
    hidden = {"showgrid": False, "zeroline": False, "showticklabels": False, "constrain": "domain"}
    return go.Figure(
        layout={
            "template": template(),
            "margin": {"l": 6, "r": 6, "t": 6, "b": 6},
            "xaxis": hidden | {"range": [0, width]},
            "yaxis": hidden | {"range": [height, top]} | ({"scaleanchor": "x"} if square else {}),
        }
    )
