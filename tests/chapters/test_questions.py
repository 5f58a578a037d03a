"""All questions of all chapters: nothing is given away, every wrong answer has its reply and its state."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from explainer.chapters import CHAPTERS
from explainer.maths.assignment import EXERCISES
from explainer.stage.chapter import Chapter
from explainer.stage.settings import Choice
from explainer.ui import questions as asking
from explainer.ui.progress import Answer
from explainer.ui.questions import reply_text
from explainer.ui.visit import Visit
from explainer.words import COMMON, Scene
from explainer.words.progress import Progress
from explainer.words.questions import TRIES, Question
from tests.opening import button, clean, open_page, placeholders

TEXT = COMMON["questions"]
BELIEFS: frozenset[str] = frozenset(
    {
        "the gradient points up on the surface",
        "a larger rate is always faster",
        "divergence is a bug",
        "the cost is 0 at the minimum",
        "the gradient is 0, so it is broken",
        "a curved sigmoid makes a curved boundary",
        "the output is the label and 0.5 is a law",
        "a = 0.9 means 90\u00a0% sure",
        "squared error fails because it is not made for it",
        "loss and cost are the same",
        "vectorised gives another result",
        "(n,) and (n, 1) are the same",
        "accuracy without a baseline",
    }
)
"""Mistaken beliefs that some question has to find."""


@dataclass
class Asked:
    """A page on which one question is asked, the numbers of the page, and the visit of each of its runs."""

    app: AppTest
    chapter: Chapter
    question: Question
    numbers: Mapping[str, Any]
    visits: list[Visit]

    @property
    def answer(self) -> Answer:
        """What was answered so far."""
        found: Answer = self.app.session_state["answers"][f"{self.chapter.name}/{self.question.name}"]
        return found

    @property
    def progress(self) -> Progress:
        """What the visitor has done by now."""
        found: Progress = self.app.session_state["progress"].progress
        return found

    @property
    def result(self) -> str | None:
        """What the progress says of the question; None if nothing."""
        known = self.progress.answers.get(f"{self.chapter.name}/{self.question.name}")
        return None if known is None else known.result

    @property
    def values(self) -> dict[str, Any]:
        """The chapter's settings as they are used."""
        found: dict[str, Any] = self.app.session_state["stays"][self.chapter.name].values
        return found

    def texts(self) -> str:
        """All that the page says beside its figures: texts, labels, what is told to screen readers."""
        app = self.app
        said = [element.value for element in (*app.markdown, *app.caption, *app.info, *app.success)]
        fields = *app.number_input, *app.text_input, *app.text_area
        labels = [element.label for element in (*app.button, *app.pills, *app.segmented_control, *fields)]
        return "\n".join(said + labels + [button.help or "" for button in app.button])

    def replies(self) -> list[str]:
        """What was replied."""
        return [box.value for box in (*self.app.info, *self.app.success)]

    def choose(self, place: int) -> None:
        """Answers with the option at that place."""
        pills = self.app.pills(key=f"{self.chapter.name}-question-{self.question.name}")
        clean(pills.set_value(place).run())

    def press(self, place: tuple[float, float]) -> None:
        """Presses the figure at that place."""
        assert self.question.place is not None
        self.visits[-1].act()
        self.visits[-1].press(self.question.place.point, *place)
        clean(self.app.run())


def cases() -> Iterator[Any]:
    for chapter in CHAPTERS:
        said = chapter.words
        of_scenes = {scene.question.name: scene for scene in said.scenes if scene.question}
        for question in said.all_questions():
            case = chapter, question, of_scenes.get(question.name)
            yield pytest.param(case, id=f"{chapter.name}-{question.name}")


ALL = list(cases())


def by_address(chapter: Chapter) -> bool:
    """Whether a chapter's questions are chosen by the address, one after the other, and not by numbers."""
    return "question" in chapter.settings


def address_of(chapter: Chapter, question: Question) -> str:
    return f"question={question.name}" if by_address(chapter) else ""


