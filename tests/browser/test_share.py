"""The box below a chapter: its link and its code say what is seen, also what the page was told by no run."""

from collections.abc import Mapping
from io import BytesIO
from urllib.parse import parse_qsl, urlsplit

from PIL import Image
from playwright.sync_api import Page, expect

from explainer.words import COMMON
from tests.browser.figure import Figure
from tests.browser.serving import Server
from tests.codes import said

TEXT = COMMON["share"]
THUMB = 44  # pixels


class Box:
    """The box of a page, whose figure is `figure`."""

    def __init__(self, figure: Figure) -> None:
        self.figure, self.page = figure, figure.page
        self.status = self.page.get_by_role("status").filter(has_text=TEXT["fresh"])
        self.moved = self.page.get_by_role("status").filter(has_text=TEXT["moved"])
        self.take = self.page.get_by_role("button", name=TEXT["take"], exact=True)

    def open(self) -> "Box":
        self.page.get_by_text(TEXT["box"], exact=True).click()
        return self.wait()

    def wait(self) -> "Box":
        self.status.wait_for()
        self.figure.wait_for_server()
        return self

    @property
    def link(self) -> str:
        return self.page.get_by_test_id("stCode").first.inner_text().strip()

    @property
    def named(self) -> Mapping[str, str]:
        """The settings that the link names."""
        return dict(parse_qsl(urlsplit(self.link).query))

    def code(self) -> list[str]:
        """What the code says to a camera."""
        code = self.page.get_by_role("img", name=TEXT["code"].format(link=self.link))
        code.scroll_into_view_if_needed()
        expect(code).to_have_js_property("complete", True)
        return said(Image.open(BytesIO(code.screenshot())))


def test_a_slider_that_was_moved_without_a_run_is_in_the_link_and_in_its_code(
    figure: Figure, server: Server
) -> None:
    figure.open(f"{server}/descent?data=hours&view=map")
    figure.put("learning_rate", 20)
    figure.ask("player.goTo(7)")
    box = Box(figure).open()
    state = figure.state
    assert box.named == {"data": "hours", "view": "map", "learning_rate": state["learning_rate"], "step": "7"}
    assert urlsplit(box.link).netloc == urlsplit(server).netloc and box.code() == [box.link]

    figure.put("learning_rate", 25)
    box.moved.wait_for()
    assert box.named["learning_rate"] == state["learning_rate"]
    box.take.focus()
    figure.page.keyboard.press("Enter")
    box.wait()
    assert box.named["learning_rate"] == figure.state["learning_rate"] != state["learning_rate"]
    assert box.code() == [box.link]


def test_after_back_the_link_says_what_is_seen_then(figure: Figure, server: Server) -> None:
    figure.open(f"{server}/descent?data=challenger&view=map&learning_rate=0.5")
    figure.choose("data", "hours")
    figure.wait_for_address(data="hours")
    figure.wait_for_server()
    figure.put("learning_rate", 20)
    figure.wait_for_server()
    figure.page.go_back()
    figure.wait_for_address(data="challenger", learning_rate="0.5")
    figure.wait_until_drawn()
    box = Box(figure).open()
    assert box.named == {"view": "map", "learning_rate": "0.5"}


def test_whoever_opens_the_link_sees_the_same(figure: Figure, server: Server, new_page: Page) -> None:
    figure.open(f"{server}/sigmoid")
    for name, place in (("outlier", 3), ("w", 18), ("b", 4)):
        at = Figure(figure.page, 0 if name == "outlier" else 1)
        at.wait_until_drawn().put(name, place)
        at.wait_for_server()
    box = Box(figure).open()
    other = Figure(new_page).open(box.link)
    mine, theirs = figure.address, other.address
    second = Figure(new_page, 1).wait_until_drawn()
    assert other.state == figure.state and second.state == Figure(figure.page, 1).state
    assert theirs == mine and not other.warnings and other.errors == []


def test_on_a_phone_the_button_is_for_a_thumb_and_nothing_scrolls_sideways(
    phone: Page, server: Server
) -> None:
    figure = Figure(phone).open(f"{server}/loss")
    box = Box(figure).open()
    rectangle = box.take.bounding_box()
    assert rectangle is not None and rectangle["height"] >= THUMB
    assert box.code() == [box.link]
    width = phone.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth")
    assert width <= phone.evaluate("innerWidth") and figure.errors == []


def test_a_box_that_is_closed_and_opened_again_takes_anew(figure: Figure, server: Server) -> None:
    figure.open(f"{server}/numpy_basics")
    box = Box(figure).open()
    first = box.link
    figure.page.get_by_text(TEXT["box"], exact=True).click()
    expect(box.take).to_have_count(0)
    figure.wait_for_server()
    figure.put("step", 1)
    figure.wait_for_server()
    box.open()
    assert box.link != first and box.named["step"] == figure.state["step"]
