"""A click on the map chooses the start; Python computes the walks from there."""

from collections.abc import Iterator
from urllib.parse import parse_qsl

import pytest

from tests.browser.figure import Figure
from tests.browser.serving import Server

PAGE = "descent?view=map"


@pytest.fixture
def on_the_map(chapter_page: tuple[Figure, dict[str, str]]) -> Iterator[Figure]:
    """The map, opened once: at step 0, and from the start that the test before has left."""
    figure, first = chapter_page
    yield figure.go_back_to(first | {"start": figure.address["start"]})
    assert figure.errors == []


def first_point(figure: Figure) -> tuple[float, float]:
    """(w, b) of step 0, as the read-outs say."""
    figure.ask("player.goTo(0)")
    lines = figure.readouts()
    return number_after("w := ", lines), number_after("b := ", lines)


def number_after(lead: str, lines: list[str]) -> float:
    line = next(line for line in lines if line.startswith(lead))
    return float(line.removeprefix(lead).split()[0].replace("−", "-"))


def start_in_address(figure: Figure) -> tuple[float, float]:
    w, b = (float(part) for part in figure.address["start"].split(","))
    return w, b


def click(figure: Figure, w: float, b: float, **options: object) -> None:
    before = figure.address["start"]
    figure.wait_until_no_double_click()
    figure.click_map(w, b, **options)
    figure.page.wait_for_function(
        "(before) => new URLSearchParams(location.search).get('start') !== before", arg=before
    )
    figure.wait_for_server()


@pytest.mark.parametrize(
    "query", ["view=map", "view=map&start=1,1&step=40", "view=map&learning_rate=0.05&compare=one"]
)
def test_a_click_on_the_map_is_the_new_start(
    on_the_map: Figure, chapter_page: tuple[Figure, dict[str, str]], query: str
) -> None:
    _, first = chapter_page
    figure = on_the_map.go_back_to(first | dict(parse_qsl(query)))
    figure.slide("learning_rate", "ArrowRight")
    rate = figure.state["learning_rate"]
    click(figure, -2.0, 4.0)
    w, b = start_in_address(figure)
    assert (w, b) == pytest.approx((-2.0, 4.0), abs=0.05)
    figure.wait_for_state(step="0", learning_rate=rate)
    assert first_point(figure) == pytest.approx((w, b), abs=0.001)

    # The start stays, whatever the learning rate.
    figure.slide("learning_rate", "ArrowRight", times=3)
    assert first_point(figure) == pytest.approx((w, b), abs=0.001)
    assert start_in_address(figure) == (w, b)


@pytest.mark.parametrize("way", ["by link", "from home"])
def test_a_click_after_a_walk_starts_anew(figure: Figure, server: Server, way: str) -> None:
    if way == "by link":
        figure.open(f"{server}/descent?view=map")
    else:
        figure.open_from_home(server)
    figure.ask("player.goTo(17)")
    figure.wait_for_address(step="17")
    click(figure, -2.0, 4.0)
    figure.wait_for_state(step="0")
    figure.ask("player.goTo(23)")
    figure.wait_for_address(step="23")
    click(figure, 0.0, 1.0)
    figure.wait_for_state(step="0")


def test_a_click_while_it_plays_starts_anew(on_the_map: Figure) -> None:
    figure = on_the_map.go_back_to(on_the_map.address | {"iterations": "500"})
    figure.button("play").click()
    figure.wait_for("Number(player.state().step) > 5")
    click(figure, 0.0, 2.0)
    figure.wait_for_state(step="0", iterations="500")
    assert not figure.ask("player.isPlaying()")
    assert first_point(figure) == pytest.approx(start_in_address(figure), abs=0.001)


def test_fast_clicks_end_at_the_last_place(on_the_map: Figure) -> None:
    figure = on_the_map
    for w, b in ((-3.0, 3.0), (2.0, 4.0), (-1.0, -4.0), (1.5, 1.5)):
        figure.click_map(w, b)
    figure.page.wait_for_function(
        "() => { const [w, b] = new URLSearchParams(location.search).get('start').split(',').map(Number);"
        " return Math.hypot(w - 1.5, b - 1.5) < 0.1; }"
    )
    figure.wait_for_server()
    assert first_point(figure) == pytest.approx(start_in_address(figure), abs=0.001)


def test_a_drag_zooms_and_is_no_click(on_the_map: Figure) -> None:
    figure = on_the_map
    before, start = figure.ranges("map"), figure.address["start"]
    figure.drag("map", (0.3, 0.3), (0.7, 0.7))
    figure.page.wait_for_function(
        "([panel, before]) => document.querySelector(panel)._fullLayout.xaxis.range[0] !== before",
        arg=['[data-panel="map"] .plot', before[0][0]],
    )
    figure.wait_for_server()
    assert figure.address["start"] == start
    figure.panel("map").get_by_role("button", name="zoom back").click()
    wait_for_zoom(figure, "map", before, zoomed=False)


