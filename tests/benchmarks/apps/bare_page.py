"""The same least app as a page with an address of its own: what Streamlit asks of any chapter."""

import streamlit as st


def home() -> None:
    """The page at the root."""
    st.title("Home")


def descent() -> None:
    """The title and the slider."""
    st.title("How do we get less wrong?")
    st.slider("learning rate", 0.0, 1.0, 0.5)


st.navigation([st.Page(home, default=True), st.Page(descent, url_path="descent")], position="top").run()
