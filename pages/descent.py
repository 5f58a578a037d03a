"""Gradient descent: how the learning rate shapes the way down J(w, b)."""

import streamlit as st

from explainer.chapters.descent import descent_view as descent
from explainer.maths.descent import descend_many, step
from explainer.ui import frame
from explainer.ui import landscapes as cached

visit = frame.open_chapter(descent.CHAPTER)

# Ask: on which data, with which model, from where.
with frame.row():
    data = descent.dataset(visit)
    model = descent.model(visit)
    descent.scenes(visit)
start = descent.start(visit, data.name, model)
descent.walk(visit)
frame.notices(visit)

# Compute and draw: every learning rate's walk at once; the browser plays it.
descent.show(visit, data.name, model, start)
frame.scene(visit, "walk")

# Say, let try, show the code that ran.
st.markdown(descent.lead())
st.markdown(descent.units(cached.landscape(data.name, model)))
trying, reading = st.columns([2, 3], gap="large")
with trying:
    frame.tasks(visit, descent.answers_in_words(*descent.answers(data.name, start)))
with reading:
    objective = cached.OBJECTIVES[model]
    frame.code([step, objective.pointwise, objective.evaluate, descend_many])

frame.close_chapter(visit)
