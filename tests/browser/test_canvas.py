"""The canvas puts a point where Plotly puts its own marker, to within 2 pixels.

The projection uses Plotly's internals; this holds it to what Plotly draws.
"""

import io
from collections.abc import Iterator, Sequence

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Browser, Page

from explainer.stage.layers import Marker
from tests.browser.conftest import forget, new_tab
from tests.browser.figure import Figure
from tests.browser.serving import Server

TOLERANCE = 2.0  # CSS pixels
PICTURES = 12
IN_THE_AIR = {(255, 0, 255): (0.0, 0.0, 4.5), (0, 255, 255): (-3.0, -3.0, 3.5), (255, 0, 0): (2.0, -4.0, 4.2)}
"""Marker colour -> (w, b, J) well above the surface, where it hides nothing."""
SMALL_SCREEN = {"width": 1024, "height": 640}
"""A scene is drawn in software here, which takes as long as it has pixels."""
Centres = dict[tuple[int, int, int], tuple[float, float]]
"""Marker colour -> its place in pixels of the page's window."""
ON_THE_MAP = [(0.0, 0.0), (3.0, -2.0), (-1.5, 1.25)]


@pytest.fixture(scope="module", params=[1, 2], ids=["1x", "2x"])
def sharp_tab(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    """A tab on a screen with so many pixels to a CSS pixel."""
    with new_tab(browser, device_scale_factor=request.param) as tab:
        yield tab


@pytest.fixture
def sharp(sharp_tab: Page, server: Server) -> Iterator[Figure]:
    """A figure on that screen."""
    sharp_tab.set_viewport_size(SMALL_SCREEN)  # type: ignore[arg-type]
    figure = Figure(sharp_tab)
    yield figure
    assert figure.errors == []
    forget(sharp_tab, server)


def hide_what_moves(figure: Figure) -> None:
    figure.page.add_style_tag(content=".live canvas.moving, .live .corner { visibility: hidden !important; }")


def plotly_on_the_map(figure: Figure) -> list[tuple[float, float]]:
    """Centres of Plotly's markers on the map, in pixels of the page's window."""
    return [
        (x, y)
        for x, y in figure.panel("map").evaluate(
            "(panel) => [...panel.querySelectorAll('.scatterlayer .point')].map((point) => {"
            " const box = point.getBoundingClientRect();"
            " return [box.left + box.width / 2, box.top + box.height / 2]; })"
        )
    ]


def compare_on_the_map(figure: Figure) -> None:
    figure.wait_for_frames()
    ours = [figure.project("map", point) for point in ON_THE_MAP]
    np.testing.assert_allclose(ours, plotly_on_the_map(figure), atol=TOLERANCE)


def test_on_the_map(sharp: Figure, server: Server) -> None:
    sharp.open(f"{server}/descent?view=map")
    sharp.plot(
        "map",
        "catOrNotPlotly.addTraces(gd, { type: 'scatter', mode: 'markers', marker: { size: 10 },"
        " x: it.map((p) => p[0]), y: it.map((p) => p[1]) }).then(() => null)",
        ON_THE_MAP,
    )
    compare_on_the_map(sharp)

    before = sharp.ranges("map")
    sharp.drag("map", (0.1, 0.08), (0.92, 0.85))
    sharp.wait_for_frames()
    after = sharp.ranges("map")
    assert after[0][1] - after[0][0] < before[0][1] - before[0][0]
    compare_on_the_map(sharp)

    sharp.page.set_viewport_size({"width": 900, "height": 700})
    sharp.page.wait_for_function(
        "() => { const panel = document.querySelector('[data-panel=map]'), gd = panel.querySelector('.plot');"
        " return Math.abs(gd._fullLayout.width - panel.querySelector('.stack').clientWidth) < 1; }"
    )
    compare_on_the_map(sharp)


def colour_centres(figure: Figure) -> Centres | None:
    """Where each marker's colour lies, in CSS pixels of the page's window; None if one is not there."""
    box = figure.panel("surface").locator(".stack").bounding_box()
    assert box is not None
    clip = {name: float(value) for name, value in box.items()}
    picture = np.asarray(
        Image.open(io.BytesIO(figure.page.screenshot(clip=clip))).convert("RGB")  # type: ignore[arg-type]
    ).astype(int)
    ratio = figure.page.evaluate("devicePixelRatio")
    origin = [np.floor(box["x"] * ratio), np.floor(box["y"] * ratio)]
    centres = {}
    for colour in IN_THE_AIR:
        rows, columns = np.nonzero((np.abs(picture - colour) < 60).all(axis=-1))
        if rows.size < 30:
            return None
        centres[colour] = (
            (origin[0] + columns.mean() + 0.5) / ratio,
            (origin[1] + rows.mean() + 0.5) / ratio,
        )
    return centres


def compare_in_the_air(figure: Figure) -> None:
    """Plotly draws a scene, and says so, some frames later: what counts is where it comes to rest."""
    before: Centres | None = None
    for _ in range(PICTURES):
        figure.wait_for_frames()
        centres = colour_centres(figure)
        ours = {colour: figure.project("surface", point) for colour, point in IN_THE_AIR.items()}
        if centres is not None and centres == before and off(ours, centres) <= TOLERANCE:
            return
        before = centres
    assert before is not None, "the markers are not on the screen"
    raise AssertionError(f"{off(ours, before):.1f} pixels off: drawn at {ours}, Plotly's markers at {before}")


def off(ours: Centres, theirs: Centres) -> float:
    return max(float(np.abs(np.subtract(ours[colour], theirs[colour])).max()) for colour in IN_THE_AIR)


def moved(before: Sequence[float], after: Sequence[float]) -> float:
    return float(np.linalg.norm(np.subtract(before, after)))


def test_in_the_scene(sharp: Figure, server: Server) -> None:
    sharp.open(f"{server}/descent?view=3-D")
    hide_what_moves(sharp)
    sharp.plot(
        "surface",
        "catOrNotPlotly.addTraces(gd, it.map(([colour, p]) => ({ type: 'scatter3d', mode: 'markers',"
        " x: [p[0]], y: [p[1]], z: [p[2]], marker: { size: 12, color: `rgb(${colour})`, opacity: 1 } })))"
        ".then(() => null)",
        [[",".join(map(str, colour)), list(point)] for colour, point in IN_THE_AIR.items()],
    )
    compare_in_the_air(sharp)

    first = sharp.camera()
    sharp.turn("surface", (0.45, 0.5), (0.48, 0.51), enough=0.05)
    sharp.wait_for_frames()
    turned = sharp.camera()
    assert moved(first, turned) > 0.05
    compare_in_the_air(sharp)

    sharp.plot(
        "surface",
        "catOrNotPlotly.relayout(gd, { 'scene.camera.eye': it }).then(() => null)",
        dict(zip("xyz", (1.25 * value for value in turned[:3]), strict=True)),
    )
    compare_in_the_air(sharp)

    width, height = SMALL_SCREEN.values()
    sharp.page.set_viewport_size({"width": width - 150, "height": height + 60})
    sharp.page.wait_for_function(
        "() => { const panel = document.querySelector('[data-panel=surface]');"
        " const gd = panel.querySelector('.plot');"
        " return Math.abs(gd._fullLayout.width - panel.querySelector('.stack').clientWidth) < 1; }"
    )
    compare_in_the_air(sharp)


@pytest.mark.parametrize("address", ["descent?view=map", "cats"])
def test_the_point_of_the_first_and_the_last_step_is_whole(
    server: Server, figure: Figure, address: str
) -> None:
    figure.open(f"{server}/{address}")
    (left, right), (low, _) = figure.ranges("cost")
    last = int(figure.state["iterations"])
    places = [figure.project("cost", (step, low))[0] for step in (left, 0, last, right)]
    assert np.diff(places)[[0, 2]].min() > Marker.size
