"""A plot without axes, for pictures and boxes to lie on."""

import plotly.graph_objects as go

from explainer.figures.palette import template


def bare(width: float, height: float, square: bool, top: float = 0.0) -> go.Figure:
    """An empty plot without ticks from the upper left, as pictures have it, to `width` and `height`."""
    hidden = {"showgrid": False, "zeroline": False, "showticklabels": False, "constrain": "domain"}
    return go.Figure(
        layout={
            "template": template(),
            "margin": {"l": 6, "r": 6, "t": 6, "b": 6},
            "xaxis": hidden | {"range": [0, width]},
            "yaxis": hidden | {"range": [height, top]} | ({"scaleanchor": "x"} if square else {}),
        }
    )
