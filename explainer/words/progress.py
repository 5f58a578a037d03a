"""What a visitor has done, as a small file or a link that the visitor carries: nothing is kept here.

The file is plain JSON; the link holds the same, packed into a few bytes for each chapter and question. Both
may come from anybody. A part that cannot be used is left out, with a `Problem` that says why, and the rest is
taken. Days are calendar days, and today is always given: nothing here asks a clock.
"""

import json
import re
import struct
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import crc32
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from hashlib import blake2b
from typing import Any, Final, Literal, get_args

VERSION: Final = 1
MARK: Final = "cat-or-not"
"""The key of a file that says what it is; its value is the version."""
MOST_BYTES: Final = 100_000
"""Of a file. One with every question of the app answered has about a tenth of that."""
LONGEST_LINK: Final = 2_000
"""Characters of what a link carries: browsers and chats take addresses of that length."""
INTERVALS: Final = (1, 3, 7)
"""Days until a question is due again that was right at the first try on one day, on two, on more."""
MOST: Final = 7
"""As far as tries and days are counted: there are three bits for each in a link."""
NAME: Final = 60
"""Characters of an unknown name that are repeated."""
FIRST_DAY: Final = date(2020, 1, 1)
"""Nobody was here before."""
Result = Literal["right", "wrong", "told"]
RESULTS: Final[tuple[Result, ...]] = get_args(Result)


@dataclass(frozen=True)
class Answered:
    """What came of a question when it was last asked: the `result`, after how many `tries`, on which `day`.

    `right_days` are the different days on which it was right at the first try since it was last answered
    wrongly; 0 says that it is not known yet.
    """

    result: Result
    tries: int
    day: date
    right_days: int = 0

    @property
    def due(self) -> date:
        """The day on which it is to be asked again: at once where it is not known yet."""
        wait = INTERVALS[min(self.right_days, len(INTERVALS)) - 1] if self.right_days else 0
        return self.day + timedelta(days=wait) if self.day <= date.max - timedelta(days=wait) else date.max


@dataclass(frozen=True)
class Progress:
    """The chapters that were `visited`, each with the last day, and the `answers`, by chapter and question.

    The name of a question is its chapter's and its own: ``descent/uphill``.
    """

    visited: Mapping[str, date] = field(default_factory=dict)
    answers: Mapping[str, Answered] = field(default_factory=dict)

    def visit(self, chapter: str, today: date) -> "Progress":
        """The same, after a visit to a chapter."""
        return Progress({**self.visited, chapter: today}, self.answers)

    def answer(self, question: str, result: Result, tries: int, today: date) -> "Progress":
        """The same, after an answer to a question: the `tries`-th since it was asked."""
        before = self.answers.get(question)
        days = before.right_days if before is not None else 0
        if result != "right" or tries > 1:
            days = 0
        elif before is None or not (days and before.day >= today):
            days += 1
        answered = Answered(result, min(tries, MOST), today, min(days, MOST))
        return Progress(self.visited, {**self.answers, question: answered})

    def merged(self, other: "Progress") -> "Progress":
        """Both together: of two days, and of two answers to a question, the later one; else one's own."""
        visited = {**other.visited}
        for chapter, day in self.visited.items():
            visited[chapter] = max(day, visited.get(chapter, day))
        newer = {
            question: answered
            for question, answered in other.answers.items()
            if question not in self.answers or answered.day > self.answers[question].day
        }
        return Progress(visited, {**self.answers, **newer})


def due(progress: Progress, today: date) -> tuple[str, ...]:
    """The questions to be asked again: first those not known yet, then the others, the longest due first."""
    found = [(name, one) for name, one in progress.answers.items() if one.due <= today]
    return tuple(name for name, one in sorted(found, key=lambda pair: (pair[1].right_days > 0, pair[1].due)))


# ---- written


def written(progress: Progress) -> str:
    """The text of the file."""
    raw = {
        MARK: VERSION,
        "visited": {chapter: day.isoformat() for chapter, day in progress.visited.items()},
        "answers": {
            question: {
                "result": one.result,
                "tries": one.tries,
                "day": one.day.isoformat(),
                "right_days": one.right_days,
            }
            for question, one in progress.answers.items()
        },
    }
    return json.dumps(raw, indent=1, ensure_ascii=False)


_VISIT: Final = struct.Struct(">3sH")
_ANSWER: Final = struct.Struct(">3sHB")
_HEAD: Final = struct.Struct(">BB")
_SUM: Final = struct.Struct(">I")


def packed(progress: Progress) -> str:
    """What a link carries: letters, digits, ``-`` and ``_``, at most `LONGEST_LINK` of them.

    ValueError where there is more than that: the app has far fewer questions.
    """
    parts = [_HEAD.pack(VERSION, len(progress.visited))]
    parts += [_VISIT.pack(_key(chapter), _number(day)) for chapter, day in progress.visited.items()]
    parts += [
        _ANSWER.pack(
            _key(question),
            _number(one.day),
            RESULTS.index(one.result) << 6 | one.tries << 3 | one.right_days,
        )
        for question, one in progress.answers.items()
    ]
    body = b"".join(parts)
    text = urlsafe_b64encode(body + _SUM.pack(crc32(body))).decode().rstrip("=")
    if len(text) > LONGEST_LINK:
        raise ValueError(f"{len(text)} characters are too many for a link")
    return text


@cache
def _key(name: str) -> bytes:
    """A name in three bytes, so that questions may come and go without changing what links mean."""
    return blake2b(name.encode(), digest_size=3).digest()


def _number(day: date) -> int:
    return (day - FIRST_DAY).days


# ---- read


