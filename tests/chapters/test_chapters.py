"""What holds for every chapter, read off what it declares: its settings, its scenes, its place."""

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from explainer.chapters import CHAPTERS, ORDER
from explainer.stage.chapter import Chapter, concrete, starting_values
from explainer.stage.settings import Choice, Given, Setting, SettingError, Slider, Supplied
from explainer.words import COMMON, Scene, words
from tests.opening import address_warnings, button, clean, elements_of, open_page

NO_VALUES = {
    "a word": "kittens",
    "nothing": "",
    "no number": "nan",
    "no finite number": "-inf",
    "digits with a mark": "1_0",
    "two numbers and a word": "1,2,x",
    "markup": "<script>alert(1)</script>",
    "a long text": "x" * 5000,
}
NAMED = [pytest.param(chapter, id=chapter.name) for chapter in CHAPTERS]


def texts_in_use(app: AppTest, chapter: Chapter) -> dict[str, str]:
    """The chapter's settings as the page has written them into its address."""
    written: dict[str, str] = app.session_state["stays"][chapter.name].written
    return written


def used_for(setting: Setting, text: str, known: dict[str, Any]) -> tuple[Any, bool]:
    """What is used for a text, and whether that is another value than it asks for."""
    try:
        value, is_other = setting.read(text), False
    except SettingError as problem:
        value, is_other = problem.instead, True
    if isinstance(setting, Slider) and setting.until is not None:
        end = setting.until.last(known[setting.until.setting.name])
        if value > end:
            value, is_other = end, True
    return value, is_other


def expected(chapter: Chapter, texts: dict[str, str]) -> tuple[dict[str, str], set[str]]:
    """For an address with these texts: the texts in use, and the names of which something is to be said."""
    supplied = {
        name: value for name, value in starting_values(chapter).items() if name not in chapter.settings
    }
    known, used, said = dict(supplied), {}, set()
    for name, declared in chapter.settings.items():
        setting = concrete(declared, known)
        known[name], is_other = (
            used_for(setting, texts[name], known) if name in texts else (setting.start, False)
        )
        used[name] = setting.write(known[name])
        said |= {name} if is_other else set()
    return used, said


def assert_mended(chapter: Chapter, texts: dict[str, str]) -> None:
    """Each setting that cannot be used as asked for is named with what is used instead, and that is used."""
    app = open_page(chapter.name, query(texts))
    used, said = expected(chapter, texts)
    assert texts_in_use(app, chapter) == used
    sentences = address_warnings(app)
    assert len(sentences) == len(said)
    for name in said:
        (sentence,) = [one for one in sentences if one.startswith(f"The address asks for **{name} =")]
        assert sentence.endswith(f"Using **{used[name]}** instead.")
        assert len(sentence) < 500


@pytest.mark.parametrize("text", NO_VALUES.values(), ids=NO_VALUES)
@pytest.mark.parametrize("chapter", NAMED)
def test_what_no_setting_can_use_is_said_and_mended(chapter: Chapter, text: str) -> None:
    assert_mended(chapter, dict.fromkeys(chapter.settings, text))


@pytest.mark.parametrize("past", [-1, 1], ids=["before the first", "after the last"])
@pytest.mark.parametrize("chapter", NAMED)
def test_a_number_past_either_end_takes_the_end(chapter: Chapter, past: int) -> None:
    start = starting_values(chapter)
    texts = {}
    for name, declared in chapter.settings.items():
        setting = concrete(declared, start)
        if isinstance(setting, Slider):
            numbers = [value for value in setting.values if value is not None]
            texts[name] = f"{numbers[-1] + 1 if past > 0 else numbers[0] - 1:.12g}"
    assert_mended(chapter, texts)


