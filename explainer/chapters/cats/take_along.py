"""What a visitor takes home of a run: its weights, its numbers, and a script that repeats it."""

import csv
import re
import zipfile
from dataclasses import dataclass
from io import BytesIO, StringIO
from pathlib import Path
from typing import Final

import numpy as np

from explainer import ASSETS
from explainer.chapters.cats.classifier import Classifier
from explainer.chapters.cats.learning import Learning
from explainer.maths.checks import FloatArray
from explainer.pictures import SIDE, SOURCES, PictureSet
from explainer.pictures.splits import Split

FOLDER: Final = ASSETS / "handout"
"""The script and the page of text beside it, as they are before a run's own numbers are put in."""
DRAWINGS: Final = "drawings"
ORIGINS: Final = {
    DRAWINGS: (
        "They are emoji, drawn by several hands, under licences that let anyone use, change and share\n"
        "them, and that have to travel with them: please read SOURCES.md and keep it, with the folder\n"
        "licences, beside the pictures wherever you pass them on."
    ),
    "course": (
        "They are the course's own pictures. No licence is stated for them: they are for learning with,\n"
        "please do not pass them on."
    ),
    "zip": "They are your own: they were brought to the page in a zip.",
}
"""Where a set's pictures come from, by the set's name."""
SETTLED: Final = "The costs agree with the page's, in costs.csv, in all digits that are printed."
LEAPING: Final = (
    "Compare the costs with the page's, in costs.csv: they agree at the beginning. With this learning rate\n"
    "J leaps (it rises at {rises} of the steps), and leaps magnify rounding: adding up in another order, as\n"
    "page and script do, changes the 16th digit of J at first, and may change the first one a hundred steps\n"
    "later. Neither of the two is wrong. With a smaller learning rate J only falls, and all digits agree."
)
"""Whether script and page say the same: a learning rate that is too large makes chaos."""


@dataclass(frozen=True, eq=False)
class Record:
    """A run's numbers at steps 0 to T, all (T+1,): costs and accuracies, None where nothing was held out."""

    learning_rate: float
    costs: FloatArray
    accuracies: FloatArray
    held_out_costs: FloatArray | None = None
    held_out_accuracies: FloatArray | None = None

    def __post_init__(self) -> None:
        for column in self.columns.values():
            if column is not None and column.shape != (self.costs.size,):
                raise ValueError(f"all must have the shape ({self.costs.size},) of the costs: {column.shape}")

    @property
    def num_iterations(self) -> int:
        """T, the steps walked."""
        return self.costs.size - 1

    @property
    def columns(self) -> dict[str, FloatArray | None]:
        """The numbers, by the names that they have in a table."""
        return {
            "cost_train": self.costs,
            "cost_held_out": self.held_out_costs,
            "accuracy_train": self.accuracies,
            "accuracy_held_out": self.held_out_accuracies,
        }


def record(learned: Learning, num_iterations: int) -> Record:
    """The numbers of a run up to a step. IndexError past its end."""
    if not 0 <= num_iterations <= learned.num_iterations:
        raise IndexError(f"num_iterations must be 0 to {learned.num_iterations}; got {num_iterations}")
    upto, kept = slice(num_iterations + 1), learned.held_out
    return Record(
        learned.learning_rate,
        learned.training.costs[upto],
        learned.training.accuracies[upto],
        None if kept is None else kept.costs[upto],
        None if kept is None else kept.accuracies[upto],
    )


def weights_file(classifier: Classifier, learning_rate: float, num_iterations: int, trained_on: str) -> bytes:
    """An .npz of plain arrays: w (n_x, 1), b, learning_rate, num_iterations, and a line of what it saw."""
    file = BytesIO()
    np.savez(
        file,
        w=classifier.w,
        b=np.float64(classifier.b),
        learning_rate=np.float64(learning_rate),
        num_iterations=np.int64(num_iterations),
        trained_on=np.str_(trained_on),
    )
    return file.getvalue()


