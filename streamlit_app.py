"""What ``streamlit run`` starts: the app, with its own routes beside Streamlit's."""

import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pandas  # noqa: F401  (imported before the first visitors: session threads would race for it)
import plotly.io  # noqa: F401
import streamlit as st
from starlette.middleware import Middleware
from streamlit import config
from threadpoolctl import threadpool_limits

from explainer import ASSETS
from explainer.chapters import CHAPTERS, ORDER
from explainer.entrance import all_first_words, preview
from explainer.entrance import frame as entrance_frame
from explainer.live import scripts
from explainer.pictures import folder as options
from explainer.serving import published
from explainer.serving.compression import CompressedFiles
from explainer.serving.first_words import FirstWordsPages
from explainer.talk import routes as talk_routes
from explainer.talk.pages import TalkPages
from explainer.talk.shelf import Shelf
from explainer.talk.talks import TalkError
from explainer.ui.frame import log_and_apologise


@asynccontextmanager
async def lifespan(app: Any) -> AsyncIterator[None]:
    """Makes everything ready before the server answers."""
    # Here, because caches need the runtime when they are declared.
    from explainer.chapters.home.chapter import HOME
    from explainer.ui import uploads
    from explainer.ui.live_figure import make_ready

    # A thread for each visitor is enough: threads within one product wait for one another, and with a browser
    # or a second visitor on the same cores that takes ten times as long as it saves.
    threadpool_limits(limits=1, user_api="blas")
    scripts.warm()
    uploads.in_folder()
    for chapter in (HOME, *CHAPTERS):
        make_ready(chapter)
    talks.read_bundled()
    for problem in options.read().problems:
        print(problem, flush=True)
    yield


base_path = config.get_option("server.baseUrlPath").strip("/")
try:
    talks = Shelf(options.read().talk, CHAPTERS)
except TalkError as problem:
    sys.exit(str(problem))
previews = {name: preview(name) for name in ORDER}
icon = published.publish((ASSETS / "icon.png").read_bytes(), "icon", "png")
app = st.App(
    "explainer/app.py",
    routes=[
        *published.routes(base_path),
        *talk_routes.routes(base_path, talks, config.get_option("server.address")),
    ],
    middleware=[
        Middleware(TalkPages, talks, previews, icon, base_path),
        Middleware(FirstWordsPages, all_first_words(), entrance_frame(config.get_option), base_path),
        Middleware(CompressedFiles, base_path),
    ],
    lifespan=lifespan,
    on_script_error=log_and_apologise,
)
