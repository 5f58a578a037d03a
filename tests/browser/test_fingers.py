"""Real fingers on sliders: up and down they scroll the page, to the side they move it, a tap jumps."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import opened
from tests.browser.figure import Figure
from tests.browser.serving import Server

NAMES = ("learning_rate", "step")
TALL = {"width": 430, "height": 932}  # both sliders are in sight at the top of the page
SCROLLED = "document.querySelector('[data-testid=stMain]').scrollTop"
TO_TOP = f"""() => {{
  const main = document.querySelector("[data-testid=stMain]");
  main.scrollTo(0, 0);
  window.atTop = {SCROLLED} === 0 ? (window.atTop ?? 0) + 1 : 0;
  return window.atTop > 30;
}}"""
KEEP_STATES = """(player) => {
  window.states = [];
  const note = () => {
    states.push(JSON.stringify(player.state()));
    window.noting = requestAnimationFrame(note);
  };
  cancelAnimationFrame(window.noting);
  note();
}"""


@pytest.fixture(scope="module")
def opened_on_a_phone(tab_of_phone: Page, server: Server) -> Iterator[Figure]:
    screen = tab_of_phone.viewport_size
    tab_of_phone.set_viewport_size(TALL)
    with opened(tab_of_phone, f"{server}/descent?learning_rate=1&step=40") as figure:
        yield figure
    tab_of_phone.set_viewport_size(screen)


@pytest.fixture
def on_a_phone(opened_on_a_phone: Figure) -> Iterator[Figure]:
    """From the top of the page on, once a flick of the test before has ended; at a rate of 1 and step 40."""
    figure = opened_on_a_phone
    figure.page.evaluate("window.atTop = 0")
    figure.page.wait_for_function(TO_TOP)
    figure.put("learning_rate", 30)
    figure.ask("player.goTo(40)")
    figure.wait_for_address(learning_rate="1", step="40")
    figure.page.evaluate(f"({KEEP_STATES})({figure.player})")
    yield figure
    assert figure.errors == []


def places(figure: Figure, name: str) -> tuple[float, float, float]:
    """The middle of a slider's height, its left end, and its right end, in pixels of the window."""
    box = figure.slider(name).bounding_box()
    assert box is not None
    return box["y"] + box["height"] / 2, box["x"], box["x"] + box["width"]


def states(figure: Figure) -> set[str]:
    """All states of the figure in any frame since the test began."""
    figure.wait_for_frames()
    return set(figure.page.evaluate("window.states"))


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_up_and_down_scrolls_and_changes_nothing(on_a_phone: Figure, name: str, share: float) -> None:
    figure = on_a_phone
    y, left, right = places(figure, name)
    figure.swipe(left + share * (right - left), y, right=12, down=-240)
    figure.page.wait_for_function(f"{SCROLLED} > 80")
    assert len(states(figure)) == 1
    assert (figure.state["learning_rate"], figure.step) == ("1", 40)
    assert figure.slider("step").input_value() == "40"


@pytest.mark.parametrize("name", NAMES)
def test_where_the_page_cannot_scroll_up_nothing_changes_either(on_a_phone: Figure, name: str) -> None:
    figure = on_a_phone
    y, left, right = places(figure, name)
    figure.swipe(left + 0.2 * (right - left), y, down=200)
    assert len(states(figure)) == 1
    assert (figure.state["learning_rate"], figure.step) == ("1", 40)


@pytest.mark.parametrize("name", NAMES)
def test_to_the_side_moves_the_slider_all_the_way(on_a_phone: Figure, name: str) -> None:
    figure = on_a_phone
    y, left, right = places(figure, name)
    figure.swipe(left + 0.4 * (right - left), y, right=0.4 * (right - left), down=10)
    place, last = (int(figure.slider(name).evaluate(f"(input) => input.{end}")) for end in ("value", "max"))
    assert 0.7 < place / last < 0.9
    assert len(states(figure)) > 2  # it followed
    assert figure.page.evaluate(SCROLLED) == 0
    figure.wait_for_address(**{name: figure.state[name]})


@pytest.mark.parametrize("name", NAMES)
def test_a_tap_jumps(on_a_phone: Figure, name: str) -> None:
    figure = on_a_phone
    y, left, right = places(figure, name)
    before = figure.state[name]
    figure.page.touchscreen.tap(left + 0.8 * (right - left), y)
    figure.wait_for("player.state()[it[0]] !== it[1]", [name, before])
    place, last = (int(figure.slider(name).evaluate(f"(input) => input.{end}")) for end in ("value", "max"))
    assert 0.7 < place / last < 0.9
    figure.wait_for_address(**{name: figure.state[name]})
    assert len(states(figure)) == 2


def test_mouse_and_keys_move_it_as_before(at_rest: Figure) -> None:
    figure, mouse = at_rest, at_rest.page.mouse
    y, left, right = places(figure, "step")
    mouse.move(left + 0.25 * (right - left), y)
    mouse.down()
    assert 40 < figure.step < 60
    mouse.move(left + 0.5 * (right - left), y + 30, steps=4)
    assert 90 < figure.step < 110
    mouse.up()
    figure.wait_for_address(step=str(figure.step))
    figure.slide("step", "ArrowRight", times=2)
    figure.wait_for_address(step=str(figure.step))
