"""Progress that a visitor carries: what is due, the way there and back, and whatever else a file may hold."""

import json
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explainer.chapters import question_names
from explainer.words import COMMON
from explainer.words.progress import (
    FIRST_DAY,
    LONGEST_LINK,
    MARK,
    MOST,
    MOST_BYTES,
    VERSION,
    Answered,
    Problem,
    Progress,
    Read,
    due,
    packed,
    read,
    unpacked,
    written,
)

TODAY = date(2026, 3, 10)
KNOWN = {"descent": ("uphill", "rate 25"), "cats": ("step 0", "ears ≠ cat"), "home": ()}
NAMES = [f"{chapter}/{name}" for chapter, names in KNOWN.items() for name in names]
DAYS = st.dates(FIRST_DAY, TODAY)
ANSWERS = st.one_of(
    st.builds(Answered, st.just("right"), st.just(1), DAYS, st.integers(0, MOST)),
    st.builds(Answered, st.sampled_from(["right", "wrong"]), st.integers(1, MOST), DAYS),
    st.builds(Answered, st.just("told"), st.integers(0, MOST), DAYS),
)
PROGRESS = st.builds(
    Progress,
    st.dictionaries(st.sampled_from(sorted(KNOWN)), DAYS),
    st.dictionaries(st.sampled_from(NAMES), ANSWERS),
)


def after(days: int) -> date:
    return TODAY + timedelta(days=days)


def file(**changed: Any) -> bytes:
    raw: dict[str, Any] = {
        MARK: VERSION,
        "visited": {"cats": "2026-03-09"},
        "answers": {"descent/uphill": {"result": "right", "tries": 1, "day": "2026-03-09", "right_days": 1}},
    }
    return json.dumps(raw | changed).encode()


WHOLE = Progress(
    {"cats": date(2026, 3, 9)}, {"descent/uphill": Answered("right", 1, date(2026, 3, 9), right_days=1)}
)


# ---- what is due


def test_a_question_comes_back_after_one_three_and_seven_days() -> None:
    progress, day = Progress(), TODAY
    for wait in (1, 3, 7, 7, 7):
        progress = progress.answer("descent/uphill", "right", 1, day)
        assert due(progress, day) == due(progress, day + timedelta(days=wait - 1)) == ()
        day += timedelta(days=wait)
        assert due(progress, day) == ("descent/uphill",)


def test_twice_right_on_one_day_counts_once() -> None:
    once = Progress().answer("descent/uphill", "right", 1, TODAY)
    assert once.answer("descent/uphill", "right", 1, TODAY) == once


@pytest.mark.parametrize(("result", "tries"), [("wrong", 1), ("wrong", 2), ("told", 0), ("right", 2)])
def test_what_is_not_known_is_due_at_once_and_begins_anew(result: Any, tries: int) -> None:
    known = (
        Progress().answer("descent/uphill", "right", 1, TODAY).answer("descent/uphill", "right", 1, after(1))
    )
    lost = known.answer("descent/uphill", result, tries, after(4))
    assert due(lost, after(4)) == ("descent/uphill",)
    again = lost.answer("descent/uphill", "right", 1, after(4))
    assert due(again, after(4)) == () and due(again, after(5)) == ("descent/uphill",)


def test_what_is_not_known_comes_first_and_then_what_is_due_for_the_longest() -> None:
    progress = (
        Progress()
        .answer("cats/step 0", "right", 1, after(-5))
        .answer("descent/uphill", "right", 1, after(-9))
        .answer("descent/rate 25", "wrong", 2, TODAY)
        .answer("cats/ears ≠ cat", "right", 1, TODAY)
    )
    assert due(progress, TODAY) == ("descent/rate 25", "descent/uphill", "cats/step 0")


def test_the_end_of_time_is_no_error() -> None:
    assert Answered("right", 1, date.max, right_days=3).due == date.max


def test_of_two_the_later_answer_counts_and_else_ones_own() -> None:
    mine = Progress({"cats": TODAY}, {"descent/uphill": Answered("wrong", 1, TODAY)})
    brought = Progress(
        {"cats": after(-3), "home": after(-3)},
        {
            "descent/uphill": Answered("right", 1, TODAY, right_days=1),
            "cats/step 0": Answered("told", 0, after(-3)),
        },
    )
    both = mine.merged(brought)
    assert both.visited == {"cats": TODAY, "home": after(-3)}
    assert both.answers == mine.answers | {"cats/step 0": brought.answers["cats/step 0"]}
    assert brought.merged(mine).answers["descent/uphill"] == brought.answers["descent/uphill"]
    later = Progress(answers={"descent/uphill": Answered("right", 1, after(1), right_days=1)})
    assert mine.merged(later).answers["descent/uphill"].result == "right"


