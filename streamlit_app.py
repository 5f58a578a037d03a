"""What ``streamlit run`` starts: the app, with Plotly.js served from the installed wheel."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pandas  # noqa: F401  (imported before the first visitors: session threads would race for it)
import plotly.io  # noqa: F401
import streamlit as st
from streamlit import config
from threadpoolctl import threadpool_limits

from explainer.live.scripts import routes
from explainer.pictures import folder as options
from explainer.ui.frame import own_mistake


@asynccontextmanager
async def lifespan(app: Any) -> AsyncIterator[None]:
    """Makes everything ready before the server answers."""
    from explainer.ui.warm import warm

    # A thread for each visitor is enough: threads within one product wait for one another, and with a browser
    # or a second visitor on the same cores that takes ten times as long as it saves.
    threadpool_limits(limits=1, user_api="blas")
    warm()
    for problem in options.read().problems:
        print(problem, flush=True)
    yield


app = st.App(
    "explainer/app.py",
    routes=routes(config.get_option("server.baseUrlPath").strip("/")),
    lifespan=lifespan,
    on_script_error=own_mistake,
)
