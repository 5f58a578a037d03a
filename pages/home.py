"""Home: the story in one figure, the chapters, and where the evening comes from."""

import streamlit as st

from explainer.chapters import CHAPTERS
from explainer.chapters.home.chapter import HOME
from explainer.chapters.home.story_figure import numbers
from explainer.chapters.recap.order import num_due
from explainer.ui import frame, progress
from explainer.ui.live_figure import show_figure
from explainer.ui.visit import begin
from explainer.words import COMMON, words

visit = begin(HOME)
said, counted = words("home"), numbers()

# Say what it is about, and where to begin.
st.title(COMMON["title"], anchor=False)
st.header(said.question, anchor=False)
st.markdown(said.lead)
frame.show_start(CHAPTERS[0], said.text["start"], said.text["talk"])
frame.show_notices(visit)

# The story: one drawing on its way through one neuron, at every STEP of the training.
st.markdown(said.text["story"].format(**counted))
show_figure(visit, "story")

st.header(said.text["chapters"], anchor=False)
frame.show_cards(CHAPTERS)
st.markdown(said.text["rockets"].format(**counted))
progress.show_progress(num_due(words("recap").questions, progress.kept().progress, progress.today()))

st.header(said.text["how"], anchor=False)
st.markdown(said.text["how_text"])
with st.expander(said.text["sources"]):
    st.markdown(said.text["sources_text"])