def costs_csv(run: Record) -> str:
    """The run as CSV, a row for each step, all digits; a column of what was not held out is empty."""
    file = StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(("iteration", *run.columns))
    steps = range(run.num_iterations + 1)
    texts = [[""] * len(steps) if one is None else map(repr, one.tolist()) for one in run.columns.values()]
    writer.writerows(zip(steps, *texts, strict=True))
    return file.getvalue()


def script(learning_rate: float, num_iterations: int) -> str:
    """A NumPy script of its own that repeats a run on the pictures beside it, and prints its costs."""
    text = (FOLDER / "train.py").read_text(encoding="utf-8")
    for name, value in (("LEARNING_RATE", learning_rate), ("NUM_ITERATIONS", num_iterations)):
        text, count = re.subn(rf"^{name} = .*$", f"{name} = {value!r}", text, flags=re.MULTILINE)
        if count != 1:
            raise ValueError(f"the script must set {name} once; it does so {count} times")
    return text


def run_files(split: Split, name: str, run: Record) -> bytes:
    """A zip: the script, the pictures of the set called `name`, the page's numbers, and how to use them.

    The licences of the drawings that come with the app travel with them. ValueError for an unknown name.
    """
    if name not in ORIGINS:
        raise ValueError(f"name must be one of {', '.join(ORIGINS)}; got {name!r}")
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("README.txt", _readme(split, name, run))
        archive.writestr("train.py", script(run.learning_rate, run.num_iterations))
        archive.writestr("pictures.npz", _pictures_file(split), zipfile.ZIP_STORED)
        archive.writestr("costs.csv", costs_csv(run))
        for path in (SOURCES, *_licence_files()) if name == DRAWINGS else ():
            archive.write(path, path.relative_to(SOURCES.parent).as_posix())
    return file.getvalue()


def attribution() -> tuple[str, ...]:
    """Who drew the pictures that come with the app, and under which licences: plain paragraphs."""
    text = SOURCES.read_text(encoding="utf-8").partition("## Attribution")[2].partition("\n## ")[0]
    text = re.sub(r"\[([^]]+)\]\((https:[^)]+)\)", r"\1 (\2)", text)
    text = re.sub(r"\[([^]]+)\]\([^)]+\)|\*\*", r"\1", text)
    return tuple(
        " ".join(part.split())
        for part in re.split(r"\n- |\n\n", text.replace("\n\n- ", "\n- "))
        if part.strip()
    )


def licences() -> dict[str, str]:
    """The licences that have to be passed on in full, by the names of their files."""
    return {path.stem: path.read_text(encoding="utf-8") for path in _licence_files()}


def _licence_files() -> list[Path]:
    return sorted((SOURCES.parent / "licences").iterdir())


def _readme(split: Split, name: str, run: Record) -> str:
    kept, rises = split.held_out, int(np.count_nonzero(np.diff(run.costs) > 0))
    return (
        (FOLDER / "README.txt")
        .read_text(encoding="utf-8")
        .format(
            learning_rate=run.learning_rate,
            num_iterations=run.num_iterations,
            m=len(split.training.names),
            cats=int(split.training.labels.sum()),
            m_held_out=0 if kept is None else len(kept.names),
            cats_held_out=0 if kept is None else int(kept.labels.sum()),
            same=LEAPING.format(rises=rises) if rises else SETTLED,
            origin=ORIGINS[name],
        )
    )


def _pictures_file(split: Split) -> bytes:
    nothing = PictureSet(np.empty((0, SIDE, SIDE, 3), np.uint8), np.empty(0, np.bool_), (), ())
    held_out = split.held_out or nothing
    file = BytesIO()
    np.savez_compressed(
        file,
        pictures=split.training.pictures,
        labels=split.training.labels.astype(np.uint8),
        held_out_pictures=held_out.pictures,
        held_out_labels=held_out.labels.astype(np.uint8),
    )
    return file.getvalue()
