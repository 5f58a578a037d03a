"""The chapter *One hidden layer*: its map forms while it plays; another width is computed when asked for."""

import pytest

from explainer.chapters.hidden.trainings import KEPT, RANDOM, ZEROS, learned, run
from explainer.words import words
from tests.browser.figure import Figure

PAGE = "hidden"
SAID = words("hidden")
LAST = len(KEPT) - 1
COLOUR = """(panel, [name, x, y]) => {
    const canvas = panel.querySelector('canvas.moving'), ratio = canvas.width / canvas.clientWidth;
    const [px, py] = panel.closest('.live-root').player.project(name, x, y);
    return [...canvas.getContext('2d').getImageData(px * ratio, py * ratio, 1, 1).data];
}"""
EMPTY = (0.0, 0.42), (-2.2, -2.6)
"""Places without a point or a line near them: inside both rings, and outside."""


@pytest.fixture
def network(at_start: Figure) -> Figure:
    return at_start


def colour(figure: Figure, x: float, y: float) -> list[int]:
    found: list[int] = figure.panel("plane").evaluate(COLOUR, ["plane", x, y])
    return found


def cost(units: int, rate: float, place: int = LAST, seed: int = 1) -> str:
    return f"J = {run('rings', units, RANDOM, seed, rate).costs[place]:.3f}"


def test_the_map_forms_while_it_plays(network: Figure) -> None:
    network.wait_for_frames()
    before = [colour(network, *place) for place in EMPTY]
    assert network.readouts()[0] == cost(3, 1.0, place=0)
    network.root.locator("button.play").click()
    network.wait_for("player.isPlaying() === false && player.state().step === it", str(KEPT[-1]))
    assert network.readouts()[0] == cost(3, 1.0)
    (red, _, blue, alpha), (out_red, _, out_blue, out_alpha) = (colour(network, *place) for place in EMPTY)
    assert red > blue and out_blue > out_red, "orange inside, blue outside"
    assert alpha > 100 and out_alpha > 100
    assert before != [colour(network, *place) for place in EMPTY]


def test_other_rates_and_steps_are_there_without_the_server(network: Figure) -> None:
    for place, rate in enumerate((0.1, 1.0, 10.0)):
        network.put("learning_rate", place)
        network.put("step", 40)
        network.wait_for_state(step=str(KEPT[40]))
        shown = network.readouts()
        assert shown[0] == cost(3, rate, place=40)
        assert f"{learned('rings', 3, RANDOM, 1).alone.kept[place, 40]:.3f}" in shown[-1]


@pytest.mark.parametrize(("name", "place", "units", "seed"), [("units", 5, 6, 1), ("seed", 3, 3, 4)])
def test_another_width_or_start_is_computed_when_it_is_asked_for(
    network: Figure, name: str, place: int, units: int, seed: int
) -> None:
    network.put("step", LAST)
    network.put(name, place)
    network.page.wait_for_function(
        "(text) => document.querySelector('.live .readouts > span').textContent === text",
        arg=cost(units, 1.0, seed=seed),
    )
    network.wait_for_server()
    network.wait_for_state(step=str(KEPT[-1]))
    title = network.panel("plane").locator(".title").inner_text()
    assert title == SAID.figure["plane"].format(with_units=SAID.figure["many_units"].format(units=units))


def test_another_way_to_begin_is_computed_when_it_is_asked_for(network: Figure) -> None:
    network.put("step", LAST)
    network.button(SAID.figure["begin_zeros"]).click()
    stuck = f"J = {run('rings', 3, ZEROS, 1, 1.0).costs[-1]:.3f}"
    network.page.wait_for_function(
        "(text) => document.querySelector('.live .readouts > span').textContent === text", arg=stuck
    )
    network.wait_for_server()


def test_what_the_units_say_is_shown_when_it_is_asked_for(network: Figure) -> None:
    assert not network.panel("space").is_visible()
    network.button(SAID.figure["view_space"]).click()
    network.panel("space").wait_for()
    assert network.panel("cost").is_visible() and network.panel("plane").is_visible()
