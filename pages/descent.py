"""Gradient descent: how the learning rate shapes the way down J(w, b)."""

import streamlit as st

from explainer import descent
from explainer.ui import cached, controls, frame, sentences

visit = frame.open_chapter("descent", controls.DESCENT)

# Ask: on which data, with which model, from where.
with frame.row():
    data = controls.dataset(visit)
    model = controls.model(visit)
    controls.scenes(visit)
start = controls.start(visit, data.name, model)
controls.walk(visit)
frame.notices(visit)

# Compute and draw: every learning rate's walk at once; the browser plays it.
controls.show(cached.descent_stage(data.name, model, start), visit)
frame.scene(visit)

# Say, let try, show the code that ran.
st.markdown(sentences.descent_lead())
st.markdown(sentences.descent_units(cached.descent_scenery(data.name, model)))
trying, reading = st.columns([2, 3], gap="large")
with trying:
    frame.tasks(visit, sentences.descent_tasks(*cached.descent_answers(data.name, start)))
with reading:
    objective = cached.OBJECTIVES[model]
    frame.code([descent.step, objective.pointwise, objective.evaluate, descent.descend_many])

frame.close_chapter(visit)
