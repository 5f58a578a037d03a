"""Vectorization: loops and NumPy race on this computer, now; three ways to train; broadcasting."""

import streamlit as st

from explainer.chapters.vectorization import broadcasting_view as broadcasting
from explainer.chapters.vectorization import race_view as vectorization
from explainer.chapters.vectorization import trainings_view as rungs
from explainer.chapters.vectorization import twins
from explainer.chapters.vectorization.trainings import loop, vectorised
from explainer.maths.training import train
from explainer.ui import controls, frame, picture_sets
from explainer.words import words

visit = frame.open_chapter(vectorization.CHAPTER)
said = words("vectorization").text

# Ask: what races, for how many numbers.
with frame.row():
    twin = vectorization.twin(visit)
    n = vectorization.size(visit)
    vectorization.buttons(visit, twin, n)
    racing = st.empty()
broadcasting.shapes(visit)
frame.notices(visit)

# Draw: the race, once it is run, and all that were run before.
vectorization.show_race(visit, twin, n)
st.markdown(vectorization.result(twin, n))
with frame.row():
    controls.scenes(visit, "race")
frame.scene(visit, "race")
st.markdown(words("vectorization").lead)
st.markdown(vectorization.what(twin, n))

# The third rung: training on pictures, three ways.
st.subheader(said["rungs"], anchor=False)
st.markdown(rungs.lead())
picture_sets.said()
with frame.row():
    rungs.climb(visit)
    climbing = st.empty()
drawn, derived = st.columns(2, gap="large")
with drawn:
    rungs.show(visit)
with derived:
    st.markdown(rungs.table())
    st.markdown(said["derivation"])

# Broadcasting.
broadcasting.section(visit)

# Let try, show the code that ran.
trying, reading = st.columns([2, 3], gap="large")
with trying:
    frame.tasks(visit, vectorization.answers())
with reading:
    frame.code([*(way.function for way in twins.TWINS[twin].ways), loop, vectorised, train])

frame.close_chapter(visit)

# Last, for the page can be read meanwhile: wait for what was asked for.
vectorization.wait(visit, twin, n, {"race": racing, "climb": climbing})
