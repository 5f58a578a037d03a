"""Every page opens, and Home leads to every chapter."""

import pytest

from explainer.chapters import ORDER
from explainer.words import words
from tests.opening import open_page

PAGES = ("home", *ORDER)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_opens_with_its_question(name: str) -> None:
    app = open_page(name)
    shown = [element.value for element in (*app.title, *app.header)]
    assert words(name).question in shown
    assert not app.warning


def test_home_leads_to_every_chapter() -> None:
    app = open_page("home")
    links = [element.proto.label for element in app.get("page_link")]
    for chapter in ORDER:
        assert any(words(chapter).question in label for label in links)
