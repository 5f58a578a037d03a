"""The notebook to take home: its cells run as one script, in a process of their own."""

import ast
import json
import subprocess
import sys
from pathlib import Path
from textwrap import indent
from typing import Any

import pytest

from explainer.chapters.numpy_basics.notebook import FILE_NAME, notebook
from explainer.maths.assignment import EXERCISES
from explainer.words import COMMON

SAID = COMMON["notebook"]
NUM_CELLS = 2 + 3 * len(EXERCISES) + 3


def cells() -> list[dict[str, Any]]:
    return json.loads(notebook())["cells"]  # type: ignore[no-any-return]


def filled(answers: dict[str, str]) -> str:
    """All code cells as one script, with these lines in the room for an exercise's answer."""
    script = []
    for cell in cells():
        source = "".join(cell["source"])
        name = source.removeprefix("def ").partition("(")[0]
        if cell["cell_type"] == "code":
            if name in answers and source.startswith("def "):
                head, _, last = source.partition("\n")[0], "", source.rpartition("\n")[2]
                source = f"{head}\n{indent(answers[name], '    ')}\n{last}"
            script.append(source)
    return "\n\n".join(script)


def run(script: str, folder: Path) -> list[str]:
    """What the script prints, line by line."""
    file = folder / "script.py"
    file.write_text(script, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-I", "-X", "utf8", file.name],
        cwd=folder,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def test_it_is_a_notebook_with_a_task_room_and_a_check_for_every_exercise() -> None:
    whole = json.loads(notebook())
    assert (whole["nbformat"], whole["nbformat_minor"]) == (4, 5) and FILE_NAME.endswith(".ipynb")
    assert len(whole["cells"]) == NUM_CELLS
    assert len({cell["id"] for cell in whole["cells"]}) == NUM_CELLS
    for cell in whole["cells"]:
        assert cell["cell_type"] in {"markdown", "code"} and all(
            isinstance(line, str) for line in cell["source"]
        )
        if cell["cell_type"] == "code":
            assert (cell["outputs"], cell["execution_count"]) == ([], None)
            ast.parse("".join(cell["source"]))
    heads = [
        "".join(cell["source"]).splitlines()[0] for cell in whole["cells"] if cell["cell_type"] == "markdown"
    ]
    numbered = [SAID["exercise"].format(number=n, name=name) for n, name in enumerate(EXERCISES, start=1)]
    assert heads == [f"# {SAID['title']}", *(f"## {head}" for head in numbered), f"## {SAID['training']}"]
    assert notebook() == notebook()


def test_with_the_right_lines_it_runs_and_all_is_right(tmp_path: Path) -> None:
    printed = run(filled({name: exercise.lines for name, exercise in EXERCISES.items()}), tmp_path)
    assert printed[: len(EXERCISES)] == [SAID["right"].format(name=name) for name in EXERCISES]
    assert printed[-1] == SAID["count"].format(done=len(EXERCISES), all=len(EXERCISES))
    trained = printed[-2]
    assert trained.startswith("cost before: 0.693, after: 0.40") and "of 20 students" in trained


def test_left_empty_it_runs_and_says_what_is_missing(tmp_path: Path) -> None:
    printed = run(filled({}), tmp_path)
    wanted = [SAID["missing"].format(name=name, value=one.wanted[0]) for name, one in EXERCISES.items()]
    assert printed == [*wanted, SAID["waiting"], SAID["count"].format(done=0, all=len(EXERCISES))]


@pytest.mark.parametrize("name", EXERCISES)
def test_no_known_mistake_is_taken_for_right(name: str, tmp_path: Path) -> None:
    """All of an exercise's mistakes, one after the other in one script."""
    scripts = [filled({name: wrong}) for wrong in EXERCISES[name].mistakes.values()]
    printed = run("import warnings\nwarnings.simplefilter('ignore')\n" + "\n\n".join(scripts), tmp_path)
    said = [line for line in printed if line.startswith(f"{name}:")]
    assert len(said) == len(scripts) and SAID["right"].format(name=name) not in said
    assert SAID["missing"].format(name=name, value=EXERCISES[name].wanted[0]) not in said
