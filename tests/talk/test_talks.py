"""A talk's file: what it can say, and what is said of each mistake in it."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explainer.chapters import CHAPTERS
from explainer.talk import talks
from explainer.talk.talks import MOST_SCENES, Talk, TalkError, parse_talk, read_talk

OWN = sorted(Path(talks.__file__).parent.glob("*.toml"))
SCENE = """
[[scenes]]
name = "one"
chapter = "descent"
sentence = "A sentence."
minutes = 3
"""
GOOD = f'title = "A talk"\n{SCENE}'


def parse(source: str) -> Talk:
    return parse_talk(source, "mine.toml", CHAPTERS)


def problem_of(source: str) -> str:
    with pytest.raises(TalkError) as raised:
        parse(source)
    return str(raised.value)


@pytest.mark.parametrize(("name", "minutes"), [("evening", 45), ("short", 10)])
def test_the_talks_that_come_along_take_as_long_as_they_say(name: str, minutes: float) -> None:
    talk = read_talk(next(path for path in OWN if path.stem == name), CHAPTERS)
    assert talk.minutes == minutes
    assert all(scene.notes and scene.sentence for scene in talk.scenes)


def test_the_evening_goes_through_its_chapters_in_their_order() -> None:
    talk = read_talk(next(path for path in OWN if path.stem == "evening"), CHAPTERS)
    order = [chapter.name for chapter in CHAPTERS]
    places = [order.index(scene.chapter) for scene in talk.scenes]
    assert places == sorted(places)
    assert set(order) - {scene.chapter for scene in talk.scenes} == {"numpy_basics", "recap"}


def test_a_scene_has_all_texts_of_its_figure_and_a_main_control() -> None:
    scene = parse(GOOD + '[scenes.state]\nlearning_rate = "0.1"\n').scenes[0]
    assert scene.figure.name == "walk"
    assert scene.control == "learning_rate"
    assert scene.figure.texts["learning_rate"] == "0.1"
    assert scene.figure.texts["iterations"] == "200"
    assert scene.steps == ("show",)


def test_steps_are_first_the_question_then_what_plays() -> None:
    question = """
[scenes.question]
ask = "Up or down?"
right = 1
options = [{ text = "up", reply = "No." }, { text = "down" }]
"""
    plays = GOOD.replace("minutes = 3", "minutes = 3\nplays = true")
    assert parse(plays).scenes[0].steps == ("show", "play")
    assert parse(GOOD + question).scenes[0].steps == ("ask", "answer")
    assert parse(plays + question).scenes[0].steps == ("ask", "answer", "play")
    assert parse(plays + question + 'stop = "end"\n').scenes[0].steps == ("ask", "answer")
    assert parse(GOOD + question).scenes[0].question.because == "A sentence."  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("source", "line", "said"),
    [
        ("title = \n", 1, "no TOML"),
        ('title = "A"\n', 1, "no scene"),
        ("", 1, "“title” is missing"),
        ('title = 3\n[[scenes]]\nname = "x"\n', 1, "“title” has to be a text"),
        ('speaker = "me"\n' + GOOD, 1, "no “speaker”. Known: title, scenes."),
        (GOOD + 'slide = "x"\n', 8, "no “slide”. Known: name, chapter,"),
        (GOOD.replace('"descent"', '"descend"'), 5, "no chapter “descend”. Known: pixels, sigmoid,"),
        (GOOD + 'figure = "stroll"\n', 8, "no figure “stroll”. Known: walk."),
        (GOOD.replace("minutes = 3", "minutes = 0"), 7, "above 0"),
        (GOOD.replace("minutes = 3", "minutes = true"), 7, "above 0"),
        (GOOD.replace("minutes = 3", "minutes = nan"), 7, "above 0"),
        (GOOD.replace('name = "one"\n', ""), 3, "“name” is missing"),
        (GOOD.replace('"one"', '"a.b"'), 4, "letters, digits"),
        (GOOD + SCENE, 10, "another scene called “one”"),
        (GOOD + "[scenes.state]\nlearning_rate = 0.1\n", 8, "a table of texts"),
        (GOOD + '[scenes.state]\nspeed = "2"\n', 9, "no setting “speed”. Known: data, model, start,"),
        (GOOD + '[scenes.state]\nlearning_rate = "fast"\n', 9, "learning_rate = fast: that is no number"),
        (GOOD + 'panels = ["map", "cellar"]\n', 8, "no panel “cellar”. Known: surface, map,"),
        (GOOD + 'control = "view"\n', 8, "no slider “view”. Known: learning_rate,"),
        (GOOD + 'plays = "yes"\n', 8, "true or false"),
        (
            GOOD.replace('"descent"', '"cats"') + 'figure = "mistakes"\nplays = true\n',
            9,
            "nothing that plays",
        ),
        (GOOD + '[scenes.question]\nask = "?"\n', 8, "options or one of"),
        (
            GOOD + '[scenes.question]\nask = "?"\nright = 0\nnumber = { right = "x", low = "", high = "" }\n',
            8,
            "options",
        ),
    ],
)
def test_a_mistake_is_named_with_its_line(source: str, line: int, said: str) -> None:
    problem = problem_of(source)
    assert problem.startswith(f"mine.toml, line {line}: ")
    assert said in problem


def test_a_question_moves_only_what_the_browser_can_move() -> None:
    asked = (
        '[scenes.question]\nask = "?"\nright = 0\noptions = [{ text = "a" }, { text = "b", reply = "c" }]\n'
    )
    problem = problem_of(f'{GOOD}{asked}[scenes.question.state]\ndata = "hours"\n')
    assert "no setting “data”. Known: learning_rate," in problem


def test_ten_thousand_scenes_are_refused_at_the_first_one_too_many() -> None:
    scenes = [SCENE.replace('"one"', f'"scene {k}"') for k in range(10_000)]
    problem = problem_of('title = "A talk"\n' + "".join(scenes))
    assert f"10000 scenes; a talk has at most {MOST_SCENES}" in problem
    assert problem.startswith(f"mine.toml, line {3 + MOST_SCENES * SCENE.count(chr(10))}: ")


def test_a_file_that_cannot_be_read_is_said_to_be_so(tmp_path: Path) -> None:
    with pytest.raises(TalkError, match=r"away\.toml cannot be read"):
        read_talk(tmp_path / "away.toml", CHAPTERS)
    (tmp_path / "latin.toml").write_bytes('title = "Lösung"'.encode("latin-1"))
    with pytest.raises(TalkError, match="no text in UTF-8"):
        read_talk(tmp_path / "latin.toml", CHAPTERS)
    (tmp_path / "windows.toml").write_bytes(b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode())
    assert read_talk(tmp_path / "windows.toml", CHAPTERS).title == "A talk"


@settings(max_examples=60, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(
            ["name", "chapter", "minutes", "plays", "state", "panels", "question", "figure", "?"]
        ),
        st.sampled_from(['"x"', "1", "[]", "{}", "true", '["a"]', '{ a = "b" }', "1979-05-27"]),
    )
)
def test_whatever_a_scene_says_it_is_read_or_refused_with_a_line(raw: dict[str, str]) -> None:
    keys = "".join(f"{name if name != '?' else 'other'} = {value}\n" for name, value in raw.items())
    source = f'title = "A talk"\n[[scenes]]\n{keys}'
    tomllib.loads(source)
    assert problem_of(source).startswith("mine.toml, line ")
