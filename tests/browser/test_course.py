"""The course without a server: figures play, scenes and questions work, from the disk and a plain server."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from explainer.chapters import ORDER
from explainer.export.course.folder import make_course
from explainer.live import scripts
from explainer.ui.question_kinds import reply_to
from explainer.words import COMMON, COURSE, words
from explainer.words.questions import Question, read_question
from tests.browser.conftest import PHONE, new_tab
from tests.browser.firefox.bidi import firefox
from tests.export.course import PageRead, plain_server

TEXT = COMMON["questions"]
READY = "document.documentElement.dataset.isReady"
PLAYERS = "[...document.querySelectorAll('.live-root')].map((root) => root.player)"
FIRST = "document.querySelector('.live-root')?.player"


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made") / "course"
    make_course(folder, pages=("home", "sigmoid", "descent", "graph"))
    return folder


@pytest.fixture(scope="module")
def tab(browser: Browser) -> Iterator[Page]:
    with new_tab(browser) as made:
        made.context.set_offline(True)
        yield made


def open_file(tab: Page, path: Path, query: str = "") -> list[str]:
    """Opens a page of the folder from the disk; what goes wrong in it."""
    troubles: list[str] = []
    tab.on("pageerror", lambda error: troubles.append(str(error)))
    tab.on("console", lambda said: troubles.append(said.text) if said.type == "error" else None)
    tab.goto(path.as_uri() + query)
    tab.wait_for_function(f"{READY} && {FIRST}?.ready")
    return troubles


@pytest.mark.parametrize("name", ["index", "sigmoid", "descent", "graph"])
def test_a_page_plays_from_the_disk_with_the_network_cut(tab: Page, course: Path, name: str) -> None:
    troubles = open_file(tab, course / f"{name}.html")
    for number in range(tab.evaluate(f"{PLAYERS}.length")):
        tab.locator(".shown").nth(number).scroll_into_view_if_needed()
        tab.wait_for_function(f"{PLAYERS}[{number}].ready")
    steps = tab.evaluate(f"{FIRST}.clock.step")
    if tab.evaluate(f"{FIRST}.clock.canPlay"):
        tab.get_by_label("play", exact=True).first.click()
        tab.wait_for_function(f"{FIRST}.clock.step > {steps}")
    assert troubles == []


def test_the_first_figure_stands_as_in_the_app(tab: Page, course: Path) -> None:
    data = PageRead(course / "descent.html").data
    open_file(tab, course / "descent.html")
    assert tab.evaluate(f"{FIRST}.state()") == data["figures"]["walk"]["texts"]


def test_a_scene_asks_first_and_shows_after_the_answer(tab: Page, course: Path) -> None:
    scene = next(one for one in words("descent").scenes if one.name == "rate 25")
    assert scene.question is not None and isinstance(scene.question.right, int)
    troubles = open_file(tab, course / "descent.html")
    tab.get_by_role("button", name=scene.name, exact=True).click()
    tab.wait_for_function(f"{FIRST}.state().learning_rate === '25'")
    tasks = tab.locator(".tasks")
    expect(tasks).to_contain_text(scene.question.ask)
    assert not tab.evaluate(f"{FIRST}.isPlaying()")
    expect(tasks).not_to_contain_text(scene.sentence.split("\n")[0])
    wrong = 1 - min(scene.question.right, 1)
    tasks.get_by_role("button", name=scene.question.options[wrong].text).click()
    expect(tasks.locator(".reply")).to_contain_text(scene.question.options[wrong].reply)
    tasks.get_by_role("button", name=scene.question.options[scene.question.right].text).click()
    expect(tasks.locator(".reply")).to_contain_text(scene.sentence.strip().split(". ")[0])
    tab.wait_for_function(f"{FIRST}.clock.step > 0")
    assert troubles == []


def test_a_scene_with_other_data_brings_its_tables_and_its_words(tab: Page, course: Path) -> None:
    troubles = open_file(tab, course / "sigmoid.html")
    before = tab.locator("[data-place=about]").inner_text()
    tab.get_by_role("button", name="a long study", exact=True).click()
    expect(tab.locator("[data-place=about]")).not_to_have_text(before)
    scenes = PageRead(course / "sigmoid.html").data["scenes"]
    (scene,) = [one for one in scenes if one["name"] == "a long study"]
    tab.wait_for_function(
        f"(texts) => JSON.stringify({FIRST}.state()) === JSON.stringify(texts)", arg=scene["texts"]
    )
    assert troubles == []


def test_a_question_of_the_figures_own_brings_its_data_and_words_back(tab: Page, course: Path) -> None:
    data = PageRead(course / "sigmoid.html").data
    troubles = open_file(tab, course / "sigmoid.html")
    about = tab.locator("[data-place=about]")
    before = about.inner_text()
    tab.get_by_role("button", name="a long study", exact=True).click()
    expect(about).not_to_have_text(before)
    tab.locator(".tasks").first.get_by_role("button", name="question 1").click()
    expect(about).to_have_text(before, use_inner_text=True)
    texts = data["figures"]["outlier"]["texts"]
    tab.wait_for_function(f"(texts) => JSON.stringify({FIRST}.state()) === JSON.stringify(texts)", arg=texts)
    assert troubles == []


def test_a_number_is_judged_and_told_after_two_tries(tab: Page, course: Path) -> None:
    (task,) = [
        one
        for one in PageRead(course / "descent.html").data["tasks"]["walk"]
        if one["name"] == "a tenth of the rate"
    ]
    troubles = open_file(tab, course / "descent.html")
    tasks = tab.locator(".tasks")
    box = tasks.get_by_label(TEXT["your_number"])
    box.fill("five")
    box.press("Enter")
    expect(box).to_have_attribute("aria-invalid", "true")
    expect(tasks.locator(".reply")).to_be_empty()
    box.fill("1")
    box.press("Enter")
    expect(tasks.locator(".reply")).to_contain_text(TEXT["again"])
    box.fill(str(100 * task["right"]))
    box.press("Enter")
    expect(tasks.locator(".reply")).not_to_contain_text(TEXT["again"])
    expect(tasks.get_by_role("button", name=TEXT["tell"])).to_be_hidden()
    tasks.get_by_role("button", name="question 2").click()
    expect(tasks.locator(".reply")).to_be_empty()
    tasks.get_by_role("button", name=TEXT["tell"]).click()
    expect(tasks.locator(".reply")).not_to_be_empty()
    assert troubles == []


def test_a_press_on_the_map_answers_and_else_says_what_it_needs(tab: Page, course: Path) -> None:
    data = PageRead(course / "descent.html").data["tasks"]["walk"]
    number, task = next((k, one) for k, one in enumerate(data) if one["kind"] == "place")
    troubles = open_file(tab, course / "descent.html", "?view=map")

    def press(x: float, y: float) -> None:
        left, top = tab.evaluate(
            f"""([x, y]) => {{
                const [right, down] = {FIRST}.project("map", x, y);
                const plot = {FIRST}.page.panels.named("map").figure.plotElement.getBoundingClientRect();
                return [plot.left + right, plot.top + down];
            }}""",
            [x, y],
        )
        tab.mouse.click(left, top)

    tab.locator(".shown").scroll_into_view_if_needed()
    press(0, 0)
    expect(tab.locator(".shown .message")).to_contain_text(COURSE["script"]["press_needs_python"])
    tab.get_by_role("button", name=f"question {number + 1}").click()
    tab.locator(".shown").scroll_into_view_if_needed()
    press(*task["right"])
    expect(tab.locator(".tasks .reply.right")).to_contain_text(TEXT["right"])
    assert troubles == []


def test_an_address_is_read_and_written_and_what_it_cannot_be_is_said(tab: Page, course: Path) -> None:
    path = course / "descent.html"
    open_file(tab, path, "?learning_rate=25&iterations=50")
    assert tab.evaluate(f"{FIRST}.state()")["learning_rate"] == "25"
    assert tab.locator("main > .message:visible").count() == 0
    tab.evaluate(f"{FIRST}.goTo(7)")
    tab.wait_for_function("new URLSearchParams(location.search).get('step') === '7'")
    open_file(tab, path, "?data=hours&model=line&start=1,1&colour=red&learning_rate=25")
    said = tab.locator("main > .message.warning:visible").inner_text()
    assert all(name in said for name in ("start", "colour")) and "learning_rate" not in said
    assert tab.evaluate(f"{FIRST}.state()")["learning_rate"] == "25"
    # A scene has the same data: then its tables are shown.
    open_file(tab, course / "sigmoid.html", "?data=hours")
    tab.wait_for_function("document.querySelector('[data-place=about]').innerText.includes('hours')")
    assert tab.locator("main > .message.warning:visible").count() == 0


def test_on_paper_figures_stand_as_on_the_screen_without_controls(tab: Page, course: Path) -> None:
    open_file(tab, course / "descent.html")
    canvases = f"[...{FIRST}.root.querySelectorAll('canvas.moving')]"
    sizes = f"{canvases}.flatMap((one) => [one.clientWidth, one.clientHeight])"
    before = tab.evaluate(sizes)
    tab.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    tab.emulate_media(media="print")
    assert tab.locator(".live .controls:visible, .tasks button:visible, header nav:visible").count() == 0
    assert tab.evaluate(sizes) == pytest.approx(before, abs=4)  # the scale rounds gaps to pixels
    assert tab.evaluate(f"{FIRST}.root.getBoundingClientRect().width") <= 700  # pixels of a sheet
    # A scene's canvas is empty on paper, so there is a picture of it: of more than one colour.
    picture = tab.locator("img.on-paper")
    assert (
        picture.evaluate(
            """(image) => {
            const canvas = document.createElement("canvas");
            [canvas.width, canvas.height] = [image.naturalWidth, image.naturalHeight];
            const pen = canvas.getContext("2d");
            pen.drawImage(image, 0, 0);
            const { data } = pen.getImageData(0, 0, canvas.width, canvas.height);
            return new Set(new Uint32Array(data.buffer)).size;
        }"""
        )
        > 100
    )
    tab.emulate_media(media="screen")
    tab.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert picture.count() == 0 and tab.evaluate(sizes) == before


def test_the_keyboard_reaches_everything(tab: Page, course: Path) -> None:
    open_file(tab, course / "sigmoid.html")
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.className") == "skip"
    reached = set()
    for _ in range(60):
        tab.keyboard.press("Tab")
        reached.add(
            tab.evaluate("document.activeElement.closest('.row, .live-root, .tasks')?.className ?? ''")
        )
    assert any("live" in one for one in reached) and "tasks" in reached and "row" in reached


def test_it_plays_from_a_plain_server_on_a_phone(browser: Browser, course: Path) -> None:
    with plain_server(course) as address, new_tab(browser, **PHONE) as phone:
        troubles: list[str] = []
        phone.on("pageerror", lambda error: troubles.append(str(error)))
        phone.goto(f"{address}/descent.html")
        phone.wait_for_function(f"{READY} && {FIRST}?.ready")
        assert phone.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
        phone.get_by_label("play", exact=True).first.tap()
        phone.wait_for_function(f"{FIRST}.clock.step > 0")
        assert troubles == []


# ---- judging, alone


JUDGED: tuple[tuple[str, dict[str, Any], Sequence[Any]], ...] = (
    ("choice", {"right": 1, "options": [{"text": "a", "reply": "A"}, {"text": "b", "reply": ""}]}, (0, 1)),
    ("number", {"right": 4.0, "within": 0.4, "low": "L", "high": "H"}, (3.59, 3.61, 4, 4.39, 4.41)),
    ("order", {"steps": [{"text": t, "reply": t.upper()} for t in "abc"]}, ([0, 1, 2], [1, 0, 2], [0, 2, 1])),
    (
        "shape",
        {"right": [3, 1], "other": "O", "mistakes": [{"shape": [3], "reply": "flat"}]},
        ([3, 1], [3], [1, 3]),
    ),
    (
        "place",
        {"right": [1, 1], "radius": 0.5, "far": "F", "mistakes": [{"at": [-1, 0], "reply": "up"}]},
        ([1.2, 1.3], [2, 2], [-1.1, 0.2]),
    ),
)


def as_question(kind: str, task: dict[str, Any]) -> tuple[Question, dict[str, Any]]:
    """The same question as the app has it, with its numbers."""
    raw: dict[str, Any] = {"name": kind, "ask": "?", "because": "."}
    if kind == "choice":
        return read_question(
            raw | {"right": task["right"], "options": [dict(one) for one in task["options"]]}
        ), {}
    if kind == "number":
        asked = {
            "right": "n",
            "within": task["within"] / task["right"],
            "low": task["low"],
            "high": task["high"],
        }
        return read_question(raw | {"number": asked}), {"n": task["right"]}
    if kind == "order":
        return read_question(raw | {"order": {"steps": task["steps"], "offered": [2, 0, 1]}}), {}
    if kind == "shape":
        asked = {"right": "r", "other": task["other"], "mistakes": [{"shape": "m", "reply": "flat"}]}
        return read_question(raw | {"shape": asked}), {"r": (3, 1), "m": (3,)}
    asked = {
        "point": "p",
        "right": "r",
        "radius": "d",
        "far": "F",
        "mistakes": [{"place": "m", "reply": "up"}],
    }
    return read_question(raw | {"place": asked}), {"r": (1, 1), "d": 0.5, "m": (-1, 0)}


@pytest.mark.parametrize(("kind", "task", "given"), JUDGED, ids=[kind for kind, *_ in JUDGED])
def test_replies_are_those_of_the_app(
    browser: Browser, kind: str, task: dict[str, Any], given: Sequence[Any]
) -> None:
    page = browser.new_page()
    page.add_script_tag(content=scripts.bundle(scripts.JS / "course" / "judging.js", with_layers=False))
    question, numbers = as_question(kind, task)
    judged = [
        page.evaluate(f"(given) => in_course_judging.judge({json.dumps(task | {'kind': kind})}, given)", one)
        for one in given
    ]
    page.close()
    assert any(one["right"] for one in judged) and not all(one["right"] for one in judged)
    for one, answer in zip(judged, given, strict=True):
        if not one["right"]:
            app = reply_to(question, numbers, tuple(answer) if isinstance(answer, list) else answer)
            assert one["reply"] in app and one["said"] in app


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ("(3, 4)", [3, 4]),
        ("3,4", [3, 4]),
        (" ( 12288 , 1 ) ", [12288, 1]),
        ("(3,)", [3]),
        ("3", [3]),
        ("()", None),
        ("three", None),
        ("(3, -1)", None),
        ("(3; 4)", None),
    ],
)
def test_shapes_are_read(tab: Page, text: str, shape: list[int] | None) -> None:
    tab.goto("about:blank")
    tab.add_script_tag(content=scripts.bundle(scripts.JS / "course" / "judging.js", with_layers=False))
    assert tab.evaluate("(text) => in_course_judging.readShape(text)", text) == shape


# ---- all of it


@pytest.fixture(scope="module")
def whole_course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made") / "course"
    make_course(folder)
    return folder


@pytest.mark.whole
def test_every_page_shows_all_its_scenes_and_tells_all_its_answers(tab: Page, whole_course: Path) -> None:
    for name in ("index", *ORDER):
        troubles = open_file(tab, whole_course / f"{name}.html")
        for scene in tab.locator("[data-scene]").all():
            scene.click()
            tab.wait_for_function("document.querySelectorAll('.live-root').length === 0 || " + READY)
        for spot in tab.locator(".tasks").all():
            numbers = spot.locator(".numbers button").all()
            for number in numbers:
                if len(numbers) > 1:  # one question alone has no number
                    number.click()
                tell = spot.get_by_role("button", name=TEXT["tell"])
                if tell.is_visible():
                    tell.click()
                    expect(spot.locator(".reply")).not_to_be_empty()
        assert troubles == [], name


@pytest.mark.whole
@pytest.mark.parametrize("by", ["disk", "server"])
def test_firefox_plays_every_page(whole_course: Path, by: str) -> None:
    with firefox() as tab, plain_server(whole_course) as address:
        base = whole_course.as_uri() if by == "disk" else address
        for name in ("index", *ORDER):
            tab.go(f"{base}/{name}.html")
            tab.wait_for(f"{READY} && {FIRST}?.ready")
            assert tab.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
        assert tab.errors == []
