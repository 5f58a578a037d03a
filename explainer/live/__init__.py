"""The live figure: numpy computes a table, the browser plays it.

A chapter describes a `Stage` (see `explainer.stage.stage`) and its controls (`explainer.stage.settings`);
both are packed once, published at an address of their own and shown. The browser then answers every slider,
key and finger alone, also when the server is gone.

A complete small example: y = a x, with a slider for a and a clock that walks along x.

    import numpy as np
    import plotly.graph_objects as go
    from explainer.stage.layers import Marker, Trail
    from explainer.stage.settings import Slider
    from explainer.stage.stage import Clock, Layout, Panel, Readout, Sentence, Stage, Table
    from explainer.live import Visitor, live, pack, publish

    SLOPE, STEP = Slider("slope", (0.5, 1.0, 2.0), start=1.0), Slider("step", range(11))
    slopes, xs = np.array(SLOPE.values), np.array(STEP.values)
    stage = Stage(
        tables={
            "x": Table(xs, axes=("step",)),
            "y": Table(slopes[:, None] * xs, axes=("slope", "step")),
        },
        clock=Clock("step"),
        panels=(
            Panel(
                name="plot",
                title="y = {slope} x",
                tab="plot",
                figure=go.Figure(layout={"xaxis": {"range": [0, 10]}, "yaxis": {"range": [0, 20]}}),
                layers=(
                    Trail(x="x", y="y", colour="path"),
                    Marker(x="x", y="y", colour="cat", text="step {step}"),
                ),
            ),
        ),
        layouts=(Layout(rows=("plot",)),),
        readouts=(Readout("y = {slope} × {x:d} = {y:.1f}"),),
        sentences=(Sentence("At step {step}, y is {y:.1f}."),),
    )
    packed = pack(stage, (SLOPE, STEP), {"slope": "slope a", "step": "step"})
    live(publish(packed, "example"), Visitor(figure="example"), key="example")
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import streamlit as st

from explainer.live.pack import outline, pack
from explainer.live.scripts import component_loader, component_style, plotly_paths
from explainer.serving import published

__all__ = ["Block", "Visitor", "live", "pack", "publish"]

_component = st.components.v2.component(
    "cat_or_not_live",
    html='<div class="live-root"></div>',
    css=component_style(),
    js=component_loader(),
    isolate_styles=False,  # Plotly puts its style sheet into the document, which a shadow root would not see
)


@dataclass(frozen=True)
class Block:
    """A packed stage with the path at which browsers fetch it.

    A page's run sends the path and the outline: all visitors share one block, a reload and Back find it in
    the browser's cache, and the controls stand before its tables have arrived.
    """

    packed: bytes
    path: str
    outline: str

    def is_published(self) -> bool:
        """Whether it can still be fetched: a visitor's own may have made room for that of others."""
        return published.find(self.path) is not None

    def withdraw(self) -> None:
        """Nobody fetches it from now on."""
        published.withdraw(self.path)


def publish(packed: bytes, title: str, own: bool = False) -> Block:
    """Publishes a packed stage until it is withdrawn; what is a visitor's `own` under a secret name."""
    return Block(packed, published.publish(packed, title, "block", own), outline(packed))


@dataclass(frozen=True)
class Visitor:
    """What one visitor's figure is to show, apart from the stage, which all visitors share.

    `texts` are the controls' texts, as the address has them: all are taken over when the figure first
    appears, later those named in `told` by a revision newer than the last `revision` which the browser has
    had, so that nothing is lost if an answer between never comes. `address` are the texts of settings
    that Python owns; the browser writes them into the address beside its own, and takes out those that
    are None, because they have no effect now. `figure` is this figure's name among all of the app's,
    under which the browser remembers its controls. `watched` are pairs (control, text in use): once the
    control rests elsewhere, the script runs again, and with it what more hangs on them. `about` names
    what else the stage was made of: where it is given, the browser keeps the last few stages by it and by
    what is watched, and shows one again before Python answers. `restored` says that the address held
    nothing, so that what the browser remembers counts. `entries` counts what was chosen that Back undoes:
    with a larger number the browser makes a new entry in its history. `returns` is the number of the last
    step Back or Forward that Python has answered: what was moved after a later one is newer than what is
    `told`. `attempt` counts how often the browser did not find the block: with another number it fetches
    it again. The figure is to `play`, until the step `stop` or to its end, and to be brought `in_sight`.
    `text_scale` is how many times larger than usual all type is. `scene` are the settings that what is
    said of a scene is about: the browser hides it once one of them, the clock's aside, is another.
    """

    figure: str
    texts: Mapping[str, str] = field(default_factory=dict)
    address: Mapping[str, str | None] = field(default_factory=dict)
    told: Mapping[str, int] = field(default_factory=dict)
    revision: int = 0
    restored: bool = False
    play: bool = False
    stop: int | None = None
    in_sight: bool = False
    watched: tuple[tuple[str, str], ...] = ()
    about: str = ""
    entries: int = 0
    returns: int = 0
    attempt: int = 0
    text_scale: float = 1.0
    scene: Mapping[str, str] = field(default_factory=dict)


def live(
    block: Block,
    visitor: Visitor,
    *,
    key: str,
    on_clicked: Callable[[], None] = lambda: None,
    on_settled: Callable[[], None] = lambda: None,
    on_missing: Callable[[], None] = lambda: None,
    on_returned: Callable[[], None] = lambda: None,
) -> Any:
    """Shows a published stage.

    The result's ``clicked`` is ``{"name", "x", "y", "state", "beside"}`` in the run after a click on a panel,
    ``settled`` is ``{"state", "beside"}`` after a watched control came to rest; otherwise None. ``state`` are
    the controls' texts, ``beside`` those of Python's own settings which they stood beside. Where the block is
    no longer there when the browser fetches it, the browser asks for one more run, which publishes it anew.
    ``returned`` is ``{"query", "number"}``: the address's query after Back or Forward within the page, and
    the number of this step in the browser.
    """
    served = {"block": block.path, "outline": block.outline, "plotly": plotly_paths()}
    return _component(
        key=key,
        data=[vars(visitor) | served],  # in a list, for in a dictionary Streamlit looks for data frames
        on_clicked_change=on_clicked,
        on_settled_change=on_settled,
        on_missing_change=on_missing,
        on_returned_change=on_returned,
    )
