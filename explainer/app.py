"""Page config, the list of chapters, navigation: nothing else."""

from pathlib import Path

import streamlit as st

from explainer import ASSETS
from explainer.chapters import ORDER
from explainer.entrance import page_title
from explainer.ui.frame import show_menu
from explainer.words import COMMON, words

st.set_page_config(page_title=COMMON["title"], page_icon=ASSETS / "icon.png", layout="wide")
st.logo(ASSETS / "icon.png", size="large")
st.html(Path(__file__).parent / "ui" / "page.css")
pages = [
    st.Page("../pages/home.py", title=words("home").nav, default=True),
    *(st.Page(f"../pages/{name}.py", title=words(name).nav) for name in ORDER),
]
page = st.navigation(pages, position="top")
if page is not pages[0]:
    st.set_page_config(page_title=page_title(page.title))
show_menu(pages)
page.run()