def ask(chapter: Chapter, question: Question, scene: Scene | None, patch: pytest.MonkeyPatch) -> Asked:
    """Opens the chapter and goes to a question."""
    known: dict[str, Mapping[str, Any]] = {}
    visits: list[Visit] = []
    really_ask = asking._ask

    def listen(visit: Visit, asked: Question | None, numbers: Mapping[str, Any]) -> None:
        if asked is not None:
            known[asked.name] = numbers
            visits.append(visit)
        really_ask(visit, asked, numbers)

    patch.setattr(asking, "_ask", listen)
    app = open_page(chapter.name, address_of(chapter, question))
    if by_address(chapter):
        pass
    elif scene is not None:
        clean(button(app, scene.name).click().run())
    else:
        own = [one for one in chapter.words.questions if one.figure == question.figure]
        number = app.segmented_control(key=f"{chapter.name}-{question.figure}-question")
        clean(number.set_value(1 + own.index(question)).run())
    return Asked(app, chapter, question, known[question.name], visits)


@pytest.fixture(params=ALL, scope="module")
def asked_once(request: pytest.FixtureRequest) -> Iterator[Asked]:
    """For the test that only looks, and after it for one that answers."""
    with pytest.MonkeyPatch.context() as patch:
        yield ask(*request.param, patch=patch)