@pytest.mark.parametrize("chapter", NAMED)
def test_a_setting_that_stands_twice_counts_for_none(chapter: Chapter) -> None:
    start = starting_values(chapter)
    texts = {
        name: setting.write(setting.start)
        for name, setting in ((name, concrete(one, start)) for name, one in chapter.settings.items())
    }
    app = open_page(chapter.name, "&".join(f"{name}={text}&{name}={text}" for name, text in texts.items()))
    sentences = address_warnings(app)
    assert len(sentences) == len(texts)
    for name, text in texts.items():
        (sentence,) = [one for one in sentences if one.startswith(f"The address asks for **{name} =")]
        assert COMMON["problems"]["repeated"].format(count=2) in sentence
        assert sentence.endswith(f"Using **{text}** instead.")


@pytest.mark.parametrize("chapter", NAMED)
def test_a_stranger_in_the_address_is_named_and_left_aside(chapter: Chapter) -> None:
    (sentence,) = address_warnings(open_page(chapter.name, "colour=red&embed=true"))
    assert sentence == COMMON["problems"]["stranger"].format(name="colour")


@pytest.mark.parametrize("chapter", NAMED)
def test_every_value_comes_back_from_its_text(chapter: Chapter) -> None:
    start = starting_values(chapter)
    for declared in chapter.settings.values():
        setting = concrete(declared, start)
        values: Any = (setting.start,)
        if isinstance(setting, Slider):
            values = setting.values
        elif type(setting) is Choice:  # another kind of choice may have options that no address can bring
            values = setting.options
        assert setting.holds(setting.start)
        for value in values:
            assert setting.read(setting.write(value)) == value and setting.holds(value)


@pytest.mark.parametrize("chapter", NAMED)
def test_what_a_setting_depends_on_is_declared_before_it(chapter: Chapter) -> None:
    names = list(chapter.settings)
    for name, declared in chapter.settings.items():
        if not isinstance(declared, Given):
            continue
        for other in declared.on:
            if not isinstance(other, Supplied):
                assert names.index(other.name) < names.index(name)


@pytest.mark.parametrize("chapter", NAMED)
def test_every_control_has_its_words(chapter: Chapter) -> None:
    start, text = starting_values(chapter), chapter.words.figure
    for figure in chapter.figures.values():
        assert set(figure.watched) <= set(figure.controls)
        for declared in figure.controls:
            control = concrete(declared, start)
            assert isinstance(control, Slider | Choice)
            assert getattr(control, "label", "") or text[control.name].strip()
            if isinstance(control, Choice):
                assert all(
                    control.labels.get(option) or text[f"{control.name}_{option}"]
                    for option in control.options
                )


def far_from_the_start(chapter: Chapter) -> AppTest:
    """The page with the last value of every setting that depends on no other, or what is used instead."""
    known, texts = starting_values(chapter), {}
    for name, setting in chapter.settings.items():
        if isinstance(setting, Slider):
            end = None if setting.until is None else setting.until.last(known[setting.until.setting.name])
            known[name] = setting.values[-1] if end is None else end
        elif type(setting) is Choice:
            known[name] = setting.options[-1]
        else:
            continue
        texts[name] = setting.write(known[name])
    mended = texts_in_use(open_page(chapter.name, query(texts)), chapter)
    return open_page(chapter.name, query({name: mended[name] for name in texts}))


def query(texts: dict[str, str]) -> str:
    return "&".join(f"{name}={text}" for name, text in texts.items())


def marked(app: AppTest, chapter: Chapter) -> dict[str, str]:
    """What is marked in the controls that Streamlit draws for choices."""
    names = {f"{chapter.name}-{name}": name for name, one in chapter.settings.items() if type(one) is Choice}
    controls = (*app.segmented_control, *app.pills)
    return {names[control.key]: control.value for control in controls if control.key in names}


