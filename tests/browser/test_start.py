"""The first visitor after a start, where the page's files come from, and a server that goes away."""

from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext, Page

from explainer.words import words
from tests.browser.figure import Figure
from tests.browser.serving import Server, serve

OTHER_PLOTLY = "window.Plotly = { version: 'another', newPlot() { throw new Error('the other Plotly'); } };"


@pytest.fixture(scope="module")
def server_below_a_path() -> Iterator[Server]:
    with serve(base="course/week-2") as server:
        yield server
        assert "Traceback" not in server.log()


@pytest.mark.parametrize("query", ["?view=map&learning_rate=2", ""], ids=["query", "plain"])
def test_the_first_deep_link_works_below_a_base_path_too(
    figure: Figure, server_below_a_path: Server, query: str
) -> None:
    figure.open(f"{server_below_a_path}/descent{query}")
    assert figure.state["learning_rate"] == ("2" if query else "1")


def test_the_figure_plays_on_without_the_server(figure: Figure, server_below_a_path: Server) -> None:
    """The last test with that server, for a start takes longer than a test."""
    server = server_below_a_path
    figure.open(f"{server}/descent?view=map&learning_rate=0.5&step=7")
    figure.wait_for_state(view="map", learning_rate="0.5", step="7")
    server.stop()
    figure.button("play").click()
    frames = figure.ask("player.frames")
    figure.wait_for("player.frames > it + 10 && Number(player.state().step) > 20", frames)
    figure.button("pause").click()
    before = figure.readouts()
    figure.slide("learning_rate", "ArrowRight", times=5)
    figure.wait_for_state(learning_rate="1.5")
    assert figure.readouts() != before
    figure.wait_for_address(learning_rate="1.5", step=figure.state["step"])


def test_nothing_is_asked_of_another_address(new_page: Page, server: Server) -> None:
    page, figure = new_page, Figure(new_page)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("websocket", lambda socket: asked.append(socket.url))
    page.goto(server)
    page.get_by_role("heading", level=1).wait_for()
    page.get_by_role("link").filter(has_text="less wrong").click()
    figure.wait_for_address(view="both")
    figure.wait_until_drawn()
    figure.button("map").click()
    figure.wait_for_address(view="map")
    figure.button("four rates").click()
    figure.wait_for_address(compare="four")
    for scene in words("descent").scenes:
        page.get_by_role("button", name=scene.name, exact=True).click()
        figure.wait_for_state(learning_rate=scene.state["learning_rate"], compare=scene.state["compare"])
        figure.wait_for_server()
    own = urlsplit(server).netloc
    strangers = {url for url in asked if urlsplit(url.removeprefix("blob:")).netloc not in {own, ""}}
    assert len(asked) > 20
    assert strangers == set()
    assert figure.errors == []


def test_a_plotly_of_another_version_is_left_alone(new_page: Page, server: Server) -> None:
    page = new_page
    page.add_init_script(OTHER_PLOTLY)
    Figure(page).open(f"{server}/descent?view=map")
    assert page.evaluate("window.Plotly.version") == "another"
    assert page.evaluate("window.catOrNotPlotly.version") != "another"


def test_two_visitors_do_not_see_each_other(
    page: Page, new_context: Callable[..., BrowserContext], server: Server
) -> None:
    one, other = Figure(page), Figure(new_context().new_page())
    one.open(f"{server}/descent?view=map&start=1,1")
    other.open(f"{server}/descent?view=map&start=-2,2&learning_rate=5")
    one.click_map(0.0, 3.0)
    one.page.wait_for_function("new URLSearchParams(location.search).get('start') !== '1,1'")
    other.button("step").click()
    other.wait_for_address(start="-2,2", learning_rate="5", step="1")
