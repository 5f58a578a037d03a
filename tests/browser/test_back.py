"""Back undoes a scene or a choice of data, one after the other, and Forward brings it again."""

import re
import time

import pytest
from playwright.sync_api import Browser, Page, WebSocketRoute, expect

from explainer.live import scripts
from explainer.words import words
from tests.browser.conftest import PATIENCE
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
    go(figure, "back")
    figure.wait_for_address(**first)
    figure.wait_for_state(learning_rate="0.5", step="7")
    figure.page.get_by_test_id("stAlertContentInfo").wait_for(state="detached")


class SlowAnswers:
    """What the server sends to a page, which may be held back for a while."""

    def __init__(self, page: Page) -> None:
        self.page, self.is_holding = page, False
        self.held: list[str | bytes] = []
        page.route_web_socket(re.compile("/_stcore/stream"), self._connect)

    def _connect(self, socket: WebSocketRoute) -> None:
        self.socket = socket
        socket.connect_to_server().on_message(self._pass_on)

    def _pass_on(self, message: str | bytes) -> None:
        if self.is_holding:
            self.held.append(message)
        else:
            self.socket.send(message)

    def wait_for_answer_to_step(self, number: int) -> None:
        """Waits until the answer to that step back or forward is among what is held."""
        answer = re.compile(rb'"returns": ?%d\b' % number)
        end = time.monotonic() + PATIENCE / 1000
        while not any(isinstance(one, bytes) and answer.search(one) for one in self.held):
            assert time.monotonic() < end, f"no answer to step {number}"
            self.page.wait_for_timeout(20)

    def release(self) -> None:
        self.is_holding = False
        for message in self.held:
            self.socket.send(message)
        self.held.clear()


def test_a_step_back_before_the_answer_to_the_one_before(new_page: Page, server: Server) -> None:
    answers = SlowAnswers(new_page)
    figure = Figure(new_page).open(f"{server}/descent?view=map&learning_rate=0.5&step=7")
    first = figure.address
    for scene in words("descent").scenes[:2]:
        press_scene(figure, scene.name)
    answers.is_holding = True
    new_page.go_back()
    answers.wait_for_answer_to_step(1)
    new_page.go_back()
    figure.wait_for_state(learning_rate="0.5")
    answers.wait_for_answer_to_step(2)
    answers.release()
    figure.wait_for_server()
    figure.wait_until_drawn()
    assert figure.address == first
    assert figure.state["learning_rate"] == "0.5" and figure.state["step"] == "7"
    assert figure.errors == []


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


def test_all_figures_of_a_page_count_a_step_back_alike(browser: Browser) -> None:
    page = browser.new_page()
    page.add_script_tag(content=scripts.bundle(scripts.JS / "returns.js", with_layers=False))
    # One figure is made anew after the first step, and knows only of what Python has answered: none.
    numbers = page.evaluate(
        """() => {
            const [first, second, third] = [1, 2, 3].map(() => new Event("popstate"));
            const steps = [[first, 0], [first, 0], [second, 0], [second, 1], [third, 7]];
            return steps.map((step) => in_returns.numberOf(...step));
        }"""
    )
    page.close()
    assert numbers == [1, 1, 2, 2, 8]
