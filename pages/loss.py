"""Loss and cost: what one example costs, what all of them cost together, and why it is a logarithm."""

import streamlit as st

from explainer.chapters.loss import loss_view as loss
from explainer.maths.descent import descend_many
from explainer.maths.logistic import LOG_LOSS, SIGMOID_SQUARED_ERROR, cost, loss_from_z
from explainer.ui import frame
from explainer.words import words

visit = frame.open_chapter(loss.CHAPTER)
said = words("loss").text

# Ask: on which data, with which w and b.
with frame.row():
    data = loss.dataset(visit)
    loss.scenes(visit, "examples")
start = loss.look_up(visit, data.name)
frame.notices(visit)

# Compute and draw: every example's loss at every w and b; the browser picks.
loss.show_examples(visit, data.name)
frame.scene(visit, "examples")
st.markdown(words("loss").lead)
st.markdown(loss.about(data))

# The same again for all (w, b) at once, beside another way to be wrong.
st.subheader(said["surfaces"], anchor=False)
st.markdown(said["lead_surfaces"])
with frame.row():
    loss.scenes(visit, "surfaces")
loss.show_surfaces(visit, data.name, start)
frame.scene(visit, "surfaces")
st.markdown(loss.bowls(data.name))

# Let try, show the code that ran.
trying, reading = st.columns([2, 3], gap="large")
with trying:
    frame.tasks(visit, loss.answers(data.name))
with reading:
    frame.code([loss_from_z, cost, LOG_LOSS.pointwise, SIGMOID_SQUARED_ERROR.pointwise, descend_many])

frame.close_chapter(visit)