@pytest.fixture(params=ALL)
def asked(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Asked:
    return ask(*request.param, patch=monkeypatch)


def promised(asked: Asked, state: Mapping[str, str]) -> dict[str, Any]:
    """A question's state as values of the settings, with the page's numbers put in."""
    visit, settings = asked.visits[-1], asked.chapter.settings
    return {
        name: visit.setting(settings[name]).read(text.format(**asked.numbers)) for name, text in state.items()
    }


def test_before_the_answer_nothing_is_given_away(asked_once: Asked) -> None:
    asked = asked_once
    question, numbers, said = asked.question, asked.numbers, asked.texts()
    assert question.can_be_answered(numbers), "on the data that the page begins with"
    assert question.ask.format(**numbers).strip() in said
    assert asked.replies() == []
    assert question.because.format(**numbers).strip() not in said
    for text in question.gives_away:
        assert text.format(**numbers) not in said
    for option in question.options:
        assert not option.reply or option.reply.format(**numbers) not in said


def test_wrong_answers_are_replied_to_and_shown_and_there_is_a_second_try(asked_once: Asked) -> None:
    asked, question = asked_once, asked_once.question
    if not question.options:
        return
    right = question.right_place(asked.numbers)
    wrong = [place for place in range(len(question.options)) if place != right]
    for tries, place in enumerate(wrong[:TRIES], start=1):
        asked.choose(place)
        option = question.options[place]
        (reply,) = asked.replies()
        assert reply.startswith(TEXT["said"].format(said=option.text.format(**asked.numbers)))
        assert option.reply.format(**asked.numbers).strip() in reply
        is_told = question.because.format(**asked.numbers).strip() in reply
        assert is_told == (tries == TRIES)
        for name, value in promised(asked, option.state or question.state).items():
            assert asked.values[name] == value
    asked.choose(right)
    assert asked.answer.right
    (reply,) = asked.replies()
    assert reply == f"**{TEXT['right']}** {question.because.format(**asked.numbers)}".strip()


def test_whoever_does_not_want_to_answer_is_told_and_the_progress_says_so(asked: Asked) -> None:
    """One test, for opening the page takes most of the time."""
    tell = f"tell-{asked.chapter.name}-{asked.question.name}"
    assert asked.result is None
    clean(asked.app.button(key=tell).click().run())
    (reply,) = asked.replies()
    assert asked.question.because.format(**asked.numbers).strip() in reply
    assert reply.strip() == reply_text(asked.question, asked.numbers, asked.answer).strip()
    assert tell not in [one.key for one in asked.app.button]
    assert not asked.answer.right
    for name, value in promised(asked, asked.question.state).items():
        assert asked.values[name] == value
    assert asked.result == "told" and asked.chapter.name in asked.progress.visited
    if asked.question.options:  # it is told by now: to answer it is no news
        asked.choose(asked.question.right_place(asked.numbers))
        assert asked.result == "told"


BY_NUMBER = [case for case in ALL if case.values[0][1].number is not None]


@pytest.mark.parametrize("case", BY_NUMBER)
def test_numbers_are_judged_by_how_near_they_are(case: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = ask(*case, patch=monkeypatch)
    question = asked.question
    right = float(asked.numbers[question.number.right])
    field = f"{asked.chapter.name}-question-{question.name}"
    for given, reply in ((right / 3, question.number.low), (right * 3, question.number.high)):
        clean(asked.app.number_input(key=field).set_value(given).run())
        assert not asked.answer.right
        assert reply.format(**asked.numbers) in asked.replies()[0]
    clean(asked.app.number_input(key=field).set_value(right).run())
    assert asked.answer.right


def field(asked: Asked) -> str:
    """The key of what a question is answered with."""
    return f"{asked.chapter.name}-question-{asked.question.name}"


def of_kind(kind: str) -> list[Any]:
    found = [case for case in ALL if getattr(case.values[0][1], kind) is not None]
    assert found
    return found


def assert_right(asked: Asked) -> None:
    assert asked.answer.right
    (reply,) = asked.replies()
    assert reply == f"**{TEXT['right']}** {asked.question.because.format(**asked.numbers)}".strip()


@pytest.mark.parametrize("case", of_kind("order"))
def test_steps_are_pressed_one_after_the_other(case: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = ask(*case, patch=monkeypatch)
    steps = asked.question.order.steps

    def press(*places: int) -> None:
        for place in places:
            clean(asked.app.button(key=f"{field(asked)}-{place}").click().run())

    last = len(steps) - 1
    press(last)
    assert steps[last].text in TEXT["so_far"].format(steps=steps[last].text)
    assert TEXT["so_far"].format(steps=steps[last].text) in [one.value for one in asked.app.markdown]
    clean(asked.app.button(key=f"{field(asked)}-again").click().run())
    for place in range(1, len(steps)):  # each of them too early
        before = [*range(place - 1), place]
        press(*before, *(step for step in range(len(steps)) if step not in before))
        (reply,) = asked.replies()
        assert reply.startswith(TEXT["said_step"].format(said=steps[place].text, place=place))
        assert steps[place].reply in reply
        asked.answer.tries.clear()  # so that each is the first
    press(*range(len(steps)))
    assert_right(asked)


@pytest.mark.parametrize("case", of_kind("shape"))
def test_shapes_are_read_and_known_mistakes_have_their_replies(
    case: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = ask(*case, patch=monkeypatch)
    shape = asked.question.shape
    wrong = {mistake.shape: mistake.reply for mistake in shape.mistakes}
    assert len({tuple(asked.numbers[name]) for name in (shape.right, *wrong)}) == len(wrong) + 1

    def fill(text: str) -> None:
        clean(asked.app.text_input(key=field(asked)).set_value(text).run())

    for text, said in (("a cat", "word"), ("(2,,3)", "gap"), ("-1", "negative"), ("9" * 99, "long")):
        fill(text)
        assert asked.answer.tries == [] and len(asked.app.warning) == 1, said
    for text, reply in {
        **{str(asked.numbers[name]): wrong[name] for name in wrong},
        "(9, 9)": shape.other,
    }.items():
        fill(text)
        assert reply.format(**asked.numbers) in asked.replies()[0] and not asked.answer.right
        asked.answer.tries.clear()
    fill(" x ".join(map(str, asked.numbers[shape.right])))
    assert_right(asked)


@pytest.mark.parametrize("case", of_kind("lines"))
def test_lines_are_computed_and_held_against_hidden_inputs(
    case: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = ask(*case, patch=monkeypatch)
    exercise = EXERCISES[asked.question.lines.exercise]
    said = COMMON["assignment"]["exercises"][exercise.name]["mistakes"]

    def write(text: str) -> None:
        clean(asked.app.text_area(key=field(asked)).set_value(text).run())

    for text in ("import os", "1 +", "().__class__", "x" * 5000):
        write(text)
        assert asked.answer.tries == [] and len(asked.app.warning) == 1
    for mistake, text in exercise.mistakes.items():
        write(text)
        assert said[mistake] in asked.replies()[0] and not asked.answer.right
        asked.answer.tries.clear()
    write(exercise.lines)
    assert_right(asked)


BY_PLACE = [case for case in ALL if case.values[0][1].place is not None]


@pytest.mark.parametrize("case", BY_PLACE)
def test_a_press_near_the_right_place_answers_and_shows_why(
    case: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = ask(*case, patch=monkeypatch)
    place, before = asked.question.place, dict(asked.values)
    x, y = asked.numbers[place.right]
    asked.press((x + asked.numbers[place.radius] / 2, y))
    assert asked.answer.right
    (reply,) = asked.replies()
    assert reply == f"**{TEXT['right']}** {asked.question.because.format(**asked.numbers)}".strip()
    for name, value in ({place.point: before[place.point]} | promised(asked, asked.question.state)).items():
        assert asked.values[name] == value


@pytest.mark.parametrize("case", BY_PLACE)
def test_known_mistakes_have_their_replies_and_once_it_is_over_a_press_moves_the_point(
    case: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = ask(*case, patch=monkeypatch)
    place = asked.question.place
    kept = {place.point: asked.values[place.point]} | promised(asked, asked.question.state)
    assert len(place.mistakes) == TRIES
    for tries, mistake in enumerate(place.mistakes, start=1):
        x, y = asked.numbers[mistake.place]
        asked.press((x, y))
        (reply,) = asked.replies()
        assert reply.startswith(TEXT["said"].format(said=f"{x:.2f}, {y:.2f}"))
        assert mistake.reply.format(**asked.numbers) in reply
        assert (asked.question.because.format(**asked.numbers).strip() in reply) == (tries == TRIES)
        assert asked.values[place.point] == kept[place.point]
    asked.press(asked.numbers[place.right])
    assert asked.values[place.point] == pytest.approx(asked.numbers[place.right], abs=0.01)


@pytest.mark.parametrize("case", BY_PLACE)
def test_a_press_far_from_all_has_its_reply_and_another_question_waits_for_no_place(
    case: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = ask(*case, patch=monkeypatch)
    place = asked.question.place
    before = asked.values[place.point]
    asked.press(before)
    assert place.far.format(**asked.numbers) in asked.replies()[0]
    if by_address(asked.chapter):
        clean(asked.app.button(key=f"{asked.chapter.name}-skip").click().run())
    else:
        number = asked.app.segmented_control(key=f"{asked.chapter.name}-{asked.question.figure}-question")
        clean(number.set_value(1).run())
    shown = asked.values[place.point]
    asked.press(asked.numbers[place.right])
    assert asked.values[place.point] != shown
    assert len(asked.answer.tries) == 1


@pytest.mark.parametrize("chapter", [one for one in CHAPTERS if isinstance(one.settings.get("data"), Choice)])
def test_on_all_data_a_question_is_asked_or_says_why_not(
    chapter: Chapter, monkeypatch: pytest.MonkeyPatch
) -> None:
    known: list[Mapping[str, Any]] = []
    really_ask = asking.ask_questions

    def listen(visit: Any, figure: str, numbers: Mapping[str, Any]) -> None:
        known.append(numbers)
        really_ask(visit, figure, numbers)

    monkeypatch.setattr(asking, "ask_questions", listen)
    for data in chapter.settings["data"].options:
        open_page(chapter.name, f"data={data}")
    assert len(known) >= len(chapter.settings["data"].options) or not chapter.words.all_questions()
    for question in chapter.words.all_questions():
        for numbers in known:
            assert question.needs() <= set(numbers)
            if not question.can_be_answered(numbers):
                assert question.otherwise.strip()
                assert not any(numbers[name] is None for name in placeholders(question.otherwise))


def test_where_something_does_not_exist_the_page_says_so() -> None:
    app = open_page("descent", "data=separable")
    (said,) = [box.value for box in app.info]
    assert "separated without a mistake" in said
    assert [one for one in app.button if one.label == TEXT["tell"]] == []


def test_names_are_the_chapters_own_and_beliefs_are_probed() -> None:
    for chapter in CHAPTERS:
        names = [question.name for question in chapter.words.all_questions()]
        assert len(set(names)) == len(names)
    assert {question.belief for chapter in CHAPTERS for question in chapter.words.all_questions()} >= BELIEFS
