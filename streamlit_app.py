"""What ``streamlit run`` starts: the app, with Plotly.js served from the installed wheel."""

import pandas  # noqa: F401  (imported before the first visitors: session threads would race for it)
import plotly.io  # noqa: F401
import streamlit as st
from streamlit import config

from explainer.live.scripts import routes, warm
from explainer.ui.frame import own_mistake

warm()
app = st.App(
    "explainer/app.py",
    routes=routes(config.get_option("server.baseUrlPath").strip("/")),
    on_script_error=own_mistake,
)
