"""Which pictures are in use: what is brought replaces its part, what is bad leaves all as it was."""

import io
import zipfile
from collections.abc import Callable
from typing import Any

import h5py
import numpy as np
import pytest
from PIL import Image
from streamlit.testing.v1 import AppTest

from explainer.pictures import bundled
from explainer.pictures.chosen import ChosenSet, drawings
from explainer.ui import picture_sets, uploads
from explainer.words import COMMON, words
from tests.opening import SECONDS, address_warnings, choice, clean

TEXT, SETS = words("cats").text, COMMON["sets"]
File = tuple[str, bytes, str]


def bench() -> None:
    """A page of nothing but the choice."""
    from explainer.stage.chapter import Chapter
    from explainer.stage.settings import Choice
    from explainer.ui import frame, uploads
    from explainer.ui.picture_sets import choose_pictures, show_taken
    from explainer.ui.visit import begin

    data, hold = Choice("data", ("drawings", "course", "zip")), Choice("hold_out", ("none", "fifth"))
    visit = begin(Chapter("cats", own=(data, hold)))
    choose_pictures(visit, data, hold)
    frame.show_notices(visit)
    uploads.show_problems(visit)
    show_taken()


def opened(query: dict[str, str] | None = None) -> AppTest:
    """The choice with the box open in which files are brought."""
    app = AppTest.from_function(bench, default_timeout=SECONDS)
    for name, text in (query or {}).items():
        app.query_params[name] = text
    app.session_state["cats-bring"] = True
    return clean(app.run())


def bring(app: AppTest, *files: File) -> AppTest:
    app.file_uploader(key="cats-sets").set_value(list(files))
    return clean(app.run())


def in_use(app: AppTest) -> ChosenSet:
    kept: ChosenSet = app.session_state[picture_sets.IN_USE]
    return kept


def there(app: AppTest) -> list[str]:
    """The labels of the sets that can be chosen."""
    return [option.content for option in choice(app, "cats", "data").proto.options]


def on_page(app: AppTest) -> str:
    return "\n\n".join(element.value for element in (*app.markdown, *app.warning, *app.caption))


def marked(file: File) -> str:
    """Its name as markdown."""
    return file[0].replace("_", "\\_")


def pictures(m: int, seed: int) -> np.ndarray:
    return np.random.default_rng(seed).integers(0, 256, (m, 64, 64, 3), dtype=np.uint8)


def labels(m: int) -> np.ndarray:
    """Every third is a cat, the first included."""
    return (np.arange(m) % 3 == 0).astype(np.int64)


def course(
    kind: str, m: int, seed: int = 0, name: str = "", stored: Callable[[Any], Any] = lambda x: x
) -> File:
    """A file in the course's structure, its pictures `stored` as other numbers."""
    file = io.BytesIO()
    with h5py.File(file, "w") as written:
        written[f"{kind}_set_x"] = stored(pictures(m, seed))
        written[f"{kind}_set_y"] = labels(m)
        written["list_classes"] = np.array([b"non-cat", b"cat"])
    return name or f"{kind}_catvnoncat.h5", file.getvalue(), "application/octet-stream"


