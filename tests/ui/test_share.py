"""What the box below a chapter shares: its link opens the same state, at an address that others reach."""

import json
import tomllib
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from explainer.chapters import CHAPTERS
from explainer.live.sharing import Taken, read_taken
from explainer.serving.addresses import candidates
from explainer.serving.qr_code import MOST_VERSION, qr_code
from explainer.stage.chapter import Chapter, concrete, starting_values
from explainer.stage.settings import Choice, Number, Point, Slider
from explainer.talk.shelf import BUNDLED, bundled_talk
from explainer.talk.talks import parse_talk
from explainer.ui import share
from explainer.ui.visit import Stay, Visit
from explainer.words import COMMON
from tests.codes import drawn, said, with_quiet_zone
from tests.opening import address_warnings, choice, clean, open_page
from tests.serving.test_addresses import LAPTOP

TEXT = COMMON["share"]
OPENED = "http://127.0.0.1:8501/"
FAR = "http://192.168.178.120:8501/"
SHORT = 200  # bytes of a link
LEFT = {
    "cats": {"data", "hold_out", "picture"},  # other pictures are a visitor's own
    "hidden": {"widths", "drawings", "valleys"},  # these train for seconds
    "recap": {"start"},  # begins anew with each question
}
"""Settings that are left at their starts here."""


@pytest.fixture(autouse=True)
def open_box(monkeypatch: pytest.MonkeyPatch) -> None:
    """Has the box be open: an AppTest has no hand for it."""
    really = st.expander

    def expander(label: str, *args: Any, **given: Any) -> Any:
        return really(label, *args, **given | {"expanded": label == TEXT["box"]})

    monkeypatch.setattr(st, "expander", expander)


def moved(chapter: Chapter) -> dict[str, str]:
    """Another text than its start for every setting of a chapter, each beside the others."""
    values: dict[str, Any] = {}
    texts: dict[str, str] = {}
    for name, declared in chapter.settings.items():
        setting = concrete(declared, values)
        text = None if name in LEFT.get(chapter.name, ()) else other_text(setting)
        values[name] = setting.start if text is None else setting.read(text)
        texts |= {} if text is None else {name: text}
    return texts


def other_text(setting: Any) -> str | None:
    if isinstance(setting, Slider | Choice):
        known = setting.texts if isinstance(setting, Slider) else setting.options
        return next((text for text in known if text != setting.write(setting.start)), None)
    if isinstance(setting, Point):
        return setting.write(setting.pressed(setting.start[0] / 2 + 0.25, -1.25))
    return "-1.25" if isinstance(setting, Number) else None


def seen(app: AppTest) -> dict[str, Any]:
    """All settings as the browser gets them for the page's figures; None where one has no effect."""
    sent = [json.loads(one.proto.json) for one in app.get("bidi_component")]
    figures = [one for one in sent if "texts" in one]
    return {name: text for one in figures for name, text in {**one["address"], **one["texts"]}.items()}


def take(app: AppTest, name: str, state: dict[str, str] | None = None, opened: str = OPENED) -> AppTest:
    """The page after the browser has told what its figures show."""
    app.session_state["sharing"] = share.Sharing(taken=Taken(opened + name, state or {}, {}))
    return clean(app.run())


def shown(app: AppTest) -> tuple[str, dict[str, Any]]:
    """The link in the box, and the scene."""
    link, scene = (code.value for code in app.code)
    return link, tomllib.loads(scene)["scenes"][0]


def at_starts(chapter: Chapter) -> Visit:
    return Visit(chapter, Stay(), False, True, None, supplied=starting_values(chapter))


@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda chapter: chapter.name)
def test_the_link_opens_what_was_seen(chapter: Chapter) -> None:
    app = take(open_page(chapter.name, urlencode(moved(chapter))), chapter.name)
    link, scene = shown(app)
    assert link.startswith(OPENED + chapter.name + "?")
    again = open_page(chapter.name, urlsplit(link).query)
    assert seen(again) == seen(app) and not address_warnings(again)
    asked = parse_qs(urlsplit(link).query, keep_blank_values=True)
    assert scene.get("state", {}).items() <= {name: texts[0] for name, texts in asked.items()}.items()
    code = qr_code(link.replace(OPENED, FAR))
    assert code is not None, "it is to fit a code, also under a long address"