def test_zoom_and_camera_survive_another_learning_rate_and_another_start(
    figure: Figure, server: Server
) -> None:
    figure.open(f"{server}/descent?view=both&start=3,3")
    at_first = figure.camera()
    figure.turn("surface", (0.4, 0.4), (0.6, 0.5), enough=0.1)
    figure.drag("map", (0.2, 0.2), (0.8, 0.8))
    figure.wait_for_frames()
    camera, ranges = figure.camera(), figure.ranges("map")
    assert camera != pytest.approx(at_first, abs=0.01)
    assert ranges[0][1] - ranges[0][0] < 9

    figure.slide("learning_rate", "ArrowLeft", times=4)
    figure.wait_for_frames()
    assert (figure.camera(), figure.ranges("map")) == (pytest.approx(camera, abs=1e-6), ranges)

    w, b = ((low + high) / 2 + 0.5 for low, high in ranges)
    click(figure, w, b)
    figure.wait_for_frames()
    assert figure.camera() == pytest.approx(camera, abs=1e-6)
    assert figure.ranges("map") == ranges


# ---- a hand that slips, a double click, and zooming by dragging


def press_and_slip(figure: Figure, w: float, b: float, right: float, down: float) -> None:
    """A click at (w, b), during which the mouse moves so many pixels."""
    x, y = figure.project("map", (w, b))
    figure.page.mouse.move(x, y)
    figure.page.mouse.down()
    figure.page.mouse.move(x + right / 2, y + down / 2)
    figure.page.mouse.move(x + right, y + down)
    figure.page.mouse.up()


@pytest.mark.parametrize(("right", "down"), [(3, 0), (0, -6), (9, 2), (-7, 7), (1, 10)])
def test_a_click_that_slips_is_a_click_and_no_zoom(on_the_map: Figure, right: float, down: float) -> None:
    figure = on_the_map
    before, start = figure.ranges("map"), figure.address["start"]
    w, b = (1.0, 1.0) if start_in_address(figure)[0] < 0 else (-3.0, 1.0)
    figure.wait_until_no_double_click()
    press_and_slip(figure, w, b, right, down)
    figure.page.wait_for_function(
        "(before) => new URLSearchParams(location.search).get('start') !== before", arg=start
    )
    figure.wait_for_server()
    assert start_in_address(figure) == pytest.approx((w, b), abs=0.05)
    assert figure.ranges("map") == before
    assert not figure.button("zoom back").is_visible()


def wait_for_zoom(figure: Figure, panel: str, before: list[list[float]], zoomed: bool) -> None:
    figure.page.wait_for_function(
        "([panel, [low], zoomed]) =>"
        " (Math.abs(document.querySelector(panel)._fullLayout.xaxis.range[0] - low) > 1e-6) === zoomed",
        arg=[f'[data-panel="{panel}"] .plot', before[0], zoomed],
    )


@pytest.mark.parametrize("panel", ["map", "cost", "data"])
def test_a_zoom_by_dragging_is_taken_back_by_its_button(on_the_map: Figure, panel: str) -> None:
    figure = on_the_map
    before, start = figure.ranges(panel), figure.address["start"]
    back = figure.panel(panel).get_by_role("button", name="zoom back")
    assert not back.is_visible()
    figure.drag(panel, (0.3, 0.3), (0.7, 0.7))
    wait_for_zoom(figure, panel, before, zoomed=True)
    back.click()
    wait_for_zoom(figure, panel, before, zoomed=False)
    back.wait_for(state="hidden")
    assert figure.ranges(panel) == [pytest.approx(ends) for ends in before]
    assert figure.address["start"] == start


def test_a_double_click_zooms_back_and_does_not_move_the_start(on_the_map: Figure) -> None:
    figure = on_the_map
    before, start = figure.ranges("map"), figure.address["start"]
    x, y = figure.project("map", (2.0, -2.0))
    for zoomed in (True, False):
        if zoomed:
            figure.drag("map", (0.3, 0.3), (0.7, 0.7))
            wait_for_zoom(figure, "map", before, zoomed=True)
        figure.wait_until_no_double_click()
        figure.page.mouse.dblclick(x, y)
        wait_for_zoom(figure, "map", before, zoomed=False)
        figure.wait_until_no_double_click()
        figure.wait_for_server()
        assert figure.address["start"] == start
        assert not figure.button("zoom back").is_visible()
    assert first_point(figure) == pytest.approx(start_in_address(figure), abs=0.001)


def wait_for_right_end(figure: Figure, end: float) -> None:
    """Waits until the cost's axis of steps ends there."""
    figure.wait_for("Math.abs(player.page.panels.named('cost').figure.ranges()[0][1] - it) < 1e-6", end)


def test_the_step_axis_follows_again_after_a_zoom_was_taken_back(on_the_map: Figure) -> None:
    figure = on_the_map
    figure.put("iterations", 99)
    wait_for_right_end(figure, 103)
    figure.drag("cost", (0.3, 0.3), (0.7, 0.7))
    figure.panel("cost").get_by_role("button", name="zoom back").wait_for()
    zoomed = figure.ranges("cost")
    figure.put("iterations", 149)
    figure.wait_for_frames()
    assert figure.ranges("cost") == zoomed  # what was zoomed stays
    figure.panel("cost").get_by_role("button", name="zoom back").click()
    wait_for_right_end(figure, 154.5)
    figure.put("iterations", 199)
    wait_for_right_end(figure, 206)
