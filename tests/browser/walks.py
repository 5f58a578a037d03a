"""Tests that go through all chapters: some of these before each commit, all of them in `make test-all`."""

from collections.abc import Iterable
from typing import Any

import pytest


def walk(places: Iterable[Any], *each_time: str) -> list[Any]:
    """Parameters for all of these chapters or names; those that are not named count as `whole`.

    KeyError if one is named that is not there.
    """
    named = {getattr(place, "name", place): place for place in places}
    for name in each_time:
        named[name]
    return [
        pytest.param(place, id=name, marks=() if name in each_time else pytest.mark.whole)
        for name, place in named.items()
    ]
