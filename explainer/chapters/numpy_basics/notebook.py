"""The assignment to take home: a Jupyter notebook of all exercises, with room for answers and their checks.

A notebook is JSON (nbformat 4.5). Its cells need NumPy and nothing else; run one after the other they are a
Python script. What a check compares with are the results of the right lines, written out as numbers.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

import numpy as np

from explainer.maths.assignment import EXERCISES, Exercise
from explainer.maths.datasets import DATASETS, standardise
from explainer.maths.written_lines import evaluate
from explainer.words import COMMON

FILE_NAME: Final = "numpy_assignment.ipynb"
TRAINED: Final = ("initialize", "propagate", "optimize", "predict")
"""The exercises that together train."""
SETUP: Final = '''\
import numpy as np

done = set()


def check(function, cases):
    """Calls the function for every input and says whether what it returns is right."""
    name = function.__name__
    done.discard(name)
    for given, wanted in cases:
        inputs = ", ".join(f"{key} = {value!r}" for key, value in given.items())
        try:
            own = {key: np.copy(value) if np.ndim(value) else value for key, value in given.items()}
            got = function(**own)
        except Exception as problem:
            print(SAID["failed"].format(name=name, problem=repr(problem), given=inputs))
            return
        values = got if isinstance(got, tuple) and len(got) == len(wanted) else (got,)
        for (value, right), found in zip(wanted.items(), values):
            said = {"name": name, "value": value, "given": inputs}
            if found is None:
                print(SAID["missing"].format(**said))
                return
            if np.shape(found) != np.shape(right):
                print(SAID["shape"].format(found=np.shape(found), wanted=np.shape(right), **said))
                return
            if np.asarray(found).dtype.kind == "b" or not np.allclose(found, right, rtol=1e-6, atol=1e-9):
                print(SAID["differs"].format(found=repr(found), wanted=repr(right), **said))
                return
    done.add(name)
    print(SAID["right"].format(name=name))
'''
MODEL: Final = """\
def model(X, Y, num_iterations, learning_rate):
    w, b = initialize(X.shape[0])
    costs = []
    for i in range(num_iterations):
        cost, dw, db = propagate(w, b, X, Y)
        costs.append(cost)
        w, b = optimize(w, b, dw, db, learning_rate)
    return w, b, costs


if done >= {needed}:
    w, b, costs = model(X, Y, num_iterations=300, learning_rate=0.5)
    right = int(np.sum(predict(w, b, X) == Y))
    print(SAID["trained"].format(before=costs[0], after=costs[-1], right=right, all=Y.size))
else:
    print(SAID["waiting"])
"""


def notebook() -> str:
    """The notebook's text, to be saved as `FILE_NAME`; always the same."""
    cells: list[dict[str, Any]] = [
        {
            "id": f"cell-{number}",
            "cell_type": kind,
            "metadata": {},
            "source": source.splitlines(keepends=True),
        }
        | ({"execution_count": None, "outputs": []} if kind == "code" else {})
        for number, (kind, source) in enumerate(_cells(), start=1)
    ]
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    metadata = {"kernelspec": kernel, "language_info": {"name": "python"}}
    whole = {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def _cells() -> Iterator[tuple[str, str]]:
    """Each cell's kind and text."""
    said, exercises = COMMON["notebook"], COMMON["assignment"]["exercises"]
    yield "markdown", f"# {said['title']}\n\n{said['intro']}"
    answers = ("right", "missing", "shape", "differs", "failed", "count", "trained", "waiting")
    sentences = "".join(f"    {key!r}: {said[key]!r},\n" for key in answers)
    yield "code", f"# {said['setup']}\n{SETUP}\n\nSAID = {{\n{sentences}}}"
    for number, (name, exercise) in enumerate(EXERCISES.items(), start=1):
        yield (
            "markdown",
            f"## {said['exercise'].format(number=number, name=name)}\n\n{exercises[name]['task']}",
        )
        yield "code", _blank(exercise)
        yield "code", _check(exercise)
    yield "markdown", f"## {said['training']}\n\n{said['training_task']}"
    hours = DATASETS["hours"]
    X, Y = standardise(hours.X).X.round(4), hours.Y.astype(int)
    model = MODEL.replace("{needed}", _set_text(TRAINED))
    yield "code", f"X = {_literal(X)}\nY = {_literal(Y)}\n\n\n{model}"
    yield "code", f'print(SAID["count"].format(done=len(done), all={len(EXERCISES)}))'


def _set_text(names: tuple[str, ...]) -> str:
    return "{" + ", ".join(map(repr, names)) + "}"


def _blank(exercise: Exercise) -> str:
    """The function with room for its lines; what is wanted is None until then."""
    room = [f"    # {COMMON['notebook']['room']}", *(f"    {name} = None" for name in exercise.wanted)]
    head = f"def {exercise.name}({', '.join(exercise.given)}):"
    return "\n".join([head, *room, "", f"    return {', '.join(exercise.wanted)}"])


def _check(exercise: Exercise) -> str:
    """The call that checks it, for all its inputs."""
    rows = []
    for given in exercise.cases.values():
        found = evaluate(exercise.lines, given)
        wanted = {name: found[name] for name in exercise.wanted}
        rows.append(f"    ({_dict_text(given)}, {_dict_text(wanted)}),\n")
    return f"check({exercise.name}, [\n{''.join(rows)}])"


def _dict_text(values: Mapping[str, Any]) -> str:
    return "{" + ", ".join(f"{name!r}: {_literal(value)}" for name, value in values.items()) + "}"


def _literal(value: Any) -> str:
    """A number or an array as Python writes it, to the last digit."""
    return (
        f"np.array({value.tolist()!r})" if isinstance(value, np.ndarray) else repr(np.asarray(value).item())
    )
