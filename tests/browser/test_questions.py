"""Predict, then look: nothing ahead is drawn before it was played; an answer plays the figure in sight."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from explainer.chapters import CHAPTERS
from explainer.chapters.descent.answers import answers
from explainer.stage.settings import AHEAD
from explainer.words import COMMON, words
from explainer.words.questions import Question
from tests.browser.figure import Figure
from tests.browser.serving import Server

HIDING = [
    pytest.param(chapter.name, nth, id=f"{chapter.name}-{name}")
    for chapter in CHAPTERS
    for nth, (name, figure) in enumerate(chapter.figures.items())
    if AHEAD in figure.controls
]
SEEN_ALL_THE_SAME = {
    "pixels/picture": "the picture, and the place in x where the slider stands; the questions ask for others",
    "sigmoid/neuron": "the curve for w and b as they are; the questions ask for others",
    "loss/examples": "the losses for w and b as they are; the questions ask for others",
    "graph/course": "the boxes; a number comes into a box when the clock comes to it",
    "graph/neuron": "the same",
    "graph/columns": "the same",
    "vectorization/race": "nothing: there is no time before a race",
    "vectorization/trainings": "nothing: there is no time before a training",
    "vectorization/broadcasting": "both shapes; the third comes with the clock, or when it is asked for",
    "cats/better": "nothing: what could help is named once it was asked about",
    "hidden/widths": "nothing before it is asked for",
    "hidden/valleys": "the same",
    "hidden/": "the same",
    "recap/": "one question at a time; the figure is about others",
    "recap/walk": "the map and the curves that are asked about; the walk comes with the clock",
    "numpy_basics/card": "the function's arrays; the result comes with the clock, or when it is asked for",
}
"""Figures, and sections without one, with questions that hide no way ahead, and what they show before."""
# Draws every panel in sight, with all layers and without those that show what is ahead, and counts the pixels
# that differ.
DIFFERENT = """() => {
    const picture = (panel) => panel.canvas.getContext('2d')
        .getImageData(0, 0, panel.canvas.width, panel.canvas.height).data;
    const tells = ({ layer }) => layer.until === 'end' || layer.when?.ahead?.includes('shown');
    const counts = {};
    for (const panel of player.page.panels.drawable) {
        const all = panel.layers;
        panel.drawFrame(player.theme);
        const before = picture(panel);
        panel.layers = all.filter((moving) => !tells(moving));
        panel.drawFrame(player.theme);
        const without = picture(panel);
        panel.layers = all;
        if (all.some(tells)) counts[panel.name] = before.filter((value, k) => value !== without[k]).length;
    }
    return counts;
}"""


def different(figure: Figure) -> dict[str, int]:
    counts: dict[str, int] = figure.page.evaluate(
        f"(() => {{ const player = {figure.player}; return ({DIFFERENT})(); }})()"
    )
    return counts


@pytest.mark.parametrize(("chapter", "nth"), HIDING)
def test_what_is_ahead_has_no_pixel_before_it_was_played_or_asked_for(
    page: Page, server: Server, chapter: str, nth: int
) -> None:
    figure = Figure(page, nth).open(f"{server}/{chapter}?view=map")
    figure.ask("player.root.scrollIntoView()")
    figure.wait_until_drawn()
    hidden = different(figure)
    assert hidden and set(hidden.values()) == {0}
    figure.ask("player.choose('ahead', 'shown')")
    figure.wait_for_frames()
    assert sum(different(figure).values()) > 0
    figure.ask("player.choose('ahead', 'hidden')")
    figure.ask("player.goTo(player.clock.end)")
    figure.ask("player.goTo(1)")
    figure.wait_for_frames()
    assert sum(different(figure).values()) > 0, "it was played"
    assert figure.errors == []


def test_a_figure_with_questions_hides_what_is_ahead_or_it_is_said_what_it_shows() -> None:
    asked = {
        f"{chapter.name}/{question.figure}": chapter.figures.get(question.figure)
        for chapter in CHAPTERS
        for question in chapter.words.all_questions()
    }
    showing = {name for name, figure in asked.items() if figure is None or AHEAD not in figure.controls}
    assert showing == set(SEEN_ALL_THE_SAME)


@pytest.fixture
def descent(page: Page, server: Server) -> Iterator[Figure]:
    figure = Figure(page).open(f"{server}/descent?view=map&start=3,3")
    yield figure
    assert figure.errors == []


def named(name: str) -> Question:
    return next(question for question in words("descent").all_questions() if question.name == name)


def option(page: Page, question: Question, place: int, **numbers: Any) -> Any:
    return page.get_by_role("radio", name=question.options[place].text.format(**numbers), exact=True)


def test_an_answer_plays_the_readers_own_state_to_the_step_that_decides(descent: Figure) -> None:
    page, question = descent.page, named("uphill")
    descent.put("learning_rate", 20)
    descent.click_map(2.0, 2.0)
    page.wait_for_function("new URLSearchParams(location.search).get('start') !== '3,3'")
    descent.wait_for_server()
    start = descent.address["start"]
    page.get_by_role("radio", name="2", exact=True).click()
    wrong = option(page, question, 0)
    wrong.click()
    descent.wait_for_state(learning_rate="100", iterations="40")
    descent.wait_for("!player.isPlaying() && Number(player.state().step) > 0")
    reply = page.get_by_test_id("stAlertContentInfo")
    expect(reply).to_contain_text(COMMON["questions"]["again"])
    shown = reply.inner_text()
    assert f"step {descent.step}" in shown, "where the first rise comes, the figure stands still"
    assert descent.address["start"] == start
    option(page, question, question.right_place({})).click()
    expect(page.get_by_test_id("stAlertContentSuccess")).to_contain_text(COMMON["questions"]["right"])


def test_a_press_on_the_map_answers_and_the_walk_takes_the_step_that_was_asked_for(descent: Figure) -> None:
    page = descent.page
    page.get_by_role("radio", name="5", exact=True).click()
    expect(page.get_by_text("Press that place on the map")).to_be_visible()
    descent.wait_for_server()
    descent.ask("player.root.querySelector('.panels').scrollIntoView({ block: 'center' })")
    numbers = answers("challenger", (3.0, 3.0))
    descent.click_map(3.0, 3.0)
    expect(page.get_by_test_id("stAlertContentInfo")).to_contain_text(COMMON["questions"]["again"])
    descent.wait_for("!player.isPlaying() && player.state().step === '1'")
    descent.ask("player.root.querySelector('.panels').scrollIntoView({ block: 'center' })")
    descent.wait_until_no_double_click()
    descent.click_map(*numbers["step_to"])
    expect(page.get_by_test_id("stAlertContentSuccess")).to_contain_text(COMMON["questions"]["right"])
    assert descent.address["start"] == numbers["step_from"]


def test_the_figure_comes_into_sight(page: Page, server: Server) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    figure = Figure(page).open(f"{server}/descent?view=map")
    figure.choose_scene("rate 25")
    figure.wait_for("player.isPlaying()")
    top = "document.querySelector('.live .panels, .live .stack').getBoundingClientRect().top"
    page.wait_for_function(f"() => {top} > 0 && {top} < innerHeight / 2")
    page.set_viewport_size({"width": 1366, "height": 768})


def test_a_scene_waits_for_the_answer(descent: Figure) -> None:
    page, question = descent.page, named("rate 25")
    page.get_by_role("button", name="rate 25", exact=True).click()
    descent.wait_for_state(learning_rate="25", step="0")
    descent.wait_for_server()
    expect(page.get_by_text(question.ask).first).to_be_visible()
    assert not descent.ask("player.isPlaying()")
    option(page, question, 2).click()
    descent.wait_for("player.isPlaying()")
    expect(page.get_by_test_id("stAlertContentInfo")).to_contain_text(question.options[2].reply)
    descent.ask("player.pause()")
