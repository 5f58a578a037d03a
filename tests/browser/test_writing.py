"""Lines typed in a browser: a box is opened, a line checked, its reply and its values shown."""

from pathlib import Path

from playwright.sync_api import Page, expect

from explainer.maths.assignment import EXERCISES, shown_values
from explainer.ui.array_text import WRONG
from explainer.words import COMMON
from tests.browser.figure import Figure
from tests.browser.serving import Server

SAID = COMMON["writing"]


def test_a_line_is_typed_checked_and_mended(page: Page, server: Server) -> None:
    figure = Figure(page).open(f"{server}/numpy_basics?function=softmax")
    page.get_by_text(SAID["box"], exact=True).click()
    page.get_by_role("button", name=SAID["go_last"], exact=True).click()
    own = page.get_by_label(SAID["own_line"], exact=True)
    own.fill(EXERCISES["softmax"].mistakes["no_axis"].splitlines()[-1])
    page.get_by_role("button", name=SAID["check"], exact=True).click()
    mistake = COMMON["assignment"]["exercises"]["softmax"]["mistakes"]["no_axis"]
    expect(page.get_by_test_id("stAlertContentInfo").last).to_contain_text(mistake)
    cells = page.get_by_role("table").last.get_by_role("cell")
    wrong = page.get_by_role("cell").filter(has_text=WRONG.strip())
    assert (
        wrong.count() == shown_values(EXERCISES["softmax"])["s"].size
        and cells.filter(has_text=WRONG).count() == 0
    )
    expect(page.get_by_text(SAID["expected"])).to_have_count(1)
    own.fill(EXERCISES["softmax"].lines.splitlines()[-1])
    own.press("Control+Enter")
    expect(page.get_by_test_id("stAlertContentSuccess")).to_contain_text(COMMON["assignment"]["right"])
    expect(wrong).to_have_count(0)
    page.get_by_role("button", name=SAID["go_all"], exact=True).click()
    expect(page.get_by_label(SAID["own_lines"], exact=True)).to_have_value("")
    assert figure.errors == []


def test_the_notebook_is_a_file_to_take_home(page: Page, server: Server) -> None:
    Figure(page).open(f"{server}/numpy_basics")
    with page.expect_download() as saved:
        page.get_by_role("button", name=SAID["home"]).click()
    assert saved.value.suggested_filename.endswith(".ipynb")
    assert b'"nbformat": 4' in Path(saved.value.path()).read_bytes()
