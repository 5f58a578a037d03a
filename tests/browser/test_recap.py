"""Recap on a phone: a press on the map, steps in order, a line typed; progress taken along and brought."""

import json
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from explainer.chapters.recap.answers import answers
from explainer.maths.assignment import EXERCISES
from explainer.words import COMMON, words
from explainer.words.questions import Question
from tests.browser.figure import Figure
from tests.browser.serving import Server

SAID, TEXT = words("recap"), COMMON["questions"]
NUMBERS = answers()


def named(name: str) -> Question:
    return next(question for question in SAID.questions if question.name == name)


def open_question(page: Page, server: Server, name: str) -> Figure:
    figure = Figure(page).open(f"{server}/recap?question={name}")
    expect(page.get_by_text(named(name).ask.format(**NUMBERS)[:30]).first).to_be_visible()
    return figure


def is_right(page: Page, name: str) -> None:
    said = page.get_by_test_id("stAlertContentSuccess")
    expect(said).to_contain_text(TEXT["right"])
    because = named(name).because.format(**NUMBERS)
    expect(said).to_contain_text(because.replace("`", "").replace("*", "")[:25])


def test_a_press_on_the_map_answers_and_the_walk_shows_why(phone: Page, server: Server) -> None:
    figure = open_question(phone, server, "where-it-rests")
    into_sight = "player.root.querySelector('.panels').scrollIntoView({ block: 'center' })"
    figure.ask(into_sight)
    figure.click_map(*NUMBERS["rest_ahead"])
    expect(phone.get_by_test_id("stAlertContentInfo")).to_contain_text(TEXT["again"])
    figure.wait_for("!player.isPlaying() && player.state().step === '120'")
    figure.ask(into_sight)
    figure.wait_until_no_double_click()
    figure.click_map(*NUMBERS["rest"])
    is_right(phone, "where-it-rests")
    assert figure.address["start"] == NUMBERS["rest_from"], "the press was an answer, and no new start"
    assert figure.errors == []


def test_steps_are_put_in_order(phone: Page, server: Server) -> None:
    figure = open_question(phone, server, "an-iteration")
    order = named("an-iteration").order
    assert order is not None
    texts = [step.text for step in order.steps]

    def press(places: list[int]) -> None:
        for count, place in enumerate(places, start=1):
            phone.get_by_role("button", name=texts[place], exact=True).tap()
            shown = [texts[one] for one in places[:count]] if count < len(places) else []
            said = TEXT["so_far"].format(steps=TEXT["arrow"].join(shown)) if shown else TEXT["next_step"]
            expect(phone.get_by_text(said, exact=True)).to_be_visible()

    press([0, 2, 1, 3, 4])
    expect(phone.get_by_test_id("stAlertContentInfo")).to_contain_text(order.steps[2].reply)
    press([0, 1, 2, 3, 4])
    is_right(phone, "an-iteration")
    phone.get_by_role("button", name=SAID.text["next"], exact=True).tap()
    expect(phone.get_by_test_id("stAlertContentSuccess")).to_have_count(0)
    figure.wait_for_address(question="next")
    assert figure.errors == []


def test_a_line_is_typed_and_a_shape(phone: Page, server: Server) -> None:
    figure = open_question(phone, server, "write-the-sigmoid")
    own = phone.get_by_label(COMMON["writing"]["own_lines"], exact=True)
    check = phone.get_by_role("button", name=COMMON["writing"]["check"], exact=True)
    own.fill("s = __import__('os')")
    check.tap()
    expect(phone.get_by_test_id("stAlertContentWarning")).to_be_visible()
    own.fill(EXERCISES["sigmoid"].mistakes["sign"])
    check.tap()
    mistake = COMMON["assignment"]["exercises"]["sigmoid"]["mistakes"]["sign"]
    expect(phone.get_by_test_id("stAlertContentInfo")).to_contain_text(mistake)
    expect(phone.get_by_test_id("stAlertContentWarning")).to_have_count(0)
    own.fill(EXERCISES["sigmoid"].lines)
    check.tap()
    is_right(phone, "write-the-sigmoid")

    open_question(phone, server, "shape-of-w1")
    shape = phone.get_by_label(TEXT["your_shape"], exact=True)
    shape.fill("2, 4")
    shape.press("Enter")
    wrong = named("shape-of-w1").shape
    assert wrong is not None
    expect(phone.get_by_test_id("stAlertContentInfo")).to_contain_text(wrong.mistakes[0].reply)
    shape.fill("(4, 2)")
    shape.press("Enter")
    is_right(phone, "shape-of-w1")
    assert figure.errors == []


