"""The least a Streamlit app can be: a title and a slider. What the chapter's first load is held against."""

import streamlit as st

st.title("How do we get less wrong?")
st.slider("learning rate", 0.0, 1.0, 0.5)
