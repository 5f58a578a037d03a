"""The script that compares two sets of pictures of the app: what it calls different, and what equal."""

import json
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from explainer.chapters import ORDER
from tools.compare_pictures import ADDRESSES, CHAPTERS, compare


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    """Two equal sets of one picture and one sentence."""
    made = (tmp_path / "before", tmp_path / "after")
    for folder in made:
        folder.mkdir()
        Image.fromarray(np.full((4, 5, 3), 200, np.uint8)).save(folder / "home.png")
        (folder / "sentences.json").write_text(json.dumps({ADDRESSES[0]: ["a sentence"]}), "utf-8")
    return made


def test_equal_sets_do_not_differ(folders: tuple[Path, Path]) -> None:
    assert compare(*folders) == 0


def test_one_pixel_is_a_difference(folders: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    picture = np.full((4, 5, 3), 200, np.uint8)
    picture[2, 3, 1] = 201
    Image.fromarray(picture).save(folders[1] / "home.png")
    assert compare(*folders) == 1
    assert "home.png: 1 pixels by up to 1 of 255, in x 3-3, y 2-2" in capsys.readouterr().out


def test_another_size_a_missing_picture_and_another_sentence_differ(folders: tuple[Path, Path]) -> None:
    Image.fromarray(np.zeros((9, 5, 3), np.uint8)).save(folders[1] / "home.png")
    Image.fromarray(np.zeros((1, 1, 3), np.uint8)).save(folders[0] / "cats.png")
    (folders[1] / "sentences.json").write_text(json.dumps({ADDRESSES[0]: []}), "utf-8")
    assert compare(*folders) == 3


def test_it_looks_at_every_chapter_at_forty_addresses_and_at_three_each_of_what_came_later() -> None:
    of_chapters = Counter(address.partition("?")[0] for address in set(ADDRESSES))
    assert set(of_chapters) == set(ORDER) and set(CHAPTERS) == {"", *ORDER}
    later = of_chapters["hidden"], of_chapters["recap"]
    assert later == (3, 3) and of_chapters.total() == 40 + sum(later)
