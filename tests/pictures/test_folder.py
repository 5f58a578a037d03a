"""What the app is told when it is started."""

import sys
from pathlib import Path

import pytest

from explainer.pictures import folder as options

NAMES = ("train_catvnoncat.h5", "test_catvnoncat.h5")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """With a space in its name, and both files."""
    made = tmp_path / "the course"
    made.mkdir()
    for name in NAMES:
        (made / name).touch()
    return made


@pytest.mark.parametrize("separate", [True, False])
def test_a_folder_is_named(folder, separate):
    arguments = ["--pictures", str(folder)] if separate else [f"--pictures={folder}"]
    assert options.read(arguments) == options.Options(folder.resolve(), ())
    assert options.picture_folder(arguments) == folder.resolve()


def test_without_options_there_is_no_folder():
    assert options.read([]) == options.Options(None, ())


def test_it_is_this_process_that_was_told(folder, monkeypatch):
    monkeypatch.setattr(sys, "argv", ["streamlit_app.py", "--pictures", str(folder)])
    assert options.picture_folder() == folder.resolve()
    monkeypatch.setattr(sys, "argv", ["streamlit_app.py"])
    assert options.picture_folder() is None


def test_a_folder_at_home_and_one_beside(folder, monkeypatch):
    monkeypatch.setenv("HOME", str(folder.parent))
    assert options.picture_folder(["--pictures=~/the course"]) == folder.resolve()
    monkeypatch.chdir(folder.parent)
    assert options.picture_folder(["--pictures", "the course"]) == folder.resolve()


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (
            ["--pictures", "/no/such place"],
            "There is no folder /no/such place; the app starts with the drawings.",
        ),
        (["--pictures", "~no-such-visitor/x"], "There can be no folder '~no-such-visitor/x'; the app starts"),
        (["--pictures", "a\0b"], "the app starts with the drawings."),
        (["--pictures"], "--pictures names no folder; the app starts with the drawings."),
        (["--pictures="], "--pictures names no folder"),
        (["--pictures", "--other"], "--pictures names no folder"),
        (["--picture", "x"], "There is no option --picture; there are --pictures FOLDER and --talk FILE."),
        (["else"], "There is no option else; there are"),
        ([f"--pictures={__file__}"], "There is no folder"),
    ],
)
def test_what_is_not_taken_is_said(arguments, problem):
    found = options.read(arguments)
    assert found.pictures is None
    assert problem in found.problems[0]
    assert all(text.endswith(".") for text in found.problems)


def test_a_folder_without_the_files_is_taken_and_that_is_said(tmp_path):
    found = options.read(["--pictures", str(tmp_path)])
    assert found.pictures == tmp_path.resolve()
    assert (
        len(found.problems) == 1 and "neither train_catvnoncat.h5 nor test_catvnoncat.h5" in found.problems[0]
    )


def test_which_files_are_there(folder):
    assert options.course_files_in(folder) == tuple(folder / name for name in NAMES)
    (folder / NAMES[0]).unlink()
    (folder / NAMES[0]).mkdir()  # a folder is no file
    assert options.course_files_in(folder) == (folder / NAMES[1],)
    assert options.course_files_in(folder / "deeper") == ()


def test_a_talk_is_named_beside_it(folder):
    found = options.read(["--talk", "mine.toml", "--pictures", str(folder)])
    assert found == options.Options(folder.resolve(), (), Path("mine.toml"))
    assert options.read(["--talk=mine.toml"]).talk == Path("mine.toml")
    unnamed = options.read(["--talk"])
    assert unnamed.talk is None
    assert unnamed.problems == ("--talk names no file; the talks that come with the app are there.",)
