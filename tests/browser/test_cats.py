"""The chapter *Cats*: the slider asks for another run, the clock walks along it, w changes with it."""

import io

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Page

from explainer.chapters.cats.better import as_they_are, outcome
from explainer.maths.training import train
from explainer.pictures import to_columns
from explainer.pictures.chosen import drawings
from explainer.words import words
from explainer.words.numbers import percent
from tests.browser.figure import Figure
from tests.browser.serving import Server

PAGE = "cats?step=600"
SPLIT = drawings().split
X, Y = to_columns(SPLIT.training.pictures), SPLIT.training.Y
W_PANEL = "document.querySelector('.live [data-panel=whole] canvas.moving')"


@pytest.fixture
def shown(at_start: Figure) -> Figure:
    return at_start


def cost(rate: float, step: int) -> str:
    (run,) = train(X, Y, [rate], step)
    return f"J = {run.costs[step]:.4f}"


def pixels_of_w(figure: Figure) -> np.ndarray:
    """A row across the middle of the picture of w."""
    return np.array(
        figure.page.evaluate(
            f"""() => {{
                const canvas = {W_PANEL};
                const pen = canvas.getContext("2d");
                const row = pen.getImageData(canvas.width / 2 - 100, canvas.height / 2, 200, 1).data;
                return [...row].filter((_, k) => k % 4 < 3);
            }}"""
        )
    )


def test_another_learning_rate_is_another_run(shown: Figure) -> None:
    assert cost(0.001, 600) in shown.readouts()[0]
    shown.page.locator(".live input[name=learning_rate]").first.press("ArrowRight")
    shown.page.wait_for_function(
        "document.querySelector('.live [data-panel=cost] .title').textContent.includes('0.0015')"
    )
    shown.wait_for_state(learning_rate="0.0015", step="600")
    assert cost(0.0015, 600) in shown.readouts()[0]
    shown.wait_for_address(learning_rate="0.0015", step="600")
    assert "hold_out" not in shown.address, "of the drawings whole families are held out"


def test_back_before_an_answer_came_the_first_run_is_there_again(shown: Figure) -> None:
    shown.page.evaluate(
        """() => {
            window.asked = 0;
            const send = WebSocket.prototype.send;
            WebSocket.prototype.send = function (message) {
                window.asked += 1;
                return send.call(this, message);
            };
            const slider = document.querySelector(".live input[name=learning_rate]");
            const there = Number(slider.value);
            const move = (place) => {
                slider.dispatchEvent(new PointerEvent("pointerdown"));
                slider.value = place;
                for (const kind of ["input", "change"]) slider.dispatchEvent(new Event(kind));
            };
            move(there + 3);
            setTimeout(() => move(there), 20);
        }"""
    )
    shown.page.wait_for_function("window.asked >= 2")
    shown.page.wait_for_function(
        "!document.querySelector('.live').classList.contains('asking')"
        " && document.querySelector('.live [data-panel=cost] .title').textContent.endsWith('0.001')"
        " && document.querySelector('.stApp').dataset.testScriptState === 'notRunning'"
    )
    shown.wait_for_state(learning_rate="0.001")
    assert cost(0.001, 600) in shown.readouts()[0]


def test_w_forms_as_the_clock_walks(shown: Figure) -> None:
    shown.ask("player.goTo(0)")
    shown.wait_for_frames()
    blank = pixels_of_w(shown)
    assert np.ptp(blank) == 0 and abs(int(blank[0]) - 128) <= 1
    shown.ask("player.goTo(1500)")
    shown.wait_for_frames()
    formed = pixels_of_w(shown)
    assert formed.std() > 15
    shown.ask("player.goTo(1501)")
    shown.wait_for_frames()
    assert 0 < np.abs(pixels_of_w(shown) - formed).mean() < 3 or np.array_equal(pixels_of_w(shown), formed)


def test_the_other_views_share_the_clock(shown: Figure) -> None:
    shown.page.get_by_role("button", name="surface").click()
    shown.page.wait_for_function("document.querySelector('.live').player.ready")
    assert cost(0.001, 600) in " ".join(shown.readouts())
    shown.page.get_by_role("button", name="four rates").click()
    assert shown.state["step"] == "600"
    shown.wait_for_address(view="four", step="600")


