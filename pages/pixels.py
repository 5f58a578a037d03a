"""Pixels: how a picture becomes a column of numbers, and many pictures a matrix."""

import streamlit as st

from explainer.chapters import CHAPTERS
from explainer.chapters.pixels.chapter import CHAPTER, SHOWN
from explainer.chapters.pixels.picture_view import choose_picture
from explainer.chapters.pixels.pictures_in_use import answers, split_text
from explainer.ui import frame, own_picture, picture_sets
from explainer.ui.controls import choose_scene
from explainer.ui.live_figure import show_figure
from explainer.ui.places import say
from explainer.ui.questions import ask_questions

visit = frame.open_chapter(CHAPTER)
chapter_words = CHAPTER.words
pictures = picture_sets.in_use()

# Ask: which PICTURE of the set in use, or the visitor's own.
with frame.row():
    visit.supply(SHOWN, choose_picture(visit, pictures))
    choose_scene(visit, "picture")
frame.show_notices(visit)
own_picture.show_problem(visit)
picture_sets.show_set_link()

# Compute and draw: the picture, its channels, its x. The browser moves RESOLUTION and INDEX, by sliders or
# by a press on a pixel.
show_figure(visit, "picture")
ask_questions(visit, "picture", answers())
st.markdown(chapter_words.explanation)

# Many pictures: the matrix X, of which the browser shows the first M columns.
st.header(chapter_words.text["matrix_question"], anchor=False)
figure_side, text_side = st.columns([3, 2], gap="large")
with figure_side:
    show_figure(visit, "matrix")
text_side.markdown(chapter_words.text["matrix_lead"])
with text_side:
    say("split", split_text(pictures))

# The code that ran.
frame.show_code(CHAPTER.code)
frame.show_sources(chapter_words.text["sources"])

frame.close_chapter(visit, CHAPTERS)