def zipped(
    cats: int,
    others: int,
    broken: int = 0,
    name: str = "mine.zip",
    folders: tuple[str, str] = ("cat", "non-cat"),
) -> File:
    """A zip of two folders; the broken ones hold no picture."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as written:
        for folder, count in zip(folders, (cats, others), strict=True):
            for k in range(count):
                picture = io.BytesIO()
                Image.fromarray(pictures(1, len(folder) * 100 + k)[0]).save(picture, "PNG")
                written.writestr(f"{folder}/{k:02}.png", picture.getvalue())
        for k in range(broken):
            written.writestr(f"cat/broken_{k:02}.png", b"no picture")
    return name, file.getvalue(), "application/zip"


TRAINING, TEST, ZIP = course("train", 9), course("test", 6, seed=1), zipped(5, 10)
NO_H5: File = ("cats*.h5", b"\x89HDF\r\n\x1a\n and then nothing", "application/octet-stream")
NO_ZIP: File = ("cats.zip", b"PK\x03\x04 and then nothing", "application/zip")
NEITHER: File = ("cats.h5", b"cats are animals", "application/octet-stream")


# ---- choosing


def test_at_first_there_are_the_drawings() -> None:
    app = opened()
    assert there(app) == [TEXT["data_drawings"]]
    assert in_use(app).name == "drawings" and in_use(app).every is bundled()
    assert len(in_use(app).split.training.names) == 332 and not app.warning
    assert SETS["expected"].strip()[:40] in on_page(app)


def test_the_uploader_is_there_once_somebody_opens_its_box() -> None:
    app = clean(AppTest.from_function(bench, default_timeout=SECONDS).run())
    assert not app.file_uploader and in_use(app).name == "drawings"


def test_the_courses_training_file_alone_is_enough() -> None:
    app = bring(opened(), TRAINING)
    chosen = in_use(app)
    assert there(app) == [TEXT["data_drawings"], TEXT["data_course"]]
    assert chosen.name == "course" and chosen.split.held_out is None
    assert np.array_equal(chosen.every.pictures, pictures(9, 0))
    assert np.array_equal(chosen.every.labels, labels(9) == 1)
    assert SETS["taken"].format(file=marked(TRAINING), m=9, cats=3) in on_page(app)


@pytest.mark.parametrize("together", [True, False])
def test_with_both_files_the_test_file_is_held_out(together: bool) -> None:
    app = opened()
    if together:
        bring(app, TEST, TRAINING)
    else:
        bring(bring(app, TRAINING), TRAINING, TEST)
    chosen = in_use(app)
    assert chosen.split.held_out is not None and chosen.name == "course"
    assert np.array_equal(chosen.split.training.pictures, pictures(9, 0))
    assert np.array_equal(chosen.split.held_out.pictures, pictures(6, 1))
    assert np.array_equal(chosen.every.pictures, np.concatenate([pictures(9, 0), pictures(6, 1)]))
    assert chosen.every.names[0] == "train 1" and chosen.every.names[-1] == "test 6"
    assert not [one for one in app.button_group if one.key == "cats-hold_out"]
    assert SETS["held_out"].format(m=6, cats=2) in on_page(app)


def test_the_test_file_alone_cannot_be_learned_from() -> None:
    app = bring(opened(), TEST)
    assert in_use(app).name == "drawings" and there(app) == [TEXT["data_drawings"]]
    assert SETS["test_only"].format(file=marked(TEST), m=6, cats=2) in on_page(app)
    bring(app, TEST, TRAINING)
    assert in_use(app).name == "course" and in_use(app).split.held_out is not None


def test_a_fifth_of_the_training_file_can_be_held_out() -> None:
    app = bring(opened(), course("train", 30))
    every = in_use(app)
    choice(app, "cats", "hold_out").set_value("fifth")
    clean(app.run())
    cut = in_use(app)
    assert cut.split.held_out is not None
    assert (len(cut.split.training.names), len(cut.split.held_out.names)) == (24, 6)
    assert int(cut.split.held_out.labels.sum()) == 2
    assert cut.key != every.key
    clean(app.run())
    assert in_use(app) is cut  # made once
    choice(app, "cats", "hold_out").set_value("none")
    clean(app.run())
    assert in_use(app).key == every.key


def test_a_zip_always_holds_out_its_last_fifth() -> None:
    app = bring(opened(), ZIP)
    chosen = in_use(app)
    assert chosen.name == "zip" and chosen.split.held_out is not None
    assert (len(chosen.split.training.names), len(chosen.split.held_out.names)) == (12, 3)
    assert not [one for one in app.button_group if one.key == "cats-hold_out"]
    assert SETS["taken"].format(file="mine.zip", m=15, cats=5) in on_page(app)


def test_of_what_was_left_out_ten_are_named_and_the_rest_is_counted() -> None:
    app = bring(opened(), zipped(3, 3, broken=12))
    assert SETS["left_out"].format(count=12) in on_page(app)
    assert on_page(app).count("was left out") == 10
    assert SETS["left_out_more"].format(count=2) in on_page(app)


@pytest.mark.parametrize(
    ("folders", "said"),
    [
        (("cats", "dogs"), SETS["read_from"].format(cats="cats/", others="dogs/")),
        (("a/b/cat", "a/b/non-cat"), SETS["read_from"].format(cats="a/b/cat/", others="a/b/non-cat/")),
        (("Cat", "not cat"), ""),
    ],
)
def test_it_is_said_how_folders_of_other_names_were_read(folders: tuple[str, str], said: str) -> None:
    app = bring(opened(), zipped(3, 3, folders=folders))
    assert in_use(app).name == "zip" and int(in_use(app).every.labels.sum()) == 3
    assert said in on_page(app) and bool(said) == (SETS["read_from"][:14] in on_page(app))


@pytest.mark.parametrize(
    ("stored", "how"),
    [(lambda x: x.astype("i8"), "whole"), (lambda x: x / 255, "shares")],
    ids=["whole", "shares"],
)
def test_it_is_said_how_numbers_of_another_type_were_read(stored: Callable[[Any], Any], how: str) -> None:
    kind = str(stored(pictures(1, 0)).dtype)
    for name, file in (("train", TRAINING), ("test", TEST)):
        app = bring(opened(), course(name, 9 if name == "train" else 6, int(name == "test"), stored=stored))
        assert SETS[f"stored_{how}"].format(file=marked(file), type=kind) in on_page(app)
    assert SETS[f"stored_{how}"][:20] not in on_page(bring(opened(), TRAINING))


def test_one_can_go_back_and_forth() -> None:
    app = bring(opened(), TRAINING, ZIP)
    assert in_use(app).name == "zip" and len(there(app)) == 3
    for name in ("drawings", "course", "zip"):
        choice(app, "cats", "data").set_value(name)
        assert in_use(clean(app.run())).name == name


def test_another_file_replaces_the_one_before() -> None:
    app = bring(opened(), TRAINING)
    before = in_use(app).key
    bring(app, course("train", 12, seed=5))
    assert len(in_use(app).every.names) == 12 and in_use(app).key != before
    assert brought(app).zipped is None


def brought(app: AppTest) -> uploads.Brought:
    kept: uploads.Brought = app.session_state[uploads.BROUGHT]
    return kept


def test_a_file_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    app = bring(opened(), TRAINING)
    monkeypatch.setattr(uploads, "read_course_file", None)
    assert in_use(clean(app.run())).name == "course"


def test_what_is_in_use_stays_when_the_box_is_closed() -> None:
    app = bring(opened(), TRAINING)
    app.session_state["cats-bring"] = False
    assert in_use(clean(app.run())).name == "course"
    assert not app.file_uploader


# ---- what cannot be used


@pytest.mark.parametrize(
    "bad", [NO_H5, NO_ZIP, NEITHER, ("cats.zip", b"", "")], ids=["h5", "zip", "text", "empty"]
)
@pytest.mark.parametrize("good", [(), (TRAINING, ZIP)], ids=["drawings", "brought"])
def test_a_bad_file_leaves_the_set_before_in_use(good: tuple[File, ...], bad: File) -> None:
    app = opened()
    if good:
        bring(app, *good)
    before = in_use(app)
    bring(app, bad)
    assert in_use(app) is before
    assert app.warning and all("could not be used" in warning.value for warning in app.warning)
    assert "*.h5" not in app.warning[0].value
    if good:
        assert not bring(app, *good).warning  # a good one takes the sentence away


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("train_catvnoncat.h5", b"", "This file is empty"),
        ("train_catvnoncat.h5", b"version https://git-lfs.github.com/spec/v1\noid sha256:ab\n", "Git LFS"),
        ("train_catvnoncat.h5", b"<!DOCTYPE html><html>", "saved web page"),
        ("IMG_0001.heic", b"\0\0\0\x18ftypheic", "kind HEIC are not taken here"),
        ("cats.rar", b"Rar!\x1a\x07\0", "kind RAR are not taken here"),
        ("notes.txt", b"cats are animals", "neither one of the course's HDF5 files nor a zip"),
    ],
)
def test_what_is_no_set_is_called_what_it_is(name: str, content: bytes, said: str) -> None:
    (warning,) = bring(opened(), (name, content, "")).warning
    assert said in warning.value and warning.value.startswith(f"**{name}".replace("_", r"\_"))


def test_what_was_wrong_is_old_news_once_another_set_is_chosen() -> None:
    app = bring(bring(opened(), TRAINING), NEITHER)
    assert app.warning
    choice(app, "cats", "data").set_value("drawings")
    app.session_state["cats-bring"] = False
    assert not clean(app.run()).warning


def test_of_several_files_the_good_one_is_taken() -> None:
    app = bring(opened(), NO_ZIP, TRAINING, NEITHER)
    assert in_use(app).name == "course"
    assert len({warning.value for warning in app.warning}) == 2


@pytest.mark.parametrize("name", ["course", "zip"])
def test_an_address_cannot_bring_files(name: str) -> None:
    app = opened({"data": name})
    assert in_use(app).name == "drawings"
    (warning,) = address_warnings(app)
    assert f"**data = {name}**" in warning and SETS["missing"] in warning
    assert "Using **drawings** instead" in warning


@pytest.mark.parametrize(
    ("query", "used"),
    [({"data": "dogs"}, "drawings"), ({"hold_out": "half"}, "none"), ({"data": ""}, "drawings")],
)
def test_what_is_wrong_in_the_address_is_said_and_mended(query: dict[str, str], used: str) -> None:
    app = opened(query)
    (warning,) = address_warnings(app)
    assert next(iter(query)) in warning and f"Using **{used}** instead" in warning
    assert in_use(app).name == "drawings"


def test_each_visitor_has_their_own() -> None:
    one, other = bring(opened(), TRAINING), opened()
    assert in_use(one).name == "course" and in_use(other).name == "drawings"
    assert there(other) == [TEXT["data_drawings"]]


# ---- found in a folder


@pytest.fixture
def folder(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Puts files into the folder that was named when the app was started."""
    uploads._read_folder.clear()
    monkeypatch.setattr(uploads.folder, "picture_folder", lambda: tmp_path)

    def put(*files: File) -> None:
        for name, content, _ in files:
            (tmp_path / name).write_bytes(content)

    return put


