"""Back undoes a scene or a choice of data, one after the other, and Forward brings it again."""

import pytest
from playwright.sync_api import Page, expect

from explainer.words import words
from tests.browser.figure import Figure
from tests.browser.serving import Server


def press_scene(figure: Figure, name: str) -> None:
    figure.wait_for_server()
    figure.choose_scene(name)
    figure.ask("player.pause()")
    figure.page.get_by_test_id("stAlertContentInfo").first.wait_for()
    figure.wait_for_server()


def go(figure: Figure, way: str) -> None:
    getattr(figure.page, f"go_{way}")()
    figure.wait_for_frames()
    figure.wait_for_server()


def expect_chosen(figure: Figure, data: str) -> None:
    """Waits until the data's button is the pressed one, and the run that pressed it has ended."""
    expect(figure.choice("data", data)).to_have_attribute("aria-checked", "true")
    figure.wait_for_server()


@pytest.mark.parametrize(
    "address", ["descent?view=map", "descent?data=challenger&view=map&learning_rate=0.5"]
)
def test_back_undoes_choices_one_by_one(figure: Figure, server: Server, address: str) -> None:
    figure.open(f"{server}/{address}")
    first = figure.address
    seen = [first]
    for option in ("hours", "separable", "hours"):
        figure.choose("data", option)
        figure.wait_for_address(data=option)
        figure.wait_for_server()
        seen.append(figure.address)
    for before in seen[-2::-1]:
        go(figure, "back")
        figure.wait_for_address(**before)
        figure.wait_until_drawn()
        expect_chosen(figure, before["data"])
        figure.wait_for_state(learning_rate=before["learning_rate"], step=before["step"])
    go(figure, "forward")
    figure.wait_for_address(**seen[1])
    expect_chosen(figure, "hours")
    go(figure, "back")
    figure.choose("data", "hours")  # once more, though the address had been there already
    figure.wait_for_address(data="hours")
    go(figure, "back")
    figure.wait_for_address(**first)
    expect_chosen(figure, "challenger")
    assert figure.warnings == []


def test_back_undoes_scenes_and_their_sentence(figure: Figure, server: Server) -> None:
    figure.open(f"{server}/descent?view=map&learning_rate=0.5&step=7")
    first = figure.address
    scenes = [scene.name for scene in words("descent").scenes[:2]]
    for name in scenes:
        press_scene(figure, name)
    second = words("descent").scenes[0].state
    go(figure, "back")
    figure.wait_for_address(learning_rate=second["learning_rate"])
    figure.wait_for_state(learning_rate=second["learning_rate"])
    figure.wait_for_server()
    go(figure, "back")
    figure.wait_for_address(**first)
    figure.wait_for_state(learning_rate="0.5", step="7")
    figure.page.get_by_test_id("stAlertContentInfo").wait_for(state="detached")


def test_back_undoes_another_function_and_another_size(page: Page, server: Server) -> None:
    figure = Figure(page).open(f"{server}/numpy_basics")
    first = figure.address
    page.get_by_role("radio", name="softmax", exact=True).click()
    figure.wait_for_address(function="softmax")
    figure.wait_for_server()
    go(figure, "back")
    figure.wait_for_address(function=first["function"])
    page.get_by_role("radio", name=first["function"], exact=True, checked=True).wait_for()

    figure.open(f"{server}/vectorization")
    page.get_by_role("radio", name="1,000", exact=True).click()
    figure.wait_for_address(n="1000")
    figure.wait_for_server()
    go(figure, "back")
    figure.wait_for_address(n="100000")
    page.get_by_role("radio", name="100,000", exact=True, checked=True).wait_for()
    assert figure.errors == []


def test_what_moves_makes_no_entries(figure: Figure, server: Server) -> None:
    figure.open_from_home(server)
    entries = figure.page.evaluate("history.length")
    figure.slide("learning_rate", "ArrowRight", times=3)
    figure.ask("player.goTo(31)")
    figure.wait_for_address(step="31")
    figure.button("four rates").click()
    figure.wait_for_address(compare="four")
    assert figure.page.evaluate("history.length") == entries
    figure.choose("data", "hours")
    figure.wait_for_address(data="hours")
    figure.wait_for_server()
    assert figure.page.evaluate("history.length") == entries + 1
    go(figure, "back")
    figure.wait_for_address(data="challenger", step="31", compare="four")
    go(figure, "back")
    figure.page.get_by_role("heading", level=1, name="Cat or Not").wait_for()


MOVE_AS_SOON_AS_BACK = """([name, place]) => window.addEventListener("popstate", () => {
    const slider = document.querySelector(`.live-root input[type=range][name=${name}]`);
    slider.value = place;
    for (const type of ["input", "change"]) slider.dispatchEvent(new Event(type, { bubbles: true }));
}, { once: true })"""


def test_what_moves_before_a_step_back_is_answered_stays_moved(figure: Figure, server: Server) -> None:
    figure.open(f"{server}/descent?view=map&learning_rate=0.5&iterations=40")
    figure.choose("data", "hours")
    figure.wait_for_address(data="hours")
    figure.wait_for_server()
    figure.page.evaluate(MOVE_AS_SOON_AS_BACK, ["learning_rate", 0])
    figure.page.go_back()
    expect_chosen(figure, "challenger")
    slowest = figure.ask("player.settings.controls.get('learning_rate').texts[0]")
    figure.wait_for_address(data="challenger", learning_rate=slowest, iterations="40")
    assert figure.state["learning_rate"] == slowest
