"""Vectorization: loops and NumPy race on this computer, now; three ways to train; broadcasting."""

import streamlit as st

from explainer.chapters import CHAPTERS
from explainer.chapters.vectorization import broadcasting_view, measured_text, measuring_view
from explainer.chapters.vectorization.chapter import CHAPTER, RACES, SHAPE_1, SHAPE_2, TRAINING_TIMES, TWIN
from explainer.chapters.vectorization.trainings import loop, vectorised
from explainer.chapters.vectorization.twins import TWINS
from explainer.maths.training import train
from explainer.ui import frame
from explainer.ui.controls import choose, choose_scene
from explainer.ui.live_figure import show_figure
from explainer.ui.picture_sets import in_use, show_set_link
from explainer.ui.places import say
from explainer.ui.questions import ask_questions

visit = frame.open_chapter(CHAPTER)
text = CHAPTER.words.text

# Ask: what races, for how many numbers (N).
with frame.row():
    twin, n = choose(visit, TWIN), measuring_view.choose_size(visit)
    measuring_view.ask_for_races(visit, twin, n)
    race_place = st.empty()
frame.show_notices(visit)

# Draw: the race, once it is run, and all that were run before. The browser moves the race's TIME.
visit.supply(RACES, measuring_view.races(twin))
show_figure(visit, "race")
say("times", measured_text.race_text(measuring_view.race(twin, n)))
with frame.row():
    choose_scene(visit, "race")
numbers = measured_text.answers(measuring_view.races("dot"))
ask_questions(visit, "race", numbers)
st.markdown(CHAPTER.words.explanation)
say("work", measured_text.work_text(twin, n))

# The third rung: training on the pictures in use, three ways.
pictures = in_use()
trainings = measuring_view.trainings(pictures)
st.header(text["trainings"], anchor=False)
say("trainings-lead", measured_text.trainings_lead_text(len(pictures.split.training.names)))
show_set_link()
with frame.row():
    measuring_view.ask_for_trainings(visit, pictures)
    trainings_place = st.empty()
drawn, derived = st.columns(2, gap="large")
with drawn:
    visit.supply(TRAINING_TIMES, {training.way: training.whole for training in trainings})
    show_figure(visit, "trainings")
with derived:
    say("trainings", measured_text.trainings_text(trainings))
ask_questions(visit, "trainings", numbers)
frame.show_box(text["derivation_box"], text["derivation"])

# Broadcasting: two shapes are compared, stretched and added, step by step; the browser moves the STRETCH.
st.header(text["broadcast_question"], anchor=False)
st.markdown(text["broadcast_lead"])
with frame.row():
    shape_1 = broadcasting_view.ask_shape(visit, SHAPE_1)
    shape_2 = broadcasting_view.ask_shape(visit, SHAPE_2)
    broadcasting_view.choose_case(visit)
broadcasting_view.show_rejected(visit)
show_figure(visit, "broadcasting")
ask_questions(visit, "broadcasting", numbers)
broadcasting_view.show_verdict(visit, shape_1, shape_2)

# The code that ran.
frame.show_code([*(way.function for way in TWINS[twin].ways), loop, vectorised, train])

frame.close_chapter(visit, CHAPTERS)

# Last, so that the page can be read meanwhile: wait for what was asked for.
measuring_view.wait_for_result(visit, {"race": race_place, "train_three_ways": trainings_place})
