"""One colour, one meaning, the same in every chapter; safe for colour-blind eyes.

A figure names a colour by its role, ``var(--cat)``; the browser puts in the tone of the theme that
is on. So light and dark need no second figure. Hues after Okabe and Ito (2008), "Color Universal
Design"; the light ones are darkened, the dark ones lightened, until they stand out from the ground.
"""

from functools import cache, lru_cache
from typing import Any, Final

import plotly.graph_objects as go

CAT: Final = "var(--cat)"
NOT_CAT: Final = "var(--not-cat)"
MINIMUM: Final = "var(--minimum)"
INK: Final = "var(--ink)"
FAINT: Final = "var(--faint)"

TONES: Final[dict[str, dict[str, str]]] = {
    "cat": {"light": "#c84a00", "dark": "#ff8a4c"},
    "not-cat": {"light": "#0067a8", "dark": "#63b8ff"},
    "path": {"light": "#14161a", "dark": "#ffffff"},
    "ahead": {"light": "#d3d6dd", "dark": "#9aa1b0"},
    "gradient": {"light": "#8a2f8f", "dark": "#f0a3f3"},
    "minimum": {"light": "#14161a", "dark": "#ffffff"},
    "slow": {"light": "#00705a", "dark": "#4fd1b0"},
    "slowest": {"light": "#865600", "dark": "#e6b450"},
    "training": {"light": "#00705a", "dark": "#4fd1b0"},
    "held-out": {"light": "#865600", "dark": "#e6b450"},
    "ink": {"light": "#24272e", "dark": "#eceef2"},
    "faint": {"light": "#c9ccd3", "dark": "#4a4f5a"},
    "ground": {"light": "#ffffff", "dark": "#14161b"},
}
"""Role -> tone in the light and in the dark theme, as hex colours."""

COST_SCALE: Final = "Viridis"
"""The cost surface's one perceptual scale."""


SHADED: Final[dict[str, Any]] = {"fillcolor": FAINT, "opacity": 0.35, "line_width": 0, "layer": "below"}
"""How a band with a meaning is drawn behind all else, for add_hrect and add_vrect; a `Text` names it."""


@cache
def template() -> Any:
    """What every figure shares: quiet axes, type that can be read from the last row, no ground of its own.

    To be given with the figure's other layout when it is made: put into a figure later, Plotly takes
    three times as long over it.
    """
    axis = {
        "gridcolor": FAINT,
        "linecolor": FAINT,
        "zerolinecolor": FAINT,
        "tickfont": {"size": 14},
        "title": {"font": {"size": 15}, "standoff": 4},
        "automargin": False,
    }
    scene_axis = axis | {"backgroundcolor": "rgba(0,0,0,0)", "color": INK}
    scene_axis = {name: value for name, value in scene_axis.items() if name != "automargin"}
    scene_axis["title"] = {"font": {"size": 16}}
    scene_axis["tickfont"] = {"size": 12}
    return go.layout.Template(
        layout={
            "font": {"color": INK, "size": 15},
            "paper_bgcolor": "rgba(0,0,0,0)",
            "plot_bgcolor": "rgba(0,0,0,0)",
            "margin": {"l": 46, "r": 10, "t": 6, "b": 40},
            "showlegend": False,
            "hovermode": False,
            "xaxis": axis,
            "yaxis": axis,
            "scene": {"xaxis": scene_axis, "yaxis": scene_axis, "zaxis": scene_axis},
        }
    )


@lru_cache(maxsize=32)
def bare(width: float, height: float, square: bool, top: float = 0.0) -> go.Figure:
    """An empty plot without ticks, its origin in the upper left corner as in a picture; y ends at `top`.

    Kept in a cache: it must not be changed.
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
