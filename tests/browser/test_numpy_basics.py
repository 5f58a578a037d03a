"""The chapter *NumPy basics* in a browser: cells become known, numbers are typed, exercises are checked."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from explainer.chapters.numpy_basics.cards import prepared
from explainer.chapters.numpy_basics.chapter import card as card_stage
from explainer.chapters.numpy_basics.exercises import EXERCISES, line_of
from explainer.words import COMMON, words
from tests.browser.conftest import opened
from tests.browser.figure import Figure
from tests.browser.serving import Server

SAID = words("numpy_basics")
OPAQUE = """(panel, [x, y]) => {
    const canvas = panel.querySelector('canvas.moving'), ratio = canvas.width / canvas.clientWidth;
    const [px, py] = panel.closest('.live-root').player.project('card', x, y);
    return canvas.getContext('2d').getImageData(px * ratio, py * ratio, 1, 1).data[3];
}"""


@pytest.fixture(scope="module")
def shown(server: Server, tab_of_modules: Page) -> Iterator[Figure]:
    """The chapter, opened once."""
    with opened(tab_of_modules, f"{server}/numpy_basics") as figure:
        yield figure


@pytest.fixture
def card(shown: Figure) -> Iterator[Figure]:
    yield shown
    assert shown.errors == []


def pick(card: Figure, name: str) -> None:
    """Chooses a function by its button, whether it is done or not."""
    card.wait_for_server()
    chooser = card.page.get_by_test_id("stButtonGroup").first
    chooser.get_by_text(re.compile(f"^(✓ )?{name}$")).click()
    card.wait_for_address(function=name)
    card.wait_for_server()
    card.wait_until_drawn()


def calculations(name: str, example: str) -> tuple[str, ...]:
    return card_stage(name, prepared(name, example), "shown").tables["calculation"].labels


def test_cells_become_known_one_after_the_other(card: Figure) -> None:
    pick(card, "normalize_rows")
    said = calculations("normalize_rows", "course")
    assert card.state["step"] == "0"
    assert card.readouts() == [said[0]]
    card.slide("step", "ArrowRight", times=4)
    card.wait_for_address(function="normalize_rows", example="course", step="4")
    assert card.readouts() == [said[4]] == ["out[0, 1] = 3 / √(0² + 3² + 4²) = 0.6"]
    # The first row's middle number and its norm are shaded, their neighbours are not.
    shaded = {place: card.panel("card").evaluate(OPAQUE, place) > 0 for place in ((1.2, -0.2), (0.2, -0.2))}
    assert shaded == {(1.2, -0.2): True, (0.2, -0.2): False}
    card.page.get_by_label("speed").select_option("4")
    card.button("play").click()
    card.wait_for_state(step="8")
    assert card.readouts() == [said[8]]
    assert card.root.locator(".sentence").inner_text() == SAID.figure["said_all"].format(last=8)


def test_what_is_typed_is_drawn_and_what_is_wrong_is_said(card: Figure) -> None:
    pick(card, "softmax")
    page = card.page
    box = page.locator("textarea").first
    expect(box).to_have_value("9 2 5 0 0\n7 5 0 0 0")
    box.fill("1000, 1000")
    box.press("Control+Enter")
    expect(page.get_by_text("0.5 0.5", exact=False)).to_have_count(0)
    page.get_by_text(SAID.text["shape_shown"], exact=True).click()
    expect(page.get_by_text("0.5 0.5", exact=False)).to_be_visible()
    card.wait_for("player.state().step === '0'")
    card.slide("step", "End")
    card.wait_for_state(step="5")
    assert card.readouts() == ["s[0, 1] = 1 / 2 = 0.5"]
    box.fill("1000, cat")
    box.press("Control+Enter")
    expect(page.get_by_test_id("stAlertContentWarning")).to_contain_text("cat")
    expect(box).to_have_value("1000, cat")
    assert card.readouts() == ["s[0, 1] = 1 / 2 = 0.5"]
    page.get_by_role("button", name=SAID.text["back"], exact=True).click()
    expect(box).to_have_value("9 2 5 0 0\n7 5 0 0 0")
    expect(page.get_by_test_id("stAlertContentWarning")).to_have_count(0)


def test_an_exercise_is_checked_counted_and_leads_on(card: Figure) -> None:
    pick(card, "dot")
    page = card.page
    answer = page.get_by_label(SAID.text["answer_value"], exact=True)
    answer.fill("90")
    answer.press("Enter")
    expect(page.get_by_text(SAID.cards["dot"]["wrong"]["sums_first"])).to_be_visible()
    expect(page.get_by_text(SAID.text["progress"].format(done=0, all=12))).to_be_visible()
    answer.fill("32")
    answer.press("Enter")
    expect(page.get_by_text(SAID.text["progress"].format(done=1, all=12))).to_be_visible()
    expect(page.get_by_text(SAID.text["done"].format(name="dot"), exact=True)).to_be_visible()
    page.get_by_role("button", name=SAID.text["next"].format(name="outer"), exact=True).click()
    card.wait_for_address(function="outer", example="small", step="0")
    # A line of code is chosen by its button.
    pick(card, "elementwise")
    lines = EXERCISES["elementwise"].others
    page.get_by_text(line_of(lines["summed"]), exact=True).click()
    expect(page.get_by_text(SAID.cards["elementwise"]["wrong"]["summed"])).to_be_visible()
    page.get_by_text(line_of(lines["star"]), exact=True).click()
    expect(page.get_by_text(SAID.text["progress"].format(done=2, all=12))).to_be_visible()


def test_the_source_comes_when_it_is_opened(card: Figure) -> None:
    pick(card, "general_dot")
    page = card.page
    assert page.get_by_test_id("stCode").count() == 0
    page.get_by_text(COMMON["frame"]["code"], exact=True).click()
    expect(page.get_by_test_id("stCode")).to_have_count(2)
    shown = page.get_by_test_id("stCode").all_inner_texts()
    assert "def general_dot_loop" in shown[0] and "np.dot(W, x)" in shown[1]


def test_a_link_shows_the_card_as_it_was(card: Figure, server: Server) -> None:
    said = calculations("softmax", "thousand")
    card.open(f"{server}/numpy_basics?function=softmax&example=thousand&step=18")
    card.wait_for_state(step="18")
    assert card.readouts() == [said[18]]
    assert card.address == {"function": "softmax", "example": "thousand", "shape": "hidden", "step": "18"}
    assert not card.warnings
    card.open(f"{server}/numpy_basics?function=softmax&example=thousand&step=99")
    card.wait_for_state(step="18")
    card.wait_for_warnings(1)
