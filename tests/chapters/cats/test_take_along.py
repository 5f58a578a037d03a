"""What is taken along of a run: read back, run alone, compared with the run itself."""

import csv
import io
import subprocess
import sys
import tracemalloc
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explainer.chapters.cats import take_along
from explainer.chapters.cats.classifier import Classifier
from explainer.chapters.cats.learning import Learning, hold_out, learn
from explainer.chapters.cats.take_along import MAX_BYTES, NUM_WEIGHTS, WeightsError, read_weights
from explainer.maths.training import span, walk
from explainer.pictures import PictureSet, to_columns
from explainer.pictures.chosen import Split, drawings
from explainer.words import words

TEXT = words("cats").text
ROOT = Path(__file__).parents[3]
RATE, STEPS = 0.001, 230
SOME_W = np.random.default_rng(5).normal(0, 0.01, (NUM_WEIGHTS, 1))


def few(pictures: PictureSet, count: int) -> PictureSet:
    """As many cats as others."""
    cats, others = np.flatnonzero(pictures.labels), np.flatnonzero(~pictures.labels)
    return pictures.at([*cats[: count // 2].tolist(), *others[: count // 2].tolist()])


DRAWINGS = drawings().split
SPLIT = Split(few(DRAWINGS.training, 12), few(DRAWINGS.held_out, 6))


def learned(rate: float = RATE, held_out: bool = True) -> Learning:
    spanned = span(to_columns(SPLIT.training.pictures), SPLIT.training.Y)
    kept = hold_out(spanned, to_columns(SPLIT.held_out.pictures), SPLIT.held_out.Y) if held_out else None
    return learn(walk(spanned, [rate], STEPS), spanned, kept)[0]


# ---- weights


def npz(**arrays: Any) -> bytes:
    file = io.BytesIO()
    np.savez(file, **arrays)
    return file.getvalue()


def zipped(files: dict[str, bytes], kind: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", kind) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return file.getvalue()


def npy(array: Any) -> bytes:
    file = io.BytesIO()
    np.save(file, array)
    return file.getvalue()


def test_weights_come_back_as_they_went() -> None:
    content = take_along.weights_file(Classifier(SOME_W, -0.25), 0.005, 2000, "12 drawings, 6 of them cats")
    for file in (content, io.BytesIO(content)):
        back = read_weights(file)
        assert np.array_equal(back.w, SOME_W) and back.b == -0.25
    with np.load(io.BytesIO(content), allow_pickle=False) as arrays:
        assert set(arrays) == {"w", "b", "learning_rate", "num_iterations", "trained_on"}
        assert arrays["learning_rate"] == 0.005 and arrays["num_iterations"] == 2000
        assert str(arrays["trained_on"]) == "12 drawings, 6 of them cats"
        assert arrays["w"].shape == (NUM_WEIGHTS, 1) and arrays["b"].shape == ()


@pytest.mark.parametrize("b", [np.float32(0.5), np.array([0.5]), np.array([[0.5]]), 0.5])
@pytest.mark.parametrize("dtype", [np.float32, np.float64, np.longdouble, ">f8"])
def test_weights_of_other_hands(dtype: Any, b: Any) -> None:
    back = read_weights(npz(w=SOME_W.astype(dtype), b=b, more=np.zeros(3)))
    np.testing.assert_allclose(back.w, SOME_W, rtol=1e-6)
    assert back.b == 0.5 and back.w.dtype == np.float64


def test_compressed_and_in_another_order() -> None:
    file = io.BytesIO()
    np.savez_compressed(file, b=0.0, w=np.asfortranarray(SOME_W))
    assert np.array_equal(read_weights(file).w, SOME_W)


def longer_header(shape: str) -> bytes:
    """A header of .npy that announces whatever it likes."""
    text = f"{{'descr': '<f8', 'fortran_order': False, 'shape': {shape}}}".encode()
    text += b" " * (-(len(text) + 11) % 64) + b"\n"
    return b"\x93NUMPY\x01\x00" + len(text).to_bytes(2, "little") + text


@cache
def bomb() -> bytes:
    """A zip whose w unpacks to 100 MB."""
    return zipped({"w.npy": npy(np.zeros(12_500_000)), "b.npy": npy(0.0)})


def in_disguise() -> bytes:
    """The same, but that w is said to be as long as the weights."""
    real = len(longer_header("(12500000,)")) + 8 * 12_500_000
    assert bomb().count(real.to_bytes(4, "little")) == 2
    return bomb().replace(real.to_bytes(4, "little"), (98_432).to_bytes(4, "little"))


class Trap:
    def __reduce__(self) -> Any:
        return (pytest.fail, ("it was unpickled",))


HUGE = np.full((NUM_WEIGHTS, 1), 1e300)
NAN, INF = SOME_W.copy(), SOME_W.copy()
NAN[7], INF[7] = np.nan, np.inf
BAD: dict[str, tuple[bytes | Callable[[], bytes], str]] = {
    "empty": (b"", "empty"),
    "text": (b"w = 1, b = 2", "not an .npz"),
    "a lone array": (npy(SOME_W), "not an .npz"),
    "cut off": (npz(w=SOME_W, b=0.0)[:-30], "damaged"),
    "too large": (b"PK" + bytes(MAX_BYTES), "larger than 5 MB"),
    "no w": (npz(weights=SOME_W, b=0.0), "no array w"),
    "no b": (npz(w=SOME_W), "no array b"),
    "another picture's": (npz(w=np.zeros((784, 1)), b=0.0), "w has the shape (784, 1)"),
    "a row": (npz(w=SOME_W.T, b=0.0), "w has the shape (1, 12288)"),
    "flat": (npz(w=SOME_W[:, 0], b=0.0), "w has the shape (12288,)"),
    "nothing": (npz(w=np.zeros((0, 1)), b=0.0), "w has the shape (0, 1)"),
    "many b": (npz(w=SOME_W, b=np.zeros(3)), "b has the shape (3,)"),
    "nan": (npz(w=NAN, b=0.0), "w holds numbers that are not finite"),
    "inf": (npz(w=INF, b=0.0), "w holds numbers that are not finite"),
    "b nan": (npz(w=SOME_W, b=np.nan), "b holds numbers that are not finite"),
    "overflowing": (npz(w=HUGE, b=0.0), "far too large for weights"),
    "beyond float64": (npz(w=SOME_W, b=np.longdouble("1e4000")), "b holds numbers that are not finite"),
    "complex": (npz(w=SOME_W + 0j, b=0.0), "real numbers"),
    "words": (npz(w=np.full((NUM_WEIGHTS, 1), "a"), b=0.0), "real numbers"),
    "objects": (
        zipped({"w.npy": npy(np.array([[Trap()]], dtype=object)), "b.npy": npy(0.0)}),
        "real numbers",
    ),
    "fields": (npz(w=np.zeros((NUM_WEIGHTS, 1), [("a", "<f4")]), b=0.0), "real numbers"),
    "a bomb": (bomb, "far too large"),
    "a bomb in disguise": (in_disguise, "w"),
    "more announced than there is": (
        zipped({"w.npy": longer_header("(12288, 1)"), "b.npy": npy(0.0)}),
        "not complete",
    ),
    "far more announced": (
        zipped({"w.npy": longer_header("(99999999999999, 1)"), "b.npy": npy(0.0)}),
        "not complete",
    ),
    "less than nothing": (zipped({"w.npy": longer_header("(-1, -8)") + bytes(64), "b.npy": npy(0.0)}), ""),
    "no header": (zipped({"w.npy": b"\x93NUMPY\x01\x00\x10\x00((((((((((((((((", "b.npy": npy(0.0)}), ""),
    "a format to come": (zipped({"w.npy": b"\x93NUMPY\x09\x00" + bytes(80), "b.npy": npy(0.0)}), "format"),
    "packed otherwise": (zipped({"w.npy": npy(SOME_W), "b.npy": npy(0.0)}, zipfile.ZIP_LZMA), "packed"),
    "many files": (zipped({f"{k}.npy": b"" for k in range(10_000)}), "too many files"),
}


@pytest.mark.parametrize("name", BAD)
def test_what_is_no_weights_is_said_in_a_sentence(name: str) -> None:
    content, reason = BAD[name]
    with pytest.raises(WeightsError) as problem:
        read_weights(content() if callable(content) else content)
    said = str(problem.value)
    assert reason in said
    assert said[0].isupper() and said.endswith(".") and "\n" not in said


def test_what_a_zip_unpacks_to_takes_no_memory() -> None:
    content = in_disguise()
    assert len(content) < 200_000
    tracemalloc.start()
    try:
        with pytest.raises(WeightsError):
            read_weights(content)
        assert tracemalloc.get_traced_memory()[1] < 2_000_000
    finally:
        tracemalloc.stop()


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(WeightsError, match="no file called"):
        read_weights(tmp_path / "none.npz")


GOOD = npz(w=SOME_W, b=0.0)


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 300), st.binary(min_size=1, max_size=6), st.booleans())
def test_damage_is_an_error_of_ours_or_does_not_matter(place: int, junk: bytes, at_end: bool) -> None:
    start = len(GOOD) - 301 + place if at_end else place
    damaged = GOOD[:start] + junk + GOOD[start + len(junk) :]
    try:
        read_weights(damaged)
    except WeightsError:
        pass
    except UserWarning as problem:  # an array of Python 2's, which NumPy warns of
        assert "Python 2" in str(problem)


# ---- the table


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_the_table_holds_the_run_to_the_last_digit() -> None:
    run = learned()
    rows = rows_of(take_along.costs_csv(run, 100))
    assert [row["iteration"] for row in rows] == [str(k) for k in range(101)]
    for name, values in (
        ("cost_train", run.training.costs),
        ("cost_held_out", run.held_out.costs),
        ("accuracy_train", run.training.accuracies),
        ("accuracy_held_out", run.held_out.accuracies),
    ):
        assert [float(row[name]) for row in rows] == values[:101].tolist()


def test_the_table_is_empty_where_nothing_is_held_out() -> None:
    rows = rows_of(take_along.costs_csv(learned(held_out=False), 3))
    assert [row["cost_held_out"] + row["accuracy_held_out"] for row in rows] == [""] * 4
    assert float(rows[0]["cost_train"]) == pytest.approx(np.log(2))


def test_the_table_ends_with_the_run() -> None:
    run = learned()
    for step in (-1, STEPS + 1):
        with pytest.raises(IndexError, match="num_iterations"):
            take_along.costs_csv(run, step)


# ---- the script


def unpacked(content: bytes, folder: Path) -> set[str]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        archive.extractall(folder)
        return set(archive.namelist())


def run_alone(folder: Path) -> list[str]:
    """What the script prints, where there is nothing of this project."""
    command = [sys.executable, "-I", "-W", "error", str(folder / "train.py")]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=60, check=False)
    assert done.stderr == "" and done.returncode == 0
    return done.stdout.splitlines()


@pytest.mark.parametrize("held_out", [True, False])
def test_the_script_alone_prints_the_pages_costs(held_out: bool, tmp_path: Path) -> None:
    run, split = learned(held_out=held_out), Split(SPLIT.training, SPLIT.held_out if held_out else None)
    unpacked(take_along.run_files(split, "zip", run, STEPS), tmp_path)
    _, *printed = run_alone(tmp_path)
    steps = (0, 100, 200, STEPS)
    assert printed[:4] == [f"step {k}: J = {run.training.costs[k]:.8f}" for k in steps]
    assert printed[4] == f"training: {run.training.accuracies[STEPS]:.2%} right of 12"
    assert printed[5:] == (
        [f"held out: {run.held_out.accuracies[STEPS]:.2%} right of 6"] if run.held_out else []
    )
    back = read_weights(tmp_path / "weights.npz")
    np.testing.assert_allclose(back.w, run.classifier_at(STEPS).w, atol=1e-12)
    assert back.b == pytest.approx(run.classifier_at(STEPS).b, abs=1e-12)


def test_licences_travel_with_the_drawings_only(tmp_path: Path) -> None:
    run = learned()
    own = {"README.txt", "train.py", "pictures.npz", "costs.csv"}
    licences = {"SOURCES.md", "licences/Apache-2.0.txt", "licences/MIT-Microsoft.txt"}
    for name, files in (("drawings", own | licences), ("course", own), ("zip", own)):
        folder = tmp_path / name
        assert unpacked(take_along.run_files(SPLIT, name, run, 5), folder) == files
        readme = (folder / "README.txt").read_text(encoding="utf-8")
        assert TEXT[f"readme_{name}"] in readme and "{" not in readme
        assert "(12, 64, 64, 3)" in readme and "(6, 64, 64, 3)" in readme
    sources = (tmp_path / "drawings" / "SOURCES.md").read_text(encoding="utf-8")
    assert sources == take_along.SOURCES.read_text(encoding="utf-8")
    with pytest.raises(ValueError, match="name must be one of"):
        take_along.run_files(SPLIT, "photographs", run, 5)


def test_the_readme_says_where_rounding_will_show(tmp_path: Path) -> None:
    for rate, leaps in ((RATE, False), (0.02, True)):
        run = learned(rate)
        assert bool((np.diff(run.training.costs) > 0).any()) == leaps
        folder = tmp_path / str(rate)
        unpacked(take_along.run_files(SPLIT, "zip", run, STEPS), folder)
        readme = (folder / "README.txt").read_text(encoding="utf-8")
        assert ("magnify rounding" in readme) == leaps
        assert (TEXT["readme_settled"] in readme) != leaps


@pytest.mark.parametrize("rate", [1e-05, 0.0001, 0.005, 0.1])
def test_the_script_is_clean_and_has_its_settings(rate: float) -> None:
    text = take_along.script(rate, 3000)
    assert f"\nLEARNING_RATE = {rate!r}\nNUM_ITERATIONS = 3000\n" in text
    ruff = [sys.executable, "-m", "ruff"]
    for command in (["check", "-"], ["format", "--check", "-"]):
        done = subprocess.run([*ruff, *command], input=text, text=True, cwd=ROOT, capture_output=True)
        assert done.returncode == 0, done.stdout + done.stderr


def test_every_family_is_named_with_its_licence() -> None:
    said = " ".join(take_along.attribution())
    for family in set(DRAWINGS.training.families) | set(DRAWINGS.held_out.families):
        assert family in said
    assert "https://creativecommons.org/licenses/by/4.0/" in said
    assert "](" not in said and "**" not in said
    assert "Apache License" in take_along.licences()["Apache-2.0"]
    assert "Permission is hereby granted" in take_along.licences()["MIT-Microsoft"]
