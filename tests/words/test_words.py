"""The app's words: every text can be filled, every scene shown, every question asked."""

import re

import pytest

from explainer.chapters import ORDER
from explainer.maths.descent import KINDS, Verdict
from explainer.stage.cost_figures import verdict_texts
from explainer.words import CHAPTER_FOLDERS, COMMON, HERE, fill, words
from tests.opening import placeholders

LONGEST_LEAD = 260  # letters: two lines above the figure on a laptop's screen


def test_every_file_is_a_chapters_or_shared() -> None:
    assert {path.parent.name for path in CHAPTER_FOLDERS.glob("*/words.toml")} == {*ORDER, "home"}
    assert sorted(path.stem for path in HERE.glob("*.toml")) == ["common", "course", "talk"]
    assert len(set(ORDER)) == len(ORDER)


@pytest.mark.parametrize("chapter", ORDER)
def test_a_chapter_has_all_it_needs(chapter: str) -> None:
    said = words(chapter)
    for text in (said.nav, said.question, said.promise, said.lead, said.seen):
        assert text.strip()
    assert said.question.endswith("?")
    assert len(said.lead) <= LONGEST_LEAD and "$" not in said.lead and "`" not in said.lead
    assert said.letters
    assert len(said.questions) >= 3
    assert all(scene.question is not None for scene in said.scenes)


def test_problems_can_be_said() -> None:
    problems = COMMON["problems"]
    assert placeholders(problems["sentence"]) <= {"name", "value", "reason", "instead"}
    assert placeholders(problems["unknown"]) <= {"options"}
    assert placeholders(problems["range"]) <= {"low", "high"}
    assert placeholders(problems["outside"]) <= {"w_min", "w_max", "b_min", "b_max"}
    assert placeholders(problems["repeated"]) <= {"count"}
    assert placeholders(problems["step"]) <= {"end"}
    assert placeholders(problems["stranger"]) <= {"name"}


@pytest.mark.parametrize(
    ("template", "filled"),
    [
        ("step {step}", "step 7"),
        ("{step} of {iterations}: {step:d}, {step+1}, {cost@step:.3g}",
         "7 of {iterations}: 7, {step+1}, {cost@step:.3g}"),
        ("{rate}{step}", "{x}7"),
        ("nothing { } {}", "nothing { } {}"),
    ],
)  # fmt: skip
def test_known_placeholders_are_filled_and_all_others_are_left_for_the_browser(
    template: str, filled: str
) -> None:
    assert fill(template, step=7, rate="{x}") == filled


def test_percentages_are_written_in_one_way() -> None:
    """In the words with a no-break space; what Python fills in as ``{share:.1%}`` has it from `Share`."""
    for path in (*CHAPTER_FOLDERS.glob("*/words.toml"), *HERE.glob("*.toml")):
        for said in re.findall(r".?%\}?", path.read_text(encoding="utf-8").replace("\\u00A0", "\u00a0")):
            assert said in {"\u00a0%", "0%}", "1%}"} or said == " %", (path, said)
        alone = re.findall(r"[^,\s] %", path.read_text(encoding="utf-8"))
        assert not alone, (path, alone)  # as a unit after a comma it stands by itself: "time, %"


def test_every_verdict_has_its_sentence() -> None:
    assert set(COMMON["verdicts"]) == set(KINDS)
    for kind, said in zip(KINDS, verdict_texts("{since:d}"), strict=True):
        step = 7 if "{since:d}" in said else None
        assert said.format(since=7) == COMMON["verdicts"][kind].format(step=7) == str(Verdict(kind, step))
