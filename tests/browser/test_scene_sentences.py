"""What is said of a scene goes as soon as one of the settings that were shown is another, the clock aside."""

import pytest
from playwright.sync_api import Locator

from explainer.chapters import CHAPTERS
from explainer.stage.chapter import Chapter
from explainer.words import COMMON, Scene
from tests.browser.figure import Figure
from tests.browser.serving import Server
from tests.browser.walks import walk

WITH_SCENES = [chapter for chapter in CHAPTERS if chapter.words.scenes]


def said_of(figure: Figure, chapter: Chapter, scene: Scene) -> Locator:
    return figure.page.locator(f'[class*="st-key-scene-{chapter.name}-{scene.figure}-reply"]').get_by_test_id(
        "stAlert"
    )


def choose(figure: Figure, scene: Scene) -> None:
    """Presses the scene's button, and waits until its question is asked."""
    figure.page.get_by_role("button", name=scene.name, exact=True).click()
    figure.page.get_by_text(COMMON["questions"]["of_scene"].format(name=scene.name), exact=True).wait_for()


def tell(figure: Figure, chapter: Chapter, scene: Scene) -> None:
    """Asks for the answer to the scene's question."""
    figure.page.locator(f'[class*="st-key-questions-{chapter.name}-{scene.figure}"]').get_by_role(
        "button", name=COMMON["questions"]["tell"]
    ).click()


def come_to_rest(figure: Figure, said: Locator) -> None:
    """Waits until the answer is there, and stops what plays."""
    said.wait_for()
    figure.wait_until_drawn()
    figure.ask("player.pause()")
    figure.ask("player.settling.cancel()")  # Python is told of nothing that is moved here


def names_of(figure: Figure, scene: Scene) -> list[str]:
    """The controls of the figure that the scene sets: without its clock, and what only looks different."""
    counts = "it !== player.clock.control && !player.settings.isAboutLooks(it)"
    return [name for name in scene.state if name in figure.state and figure.ask(counts, name)]


# Moves a control or a toggle elsewhere, and says how it comes back.
MOVE = """(({ toggles, values, places }) => {
    if (toggles.has(it)) {
        const options = toggles.get(it).options.map(([option]) => option), before = values[it];
        window.moveBack = () => player.choose(it, before);
        return player.choose(it, options.find((option) => option !== before));
    }
    const before = places[it];
    window.moveBack = () => player.move(it, before);
    return player.move(it, before ? before - 1 : 1);
})(player.settings)"""


@pytest.mark.parametrize("chapter", walk(WITH_SCENES, "pixels", "sigmoid", "vectorization"))
def test_whatever_a_scene_has_set_ends_what_is_said_of_it_when_it_moves(
    chapter: Chapter, figure: Figure, server: Server
) -> None:
    shown = list(chapter.figures)
    figure.open(f"{server}/{chapter.name}")
    for scene in chapter.words.scenes:
        one = Figure(figure.page, shown.index(scene.figure))
        said = said_of(one, chapter, scene)
        choose(one, scene)
        tell(one, chapter, scene)
        come_to_rest(one, said)
        for name in names_of(one, scene):
            assert said.is_visible(), (scene.name, name)
            one.ask(MOVE, name)
            one.ask("player.settling.cancel()")
            assert said.is_hidden(), (scene.name, name)
            one.ask("moveBack()")
            one.ask("player.settling.cancel()")
        one.ask("player.goTo(player.clock.step + 1)")
        assert said.is_visible(), "the clock moves on without it"


def chapter_and_scene(chapter_name: str, scene_name: str) -> tuple[Chapter, Scene]:
    (chapter,) = [one for one in CHAPTERS if one.name == chapter_name]
    (scene,) = [one for one in chapter.words.scenes if one.name == scene_name]
    return chapter, scene


def test_what_has_gone_stays_away_when_the_page_runs_again(figure: Figure, server: Server) -> None:
    """Python is not told of a moved rate, and would say it again."""
    chapter, scene = chapter_and_scene("descent", "rate 1")
    said = said_of(figure, chapter, scene)
    figure.open(f"{server}/descent?view=map")
    choose(figure, scene)
    tell(figure, chapter, scene)
    come_to_rest(figure, said)
    figure.put("learning_rate", 3)
    said.wait_for(state="hidden")
    figure.page.get_by_text(COMMON["frame"]["code"], exact=True).click()
    figure.page.get_by_test_id("stCode").first.wait_for()
    figure.wait_for_server()
    assert said.is_hidden()


def test_who_has_moved_something_before_answering_sees_the_scene(figure: Figure, server: Server) -> None:
    chapter, scene = chapter_and_scene("descent", "rate 1")
    figure.open(f"{server}/descent?view=map")
    choose(figure, scene)
    figure.wait_until_drawn()
    figure.put("learning_rate", 3)
    assert figure.state["learning_rate"] != scene.state["learning_rate"]
    tell(figure, chapter, scene)
    come_to_rest(figure, said_of(figure, chapter, scene))
    assert figure.state["learning_rate"] == scene.state["learning_rate"]
