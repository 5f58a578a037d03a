"""What is made ready before the first visitors come, so that ten at once find it done."""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from explainer.live import scripts
from explainer.ui import cached, controls
from explainer.ui.settings import held_inside


def warm_caches() -> None:
    """Computes what the first visit to each chapter asks for."""
    data, model = controls.DATA.default, controls.MODEL.default
    start = held_inside(cached.map_window(data, model), *controls.START)
    cached.descent_stage(data, model, start)
    cached.descent_answers(data, start)


@asynccontextmanager
async def lifespan(app: Any) -> AsyncIterator[None]:
    """Warms Plotly.js and the caches before the server answers."""
    # Streamlit remarks that its runtime is not there yet; the cache it then uses is the same one.
    logging.getLogger("streamlit.runtime.caching.cache_data_api").setLevel(logging.ERROR)
    scripts.warm()
    warm_caches()
    yield
