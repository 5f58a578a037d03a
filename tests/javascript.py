"""Where the functions of a JavaScript file begin and end, as far as a test of their lengths needs it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

_SPACE: Final = re.compile(r"\s+|//[^\n]*|/\*.*?\*/", re.DOTALL)
_STRING: Final = re.compile(r'"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'')
_REGEX: Final = re.compile(r"/(?![*/])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\[\n])+/[a-z]*")
_WORD: Final = re.compile(r"[\w$#]+")
_BRACKETS: Final = {"(": ")", "[": "]", "{": "}"}
_STATEMENTS: Final = {"if", "for", "while", "switch", "catch", "with"}
_BEFORE_A_VALUE: Final = {"return", "typeof", "case", "in", "of", "delete", "void", "throw", "new", "await"}
"""Words after which a slash begins a regular expression and does not divide."""


@dataclass(frozen=True)
class Token:
    """A word, a bracket, ``=>`` or another sign; texts and regular expressions count as words."""

    text: str
    line: int


@dataclass(frozen=True)
class Function:
    """A function's name ("" where it has none) and its lines, from the head to the closing bracket."""

    name: str
    first: int
    last: int

    @property
    def length(self) -> int:
        return self.last - self.first + 1


def tokens(code: str) -> list[Token]:
    """The tokens of a file, without comments."""
    found: list[Token] = []
    templates: list[int] = []  # how many braces are open in each ${ that is open
    place = 0
    while place < len(code):
        if space := _SPACE.match(code, place):
            place = space.end()
            continue
        before = found[-1].text if found else ""
        if code[place] == "`" or (code[place] == "}" and templates and templates[-1] == 0):
            if code[place] == "}":
                templates.pop()
            text, opens = _template(code, place)
            if opens:
                templates.append(0)
        else:
            text = _token(code, place, before)
        if templates and text in "{}":
            templates[-1] += 1 if text == "{" else -1
        found.append(Token("template" if text[0] in "`}" and len(text) > 1 else text, _line(code, place)))
        place += len(text)
    return found


def _token(code: str, place: int, before: str) -> str:
    divides = bool(re.fullmatch(r"[\w$#]+|[)\]}]", before)) and before not in _BEFORE_A_VALUE
    for pattern in (_STRING, _WORD) if divides else (_STRING, _REGEX, _WORD):
        if found := pattern.match(code, place):
            return found[0]
    return "=>" if code.startswith("=>", place) else code[place]


def _template(code: str, place: int) -> tuple[str, bool]:
    """A template from its backtick, or from the } that ends a ${, to its end or the next ${."""
    found = re.compile(r"[`}](?:\\.|\$(?!\{)|[^`\\$])*(`|\$\{)", re.DOTALL).match(code, place)
    assert found, f"a template without an end, line {_line(code, place)}"
    return found[0], found[1] == "${"


def _line(code: str, place: int) -> int:
    return code.count("\n", 0, place) + 1


def functions(code: str) -> Iterator[Function]:
    """All functions of a file: declared, methods, arrows; not the arrows without braces on one line."""
    found = tokens(code)
    closes = _partners(found)
    opens = {close: k for k, close in closes.items()}
    for k, token in enumerate(found):
        if token.text == "=>":
            head = opens.get(k - 1, k - 1)
            end = closes[k + 1] if found[k + 1].text == "{" else _end_of_expression(found, closes, k + 1)
            name = found[head - 2].text if head >= 2 and found[head - 1].text == "=" else ""
            yield Function(name, found[head].line, found[end].line)
        elif token.text == "{" and k and found[k - 1].text == ")":
            head = opens[k - 1]
            name = found[head - 1].text
            if name not in _STATEMENTS:
                yield Function(name, found[head].line, found[closes[k]].line)


def _partners(found: list[Token]) -> dict[int, int]:
    """Place of an opening bracket -> that of the one which closes it."""
    partners, waiting = {}, []
    for k, token in enumerate(found):
        if token.text in _BRACKETS:
            waiting.append(k)
        elif token.text in _BRACKETS.values():
            partners[waiting[-1]] = k
            assert _BRACKETS[found[waiting.pop()].text] == token.text, f"line {token.line}: {token.text}"
    assert not waiting, f"line {found[waiting[-1]].line}: not closed"
    return partners


def _end_of_expression(found: list[Token], closes: dict[int, int], k: int) -> int:
    while k + 1 < len(found) and found[k].text not in {",", ";", *_BRACKETS.values()}:
        k = closes.get(k, k) + 1
    return k - 1