# ---- there and back


@given(PROGRESS)
def test_a_file_and_a_link_bring_back_what_was_put_in(progress: Progress) -> None:
    assert read(written(progress).encode(), KNOWN, TODAY) == Read(progress)
    link = packed(progress)
    assert re.fullmatch("[A-Za-z0-9_-]+", link) and len(link) <= LONGEST_LINK
    assert unpacked(link, KNOWN, TODAY) == Read(progress)


def all_answered() -> Progress:
    known = question_names()
    return Progress(
        dict.fromkeys(known, TODAY),
        {
            f"{chapter}/{name}": Answered("right", 1, TODAY, right_days=MOST)
            for chapter, names in known.items()
            for name in names
        },
    )


def test_all_questions_of_the_app_fit_a_link_and_a_file_of_a_few_kilobytes() -> None:
    everything = all_answered()
    assert len(everything.answers) > 80
    assert unpacked(packed(everything), question_names(), TODAY) == Read(everything)
    assert read(written(everything).encode(), question_names(), TODAY) == Read(everything)
    assert len(written(everything).encode()) < MOST_BYTES / 5


def test_more_than_a_link_can_carry_is_an_error() -> None:
    many = {f"descent/{k}": Answered("told", 0, TODAY) for k in range(400)}
    with pytest.raises(ValueError, match="too many"):
        packed(Progress(answers=many))


# ---- what cannot be used


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"", "json"),
        (b"no JSON", "json"),
        (b"\xff\xfe\x00", "text"),
        (b"[" * 90_000, "json"),
        (b'{"a":' * 15_000, "json"),
        (b'{"cat-or-not": ' + b"1" * 5000 + b"}", "json"),
        (b"null", "other"),
        (b"[]", "other"),
        (b"{}", "other"),
        (b'"<script>alert(1)</script>"', "other"),
        (file(**{MARK: 2}), "version"),
        (file(**{MARK: True}), "version"),
        (file(**{MARK: 1.0}), "version"),
        (file(**{MARK: "1"}), "version"),
        (b'{"cat-or-not": NaN}', "version"),
        (b" " * 10_000_000, "large"),
        (file(notes="x" * MOST_BYTES), "large"),
    ],
)
def test_a_file_that_is_none_is_refused_as_a_whole(content: bytes, kind: str) -> None:
    found = read(content, KNOWN, TODAY)
    assert found.progress == Progress()
    assert [problem.kind for problem in found.problems] == [kind]


GOOD = {"result": "right", "tries": 1, "day": "2026-03-09", "right_days": 1}


@pytest.mark.parametrize(
    ("part", "content", "kind"),
    [
        ("visited", {"<b>x</b>": "2026-03-09"}, "chapter"),
        ("visited", {"descent": "2026-03-11"}, "day"),
        ("visited", {"descent": "9999-12-31"}, "day"),
        ("visited", {"descent": "2019-12-31"}, "day"),
        ("visited", {"descent": "yesterday"}, "day"),
        ("visited", {"descent": "2026-02-30"}, "day"),
        ("visited", {"descent": 20260309}, "day"),
        ("visited", {"descent": None}, "day"),
        ("visited", {"descent": ["2026-03-09"]}, "day"),
        ("answers", {"descent/nothing": GOOD}, "question"),
        ("answers", {"descent": GOOD}, "question"),
        ("answers", {"\ud800/x": GOOD}, "question"),
        ("answers", {"cats/step 0": []}, "answer"),
        ("answers", {"cats/step 0": GOOD | {"result": "maybe"}}, "answer"),
        ("answers", {"cats/step 0": GOOD | {"result": ["right"]}}, "answer"),
        ("answers", {"cats/step 0": GOOD | {"tries": float("nan")}}, "answer"),
        ("answers", {"cats/step 0": GOOD | {"tries": True}}, "answer"),
        ("answers", {"cats/step 0": GOOD | {"tries": -1}}, "answer"),
        ("answers", {"cats/step 0": GOOD | {"tries": 10**30}}, "answer"),
        ("answers", {"cats/step 0": GOOD | {"tries": 2}}, "answer"),
        ("answers", {"cats/step 0": GOOD | {"right_days": 8}}, "answer"),
        ("answers", {"cats/step 0": GOOD | {"right_days": "1"}}, "answer"),
        ("answers", {"cats/step 0": GOOD | {"result": "wrong"}}, "answer"),
        ("answers", {"cats/step 0": {"result": "wrong", "tries": 0, "day": "2026-03-09", "right_days": 0}},
         "answer"),
        ("answers", {"cats/step 0": GOOD | {"day": "2026-03-11"}}, "day"),
        ("answers", {"cats/step 0": {"result": "told", "tries": 0, "right_days": 0}}, "day"),
    ],
)  # fmt: skip
def test_a_part_that_cannot_be_used_is_left_out_and_the_rest_is_taken(
    part: str, content: dict[str, Any], kind: str
) -> None:
    raw = json.loads(file())
    found = read(file(**{part: raw[part] | content}), KNOWN, TODAY)
    assert found.progress == WHOLE
    (problem,) = found.problems
    assert problem.kind == kind and problem.details["count"] == 1
    str(problem.details["name"]).encode()  # it can be sent to a browser


