"""Gradient descent: how the learning rate shapes the way down J(w, b)."""

import streamlit as st

from explainer.chapters import CHAPTERS
from explainer.chapters.descent.answers import answers, units_text
from explainer.chapters.descent.chapter import CHAPTER, DATA, HAND, MODEL, START
from explainer.maths.descent import descend_many, step
from explainer.maths.landscape import OBJECTIVES
from explainer.ui import frame
from explainer.ui.controls import choose, choose_scene
from explainer.ui.live_figure import show_figure
from explainer.ui.places import say
from explainer.ui.questions import ask_questions
from explainer.ui.written import offer_lines

visit = frame.open_chapter(CHAPTER)

# Ask: on which data, with which model, from where.
with frame.row():
    data, model = choose(visit, DATA), choose(visit, MODEL)
    choose_scene(visit, "walk")
start = visit.value(START)
if not visit.value(HAND):
    visit.set_aside(HAND)
frame.show_notices(visit)

# Compute and draw: every LEARNING_RATE's walk at once; the browser moves it, ITERATIONS and STEP by sliders,
# and chooses by VIEW and COMPARE what is seen of it. A press on the map is the new START.
show_figure(visit, "walk")
ask_questions(visit, "walk", answers(data, start))

offer_lines(visit, "optimize")

# Say what it means, and show the code that ran.
st.markdown(CHAPTER.words.explanation)
say("units", units_text(data, model))
objective = OBJECTIVES[model]
frame.show_code([step, objective.pointwise, objective.evaluate, descend_many])

frame.close_chapter(visit, CHAPTERS)
