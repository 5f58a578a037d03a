"""Page config, the list of chapters, navigation: nothing else."""

import streamlit as st

from explainer import ASSETS
from explainer.chapters import ORDER, question_names
from explainer.entrance import STYLE, page_title
from explainer.ui import progress
from explainer.ui.frame import show_menu
from explainer.words import COMMON, words

home = st.Page("../pages/home.py", title=words("home").nav, default=True)
pages = [home, *(st.Page(f"../pages/{name}.py", title=words(name).nav) for name in ORDER)]
page = st.navigation(pages, position="top")
title = COMMON["title"] if page is home else page_title(page.title)
st.set_page_config(page_title=title, page_icon=ASSETS / "icon.png", layout="wide")
st.logo(ASSETS / "icon.png", size="large")
st.html(STYLE)  # for pages whose HTML does not have it: those of an unknown address
show_menu(pages)
progress.begin(question_names())
# Each page has a container of its own. A busy browser may draw nothing between two pages: in one container
# the next would take over the elements of the last, and change texts where they stand (see ui/places.py).
with st.container(key=f"page-{page.url_path or 'home'}"):
    page.run()