def test_a_folder_offers_the_courses_files_to_everybody(folder: Callable[..., None]) -> None:
    folder(TRAINING, TEST)
    for _ in range(2):
        app = opened({"data": "course"})
        assert in_use(app).name == "course" and not app.warning
        assert len(in_use(app).every.names) == 15
    assert in_use(clean(AppTest.from_function(bench).run())).name == "drawings"


def test_a_bad_file_in_the_folder_is_logged_and_said(
    folder: Callable[..., None], caplog: pytest.LogCaptureFixture
) -> None:
    folder(TRAINING, ("test_catvnoncat.h5", NO_H5[1], ""))
    app = opened({"data": "course"})
    assert in_use(app).name == "course" and in_use(app).split.held_out is None
    assert any("test_catvnoncat.h5" in record.message for record in caplog.records)
    assert any(marked(TEST) in caption.value for caption in app.caption)


# ---- the key, the bar


def test_the_key_tells_sets_apart() -> None:
    keys = {in_use(bring(opened(), file)).key for file in (TRAINING, course("train", 9, seed=3), TEST, ZIP)}
    assert len(keys) == 4  # the test file leaves the drawings
    again = in_use(bring(opened(), TRAINING)).key
    assert again in keys and drawings().key in keys


class Place:
    """A spot that remembers what was drawn in it."""

    def __init__(self) -> None:
        self.shown: list[float] = []
        self.made, self.emptied = 0, 0

    def __call__(self) -> "Place":
        self.made += 1
        return self

    def progress(self, share: float, text: str, width: int) -> None:
        self.shown.append(share)

    def empty(self) -> None:
        self.emptied += 1


def test_a_bar_appears_when_it_takes_longer() -> None:
    now, place = [0.0], Place()
    with uploads.Bar(place, "reading", lambda: now[0]) as bar:
        for done in range(5):
            now[0] = 0.2 * done
            bar(done, 4)
    assert place.shown == [0.75, 1.0]
    assert (place.made, place.emptied) == (1, 1)


def test_no_bar_for_what_is_quick() -> None:
    place = Place()
    with uploads.Bar(place, "reading", lambda: 0.0) as bar:
        bar(1, 1)
    assert place.made == place.emptied == 0
