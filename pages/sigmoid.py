"""Why not a straight line: the least-squares line and the sigmoid on the same labels."""

import streamlit as st

from explainer.chapters.sigmoid import sigmoid_view as sigmoid
from explainer.maths import linear, logistic, separable
from explainer.maths.outlier import tip
from explainer.ui import frame
from explainer.words import words

visit = frame.open_chapter(sigmoid.CHAPTER)
text = words("sigmoid").text

# Ask: on which data.
with frame.row():
    data = sigmoid.dataset(visit)
    sigmoid.scenes(visit, "outlier")
sigmoid.figures(visit, data)
frame.notices(visit)

# Compute and draw: both fits for every place of one more example.
both = sigmoid.tipping(data.name)
sigmoid.show_outlier(visit, data)
frame.scene(visit, "outlier")
st.markdown(words("sigmoid").lead)
st.markdown(sigmoid.about(data, both))

# The sigmoid itself.
st.subheader(text["neuron"], anchor=False)
st.markdown(text["lead_neuron"])
with frame.row():
    sigmoid.scenes(visit, "neuron")
sigmoid.show_neuron(visit)
frame.scene(visit, "neuron")

# Let try, compare point by point, show the code that ran.
numbers = sigmoid.answers(both)
trying, reading = st.columns([2, 3], gap="large")
with trying:
    frame.tasks(visit, numbers)
with reading:
    point_by_point = st.expander(text["table"], on_change="rerun")
    if point_by_point.open:
        point_by_point.markdown(text["table_says"].format(**numbers))
        point_by_point.table(sigmoid.table(both))
    frame.code([linear.fit, logistic.fit, logistic.sigmoid, logistic.sigmoid_derivative, tip, separable.stop])

frame.close_chapter(visit)
