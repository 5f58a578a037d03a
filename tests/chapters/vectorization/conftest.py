"""Fixtures of the chapter's tests: a queue that measures what a test says, and quick garbage collection."""

import gc
from collections.abc import Iterator
from typing import Any

import pytest


@pytest.fixture(autouse=True, scope="module")
def little_garbage() -> Iterator[None]:
    """A measurement collects garbage first; looking through all that the tests have loaded takes 40 ms."""
    gc.collect()
    gc.freeze()
    yield
    gc.unfreeze()


@pytest.fixture
def stand(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """However a test ends, nothing is measured after it."""
    # Imported here: tests of figures and numbers need no Streamlit.
    from explainer.chapters.vectorization import measuring_view
    from tests.chapters.vectorization.measuring import AWAIT, Stand

    stand = Stand()
    monkeypatch.setattr(measuring_view, "measuring_queue", stand.measuring_queue)
    monkeypatch.setattr(measuring_view, "say", stand.say)
    yield stand
    for held in stand.held.values():
        held.go.set()
    for thread in stand.threads:
        thread.join(AWAIT)
        assert not thread.is_alive()
