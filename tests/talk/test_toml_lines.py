"""At which line of a TOML text something stands."""

import tomllib

import pytest

from explainer.talk.toml_lines import line_of, syntax_problem

TEXT = '''# A talk.
title = "first"

[[scenes]]
name = "one"
notes = """
[[scenes]]
name = "no scene, only a text"
"""
# A word about it.
minutes = 3
[scenes.state]
w = "2"

[[scenes]]
name = "two"
state = { w = "1", b = "0" }
'''


@pytest.mark.parametrize(
    ("way", "line"),
    [
        (("title",), 2),
        (("scenes",), 4),
        (("scenes", 0, "name"), 5),
        (("scenes", 0, "notes"), 6),
        (("scenes", 0, "minutes"), 11),
        (("scenes", 0, "state", "w"), 13),
        (("scenes", 1), 15),
        (("scenes", 1, "state", "b"), 17),
    ],
)
def test_the_line_is_that_on_which_its_statement_begins(way: tuple[str | int, ...], line: int) -> None:
    def is_there(raw: object) -> bool:
        for part in way:
            try:
                raw = raw[part]  # type: ignore[index]
            except (KeyError, IndexError):
                return False
        return True

    assert line_of(TEXT, is_there) == line


@pytest.mark.parametrize(
    ("text", "line"),
    [('a = "1"\nb = nothing\n', 2), ('a = "1"\n\nb = """never closed\n', 4), ("a = 1\na = 2\n", 2)],
)
def test_a_mistake_in_the_syntax_has_a_line(text: str, line: int) -> None:
    with pytest.raises(tomllib.TOMLDecodeError) as raised:
        tomllib.loads(text)
    found, said = syntax_problem(text, raised.value)
    assert found == line
    assert said and "(at" not in said