@pytest.mark.parametrize("part", ["visited", "answers"])
@pytest.mark.parametrize("content", [None, 1, "text", [1], True])
def test_a_list_that_is_none_leaves_the_other(part: str, content: object) -> None:
    found = read(file(**{part: content}), KNOWN, TODAY)
    assert found.problems == (Problem("list", {"name": part}),)
    assert (found.progress.visited == WHOLE.visited) == (part != "visited")
    assert (found.progress.answers == WHOLE.answers) == (part != "answers")


def test_what_is_alike_is_counted_and_a_long_name_is_shortened() -> None:
    names = {f"{k}" * 500: "2026-03-09" for k in range(1, 4)}
    (problem,) = read(file(visited=names), KNOWN, TODAY).problems
    assert problem.details["count"] == 3 and len(problem.details["name"]) < 80


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
    max_leaves=20,
)
DAY_TEXTS = st.one_of(st.dates().map(date.isoformat), st.text(max_size=10), JSON)
ANSWER_TEXTS = JSON | st.fixed_dictionaries(
    {"result": st.sampled_from(["right", "wrong", "told"]) | JSON, "tries": st.integers(-1, 9) | JSON,
     "day": DAY_TEXTS, "right_days": st.integers(-1, 9) | JSON}
)  # fmt: skip


def assert_harmless(found: Read) -> None:
    """What is taken could have been put in here, and what is not is said."""
    assert read(written(found.progress).encode(), KNOWN, TODAY) == Read(found.progress)
    assert unpacked(packed(found.progress), KNOWN, TODAY) == Read(found.progress)
    for problem in found.problems:
        said = COMMON["progress"]["problems"][problem.kind].format(**problem.details)
        assert said.encode() and len(said) < 300
    due(found.progress, TODAY)


@given(
    st.dictionaries(st.sampled_from([*KNOWN, "x"]) | st.text(max_size=9), DAY_TEXTS, max_size=5) | JSON,
    st.dictionaries(st.sampled_from([*NAMES, "x"]) | st.text(max_size=9), ANSWER_TEXTS, max_size=5) | JSON,
)
def test_whatever_a_file_holds_it_is_read(visited: Any, answers: Any) -> None:
    assert_harmless(read(file(visited=visited, answers=answers), KNOWN, TODAY))


@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode) | JSON.map(json.dumps).map(str.encode))
def test_whatever_is_brought_is_refused_or_read(content: bytes) -> None:
    assert_harmless(read(content, KNOWN, TODAY))


@given(st.text(max_size=100) | st.binary(max_size=100).map(lambda raw: urlsafe_b64encode(raw).decode()))
def test_whatever_a_link_carries_is_refused_or_read(text: str) -> None:
    assert_harmless(unpacked(text, KNOWN, TODAY))


@given(PROGRESS, st.integers(0, 10_000), st.integers(0, 7))
def test_a_link_with_a_changed_bit_or_a_lost_end_is_refused(progress: Progress, place: int, bit: int) -> None:
    link = packed(progress)
    content = bytearray(urlsafe_b64decode(link + "=" * (-len(link) % 4)))
    content[place % len(content)] ^= 1 << bit
    for other in (urlsafe_b64encode(content).decode().rstrip("="), link[: place % len(link)], link + "AAAA"):
        assert [problem.kind for problem in unpacked(other, KNOWN, TODAY).problems] == ["link"]


def test_a_link_from_another_app_that_names_other_questions_is_taken_in_part() -> None:
    mine = Progress({"cats": TODAY, "music": TODAY}, {"music/scales": Answered("told", 0, TODAY)})
    found = unpacked(packed(mine), KNOWN, TODAY)
    assert found.progress == Progress({"cats": TODAY})
    assert sorted(problem.kind for problem in found.problems) == ["chapter", "question"]
    assert unpacked(packed(mine), KNOWN, after(-1)).progress == Progress(), "not from the future"


def test_every_kind_has_its_sentence() -> None:
    assert set(COMMON["progress"]["problems"]) == {
        "large", "text", "json", "other", "version", "link", "list", "chapter", "question", "day", "answer"
    }  # fmt: skip