@dataclass(frozen=True)
class Problem:
    """Why something could not be used: its kind, for which the words have a sentence, and details.

    Of the whole: ``large`` (most: kilobytes), ``text``, ``json``, ``other``, ``version``, ``link``. Of a
    part: ``list`` (name: ``visited`` or ``answers``, which is no such list). Of some of its entries (count,
    name: of the first): ``chapter``, ``question`` (unknown ones), ``day`` (none, a future one, or one before
    anybody could be here), ``answer`` (wrong types or values).
    """

    kind: str
    details: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Read:
    """What could be read, and what was wrong with the rest."""

    progress: Progress = Progress()
    problems: tuple[Problem, ...] = ()


Known = Mapping[str, Collection[str]]
"""The chapters there are, each with the names of its questions."""


def read(content: bytes, known: Known, today: date) -> Read:
    """Reads a file."""
    if len(content) > MOST_BYTES:
        return _refused("large", most=MOST_BYTES // 1000)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _refused("text")
    try:
        raw = json.loads(text)
    except (ValueError, RecursionError):  # also numbers of thousands of digits
        return _refused("json")
    if not isinstance(raw, dict) or MARK not in raw:
        return _refused("other")
    if type(raw[MARK]) is not int or raw[MARK] != VERSION:
        return _refused("version")
    return _checked(raw, known, today)


def unpacked(text: str, known: Known, today: date) -> Read:
    """Reads what a link carries."""
    if len(text) > LONGEST_LINK or not re.fullmatch("[A-Za-z0-9_-]+", text) or len(text) % 4 == 1:
        return _refused("link")
    content = urlsafe_b64decode(text + "=" * (-len(text) % 4))
    body, control = content[: -_SUM.size], content[-_SUM.size :]
    if len(body) < _HEAD.size or _SUM.pack(crc32(body)) != control:
        return _refused("link")
    version, count = _HEAD.unpack_from(body)
    if version != VERSION:
        return _refused("version")
    visits, answers = body[_HEAD.size :][: count * _VISIT.size], body[_HEAD.size + count * _VISIT.size :]
    if len(visits) != count * _VISIT.size or len(answers) % _ANSWER.size:
        return _refused("link")
    names = {_key(name): name for name in (*known, *_questions(known))}
    return _checked(
        {
            "visited": {_named(key, names): _day(day) for key, day in _VISIT.iter_unpack(visits)},
            "answers": {
                _named(key, names): _bits(bits) | {"day": _day(day)}
                for key, day, bits in _ANSWER.iter_unpack(answers)
            },
        },
        known,
        today,
    )


def _refused(kind: str, **details: Any) -> Read:
    return Read(problems=(Problem(kind, details),))


def _questions(known: Known) -> Iterator[str]:
    return (f"{chapter}/{name}" for chapter, names in known.items() for name in names)


def _named(key: bytes, names: Mapping[bytes, str]) -> str:
    return names.get(key, key.hex())


def _day(number: int) -> str:
    return (FIRST_DAY + timedelta(days=number)).isoformat()


def _bits(bits: int) -> dict[str, Any]:
    place = bits >> 6
    result = RESULTS[place] if place < len(RESULTS) else None
    return {"result": result, "tries": bits >> 3 & 7, "right_days": bits & 7}


def _checked(raw: Mapping[str, Any], known: Known, today: date) -> Read:
    """What can be used of a file's content; what cannot, by its kind."""
    left_out: dict[str, list[str]] = {}
    problems: list[Problem] = []
    lists: dict[str, Mapping[str, Any]] = {}
    for name in ("visited", "answers"):
        content = raw.get(name, {})
        lists[name] = content if isinstance(content, dict) else {}
        if not isinstance(content, dict):
            problems.append(Problem("list", {"name": name}))
    visited: dict[str, date] = {}
    for chapter, text in lists["visited"].items():
        day = _read_day(text, today)
        kind = "chapter" if chapter not in known else "day" if day is None else ""
        if day is not None and not kind:
            visited[chapter] = day
        else:
            left_out.setdefault(kind, []).append(chapter)
    answers: dict[str, Answered] = {}
    questions = set(_questions(known))
    for question, content in lists["answers"].items():
        answered = "question" if question not in questions else _read_answer(content, today)
        if isinstance(answered, str):
            left_out.setdefault(answered, []).append(question)
        else:
            answers[question] = answered
    problems += [
        Problem(kind, {"name": _shown(names[0]), "count": len(names)})
        for kind, names in sorted(left_out.items())
    ]
    return Read(Progress(visited, answers), tuple(problems))


def _shown(name: str) -> str:
    """A stranger's name, short, and without what cannot be sent on."""
    return name[:NAME].encode(errors="replace").decode() + ("…" if len(name) > NAME else "")


def _read_day(text: object, today: date) -> date | None:
    """A day on which somebody may have been here, else None."""
    if not isinstance(text, str) or len(text) != len("2020-01-01"):
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if FIRST_DAY <= day <= today else None


def _read_answer(raw: object, today: date) -> Answered | str:
    """What came of a question, or the kind of what is wrong with it."""
    if not isinstance(raw, dict) or raw.get("result") not in RESULTS:
        return "answer"
    result: Result = raw["result"]
    tries: Any = raw.get("tries")
    right_days: Any = raw.get("right_days")
    if not _is_count(tries) or not _is_count(right_days):
        return "answer"
    if (right_days and (result, tries) != ("right", 1)) or (result != "told" and tries < 1):
        return "answer"
    day = _read_day(raw.get("day"), today)
    return "day" if day is None else Answered(result, tries, day, right_days)


def _is_count(number: Any) -> bool:
    return type(number) is int and 0 <= number <= MOST