@pytest.mark.parametrize("talk", BUNDLED)
def test_every_scene_of_a_talk_is_a_short_link_whose_code_is_read_when_it_is_small(talk: str) -> None:
    for scene in bundled_talk(talk, CHAPTERS).scenes:
        visit = at_starts(scene.figure.chapter)
        for name, text in {**scene.figure.own, **scene.figure.texts}.items():
            visit.stay.values[name] = visit.setting(visit.about.settings[name]).read(text)
        link = f"{FAR}{scene.chapter}?{share.query_text(visit)}"
        assert len(link.encode()) < SHORT, scene.name
        code = qr_code(link)
        assert code is not None and int(code.version) <= MOST_VERSION
        assert said(drawn(with_quiet_zone(code.matrix))) == [link], scene.name


@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda chapter: chapter.name)
def test_at_its_starts_a_chapter_is_a_link_by_the_shortest_setting(chapter: Chapter) -> None:
    visit = at_starts(chapter)
    assert visit.differing() == {}
    named = dict(text.split("=") for text in share.query_text(visit).split("&"))
    assert len(named) == 1 and named.items() <= visit.texts().items()
    assert min(map(len, map("".join, visit.texts().items()))) == len("".join(*named.items()))


def test_each_setting_that_is_moved_is_named_and_no_other() -> None:
    for chapter in CHAPTERS:
        texts = moved(chapter)
        visit = at_starts(chapter)
        for name, text in texts.items():
            visit.stay.values[name] = visit.setting(chapter.settings[name]).read(text)
        assert visit.differing() == texts, chapter.name
        first = next(iter(texts))
        visit.set_aside(chapter.settings[first])
        assert set(visit.differing()) == set(texts) - {first}, "without an effect it is left out"


def test_the_scene_is_one_of_a_talk() -> None:
    query = "data=hours&learning_rate=0.1&step=42&view=map"
    app = take(open_page("descent", query), "descent")
    text = app.code[1].value
    talk = parse_talk(f'title = "a talk"\n{text}', "talk.toml", CHAPTERS)
    (scene,) = talk.scenes
    assert scene.name == "descent 1" and scene.figure.name == "walk"
    assert dict(scene.figure.given) == {name: texts[0] for name, texts in parse_qs(query).items()}


def test_what_was_chosen_on_the_page_counts_and_what_was_shared_stays_until_it_is_taken_again() -> None:
    app = take(open_page("descent", "data=hours&learning_rate=0.1"), "descent")
    first, _ = shown(app)
    clean(choice(app, "descent", "data").set_value("separable").run())
    assert shown(app)[0] == first
    app.session_state["sharing"].taken = Taken(OPENED + "descent", {}, {})
    link, scene = shown(clean(app.run()))
    assert "data=separable" in link and scene["name"] == "descent 2"


def test_one_of_several_figures_has_its_scene() -> None:
    app = take(open_page("sigmoid", "outlier=12&w=1.5"), "sigmoid")
    assert shown(app)[1] | {"state": {}} == shown(app)[1] | {"figure": "outlier", "state": {}}
    clean(app.segmented_control(key="share-sigmoid-figure").set_value("neuron").run())
    scene = shown(app)[1]
    assert scene["figure"] == "neuron" and scene["state"] == {"w": "1.5"}


@pytest.mark.parametrize(
    "event",
    [
        None, 3, "text", [], {}, {"address": 3}, {"address": "javascript:alert(1)"}, {"address": "http:/a"},
        {"address": "http://a b/"}, {"address": "http://[::1/descent"}, {"address": "http://user@evil/"},
        {"address": "http://a/?step=3"},
    ],
)  # fmt: skip
def test_what_no_browser_sends_is_left_aside(event: Any) -> None:
    assert read_taken(event) is None


