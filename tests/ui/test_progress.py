"""Progress that somebody brings: by a link or as a file, whole or faulty, and what the pages then know."""

import json
from datetime import date, timedelta
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from explainer.chapters import ORDER
from explainer.ui import progress as kept_progress
from explainer.words import COMMON, words
from explainer.words.progress import Answered, Progress, packed, read, written
from tests.opening import address_warnings, clean, open_page

TEXT = COMMON["progress"]
TODAY = date(2026, 3, 10)
YESTERDAY = TODAY - timedelta(days=1)
BROUGHT = Progress(
    {"descent": YESTERDAY, "cats": YESTERDAY},
    {
        "descent/uphill": Answered("right", 1, YESTERDAY, right_days=1),
        "descent/largest rate": Answered("wrong", 2, YESTERDAY),
        "descent/gradient zero": Answered("told", 0, YESTERDAY),
        "descent/a tenth of the rate": Answered("wrong", 1, YESTERDAY),
        "recap/is-it-good": Answered("right", 1, YESTERDAY, right_days=1),
    },
)
KNOWN = {"descent": [name.partition("/")[2] for name in BROUGHT.answers], "cats": [], "recap": ["is-it-good"]}


@pytest.fixture(autouse=True)
def a_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_progress, "today", lambda: TODAY)


def kept(app: AppTest) -> Progress:
    found: Progress = app.session_state["progress"].progress
    return found


def captions(app: AppTest) -> list[str]:
    return [caption.value for caption in app.caption]


def test_a_newcomer_is_told_nothing_of_progress() -> None:
    app = open_page("home")
    assert captions(app) == [] and kept(app) == Progress()
    (box,) = [one for one in app.expander if one.label == TEXT["box"]]
    assert not box.proto.expanded and not app.get("download_button") and not app.get("file_uploader")


@pytest.mark.parametrize("page", ["home", "recap", "descent"])
def test_a_link_brings_it_to_whatever_page_it_opens(page: str) -> None:
    app = open_page(page, f"progress={packed(BROUGHT)}")
    assert not app.warning
    assert kept(app).answers == BROUGHT.answers
    assert {**kept(app).visited, **BROUGHT.visited}.keys() <= {"descent", "cats", page}


def test_home_shows_where_one_is_and_what_is_due() -> None:
    app = open_page("home", f"progress={packed(BROUGHT)}")
    count = sum(len(words(name).all_questions()) for name in ORDER)
    been = TEXT["been"].format(visited=2, chapters=len(ORDER), answered=4, count=count)
    (said,) = [caption for caption in captions(app) if caption.startswith(been)]
    # One question of Recap is due itself; two others repeat what is not known.
    assert said == f"{been} {TEXT['due'].format(due=3)}"
    text, questions = words("home").text, words("descent").all_questions()
    assert f"{text['been']} {text['answered'].format(answered=3, count=len(questions))}" in captions(app)


def test_a_question_that_was_answered_is_answered() -> None:
    app = open_page("descent", f"progress={packed(BROUGHT)}")
    for number, name, right in ((2, "uphill", True), (3, "largest rate", False), (6, "gradient zero", False)):
        (question,) = [one for one in words("descent").questions if one.name == name]
        clean(app.segmented_control(key="descent-walk-question").set_value(number).run())
        said = [box.value for box in (app.success if right else app.info)]
        assert len(said) == 1 and question.because.split("{")[0].strip()[:30] in said[0]
    clean(app.segmented_control(key="descent-walk-question").set_value(1).run())
    assert not app.success and not app.info, "one try is left"


def test_a_link_is_read_once_and_what_is_answered_here_is_newer() -> None:
    app = open_page("descent", f"progress={packed(BROUGHT)}")
    clean(app.button(key="tell-descent-a tenth of the rate").click().run())
    assert kept(app).answers["descent/a tenth of the rate"] == Answered("told", 0, TODAY)
    assert kept(app).answers["descent/uphill"] == BROUGHT.answers["descent/uphill"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("x", "link"),
        ("", "link"),
        (packed(BROUGHT)[:-3], "link"),
        ("<b>", "link"),
        ("A" * 100_000, "link"),
        (f"{packed(BROUGHT)}&progress={packed(BROUGHT)}", "link"),
    ],
)
def test_a_link_that_is_none_is_said_and_the_page_goes_on(text: str, kind: str) -> None:
    app = open_page("home", f"progress={text}")
    said = TEXT["trouble"].format(name=TEXT["link"], reason=TEXT["problems"][kind])
    assert address_warnings(app) == ([said] if text else [])
    assert kept(app) == Progress()