@pytest.mark.parametrize("chapter", NAMED)
def test_each_scene_sets_its_whole_state_whatever_was_there_before(chapter: Chapter) -> None:
    app = far_from_the_start(chapter)
    assert not address_warnings(app)
    assert len({scene.name for scene in chapter.words.scenes}) == len(chapter.words.scenes)
    for scene in (*chapter.words.scenes, *reversed(chapter.words.scenes)):
        assert scene.figure in chapter.figures and set(scene.state) <= set(chapter.settings)
        before = dict(texts_in_use(app, chapter))
        clean(button(app, scene.name).click().run())
        tell, wanted = f"tell-{chapter.name}-{scene.name}", scene.state
        if tell in [one.key for one in app.button]:
            clean(app.button(key=tell).click().run())
            assert scene.question is not None
            wanted = scene.state | scene.question.state  # what shows why
        assert wanted.items() <= texts_in_use(app, chapter).items()
        assert all(wanted.get(name, text) == text for name, text in marked(app, chapter).items())
        for name in chapter.settings.keys() - scene.state.keys():
            if type(chapter.settings[name]) is Choice:
                assert texts_in_use(app, chapter)[name] == before[name], "what a scene does not name stays"
        assert not address_warnings(app)
        is_said = any(scene.sentence.strip()[:40] in info.value for info in app.info)
        assert scene.sentence.strip() and (is_said or scene.question is not None)


@pytest.mark.parametrize("chapter", NAMED)
def test_what_is_said_of_a_scene_goes_when_a_choice_on_the_page_leaves_it(chapter: Chapter) -> None:
    """Those that Python owns; what the browser moves is in tests/browser/test_scene_sentences.py."""
    for scene in chapter.words.scenes:
        moved = {control.name for control in chapter.figures[scene.figure].controls}
        assert set(scene.state) - moved <= chapter.settings.keys() - chapter.live, "no other figure's"
        app = clean(button(open_page(chapter.name), scene.name).click().run())
        drawn = {control.key for control in app.segmented_control}
        for name, setting in chapter.settings.items():
            key = f"{chapter.name}-{name}"
            if name not in scene.state or key not in drawn or not isinstance(setting, Choice):
                continue
            clean(button(app, scene.name).click().run())
            assert heading_of(scene) in [text.value for text in app.markdown]
            other = next(
                option for option in setting.options if option != app.segmented_control(key=key).value
            )
            clean(app.segmented_control(key=key).set_value(other).run())
            assert heading_of(scene) not in [text.value for text in app.markdown], name


def heading_of(scene: Scene) -> str:
    """What stands above the question of a scene and its reply."""
    return "**" + COMMON["questions"]["of_scene"].format(name=scene.name) + "**"


@pytest.mark.parametrize("chapter", NAMED)
def test_what_was_to_be_seen_is_in_a_closed_box(chapter: Chapter) -> None:
    app = open_page(chapter.name)
    (box,) = [one for one in app.expander if one.label == COMMON["frame"]["seen"]]
    assert not box.proto.expanded
    assert [text.value for text in box.markdown] == [chapter.words.seen.strip()]
    assert [text.value for text in app.markdown].count(chapter.words.seen.strip()) == 1


def elements(app: AppTest) -> tuple[list[str], int]:
    """The kinds of what stands on the page, one below the other, and the number of empty elements.

    Those are where the content of a place may stand next.
    """
    kinds = [element.type for element in elements_of(app).values()]
    return [kind for kind in kinds if kind != "empty"], kinds.count("empty")


@pytest.mark.parametrize("chapter", NAMED)
def test_no_element_of_the_page_comes_or_goes(chapter: Chapter) -> None:
    """In the browser elements have numbers; see `explainer.ui.places`."""
    app = open_page(chapter.name)
    before = elements(app)
    for scene in chapter.words.scenes:
        clean(button(app, scene.name).click().run())
        assert elements(app) == before
    assert elements(open_page(chapter.name, "kittens=2")) == before, (
        "also with something to say of the address"
    )


def test_the_chapters_stand_in_the_order_of_the_evening() -> None:
    assert [chapter.name for chapter in CHAPTERS] == list(ORDER) and len(set(ORDER)) == len(ORDER)
    for name in ORDER:
        assert words(name).question and words(name).nav
