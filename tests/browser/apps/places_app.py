"""One place whose text changes at a press, with a pause before the text, as on a busy computer."""

import time

import streamlit as st

from explainer.ui.places import place

TEXTS = ("What does `outer` give?", "A `dot` is **one** number.", "nothing `to` say", "")
LONG = 0.5  # seconds: the browser draws what it has by then

turn = st.session_state.setdefault("turn", 0)
if st.button("next"):
    turn = st.session_state["turn"] = turn + 1
with place("said", turn):
    time.sleep(LONG)
    st.markdown(TEXTS[turn % len(TEXTS)])
