"""Pixels: how a picture becomes a column of numbers, and many pictures a matrix."""

import streamlit as st

from explainer.chapters.pixels import matrix_view as side_by_side
from explainer.chapters.pixels import picture_view as pixels
from explainer.pictures import load_picture, reduced, to_columns
from explainer.pictures.columns import index_of
from explainer.ui import controls, frame, own_picture, picture_sets
from explainer.words import words

visit = frame.open_chapter(pixels.CHAPTER)
said = words("pixels")

# Ask: which picture.
with frame.row():
    picture = pixels.picture(visit)
    controls.scenes(visit, "picture")
pixels.pointing(visit)
frame.notices(visit)
own_picture.trouble(visit)
picture_sets.said()

# Compute and draw: the picture, its channels, its vector x.
controls.show(pixels.stage(picture.tobytes()), visit, "picture")
frame.scene(visit, "picture")
st.markdown(said.lead)

# Many pictures: the matrix X.
st.subheader(said.text["matrix_question"], anchor=False)
drawn, told = st.columns([3, 2], gap="large")
with drawn:
    controls.show(side_by_side.stage(picture_sets.in_use()), visit, "matrix")
told.markdown(said.text["matrix_lead"])
told.markdown(pixels.split(picture_sets.in_use()))

# Let try, show the code that ran.
trying, reading = st.columns([2, 3], gap="large")
with trying:
    frame.tasks(visit, pixels.answers_in_words())
with reading:
    frame.code([to_columns, index_of, reduced, load_picture])
    frame.sources(said.text["sources"])

frame.close_chapter(visit)
