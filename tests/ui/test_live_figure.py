"""A chapter's blocks: published for as long as they are kept, and again for whoever has lost theirs."""

import json
from typing import Any

from streamlit.testing.v1 import AppTest

from explainer.serving import published
from tests.opening import open_page


def sent(app: AppTest) -> dict[str, Any]:
    """What the browser gets for the page's first figure."""
    (data,) = json.loads(app.get("bidi_component")[0].proto.json)
    found: dict[str, Any] = data
    return found


def test_a_run_sends_the_path_of_a_published_block_and_its_outline() -> None:
    found = sent(open_page("sigmoid"))
    publication = published.find(found["block"])
    assert publication is not None and not publication.own
    outline = json.loads(found["outline"])
    assert outline["controls"] and outline["panels"]
    assert outline["tables"] == {} and outline["figures"] == []


def test_two_visitors_share_a_block() -> None:
    first, second = (sent(open_page("sigmoid"))["block"] for _ in range(2))
    assert first == second


def test_a_block_that_has_made_room_for_others_is_published_again() -> None:
    app = open_page("sigmoid")
    path = sent(app)["block"]
    published.withdraw(path)
    assert published.find(path) is None
    assert sent(app.run())["block"] == path
    assert published.find(path) is not None
