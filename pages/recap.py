"""Recap: questions about the whole evening, one at a time."""

import streamlit as st

from explainer.chapters import CHAPTERS
from explainer.chapters.recap.answers import answers
from explainer.chapters.recap.chapter import CHAPTER
from explainer.chapters.recap.order import num_due
from explainer.chapters.recap.recap_view import ask_next
from explainer.ui import frame, progress
from explainer.ui.live_figure import show_figure

visit = frame.open_chapter(CHAPTER)
frame.show_notices(visit)

# Ask: what went wrong first, then what is due again, then what is new.
ask_next(visit, answers(), CHAPTERS)

# Draw: for the questions about it, a walk down the map from START, which STEP plays, and J by step of three
# trainings. A press on the map answers while a question waits for one; otherwise it is the new START.
st.caption(CHAPTER.words.text["figure_lead"])
show_figure(visit, "walk")
st.markdown(CHAPTER.words.explanation)

# Keep: what was visited, answered and when, for another day.
progress.show_progress(num_due(CHAPTER.words.questions, progress.kept().progress, progress.today()))

frame.close_chapter(visit, CHAPTERS)