def test_the_question_leads_to_where_it_can_be_seen(page: Page, server: Server) -> None:
    figure = open_question(page, server, "which-rate-next")
    page.get_by_role("button", name=TEXT["tell"], exact=True).click()
    page.get_by_role("link", name=SAID.text["see"].format(nav=words("descent").nav)).click()
    figure.wait_until_drawn()
    figure.wait_for_state(learning_rate="0.001", iterations="200")
    assert figure.warnings == [] and figure.errors == []


@pytest.fixture
def answered(page: Page, server: Server) -> Figure:
    """Recap, with one question told, and its box for progress open."""
    figure = open_question(page, server, "is-it-good")
    page.get_by_role("button", name=TEXT["tell"], exact=True).click()
    page.get_by_role("button", name=SAID.text["next"], exact=True).wait_for()
    page.get_by_text(COMMON["progress"]["box"], exact=True).click()
    return figure


def test_progress_is_a_file_that_can_be_brought_back(
    answered: Figure, server: Server, tmp_path: Path
) -> None:
    page = answered.page
    with page.expect_download() as saved:
        page.get_by_role("button", name=COMMON["progress"]["keep"]).click()
    path = tmp_path / saved.value.suggested_filename
    saved.value.save_as(path)
    raw = json.loads(path.read_text(encoding="utf-8"))
    assert set(raw["answers"]) == {"recap/is-it-good"} and set(raw["visited"]) == {"recap"}
    page.goto(f"{server}/")
    answered.wait_for_home()
    answered.wait_for_server()
    assert page.get_by_test_id("stCaptionContainer").count() == 0, "another visit knows nothing"
    page.get_by_text(COMMON["progress"]["box"], exact=True).click()
    page.locator("input[type=file]").set_input_files(path)
    expect(page.get_by_text(COMMON["progress"]["due_one"].replace("*", ""))).to_be_visible()
    page.locator("input[type=file]").set_input_files(
        {"name": "p.json", "mimeType": "application/json", "buffer": b"[1, 2"}
    )
    expect(page.get_by_test_id("stAlertContentWarning")).to_contain_text(
        COMMON["progress"]["problems"]["json"]
    )
    expect(page.get_by_text(COMMON["progress"]["due_one"].replace("*", ""))).to_be_visible()
    assert answered.errors == []


def test_progress_is_a_link_that_is_taken_out_of_the_address(answered: Figure) -> None:
    page = answered.page
    link = page.get_by_role("link", name=COMMON["progress"]["as_link"]).get_attribute("href")
    assert link is not None and len(link) < 200
    (packed,) = parse_qs(urlsplit(link).query)["progress"]
    assert packed.replace("-", "").replace("_", "").isalnum()
    page.goto("about:blank")
    answered.open(link)
    expect(page.get_by_text(COMMON["progress"]["due_one"].replace("*", ""))).to_be_visible()
    page.wait_for_function("!location.search.includes('progress')")
    answered.wait_for_address(question="next", step="0")
    assert answered.warnings == [] and answered.errors == []
    question = named("is-it-good")
    expect(page.get_by_text(question.ask.format(**NUMBERS)[:30]).first).to_be_visible()