def test_fewer_iterations_change_what_is_said_of_the_classifier(shown: Figure) -> None:
    shown.page.get_by_text(words("cats").text["how_good"], exact=True).click()
    shown.page.get_by_text("this classifier scores").wait_for()
    slider = shown.page.locator(".live input[name=iterations]").first
    slider.press("Home")
    shown.page.get_by_text("After 10 iterations this classifier scores").wait_for()
    shown.wait_for_state(iterations="10", step="10")


def test_a_run_seen_before_is_back_though_nobody_answers(server: Server, figure: Figure) -> None:
    figure.open(f"{server}/cats?step=600")
    title = "document.querySelector('.live [data-panel=cost] .title').textContent"
    slider = figure.page.locator(".live input[name=learning_rate]").first
    slider.press("ArrowRight")
    figure.page.wait_for_function(f"{title}.includes('0.0015')")
    figure.wait_for_server()
    figure.page.evaluate("WebSocket.prototype.send = () => {}")
    slider.press("ArrowLeft")
    figure.page.wait_for_function(f"{title}.endsWith('0.001')")
    assert cost(0.001, 600) in figure.readouts()[0]


def test_a_mistake_is_picked_and_opened_and_the_threshold_counts(server: Server, page: Page) -> None:
    figure = Figure(page, nth=1).open(f"{server}/cats?which=1")
    opened = page.get_by_text(", which is").first
    before = opened.text_content()
    page.mouse.click(*figure.project("gallery", (3.5, 1.5)))
    figure.wait_for_state(which="18")
    page.wait_for_function(
        "before => [...document.querySelectorAll('p')].every((p) => p.textContent !== before)", arg=before
    )
    figure.put("threshold", 0)
    recall, precision, right, _ = figure.readouts()
    assert figure.root.locator(".readouts > span:visible").count() == 3, "pairs are told once they were asked"
    assert recall == "found 23 of 23 cats: recall 100\u00a0%"
    assert precision == "23 of 109 called so: precision 21\u00a0%"
    assert right == "23 of 109 right: 21.1\u00a0%"
    assert figure.errors == []


def test_the_same_neuron_does_better_once_somebody_has_said_how(server: Server, figure: Figure) -> None:
    figure.open(f"{server}/cats")
    page, text = figure.page, words("cats").text
    (question,) = (one for one in words("cats").questions if one.figure == "better")
    table, both = page.locator("table"), page.get_by_role("radio", name=text["help_both"], exact=True)
    assert both.count() == 0 and table.count() == 0
    page.get_by_role("radio", name=question.options[question.right].text, exact=True).click()
    both.click()
    table.wait_for()
    figure.wait_for_address(help="both")
    found = {"none": as_they_are(drawings()), "both": outcome(drawings(), "both")}
    for row, one in zip(table.locator("tbody tr").all(), found.values(), strict=True):
        assert f"{one.right}: {percent(one.right / one.m, 1)}" in row.inner_text()
        assert f"{one.pairs.per_hundred['share']} (" in row.inner_text()
    assert found["both"].right > found["none"].right
    before, after = (
        page.get_by_role("img", name=f"w, {text[f'help_{how}']}").evaluate("image => image.src")
        for how in found
    )
    assert before != after
    assert figure.errors == []


def test_what_it_sees_is_shown_to_the_last_value(shown: Figure) -> None:
    image = shown.page.locator("[data-testid=stImage] img").first
    image.scroll_into_view_if_needed()
    address = image.evaluate("image => image.decode().then(() => image.src)")
    served = np.asarray(Image.open(io.BytesIO(shown.page.request.get(address).body())).convert("RGB"))
    first_cat = SPLIT.held_out.pictures[int(np.argmax(SPLIT.held_out.labels))]
    times = served.shape[0] // 64
    assert np.array_equal(served, first_cat.repeat(times, axis=0).repeat(times, axis=1))
