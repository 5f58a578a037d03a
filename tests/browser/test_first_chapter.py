"""The first chapter that CONTRIBUTING shows: built into a copy of the app as it stands there, and used."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import opened
from tests.browser.figure import Figure
from tests.browser.serving import ROOT, serve

FILES = re.findall(
    r"^`(\S+)`\n\n```\w+\n(.*?)^```$", (ROOT / "CONTRIBUTING.md").read_text("utf-8"), re.M | re.S
)
MOST_PYTHON, MOST_TOML = 70, 45
BETAS = ["0", "0.5", "0.7", "0.8", "0.9", "0.95"]


@pytest.fixture(scope="module")
def copy_of_the_app(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("app")
    for name in ("explainer", "pages", "assets", ".streamlit"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "streamlit_app.py", folder)
    for name, text in FILES:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    order = folder / "explainer" / "chapters" / "__init__.py"
    code = order.read_text(encoding="utf-8")
    assert code.count('"descent",') == 1
    order.write_text(code.replace('"descent",', '"descent", "momentum", '), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def momentum(copy_of_the_app: Path, tab_of_modules: Page) -> Iterator[Figure]:
    with (
        serve(root=copy_of_the_app) as server,
        opened(tab_of_modules, f"{server}/momentum?beta=0.7&step=3") as figure,
    ):
        yield figure
        assert "Traceback" not in server.log()


def w_after(steps: int, beta: float) -> float:
    w, v = 3.0, 0.0
    for _ in range(steps):
        v = beta * v + w
        w -= 0.1 * v
    return w


def test_it_is_small_and_lies_in_one_folder_and_its_page() -> None:
    lines = {".py": 0, ".toml": 0}
    for name, text in FILES:
        path = Path(name)
        lines[path.suffix] += len(text.splitlines())
        assert path.parent == Path("pages") or path.parent == Path("explainer/chapters/momentum")
    assert [Path(name).name for name, _ in FILES] == ["words.toml", "chapter.py", "figure.py", "momentum.py"]
    assert lines[".py"] <= MOST_PYTHON and lines[".toml"] <= MOST_TOML


def test_the_address_says_what_is_shown(momentum: Figure) -> None:
    assert momentum.state == {"beta": "0.7", "step": "3", "ahead": "hidden"}
    assert momentum.readouts() == [f"w = {w_after(3, 0.7):.3f}, J = {w_after(3, 0.7) ** 2 / 2:.3f}"]
    momentum.slide("step", "ArrowRight")
    momentum.wait_for_address(beta="0.7", step="4")


@pytest.mark.parametrize("place", range(len(BETAS)), ids=BETAS)
def test_the_slider_picks_another_walk(momentum: Figure, place: int) -> None:
    momentum.put("beta", place)
    momentum.ask("player.goTo(10)")
    momentum.wait_for_state(beta=BETAS[place], step="10")
    shown = momentum.readouts()[0].replace("−", "-")
    assert shown.startswith(f"w = {w_after(10, float(BETAS[place])):.3f},")


def test_the_scene_plays_and_says_its_sentence(momentum: Figure) -> None:
    momentum.page.get_by_role("button", name="beta 0.95", exact=True).click()
    momentum.wait_for("player.isPlaying() && Number(player.state().step) > 1")
    momentum.wait_for_state(beta="0.95")
    expect(momentum.page.get_by_text("swings from side to side").first).to_be_visible()
    momentum.ask("player.pause()")


def test_its_questions_are_answered(momentum: Figure) -> None:
    page = momentum.page
    page.get_by_role("radio", name="2", exact=True).click()
    page.get_by_role("radio", name="0.7", exact=True).click()
    expect(page.get_by_text("what is kept adds up")).to_be_visible()
    page.get_by_role("radio", name="1", exact=True).click()
    page.get_by_role("radio", name="yes", exact=True).click()
    expect(page.get_by_text("it stays on one side")).to_be_visible()
    momentum.wait_for("player.isPlaying() && player.state().beta === '0'")
    momentum.ask("player.pause()")


def test_it_stands_between_its_neighbours(momentum: Figure) -> None:
    for label in ("Previous: Descent", "Next: Graph"):
        expect(momentum.page.get_by_role("link", name=label)).to_be_visible()


def test_what_is_wrong_in_its_address_is_said(momentum: Figure) -> None:
    momentum.page.goto(momentum.page.url.partition("?")[0] + "?beta=2&colour=red")
    momentum.wait_for_warnings(2)
    assert any("Using 0.95 instead" in warning for warning in momentum.warnings)