def test_only_texts_are_taken_of_what_a_browser_sends() -> None:
    for address in ("https://cats.example/a/descent", "http://[fd00::2]:8501/descent", "http://10.0.0.1"):
        taken = read_taken({"address": address, "state": {"w": "2", "b": 3, 4: "x"}, "beside": ["data"]})
        assert taken == Taken(address, {"w": "2"}, {})


def test_texts_that_cannot_be_used_leave_the_page_as_it_is() -> None:
    visit = at_starts(next(one for one in CHAPTERS if one.name == "descent"))
    visit.take_over({"learning_rate": "fast", "step": "nan", "view": "", "stranger": "1"}, {"data": "none"})
    assert visit.differing() == {}


# ---- at which address

KNOWN = candidates(LAPTOP)


def hosts(opened: str, listening: str | None, here: bool = True) -> list[tuple[str, str]]:
    return list(share.hosts(opened, listening, KNOWN, here).items())


def test_who_sits_at_the_computer_gets_its_addresses_the_best_first() -> None:
    found = hosts("http://localhost:8501/descent", "0.0.0.0")
    assert found[0] == ("192.168.1.20:8501", "network") and ("10.8.0.6:8501", "vpn") in found
    assert not any("localhost" in host for host, _ in found)


def test_the_address_that_others_can_open_already_is_the_first_choice() -> None:
    found = hosts("http://10.8.0.6:8501/descent", "0.0.0.0")
    assert [host for host, _ in found][:2] == ["10.8.0.6:8501", "192.168.1.20:8501"]
    assert len(found) == len(hosts("http://localhost:8501/descent", "0.0.0.0"))


@pytest.mark.parametrize(
    ("opened", "listening", "here", "host"),
    [
        ("http://127.0.0.1:8501/loss", "127.0.0.1", True, "127.0.0.1:8501"),  # nobody else is heard
        ("http://127.0.0.1:8501/loss", None, False, "127.0.0.1:8501"),  # by a tunnel, or a container's port
        ("https://cats.example/loss", "127.0.0.1", True, "cats.example"),  # by a proxy beside the app
        ("http://cats.example/loss", None, True, "cats.example"),
        ("http://192.168.1.20:8501/loss", None, False, "192.168.1.20:8501"),  # another visitor
    ],
)
def test_otherwise_the_link_has_the_address_that_the_page_was_opened_by(
    opened: str, listening: str | None, here: bool, host: str
) -> None:
    assert [found for found, _ in hosts(opened, listening, here)] == [host]


def test_the_chosen_address_is_in_the_link_and_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(share, "_hosts", lambda opened: share.hosts(opened, "0.0.0.0", KNOWN, True))
    app = take(open_page("loss", "w=1"), "loss")
    assert shown(app)[0] == "http://192.168.1.20:8501/loss?w=1" and len(app.radio) == 1
    clean(app.radio[0].set_value("10.8.0.6:8501").run())
    assert shown(app)[0] == "http://10.8.0.6:8501/loss?w=1"
    assert TEXT["alone"] not in [text.value for text in app.markdown]


def test_who_alone_can_open_the_link_is_told_so_and_what_is_in_no_link() -> None:
    app = take(open_page("loss", "w=1"), "loss")
    said = [text.value for text in app.markdown]
    assert TEXT["alone"] in said and TEXT["own"] in said and not app.radio


def test_a_link_that_is_too_long_has_no_code() -> None:
    visit = at_starts(next(one for one in CHAPTERS if one.name == "descent"))
    w, b = visit.value(visit.about.settings["start"])
    visit.stay.values["hand"] = tuple((w - place / 16, b - place / 16) for place in range(40))
    link = OPENED + "descent?" + share.query_text(visit)
    assert len(visit.value(visit.about.settings["hand"])) == 40 and qr_code(link) is None
