"""From *Loss* to *Descent*: a walk by hand, and descent from the same start beside it."""

from playwright.sync_api import Page

from explainer.words import words
from tests.browser.figure import Figure
from tests.browser.serving import Server

LINK = words("loss").text["by_hand"]


def rest(figure: Figure, name: str, key: str) -> None:
    before = figure.state[name]
    figure.slider(name).press(key)
    figure.page.wait_for_function(
        "([name, before]) => new URLSearchParams(location.search).get(name) !== before", arg=[name, before]
    )
    figure.wait_for_server()


def test_both_walks_stand_on_the_map(page: Page, server: Server) -> None:
    loss = Figure(page).open(f"{server}/loss?w=-1&b=-0.5")
    link = page.get_by_role("link", name=LINK)
    assert link.count() == 0
    for name, key in (("w", "Home"), ("b", "End")):
        rest(loss, name, key)
    places = [f"{loss.address['w']},{loss.address['b']}"]
    link.click()
    page.wait_for_url("**/descent?*")
    descent = Figure(page).wait_until_drawn()
    assert descent.address["start"] == "-1,-0.5"
    hand = descent.address["hand"].split(";")
    assert (hand[0], len(hand), hand[-1]) == ("-1,-0.5", 3, places[0])
    (said,) = [text for text in descent.readouts() if text.startswith("moves by hand: 2,")]
    descent.ask("player.goTo(5)")
    (then,) = [text for text in descent.readouts() if text.startswith("moves by hand: 2,")]
    assert said != then and "steps of descent: 5," in then
    shared = Figure(page).open(page.url)
    assert shared.address["hand"] == ";".join(hand) and shared.warnings == []
    assert loss.errors == [] and descent.errors == [] and shared.errors == []


def test_a_scene_begins_the_walk_anew(page: Page, server: Server) -> None:
    loss = Figure(page).open(f"{server}/loss?w=-1&b=-0.5")
    link = page.get_by_role("link", name=LINK)
    rest(loss, "w", "Home")
    link.wait_for()
    loss.choose_scene(next(scene.name for scene in words("loss").scenes if scene.figure == "examples"))
    loss.wait_for_server()
    link.wait_for(state="detached")
    assert loss.errors == []
