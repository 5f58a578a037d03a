"""The address holds the chapter's state; what it says wrongly is said on the page."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from explainer.stage.cost_figures import start_on_map
from explainer.words import words
from tests.browser.conftest import forget, new_tab
from tests.browser.figure import Figure
from tests.browser.serving import Server

LINK = {
    "data": "hours",
    "model": "line",
    "start": "1,-2",
    "learning_rate": "0.05",
    "iterations": "150",
    "step": "42",
    "view": "map",
    "compare": "one",
}
QUERY = "&".join(f"{name}={text}" for name, text in LINK.items())
IN_THE_FIGURE = ("learning_rate", "iterations", "step", "view", "compare")


def check_state(figure: Figure, **changed: str) -> None:
    """All of LINK, but for what was changed: in the figure, in the boxes and in the address."""
    wanted = LINK | changed
    figure.wait_for_state(**{name: wanted[name] for name in IN_THE_FIGURE})
    figure.wait_for_address(**{name: wanted[name] for name in wanted if name not in ("data", "model")})
    for name in ("data", "model"):
        assert figure.choice(name, wanted[name]).get_attribute("aria-checked") == "true"
    w, b = wanted["start"].split(",")
    figure.ask("player.pause()")
    step = figure.step
    figure.ask("player.goTo(0)")
    lines = figure.readouts()
    figure.ask("player.goTo(it)", step)
    figure.wait_for_address(step=str(step))
    for name, text in (("w", w), ("b", b)):
        line = next(line for line in lines if line.startswith(f"{name} := "))
        assert float(line.split()[2].replace("−", "-")) == pytest.approx(float(text), abs=0.001)
    assert figure.warnings == []


def test_link_reload_home_back_and_forward(figure: Figure, server: Server) -> None:
    page = figure.page
    figure.open(f"{server}/descent?{QUERY}")
    check_state(figure)

    figure.slide("learning_rate", "ArrowRight")
    figure.button("step").click()
    changed = {"learning_rate": "0.06", "step": "43"}
    figure.wait_for_address(**changed)
    page.reload()
    figure.wait_until_drawn()
    check_state(figure, **changed)

    page.get_by_role("link", name="Home").first.click()
    figure.wait_for_home()
    page.get_by_role("link", name="Descent").first.click()
    figure.wait_for_address(step="43")
    figure.wait_until_drawn()
    check_state(figure, **changed)

    page.get_by_role("link", name="Home").first.click()
    figure.wait_for_home()
    page.go_back()
    figure.wait_for_address(step="43")
    figure.wait_until_drawn()
    check_state(figure, **changed)

    page.go_back()
    figure.wait_for_home()
    page.go_forward()
    figure.wait_for_address(step="43")
    figure.wait_until_drawn()
    check_state(figure, **changed)


def test_what_was_changed_without_a_rerun_is_kept_by_navigation(figure: Figure, server: Server) -> None:
    page = figure.page
    figure.open(f"{server}/descent?view=map&start=3,3")
    figure.slide("learning_rate", "ArrowLeft", times=3)
    figure.ask("player.goTo(17)")
    figure.click_map(-2.0, 2.0)
    page.wait_for_function("new URLSearchParams(location.search).get('start') !== '3,3'")
    figure.wait_for_server()
    figure.ask("player.goTo(23)")
    figure.wait_for_address(step="23")
    before = figure.address
    page.get_by_role("link", name="Home").first.click()
    figure.wait_for_home()
    page.get_by_role("link", name="Descent").first.click()
    figure.wait_for_address(step="23", start=before["start"])
    figure.wait_until_drawn()
    assert figure.address == before
    assert figure.state["step"] == "23" and figure.state["learning_rate"] == before["learning_rate"]


def test_a_scene_is_the_whole_state_and_plays(figure: Figure, server: Server) -> None:
    figure.open(f"{server}/descent?{QUERY}".replace("compare=one", "compare=four"))
    for scene in reversed(words("descent").scenes):  # each is pressed while the one before plays
        figure.choose_scene(scene.name)
        moves = {name: text for name, text in scene.state.items() if name in IN_THE_FIGURE and name != "step"}
        figure.wait_for_state(**moves)
        figure.wait_for("player.isPlaying() && Number(player.state().step) > 2")
        figure.wait_for_address(**{name: text for name, text in scene.state.items() if name != "step"})
    figure.button("pause").click()
    figure.wait_for_address(step=figure.state["step"])
    assert all(figure.address[name] == text for name, text in scene.state.items() if name != "step")


@pytest.mark.parametrize("way", ["by link", "from home"])
def test_a_scene_counts_more_than_what_was_moved_before(figure: Figure, server: Server, way: str) -> None:
    if way == "by link":
        figure.open(f"{server}/descent?view=map")
    else:
        figure.open_from_home(server)
    if way == "from home":
        figure.button("four rates").click()
        figure.wait_for_address(compare="four")
        figure.button("one").click()
    figure.slide("learning_rate", "ArrowLeft", times=3)
    figure.slide("iterations", "ArrowLeft", times=3)
    figure.ask("player.goTo(31)")
    figure.wait_for_address(step="31", learning_rate="0.5", iterations="197")
    scene = next(scene for scene in words("descent").scenes if scene.name == "rate 1")
    figure.choose_scene(scene.name)
    figure.wait_for("player.isPlaying()")
    figure.ask("player.pause()")
    figure.wait_for_state(learning_rate=scene.state["learning_rate"], iterations=scene.state["iterations"])
    assert figure.step < 31


def test_a_scene_plays_to_its_end(figure: Figure, server: Server) -> None:
    figure.open(f"{server}/descent?view=map")
    scene = min(words("descent").scenes, key=lambda scene: int(scene.state["iterations"]))
    figure.choose_scene(scene.name)
    figure.page.get_by_label("speed").select_option("4")
    end = scene.state["iterations"]
    figure.wait_for("player.state().step === it && !player.isPlaying()", end)
    figure.wait_for_address(step=end, learning_rate=scene.state["learning_rate"])


def test_another_data_set_begins_its_own_walk_and_keeps_the_rest(figure: Figure, server: Server) -> None:
    figure.open(f"{server}/descent?view=map&learning_rate=0.5&step=30&start=1,1")
    figure.ask("player.goTo(33)")
    figure.wait_for_address(step="33")
    figure.choose("data", "hours")
    figure.page.get_by_test_id("stMarkdown").filter(has_text="Wikipedia").first.wait_for()
    figure.wait_for_server()
    start = start_on_map("hours", "sigmoid")
    figure.wait_for_state(learning_rate="0.5", step="0", view="map")
    figure.wait_for_address(data="hours", learning_rate="0.5", step="0", start=start.write(start.start))


WRONG = {
    "learning_rate": ["0.37", "-1", "1e9", "nan", "inf", "quick"],
    "iterations": ["0", "501", "12.4", "many"],
    "step": ["-3", "600", "nan"],
    "start": ["99,99", "1", "1,2,3", "nan,1", "a,b", "inf,0"],
    "data": ["kittens", ""],
    "model": ["cubic"],
    "view": ["4-D"],
    "compare": ["five"],
}
ROUNDS = [
    {name: values[k % len(values)] for name, values in WRONG.items() if k < len(values) or k == 0}
    for k in range(max(map(len, WRONG.values())))
]


@pytest.mark.parametrize("wrong", ROUNDS, ids=lambda wrong: ",".join(wrong.values()) or "empty")
def test_what_is_wrong_in_the_address_is_said(
    wrong_figure: Figure, server: Server, wrong: dict[str, str]
) -> None:
    figure = wrong_figure
    query = "&".join(f"{name}={text}" for name, text in wrong.items())
    figure.page.goto(f"{server}/descent?{query}" + ("" if "view" in wrong else "&view=map"))
    figure.wait_for_warnings(len(wrong))
    figure.wait_for("player.state()")
    warnings = figure.warnings
    for name, text in wrong.items():
        about = [warning for warning in warnings if f"{name} = {text}".strip() in warning]
        assert len(about) == 1, (name, warnings)
        used = re.search(r"Using (.+) instead|(\S+) is used", about[0])
        assert used, about[0]
        if name in IN_THE_FIGURE:
            assert figure.state[name] == used.group(1)
        figure.wait_for_address(**({name: used.group(1)} if name not in ("data", "model") else {}))
    assert figure.page.get_by_test_id("stException").count() == 0


@pytest.fixture(scope="module")
def without_plotly(browser: Browser) -> Iterator[Figure]:
    """A figure whose picture is never drawn: the messages do not wait for Plotly, which takes seconds."""
    with new_tab(browser) as tab:
        tab.route("**/live/plotly-*.js", lambda route: route.fulfill(body="", content_type="text/javascript"))
        tab.add_init_script(
            "window.catOrNotPlotly = { newPlot: () => new Promise(() => {}), purge: () => {} };"
        )
        yield Figure(tab)


@pytest.fixture
def wrong_figure(without_plotly: Figure, server: Server) -> Iterator[Figure]:
    """That figure, for one visitor after the other."""
    yield without_plotly
    forget(without_plotly.page, server)
    assert without_plotly.errors == []


def test_a_repeated_value_counts_for_none(wrong_figure: Figure, server: Server) -> None:
    figure = wrong_figure
    figure.page.goto(
        f"{server}/descent?learning_rate=2&learning_rate=5&start=1,1&start=2,2&data=hours&data=hours"
    )
    figure.wait_for_warnings(3)
    figure.wait_for("player.state()")
    warnings = figure.warnings
    assert [name for name in ("learning_rate", "start", "data") if not any(name in w for w in warnings)] == []
    assert figure.state["learning_rate"] == "1"
    start = start_on_map("challenger", "sigmoid")
    figure.wait_for_address(start=start.write(start.start), learning_rate="1")


def test_a_message_stays_until_its_own_control_is_changed(figure: Figure, server: Server) -> None:
    def about() -> set[str]:
        names = set()
        for warning in figure.warnings:
            found = re.search(r"asks for (\w+) =", warning)
            assert found, warning
            names.add(found.group(1))
        return names

    figure.open(f"{server}/descent?view=map&learning_rate=0.37&iterations=501&start=99,0&data=kittens")
    assert about() == {"learning_rate", "iterations", "start", "data"}

    figure.ask("player.goTo(9)")  # another control: nothing goes
    figure.wait_for_address(step="9")
    figure.wait_for_server()
    assert about() == {"learning_rate", "iterations", "start", "data"}

    figure.slide("learning_rate", "ArrowRight")
    figure.wait_for_warnings(3)
    assert about() == {"iterations", "start", "data"}
    assert figure.state["learning_rate"] == "0.5"

    figure.click_map(0.0, 2.0)
    figure.wait_for_warnings(2)
    assert about() == {"iterations", "data"}

    figure.choose("data", "hours")
    figure.wait_for_warnings(1)
    assert about() == {"iterations"}

    figure.slide("iterations", "ArrowLeft")
    figure.wait_for_warnings(0)
    assert figure.state["iterations"] == "499"
