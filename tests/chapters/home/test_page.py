"""Home: where to begin, a card for each chapter, what one has seen, and where to read on."""

from explainer.chapters import CHAPTERS
from explainer.words import COMMON, words
from tests.opening import address_warnings, clean, open_page

SAID = words("home")


def links(app: object) -> list[str]:
    return [link.proto.label for link in app.get("page_link")]  # type: ignore[attr-defined]


def test_it_begins_with_the_first_chapter_and_has_a_card_for_each() -> None:
    app = open_page("home")
    labels = links(app)
    assert SAID.text["start"].format(nav=CHAPTERS[0].words.nav) in labels[0]
    for number, chapter in enumerate(CHAPTERS, start=1):
        assert f"**{number}. {chapter.words.question}**" in labels
    assert not app.caption


def test_it_says_where_one_has_been_and_what_was_answered() -> None:
    app = open_page("descent")
    app.segmented_control(key="descent-walk-question").set_value(4)
    clean(app.run())
    place = CHAPTERS[[chapter.name for chapter in CHAPTERS].index("descent")].words.questions[3].right
    clean(app.pills(key="descent-question-where the gradient lives").set_value(place).run())
    clean(app.switch_page("../pages/home.py").run())
    count = len(words("descent").all_questions())
    of_chapter, in_all = (caption.value for caption in app.caption)
    assert of_chapter == f"{SAID.text['been']} {SAID.text['answered'].format(answered=1, count=count)}"
    counts = {"visited": 1, "chapters": len(CHAPTERS), "answered": 1}
    everything = sum(len(chapter.words.all_questions()) for chapter in CHAPTERS)
    assert in_all == COMMON["progress"]["been"].format(**counts, count=everything)


def test_all_numbers_are_filled_in() -> None:
    app = open_page("home")
    texts = " ".join(element.value for element in app.markdown)
    assert "{" not in texts and "12,288" in texts and SAID.text["sources_text"].strip()[:40] in texts


def test_an_address_that_cannot_be_used_is_told() -> None:
    beyond, unknown = address_warnings(open_page("home", "learning_rate=2&step=900"))
    assert "step = 900" in beyond and "learning\\_rate" in unknown