def test_of_a_link_from_tomorrow_the_parts_of_today_are_taken() -> None:
    tomorrow = BROUGHT.visit("loss", TODAY + timedelta(days=1))
    app = open_page("home", f"progress={packed(tomorrow)}")
    assert kept(app) == BROUGHT
    (said,) = address_warnings(app)
    assert "“loss”" in said and said.startswith(f"**{TEXT['link']}**")


def opened(app: AppTest) -> AppTest:
    """The same page with the box open, in which progress is kept and brought."""
    app.session_state["progress-box"] = True
    return clean(app.run())


def bring(app: AppTest, content: bytes) -> AppTest:
    (uploader,) = app.get("file_uploader")
    uploader.upload("progress.json", content, "application/json")
    return clean(app.run())


def test_it_is_kept_as_a_file_and_as_a_link() -> None:
    app = open_page("descent")
    clean(app.button(key="tell-descent-a tenth of the rate").click().run())
    app = opened(clean(app.switch_page("../pages/home.py").run()))
    (button,) = app.get("download_button")
    assert button.proto.label == TEXT["keep"]
    (link,) = [one.value for one in app.markdown if one.value.startswith(f"[{TEXT['as_link']}]")]
    text = link.partition("?progress=")[2].rstrip(")")
    again = open_page("home", f"progress={text}")
    assert kept(again) == kept(app)
    assert kept(app).answers == {"descent/a tenth of the rate": Answered("told", 0, TODAY)}


def test_a_file_brings_it_too() -> None:
    app = bring(opened(open_page("home")), written(BROUGHT).encode())
    assert kept(app) == BROUGHT and not app.warning
    assert any(TEXT["due"].format(due=3) in caption for caption in captions(app))


@pytest.mark.parametrize(
    ("content", "kinds"),
    [
        (b"", ["json"]),
        (b"<script>alert(1)</script>", ["json"]),
        (b"[" * 50_000, ["json"]),
        (b"\xff" * 100, ["text"]),
        (b" " * 900_000, ["large"]),
        (json.dumps({"cat-or-not": 2}).encode(), ["version"]),
        (json.dumps({"cat-or-not": 1, "visited": []}).encode(), ["list"]),
        (
            json.dumps({"cat-or-not": 1, "visited": {"**x**": "2026-01-01", "cats": "2026-03-11"}}).encode(),
            ["chapter", "day"],
        ),
    ],
)
def test_a_faulty_file_is_refused_in_a_sentence_for_each_part(content: bytes, kinds: list[str]) -> None:
    app = bring(opened(open_page("home", f"progress={packed(BROUGHT)}")), content)
    sentences = [one for box in app.warning for one in box.value.split("\n\n")]
    assert len(sentences) == len(kinds)
    for kind, said in zip(kinds, sentences, strict=True):
        assert said.startswith(f"**{TEXT['file']}**")
        assert TEXT["problems"][kind].split("{")[0].split("“")[0] in said
        assert "**x" not in said and len(said) < 300
    assert kept(app) == BROUGHT, "what is there stays"


def test_the_day_is_the_visitors_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()

    class Context:
        timezone: Any = None

    monkeypatch.setattr(kept_progress.st, "context", Context)
    days = set()
    for zone in (
        None,
        "",
        "Pacific/Kiritimati",
        "Pacific/Pago_Pago",
        "../../etc/passwd",
        "no/where",
        "America",
    ):
        Context.timezone = zone
        days.add(kept_progress.today())
    assert 2 <= len(days) <= 3, "east of the date line it is later than west of it"


def test_what_a_file_holds_can_be_read_by_a_person() -> None:
    raw = json.loads(written(BROUGHT))
    assert raw["visited"] == {"descent": "2026-03-09", "cats": "2026-03-09"}
    assert raw["answers"]["descent/uphill"] == {
        "result": "right", "tries": 1, "day": "2026-03-09", "right_days": 1
    }  # fmt: skip
    assert read(written(BROUGHT).encode(), KNOWN, TODAY).progress == BROUGHT
