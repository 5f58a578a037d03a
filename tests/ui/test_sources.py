"""The drawings' sources on a page: the licences that have to be passed on can be opened."""

import re

from explainer.pictures import SOURCES
from explainer.serving.published import find
from explainer.ui.frame import READING
from explainer.words import words
from tests.opening import clean, open_page


def test_licences_are_served_where_the_links_lead() -> None:
    app = open_page("pixels")
    app.session_state[f"{READING}pixels-{words('pixels').text['sources']}"] = True
    (text,) = [
        one.value
        for one in clean(app.run()).markdown
        if "licences" in one.value.lower() and "](live/" in one.value
    ]
    links = re.findall(r"\]\((live/[^)]+)\)", text)
    served = {publication.content for link in links if (publication := find(link))}
    assert served == {path.read_bytes() for path in (SOURCES.parent / "licences").iterdir()}
    assert "](licences/" not in text
