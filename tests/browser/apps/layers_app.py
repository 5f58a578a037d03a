"""What ``streamlit run`` starts for the test of the layers that no chapter draws yet."""

import streamlit as st

from explainer.serving.published import routes

app = st.App("layers.py", routes=routes())
